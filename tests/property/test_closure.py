"""What falls when nothing holds it up: the closure, its cut sets, and the engine that must agree with both."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from city_model.schema import City
from resilience.analysis.black_start import bare
from resilience.analysis.closure import chain_of, closure, pair_levels
from resilience.analysis.sweep import Asked, sweep
from resilience.simulation.many import Plan, Run, run_many
from resilience.simulation.model import Duration, Model, compile_city
from tests.builders import city, function, need
from tests.strategies import components

HORIZON = 100
FEWER = settings(max_examples=settings().max_examples // 3)


def fixed_point(model: Model, lost: set[int]) -> list[int]:
    """Return the greatest solution of rule 4 in the plainest way: from 100 down, everything anew, until it is still."""
    level = [0 if part in lost else 100 for part in range(len(model.parts))]
    while True:
        lower = [
            0 if number in lost else min([100, *(felt(model, group, level) for group in part.level_groups)])
            for number, part in enumerate(model.parts)
        ]
        if lower == level:
            return level
        level = lower


def felt(model: Model, number: int, level: list[int]) -> int:
    """Return what a need without a buffer gives (rules 3.1 to 3.4)."""
    group = model.groups[number]
    loss = 100 - model.offers[number](level)
    return 100 - max(group.strength * loss // 100, loss - group.criticality, 0)


def without_reserves(model: Model) -> Model:
    """Return *model* with empty buffers, no fallback, and repairs that outlast the run."""
    endless = Duration((HORIZON + 1, HORIZON + 1, HORIZON + 1))
    parts = tuple(
        replace(part, repair=replace(part.repair, duration=endless), rebuild=replace(part.rebuild, duration=endless))
        for part in bare(model).parts
    )
    return replace(bare(model), parts=parts)


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Return a small city with one or two functions on top."""
    names = [f"c{number}" for number in range(draw(st.integers(2, 6)))]
    parts = [draw(components(name, names)) for name in names]
    tops = []
    for number in range(draw(st.integers(1, 2))):
        below = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        least = draw(st.integers(1, len(below)))
        strength = draw(st.sampled_from([None, 60, 100]))
        tops.append(function(f"f{number}", needs=[need(*below, at_least=least, strength=strength)]))
    return city(*tops, *(part.model_copy(update={"repair": None, "rebuild": None}) for part in parts))


@given(cities())
@FEWER
def test_a_loss_goes_on_from_the_one_before_and_is_undone_without_a_trace(made: City) -> None:
    """Losing two in turn is losing both at once; taking it back leaves the closure of the first (rule 9.1)."""
    model = compile_city(made)
    chain = chain_of(model)
    everything = range(len(model.parts))
    turns = [pair_levels(chain, 0, [last, last, 0], everything) for last in everything]
    plain = [[*fixed_point(model, {0, last})] * 2 + fixed_point(model, {0}) for last in everything]

    assert [list(map(int, turn)) for turn in turns] == plain
    assert list(map(int, closure(chain, (0, len(model.parts) - 1)))) == fixed_point(model, {0, len(model.parts) - 1})


@given(cities())
@FEWER
def test_both_engines_agree_with_the_cut_sets(made: City) -> None:
    """With empty buffers and no repair within the run, a function is lost exactly for the sets that hold a cut set."""
    found = sweep(made, Asked(order=2, static=True))
    functions = tuple(one.id for one in made.functions)
    sets = [*((name,) for name in found.failing), *combinations(found.failing, 2)]
    plan = Plan(without_reserves(compile_city(made)), HORIZON, watch=functions)
    tally = run_many(plan, [Run(failed=failed) for failed in sets])
    lost = {
        one.id: {frozenset(failed) for failed, low in zip(sets, tally.of("lowest", one.id), strict=True) if low == 0}
        for one in made.functions
    }
    cut = {
        found.functions[one.function]: [
            *(frozenset([found.failing[place]]) for place in one.single),
            *(frozenset(found.failing[place] for place in pair) for pair in one.pairs),
        ]
        for one in found.cut_sets(1)
    }
    covered = {
        name: {frozenset(failed) for failed in sets if any(smallest <= set(failed) for smallest in smallest_sets)}
        for name, smallest_sets in cut.items()
    }

    assert lost == covered


@given(cities(), st.sampled_from([1, 50, 100]))
@FEWER
def test_cut_sets_are_what_trying_every_set_gives(made: City, below: int) -> None:
    """Smallest sets of one and two, for any level, against the plainest fixed point of every set."""
    found = sweep(made, Asked(order=2, static=True))
    model = compile_city(made)
    numbers = [model.index[name] for name in found.failing]
    expected = []
    for name in found.functions:
        top = model.index[name]
        ones = tuple(place for place, part in enumerate(numbers) if fixed_point(model, {part})[top] < below)
        twos = tuple(
            pair
            for pair in combinations(range(len(numbers)), 2)
            if not set(pair) & set(ones) and fixed_point(model, {numbers[place] for place in pair})[top] < below
        )
        expected.append((ones, twos))

    assert [(one.single, one.pairs) for one in found.cut_sets(below)] == expected
