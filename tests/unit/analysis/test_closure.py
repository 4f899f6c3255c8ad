"""What falls when nothing holds it up: published fault trees as cities, and the rows that a sweep reads."""

from collections.abc import Mapping

import pytest

from city_model.schema import City
from resilience.analysis.closure import chain_of, pair_levels, single_levels
from resilience.analysis.sweep import Asked, sweep
from resilience.simulation.model import compile_city
from tests.builders import city, component, function, need
from tests.unit.simulation.test_published_cases import TREES, Tree


def as_function(tree: Tree) -> City:
    """Return the city of a published tree with its top as a city function."""
    parts = [part.model_copy(update={"kind": "function"}) if part.id == "top" else part
             for part in tree.city.components]  # fmt: skip
    return city(*parts)


def names_in(made: City, events: Mapping[str, str]) -> list[set[str]]:
    """Return the cut sets of its one function that sweep finds among *events*; gates of the tree are no events."""
    found = sweep(made, Asked(order=2, static=True))
    (cut,) = found.cut_sets(1)
    sets = [{found.failing[place]} for place in cut.single]
    sets += [{found.failing[place] for place in pair} for pair in cut.pairs]
    return [one for one in sets if one <= set(events)]


LIFT = [f"point-{number:02}" for number in range(12)]
"""The lift of SCRAM's benchmark: twelve single points."""


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_published_fault_trees_have_their_cut_sets(tree: Tree) -> None:
    """A or B or C, AB or BC, two of three and theatre power, as cities, through the sweep that users run."""
    assert sorted(map(sorted, names_in(as_function(tree), tree.events))) == sorted(map(sorted, tree.cut_sets))


def test_the_published_lift_has_twelve_cut_sets_of_order_one() -> None:
    """Any of its twelve single points is enough, so no pair is minimal."""
    lift = city(*(component(name) for name in LIFT), function("top", needs=LIFT))

    assert names_in(lift, dict.fromkeys(LIFT, "")) == [{name} for name in LIFT]


def test_levels_of_losses_stand_loss_by_loss() -> None:
    """Per loss the levels of all that is watched, also where the second loss is lost with the first already."""
    made = city(
        component("grid"), component("host", needs=["grid"]), component("spare"),
        function("care", needs=[need("host", "spare", at_least=1)]),
        function("water", needs=[need("grid", strength=40)]),
    )  # fmt: skip
    model = compile_city(made)
    chain, index = chain_of(model), model.index
    watch = [index["care"], index["water"]]
    singles = single_levels(chain, [index["grid"], index["host"]], watch)
    pairs = pair_levels(chain, index["grid"], [index["host"], index["spare"]], watch)

    assert (singles, pairs) == ([100, 60, 100, 100], [100, 60, 0, 60])
