"""How long an exercise is kept: what people wrote in it is theirs, and goes away on a day that its file names."""

import datetime as dt

from resilience.exercise.clock import EARLIEST_REAL_WALL
from resilience.exercise.state import ExerciseState

KEPT_DAYS = 365
"""Where nobody chose a day: so many days from the one on which the exercise was made."""


def keep_until(state: ExerciseState) -> dt.date | None:
    """Return the last day on which the exercise is kept; None for a rehearsal, in which nobody wrote anything.

    A fork has the day of the exercise that it came from, because that is in it.
    """
    if state.head is None or not state.events:
        return None
    if state.head.keep_until is not None:
        return state.head.keep_until
    made = state.events[0].wall
    if made < EARLIEST_REAL_WALL:
        return None
    return dt.datetime.fromtimestamp(made / 1000, tz=dt.UTC).date() + dt.timedelta(days=KEPT_DAYS)


def is_overdue(state: ExerciseState, today: dt.date) -> bool:
    """Whether the exercise should have been removed before *today*."""
    last = keep_until(state)
    return last is not None and last < today
