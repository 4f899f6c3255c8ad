"""The hot debrief: what is asked, what the log tells, and whose answers a seat holds."""

from pathlib import Path

import pytest

from resilience.base.language import in_language
from resilience.base.problems import InputError
from resilience.exercise.evaluation.debrief import questions, seconds_left, told_by_the_log, told_to_everyone
from resilience.exercise.events import Kind
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import MINUTE, new_session

GBT, IT = Seat("cell", "gbt"), Seat("cell", "it")


def test_every_team_answers_the_same_questions_and_reads_only_its_own_answers(tmp_path: Path) -> None:
    """Only after ENDEX; again renews; the questions of the scenario reach a team with ENDEX and not before."""
    path = tmp_path / "a.exercise"
    facilitator, wall = new_session(tmp_path, path)
    with facilitator, Session.open(path, seat=GBT, wall_source=wall) as gbt, Session.open(path, seat=IT) as it:
        facilitator.start()
        gbt.tick()
        with pytest.raises(InputError):
            gbt.reflect("well", "too early")
        before = gbt.scenario.debrief
        facilitator.end()
        gbt.tick()
        gbt.reflect("well", "we met at once")
        gbt.reflect("well", "we met within an hour")
        it.reflect("asked-1", "secret-of-it")
        facilitator.reflect("tomorrow", "call the supplier", cell="gbt")
        for question, said in (("nonsense", "x"), ("well", "  ")):
            with pytest.raises(InputError):
                facilitator.reflect(question, said)
        for session in (facilitator, gbt):
            session.tick()
        seen = {
            session.seat.key: [(one.cell, one.question, one.text) for one in session.state.reflections]
            for session in (facilitator, gbt)
        }
        kept, after = len(facilitator.state.events_of(Kind.REFLECTION)), gbt.scenario.debrief

    ours = [("gbt", "well", "we met within an hour"), ("gbt", "tomorrow", "call the supplier")]
    assert (seen["cell/gbt"], sorted(seen["facilitator"]), kept, before, len(after)) == (
        ours, sorted([*ours, ("it", "asked-1", "secret-of-it")]), 4, (), 1,
    )  # fmt: skip


def test_the_log_tells_the_most_by_itself(tmp_path: Path) -> None:
    """First decision and message, deadlines with their margin, functions that were too low longest; ten minutes run."""
    session, wall = new_session(tmp_path)
    with session, in_language("en"):
        session.start()
        empty = told_by_the_log(session.state, session.scenario, session.city, session.trace)
        session.jump(40)
        session.decide("open-hall", "wait", who="Mayor", what="Wait.")
        session.jump(180)
        session.end()
        wall.now += 4 * MINUTE
        told = told_by_the_log(session.state, session.scenario, session.city, session.trace)
        asked = [one.id for one in questions(session.scenario)]
        left = seconds_left(session.state, wall())

    assert empty == (
        "Nothing was decided. No team sent a message.",
        "No deadline ran.",
        "No city function came below its minimum level.",
    )
    assert told[0] == "First decision at +00:40: Mayor, Wait. No team sent a message."
    assert told[1] == "Deadlines: Report missed, by now 1h20m; 1 still runs."
    assert told[2].startswith("Longest too low: Counter ")
    assert (asked, left) == (["well", "better", "tomorrow", "asked-1", "value-trust"], 360)


def test_the_wall_of_the_room_holds_only_what_was_for_everyone(tmp_path: Path) -> None:
    """The same facts from what a spectator may see as from the whole log; no word that went to one team."""
    path = tmp_path / "a.exercise"
    facilitator, wall = new_session(tmp_path, path)
    with facilitator, Session.open(path, seat=Seat("spectator"), wall_source=wall) as wall_screen, in_language("en"):
        facilitator.start()
        facilitator.jump(20)
        facilitator.message("secret", cells=("gbt",))
        facilitator.decide("open-hall", "wait", who="Mayor", what="secret")
        facilitator.jump(30)
        facilitator.message("stay calm")
        facilitator.scale("GRIP 1", "secret")
        facilitator.jump(60)
        facilitator.end()
        wall_screen.tick()
        told = [told_to_everyone(one.state, one.scenario) for one in (facilitator, wall_screen)]

    facts = (
        "Played: 1h.",
        "1 message to everyone, the first at +00:30 (facilitator).",
        "Crisis organisation: GRIP 1 +00:30.",
    )
    assert told == [facts, facts]
