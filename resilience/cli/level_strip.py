"""Levels over time as one line of characters: readable without colour, in a terminal and in a file."""

from resilience.simulation.trace import Trace

MARKS = "█▇▆▅▄▃▂▁·"
"""From whole to gone, in steps of an eighth; the level shown is the lowest within the column."""


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
    """Return a line with the hours below the columns, at most one each eight columns."""
    hours = until / 60
    labels = [" "] * (columns + 5)
    for column in range(0, columns, max(8, columns // 9)):
        text = f"{column * hours / columns:.0f}h"
        labels[column : column + len(text)] = text
    return "".join(labels).rstrip()
