"""The course of a run as a time line: incidents, falls, recoveries; what happens in one minute stands together."""

from collections.abc import Callable, Sequence

from reports.document import Entry, EntryKind, Timeline
from reports.malware import malware_rows
from reports.naming import without_moment
from reports.run import Run
from reports.words import duration, joined, per_cent
from resilience.base.language import _, ngettext
from resilience.simulation.explain import explain_fall
from resilience.simulation.metrics import Outcome
from resilience.simulation.trace import What

Row = tuple[int, int, Entry]
"""Minute, place among what happens in that minute, entry."""


def timeline_of(caption: str, rows: Sequence[Row]) -> Timeline:
    """Return *rows* as a time line, in order."""
    ordered = sorted(rows, key=lambda row: row[:2])
    return Timeline(caption, tuple(entry for _minute, _order, entry in ordered))


def course_rows(run: Run) -> list[Row]:
    """Return incidents, falls and recoveries of functions, outages that lasted too long, malware and leaks."""
    names, moments = run.names, run.moments
    rows: list[Row] = []

    def add(minute: int, order: int, kind: EntryKind, label: str, title: str, text: str = "") -> None:
        rows.append((minute, order, Entry(moments.moment(minute), kind, label, title, text)))

    for record in run.trace.with_what(What.INCIDENT):
        note = _incident_note(run, record.subject)
        add(record.minute, 0, "incident", _("Incident"), names.of(record.subject), note)
    for minute, together in _by_minute(run.fallen, lambda outcome: outcome.first_below_100):
        label = ngettext("Function falls", "{number} functions fall", len(together))
        add(minute, 2, "consequence", label, _fallen_words(run, minute, together), _why(run, together))
    for minute, together in _by_minute(run.fallen, _later_at_0):
        title = joined([names.of(outcome.component) for outcome in together])
        add(minute, 3, "consequence", _("Nothing works any more"), title)
    for outcome in run.fallen:
        for breach in outcome.breaches:
            text = _("Longer than the tolerable outage of {mtd}.", mtd=duration(breach.mtd))
            add(breach.minute, 4, "clock", _("MTD passed"), names.of(outcome.component), text)
    for minute, together in _by_minute(run.fallen, _back):
        add(minute, 5, "recovery", _("Back for good"), joined([names.of(outcome.component) for outcome in together]))
    return [*rows, *malware_rows(run)]


def _by_minute(found: Sequence[Outcome], minute_of: Callable[[Outcome], int | None]) -> list[tuple[int, list[Outcome]]]:
    """Return the outcomes with a minute, those of one minute together."""
    groups: dict[int, list[Outcome]] = {}
    for outcome in found:
        minute = minute_of(outcome)
        if minute is not None:
            groups.setdefault(minute, []).append(outcome)
    return sorted(groups.items())


def _later_at_0(outcome: Outcome) -> int | None:
    """Return when nothing worked any more, where that came after the first loss."""
    return None if outcome.first_at_0 == outcome.first_below_100 else outcome.first_at_0


def _back(outcome: Outcome) -> int | None:
    needed = outcome.time_to[100]
    return None if outcome.first_below_100 is None or needed is None else outcome.first_below_100 + needed


def _fallen_words(run: Run, minute: int, together: Sequence[Outcome]) -> str:
    """Return the functions that fell at *minute* with the level they fell to, hardest first."""
    levels = sorted((run.trace.level_at(one.component, minute), run.names.of(one.component)) for one in together)
    return joined([_("{name} to {level}", name=name, level=per_cent(level)) for level, name in levels])


def _why(run: Run, together: Sequence[Outcome]) -> str:
    if len(together) > 1:
        return ""
    steps = explain_fall(run.view, run.readable, together[0].component)
    return without_moment(steps[-1]) if steps else ""


def _incident_note(run: Run, incident: str) -> str:
    if run.scenario is None:
        return ""
    found = next((one for one in run.scenario.incidents if one.id == incident), None)
    return str(found.note) if found and found.note else ""


def decision_rows(run: Run) -> list[Row]:
    """Return the decisions that took effect."""
    return [
        (
            mark.minute,
            1,
            Entry(run.moments.moment(mark.minute), "decision", _("Decision {sign}", sign=mark.sign), mark.text),
        )
        for mark in run.marks
    ]
