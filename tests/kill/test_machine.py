"""What a machine does to an exercise: a full disk, thirty seats at once, a conductor that is lost.

Nothing is lost, and nothing is there twice.
"""

import multiprocessing
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from resilience.exercise.events import Event, Kind
from resilience.exercise.keeping.verification import verify
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import new_session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")

if sys.platform != "win32":
    from tests.kill.crowd import NOTES, conduct, fill_a_disk, fill_a_file, sit

PATIENCE_SECONDS = 60.0
ROOM = 150_000
DISK = 2_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A running exercise of which nobody holds the file."""
    session, _wall = new_session(tmp_path, tmp_path / "a.exercise")
    with session:
        session.start()
        session.jump(15)
    return tmp_path / "a.exercise"


def started(target: Callable[..., None], *args: object) -> tuple[Any, Connection]:
    """Start a process and return it with our end of its pipe."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.kill.player", "tests.kill.crowd"])
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(*args, theirs))
    process.start()
    theirs.close()
    return process, ours


def heard(pipe: Connection) -> Any:
    """Return what a process says next."""
    assert pipe.poll(PATIENCE_SECONDS), "nothing came"
    return pipe.recv()


def events_of(path: Path) -> tuple[Event, ...]:
    """Return what stands in the file, which must be whole."""
    assert verify(path).faults == ()
    with Session.open(path, read_only=True) as session:
        return session.state.events


def check_full(path: Path, told: Any, sentence: str) -> None:
    """What was acknowledged is there, what was refused is not, and the log went on once there was room."""
    acknowledged, shown, said, last = told
    written = {event.seq: event.content_hash for event in events_of(path)}
    noted = [event.payload["text"] for event in events_of(path) if event.kind is Kind.PICTURE]

    assert {
        "some": len(acknowledged) > 0,
        "lost": [seq for seq, identity in [*acknowledged, last] if written.get(seq) != identity],
        "shown": shown == noted[:-1],
        "more": len(noted) - len(acknowledged),
        "said": (sentence in said, "\n" in said),
    } == {"some": True, "lost": [], "shown": True, "more": 1, "said": (True, False)}


def test_a_file_that_may_not_grow_loses_nothing(path: Path) -> None:
    """A quota: the line that does not fit is refused in one sentence, and is not shown as written."""
    process, pipe = started(fill_a_file, path, ROOM)
    told = heard(pipe)
    process.join(PATIENCE_SECONDS)

    check_full(path, told, "check your quota")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; only root can have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root can make a small disk here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.full
def test_a_full_disk_loses_nothing(small_disk: Path, tmp_path: Path) -> None:
    """The same on a disk that is really full."""
    path = small_disk / "a.exercise"
    session, _wall = new_session(tmp_path, path)
    with session:
        session.start()
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * (DISK // 4))
    process, pipe = started(fill_a_disk, path, ballast)
    told = heard(pipe)
    process.join(PATIENCE_SECONDS)

    check_full(path, told, "the disk is full")


@pytest.mark.parametrize("seats", [3, pytest.param(30, marks=pytest.mark.full)])
def test_seats_that_write_at_once(path: Path, seats: int) -> None:
    """In one exercise minute: every acknowledged line is there once, in one order, and one seat took the decision."""
    running = [started(sit, path, number) for number in range(seats)]
    for _process, pipe in running:
        heard(pipe)
    for _process, pipe in running:
        pipe.send("go")
    told = [heard(pipe) for _process, pipe in running]
    for process, _pipe in running:
        process.join(PATIENCE_SECONDS)
    events = events_of(path)
    written = {event.seq: event.content_hash for event in events}
    lines = Counter(
        (event.kind, text)
        for event in events
        if isinstance(text := event.payload.get("observation", event.payload.get("text")), str)
    )
    observers = len([number for number in range(seats) if number % 5 == 4])

    assert {
        "exits": {process.exitcode for process, _pipe in running},
        "lost": [seq for said, _took in told for seq, identity in said if written.get(seq) != identity],
        "each once": (len(lines), set(lines.values())),
        "deciders": sum(took for _said, took in told),
        "decisions": [event.kind for event in events].count(Kind.DECISION),
        "minutes": {event.minute for event in events if event.seq > told[0][0][0][0]},
    } == {
        "exits": {0},
        "lost": [],
        "each once": (2 * NOTES * (seats - observers) + NOTES * observers, {1}),
        "deciders": 1,
        "decisions": 1,
        "minutes": {15},
    }


def test_a_second_console_takes_over_from_a_conductor_that_is_killed(tmp_path: Path) -> None:
    """By itself, at its next look; the clock stands at the last sign of life, and what was sent is not sent again."""
    path = tmp_path / "a.exercise"
    new_session(tmp_path, path)[0].close()
    process, pipe = started(conduct, path)
    heard(pipe)
    wall = CountedWall(10**9)
    with Session.open(path, wall_source=wall) as other:
        for _minute in range(13):
            pipe.send("on")
            minute, conducts = heard(pipe)
        follows = (minute, conducts, other.is_conductor)
        process.kill()
        process.join(PATIENCE_SECONDS)
        wall.now += 13 * 60_000 + 20_000
        other.tick()
        took = (other.is_conductor, other.minute(), other.state.phase)
        other.resume_clock()
        wall.now += 10 * 60_000
        other.tick()
        sent = [event.payload["inject"] for event in other.state.events_of(Kind.INJECT_SENT)]

    assert (follows, took, sent, verify(path).faults) == (
        (13, True, False), (True, 13, "paused"), ["first-call", "it-only"], (),
    )  # fmt: skip
