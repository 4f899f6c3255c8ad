"""What happened in play: time line, decisions, deadlines, indirect consequences, the picture kept, the log."""

from collections.abc import Iterator, Sequence

from reports.after_action.model import Played
from reports.cascade import explained
from reports.chain_picture import links_of
from reports.chart_spec import Span, SpanChart, SpanKind, SpanRow
from reports.course import course_rows, timeline_of
from reports.decision_effects import effects_chart, unchanged_words
from reports.document import Block, Chart, Entry, EntryKind, Folded, Paragraph, Section
from reports.effect_words import effect_words
from reports.tables import Table
from reports.words import per_cent, short_duration
from resilience.base.language import _, ngettext
from resilience.exercise.evaluation.counterfactuals import Counterfactual
from resilience.exercise.events import Event, Kind
from resilience.exercise.records import Deadline, Decision
from resilience.exercise.wording import sentence, who

_SHOWN: dict[Kind, EntryKind] = {
    Kind.STARTEX: "note",
    Kind.INJECT_SENT: "inject",
    Kind.DECISION: "decision",
    Kind.SCALE: "note",
    Kind.CLOCK_STARTED: "clock",
    Kind.CLOCK_MET: "clock",
    Kind.CLOCK_EXTENDED: "clock",
    Kind.NO_DUFF: "note",
    Kind.RESUMED: "note",
    Kind.ENDEX: "note",
}
"""What of the log belongs in the time line; the rest stands in the appendix."""
_CLOCK_KINDS = frozenset({Kind.CLOCK_STARTED, Kind.CLOCK_MET, Kind.CLOCK_EXTENDED})
_MOST_INDIRECT = 20


def timeline_section(played: Played) -> Section:
    """Return injects, decisions, deadlines and what happened to the city, in order."""
    rows = [row for row in course_rows(played.run) if row[0] <= played.minute]
    rows += [(event.minute, 1, _entry(played, event)) for event in played.state.events_of(*_SHOWN)]
    caption = _("What reached the players, and what happened to the city")
    return Section("timeline", _("Time line"), (timeline_of(caption, rows),))


def _entry(played: Played, event: Event) -> Entry:
    said, moment = event.payload, played.run.moments.moment(event.minute)
    if event.kind is Kind.INJECT_SENT:
        sent = played.state.sent[said["inject"]]
        text = _("From {sender} to {cells}.", sender=sent.sender, cells=played.cells(sent.cells))
        return Entry(moment, "inject", _("Inject"), str(sent.title), text)
    if event.kind is Kind.DECISION:
        decision = next((one for one in played.state.taken if one.seq == event.seq), None)
        if decision is None:
            return Entry(moment, "note", _("Exercise"), sentence(event, played.scenario))
        label = _("Decision {sign}", sign=played.signs[decision.seq])
        return Entry(moment, "decision", label, played.title(decision), _reasons(decision))
    if event.kind in _CLOCK_KINDS:
        return Entry(moment, "clock", _("Deadline"), played.run.names.of(said["clock"]), _clock_words(played, event))
    label = _("Crisis organisation") if event.kind is Kind.SCALE else _("Exercise")
    return Entry(moment, _SHOWN[event.kind], label, sentence(event, played.scenario))


def _clock_words(played: Played, event: Event) -> str:
    said, moments = event.payload, played.run.moments
    if event.kind is Kind.CLOCK_MET:
        words, reason = _("Met."), said["note"]
    elif event.kind is Kind.CLOCK_STARTED:
        words, reason = _("Runs until {moment}.", moment=moments.moment(said["due"])), said["cause"]
    else:
        words, reason = _("Moved to {moment}.", moment=moments.moment(said["due"])), said["reason"]
    return _("{words} Because of: {reason}", words=words, reason=reason) if reason else words


def _reasons(decision: Decision) -> str:
    parts = [_("By {who}.", who=decision.who)] if decision.who else []
    if decision.why:
        parts.append(_("Why: {why}", why=decision.why))
    if decision.information:
        parts.append(_("Known then: {information}", information=decision.information))
    return " ".join(parts)


def decisions_section(played: Played, effects: Sequence[Counterfactual]) -> Section:
    """Return every decision, and what it changed in the run."""
    decisions = played.state.taken
    rows = tuple(
        (
            played.signs[decision.seq],
            played.run.moments.moment(decision.minute),
            played.title(decision),
            decision.who or "–",
            decision.why or "–",
            "; ".join(effect_words(played.run.names, effect) for effect in decision.effects)
            or _("no effect in the model"),
        )
        for decision in decisions
    )
    table = Table(
        caption=_("The decisions, in order"),
        header=("#", _("Moment"), _("Decision"), _("By"), _("Why"), _("In the model")),
        firm=frozenset({1}),
        rows=rows,
        when_empty=_("No decision was recorded."),
    )
    blocks: list[Block] = [table]
    if effects:
        blocks += [
            Paragraph(
                _(
                    "Below, the run was computed again with one decision left out and everything else the same, luck "
                    "included. The difference is what that decision changed. It is output of the model, not a verdict "
                    "on the team; decisions that work together can save more, or less, than their sum."
                )
            ),
            Chart(effects_chart(played, effects), unchanged_words(played, effects), open_table=True),
        ]
    elif decisions and not played.recomputable:
        blocks.append(Paragraph(_("What each decision changed cannot be computed with this version of the rules.")))
    open_points = _open_points(played)
    if open_points:
        blocks.append(open_points)
    return Section("decisions", _("Decisions and what they changed"), tuple(blocks))


def _open_points(played: Played) -> Table | None:
    missed = [point for point in played.scenario.decisions if played.state.decided(point.id) is None]
    if not missed:
        return None
    return Table(
        caption=_("Questions on which nothing was decided"),
        header=(_("Question"), _("Who decides"), _("Open from"), _("Deadline")),
        rows=tuple(
            (
                str(point.title),
                played.cell(point.decides),
                played.run.moments.moment(point.opens),
                played.run.moments.moment(point.deadline),
            )
            for point in missed
        ),
    )


def values_section(played: Played) -> tuple[Section, ...]:
    """Return the answers on public values at stake; they are kept, never scored."""
    names = {value.id: str(value.name) for value in played.scenario.values}
    rows = tuple(
        (played.signs[decision.seq], played.title(decision), names.get(value, value), answer)
        for decision in played.state.taken
        for value, answer in decision.values.items()
        if answer
    )
    uses = tuple(_new_uses(played))
    parts: list[Block] = []
    if rows:
        table = Table(
            caption=_("What the teams weighed"),
            header=("#", _("Decision"), _("Value or question"), _("Answer")),
            rows=rows,
        )
        parts += [Paragraph(_("The answers are kept as they were given. They are not scored.")), table]
    if uses:
        asks = _("A new use of data asks for a new assessment before it becomes a habit: of privacy, and of ethics.")
        table = Table(
            caption=_("New uses of data that were decided"), header=("#", _("Decision"), _("New use")), rows=uses
        )
        parts += [Paragraph(asks), table]
    return (Section("values", _("Public values at stake"), tuple(parts)),) if parts else ()


def _new_uses(played: Played) -> Iterator[tuple[str, str, str]]:
    """Yield every decision that uses data for what they were not collected for."""
    for decision in played.state.taken:
        point = played.scenario.decision_by_id.get(decision.point or "")
        for option in point.options if point else ():
            if option.id == decision.option and option.new_use is not None:
                yield played.signs[decision.seq], played.title(decision), str(option.new_use)


def clocks_section(played: Played) -> tuple[Section, ...]:
    """Return every deadline that ran: until when, whether it was met, with what margin."""
    deadlines = tuple(sorted(played.state.deadlines.values(), key=lambda one: (one.started, one.clock)))
    if not deadlines:
        return ()
    chart = Chart(_clock_chart(played, deadlines), open_table=True)
    return (Section("deadlines", _("Deadlines"), (chart,)),)


def _clock_chart(played: Played, deadlines: Sequence[Deadline]) -> SpanChart:
    names, moments, horizon = played.run.names, played.run.moments, played.scenario.horizon
    rows = []
    for deadline in deadlines:
        ends = deadline.met if deadline.met is not None else max(played.minute, deadline.started)
        spans = [Span(deadline.started, min(ends, deadline.due, horizon), "running")]
        if ends > deadline.due:
            spans.append(Span(min(deadline.due, horizon), min(ends, horizon), "missed"))
        rows.append(SpanRow(names.of(deadline.clock), tuple(spans)))
    table = _clock_table(played, deadlines)
    used = {span.kind for row in rows for span in row.spans}
    kinds: tuple[tuple[SpanKind, str], ...] = (("running", _("Runs")), ("missed", _("Past the deadline")))
    return SpanChart(
        key="deadline-bars",
        title=_("How long each deadline ran"),
        alternative=" ".join(f"{row[0]}: {row[4]}, {row[5]}." for row in table.rows),
        time=moments.axis(horizon),
        rows=tuple(rows),
        kinds=tuple(pair for pair in kinds if pair[0] in used),
        table=table,
    )


def _clock_table(played: Played, deadlines: Sequence[Deadline]) -> Table:
    moments = played.run.moments
    basis = {clock.id: str(clock.basis) for clock in played.scenario.clocks}
    words = {
        "met": _("✓ met in time"),
        "late": _("▲ met too late"),
        "missed": _("✕ not met"),
        "running": _("still running"),
    }
    rows = tuple(
        (
            played.run.names.of(deadline.clock),
            basis.get(deadline.clock, "–"),
            moments.moment(deadline.started),
            moments.moment(deadline.due),
            words[deadline.status(played.minute)],
            _margin(deadline.margin(played.minute)),
        )
        for deadline in deadlines
    )
    return Table(
        caption=_("Deadlines, and how they ended"),
        header=(_("Deadline"), _("Basis"), _("Runs from"), _("Due"), _("Result"), _("Margin")),
        firm=frozenset({4, 5}),
        rows=rows,
    )


def _margin(minutes: int) -> str:
    if minutes < 0:
        return _("{duration} too late", duration=short_duration(-minutes))
    return _("{duration} left", duration=short_duration(minutes))


def indirect_section(played: Played) -> Section:
    """Return what was not hit itself and fell all the same, two or more steps from the incident."""
    run = played.run
    links = links_of(run.view, run.trace)
    binding = {part: causes[0] for part, causes in links.causes.items() if causes}
    functions = {function.id for function in run.view.functions}
    rows = []
    for part in links.causes:
        path = _path(part, binding)
        if part in links.hit or len(path) < 3 or not run.names.is_shown(part):
            continue
        first = next(minute for minute, level in run.trace.levels[part] if level < 100)
        lowest = min(level for _minute, level in run.trace.levels[part])
        via = " → ".join(run.names.of(step) for step in reversed(path))
        rows.append((part not in functions, first, run.names.of(part), lowest, via))
    rows.sort()
    table = Table(
        caption=_("Parts that nobody attacked and that fell all the same"),
        header=(_("Part"), _("First below 100%"), _("Lowest level"), _("By way of")),
        rows=tuple(
            (name, run.moments.moment(first), per_cent(low), via) for _f, first, name, low, via in rows[:_MOST_INDIRECT]
        ),
        numeric=frozenset({2}),
        firm=frozenset({1}),
        when_empty=_("Nothing fell at two or more steps from the incident."),
    )
    blocks: list[Block] = [table]
    if len(rows) > _MOST_INDIRECT:
        blocks.append(
            Paragraph(
                _("The {shown} first of {all} are shown, functions before others.", shown=_MOST_INDIRECT, all=len(rows))
            )
        )
    fallen = run.fallen
    if fallen:
        title = ngettext(
            "Show why the {number} function fell", "Show why each of the {number} functions fell", len(fallen)
        )
        blocks.append(Folded(title, tuple(explained(run, outcome) for outcome in fallen)))
    return Section("indirect", _("Second-order consequences"), tuple(blocks))


def _path(part: str, binding: dict[str, str]) -> list[str]:
    path = [part]
    while path[-1] in binding and binding[path[-1]] not in path:
        path.append(binding[path[-1]])
    return path


def log_section(played: Played) -> Section:
    """Return the whole log, with corrections, as an appendix."""
    corrections = played.state.corrections
    rows = tuple(
        (
            str(event.seq),
            played.run.moments.moment(event.minute),
            who(event.actor, played.scenario),
            sentence(event, played.scenario),
            "; ".join(correction.text for correction in corrections.get(event.seq, ())) or "–",
        )
        for event in played.state.events
        if event.kind is not Kind.LEASE
    )
    table = Table(
        caption=_("Every entry of the log"),
        header=("#", _("Moment"), _("By"), _("What"), _("Corrected to")),
        rows=rows,
    )
    title = ngettext("Show the {number} entry", "Show all {number} entries", len(rows))
    return Section("log", _("Appendix: the log"), (Folded(title, (table,)),))
