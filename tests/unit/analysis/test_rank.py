"""Weak points of cities small enough to check by hand: what they weigh, in which order, and where help helps."""

from collections.abc import Iterator
from typing import Any

import pytest

from city_model.schema import City
from resilience.analysis.executor import Here, Stop
from resilience.analysis.first_things import first_things
from resilience.analysis.rank import WeakPoint, rank, weighed_findings
from resilience.base.language import in_language
from tests.builders import assumed, city, component, district, fallback, function, need, work

HOUR = 60
DAY = 24 * HOUR


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are read in English."""
    with in_language("en"):
        yield


def found(made: City, *checks: str) -> list[WeakPoint]:
    """Return the weak points of *made* over a day, of these checks only."""
    whole = rank(made, horizon=DAY)
    assert whole is not None
    return [point for point in whole.points if not checks or point.finding.check in checks]


def told(made: City, *checks: str) -> list[tuple[str, str]]:
    """Return id and severity of the weak points."""
    return [(point.finding.id, point.finding.severity) for point in found(made, *checks)]


def chain(**desk: Any) -> City:
    """Return a grid, a host with three hours of battery, a desk on the host and its function."""
    return city(
        component("grid", repair=work(8 * HOUR)),
        component("host", repair=work(HOUR), needs=[need("grid", kind="power", buffer=3 * HOUR)]),
        component("desk", **{"repair": work(HOUR), "needs": ["host"], **desk}),
        function("services", residents=100, mtd=4 * HOUR, needs=["desk"]),
    )


def test_a_single_point_is_as_bad_as_what_it_does_to_functions() -> None:
    """High when one is down for longer than tolerable, medium when it is down; five hours are more than four."""
    assert told(chain(), "single-point") == [
        ("single-point:grid", "high"), ("single-point:desk", "medium"), ("single-point:host", "medium"),
    ]  # fmt: skip


def test_a_single_point_that_a_fallback_holds_is_low() -> None:
    """It is one as soon as the fallback is gone; the path is the one that the fallback closes."""
    points = found(chain(fallback=fallback(100)), "single-point")

    assert [(point.finding.id, point.finding.severity, point.felt.path) for point in points] == [
        ("single-point:desk", "low", ("desk", "services")),
        ("single-point:grid", "low", ("grid", "host", "desk", "services")),
        ("single-point:host", "low", ("host", "desk", "services")),
    ]


def test_a_finding_names_functions_moments_and_what_every_way_runs_through() -> None:
    """Whoever keeps up one of the last keeps up the function."""
    (grid, *_others) = found(chain(), "single-point")

    assert (grid.finding.what, grid.finding.components, grid.felt.lost) == (
        (
            "without grid these go down: services (after 3h); longer than tolerable (MTD): services; "
            "every way to services runs through host, desk"
        ),
        ("grid", "host", "desk"),
        100 * 100 * 5 * HOUR,
    )


def test_a_path_is_as_sure_as_its_weakest_need() -> None:
    """A need that nobody confirmed makes the whole path an assumption."""
    made = chain(needs=[need("host", source="guess")])

    assert [(point.finding.place, point.felt.confidence, point.felt.assumed)
            for point in found(made, "single-point")] == [
        ("grid", "assumed", True), ("desk", "confirmed", False), ("host", "assumed", True),
    ]  # fmt: skip


def owned(one: str, other: str) -> City:
    """Return two sites, each of an owner, of which either carries the desk."""
    return city(
        component("north", organisation=one, repair=work(2 * HOUR)),
        component("south", organisation=other, repair=work(2 * HOUR)),
        component("desk", organisation="town", needs=[need("north", "south", at_least=1)], repair=work(HOUR)),
        function("services", residents=100, needs=["desk"]),
    )


def test_a_concentration_takes_more_than_its_worst_component() -> None:
    """Two sites of one owner fail as one; of two owners nothing is concentrated."""
    assert (told(owned("house", "house"), "concentration"), told(owned("house", "home"), "concentration")) == (
        [("concentration:supplier/house", "medium")], [],
    )  # fmt: skip


def test_what_stands_for_several_organisations_is_no_concentration() -> None:
    """All shops together share no owner who can fail."""
    made = owned("shops", "shops")
    several = tuple(one.model_copy(update={"several": one.id == "shops"}) for one in made.organisations)

    assert told(made.model_copy(update={"organisations": several}), "concentration") == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [({"product": "Box 3"}, "product/Box 3"), ({"district": "east"}, "district/east")],
    ids=["product", "district"],
)
def test_a_product_or_a_district_is_a_common_cause(fields: dict[str, Any], place: str) -> None:
    """What shares it fails together."""
    made = city(
        district("east"),
        component("north", organisation="house", **fields), component("south", organisation="home", **fields),
        component("desk", organisation="town", needs=[need("north", "south", at_least=1)]),
        function("services", needs=["desk"]),
    )  # fmt: skip

    assert told(made, "concentration") == [(f"concentration:{place}", "medium")]


def test_what_draws_its_power_from_one_source_or_stands_in_one_building() -> None:
    """Also through others: the grid feeds the house, and the house its two desks."""
    made = city(
        component("grid", organisation="g"),
        component("house", kind="facility", organisation="h", needs=[need("grid", kind="power")]),
        component("desk", organisation="d", needs=[need("house", kind="place")]),
        component("hall", organisation="e", needs=[need("house", kind="place"), need("grid", kind="power")]),
        function("services", needs=["desk", "hall"]),
    )
    said = {point.finding.place: point.finding.what.partition(";")[0] for point in found(made, "concentration")}

    assert said == {
        "energy/grid": "2 components get their power by way of grid",
        "place/house": "2 components rest on the building house",
    }


def rooted(paper_needs: list[Any]) -> City:
    """Return benefits in a hall on the grid, with a way on paper at 80 per cent."""
    return city(
        component("grid", repair=work(10 * HOUR)),
        component("hall", kind="facility", needs=[need("grid", kind="power")]),
        component("benefits", needs=["hall"], fallback=fallback(80, needs=paper_needs)),
        function("income", residents=100, needs=["benefits"]),
    )


def test_a_fallback_with_the_same_root_weighs_what_it_makes_worse() -> None:
    """Without that need 80 per cent would be left for ten hours; the other 20 are the grid's."""
    (shared,) = found(rooted([need("grid", kind="power")]), "fallback-shares-root")

    assert (shared.felt.lost, shared.felt.path, told(rooted([]), "fallback-shares-root")) == (
        100 * 80 * 10 * HOUR, ("grid", "hall", "benefits", "income"), [],
    )  # fmt: skip


def test_a_redundancy_with_a_root_weighs_what_real_redundancy_would_save() -> None:
    """Both sites fall with the grid: all eight hours. Real alternatives would lose nothing of it."""
    made = city(
        component("grid", repair=work(8 * HOUR)),
        component("north", needs=[need("grid", kind="power")]),
        component("south", needs=[need("grid", kind="power")]),
        component("desk", needs=[need("north", "south", at_least=1)]),
        function("services", residents=100, needs=["desk"]),
    )
    (hidden,) = found(made, "hidden-common-cause")

    assert (hidden.felt.failed, hidden.felt.lost, hidden.felt.path) == (
        ("grid",), 100 * 100 * 8 * HOUR, ("grid", "north", "desk", "services"),
    )  # fmt: skip


def test_what_hurts_most_stands_first_and_what_asks_for_nothing_last() -> None:
    """Past what can be borne, then down, then by what is lost; crossroads are for information."""
    points = found(chain())
    kinds = [(point.finding.severity == "info", not point.felt.breached, not point.felt.down, -point.felt.lost)
             for point in points]  # fmt: skip

    assert (kinds == sorted(kinds), points[-1].finding.check) == (True, "crossroads")


def test_of_one_chain_only_the_worst_is_written_out() -> None:
    """Host and desk lie on the path of the grid and take the same function down."""
    first = first_things(found(chain(), "single-point"), 10)

    assert [point.finding.id for point in first] == ["single-point:grid"]


def test_what_takes_other_functions_down_is_another_thing_to_act_on() -> None:
    """Though it lies on the same path."""
    made = city(
        component("grid", repair=work(HOUR)),
        component("desk", needs=["grid"]),
        function("services", needs=["desk"]), function("income", needs=["grid"]),
    )  # fmt: skip
    first = first_things(found(made, "single-point"), 10)

    assert [point.finding.place for point in first] == ["grid", "desk"]


def test_a_busy_component_is_a_crossroads() -> None:
    """Exact: of eight pairs of which one rests on the other, four have their only way through the middle."""
    made = city(
        component("a"), component("b"),
        component("middle", needs=["a", "b"]),
        function("f", needs=["middle"]), function("g", needs=["middle"]),
    )  # fmt: skip
    (crossing,) = found(made, "crossroads")

    assert crossing.finding.what == "50% of all shortest ways in the chain run through middle"


def test_only_what_needs_runs_is_added_to_the_other_findings() -> None:
    """The rest stands in the list of all findings already; nothing is there twice."""
    made = rooted([need("grid", kind="power", buffer=assumed(HOUR))])

    assert {finding.check for finding in weighed_findings(made)} == {"single-point", "concentration", "crossroads"}


def test_a_ranking_that_is_stopped_at_once_is_none() -> None:
    """Nothing can be compared yet."""
    stop = Stop()
    stop.asked = True

    assert rank(chain(), executor=Here(1, stop), stop=stop) is None


def test_a_ranking_that_is_stopped_later_has_the_heaviest() -> None:
    """What was looked at by then is kept, and how much was not is told."""
    steps, stop = list[int](), Stop()
    whole = rank(chain(), horizon=DAY, done=steps.append)
    told_of = list[int]()

    def ask(number: int) -> None:
        told_of.append(number)
        stop.asked = len(told_of) == len(steps) - 1

    part = rank(chain(), horizon=DAY, stop=stop, done=ask)
    assert whole is not None
    assert part is not None
    lightest = min(point.felt.lost for point in part.points)
    missed = [point for point in whole.points if point not in part.points]

    assert (part.left > 0, whole.left, len(part.points) > 0, len(missed) > 0) == (True, 0, True, True)
    assert [point.finding.id for point in missed if point.felt.lost > lightest] == []
