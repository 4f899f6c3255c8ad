"""The lease: exactly one process conducts; when it dies another takes over, and the time between was not played."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from resilience.exercise import conductor
from resilience.exercise.events import Kind
from resilience.exercise.keeping import lease
from resilience.exercise.keeping.lease import EXPIRES_AFTER_MS, Lease
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tests.unit.exercise.small_exercise import MINUTE, new_session

NOBODY = ""
"""The name of a process where the system does not tell which live."""


def test_one_conducts_and_the_other_follows(tmp_path: Path) -> None:
    """Of two facilitators only one sends; the other sees it, and still may act by hand."""
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    other = Session.open(path, wall_source=wall)
    one.jump(11)
    other.tick()
    wall.now += MINUTE
    early = one.refresh()
    one.tick()
    seen = [event.kind for event in other.tick()]
    other.send("rumour")
    conducting = (one.is_conductor, other.is_conductor)
    other.close()
    one.close()

    assert (early, seen, conducting) == ((), [Kind.INJECT_SENT, Kind.CLOCK_STARTED], (True, False))


def test_news_is_what_another_process_wrote(tmp_path: Path) -> None:
    """There is news once after another process wrote, and none after what one wrote oneself."""
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    with one, Session.open(path, conduct=False, wall_source=wall) as other:
        one.has_news(), other.has_news()
        one.message("to everyone")
        heard = [one.has_news(), other.has_news(), other.has_news()]

    assert heard == [False, True, False]


def test_two_that_both_believe_to_conduct_send_once(tmp_path: Path) -> None:
    """Even when two processes send at the same moment, an inject goes out once."""
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    other = Session.open(path, wall_source=wall)
    wall.now += 13 * MINUTE
    other._send_due(wall.now)
    one.tick()
    kinds = [event.kind for event in one.state.events]
    other.close()
    one.close()

    assert kinds.count(Kind.INJECT_SENT) == 1


def silent(session: Session) -> None:
    """Make *session* look like one whose process says nothing more."""
    session._store.close()


@pytest.mark.parametrize("after", [EXPIRES_AFTER_MS, EXPIRES_AFTER_MS + 1])
def test_a_silent_conductor_is_replaced_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """Only when it was silent for longer than the lease lasts; the clock then stands at its last sign of life."""
    monkeypatch.setattr(lease, "process_name", lambda _pid: NOBODY)
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    wall.now += 20 * MINUTE
    one.tick()
    silent(one)
    wall.now += after
    with Session.open(path, wall_source=wall) as other:
        taken = after > EXPIRES_AFTER_MS
        assert (other.is_conductor, other.state.phase, other.minute()) == (
            taken, Phase.PAUSED if taken else Phase.RUNNING, 20,
        )  # fmt: skip


def test_the_time_in_which_nobody_conducted_was_not_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After three hours without a conductor nothing fires at once: the exercise goes on where it was."""
    monkeypatch.setattr(lease, "process_name", lambda _pid: NOBODY)
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    wall.now += 10 * MINUTE
    one.tick()
    silent(one)
    wall.now += 180 * MINUTE
    with Session.open(path, wall_source=wall) as other:
        other.tick()
        other.resume_clock()
        wall.now += 2 * MINUTE
        sent = [event.payload["inject"] for event in other.tick() if event.kind is Kind.INJECT_SENT]

        assert (other.minute(), sent) == (12, ["first-call"])


def test_what_seats_did_meanwhile_stays_in_the_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is not stopped before an event that a seat wrote after the conductor's last sign of life."""
    monkeypatch.setattr(lease, "process_name", lambda _pid: NOBODY)
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    wall.now += 10 * MINUTE
    one.tick()
    wall.now += 3 * MINUTE
    one.note("three minutes later", cell="gbt")
    silent(one)
    wall.now += 60 * MINUTE
    with Session.open(path, wall_source=wall) as other:
        minutes = [event.minute for event in other.state.events]

        assert (other.minute(), minutes) == (13, sorted(minutes))


def test_a_waiting_facilitator_takes_over_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second console that only looked on conducts once the first is gone."""
    monkeypatch.setattr(lease, "process_name", lambda _pid: NOBODY)
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    other = Session.open(path, wall_source=wall)
    silent(one)
    wall.now += MINUTE
    other.tick()
    took = other.is_conductor
    other.close()

    assert took


def test_who_was_replaced_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A conductor that was only slow finds its lease taken, sends nothing by itself and does not pause on leaving."""
    monkeypatch.setattr(lease, "process_name", lambda _pid: NOBODY)
    path = tmp_path / "a.exercise"
    one, wall = new_session(tmp_path, path)
    one.start()
    wall.now += MINUTE
    other = Session.open(path, wall_source=wall)
    other.resume_clock()
    wall.now += 13 * MINUTE
    other.tick()
    one.tick()
    conducts = (one.is_conductor, other.is_conductor)
    one.close()
    running = other.tick() == () and other.state.phase
    other.close()

    assert (conducts, running) == ((False, True), Phase.RUNNING)


def test_a_suspended_computer_does_not_play_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the lid was closed for an hour, that hour was not played: the clock stands where it was."""
    asleep = 0
    monkeypatch.setattr(conductor, "asleep_ms", lambda: asleep)
    session, wall = new_session(tmp_path)
    session.start()
    wall.now += 5 * MINUTE
    session.tick()
    asleep += 60 * MINUTE
    wall.now += 60 * MINUTE
    session.tick()
    stands = (session.minute(), session.state.phase, len(session.state.sent))
    session.close()

    assert stands == (5, Phase.PAUSED, 0)


def test_a_process_that_ended_is_known_to_be_gone() -> None:
    """Ended, not yet waited for, never there, or from before the computer started: gone. Ourselves: not."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = lease.process_name(process.pid)
    if not name:
        pytest.skip("this system does not tell which processes live")
    lives = lease.is_gone(name)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    undead = lease.is_gone(name)
    process.communicate()
    ours = lease.process_name(os.getpid())
    pid, started, space, boot = ours.split(" ")

    found = [lives, undead, lease.is_gone(name), lease.is_gone(ours), lease.is_gone("")]
    found += [lease.is_gone(f"{pid} {started}9 {space} {boot}"), lease.is_gone(f"{pid} {started} {space} other")]
    found += [lease.is_gone(f"{pid} {started} other {boot}")]
    assert found == [False, True, True, False, False, True, True, False]


def test_a_lease_does_not_run_out_when_the_clock_is_set_back() -> None:
    """A sign of life never goes back in time."""
    mine = Lease("me", NOBODY, 1000)

    assert (mine.renewed(500), mine.is_free_at(500)) == (mine, False)
