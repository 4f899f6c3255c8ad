"""Quantiles, means and chances of a sample, against the standard library and published values."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.analysis.distributions import (
    Estimate,
    chance_range,
    estimate,
    histogram,
    percentile,
    settling,
    spread,
    standard_error,
)

SAMPLES = st.lists(st.integers(0, 10**12), min_size=2, max_size=60)


@given(SAMPLES)
def test_standard_error_is_that_of_the_library(values: list[int]) -> None:
    """The sample's standard deviation over the root of its size."""
    assert standard_error(values) == pytest.approx(statistics.stdev(values) / len(values) ** 0.5)


@given(SAMPLES, st.integers(1, 99))
def test_a_percentile_parts_the_sample(values: list[int], per_cent: int) -> None:
    """At least so many per cent are not above it, and it is the smallest such value."""
    ordered = sorted(values)
    found = percentile(ordered, per_cent)
    smaller = [value for value in ordered if value < found]

    at_most = sum(value <= found for value in ordered)
    assert (100 * at_most >= per_cent * len(ordered), 100 * len(smaller) < per_cent * len(ordered)) == (True, True)


def test_a_spread_of_a_hundred() -> None:
    """Of 1 to 100 the tenth, fiftieth and ninetieth."""
    assert spread(range(100, 0, -1)) == (10, 50, 90)


@given(SAMPLES, st.integers(1, 30))
def test_a_histogram_holds_every_value_once(values: list[int], bars: int) -> None:
    """Classes touch, are equally wide, at most one more than asked for, and hold everything."""
    found = histogram(values, bars)
    counted = [sum(start <= value < end for value in values) for start, end, _count in found]

    assert (
        [count for _start, _end, count in found],
        {end - start for start, end, _count in found},
        [end for _start, end, _count in found[:-1]],
        len(found) <= bars + 1,
    ) == (counted, {found[0][1] - found[0][0]}, [start for start, _end, _count in found[1:]], True)


@pytest.mark.parametrize(
    ("hits", "runs", "expected"),
    [(0, 10, (0, 28)), (10, 10, (72, 100)), (5, 10, (23, 77)), (81, 263, (25, 37)), (0, 1000, (0, 1))],
)
def test_chance_after_wilson(hits: int, runs: int, expected: tuple[int, int]) -> None:
    """Published score intervals (Newcombe 1998: 81 of 263 is 0.2553 to 0.3662), outwards to whole per cents."""
    assert chance_range(hits, runs) == expected


def test_an_estimate_settles_at_round_numbers() -> None:
    """The running mean is given at 10, 20, 50, … and at the end."""
    found = settling([0, 100] * 32)

    assert [(one.runs, one.mean) for one in found] == [(10, 50), (20, 50), (50, 50), (64, 50)]


def test_what_is_precise() -> None:
    """Within five per cent of the mean, in thirty runs or more; else about how many runs that would take."""
    found = [
        Estimate(100, 1000, 50),
        Estimate(100, 1000, 51),
        Estimate(29, 1000, 0),
        Estimate(100, 1000, 100),
        estimate([7] * 40),
    ]

    assert [(one.is_precise, one.runs_needed) for one in found] == [
        (True, 100),
        (False, 105),
        (False, 30),
        (False, 400),
        (True, 30),
    ]
