"""A process that plays an exercise and is killed: it tells the harness what was acknowledged, and can die on the dot.

A wall minute passes at every step, so that the exercise goes on minute by minute as fast as the disk allows. A new
process goes on where the last one was killed, doing only what is not in the log yet.
"""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal
from unittest import mock

from resilience.exercise import seated
from resilience.exercise.events import Draft, Event, Kind
from resilience.exercise.keeping.store import Store
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tests.unit.exercise.small_exercise import MINUTE

LAST_MINUTE = 60
"""When the players give ENDEX: after three injects (one by condition), two decisions and a note each minute."""
DOWNTIME = 10**9
"""Wall milliseconds between one process and the next: over eleven days, which the exercise must not feel."""

Tell = Callable[[Sequence[Event]], object]


@dataclass(frozen=True)
class Death:
    """Where a process kills itself: in the transaction that writes the first event of *kind* with *word* in it."""

    when: Literal["before commit", "after commit"]
    kind: Kind
    word: str = ""

    def strikes(self, draft: Draft) -> bool:
        """Whether this event is the one."""
        return draft.kind is self.kind and self.word in str(dict(draft.payload))


def play(city: str, scenario: str, path: Path, number: int, death: Death | None, pipe: Connection) -> None:
    """Play, as process *number*, until ENDEX or death; every acknowledged event goes through *pipe*."""
    if death is not None:
        mock.patch.object(seated, "Store", dying_store(death)).start()
    wall = CountedWall(number * DOWNTIME)

    def tell(events: Sequence[Event]) -> None:
        pipe.send([(event.seq, event.content_hash) for event in events])

    if path.exists():
        session = Session.open(path, wall_source=wall)
    else:
        session = Session.create(path, city, scenario, wall_source=wall)
    with session:
        tell(session.state.events)
        _play(session, wall, tell)
    pipe.send(None)


def in_one_go(session: Session, wall: CountedWall) -> None:
    """Play without being killed, in this process."""
    _play(session, wall, len)


def dying_store(death: Death) -> type[Store]:
    """Return a store that kills its process at that point."""

    class DyingStore(Store):
        _marked = False

        def _append(self, drafts: Sequence[Draft], wall: int) -> tuple[Event, ...]:
            self._marked = self._marked or any(death.strikes(draft) for draft in drafts)
            return super()._append(drafts, wall)

        def _commit(self) -> None:
            if self._marked and death.when == "before commit":
                _die()
            super()._commit()
            if self._marked:
                _die()

    return DyingStore


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _play(session: Session, wall: CountedWall, tell: Tell) -> None:
    if session.state.phase is Phase.PREPARED:
        tell([session.start()])
    if session.state.phase is Phase.PAUSED:
        session.resume_clock()
        tell(session.state.events[-1:])
    while session.state.phase is not Phase.ENDED:
        tell(session.tick())
        _act(session, tell)
        if session.minute() >= LAST_MINUTE:
            tell([session.end()])
        wall.now += MINUTE


def _act(session: Session, tell: Tell) -> None:
    """Do what belongs to this minute, unless the log says that it was done."""
    minute = session.minute()
    text = f"minute {minute}"
    if text not in {item.text for item in session.state.picture}:
        tell([session.note(text, cell="gbt")])
    for at, point, option in ((15, "open-hall", "wait"), (40, "close-counter", "close")):
        if minute == at and not session.state.decided(point):
            tell([session.decide(point, option, who="team")])
