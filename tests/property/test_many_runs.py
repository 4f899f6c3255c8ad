"""Whatever the city and however runs are cut up: the same table, and nothing moves that was said not to."""

from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.analysis.city_plan import city_plan
from resilience.analysis.draws import parts_struck, reached
from resilience.analysis.executor import joined, replications
from resilience.simulation.engine import simulate
from resilience.simulation.many import Plan, run_many, trace_of
from resilience.simulation.model import compile_city
from tests.strategies import HORIZON, Case, cases

FEW = settings(max_examples=10) if settings().max_examples <= 30 else settings()
LUCKY = cases(spread=True, lucky=True, guesses=True)


@FEW
@given(LUCKY, st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_the_table_does_not_depend_on_the_chunks(case: Case, sizes: list[int]) -> None:
    """Any cut of the runs, joined again, is the table of all of them."""
    watch = tuple(component.id for component in case.city.components)
    plan = Plan(compile_city(case.city), HORIZON, case.orders, watch, uncertain=True, grid=50)
    runs = replications(sum(sizes))
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    chunks = [run_many(plan, runs[start : start + size]) for start, size in zip(starts, sizes, strict=True)]

    assert joined(plan, chunks) == joined(plan, [run_many(plan, runs)])


@FEW
@given(LUCKY)
def test_what_cannot_be_reached_does_not_move(case: Case) -> None:
    """Every component whose level changes, and everything that is damaged, was foreseen from the orders alone."""
    model = compile_city(case.city)
    struck = parts_struck(model, case.orders)
    foreseen = {model.parts[part].id for part in reached(model, case.orders, struck)}
    plan = city_plan(model, case.orders, HORIZON, uncertain=True).plan
    moved = {name for run in replications(3) for name in trace_of(plan, run).levels}

    assert (moved - foreseen, set(simulate(model, case.orders, horizon=HORIZON).levels) - foreseen) == (set(), set())
