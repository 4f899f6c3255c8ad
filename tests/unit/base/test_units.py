"""Durations as people write them and as the engine counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.base.units import (
    LONGEST_MINUTES,
    MINUTES_PER_DAY,
    TooLongError,
    format_clock,
    format_duration,
    parse_duration,
)


@given(st.integers(0, LONGEST_MINUTES))
def test_what_is_written_is_read_back(minutes: int) -> None:
    """A duration that the program writes is one that it reads, and the same."""
    assert parse_duration(format_duration(minutes)) == minutes


@given(st.integers(0, 9), st.integers(0, 99), st.integers(0, 99), st.integers(0, 999))
def test_the_parts_add_up(weeks: int, days: int, hours: int, minutes: int) -> None:
    """Weeks, days, hours and minutes, also more of one than fit into the next."""
    written = f"{weeks}w{days}d{hours}h{minutes}m"

    assert parse_duration(written) == minutes + 60 * (hours + 24 * (days + 7 * weeks))


@given(st.text(alphabet="0123456789wdhm", max_size=12))
def test_only_parts_in_order_are_a_duration(text: str) -> None:
    """Whatever is read at all is digits before each unit, the larger units first, each at most once."""
    try:
        parse_duration(text)
    except ValueError:
        return
    units = [letter for letter in text if letter.isalpha()]

    assert (units, text[-1] in "wdhm", text[0].isdigit()) == (sorted(set(units), key="wdhm".index), True, True)


@pytest.mark.parametrize(
    "text",
    ["", "4", "h", "-4h", "+4h", "4 h", " 4h", "4h ", "4h\n", "4H", "1.5h", "1,5h", "30m4h", "1h1h", "4u", "12:30",
     "٣h", "²h", "9" * 5000 + "h"],
)  # fmt: skip
def test_what_is_not_a_duration_is_refused(text: str) -> None:
    """No sign, space, fraction, other unit or other digit is guessed at; nor is a number that no file needs."""
    with pytest.raises(ValueError, match="is not a duration") as caught:
        parse_duration(text)

    assert not isinstance(caught.value, TooLongError)


def test_the_longest_duration_is_the_last_that_is_read() -> None:
    """What cannot be simulated is told apart from what cannot be read."""
    with pytest.raises(TooLongError, match="longer than"):
        parse_duration(f"{LONGEST_MINUTES + 1}m")

    assert parse_duration(f"{LONGEST_MINUTES}m") == LONGEST_MINUTES


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0m"), (59, "59m"), (60, "1h"), (1440, "1d"), (1441, "1d1m"), (10080, "7d"), (-90, "-1h30m")],
)
def test_a_duration_is_written_short(minutes: int, written: str) -> None:
    """No part that is zero, no weeks, and a sign in front of what is negative."""
    assert format_duration(minutes) == written


@given(st.integers(0, LONGEST_MINUTES))
def test_exercise_time_names_the_day_after_the_first(minutes: int) -> None:
    """A plus, the day from the second one on, and hours and minutes of that day."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)

    assert format_clock(minutes) == f"+{f'{days}d ' if days else ''}{rest // 60:02d}:{rest % 60:02d}"
