"""What a scenario does in many runs that differ in luck, and in the figures that nobody confirmed.

Losses are in per cent-minutes times residents, as everywhere; divide only to show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan, totals_of
from resilience.analysis.distributions import (
    PERCENTILES,
    Estimate,
    Spread,
    chance_range,
    estimate,
    histogram,
    percentile,
    settling,
    spread,
)
from resilience.analysis.executor import Executor, Progress, replications
from resilience.analysis.tail import Tail, tail_of
from resilience.simulation.many import Tally
from resilience.simulation.uncertain import RANGES

BARS = 20
"""Classes of a histogram, at most."""
GRID_STEPS = 168
"""Moments at which levels are kept, at most: an hour each in a week."""
GRIDS = (1, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440)
"""Minutes between two of them."""


@dataclass(frozen=True)
class FunctionSpread:
    """One city function in all runs."""

    function: str
    residents: int
    mean: Estimate
    lost: Spread
    time_down: tuple[int | None, int | None, int | None]
    """Minutes from the first loss until back at 100 for good (0: never below), at the percentiles 10, 50 and 90.

    None: not within the run."""
    fell: int
    """In how many runs it fell below 100."""
    stayed_away: int
    """In how many runs it was not back at the end."""
    mtd: int | None
    """The maximum tolerable downtime in minutes; None: the map gives none."""
    breached: int
    """In how many runs that was passed."""
    breach_chance: tuple[int, int]
    """Between which whole per cents the chance of that lies."""
    histogram: tuple[tuple[int, int, int], ...]
    """Loss from and to, in resident-hours, and in how many runs."""
    bands: tuple[Spread, ...]
    """The level at each moment of the grid: percentiles 10, 50 and 90 of all runs."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "function": self.function,
            "residents": self.residents,
            "mean_lost": self.mean.mean // RESIDENT_HOUR,
            "mean_half_width": _up(self.mean.half_width),
            "lost": _hours(self.lost),
            "histogram": [list(bar) for bar in self.histogram],
            "time_to_100": list(self.time_down),
            "runs_below_100": self.fell,
            "runs_not_back": self.stayed_away,
            "mtd": self.mtd,
            "runs_past_mtd": self.breached,
            "chance_past_mtd_per_cent": list(self.breach_chance),
            "levels": [list(band) for band in self.bands],
        }


@dataclass(frozen=True)
class MonteCarlo:
    """All runs of a scenario together."""

    asked: int
    """How many runs were asked for; less were done where somebody asked to stop."""
    horizon: int
    seed: int
    uncertain: bool
    grid: int
    functions: tuple[FunctionSpread, ...]
    total: Spread
    """Of the loss of all functions together."""
    histogram: tuple[tuple[int, int, int], ...]
    settling: tuple[Estimate, ...]
    """The running estimate of the mean total loss."""
    tail: Tail

    @property
    def mean(self) -> Estimate:
        """The mean total loss over all runs."""
        return self.settling[-1]

    @property
    def runs(self) -> int:
        """How many runs this rests on."""
        return self.mean.runs

    def to_json(self) -> dict[str, object]:
        """Return a JSON value; losses in whole resident-hours, times in minutes."""
        return {
            "runs": self.runs,
            "runs_asked": self.asked,
            "horizon": self.horizon,
            "seed": self.seed,
            "uncertain_figures_drawn": self.uncertain,
            "ranges_are_conventions": {name: list(ends) for name, ends in RANGES.items()} if self.uncertain else {},
            "percentiles": list(PERCENTILES),
            "total_lost": _hours(self.total),
            "total_histogram": [list(bar) for bar in self.histogram],
            "settling": [
                {"runs": point.runs, "mean": point.mean // RESIDENT_HOUR, "half_width": _up(point.half_width)}
                for point in self.settling
            ],
            "is_precise": self.mean.is_precise,
            "grid_minutes": self.grid,
            "functions": [one.to_json() for one in self.functions],
            "tail": self.tail.to_json(),
        }


def grid_of(horizon: int) -> int:
    """Return the minutes between two moments at which levels are kept."""
    return next((grid for grid in GRIDS if horizon <= grid * GRID_STEPS), GRIDS[-1])


def monte_carlo(
    plan: CityPlan, runs: int, executor: Executor, *, progress: Progress | None = None
) -> MonteCarlo | None:
    """Return what *runs* replications of *plan* do; None where somebody asked to stop before any was done.

    The levels over time are those on the grid of *plan*.
    """
    tally = executor.run_chunks(plan.plan, replications(runs), progress=progress)
    if not tally.runs:
        return None
    lost = plan.lost(tally)
    totals = totals_of(lost)
    return MonteCarlo(
        asked=runs,
        horizon=plan.plan.horizon,
        seed=plan.plan.seed,
        uncertain=plan.plan.uncertain,
        grid=plan.plan.grid or 0,
        functions=tuple(
            _function(plan, tally, function, losses) for function, losses in zip(plan.functions, lost, strict=True)
        ),
        total=spread(totals),
        histogram=histogram(_hours(totals), BARS),
        settling=settling(totals),
        tail=tail_of(plan, lost),
    )


def _function(plan: CityPlan, tally: Tally, function: str, lost: Sequence[int]) -> FunctionSpread:
    below, back = tally.of("below", function), tally.of("back", function)
    away = plan.plan.horizon + 1
    down = sorted(0 if start < 0 else away if end < 0 else end - start for start, end in zip(below, back, strict=True))
    low, middle, high = (None if value == away else value for value in (percentile(down, p) for p in (10, 50, 90)))
    mtd = plan.plan.mtds.get(function)
    breached = sum(minute >= 0 for minute in tally.of("breach", function))
    return FunctionSpread(
        function=function,
        residents=plan.residents[plan.functions.index(function)],
        mean=estimate(lost),
        lost=spread(lost),
        time_down=(low, middle, high),
        fell=sum(minute >= 0 for minute in below),
        stayed_away=down.count(away),
        mtd=mtd,
        breached=breached,
        breach_chance=chance_range(breached, tally.runs),
        histogram=histogram(_hours(lost), BARS),
        bands=_bands(tally, function),
    )


def _hours(lost: Sequence[int]) -> list[int]:
    return [one // RESIDENT_HOUR for one in lost]


def _up(half_width: int) -> int:
    """Return a half-width in resident-hours, rounded up: nothing is surer than it is."""
    return -(-half_width // RESIDENT_HOUR)


def _bands(tally: Tally, function: str) -> tuple[Spread, ...]:
    """Return the percentiles of the level at each moment of the grid."""
    rows = tally.level_rows(function)
    return tuple(spread(levels) for levels in zip(*rows, strict=True))


def steps_of(bands: Sequence[Spread], grid: int) -> tuple[tuple[int, Spread], ...]:
    """Return (minute, levels from then on), without the moments at which nothing changed."""
    changed = [(0, bands[0])] if bands else []
    changed += [(grid * (place + 1), new) for place, (old, new) in enumerate(pairwise(bands)) if new != old]
    return tuple(changed)
