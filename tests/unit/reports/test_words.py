"""Numbers, durations and moments as reports say them."""

import datetime as dt

import pytest

from reports.words import Moments, counted_names, duration, joined, number, per_cent, rough, short_duration
from resilience.base.language import in_language

START = dt.datetime(2027, 1, 22, 23, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("minutes", "long", "short"),
    [
        (0, "0 minutes", "0 min"),
        (1, "1 minute", "1 min"),
        (90, "1 hour 30 minutes", "1 h 30 min"),
        (1440, "1 day", "1 d"),
        (2955, "2 days 1 hour 15 minutes", "2 d 1 h 15 min"),
        (-30, "30 minutes less", "−30 min"),
    ],
)
def test_durations_are_said_in_their_largest_units(minutes: int, long: str, short: str) -> None:
    """Days, hours and minutes, leaving out what is zero; a negative one is less."""
    assert (duration(minutes), short_duration(minutes).replace("\xa0", " ")) == (long, short)


def test_numbers_follow_the_language() -> None:
    """Dutch groups thousands with a full stop, English with a comma; large amounts become millions."""
    said = {}
    for language in ("nl", "en"):
        with in_language(language):
            said[language] = (number(376000), rough(999_999), rough(52_746_299).split()[0], per_cent(5))

    assert said == {
        "nl": ("376.000", "999.999", "52,7", "5\xa0%"),
        "en": ("376,000", "999,999", "52.7", "5%"),
    }


def test_lists_of_names_read_as_a_sentence() -> None:
    """One name, some names, or some and how many more."""
    assert [joined([]), joined(["a"]), joined(["a", "b", "c"]), counted_names(list("abcd"), 2)] == [
        "nothing",
        "a",
        "a, b and c",
        "a, b and 2 others",
    ]


def test_moments_are_local_where_a_start_is_known() -> None:
    """With a start: day and time with the elapsed time; without: elapsed time alone."""
    with_start, without = Moments(START), Moments()

    said = [moments.moment(1515).replace("\xa0", " ") for moments in (with_start, without)]
    assert (said, with_start.day()) == (["Sun 00:15 (+1d 01:15)", "+1d 01:15"], "22 January 2027")


@pytest.mark.parametrize("horizon", [30, 600, 4320, 10080, 43200])
def test_a_time_axis_has_few_marks_at_whole_hours(horizon: int) -> None:
    """At most nine marks, evenly spread from zero, none beyond the end."""
    ticks = [tick.minute for tick in Moments().axis(horizon).ticks]

    assert (ticks[0], len(ticks) <= 9, ticks[-1] <= horizon, {minute % 60 for minute in ticks}) == (0, True, True, {0})
