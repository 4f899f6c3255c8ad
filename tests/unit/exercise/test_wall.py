"""The computer's clock is set, or its time zone changes, in the middle of an exercise: exercise time only goes on."""

import os
import sys
import time
from pathlib import Path

import pytest

from resilience.exercise.keeping import lease, wall
from resilience.exercise.keeping.lease import EXPIRES_AFTER_MS, Lease, process_name
from resilience.exercise.keeping.wall import Wall, wall_now
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import MINUTE, new_session

HOUR = 60 * MINUTE
tells_who_lives = pytest.mark.skipif(
    not process_name(os.getpid()), reason="this system does not tell which processes live"
)


@pytest.mark.parametrize("set_by", [-HOUR, HOUR])
def test_setting_the_clock_does_not_move_a_process(monkeypatch: pytest.MonkeyPatch, set_by: int) -> None:
    """An hour back or forward on the wall is nothing to a process that runs."""
    before, at = wall_now(), time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: at + set_by * 1_000_000)
    monkeypatch.setattr(time, "time", lambda: at / 1e9 + set_by / 1000)

    assert 0 <= wall_now() - before < MINUTE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset")
def test_another_time_zone_changes_nothing(tmp_path: Path) -> None:
    """Travelling to the other side of the world in the middle of an exercise: the same minute, the same wall moment."""
    home = os.environ["TZ"]
    with Session.create(tmp_path / "a.exercise", *_files(tmp_path)) as session:
        session.start()
        before = (session.minute(), session.wall())
        try:
            os.environ["TZ"] = "Pacific/Kiritimati"
            time.tzset()
            session.tick()
            after = (session.minute(), session.wall())
        finally:
            os.environ["TZ"] = home
            time.tzset()

    assert (after[0], 0 <= after[1] - before[1] < MINUTE) == (before[0], True)


def _files(folder: Path) -> tuple[str, str]:
    from tests.unit.exercise.small_exercise import write_files

    return write_files(folder / "files")


@pytest.mark.parametrize("is_running", [True, False])
def test_a_clock_set_back_before_resuming_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_running: bool
) -> None:
    """Who opens a paused exercise, or one whose conductor was killed, goes on at once, not when the wall catches up."""
    monkeypatch.setattr(lease, "is_gone", lambda _process: True)
    path = tmp_path / "a.exercise"
    session, counted = new_session(tmp_path, path)
    counted.now += 10 * HOUR
    session.start()
    counted.now += 20 * MINUTE
    session.tick()
    if is_running:
        session._store.close()
    else:
        session.close()
    counted.now -= HOUR
    with Session.open(path, wall_source=counted) as again:
        stood = again.minute()
        again.resume_clock()
        counted.now += 5 * MINUTE
        again.tick()
        minutes = [event.minute for event in again.state.events]

        assert (stood, again.minute(), minutes) == (20, 25, sorted(minutes))


@tells_who_lives
@pytest.mark.parametrize("set_by", [-HOUR, HOUR])
def test_a_seat_taken_after_the_clock_was_set_is_in_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, set_by: int
) -> None:
    """The conductor's process does not feel the change; a new one has the same minute, and writes at that minute."""
    path = tmp_path / "a.exercise"
    session, counted = new_session(tmp_path, path)
    counted.now += 10 * HOUR
    session.start()
    counted.now += 20 * MINUTE
    session.tick()

    def of_a_new_process() -> int:
        return counted.now + set_by

    monkeypatch.setattr(wall, "wall_now", of_a_new_process)
    with Session.open(path, seat=Seat("cell", "gbt"), wall_source=of_a_new_process) as cell:
        counted.now += MINUTE
        session.tick()
        note = cell.note("still dark")
        found = (cell.minute(), note.minute, session.minute(), session.is_conductor)
    session.close()

    assert found == (21, 21, 21, True)


@tells_who_lives
def test_a_second_console_does_not_take_over_from_one_that_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the clock was set forward, so that the last sign of life seems long ago."""
    path = tmp_path / "a.exercise"
    session, counted = new_session(tmp_path, path)
    session.start()

    def of_a_new_process() -> int:
        return counted.now + HOUR

    monkeypatch.setattr(wall, "wall_now", of_a_new_process)
    with Session.open(path, wall_source=of_a_new_process) as other:
        found = (other.is_conductor, session.is_conductor, other.minute())
    session.close()

    assert found == (False, True, 0)


@tells_who_lives
@pytest.mark.parametrize(
    ("process", "ago", "stands"),
    [
        ("", 2 * EXPIRES_AFTER_MS, 0),
        ("gone", 2 * EXPIRES_AFTER_MS, 0),
        ("ours", EXPIRES_AFTER_MS, 0),
        ("ours", 2 * EXPIRES_AFTER_MS, -2 * EXPIRES_AFTER_MS),
        ("gone", -HOUR, HOUR),
    ],
)
def test_only_a_living_conductor_turns_a_wall_back(
    monkeypatch: pytest.MonkeyPatch, process: str, ago: int, stands: int
) -> None:
    """Its last sign of life is now; one that died says nothing of the clock, but that no moment lies before it."""
    counted = CountedWall(100 * HOUR)
    monkeypatch.setattr(wall, "wall_now", counted)
    ours = process_name(os.getpid())
    names = {"": "", "ours": ours, "gone": " ".join(["1", "9", *ours.split(" ")[2:]])}
    mine = Wall(counted)
    mine.in_step_with(Lease("somebody", names[process], counted.now - ago))

    assert mine() - counted.now == stands
