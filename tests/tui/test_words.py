"""How times and numbers are written and read."""

import datetime as dt

import pytest

from resilience.base.language import in_language, number
from tui.view_models.words import calendar, countdown, read_moment, real_time, span

NOW = 90


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("03:15", 195),
        ("+03:15", 195),
        ("1d 03:15", 1635),
        ("1d03:15", 1635),
        ("30m", 120),
        ("+2h30m", 240),
        (" 1d ", 1530),
        ("00:00", 0),
    ],
)
def test_a_moment_is_a_clock_time_or_a_length_from_now(text: str, minute: int) -> None:
    """With a colon it is exercise time; with units it counts from now."""
    assert read_moment(text, NOW) == minute


@pytest.mark.parametrize("text", ["", "soon", "25:00", "12:61", "-5m", "1e3"])
def test_what_is_no_moment_is_refused_in_one_sentence(text: str) -> None:
    """A refusal names what was typed."""
    with in_language("en"), pytest.raises(ValueError, match="is not a time") as caught:
        read_moment(text, NOW)

    assert "\n" not in str(caught.value)


def test_lengths_of_time_are_short_and_signless() -> None:
    """Days only where there are any; a countdown says on which side of now it is."""
    with in_language("en"):
        said = [span(15), span(245), span(-3000), countdown(15), countdown(0), countdown(-80)]

    assert said == ["0:15", "4:05", "2d 02:00", "in 0:15", "now", "1:20 late"]


def test_the_calendar_follows_the_scenario() -> None:
    """Exercise time is shown as the scenario's own date too, across midnight."""
    with in_language("en"):
        assert calendar(dt.datetime(2027, 5, 11, 9, 0), 15 * 60 + 5) == "Wed 12 May 00:05"  # noqa: DTZ001 - a scenario's


def test_numbers_have_the_separators_of_the_language() -> None:
    """The same number in both languages."""
    with in_language("en"):
        english = number(1234567.891, 1)
    with in_language("nl"):
        dutch = number(1234567.891, 1)

    assert (english, dutch) == ("1,234,567.9", "1.234.567,9")


def test_real_time_counts_down_in_seconds_and_then_in_minutes() -> None:
    """Ten exercise minutes at ten times real time are a minute."""
    with in_language("en"):
        assert [real_time(600_000, 10), real_time(6_000_000, 10), real_time(1, 600)] == ["60 s", "10 min", "1 s"]
