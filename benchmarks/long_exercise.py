"""How long an exercise of 100, 1,000 and 10,000 events takes to open, to resume, to follow and to write in.

"Zwart scherm" on Utrecht; teams and facilitator write lines of the picture, messages and actions in turn, in minutes
that pass. Per length: opening the file (every event folded, map and scenario thawed), resuming it (the simulation
computed up to now besides), one more line written and one seen by another seat (the median of fifty), and a check of
the whole file. Times on the wall, of which the disk is a part.

Run: python -m benchmarks.long_exercise
"""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from resilience.exercise.keeping.verification import verify
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session

CITY, SCENARIO = "utrecht", "zwart-scherm"
LENGTHS = (100, 1_000, 10_000)
SAMPLES = 50
HOURS = 48
"""Of exercise time, over which the events are spread."""


def write(session: Session, wall: CountedWall, length: int) -> None:
    """Play and write until the log has *length* events."""
    cells = [cell.id for cell in session.scenario.cells]
    session.start()
    step = HOURS * 3_600_000 // length
    while (number := session.state.last_seq) < length:
        wall.now += step
        if number % 25 == 0:
            session.tick()
        cell = cells[number % len(cells)]
        match number % 3:
            case 0:
                session.note(f"Line {number} of what we know", cell=cell, source="phone")
            case 1:
                session.message(f"Message {number} to the team", cells=[cell])
            case _:
                session.task(f"Action {number}", owner="head of ICT", cell=cell)


def seconds(work: Callable[[], object]) -> float:
    """Return how long *work* takes on the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured(path: Path, length: int) -> dict[str, str]:
    """Return what each thing takes in an exercise of *length* events."""
    wall = CountedWall(10**9)
    with Session.create(path, CITY, SCENARIO, wall_source=wall) as session:
        write(session, wall, length)
    opening = seconds(lambda: Session.open(path, read_only=True).close())

    def resume() -> None:
        with Session.open(path, wall_source=wall) as again:
            again.tick()
            again.level(again.city.functions[0].id)

    resuming = seconds(resume)
    with (
        Session.open(path, wall_source=wall) as facilitator,
        Session.open(path, seat=Seat("cell", facilitator.scenario.cells[0].id), wall_source=wall) as cell,
    ):
        writing, following = [], []
        for number in range(SAMPLES):
            writing.append(seconds(lambda number=number: facilitator.message(f"MARK {number}")))  # type: ignore[misc]
            following.append(seconds(cell.tick))
    return {
        "Open the file (s)": f"{opening:.2f}",
        "Resume it (s)": f"{resuming:.2f}",
        "Write one line (ms)": f"{1000 * statistics.median(writing):.1f}",
        "See it in another seat (ms)": f"{1000 * statistics.median(following):.1f}",
        "`exercise verify` (s)": f"{seconds(lambda: verify(path)):.2f}",
        "Size of the file (MB)": f"{path.stat().st_size / 1e6:.1f}",
    }


def main() -> None:
    """Print everything that docs/reference/benchmark-long-exercise.md shows."""
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.")
    print()
    with tempfile.TemporaryDirectory() as folder:
        columns = [measured(Path(folder, f"{length}.exercise"), length) for length in LENGTHS]
    print(f"| What | {' | '.join(f'{length:,} events' for length in LENGTHS)} |")
    print(f"|---|{'--:|' * len(LENGTHS)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")


if __name__ == "__main__":
    main()
