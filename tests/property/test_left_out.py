"""The batch engine leaves out what cannot matter, and the table is the same as if it had run everything."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from city_model.schema import City
from resilience.simulation.batch.compiled import IS_COMPILED
from resilience.simulation.batch.engine import PAYS, Batch
from resilience.simulation.batch.events import strike
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.many import tally_traces, trace_of
from resilience.simulation.model import compile_city
from resilience.simulation.plan import MEASURES, Plan, Run, Tally
from tests.builders import city, component, function, need, team, work
from tests.comparing import plan_of
from tests.strategies import HORIZON, Case, cases, components

FEW = settings(max_examples=10) if settings().max_examples <= 30 else settings()


def table(tally: Tally) -> dict[str, list[int]]:
    """Return all that was measured, as plain lists."""
    found = {measure: [int(value) for value in tally.values[measure]] for measure in MEASURES}
    return found | {"levels": [int(level) for level in tally.levels]}


@FEW
@given(cases(spread=True, lucky=True), st.data())
def test_what_leads_to_nothing_that_is_watched_changes_nothing(case: Case, data: st.DataObject) -> None:
    """Whatever components are watched, they do what they do in a run of the whole city by the SimPy engine."""
    names = [one.id for one in case.city.components]
    watch = tuple(data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)))
    everything = plan_of(case)
    plan = Plan(everything.model, HORIZON, everything.orders, watch, grid=7)
    runs = [Run(number) for number in range(2)]

    told = tally_traces(plan, [trace_of(plan, run) for run in runs])
    assert [table(Batch(plan, whole=whole).run(runs)) for whole in (False, True)] == [table(told)] * 2


@st.composite
def islands(draw: st.DrawFn) -> City:
    """Return a city of two groups that need nothing of each other, with functions that may need some of both."""
    groups = [[f"{island}{number}" for number in range(draw(st.integers(2, 3)))] for island in "ab"]
    parts = [draw(components(name, group, lucky=True)) for group in groups for name in group]
    tops = []
    for number in range(draw(st.integers(0, 2))):
        below = draw(st.lists(st.sampled_from(groups[0] + groups[1]), min_size=1, max_size=4, unique=True))
        tops.append(function(f"f{number}", needs=[need(*below, at_least=draw(st.integers(1, len(below))))]))
    return city(team("crew", draw(st.integers(1, 3))), *tops, *parts)


@FEW
@given(islands(), st.integers(0, 3), st.data())
def test_two_losses_together_are_what_the_simpy_engine_says(made: City, replication: int, data: st.DataObject) -> None:
    """Also where their cascades are added up because they meet nowhere, and where they meet in a need or a team."""
    names = [one.id for one in made.components]
    watch = tuple(data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True)))
    plan = Plan(compile_city(made), HORIZON, (), watch, seed=5)
    pairs = [Run(replication, pair) for pair in combinations(names, 2)]
    runs = pairs * (1 + PAYS * len(names) // len(pairs))

    told = table(tally_traces(plan, [trace_of(plan, run) for run in pairs]))
    found = table(Batch(plan, fails=True).run(runs))
    assert found == {measure: values * (len(runs) // len(pairs)) for measure, values in told.items()}


@pytest.mark.skipif(IS_COMPILED, reason="only the plain code can be watched from outside")
def test_losses_that_meet_nowhere_are_not_run_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two islands of two, with a crew each would have to wait for if there were one, only the pairs inside run."""
    struck = list[int]()

    def noted(t: Tables, s: State, event: int, slot: int, minute: int) -> None:
        struck.append(slot)
        strike(t, s, event, slot, minute)

    monkeypatch.setattr("resilience.simulation.batch.run.strike", noted)
    counts = []
    for crews in (2, 1):
        parts = [component(name, repair=work(60, "crew")) for name in ("a", "c")]
        parts += [
            component(name, repair=work(60, "crew"), needs=[need(below)]) for name, below in (("b", "a"), ("d", "c"))
        ]
        plan = Plan(compile_city(city(team("crew", crews), *parts)), HORIZON, (), tuple("abcd"))
        struck.clear()
        Batch(plan, fails=True).run([Run(0, pair) for pair in combinations("abcd", 2)] * 2)
        counts.append(len(struck))

    assert counts == [4 + 2 * 2 * 2, 4 + 2 * 2 * 6]
