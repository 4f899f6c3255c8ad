"""Sweeps by hand: what each loss takes, which pairs take more together than apart and why, and how a sweep stops."""

import pytest

from city_model.schema import City, Component
from resilience.analysis.executor import Here, Stop
from resilience.analysis.sweep import Asked, sweep
from resilience.analysis.sweep_answer import Answer
from resilience.analysis.together import together
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import outcomes
from tests.builders import city, component, fallback, function, need, team, work
from tests.runs import outage

HOUR = 60
DAY = 24 * HOUR


def two_sites(**other: Component) -> City:
    """Return a desk that one of two sites carries, and benefits on the first site."""
    return city(
        component("north", repair=work(2 * HOUR)),
        component("south", repair=work(2 * HOUR)),
        component("desk", needs=[need("north", "south", at_least=1)], repair=work(HOUR)),
        function("services", residents=1000, needs=["desk"]),
        function("income", residents=10, needs=["north"]),
        *other.values(),
    )


def test_each_loss_is_that_of_its_own_run() -> None:
    """Lost service, lowest level and levels over time are those that simulate gives for that failure alone."""
    made = two_sites()
    answer = Answer(sweep(made, Asked(horizon=DAY)))
    found = {
        one.components[0]: {loss.function: (loss.lost, loss.lowest, loss.is_down) for loss in one.functions}
        for one in answer.singles
    }
    expected = {}
    for name in ("north", "south", "desk"):
        trace = simulate(made, [outage(name, 0)], horizon=DAY)
        expected[name] = {
            one.component: (one.lost, one.minimum_level, one.minimum_level < 50)
            for one in outcomes(made, trace)
            if one.lost
        }

    assert found == {name: losses for name, losses in expected.items() if losses}


def test_the_worst_loss_stands_first_with_the_mean_level_over_time() -> None:
    """Weighted by residents: 1000 of 1010 without the desk for an hour."""
    worst = Answer(sweep(two_sites(), Asked(horizon=4 * HOUR))).singles[0]

    assert (worst.components, worst.lost, set(worst.levels[:15]), set(worst.levels[15:])) == (
        ("desk",), 1000 * 100 * HOUR, {0}, {100},
    )  # fmt: skip


def test_a_pair_that_neither_alone_shows() -> None:
    """The desk has two sites: one is never noticed, both for two hours; income adds nothing to that."""
    (pair,) = together(sweep(two_sites(), Asked(order=2, horizon=DAY)))

    assert (pair.members, pair.more, pair.functions, pair.unseen, pair.cause) == (
        ("north", "south"), 1000 * 100 * 2 * HOUR, (("services", 100 * 2 * HOUR),), True, "alternatives",
    )  # fmt: skip


FALLING_BACK = city(
    component("paper", repair=work(2 * HOUR)),
    component("desk", repair=work(3 * HOUR), fallback=fallback(60, needs=["paper"])),
    function("services", needs=["desk"]),
)
REPAIRED_WITH = city(
    component("backup", repair=work(6 * HOUR)),
    component("desk", repair=work(3 * HOUR, needs=["backup"])),
    function("services", needs=["desk"]),
)
ONE_TEAM = city(
    team("crew"),
    component("archive", repair=work(6 * HOUR, "crew")),
    component("desk", repair=work(3 * HOUR, "crew")),
    function("services", needs=["desk"]),
)
ONE_AFTER_THE_OTHER = city(
    component("first", repair=work(5 * HOUR)),
    component("second", needs=[need("first", phase="start", kind="power")], repair=work(HOUR)),
    function("services", needs=["second"]),
)


@pytest.mark.parametrize(
    ("made", "cause", "hours"),
    [(FALLING_BACK, "fallback", 60 * 2), (REPAIRED_WITH, "repair", 600), (ONE_TEAM, "team", 600),
     (ONE_AFTER_THE_OTHER, "time", 400)],
    ids=["fallback", "repair", "team", "time"],
)  # fmt: skip
def test_what_binds_a_pair(made: City, cause: str, hours: int) -> None:
    """Only in time do these hurt more together: the way back of one goes through the other."""
    (pair,) = together(sweep(made, Asked(order=2, horizon=DAY)))

    assert (pair.cause, pair.functions) == (cause, (("services", hours * HOUR),))


def test_what_rounding_explains_is_no_pair() -> None:
    """Two losses of half a point each show together as one point, all the time: that hurts nobody together."""
    made = city(
        component("a"), component("b"), component("rest"),
        component("c", needs=[need("a", strength=10)]), component("d", needs=[need("b", strength=10)]),
        function("f", needs=[need(shares={"c": 5, "d": 5, "rest": 90})]),
    )  # fmt: skip

    assert [together(sweep(made, Asked(order=2, static=static))) for static in (True, False)] == [(), ()]


def test_without_time_a_loss_is_points_of_level() -> None:
    """No buffer holds, nothing is repaired, and there is no moment to tell."""
    made = city(component("grid"), component("web", needs=[need("grid", kind="power", buffer=60)]),
                function("f", residents=500, needs=[need("web", strength=30)]))  # fmt: skip
    answer = Answer(sweep(made, Asked(static=True)))
    losses = [(one.components[0], one.lost // answer.unit, one.functions[0].below) for one in answer.singles]

    assert losses == [("grid", 150, None), ("web", 150, None)]


def test_whoever_stops_keeps_the_pairs_that_hurt_together_first() -> None:
    """Pairs are run in that order, so the one that matters is among the few that were done."""
    stop, told = Stop(), [0]

    def done(steps: int) -> None:
        told[0] += steps
        stop.asked = told[0] >= 8  # seven components, and then the first pairs

    made = two_sites(**{name: component(name) for name in ("p1", "p2", "p3", "p4")})
    found = sweep(made, Asked(order=2, horizon=DAY), Here(1, stop), stop, done)

    assert (found.stopped, 0 < len(found.pairs) < found.all_pairs, [one.members for one in together(found)]) == (
        True, True, [("north", "south")],
    )  # fmt: skip


def test_the_answer_is_json_with_what_was_asked() -> None:
    """Cut sets by name, for each function's own minimum level and for nothing left."""
    said = Answer(sweep(two_sites(), Asked(order=2, static=True))).to_json(top=5)

    assert (said["singles"], said["cut_sets"]) == (
        {
            "asked": 3, "done": 3,
            "losses": [
                {"components": ["desk"], "lost": 1000,
                 "functions": [{"function": "services", "lost": 1000, "lowest": 0, "down": True}]},
                {"components": ["north"], "lost": 10,
                 "functions": [{"function": "income", "lost": 10, "lowest": 0, "down": True}]},
            ],
        },
        {
            "below": [
                {"function": "services", "below": 50, "single": ["desk"], "pairs": [["north", "south"]]},
                {"function": "income", "below": 50, "single": ["north"], "pairs": []},
            ],
            "gone": [
                {"function": "services", "below": 1, "single": ["desk"], "pairs": [["north", "south"]]},
                {"function": "income", "below": 1, "single": ["north"], "pairs": []},
            ],
        },
    )  # fmt: skip
