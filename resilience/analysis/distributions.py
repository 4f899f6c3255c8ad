"""Distributions from a sample of whole numbers: quantiles, how sure a mean is, how it settles as runs grow.

Sums are exact and square roots correctly rounded, so the same sample gives the same answer on every machine.
"""

from collections.abc import Sequence
from math import ceil, floor, sqrt
from typing import NamedTuple

from resilience.base.language import _

Z_95 = 1.96
"""How many standard errors lie on either side of a mean with 95 per cent certainty."""
PRECISE = 5
"""A mean is precise enough when its half-width is at most so many per cent of it."""
FEWEST = 30
"""Runs below which nothing is called precise."""
CHECKPOINTS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
PERCENTILES = (10, 50, 90)
TINY = 1e-9
"""Less than this above a whole number is the number."""


class Spread(NamedTuple):
    """One run in ten is below *low*, one in two below *middle*, one in ten above *high*."""

    low: int
    middle: int
    high: int


class Estimate(NamedTuple):
    """The mean of the first so many runs; the true mean is within *half_width* with 95 per cent certainty."""

    runs: int
    mean: int
    half_width: int

    @property
    def is_precise(self) -> bool:
        """Whether it is known well enough to act on."""
        return self.runs >= FEWEST and 100 * self.half_width <= PRECISE * self.mean

    @property
    def runs_needed(self) -> int:
        """About how many runs would make it precise."""
        wanted = max(1, PRECISE * self.mean)
        return max(FEWEST, -(-self.runs * (100 * self.half_width) ** 2 // wanted**2))


def percentile(ordered: Sequence[int], per_cent: int) -> int:
    """Return the smallest value of *ordered* that at least *per_cent* of the values do not exceed."""
    return ordered[max(0, -(-len(ordered) * per_cent // 100) - 1)]


def spread(values: Sequence[int]) -> Spread:
    """Return the percentiles 10, 50 and 90."""
    ordered = sorted(values)
    return Spread(*(percentile(ordered, per_cent) for per_cent in PERCENTILES))


def standard_error(values: Sequence[int]) -> float:
    """Return the standard error of the mean of *values*; 0 of a single one."""
    number = len(values)
    if number < 2:
        return 0.0
    squares = number * sum(value * value for value in values) - sum(values) ** 2
    return sqrt(squares / (number - 1)) / number


def estimate(values: Sequence[int]) -> Estimate:
    """Return the mean of *values* with its half-width, rounded to whole numbers."""
    return Estimate(len(values), round(sum(values) / len(values)), round(Z_95 * standard_error(values)))


def settling(values: Sequence[int]) -> tuple[Estimate, ...]:
    """Return the running estimate at round numbers of runs, and at the last."""
    points = [*(point for point in CHECKPOINTS if point < len(values)), len(values)]
    return tuple(estimate(values[:point]) for point in points)


def histogram(values: Sequence[int], bars: int) -> tuple[tuple[int, int, int], ...]:
    """Return (from, to, how many) of at most *bars* classes of equal, round width; from is inside, to is not."""
    low, high = min(values), max(values)
    width = _round_up(max(1, -(-(high - low + 1) // bars)))
    first = low // width * width
    counts = [0] * ((high - first) // width + 1)
    for value in values:
        counts[(value - first) // width] += 1
    return tuple((first + width * place, first + width * (place + 1), count) for place, count in enumerate(counts))


def chance_range(hits: int, runs: int) -> tuple[int, int]:
    """Return between which whole per cents a chance lies that was seen *hits* times in *runs*, with 95 per cent.

    After Wilson, so that never seen in a few runs is not taken for never.
    """
    z, n, share = Z_95, runs, hits / runs
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0, floor(100 * (middle - half) + TINY)), min(100, ceil(100 * (middle + half) - TINY))


def _round_up(width: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50, … that is not below *width*."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= width:
                return step * power
        power *= 10


def enough_words(mean: Estimate) -> str:
    """Return whether the mean is known well enough, and else how many runs that takes."""
    if mean.is_precise:
        return _("The mean is known within {per_cent} per cent: enough.", per_cent=PRECISE)
    return _(
        "Not converged: the mean is not known within {per_cent} per cent. That takes about {runs} runs.",
        per_cent=PRECISE,
        runs=mean.runs_needed,
    )
