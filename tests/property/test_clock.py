"""The exercise clock: exercise time and wall time are apart, and nothing that is done now changes what was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.exercise.clock import MAX_RATE, MS_PER_MINUTE, ExerciseClock, Segment

GAPS = st.integers(0, 2 * 60 * MS_PER_MINUTE)
RATES = st.integers(0, MAX_RATE)
STEPS = st.lists(st.tuples(GAPS, RATES), min_size=1, max_size=12)


def played(steps: list[tuple[int, int]], start: int = 1_000_000) -> tuple[ExerciseClock, int]:
    """Return a clock on which each (gap, rate) of *steps* was done, and the wall moment of the last."""
    clock, wall = ExerciseClock(), start
    for gap, rate in steps:
        wall += gap
        clock = clock.with_rate(wall, rate)
    return clock, wall


@given(STEPS, GAPS, GAPS)
def test_later_is_never_earlier(steps: list[tuple[int, int]], one: int, other: int) -> None:
    """Exercise time never falls as wall time rises."""
    clock, wall = played(steps)
    moments = sorted([wall - one, wall, wall + other, *(segment.wall for segment in clock.segments)])
    positions = [clock.position(moment) for moment in moments]

    assert positions == sorted(positions)


@given(STEPS, GAPS, GAPS)
def test_a_pause_counts_nothing(steps: list[tuple[int, int]], pause: int, after: int) -> None:
    """However long a pause lasts, the exercise goes on as if it had not been there."""
    clock, wall = played(steps)
    with_pause = clock.with_rate(wall, 0).with_rate(wall + pause, clock.rate)

    assert with_pause.position(wall + pause + after) == clock.position(wall + after)


@given(STEPS, RATES, GAPS)
def test_a_rate_change_never_moves_the_past(steps: list[tuple[int, int]], rate: int, back: int) -> None:
    """Up to the moment of the change, every exercise time stays what it was."""
    clock, wall = played(steps)
    moments = [wall - back, wall, *(segment.wall for segment in clock.segments)]

    assert [clock.with_rate(wall, rate).position(at) for at in moments] == [clock.position(at) for at in moments]


@given(STEPS)
def test_time_is_the_sum_of_its_parts(steps: list[tuple[int, int]]) -> None:
    """Exercise time is the sum over the segments of wall time times rate, without any rounding."""
    clock, wall = played(steps)
    ends = [*(gap for gap, _rate in steps[1:]), 0]

    assert clock.position(wall) == sum(gap * rate for gap, (_gap, rate) in zip(ends, steps, strict=True))


@given(STEPS, st.integers(0, 10_000), GAPS)
def test_a_jump_goes_forward_only(steps: list[tuple[int, int]], minute: int, after: int) -> None:
    """A jump puts the clock at the start of its minute and lets it run on; a minute that has begun is refused."""
    clock, wall = played(steps)
    if minute * MS_PER_MINUTE < clock.position(wall):
        with pytest.raises(ValueError, match="forward"):
            clock.jumped(wall, minute)
    else:
        expected = minute * MS_PER_MINUTE + after * clock.rate
        assert clock.jumped(wall, minute).position(wall + after) == expected


@given(STEPS, GAPS, RATES)
def test_a_computer_clock_set_back_does_not_turn_exercise_time_back(
    steps: list[tuple[int, int]], back: int, rate: int
) -> None:
    """A change written with an earlier wall moment than the last one counts from the last one."""
    clock, wall = played(steps)
    changed = clock.with_rate(wall - back, rate)

    assert (changed.position(wall), changed.segments[-1].wall) == (clock.position(wall), wall)


def test_before_the_start_it_is_minute_zero() -> None:
    """A clock that never started stands at 0, and one that did was at 0 before."""
    clock = ExerciseClock((Segment(5000, 0, 1),))

    assert (ExerciseClock().minute(9999), ExerciseClock().rate, clock.minute(4999)) == (0, 0, 0)


@pytest.mark.parametrize("rate", [-1, MAX_RATE + 1])
def test_impossible_rates_are_refused(rate: int) -> None:
    """The rate is 0 to 600 exercise minutes per wall minute."""
    with pytest.raises(ValueError, match="0 to 600"):
        ExerciseClock().with_rate(0, rate)


def test_the_unit_of_the_rate() -> None:
    """Rate 60 is an exercise hour per wall minute."""
    assert ExerciseClock().with_rate(0, 60).minute(MS_PER_MINUTE) == 60
