"""Properties of the engine on generated cities, against an independent reference and against itself."""

from hypothesis import given
from hypothesis import strategies as st

from resilience.simulation.engine import Simulation, simulate
from resilience.simulation.trace import Trace, What
from tests.reference_engine import Reference
from tests.strategies import HORIZON, Case, cases


def levels_by_minute(trace: Trace, case: Case) -> list[dict[str, int]]:
    """Return the level of every component at every minute."""
    current = {component.id: 100 for component in case.city.components}
    changes: dict[int, dict[str, int]] = {}
    for record in trace.with_what(What.LEVEL):
        changes.setdefault(record.minute, {})[record.subject] = int(record.value or 0)
    history = []
    for minute in range(HORIZON + 1):
        current = {**current, **changes.get(minute, {})}
        history.append(current)
    return history


@given(cases())
def test_it_does_what_the_rules_say_minute_for_minute(case: Case) -> None:
    """Levels, stops and repairs equal those of the slow reference at every minute."""
    trace = simulate(case.city, case.orders, horizon=HORIZON)
    slow = Reference(case.city, case.orders, HORIZON)

    stops = sorted((r.minute, r.subject) for r in trace.with_what(What.STOPPED))
    repairs = sorted((r.minute, r.subject, r.value) for r in trace.with_what(What.REPAIR_STARTS))
    assert levels_by_minute(trace, case) == slow.history
    assert (stops, repairs) == (sorted(slow.stops), sorted(slow.repairs))


@given(cases(spread=True))
def test_malware_and_marks_do_what_the_rules_say_minute_for_minute(case: Case) -> None:
    """Rules 10 and 11: footholds, marks, levels, stops and repairs equal those of the slow reference."""
    trace = simulate(case.city, case.orders, horizon=HORIZON)
    slow = Reference(case.city, case.orders, HORIZON)

    marks = [(r.minute, r.subject, str(r.what)) for r in trace.with_what(What.SUSPECT, What.VERIFIED, What.EXPOSED)]
    footholds = [(r.minute, r.subject, r.value) for r in trace.with_what(What.FOOTHOLD)]
    repairs = sorted((r.minute, r.subject, r.value) for r in trace.with_what(What.REPAIR_STARTS))
    assert sorted(footholds) == sorted(slow.footholds)
    assert sorted(marks) == sorted(slow.marks)
    assert levels_by_minute(trace, case) == slow.history
    assert repairs == sorted(slow.repairs)


@given(cases(), st.lists(st.integers(0, HORIZON), max_size=6))
def test_continuing_live_equals_running_again_from_zero(case: Case, pauses: list[int]) -> None:
    """Rule 14.3: decisions given during the run, between any pauses, make the same trace as all known beforehand."""
    live = Simulation(case.city, [order for order in case.orders if order.kind == "incident"], horizon=HORIZON)
    decisions = sorted((order for order in case.orders if order.kind == "decision"), key=lambda order: order.minute)
    moments = sorted({*pauses, *(order.minute - 1 for order in decisions if order.minute)})
    for moment in moments:
        for order in [order for order in decisions if live.next_minute <= order.minute <= moment]:
            live.order(order)
            decisions.remove(order)
        live.advance(moment)
    for order in decisions:
        live.order(order)
    live.advance(HORIZON)
    incidents = [order for order in case.orders if order.kind == "incident"]
    known = [order for order in case.orders if order.kind == "decision"]
    known.sort(key=lambda order: order.minute)

    assert live.trace == simulate(case.city, [*incidents, *known], horizon=HORIZON)


@given(cases())
def test_causes_stand_earlier_and_the_first_record_of_every_path_is_an_order(case: Case) -> None:
    """Section Trace: causes have lower numbers; every binding path leads back to an incident or a decision."""
    records = simulate(case.city, case.orders, horizon=HORIZON).records
    roots = {What.INCIDENT, What.DECISION}

    assert [place for place, record in enumerate(records) if any(cause >= place for cause in record.causes)] == []
    loose = [
        (place, record)
        for place, record in enumerate(records)
        if not record.causes and record.what not in roots and record.what is not What.QUEUE
    ]
    assert loose == []


@given(cases(), st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_trace(case: Case, seed: int) -> None:
    """Rule 13: nothing but the city, the orders and the seed decides."""
    first = simulate(case.city, case.orders, horizon=HORIZON, seed=seed)

    assert first == simulate(case.city, case.orders, horizon=HORIZON, seed=seed)
