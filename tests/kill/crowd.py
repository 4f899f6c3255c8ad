"""Processes that sit at one exercise, for the tests of what the machine does to it."""

import resource
from multiprocessing.connection import Connection
from pathlib import Path

from resilience.base.language import in_language
from resilience.base.problems import InputError, RunError
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session

NOTES = 5
"""So many lines does each seat write, and so many messages."""
BIG = 5_000
"""Characters in a line that fills a disk fast."""


def sit(path: Path, number: int, pipe: Connection) -> None:
    """Take a seat and wait for the word; then write beside all others, in one exercise minute, and try to decide.

    Tells what was acknowledged, and whether this seat took the decision.
    """
    team = ("gbt", "it")[number % 2]
    seat = Seat("observer", f"o{number}") if number % 5 == 4 else Seat("cell", team)
    with Session.open(path, seat=seat, conduct=False, wall_source=CountedWall(10**9)) as session:
        pipe.send("seated")
        pipe.recv()
        written = []
        for line in range(NOTES):
            if seat.role == "observer":
                written.append(session.rate_task("call-authority", "P", f"{number}:{line}"))
                continue
            written.append(session.note(f"{number}:{line}"))
            written.append(session.message(f"{number}:{line}", cells=["gbt", "it"]))
        took = False
        if seat == Seat("cell", "gbt"):
            try:
                written.append(session.decide("open-hall", "wait", who=f"{number}"))
                took = True
            except InputError:
                took = False
    pipe.send(([(event.seq, event.content_hash) for event in written], took))


def fill_a_file(path: Path, room: int, pipe: Connection) -> None:
    """Write until the system lets the file grow no more than *room* bytes; tell what was acknowledged and what failed.

    Afterwards, with room again, write one line more.
    """
    with in_language("en"), Session.open(path, wall_source=CountedWall(10**9)) as session:
        largest = path.stat().st_size + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
        acknowledged, said = _write_until_it_fails(session)
        shown = [item.text for item in session.state.picture]
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        last = session.note("room again", cell="gbt")
    pipe.send((acknowledged, shown, said, (last.seq, last.content_hash)))


def fill_a_disk(path: Path, ballast: Path, pipe: Connection) -> None:
    """Write until the disk is full; tell the same, after *ballast* on that disk made room."""
    with in_language("en"), Session.open(path, wall_source=CountedWall(10**9)) as session:
        acknowledged, said = _write_until_it_fails(session)
        shown = [item.text for item in session.state.picture]
        ballast.unlink()
        last = session.note("room again", cell="gbt")
    pipe.send((acknowledged, shown, said, (last.seq, last.content_hash)))


def _write_until_it_fails(session: Session) -> tuple[list[tuple[int, str]], str]:
    acknowledged: list[tuple[int, str]] = []
    try:
        for number in range(10_000):
            event = session.note(f"{number}" + "x" * BIG, cell="gbt")
            acknowledged.append((event.seq, event.content_hash))
    except RunError as error:
        return acknowledged, str(error)
    return acknowledged, "it never failed"


def conduct(path: Path, pipe: Connection) -> None:
    """Conduct, a wall minute at each word, until killed; tell the minute each time."""
    wall = CountedWall(10**9)
    with Session.open(path, wall_source=wall) as session:
        session.start()
        while True:
            pipe.send((session.minute(), session.is_conductor))
            pipe.recv()
            wall.now += 60_000
            session.tick()
