"""Compares the batch engine with the SimPy engine on one case: everything that both must agree on."""

from city_model.schema import City
from resilience.simulation.batch import layout as at
from resilience.simulation.batch.engine import Batch
from resilience.simulation.many import tally_traces, trace_of
from resilience.simulation.memory import CLEANING, VERIFICATION
from resilience.simulation.model import compile_city
from resilience.simulation.plan import Plan, Run
from resilience.simulation.trace import Trace, What
from tests.strategies import HORIZON, Case

COMPILE = "RESILIENCE_TEST_COMPILED"
"""Set it to let the tests run compiled code; compiling takes a minute, which the fast tests do not have."""
Event = tuple[int, str, str, object]
_STARTS = {CLEANING: What.CLEANING_STARTS, VERIFICATION: What.VERIFICATION_STARTS}
_SIMPLE = {
    at.LOG_STOPPED: What.STOPPED,
    at.LOG_STANDING: What.STANDING,
    at.LOG_SUSPECT: What.SUSPECT,
    at.LOG_VERIFIED: What.VERIFIED,
    at.LOG_EXPOSED: What.EXPOSED,
    at.LOG_FOOTHOLD: What.FOOTHOLD,
    at.LOG_CLEANED: What.CLEANED,
}
_WITH_VALUE = {What.LEVEL, What.REPAIR_STARTS, *_STARTS.values()}


def plan_of(case: Case, *, seed: int = 0, uncertain: bool = False, grid: int | None = 7) -> Plan:
    """Return the plan that runs *case* and watches everything in it."""
    return Plan(
        compile_city(case.city), HORIZON, case.orders, tuple(component.id for component in case.city.components),
        seed=seed, uncertain=uncertain, grid=grid, mtds=dict.fromkeys((c.id for c in case.city.components), 20),
    )  # fmt: skip


def difference(plan: Plan, run: Run) -> list[Event]:
    """Return what one engine did in *run* and the other did not."""
    batch = Batch(plan, fails=bool(run.failed), log=2000)
    tally = batch.run([run])
    trace = trace_of(plan, run)
    told = tally_traces(plan, [trace])
    both = {_event(batch, plan.model.city, row) for row in batch.log()} ^ set(_events(trace))
    for measure, values in told.values.items():
        mine = [int(value) for value in tally.values[measure]]
        both |= {(-1, name, measure, (a, b)) for name, a, b in zip(plan.watch, mine, values, strict=True) if a != b}
    if [int(level) for level in tally.levels] != list(told.levels):
        both.add((-1, "", "levels on the grid", None))
    return sorted(both, key=str)


def _event(batch: Batch, city: City, row: tuple[int, int, int, int]) -> Event:
    minute, what, who, value = row
    ids = sorted(component.id for component in city.components)
    if what == at.LOG_LEVEL:
        return minute, ids[who], What.LEVEL, value
    if what == at.LOG_STARTS:
        part, source = batch.slot(who)
        return minute, ids[part], _STARTS.get(source, What.REPAIR_STARTS), value
    return minute, ids[who], _SIMPLE[what], None


def _events(trace: Trace) -> list[Event]:
    wanted = {*_SIMPLE.values(), *_WITH_VALUE}
    return [
        (record.minute, record.subject, record.what, record.value if record.what in _WITH_VALUE else None)
        for record in trace.records
        if record.what in wanted
    ]
