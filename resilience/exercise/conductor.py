"""The conductor's part of a session: holding the lease, showing life, and stopping a clock that nobody drove."""

from resilience.exercise import drafts
from resilience.exercise.events import Draft, Kind
from resilience.exercise.keeping.lease import EXPIRES_AFTER_MS, HEARTBEAT_MS, Lease, asleep_ms, new_lease
from resilience.exercise.keeping.store import Store
from resilience.exercise.moment import PLAYED, Moment
from resilience.exercise.state import ExerciseState


class Conductor:
    """What this session knows of the lease; every change of it runs inside the transaction of a plan."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mine: Lease | None = None
        self._asked: int | None = None
        """The wall moment of the last look at the lease."""
        self._asleep = asleep_ms()

    @property
    def holds(self) -> bool:
        """Whether this session held the lease when it last looked."""
        return self._mine is not None

    def is_due(self, wall: int) -> bool:
        """Whether it is time to show life, or to see whether the conductor still does."""
        if self._asked is not None and 0 <= wall - self._asked < HEARTBEAT_MS:
            return False
        lease = self._store.lease()
        if self._mine is None and lease is not None and not lease.is_free_at(wall):
            self._asked = wall
            return False
        return True

    def sign_of_life(self, now: Moment) -> list[Draft]:
        """Renew the lease, or take one that is free; lets go of one that another took meanwhile."""
        self._asked = now.wall
        lease = self._store.lease()
        if self._mine is not None and lease is not None and lease.holder == self._mine.holder:
            self._hold(self._mine.renewed(now.wall))
            return []
        self._mine = None
        if lease is not None and not lease.is_free_at(now.wall):
            return []
        self._hold(new_lease(now.wall))
        return [] if lease is None else self._take_over(now, lease)

    def still_holds(self) -> bool:
        """Whether the lease in the file is still ours."""
        lease = self._store.lease()
        return self._mine is not None and lease is not None and lease.holder == self._mine.holder

    def was_asleep(self) -> bool:
        """Whether this computer was suspended since the last time this was asked."""
        before, self._asleep = self._asleep, asleep_ms()
        return self.holds and self._asleep - before > EXPIRES_AFTER_MS

    def stopped_clock(self, now: Moment) -> list[Draft]:
        """Stop the clock at the last sign of life before the computer was suspended."""
        return drafts.interrupted(now, last_sign(now.state, self._mine))

    def leaving(self, now: Moment) -> list[Draft]:
        """Give the lease back, and stop a running clock: nobody would send what is due."""
        if not self.still_holds():
            return []
        self._store.set_lease(None)
        self._mine = None
        return drafts.rate_change(now, 0) if now.state.phase in PLAYED else []

    def _hold(self, lease: Lease) -> None:
        self._store.set_lease(lease)
        self._mine = lease

    def _take_over(self, now: Moment, lease: Lease) -> list[Draft]:
        stopped = drafts.interrupted(now, last_sign(now.state, lease))
        return [
            *stopped,
            Draft(Kind.LEASE, now.minute if not stopped else stopped[0].minute, "conductor", {"reason": "taken over"}),
        ]


def last_sign(state: ExerciseState, lease: Lease | None) -> int:
    """Return the last wall moment at which somebody surely played: the conductor's sign, or a later event."""
    last_event = state.events[-1].wall
    return max(last_event, lease.heartbeat) if lease else last_event
