"""A plan that watches the city functions, and what its runs cost residents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from city_model.schema import City
from resilience.simulation.many import Plan, Tally
from resilience.simulation.metrics import minimum_level_of, mtd_of, residents_of
from resilience.simulation.model import Model, compile_city
from resilience.simulation.orders import Order

RESIDENT_HOUR = 6000
"""Per cent-minutes times residents in one resident-hour: an hour without the service for one resident."""


@dataclass(frozen=True)
class CityPlan:
    """Orders on a city whose functions are watched."""

    plan: Plan
    residents: tuple[int, ...]
    """Per function how many residents it serves; 1 where the map does not say."""

    @property
    def city(self) -> City:
        """The map."""
        return self.plan.model.city

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that are watched, in the order of the map."""
        return self.plan.watch

    def lost(self, tally: Tally) -> list[list[int]]:
        """Return per function, run by run, what was lost: per cent-minutes times residents."""
        return [
            [weight * lost for lost in tally.of("lost", function)]
            for function, weight in zip(self.functions, self.residents, strict=True)
        ]

    def totals(self, tally: Tally) -> list[int]:
        """Return run by run what all functions lost together: per cent-minutes times residents."""
        return totals_of(self.lost(tally))

    def with_model(self, model: Model) -> "CityPlan":
        """Return the same for another state of the map."""
        return replace(self, plan=replace(self.plan, model=model))

    def as_the_map_says(self) -> "CityPlan":
        """Return the same without drawing the figures that nobody confirmed."""
        return replace(self, plan=replace(self.plan, uncertain=False))

    def with_orders(self, orders: Sequence[Order]) -> "CityPlan":
        """Return the same with other orders."""
        return replace(self, plan=replace(self.plan, orders=tuple(orders)))


def totals_of(lost: Sequence[Sequence[int]]) -> list[int]:
    """Return the sum over functions, run by run."""
    return [sum(row) for row in zip(*lost, strict=True)]


def city_plan(
    city: City | Model,
    orders: Sequence[Order],
    horizon: int,
    *,
    seed: int = 0,
    uncertain: bool = False,
    grid: int | None = None,
) -> CityPlan:
    """Return the plan that lets *orders* loose on *city* for the minutes 0..horizon and watches its functions."""
    model = city if isinstance(city, Model) else compile_city(city)
    functions = model.city.functions
    plan = Plan(
        model,
        horizon,
        tuple(orders),
        tuple(function.id for function in functions),
        seed,
        uncertain=uncertain,
        grid=grid,
        minimum_levels={function.id: minimum_level_of(function) for function in functions},
        mtds={function.id: mtd for function in functions if (mtd := mtd_of(function)) is not None},
    )
    return CityPlan(plan, tuple(residents_of(function) for function in functions))
