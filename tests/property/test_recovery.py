"""Who is still down when all damage has ended was named beforehand (rules 7.5 and 9.5)."""

from hypothesis import given

from city_model.schema import City, Component
from resilience.analysis.black_start import (
    Circle,
    black_start_circles,
    black_starts,
    left_after_repairs,
    repair_circles,
)
from resilience.simulation.engine import Simulation
from tests.strategies import Case, cases
from tests.strategies_monotone import AMPLE, orders_for, with_components

LONG = 5000
"""Minutes: far more than all repairs, lags and outages of a generated case one after another."""
LASTING = frozenset({"isolate", "close"})
"""Damage that only a decision ends."""


def still_down(city: City, case: Case) -> set[str]:
    """Return whose normal level is 0 at the end of a long run of what happens in *case*, but for lasting decisions."""
    orders = [order for order in case.orders if not any(effect.effect in LASTING for effect in order.effects)]
    run = Simulation(city, orders_for(city, orders), horizon=LONG)
    run.advance(LONG)
    return {part.id for part in run.model.parts if run._memory.normal[run.model.index[part.id]] == 0}


def without_repair_needs(part: Component) -> Component:
    """Return *part* with a repair that needs nothing."""
    assert part.repair is not None
    return part.model_copy(update={"repair": part.repair.model_copy(update={"needs": ()})})


def explained(circles: tuple[Circle, ...]) -> set[str]:
    """Return everybody in *circles* or down because of them."""
    return {name for circle in circles for name in (*circle.components, *circle.dependents)}


def unrepaired(circles: tuple[Circle, ...]) -> set[str]:
    """Return everybody whose repair waits for *circles*."""
    return {name for circle in circles for name in circle.unrepaired}


@given(cases())
def test_without_repair_needs_only_black_starts_stay_down(case: Case) -> None:
    """Rule 9.5: after any run in which all damage ended, whoever is still down is in that set."""
    city = with_components(case.city, without_repair_needs, teams=AMPLE)

    assert still_down(city, case) - black_starts(city) == set()


@given(cases())
def test_with_repair_needs_circles_explain_the_rest(case: Case) -> None:
    """Rule 7.5: the others that stay down are in a repair circle or depend on one, or need a black start for repair."""
    city = with_components(case.city, lambda part: part, teams=AMPLE)
    known = black_starts(city) | unrepaired(black_start_circles(city)) | explained(repair_circles(city))

    assert still_down(city, case) - known == set()


@given(cases(decisions=False))
def test_every_black_start_and_every_endless_repair_has_a_circle(case: Case) -> None:
    """Rules 7.5 and 9.5: the circles explain the whole set, no more and no less."""
    circles = black_start_circles(case.city)
    both = explained(circles) | unrepaired(circles) | explained(repair_circles(case.city))

    assert (explained(circles), both) == (set(black_starts(case.city)), set(left_after_repairs(case.city)))
