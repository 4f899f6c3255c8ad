"""Who repairs what and when, how long the queues are, and which reserves hold: bars on a time axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.chart_spec import Mark, Span, SpanChart, SpanKind, SpanRow, StepChart, StepSeries
from reports.naming import Names
from reports.tables import Table
from reports.words import Moments, counted_names, number, short_duration
from resilience.base.language import _, ngettext
from resilience.simulation.metrics import queue_lengths
from resilience.simulation.trace import Trace, What

_WORK_STARTS = (What.REPAIR_STARTS, What.CLEANING_STARTS, What.VERIFICATION_STARTS)
MOST_ROWS = 24
"""Rows that a chart shows; its table holds the rest."""


@dataclass(frozen=True)
class Job:
    """One repair: when its fault was found, when a team started and when it was done (None: not within the run).

    *dropped* is when it was given up: the same incident struck again, or a decision ended the damage.
    """

    component: str
    team: str | None
    found: int
    started: int | None
    ended: int | None
    dropped: int | None

    @property
    def last(self) -> int | None:
        """The minute at which nothing of this job was left, if it came to that."""
        ends = [minute for minute in (self.ended, self.dropped) if minute is not None]
        return min(ends) if ends else None


@dataclass(frozen=True)
class Reserve:
    """A buffer or a fallback that carried a part from *start* to *end*."""

    component: str
    kind: SpanKind
    start: int
    end: int
    ran_out: bool


def jobs_of(trace: Trace) -> tuple[Job, ...]:
    """Return every repair of the run, in the order in which the faults were found."""
    starts = {record.causes[0]: record for record in trace.with_what(*_WORK_STARTS) if record.causes}
    ends = _ends_of_damage(trace)
    found = []
    for place, record in enumerate(trace.records):
        if record.what is not What.JOB_WAITS:
            continue
        start = starts.get(place)
        source = _source_of(trace, place)
        over = next((end for end in ends.get((record.subject, source), ()) if end > place), None)
        planned = int(start.value or 0) if start else None
        done = planned if planned is not None and planned <= trace.horizon else None
        gone = None if over is None else trace.records[over].minute
        is_dropped = gone is not None and (planned is None or gone < planned)
        team = record.value if isinstance(record.value, str) else None
        found.append(
            Job(
                component=record.subject,
                team=team,
                found=record.minute,
                started=start.minute
                if start and not (is_dropped and gone is not None and gone < start.minute)
                else None,
                ended=None if is_dropped else done,
                dropped=gone if is_dropped else None,
            )
        )
    return tuple(found)


def _source_of(trace: Trace, place: int) -> str:
    """Return the incident or decision behind the record at *place*."""
    record = trace.records[place]
    while record.causes and record.what not in {What.INCIDENT, What.DECISION}:
        record = trace.records[record.causes[0]]
    return record.subject


def _ends_of_damage(trace: Trace) -> dict[tuple[str, str], list[int]]:
    """Return, per part and incident, the places of the records with which a damage ended or began anew."""
    found: dict[tuple[str, str], list[int]] = {}
    for place, record in enumerate(trace.records):
        if record.what is What.DAMAGE_ENDED:
            found.setdefault((record.subject, str(record.value)), []).append(place)
        elif record.what is What.DAMAGE:
            found.setdefault((record.subject, _source_of(trace, place)), []).append(place)
    return found


def reserves_of(trace: Trace) -> tuple[Reserve, ...]:
    """Return every buffer that drained and every fallback that carried, in the order in which they began."""
    found: list[Reserve] = []
    fallback_since: dict[str, int] = {}
    for place, record in enumerate(trace.records):
        if record.what is What.BUFFER_RUNNING:
            end, ran_out = _end_of_buffer(trace, place)
            if end > record.minute:
                found.append(Reserve(record.subject, "buffer", record.minute, end, ran_out))
        elif record.what is What.FALLBACK_IN_USE:
            fallback_since[record.subject] = record.minute
        elif record.what in {What.FALLBACK_OUT, What.FALLBACK_USED_UP} and record.subject in fallback_since:
            since = fallback_since.pop(record.subject)
            used_up = record.what is What.FALLBACK_USED_UP
            found.append(Reserve(record.subject, "fallback", since, record.minute, used_up))
    found += [Reserve(part, "fallback", since, trace.horizon, ran_out=False) for part, since in fallback_since.items()]
    return tuple(sorted(found, key=lambda reserve: (reserve.start, reserve.component, reserve.end)))


def _end_of_buffer(trace: Trace, place: int) -> tuple[int, bool]:
    """Return until when the buffer of the record at *place* drained, and whether it ran empty then."""
    running = trace.records[place]
    planned = int(running.value or 0)
    providers = [trace.records[cause].subject for cause in running.causes]
    for record in trace.records[place + 1 :]:
        if record.minute > planned:
            break
        if record.what is What.BUFFER_RUNNING and record.subject == running.subject:
            return record.minute, False
        if record.what is What.BUFFER_EMPTY and record.subject == running.subject:
            return record.minute, True
        if record.what is What.LEVEL and record.value == 100 and record.subject in providers[:1]:
            return record.minute, False
    return min(planned, trace.horizon), False


def jobs_chart(names: Names, trace: Trace, moments: Moments, marks: Sequence[Mark] = ()) -> SpanChart | None:
    """Return who waited and worked when; None when nothing had to be repaired."""
    jobs = tuple(job for job in jobs_of(trace) if names.is_shown(job.component))
    if not jobs:
        return None
    parts = list(dict.fromkeys(job.component for job in jobs))
    rows = tuple(
        SpanRow(
            names.of(part),
            tuple(span for job in jobs if job.component == part for span in _job_spans(job, trace.horizon)),
        )
        for part in parts[:MOST_ROWS]
    )
    waited = sum(1 for job in jobs if job.started is None or job.started > job.found)
    unfinished = list(dict.fromkeys(names.of(job.component) for job in jobs if job.last is None))
    alternative = ngettext(
        "{number} repair on a time axis: waiting, then work.",
        "{number} repairs on a time axis: waiting, then work.",
        len(jobs),
    )
    alternative += " " + _("{waited} of them had to wait.", waited=waited)
    if unfinished:
        alternative += " " + _("Not ready within the run: {names}.", names=counted_names(unfinished, 8))
    return SpanChart(
        key="repairs",
        title=_("Waiting and work per repair"),
        alternative=alternative,
        time=moments.axis(trace.horizon),
        rows=rows,
        kinds=_kinds_in(
            rows, (("waiting", _("Waits for a team, or for what the repair needs")), ("work", _("Repair under way")))
        ),
        table=_jobs_table(names, jobs, moments),
        marks=tuple(marks),
    )


def reserves_chart(names: Names, trace: Trace, moments: Moments) -> SpanChart | None:
    """Return which buffers and fallbacks carried what; None when none was used."""
    reserves = tuple(reserve for reserve in reserves_of(trace) if names.is_shown(reserve.component))
    if not reserves:
        return None
    parts = list(dict.fromkeys(reserve.component for reserve in reserves))
    rows = tuple(
        SpanRow(
            names.of(part),
            tuple(Span(one.start, one.end, one.kind) for one in reserves if one.component == part),
        )
        for part in parts[:MOST_ROWS]
    )
    ran_out = [names.of(part) for part in parts if any(one.ran_out for one in reserves if one.component == part)]
    alternative = ngettext(
        "{number} part was carried by a buffer or a fallback.",
        "{number} parts were carried by a buffer or a fallback.",
        len(parts),
    )
    alternative += " " + _("Run out within the run: {names}.", names=counted_names(ran_out, 8))
    return SpanChart(
        key="reserves",
        title=_("Buffers and fallbacks in use"),
        alternative=alternative,
        time=moments.axis(trace.horizon),
        rows=rows,
        kinds=_kinds_in(rows, (("buffer", _("On its buffer")), ("fallback", _("On its fallback")))),
        table=Table(
            caption=_("Buffers and fallbacks in use"),
            header=(_("Part"), _("Reserve"), _("From"), _("Until"), _("Held for"), _("Ran out")),
            rows=tuple(
                (
                    names.of(one.component),
                    _("buffer") if one.kind == "buffer" else _("fallback"),
                    moments.moment(one.start),
                    moments.moment(one.end) if one.end < trace.horizon else _("end of the run"),
                    short_duration(one.end - one.start),
                    _("yes") if one.ran_out else _("no"),
                )
                for one in reserves
            ),
            numeric=frozenset({4}),
            firm=frozenset({2, 3}),
        ),
    )


def queue_chart(names: Names, trace: Trace, moments: Moments) -> StepChart | None:
    """Return how many jobs waited for each kind of team; None when none ever waited."""
    queues = {team: rows for team, rows in queue_lengths(trace).items() if any(length for _minute, length in rows)}
    if not queues:
        return None
    longest = {team: max(length for _minute, length in rows) for team, rows in queues.items()}
    series = tuple(
        StepSeries(
            name=names.of(team),
            steps=((0, 0), *rows) if rows[0][0] else rows,
            note=_("at most {number}", number=longest[team]),
        )
        for team, rows in queues.items()
    )
    words = [_("{team}: at most {number} jobs wait.", team=names.of(team), number=longest[team]) for team in queues]
    return StepChart(
        key="queues",
        title=_("Jobs that wait for a team"),
        alternative=" ".join(words),
        time=moments.axis(trace.horizon),
        series=series,
        top=max(longest.values()),
        unit=_("jobs"),
        value_label=_("Jobs that wait"),
        loss_is_shaded=False,
        table=Table(
            caption=_("Length of each queue from each moment at which it changed"),
            header=(_("Team"), _("From"), _("Jobs that wait")),
            rows=tuple(
                (names.of(team), moments.moment(minute), number(length))
                for team, rows in queues.items()
                for minute, length in rows
            ),
            numeric=frozenset({2}),
        ),
    )


def _job_spans(job: Job, horizon: int) -> tuple[Span, ...]:
    last = horizon if job.last is None else job.last
    starts = last if job.started is None else job.started
    spans = []
    if starts > job.found:
        spans.append(Span(job.found, starts, "waiting"))
    if job.started is not None and last > job.started:
        spans.append(Span(job.started, last, "work"))
    return tuple(spans)


def _kinds_in(rows: Sequence[SpanRow], words: Sequence[tuple[SpanKind, str]]) -> tuple[tuple[SpanKind, str], ...]:
    used = {span.kind for row in rows for span in row.spans}
    return tuple(pair for pair in words if pair[0] in used)


def _job_end(job: Job, moments: Moments) -> str:
    if job.dropped is not None:
        return _("given up or begun anew at {moment}", moment=moments.moment(job.dropped))
    return _("not within the run") if job.ended is None else moments.moment(job.ended)


def _jobs_table(names: Names, jobs: Sequence[Job], moments: Moments) -> Table:
    rows = tuple(
        (
            names.of(job.component),
            names.of(job.team) if job.team else _("no team needed"),
            moments.moment(job.found),
            "–" if job.started is None else moments.moment(job.started),
            "–" if job.started is None else short_duration(job.started - job.found),
            _job_end(job, moments),
        )
        for job in jobs
    )
    return Table(
        caption=_("Every repair"),
        header=(_("Part"), _("Team"), _("Fault found"), _("Work starts"), _("Waited"), _("Repaired")),
        rows=rows,
        numeric=frozenset({4}),
        firm=frozenset({2, 3}),
    )
