"""A scenario that lives: injects on the city's state and on a missing decision, and reminders, to the minute."""

from pathlib import Path

import pytest

from resilience.exercise.events import Kind
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import SCENARIO, new_session

MORE = """\
  - id: both-down
    title: {nl: Niets werkt, en: Nothing works}
    text: {nl: Loket en server., en: Counter and server.}
    sender: {nl: Balie, en: Desk}
    cells: [gbt]
    channel: phone
    trigger:
      when_all:
        - {component: web, below: 50, lasting: 5m}
        - {component: power, below: 50, lasting: 30m}
  - id: one-down
    title: {nl: Iets werkt niet, en: Something fails}
    text: {nl: Loket of stroom., en: Counter or power.}
    sender: {nl: Balie, en: Desk}
    cells: [gbt]
    channel: phone
    trigger:
      when_any:
        - {component: web, below: 50}
        - {component: power, below: 50, lasting: 3m}
    expected:
      - {nl: Bel de netbeheerder, en: Call the grid operator}
    remind_after: 10m
  - id: back-again
    title: {nl: Alles werkt, en: All is well}
    text: {nl: Loket open., en: Counter open.}
    sender: {nl: Balie, en: Desk}
    cells: [gbt]
    channel: phone
    trigger: {when: {component: web, at_least: 100, lasting: 10m, not_before: 40m}}
  - id: nobody-decides
    title: {nl: Wie besluit er?, en: Who decides?}
    text: {nl: De hal is nog dicht., en: The hall is still closed.}
    sender: {nl: Beheerder, en: Caretaker}
    cells: [gbt]
    channel: phone
    trigger: {undecided: {decision: open-hall, by: 45m}}
"""
OWN = ("both-down", "one-down", "back-again", "nobody-decides")


def played(tmp_path: Path, until: int, *, decided_at: int | None = None) -> Session:
    """Return an exercise of the small town with these injects, played to *until*."""
    session, wall = new_session(tmp_path, scenario=SCENARIO.replace("decisions:\n", MORE + "decisions:\n", 1))
    session.start()
    session.pause()
    for minute in sorted({until, *([] if decided_at is None else [decided_at])}):
        session.jump(minute)
        session.tick(wall.step())
        if minute == decided_at:
            session.decide("open-hall", session.scenario.decision_by_id["open-hall"].default, who="GBT")
    return session


def sent(session: Session) -> dict[str, tuple[int, str]]:
    """Return when each of these injects went out, and on what ground."""
    return {
        one: (session.state.sent[one].minute, session.state.sent[one].how) for one in OWN if one in session.state.sent
    }


def test_injects_follow_the_model_to_the_minute(tmp_path: Path) -> None:
    """Power falls at 10, the counter at 30, both are back later: any at 13, all at 40, each sent a minute after."""
    session = played(tmp_path, 300)
    back = session.trace.segments("web")[-1][0]
    assert sent(session) == {
        "one-down": (14, "condition"),
        "both-down": (41, "condition"),
        "nobody-decides": (46, "undecided"),
        "back-again": (back + 11, "condition"),
    }


@pytest.mark.parametrize(("minute", "comes"), [(45, False), (46, True)])
def test_a_decision_in_time_keeps_the_question_away(tmp_path: Path, minute: int, comes: bool) -> None:
    """In the minute itself is in time; a minute later the question has gone out already."""
    assert ("nobody-decides" in sent(played(tmp_path, 60, decided_at=minute))) is comes


def test_the_evaluator_is_reminded_once_and_players_do_not_see_it(tmp_path: Path) -> None:
    """Ten minutes after the inject, in the log of facilitator and observers only, also after a jump."""
    session = played(tmp_path, 200)
    found = [(event.minute, event.payload["inject"]) for event in session.state.events_of(Kind.REMINDER)]
    cell = [event for event in session.state.events if event.kind is Kind.REMINDER and "gbt" in event.audience]
    assert (found, cell) == ([(24, "one-down")], [])


def test_a_held_inject_stays_away_until_it_is_released(tmp_path: Path) -> None:
    """The facilitator has a veto on whatever the model asks for."""
    session, wall = new_session(tmp_path, scenario=SCENARIO.replace("decisions:\n", MORE + "decisions:\n", 1))
    session.start()
    session.pause()
    session.hold("one-down")
    session.skip("both-down")
    session.jump(60)
    session.tick(wall.step())
    before = sent(session)
    session.release("one-down")
    session.jump(61)
    assert (set(before), set(sent(session))) == ({"nobody-decides"}, {"nobody-decides", "one-down"})


def test_an_observer_sees_the_reminder(tmp_path: Path) -> None:
    """It is written for whoever rates."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path, scenario=SCENARIO.replace("decisions:\n", MORE + "decisions:\n", 1))
    session.start()
    session.pause()
    session.jump(60)
    session.tick(wall.step())
    seen = {}
    for seat in (Seat("observer", "one"), Seat("cell", "gbt")):
        with Session.open(path, seat=seat, conduct=False) as other:
            seen[seat.role] = len(other.state.events_of(Kind.REMINDER))
    session.close()
    assert seen == {"observer": 1, "cell": 0}
