"""Levels over time as one line of characters: readable without colour, in a terminal and in a file."""

from city_model.schema import City
from resilience.base.language import _, number
from resilience.base.units import MINUTES_PER_HOUR, format_duration
from resilience.cli import output
from resilience.simulation.explain import name_of
from resilience.simulation.metrics import outcomes
from resilience.simulation.trace import Trace

MARKS = "█▇▆▅▄▃▂▁·"
"""From whole to gone, in steps of an eighth; the level shown is the lowest within the column."""

COLUMNS = 36

LONG_RUN = 24 * MINUTES_PER_HOUR
"""From here on, in minutes, whole hours below the columns are near enough."""


def write_functions(city: City, trace: Trace) -> None:
    """Write one line per city function: its name, its levels over time, its lowest level, what residents lost."""
    output.result(_("Per function: the lowest level in each stretch of time; █ is 100%, · is 0%."))
    output.result("")
    results = outcomes(city, trace)
    width = max((len(name_of(city, outcome.component)) for outcome in results), default=0)
    for outcome in results:
        name = f"{name_of(city, outcome.component):<{width}}"
        line = strip(trace, outcome.component, COLUMNS, until=trace.horizon)
        lost = _("{hours} resident hours lost", hours=number(outcome.lost // 6000))
        spoilt = outcome.on_suspect_data
        on_suspect = _(", {duration} on suspect data", duration=format_duration(spoilt)) if spoilt else ""
        output.result(f"{name}  {line}  {outcome.minimum_level:3d}%  {lost}{on_suspect}")
    output.result(" " * (width + 2) + axis(COLUMNS, until=trace.horizon))
    output.result("")


def strip(trace: Trace, component: str, columns: int, *, until: int) -> str:
    """Return *columns* characters for the minutes 0..*until*; each shows the lowest level in its stretch."""
    lowest = [100] * columns
    for start, end, level in trace.segments(component):
        if start >= until:
            break
        first = start * columns // until
        last = (min(end, until) - 1) * columns // until
        for column in range(first, min(last, columns - 1) + 1):
            lowest[column] = min(lowest[column], level)
    return "".join(mark(level) for level in lowest)


def mark(level: int) -> str:
    """Return the character for a level: full at 100, a dot at 0."""
    if level == 0:
        return MARKS[-1]
    return MARKS[min(7, (100 - level + 12) // 13)] if level < 100 else MARKS[0]


def axis(columns: int, *, until: int) -> str:
    """Return a line with the time at which columns begin, at most one each eight columns; hours in a long run."""
    labels = [" "] * (columns + 8)
    for column in range(0, columns, max(8, columns // 9)):
        minute = -(-column * until // columns)
        hours = f"{minute // MINUTES_PER_HOUR}h"
        text = hours if until >= LONG_RUN else format_duration(minute)
        labels[column : column + len(text)] = text
    return "".join(labels).rstrip()
