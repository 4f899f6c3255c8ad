"""The most valuable question, in small cities where what an answer changes can be worked out by hand."""

from typing import Any

import pytest

from city_model.schema import City
from resilience.analysis.agenda import item_of
from resilience.analysis.askable import Askable, with_answer
from resilience.analysis.city_plan import city_plan
from resilience.analysis.executor import Here, Stop
from resilience.analysis.question import FEWEST_RUNS, Questions, questions, worst_failures
from resilience.base.canonical import canonical_json
from resilience.base.language import in_language
from resilience.simulation.model import Duration, compile_city
from resilience.simulation.orders import Order
from tests.builders import GUESS, assumed, backup, city, component, function, need, team, work
from tests.runs import effect, outage

HOUR = 60
RUNS = 160


def town(**power: Any) -> City:
    """Return power under two functions, one with a buffer that nobody confirmed and one with such a strength."""
    return city(
        component("power", **power),
        component("aside", restart_lag=assumed(60)),
        function("big", needs=[need("power", buffer=assumed(4 * HOUR))], residents=1000),
        function("middle", needs=[need("power", strength=assumed(50))], residents=500),
    )


def asked(made: City, *orders: Order, runs: int = RUNS, stop: Stop | None = None, told: Any = None) -> Questions | None:
    """Return what to ask."""
    plan = city_plan(made, orders or [outage("power", 0, 10 * HOUR)], 20 * HOUR, uncertain=True)
    return questions(plan, runs, Here(stop=stop or Stop()), progress=told)


def test_what_the_answers_change() -> None:
    """Each answer with everything else as the map says; what cannot be reached is not asked.

    By hand: of ten hours 1000 residents miss 8 to 2 and now 6, and 500 residents a quarter to all and now half.
    """
    found = asked(town())
    assert found is not None

    assert (found.present // 6000, found.drawn) == (8500, 2)
    assert [(one.askable.key, one.low // 6000, one.high // 6000, one.half_width) for one in found.tried] == [
        ("big>power/stock", 10500, 4500, 0),
        ("middle>power/strength", 7250, 11000, 0),
    ]


def test_the_spread_goes_with_the_figures_that_make_it() -> None:
    """Both figures stand out from draws that decide nothing, and together they make nearly all of the spread."""
    found = asked(town(), runs=600)
    assert found is not None
    shares = [one.thousandths for one in found.shares]

    assert (min(shares) > found.noise, sum(shares) > 850) == (True, True)


def test_repairs_teams_and_backups_are_asked_too() -> None:
    """What runs do not draw: how long work takes, how many teams there are, whether a backup survives.

    By hand: both backups are lost, so one crew rebuilds for 200 and then 400 minutes, and 600 residents wait for 600.
    """
    made = city(
        component("server", repair=work(assumed(100), "crew"), backup=backup("online")),
        component("desk", repair=work(50, "crew")),
        function("f", needs=["server", "desk"], residents=600),
        team("crew", assumed(1)),
    )
    hit = effect("damage", select={"ids": ("server", "desk")}, destroys_data=True)
    found = asked(made, Order("burnt", "incident", 0, (hit,)), runs=FEWEST_RUNS)
    assert found is not None

    changes = {one.askable.key: one.swing(found.present) // 6000 for one in found.tried}
    assert (found.present // 6000, changes) == (
        6000,
        {"server/rebuild": 9000, "desk/rebuild": 7500, "crew/count": 2000, "desk/backup": 1500},
    )


def test_without_a_scenario_the_worst_failures_are_looked_at() -> None:
    """Those that cost most come first, each function weighed by its residents; what costs nothing is left out."""
    made = city(
        component("power", repair=100),
        component("mast", repair=100),
        component("aside"),
        function("big", needs=["power"], residents=1000),
        function("small", needs=[need("mast", buffer=assumed(40))], residents=10),
    )
    plan = city_plan(made, (), 300, uncertain=True)
    worst = worst_failures(plan, Here())
    found = questions(plan, RUNS, Here(), failures=worst)
    assert found is not None

    assert (worst, [one.askable.key for one in found.tried]) == (("power", "mast"), ["small>mast/stock"])


def test_whoever_stops_keeps_what_stood_out() -> None:
    """After the runs and before the tries the figures are ordered by what stood out; earlier there is no answer."""
    stop = Stop()
    done = 0

    def count(runs: int) -> None:
        nonlocal done
        done += runs
        stop.asked = done >= RUNS

    found = asked(town(), stop=stop, told=count)
    assert found is not None
    early = Stop()
    early.asked = True

    assert (found.runs, found.tried, found.untried, len(found.shares)) == (RUNS, (), 2, 2)
    assert asked(town(), stop=early) is None


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Two answers about one city are equal to the byte."""
    first, second = asked(town()), asked(town())
    assert first is not None
    assert second is not None

    assert canonical_json(first.to_json()) == canonical_json(second.to_json())


def test_a_question_on_the_agenda() -> None:
    """Whom, what in plain words with both ends named, what the map says now and whence, and the ends of the answer."""
    made = town()
    found = asked(made)
    assert found is not None
    model = compile_city(made)
    with in_language("en"):
        item = item_of(model, found.tried[0].askable)

    assert (item.organisation, item.role, item.question, item.present, item.source, item.low, item.high) == (
        "",
        "whoever runs big",
        "big needs power. How long do you notice nothing when this is gone (battery, stock, copy)?",
        "4h",
        "assumed: guess",
        "2h",
        "8h",
    )


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("repair", 200, Duration((20, 60, 180))),
        ("rebuild", 50, Duration((20, 60, 180))),
        ("detection", 400, Duration((20, 20, 20), assumed=False)),
    ],
)
def test_an_answer_about_work_scales_it(kind: Any, value: int, expected: Duration) -> None:
    """Every corner of the distribution is so many per cent of what it was."""
    made = city(component("a", repair=(10, 30, 90), detection=5), function("f", needs=["a"]))
    model = with_answer(compile_city(made), Askable("a", kind, "a", 50, 100, 400, GUESS), value)
    part = model.parts[model.index["a"]]
    durations = {"repair": part.repair.duration, "rebuild": part.rebuild.duration, "detection": part.detection}

    assert durations[kind].triangle == expected.triangle
