"""How long an exercise is kept: a day in its file, a year where nobody chose one, and a rehearsal has none."""

import datetime as dt
from pathlib import Path

import pytest

from resilience.exercise.keeping.retention import is_overdue, keep_until
from resilience.exercise.session import Session
from resilience.exercise.state import ExerciseState
from tests.unit.exercise.small_exercise import write_files

MADE = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 31)


def made(folder: Path, wall: float, chosen: dt.date | None = None) -> ExerciseState:
    """Return an exercise made at *wall*, in seconds since 1970."""
    files = write_files(folder)
    with Session.create(None, *files, keep_until=chosen, wall_source=lambda: int(wall * 1000)) as session:
        return session.state


@pytest.mark.parametrize(
    ("wall", "chosen", "last"),
    [
        (MADE.timestamp(), None, dt.date(2027, 11, 25)),
        (MADE.timestamp(), DAY, DAY),
        (0, None, None),
        (0, DAY, DAY),
    ],
)
def test_the_day_until_which_an_exercise_is_kept(
    tmp_path: Path, wall: float, chosen: dt.date | None, last: dt.date | None
) -> None:
    """The chosen one, else a year after it was made; at no date there is none."""
    assert keep_until(made(tmp_path, wall, chosen)) == last


def test_overdue_is_after_the_last_day(tmp_path: Path) -> None:
    """On its last day it is still kept; what has no day is never overdue, nor what cannot be read."""
    chosen, rehearsal = made(tmp_path, MADE.timestamp(), DAY), made(tmp_path, 0)
    days = (DAY, DAY + dt.timedelta(days=1))

    assert [is_overdue(state, day) for state in (chosen, rehearsal, ExerciseState()) for day in days] == [
        False, True, False, False, False, False,
    ]  # fmt: skip


def test_a_day_and_a_group_are_content(tmp_path: Path) -> None:
    """They stand in the first event; without them that event is what it was in older files."""
    files = write_files(tmp_path)
    with (
        Session.create(None, *files, group=" Blue\0 ", keep_until=DAY) as named,
        Session.create(None, *files) as plain,
    ):
        first, other = (session.state.events[0].payload for session in (named, plain))
        head = named.state.head

    assert head is not None
    assert (head.group, head.keep_until, {key: first[key] for key in first.keys() - other.keys()}) == (
        "Blue", DAY, {"group": "Blue", "keep_until": "2026-12-31"},
    )  # fmt: skip
