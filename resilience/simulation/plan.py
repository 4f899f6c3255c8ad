"""What is run many times, and the table of whole numbers that comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from city_model.effects import Damage, Selector
from resilience.simulation.model import Model
from resilience.simulation.orders import Order

FAILURE = "failure"
"""The id of the incident by which the components of a run fail."""
Measure = Literal["lost", "lowest", "below", "gone", "back", "breach", "suspect"]
MEASURES: tuple[Measure, ...] = ("lost", "lowest", "below", "gone", "back", "breach", "suspect")
"""lost: per cent-minutes below 100 (rule 15.1, not times residents). lowest: the lowest level, 0..100.
below, gone: the first minute below 100 and at 0. back: the minute from which it is at 100 for good.
breach: the first minute at which the MTD was passed (rule 15.3). suspect: minutes delivered on suspect data.
Minutes are -1 where it did not come to that: never below, not back within the run, no breach."""


class Run(NamedTuple):
    """One run: its replication, and the components that fail in minute 0 until repaired."""

    replication: int = 0
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What is run many times, over the minutes 0..horizon."""

    model: Model
    horizon: int
    orders: tuple[Order, ...] = ()
    watch: tuple[str, ...] = ()
    """The components that are measured."""
    seed: int = 0
    uncertain: bool = False
    """Whether each replication draws the figures that nobody confirmed from the range of their confidence."""
    grid: int | None = None
    """Every how many minutes the level of the watched components is kept; None: never."""
    minimum_levels: dict[str, int] = field(default_factory=dict)
    """Per watched component the level below which it counts as down; default 50."""
    mtds: dict[str, int] = field(default_factory=dict)
    """Per watched component the maximum tolerable downtime in minutes; without it there is no breach."""


@dataclass(frozen=True)
class Tally:
    """What many runs did: per measure a flat row of whole numbers, run by run, in it component by component."""

    watch: tuple[str, ...]
    runs: int
    values: dict[Measure, Sequence[int]]
    levels: Sequence[int] = ()
    """Per run and component the levels at minutes 0, grid, 2 grid, … before the horizon."""
    steps: int = 0

    def of(self, measure: Measure, component: str) -> list[int]:
        """Return one measure of one component, run by run."""
        place, width = self.watch.index(component), len(self.watch)
        row = self.values[measure]
        return [int(row[run * width + place]) for run in range(self.runs)]

    def level_rows(self, component: str) -> Iterator[Sequence[int]]:
        """Yield the levels of one component on the grid, run by run."""
        place, width = self.watch.index(component), len(self.watch)
        for run in range(self.runs):
            start = (run * width + place) * self.steps
            yield self.levels[start : start + self.steps]


def failure_order(failed: tuple[str, ...]) -> Order:
    """Return the incident by which *failed* fail in minute 0 until repaired."""
    return Order(FAILURE, "incident", 0, (Damage(effect="damage", select=Selector(ids=failed)),))
