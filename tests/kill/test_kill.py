"""A killed process loses nothing that was acknowledged, sends nothing twice, and leaves an exercise that goes on.

The list of what was acknowledged is kept here, outside the process that dies.
"""

import itertools
import multiprocessing
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from resilience.exercise.events import Kind
from resilience.exercise.keeping.verification import verify
from resilience.exercise.session import Session
from tests.kill.player import Death, in_one_go, play
from tests.unit.exercise.small_exercise import new_session, write_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

FEW, MANY = 5, 50
PATIENCE_SECONDS = 60.0
LONGEST_DELAY_SECONDS = 0.01
DEATHS = [
    Death("before commit", Kind.CREATED),
    Death("after commit", Kind.CREATED),
    Death("before commit", Kind.STARTEX),
    Death("before commit", Kind.INJECT_SENT, "first-call"),
    Death("after commit", Kind.INJECT_SENT, "first-call"),
    Death("after commit", Kind.INJECT_SENT, "counter-down"),
    Death("before commit", Kind.DECISION, "open-hall"),
    Death("after commit", Kind.DECISION, "close-counter"),
    Death("before commit", Kind.ENDEX),
    Death("after commit", Kind.ENDEX),
    Death("before commit", Kind.CLOCK, "interrupted"),
    Death("after commit", Kind.LEASE),
]
ALWAYS = [DEATHS[0], DEATHS[3], DEATHS[4], DEATHS[7], DEATHS[9]]


@dataclass
class Harness:
    """Starts players one after the other on the same file, kills them, and remembers what they acknowledged."""

    folder: Path
    luck: random.Random = field(default_factory=random.Random)
    acknowledged: dict[int, str] = field(default_factory=dict)
    processes: int = 0
    kills: int = 0
    finished: bool = False

    def __post_init__(self) -> None:
        self.files = write_files(self.folder / "files")
        self.path = self.folder / "played.exercise"
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.kill.player"])

    def run(self, *, death: Death | None = None, kill_after: int | None = None) -> None:
        """Let one process play, until it ends, dies by itself, or is killed after *kill_after* new events.

        The kill comes a random moment later, so that it hits anything from a commit to a wait.
        """
        self.processes += 1
        ours, theirs = self.context.Pipe(duplex=False)
        args = (*self.files, self.path, self.processes, death, theirs)
        process = self.context.Process(target=play, args=args)
        process.start()
        theirs.close()
        told = 0
        try:
            while (events := ours.recv()) is not None:
                told += len(dict(events).keys() - self.acknowledged.keys())
                self.acknowledged.update(events)
                if kill_after is not None and told >= kill_after:
                    time.sleep(self.luck.random() * LONGEST_DELAY_SECONDS)
                    process.kill()
            self.finished = True
        except EOFError:
            self.kills += 1
        process.join(PATIENCE_SECONDS)
        ours.close()
        assert process.exitcode in ({0, -9} if self.finished else {-9})
        self.check()

    def check(self) -> None:
        """Every acknowledged event is in the file, unchanged, and both chains are whole."""
        if not self.path.exists():
            assert self.acknowledged == {}
            return
        with Session.open(self.path, read_only=True) as session:
            written = {event.seq: event.content_hash for event in session.state.events}
        lost = {seq for seq, identity in self.acknowledged.items() if written.get(seq) != identity}
        assert (lost, verify(self.path).faults) == (set(), ())

    def result(self) -> dict[str, Any]:
        """Return what was played, without the traces that the kills themselves left."""
        with Session.open(self.path, read_only=True) as session:
            return summary(session)


def summary(session: Session) -> dict[str, Any]:
    """Return all that an exercise came to: what was sent, decided, noted, which deadlines run, and the whole course."""
    state = session.state
    return {
        "phase": state.phase,
        "sent": [event.payload["inject"] for event in state.events_of(Kind.INJECT_SENT)],
        "sent at": [(one.inject, one.minute, one.how) for one in state.sent.values()],
        "decided": [(one.point, one.option, one.minute, one.effective) for one in state.decisions],
        "noted": [(item.text, item.minute) for item in state.picture],
        "deadlines": [(one.clock, one.started, one.due) for one in state.deadlines.values()],
        "trace": session.trace,
    }


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the exercise comes to when nobody kills anything."""
    session, wall = new_session(tmp_path_factory.mktemp("uninterrupted"))
    in_one_go(session, wall)
    found = summary(session)
    session.close()
    return found


def killed_at_random(folder: Path, number: int) -> list[dict[str, Any]]:
    """Kill *number* times at random moments, on as many exercises as that takes; return what each came to."""
    kills = 0
    found: list[dict[str, Any]] = []
    for seed in itertools.count():
        luck = random.Random(seed)
        harness = Harness(folder / str(seed), luck)
        while not harness.finished:
            harness.run(kill_after=luck.randrange(1, 9) if kills + harness.kills < number else None)
        found.append(harness.result())
        kills += harness.kills
        if kills >= number:
            break
    return found


def test_killed_at_random_moments(tmp_path: Path, uninterrupted: dict[str, Any]) -> None:
    """After five kills the exercise is what it would have been without."""
    found = killed_at_random(tmp_path, FEW)

    assert found == [uninterrupted] * len(found)


@pytest.mark.full
def test_killed_at_fifty_random_moments(tmp_path: Path, uninterrupted: dict[str, Any]) -> None:
    """The same after fifty."""
    found = killed_at_random(tmp_path, MANY)

    assert found == [uninterrupted] * len(found)


def killed_at(folder: Path, death: Death) -> Harness:
    """Return a harness after a death on the dot, and another process that played on to the end."""
    harness = Harness(folder)
    if death.kind in {Kind.CLOCK, Kind.LEASE}:  # only a take-over writes these
        harness.run(kill_after=20)
    harness.run(death=death)
    while not harness.finished:
        harness.run()
    return harness


@pytest.mark.parametrize("death", ALWAYS, ids=lambda death: f"{death.when} of {death.kind}")
def test_killed_on_the_dot(tmp_path: Path, uninterrupted: dict[str, Any], death: Death) -> None:
    """Between send and commit, and between commit and show: nothing is lost, and nothing is there twice."""
    harness = killed_at(tmp_path, death)

    assert (harness.result(), harness.kills) == (uninterrupted, 1)


@pytest.mark.full
@pytest.mark.parametrize("death", DEATHS, ids=lambda death: f"{death.when} of {death.kind} {death.word}".strip())
def test_killed_on_every_dot(tmp_path: Path, uninterrupted: dict[str, Any], death: Death) -> None:
    """The same at every kind of transaction, the take-over after an earlier kill included."""
    harness = killed_at(tmp_path, death)

    assert (harness.result(), harness.kills >= 1) == (uninterrupted, True)
