"""Going back is another run in another file: where it is cut off, where its clock stands, and what is refused."""

from pathlib import Path

import pytest

from resilience.base.problems import InputError
from resilience.exercise.clock import MS_PER_MINUTE, ExerciseClock, Segment
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tests.unit.exercise.small_exercise import MINUTE, new_session


def test_before_a_decision_another_can_be_taken(tmp_path: Path) -> None:
    """The fork just before an entry holds what came before it in the same minute, and that decision is open again."""
    session, wall = new_session(tmp_path, tmp_path / "a.exercise")
    session.start()
    session.jump(20)
    taken = session.decide("open-hall", "connect", who="team")
    session.end()
    session.fork(tmp_path / "b.exercise", before=taken.seq)
    session.close()
    with Session.open(tmp_path / "b.exercise", wall_source=wall) as fork:
        stood = (fork.minute(), fork.state.phase, fork.state.decided("open-hall"), tuple(fork.state.sent))
        fork.decide("open-hall", "wait", who="team")
        fork.resume_clock()
        wall.now += 2 * MINUTE
        fork.tick()

        assert (stood, fork.minute(), fork.state.decisions[0].option) == (
            (20, Phase.PAUSED, None, ("first-call", "it-only")), 22, "wait",
        )  # fmt: skip


def test_a_running_exercise_is_forked_and_runs_on(tmp_path: Path) -> None:
    """The original keeps its conductor and its clock; the fork stands, and says which file it came from."""
    session, wall = new_session(tmp_path, tmp_path / "a.exercise")
    session.start()
    wall.now += 15 * MINUTE
    session.tick()
    at = session.fork(tmp_path / "b.exercise", minute=15)
    wall.now += 5 * MINUTE
    session.tick()
    with Session.open(tmp_path / "b.exercise", wall_source=wall) as fork:
        origin = fork.state.events_of(Kind.FORKED)[0].payload
        stood = (fork.minute(), fork.state.phase, fork.is_conductor)
    found = (at, stood, origin["file"], session.minute(), session.is_conductor, session.state.phase)
    session.close()

    assert found == (15, (15, Phase.PAUSED, True), "a.exercise", 20, True, Phase.RUNNING)


def test_a_fork_can_be_forked(tmp_path: Path) -> None:
    """Each says where it came from, the hash of the last entry that came along included."""
    session, wall = new_session(tmp_path, tmp_path / "a.exercise")
    with session:
        session.start()
        session.jump(60)
        session.fork(tmp_path / "b.exercise", minute=30)
    with Session.open(tmp_path / "b.exercise", wall_source=wall) as fork:
        fork.fork(tmp_path / "c.exercise", minute=30)
    with Session.open(tmp_path / "c.exercise", read_only=True) as last:
        events = last.state.events
    origins = [(event.payload["file"], event.payload["full_hash"]) for event in events if event.kind is Kind.FORKED]
    heads = [events[event.payload["seq"] - 1].full_hash for event in events if event.kind is Kind.FORKED]

    assert origins == list(zip(["a.exercise", "b.exercise"], heads, strict=True))


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"minute": 61}, "+01:01 was not played: give a moment from +00:00 to +01:00"),
        ({"before": 1}, "entry 1 is not in this log, or comes after ENDEX: give a number from 2 to"),
        ({"before": 99}, "entry 99 is not in this log, or comes after ENDEX: give a number from 2 to"),
    ],
)
def test_what_was_not_played_cannot_be_forked(tmp_path: Path, where: dict[str, int], said: str) -> None:
    """In one sentence, with what can be; no file is made."""
    session, _wall = new_session(tmp_path)
    session.start()
    session.jump(60)
    session.end()
    session.add_finding("strength", "calm")
    with pytest.raises(InputError) as caught:
        session.fork(tmp_path / "b.exercise", **where)

    assert (said in str(caught.value), (tmp_path / "b.exercise").exists()) == (True, False)


def test_time_that_nobody_conducted_cannot_be_forked(tmp_path: Path) -> None:
    """Of an exercise whose conductor died, the last minute is that of its last sign of life."""
    session, wall = new_session(tmp_path, tmp_path / "a.exercise")
    session.start()
    wall.now += 5 * MINUTE
    session.tick()
    session._store.close()
    wall.now += 600 * MINUTE
    with (
        Session.open(tmp_path / "a.exercise", read_only=True, wall_source=wall) as again,
        pytest.raises(InputError, match=r"\+05:00 was not played: give a moment from \+00:00 to \+00:05"),
    ):
        again.fork(tmp_path / "b.exercise", minute=300)


@pytest.mark.parametrize(
    ("minute", "ends"),
    [
        (0, Segment(1000, 0, 0)),
        (30, Segment(1000 + 30 * MS_PER_MINUTE, 30 * MS_PER_MINUTE, 0)),
        (60, Segment(1000 + 40 * MS_PER_MINUTE, 60 * MS_PER_MINUTE, 0)),
        (101, Segment(1000 + 41 * MS_PER_MINUTE, 101 * MS_PER_MINUTE, 0)),
    ],
)
def test_a_clock_stands_where_it_came_to_a_minute(minute: int, ends: Segment) -> None:
    """At the wall moment at which it came there: while running, or where it was put forward over it."""
    clock = ExerciseClock().with_rate(1000, 1).jumped(1000 + 40 * MS_PER_MINUTE, 100)

    assert clock.stood_at(minute).segments[-1] == ends


def test_a_clock_that_never_ran_stays_so() -> None:
    """Before STARTEX there is nothing to stop."""
    assert ExerciseClock().stood_at(0) == ExerciseClock()
