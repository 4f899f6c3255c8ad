"""Many runs against closed forms, and the tail against what was put into it."""

from math import sqrt

import pytest

from city_model.schema import City
from resilience.analysis.city_plan import CityPlan, city_plan
from resilience.analysis.executor import Here
from resilience.analysis.montecarlo import MonteCarlo, grid_of, monte_carlo, steps_of
from resilience.base.canonical import canonical_json
from resilience.simulation.luck import SCALE, Purpose, triangular
from resilience.simulation.orders import Order
from tests.builders import assumed, city, component, fallback, function, need, path, team, work
from tests.runs import effect, outage

RUNS = 400


def many(made: City, *orders: Order, horizon: int = 3000, runs: int = RUNS, uncertain: bool = False) -> MonteCarlo:
    """Return what so many runs do."""
    found = monte_carlo(planned(made, *orders, horizon=horizon, uncertain=uncertain), runs, Here())
    assert found is not None
    return found


def planned(made: City, *orders: Order, horizon: int = 3000, uncertain: bool = False) -> CityPlan:
    """Return the plan of a city with orders."""
    return city_plan(made, orders, horizon, seed=11, uncertain=uncertain, grid=grid_of(horizon))


def test_two_of_three_that_fail_apart() -> None:
    """Each is hit with chance 0.3, so two of three are lost with 3·0.3²·0.7 + 0.3³ = 0.216 (binomial)."""
    made = city(*(component(name) for name in "abc"), function("f", needs=[need("a", "b", "c", at_least=2)], mtd=10))
    hit = effect("damage", select={"ids": ("a", "b", "c")}, share=300, ends="decision")
    (found,) = many(made, Order("storm", "incident", 0, (hit,)), horizon=50).functions

    error = sqrt(0.216 * 0.784 / RUNS)
    assert (abs(found.breached / RUNS - 0.216) < 3 * error, found.fell, found.stayed_away) == (
        True,
        found.breached,
        found.breached,
    )


def test_availability_of_what_is_repaired() -> None:
    """Failing after 90 minutes on average and 30 minutes of repair: away for 30 / (90 + 30) of the time, a quarter."""
    made = city(component("a", repair=30), function("f", needs=["a"]))
    wear = effect("damage", select={"ids": ("a",)}, again={"exponential": "90m", "source": "fact"})
    (found,) = many(made, Order("wear", "incident", 0, (wear,)), horizon=10_000, runs=40).functions

    assert found.mean.mean / (100 * 10_000) == pytest.approx(0.25, abs=0.01)


def test_mean_of_a_repair_that_is_drawn() -> None:
    """A triangular repair of 60, 240 and 1440 minutes takes (60 + 240 + 1440) / 3 = 580 on average."""
    made = city(component("a", repair=(60, 240, 1440)), function("f", needs=["a"], residents=10))
    found = many(made, outage("a", 0))
    (one,) = found.functions

    minutes, give_or_take = one.mean.mean / 1000, one.mean.half_width / 1000
    assert (abs(minutes - 580) < give_or_take, one.fell, one.stayed_away) == (True, RUNS, 0)


def test_luck_that_never_differs_leaves_no_spread() -> None:
    """Fixed figures give the same run again and again: no band, no half-width, nothing in the tail."""
    made = city(component("a", repair=60), function("f", needs=[need("a", strength=40)], residents=5, mtd=100))
    found = many(made, outage("a", 10), horizon=100, runs=40)
    (one,) = found.functions

    assert (one.lost, one.time_down, one.breached, one.histogram, steps_of(one.bands, found.grid)) == (
        (12000,) * 3,
        (60,) * 3,
        0,
        ((2, 3, 40),),
        ((0, (100,) * 3), (10, (60,) * 3), (70, (100,) * 3)),
    )
    assert (found.mean.half_width, found.mean.is_precise, found.tail.factors, found.tail.worst) == (0, True, (), ())


def test_bands_hold_the_runs() -> None:
    """Repaired after 10 to 90 minutes, triangular around 30: each edge rises at that quantile of the repair."""
    made = city(component("a", repair=(10, 30, 90)), function("f", needs=["a"]))
    found = many(made, outage("a", 0), horizon=120)

    bands = found.functions[0].bands
    tenth, half, nine_tenths = (triangular(round(share * SCALE), 10, 30, 90) for share in (0.1, 0.5, 0.9))
    back = [next(minute for minute, band in enumerate(bands) if band[place] == 100) for place in (2, 1, 0)]
    assert found.grid == 1
    assert back == [pytest.approx(exact, abs=3) for exact in (tenth, half, nine_tenths)]


def test_the_tail_names_what_made_it() -> None:
    """The one repair and the one figure that the loss hangs on stand out; what decides nothing does not."""
    made = city(
        component("slow", repair=(10, 20, 900)),
        component("quick", repair=(1, 2, 3)),
        component("user", needs=[need("slow", strength=assumed(30)), need("quick", strength=assumed(1))]),
        function("f", needs=["user"], residents=100),
    )
    tail = many(made, outage("slow quick", 0), horizon=1000, uncertain=True).tail

    assert [(factor.draw.subject, factor.draw.purpose, factor.place > 50) for factor in tail.factors] == [
        ("slow", Purpose.REPAIR, True),
        ("user>slow/strength", Purpose.UNCERTAIN_FIGURE, True),
    ]
    assert (tail.size, {run.differences[0][:2] for run in tail.worst}) == (20, {("repair", "slow")})


def test_the_worst_runs_lie_beside_the_middle_one() -> None:
    """Malware that gets through now and then, a backup lost with it, a fallback that is used up: each is said."""
    made = city(
        component("door", repair=5),
        component("vault", repair=(10, 10, 30), rebuild=work(500, "crew"), fallback=fallback(50, duration=100)),
        function("f", needs=["vault"], residents=100),
        team("crew"),
        path("door", "vault", success=100, delay=10),
    )
    enters = effect("infect", select={"ids": ("door",)}, detonates_after="60m")
    tail = many(made, Order("worm", "incident", 0, (enters,)), horizon=1000, runs=100).tail

    assert [tuple(one[:2] for one in run.differences) for run in tail.worst[:1]] == [
        (("foothold", "vault"), ("hit", "vault"), ("backup", "vault"), ("fallback", "vault"))
    ]


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Two answers about one plan are equal to the byte."""
    made = city(component("a", repair=(10, 30, 90)), function("f", needs=["a"]))
    first, second = (canonical_json(many(made, outage("a", 0), runs=60).to_json()) for _ in range(2))

    assert first == second
