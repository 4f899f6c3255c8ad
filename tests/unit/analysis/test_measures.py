"""Measures in small cities where what they save can be worked out by hand."""

import pytest

from city_model.effects import Effect
from city_model.schema import City, Measure
from resilience.analysis.choose import Choice, choose
from resilience.analysis.city_plan import city_plan
from resilience.analysis.executor import Here, Stop
from resilience.analysis.measures import Cost, Trials, cost_of
from resilience.base.canonical import canonical_json
from tests.builders import UNKNOWN, assumed, city, component, function, measure, need
from tests.runs import effect, outage

HOUR = 60


def supply(key: str, hours: int) -> Effect:
    """Return the effect that meets a need for some hours."""
    return effect("supply", need=key, minutes=HOUR * hours)


def three_functions(*measures: Measure) -> City:
    """Return power that is out for ten hours under three functions of 1000, 500 and 100 residents."""
    return city(
        component("power"),
        *(
            function(name, needs=[need("power", key=name)], residents=residents)
            for name, residents in (("big", 1000), ("middle", 500), ("small", 100))
        ),
        *measures,
    )


def chosen(made: City, budget: int | None = None, *, runs: int = 3, stop: Stop | None = None) -> Choice | None:
    """Return what is known about the measures of a city whose power is out from minute 0 for ten hours."""
    plan = city_plan(made, [outage("power", 0, 10 * HOUR)], 20 * HOUR, uncertain=True)
    return choose(Trials([plan], Here(stop=stop or Stop()), runs), ["storm"], budget, 4)


def saved(choice: Choice | None) -> dict[str, int]:
    """Return the resident-hours that each measure saves."""
    assert choice is not None
    return {one.id: one.saving.mean // 6000 for one in choice.judged}


def test_what_a_measure_saves() -> None:
    """Two hours of emergency power for a thousand residents save 2000 resident-hours, in every run."""
    choice = chosen(three_functions(measure("tank", supply("big", 2), once=100, yearly=25)))
    assert choice is not None
    (one,) = choice.judged

    assert (saved(choice), one.saving.half_width, one.cost.total, choice.base.mean // 6000) == (
        {"tank": 2000},
        0,
        200,
        16000,
    )
    assert [lost // 6000 for lost in one.saving.by_function] == [2000, 0, 0]


def test_a_measure_that_does_nothing_saves_exactly_nothing() -> None:
    """With the same luck in both runs no difference is left, whatever is drawn."""
    made = city(
        component("power", repair=(60, 300, 900)),
        component("spare"),
        function("big", needs=[need("power", strength=assumed(50), buffer=assumed(60)), need("spare", key="calm")],
                 residents=1000),
        measure("idle", supply("calm", 5), once=1, yearly=0),
    )  # fmt: skip
    plan = city_plan(made, [outage("power", 0)], 1000, uncertain=True)
    choice = choose(Trials([plan], Here(), 20), ["storm"], 100, 4)
    assert choice is not None
    (one,) = choice.judged

    saving = one.saving
    ids = choice.portfolio.ids if choice.portfolio else None
    assert (saving.does_nothing, saving.rows, saving.half_width, ids) == (True, [0] * 20, 0, ())


def test_the_best_portfolio_where_effects_add_up() -> None:
    """Apart from each other, measures add up: the knapsack answer is exact, and simulated as a whole."""
    made = three_functions(
        measure("big-tank", supply("big", 6), once=60, yearly=0),
        measure("middle-tank", supply("middle", 9), once=50, yearly=0),
        measure("small-tank", supply("small", 9), once=50, yearly=0),
        measure("middle-shed", supply("middle", 0), once=1, yearly=0),
    )
    choice = chosen(made, 100)
    assert choice is not None
    found = choice.portfolio
    assert found is not None
    assert found.saving is not None

    assert (found.ids, found.cost, found.saving.mean // 6000, found.promised // 6000, found.adds_up) == (
        ("big-tank",),
        60,
        6000,
        6000,
        True,
    )


def test_measures_that_overlap() -> None:
    """Twice the same help saves once: the exchange search drops what adds nothing and takes another in its place."""
    double = (effect("add_provider", need="big", provider="dike"),)
    made = city(
        component("power"),
        component("dike"),
        function("big", needs=[need("power", key="big")], residents=1000),
        function("middle", needs=[need("power", key="middle")], residents=500),
        measure("first", *double, once=10, yearly=0),
        measure("second", *double, once=11, yearly=0),
        measure("third", supply("middle", 4), once=12, yearly=0),
    )
    choice = chosen(made, 22)
    assert choice is not None
    found = choice.portfolio
    assert found is not None
    assert found.saving is not None

    assert (found.ids, found.saving.mean // 6000, found.adds_up, found.improved, found.searched_out) == (
        ("first", "third"),
        12000,
        False,
        True,
        True,
    )


def test_unknown_costs_are_never_nothing() -> None:
    """What the map leaves out, or calls unknown, keeps a measure out of every portfolio and off the curve."""
    made = three_functions(
        measure("silent", supply("big", 5), yearly=10),
        measure("asked", supply("middle", 5), once=UNKNOWN, yearly=0),
        measure("known", supply("small", 5), once=0, yearly=10),
    )
    choice = chosen(made, 1_000_000)
    assert choice is not None
    assert choice.portfolio is not None

    assert (choice.portfolio.ids, [step.id for step in choice.curve], saved(choice)) == (
        ("known",),
        ["known"],
        {"known": 500, "silent": 5000, "asked": 2500},
    )
    assert [cost_of(one, 4) for one in made.measures] == [Cost(None, 10, 4), Cost(None, 0, 4), Cost(0, 10, 4)]


def test_the_curve_takes_what_a_euro_buys_most_with_first() -> None:
    """Each step adds one measure; costs and savings add up on the way."""
    made = three_functions(
        measure("dear", supply("big", 8), once=100, yearly=0),
        measure("cheap", supply("middle", 2), once=5, yearly=0),
    )
    choice = chosen(made)
    assert choice is not None

    assert [(step.id, step.cost, step.losses.mean // 6000) for step in choice.curve] == [
        ("cheap", 5, 15000),
        ("dear", 105, 7000),
    ]


def test_whoever_stops_keeps_whole_rounds() -> None:
    """Every measure then has the same replications, and the answer says how many."""
    made = three_functions(measure("tank", supply("big", 2), once=1, yearly=0))
    plan = city_plan(made, [outage("power", 0, 10 * HOUR)], 20 * HOUR)
    stop = Stop()
    trials = Trials([plan], Here(stop=stop), 40)
    done = 0

    def count(runs: int) -> None:
        nonlocal done
        done += runs
        stop.asked = done >= 30

    trials.progress = count
    choice = choose(trials, ["storm"], 10, 4)
    assert choice is not None
    assert choice.portfolio is not None

    assert (choice.runs, choice.asked_runs, saved(choice), choice.portfolio.ids) == (10, 40, {"tank": 2000}, ("tank",))


def test_whoever_stops_at_once_gets_nothing() -> None:
    """There is no answer without a whole round."""
    stop = Stop()
    stop.asked = True

    assert chosen(three_functions(measure("tank", supply("big", 2))), stop=stop) is None


def test_scenarios_count_alike() -> None:
    """A measure saves the sum of what it saves in each."""
    made = three_functions(measure("tank", supply("big", 2), once=1, yearly=0))
    plans = [city_plan(made, [outage("power", 0, hours * HOUR)], 20 * HOUR) for hours in (1, 10)]

    assert saved(choose(Trials(plans, Here(), 2), ["short", "long"], None, 4)) == {"tank": 3000}


@pytest.mark.parametrize("budget", [None, 60])
def test_the_same_seed_gives_the_same_bytes(budget: int | None) -> None:
    """Two answers about one city are equal to the byte."""
    made = three_functions(measure("tank", supply("big", 2), once=1, yearly=3))
    first, second = (chosen(made, budget) for _ in range(2))
    assert first is not None
    assert second is not None

    assert canonical_json(first.to_json()) == canonical_json(second.to_json())
