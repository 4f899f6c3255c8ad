"""Rewinding is forking: another run that begins with the events of this one, up to a moment, and is played on apart.

Pure: from a state and a moment to how many entries come along and the event that says where they come from.
"""

from dataclasses import dataclass

from resilience.base.language import _
from resilience.base.units import format_clock
from resilience.exercise.conductor import last_sign
from resilience.exercise.events import EVERYONE, Draft, Kind
from resilience.exercise.keeping.lease import Lease
from resilience.exercise.moment import refuse
from resilience.exercise.state import ExerciseState, Phase


@dataclass(frozen=True, slots=True)
class Cut:
    """The first *kept* entries come along; *forked* is the event that follows them."""

    kept: int
    forked: Draft


def reached(state: ExerciseState, lease: Lease | None, wall: int) -> int:
    """Return the last minute that was played: of a run whose conductor died, that of its last sign of life."""
    is_conducted = lease is not None and not lease.is_free_at(wall)
    moment = wall if is_conducted or state.phase is not Phase.RUNNING else last_sign(state, lease)
    return max(state.clock.minute(moment), state.last_minute)


def cut(state: ExerciseState, file: str, last: int, *, minute: int | None, before: int | None) -> Cut:
    """Return where the exercise in *file*, played up to minute *last*, is cut off.

    At the end of *minute*, or just *before* the entry with this number. ENDEX and what follows it never come along:
    another run is there to be played. Raises InputError for a moment that was not played.
    """
    ended = next((event.seq for event in state.events if event.kind is Kind.ENDEX), state.last_seq + 1)
    if before is not None:
        if not 1 < before <= ended or state.event(before) is None:
            what = _("entry {number} is not in this log, or comes after ENDEX", number=before)
            refuse(what, _("give a number from 2 to {last}", last=min(ended, state.last_seq)))
        at, kept = state.events[before - 1].minute, before - 1
    elif minute is not None and 0 <= minute <= last:
        at = minute
        kept = sum(1 for event in state.events if event.minute <= minute and event.seq < ended)
    else:
        what = _("{time} was not played", time=format_clock(minute or 0))
        refuse(what, _("give a moment from +00:00 to {last}", last=format_clock(last)))
    head = state.events[kept - 1]
    origin = {"file": file, "seq": kept, "content_hash": head.content_hash, "full_hash": head.full_hash}
    return Cut(kept, Draft(Kind.FORKED, at, "facilitator", origin, EVERYONE))
