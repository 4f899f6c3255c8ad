"""The city functions over time: strips, heat map, and the table of what each of them lost."""

from collections.abc import Sequence

from reports.chart_spec import Flag, HeatMap, Mark, StepChart, StepSeries
from reports.naming import Names
from reports.tables import Table
from reports.words import Moments, duration, number, per_cent, resident_hours, short_duration
from resilience.base.language import _, ngettext
from resilience.base.units import MINUTES_PER_HOUR
from resilience.simulation.metrics import Outcome
from resilience.simulation.trace import Trace

_MOST_COLUMNS = 96
"""Hours that a heat map shows one by one; a longer run takes two or more hours together."""


def steps_of(trace: Trace, component: str) -> tuple[tuple[int, int], ...]:
    """Return (minute, level from then on) over the whole run, the start included."""
    return tuple((start, level) for start, _end, level in trace.segments(component))


def function_strips(
    names: Names, trace: Trace, found: Sequence[Outcome], moments: Moments, marks: Sequence[Mark] = ()
) -> StepChart:
    """Return the level of every function over the run, with the decisions marked."""
    series = tuple(
        StepSeries(
            name=names.of(outcome.component),
            steps=steps_of(trace, outcome.component),
            note=_note(outcome),
            flags=tuple(
                Flag(
                    breach.minute,
                    _("Longest tolerable outage of {mtd} passed at {moment}", mtd=duration(breach.mtd),
                      moment=moments.moment(breach.minute)),
                )
                for breach in outcome.breaches
            ),
        )
        for outcome in found
    )  # fmt: skip
    return StepChart(
        key="functions-over-time",
        title=_("Level of each city function"),
        alternative=_strips_in_words(names, found, moments),
        time=moments.axis(trace.horizon),
        series=series,
        table=_changes_table(series, moments),
        marks=tuple(marks),
        value_label=_("Level, in per cent of normal operation"),
        flag_label=_("Longest tolerable outage (MTD) passed"),
    )


def function_heat(names: Names, trace: Trace, found: Sequence[Outcome], moments: Moments) -> HeatMap:
    """Return the lowest level of every function in every hour; in a long run, in every few hours."""
    hours = -(-trace.horizon // MINUTES_PER_HOUR)
    step = MINUTES_PER_HOUR * max(1, -(-hours // _MOST_COLUMNS))
    columns = tuple(range(0, trace.horizon, step))
    values = tuple(lowest_per_step(trace, outcome.component, columns, step) for outcome in found)
    rows = tuple(names.of(outcome.component) for outcome in found)
    cells = tuple(
        (moments.moment(column), *(str(row_values[place]) for row_values in values))
        for place, column in enumerate(columns)
    )
    worst = sum(1 for row_values in values for value in row_values if value < 50)
    return HeatMap(
        key="functions-per-hour",
        title=_("Lowest level in each period"),
        alternative=_(
            "A grid of {functions} functions by {columns} periods of {period}; each cell holds the lowest level in "
            "that period. {worst} cells are below half of normal operation. The table below holds every cell.",
            functions=len(rows),
            columns=len(columns),
            period=duration(step),
            worst=worst,
        ),
        time=moments.axis(trace.horizon),
        columns=columns,
        column_minutes=step,
        rows=rows,
        values=values,
        table=Table(
            caption=_("Lowest level (%) of each function per period of {period}", period=duration(step)),
            header=(_("From"), *rows),
            rows=cells,
            numeric=frozenset(range(1, len(rows) + 1)),
        ),
        scale_title=_("From 0% (nothing works) to 100% (normal operation)"),
    )


def lowest_per_step(trace: Trace, component: str, columns: Sequence[int], step: int) -> tuple[int, ...]:
    """Return the lowest level of *component* in each period of *step* minutes that begins at *columns*."""
    lowest = [100] * len(columns)
    for start, end, level in trace.segments(component):
        for place in range(start // step, min(len(columns), -(-end // step))):
            lowest[place] = min(lowest[place], level)
    return tuple(lowest)


def function_table(names: Names, found: Sequence[Outcome], moments: Moments) -> Table:
    """Return what each function lost, and when it was back for good; on suspect data, where any worked with it."""
    spoilt = any(outcome.on_suspect_data for outcome in found)
    rows = tuple(
        (
            names.of(outcome.component),
            _when(outcome.first_below_100, moments),
            _when(outcome.first_at_0, moments),
            per_cent(outcome.minimum_level),
            back_for_good(outcome, moments),
            number(outcome.residents) if outcome.residents > 1 else _("unknown"),
            number(resident_hours(outcome.lost)) if outcome.residents > 1 else _("unknown"),
            *((short_duration(outcome.on_suspect_data) if outcome.on_suspect_data else "–",) if spoilt else ()),
        )
        for outcome in found
    )
    return Table(
        caption=_("What each city function lost"),
        header=(
            _("City function"),
            _("First below 100%"),
            _("First at 0%"),
            _("Lowest level"),
            _("Back at 100% for good"),
            _("Residents served"),
            _("Lost resident-hours"),
            *((_("Worked with suspect data"),) if spoilt else ()),
        ),
        rows=rows,
        numeric=frozenset({3, 5, 6, 7} if spoilt else {3, 5, 6}),
        firm=frozenset({1, 2, 4}),
    )


def recovery_table(names: Names, found: Sequence[Outcome]) -> Table:
    """Return how long after its first loss each function that fell was back at 50, 80, 95 and 100 per cent."""
    fell = [outcome for outcome in found if outcome.first_below_100 is not None]
    rows = tuple(
        (names.of(outcome.component), *(_time_to(outcome.time_to[level]) for level in (50, 80, 95, 100)))
        for outcome in fell
    )
    return Table(
        caption=_("Time from the first loss until back for good"),
        header=(_("City function"), *(_("At {level}", level=per_cent(level)) for level in (50, 80, 95, 100))),
        rows=rows,
        numeric=frozenset({1, 2, 3, 4}),
        when_empty=_("No function fell."),
    )


def back_for_good(outcome: Outcome, moments: Moments) -> str:
    """Return when *outcome* was back at 100 per cent for good, in a few words."""
    if outcome.first_below_100 is None:
        return _("did not fall")
    needed = outcome.time_to[100]
    return _("not within the run") if needed is None else moments.moment(outcome.first_below_100 + needed)


def _time_to(minutes: int | None) -> str:
    if minutes is None:
        return _("not within the run")
    return _("never below") if minutes == 0 else short_duration(minutes)


def _when(minute: int | None, moments: Moments) -> str:
    return _("never") if minute is None else moments.moment(minute)


def _note(outcome: Outcome) -> str:
    if outcome.first_below_100 is None:
        return _("not affected")
    return _("lowest {level}", level=per_cent(outcome.minimum_level))


def _strips_in_words(names: Names, found: Sequence[Outcome], moments: Moments) -> str:
    sentences = [
        ngettext(
            "The level of {number} city function over the run.",
            "The level of {number} city functions over the run.",
            len(found),
        )
    ]
    for outcome in found:
        name = names.of(outcome.component)
        if outcome.first_below_100 is None:
            sentences.append(_("{name} stays at 100%.", name=name))
            continue
        needed = outcome.time_to[100]
        values = {
            "name": name,
            "first": moments.moment(outcome.first_below_100),
            "level": per_cent(outcome.minimum_level),
        }
        if needed is None:
            sentences.append(
                _("{name} falls at {first}, to {level} at the lowest, and is not back within the run.", **values)
            )
        else:
            back = moments.moment(outcome.first_below_100 + needed)
            sentences.append(
                _(
                    "{name} falls at {first}, to {level} at the lowest, and is back for good at {back}.",
                    back=back,
                    **values,
                )
            )
    return " ".join(sentences)


def _changes_table(series: Sequence[StepSeries], moments: Moments) -> Table:
    minutes = sorted({minute for one in series for minute, _value in one.steps})
    moving = [one for one in series if len(one.steps) > 1]
    shown = moving or list(series)
    rows = tuple((moments.moment(minute), *(str(one.value_at(minute)) for one in shown)) for minute in minutes)
    still = [one.name for one in series if one not in shown]
    caption = _("Level (%) of each function from each moment at which one of them changed")
    if still:
        caption += " " + _("(always at 100%: {names})", names=", ".join(still))
    return Table(
        caption=caption,
        header=(_("From"), *(one.name for one in shown)),
        rows=rows,
        numeric=frozenset(range(1, len(shown) + 1)),
    )
