"""What a change of the map does to its top cascades: the single failures that cost residents most, before and after.

Every component fails once, alone, until it is repaired, with the same luck in both maps (random numbers go by name).
The loss is that of all city functions together, weighted by residents.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from city_model.schema import City
from resilience.analysis.outlook import failure_order
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import outcomes
from resilience.simulation.model import compile_city

HORIZON = 3 * 1440
"""Three days, as a run has unless asked otherwise."""
TOP = 10


@dataclass(frozen=True)
class CascadeChange:
    """One single failure in both maps; losses in per cent-minutes times residents."""

    component: str
    before: int | None
    """None: the old map does not have this component."""
    after: int | None
    rank_before: int | None
    """Its place among all single failures, from 1; the worst first."""
    rank_after: int | None

    @property
    def difference(self) -> int:
        """How much more is lost than before; what is not in a map loses nothing there."""
        return (self.after or 0) - (self.before or 0)

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "component": self.component,
            "lost_before": self.before,
            "lost_after": self.after,
            "rank_before": self.rank_before,
            "rank_after": self.rank_after,
            "difference": self.difference,
        }


def single_failures(
    city: City, *, horizon: int = HORIZON, seed: int = 0, done: Callable[[int], object] = lambda _steps: None
) -> dict[str, int]:
    """Return the loss of all functions for the failure of each component alone; functions themselves do not fail.

    *done* is told of every component that is worked out.
    """
    model = compile_city(city)
    found = {}
    for component in city.components:
        if component.kind != "function":
            trace = simulate(model, [failure_order(component.id)], horizon=horizon, seed=seed)
            found[component.id] = sum(outcome.lost for outcome in outcomes(city, trace))
        done(1)
    return found


def compare_cascades(before: Mapping[str, int], after: Mapping[str, int], top: int = TOP) -> tuple[CascadeChange, ...]:
    """Return the *top* failures of either map, by the larger of both losses.

    A failure that costs nothing is in no top.
    """
    ranks = [_ranks(losses) for losses in (before, after)]
    chosen = {name for ranked in ranks for name, rank in ranked.items() if rank <= top}
    changes = (
        CascadeChange(name, before.get(name), after.get(name), ranks[0].get(name), ranks[1].get(name))
        for name in chosen
    )
    return tuple(sorted(changes, key=lambda one: (-max(one.before or 0, one.after or 0), one.component)))


def _ranks(losses: Mapping[str, int]) -> dict[str, int]:
    worst_first = sorted((name for name in losses if losses[name]), key=lambda name: (-losses[name], name))
    return {name: rank for rank, name in enumerate(worst_first, start=1)}
