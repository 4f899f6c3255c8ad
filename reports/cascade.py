"""The cascade report: what one incident does to a city, hour by hour, and why."""

from collections.abc import Mapping, Sequence

from city_model.partner.redacted import how_much
from city_model.redaction import OFFICER, Reader, View, view_of
from city_model.schema import City
from reports.assumptions import assumption_blocks
from reports.chain_picture import chain_picture
from reports.common_parts import EXERCISE, glossary_section, method_section, tlp_marking
from reports.course import course_rows, decision_rows, timeline_of
from reports.document import (
    Block,
    Callout,
    Chart,
    Document,
    Folded,
    Marking,
    Paragraph,
    Section,
    Steps,
)
from reports.function_charts import function_heat, function_strips, function_table, recovery_table
from reports.harm import harm_blocks
from reports.malware import malware_blocks
from reports.naming import without_moment
from reports.run import Run, closing, facts, reader_facts, reader_name
from reports.summary import summary_blocks
from reports.tables import Table
from reports.words import duration, joined, per_cent
from reports.work_charts import jobs_chart, queue_chart, reserves_chart
from resilience.base.language import _, ngettext
from resilience.simulation.engine import simulate
from resilience.simulation.explain import explain_fall
from resilience.simulation.metrics import Outcome, order_of_failure
from resilience.simulation.orders import clock_lengths, incident_orders
from resilience.simulation.trace import Trace, What
from scenarios.redaction import scenario_for
from scenarios.schema import Scenario

_MOST_EXPLAINED = 4
"""Functions whose path stands open on the page; the others unfold."""


def cascade_for(city: City, scenario: Scenario, *, reader: Reader, seed: int = 0) -> Document:
    """Return what *scenario* does to *city* as *reader* may see both, in the current language.

    The run is one on that view, so that no number in it counts what is hidden. Raises InputError when the reader may
    see nothing of what the scenario strikes.
    """
    view = view_of(city, reader)
    seen = scenario_for(scenario, view)
    orders, clocks = incident_orders(seen), clock_lengths(seen)
    return cascade_report(view, seen, simulate(view.city, orders, horizon=seen.horizon, seed=seed, clocks=clocks))


def cascade_report(
    view: View,
    scenario: Scenario | None,
    trace: Trace,
    *,
    title: str | None = None,
    decided: Mapping[str, str] | None = None,
) -> Document:
    """Return what *trace*, a run on *view*, says happened, for the reader of the view, in the current language.

    *decided* names the decisions of the run by the id of their order. Raises ValueError when the trace knows more than
    the view: its numbers would count what is hidden.
    """
    if not trace.levels.keys() <= view.city.component_by_id.keys():
        msg = "this is a run on another city than the view"
        raise ValueError(msg)
    run = Run(view.city, trace, scenario, decided or {})
    fiction = (Marking("exercise", EXERCISE), Marking("fiction", _("FICTION"))) if scenario else ()
    course = [*course_rows(run), *decision_rows(run)]
    malware = malware_blocks(run)
    sections = [
        Section("summary", _("Summary"), (*_for_reader(view), *summary_blocks(run))),
        Section("course", _("What happened"), (timeline_of(_("From the incident to recovery"), course),)),
        Section("functions", _("City functions over time"), function_blocks(run)),
        Section("harm", _("Harm to people, and money"), harm_blocks(run)),
        *((Section("malware", _("Malware and data"), malware),) if malware else ()),
        Section("order", _("Order of failure, and why"), order_blocks(run)),
        Section("chain", _("The affected chain"), chain_blocks(run)),
        Section("tolerable", _("Longest tolerable outages"), (mtd_table(run),)),
        Section("teams", _("Repair teams and queues"), team_blocks(run)),
        Section("reserves-in-use", _("Reserves"), reserve_blocks(run)),
    ]
    if run.decisions:
        sections.append(Section("decisions", _("Decisions"), (decision_table(run),)))
    sections += [
        Section("assumptions", _("What this rests on"), assumption_blocks(run.names, trace)),
        method_section(),
        glossary_section(),
    ]
    return Document(
        title=title or (str(scenario.name) if scenario else _("Cascade in {city}", city=run.view.name)),
        subtitle=str(scenario.summary) if scenario else _("What one failure does to the city, hour by hour"),
        kind=_("Cascade report"),
        reader=view.reader,
        markings=(*fiction, tlp_marking(run.view)),
        facts=(*reader_facts(view), *facts(run)),
        sections=tuple(sections),
        closing=closing(run),
    )


def _for_reader(view: View) -> tuple[Block, ...]:
    """Return for whom this page is and what that means for the figures; nothing for the officer, who sees all."""
    if view.reader.role == OFFICER.role:
        return ()
    return (
        Callout(
            "note",
            _("For {reader}", reader=reader_name(view)),
            _(
                "This page is computed on the part of the map that this reader may see. Hidden: {much}. A hidden part "
                "never fails here, and an incident does nothing to it: the real consequences can be larger.",
                much=how_much(view),
            ),
        ),
    )


def function_blocks(run: Run) -> tuple[Block, ...]:
    """Return the level of every function over the run, three times: strips, grid, table."""
    return (
        Chart(
            function_strips(run.names, run.trace, run.outcomes, run.moments, run.marks),
            _("Each strip runs from 0% to 100% of normal operation. The hatched part is what residents had to miss."),
        ),
        Chart(
            function_heat(run.names, run.trace, run.outcomes, run.moments),
            _("The number in a stretch is its level in per cent; stretches at 100% carry no number."),
        ),
        function_table(run.names, run.outcomes, run.moments),
        recovery_table(run.names, run.outcomes),
    )


def order_blocks(run: Run) -> tuple[Block, ...]:
    """Return every part in the order in which it fell, with the reason, and the whole path for each function."""
    failures = [failure for failure in order_of_failure(run.trace) if run.names.is_shown(failure.component)]
    rows = []
    for place, failure in enumerate(failures, 1):
        steps = explain_fall(run.view, run.readable, failure.component)
        gone = "–" if failure.first_at_0 is None else run.moments.moment(failure.first_at_0)
        reason = without_moment(steps[-1]) if steps else ""
        first = run.moments.moment(failure.first_below_100)
        rows.append((str(place), run.names.of(failure.component), first, gone, reason))
    table = Table(
        caption=_("Every part that fell, in order"),
        header=("#", _("Part"), _("First below 100%"), _("First at 0%"), _("What happened")),
        firm=frozenset({2, 3}),
        rows=tuple(rows),
        when_empty=_("No part fell."),
    )
    heaviest = sorted(run.fallen, key=lambda outcome: -outcome.lost)
    shown, rest = heaviest[:_MOST_EXPLAINED], heaviest[_MOST_EXPLAINED:]
    if not shown:
        return (table,)
    blocks: list[Block] = [
        Paragraph(
            _("For each function the path from the first cause to the moment at which it fell, heaviest loss first.")
        ),
        *(explained(run, outcome) for outcome in shown),
    ]
    if rest:
        others = ngettext("Show the {number} other function", "Show the {number} other functions", len(rest))
        blocks.append(Folded(others, tuple(explained(run, outcome) for outcome in rest)))
    blocks.append(
        Folded(ngettext("Show the {number} part in order", "Show all {number} parts in order", len(rows)), (table,))
    )
    return tuple(blocks)


def explained(run: Run, outcome: Outcome) -> Steps:
    """Return the path from the first cause to the first loss of one function."""
    steps = explain_fall(run.view, run.readable, outcome.component)
    before = (-1, *(step.minute for step in steps))
    rows = tuple(
        (run.moments.moment(step.minute) if step.minute != last else "", without_moment(step))
        for last, step in zip(before, steps, strict=False)
    )
    return Steps(_("Why {name} fell", name=run.names.of(outcome.component)), rows)


def chain_blocks(run: Run) -> tuple[Block, ...]:
    """Return the picture of the affected chain."""
    picture = chain_picture(run.names, run.trace, run.moments)
    if not picture.nodes:
        return (Paragraph(_("No part fell, so there is no chain to show.")),)
    shown, affected = len(picture.nodes), len(picture.table.rows)
    reading = _(
        "Each box gives the lowest level and when the part first fell (+hours:minutes). A thick line is the binding "
        "reason; dotted lines are losses that counted too."
    )
    if shown < affected:
        reading += " " + _(
            "Shown are the {shown} parts nearest to the functions, of {affected} that were affected; the table holds "
            "all.",
            shown=shown,
            affected=affected,
        )
    return (Chart(picture, reading),)


def mtd_table(run: Run) -> Table:
    """Return, per function with a longest tolerable outage, whether and when it was passed."""
    rows = []
    for outcome in run.outcomes:
        component = run.view.component_by_id[outcome.component]
        required = component.mtd.required if component.mtd else None
        if required is None:
            continue
        asked = duration(required.value) if isinstance(required.value, int) else _("unknown")
        passed = joined([run.moments.moment(breach.minute) for breach in outcome.breaches])
        minimum = component.minimum_level.value if component.minimum_level else None
        floor = per_cent(minimum) if isinstance(minimum, int) else _("{level} (default)", level=per_cent(50))
        verdict = _("▲ passed at {moments}", moments=passed) if outcome.breaches else _("✓ kept")
        rows.append((run.names.of(outcome.component), asked, floor, verdict))
    return Table(
        caption=_("Longest tolerable outage per city function"),
        header=(_("City function"), _("Longest tolerable outage"), _("Counts as out below"), _("In this run")),
        rows=tuple(rows),
        when_empty=_("The map names no longest tolerable outage for any function."),
    )


def team_blocks(run: Run) -> tuple[Block, ...]:
    """Return who waited, who worked, and how long the queues grew."""
    jobs = jobs_chart(run.names, run.trace, run.moments, run.marks)
    if jobs is None:
        return (Paragraph(_("Nothing had to be repaired in this run.")),)
    queues = queue_chart(run.names, run.trace, run.moments)
    blocks: list[Block] = [Chart(jobs, _more_rows(len(jobs.rows), len({row[0] for row in jobs.table.rows})))]
    if queues is None:
        blocks.append(Paragraph(_("No repair had to wait because a team was busy.")))
    else:
        blocks.append(Chart(queues))
    return tuple(blocks)


def reserve_blocks(run: Run) -> tuple[Block, ...]:
    """Return which buffers and fallbacks carried what."""
    reserves = reserves_chart(run.names, run.trace, run.moments)
    if reserves is None:
        return (Paragraph(_("No buffer or fallback was used in this run.")),)
    parts = len({row[0] for row in reserves.table.rows})
    return (Chart(reserves, _more_rows(len(reserves.rows), parts)),)


def _more_rows(shown: int, all_rows: int) -> str:
    if shown >= all_rows:
        return ""
    return _("The chart shows the first {shown} of {all}; the table holds all.", shown=shown, all=all_rows)


def decision_table(run: Run) -> Table:
    """Return the decisions that took effect, in order, and what in them found nothing to change."""
    idle: dict[str, list[str]] = {}
    for record in run.trace.with_what(What.NO_EFFECT):
        idle.setdefault(record.subject, []).append(str(record.value or ""))
    rows: Sequence[tuple[str, ...]] = [
        (
            mark.sign,
            run.moments.moment(mark.minute),
            mark.text,
            _("Without effect in the model: {effects}", effects=joined(idle[record.subject]))
            if record.subject in idle
            else "–",
        )
        for mark, record in zip(run.marks, run.decisions, strict=True)
    ]
    return Table(
        caption=_("Decisions that took effect"),
        header=("#", _("Moment"), _("Decision"), _("Remark")),
        firm=frozenset({1}),
        rows=tuple(rows),
    )
