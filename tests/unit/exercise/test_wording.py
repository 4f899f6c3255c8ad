"""The log in words: one line for each event, with the names of the scenario, in both languages."""

import datetime as dt
from pathlib import Path

import pytest

from city_model.effects import ExtendClock
from resilience.base.language import Language, in_language
from resilience.exercise.evaluation.proposals import sighting
from resilience.exercise.events import Event, Kind
from resilience.exercise.public_messages import PublicText
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from resilience.exercise.wording import sentence, who
from tests.unit.exercise.small_exercise import MINUTE, SCENARIO, new_session


@pytest.fixture
def eventful(tmp_path: Path) -> tuple[Session, tuple[Event, ...]]:
    """An exercise in which every kind of event happened."""
    reminding = SCENARIO.replace("    expected:\n", "    remind_after: 5m\n    expected:\n", 1)
    session, wall = new_session(tmp_path, tmp_path / "a.exercise", scenario=reminding)
    session.hold("late-call", "not today")
    session.release("late-call")
    session.skip("late-call")
    session.start()
    session.set_rate(60)
    session.pause()
    session.jump(30)
    extend = ExtendClock.model_validate({"effect": "extend_clock", "clock": "early-warning", "minutes": "1h"})
    session.decide(None, None, who="CISO", what="Ask for delay", why="no facts", effects=[extend])
    session.decide("open-hall", "connect", who="Mayor")
    session.note("nobody knows", status="unknown", source="phone")
    session.message("stand by")
    session.task("Call the grid operator", owner="IT", by="noon", cell="it")
    line = session.note("the desk is shut", cell="gbt", about="web", says="down")
    session.read_picture(line.seq, "web", "hindered")
    for end in (session.release_public, session.return_public):
        public = session.draft_public(PublicText("Stay home", ("rampenzender",), "facilitator"), cell="gbt")
        end(public.seq, "read")
    session.propose(sighting(sort="figure", subject="server>power", field="buffer", value="1h", why="it held"))
    session.scale("GRIP 1")
    session.no_duff("fire")
    session.resume()
    session.rate_task("call-authority", "M", "too late")
    session.add_finding("strength", "calm")
    session.add_finding("improvement", "slow", action="Train", by=dt.date(2027, 1, 1))
    session.correct(2, "typo")
    session.resume_clock()
    wall.now += MINUTE
    with Session.open(tmp_path / "a.exercise", seat=Seat("cell", "gbt"), wall_source=lambda: wall.now) as cell:
        cell.open_message(cell.received("gbt")[0].seq)
    session._store.close()
    again = Session.open(tmp_path / "a.exercise", wall_source=lambda: wall.now + 10 * MINUTE)
    again.end()
    again.merge_ratings()
    again.reflect("well", "everyone came", cell="gbt")
    again.fork(tmp_path / "b.exercise", minute=30)
    with Session.open(tmp_path / "b.exercise", read_only=True) as fork:
        return again, (*again.state.events, fork.state.events[-1])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_event_has_a_line(eventful: tuple[Session, tuple[Event, ...]], language: Language) -> None:
    """Every kind of event is one line without a field left open, with and without the scenario at hand."""
    session, events = eventful
    with in_language(language):
        lines = [sentence(event, scenario) for event in events for scenario in (session.scenario, None)]
        actors = {who(event.actor, session.scenario) for event in events}
    session.close()

    kinds = {event.kind for event in events}
    odd = [line for line in lines if not line or "\n" in line or "{" in line]
    assert (kinds, odd, len(actors)) == (set(Kind), [], 3)


def test_lines_name_what_people_know(eventful: tuple[Session, tuple[Event, ...]]) -> None:
    """Names instead of ids, times as exercise time, reasons in brackets."""
    session, events = eventful
    lines = [sentence(event, session.scenario) for event in events]
    session.close()
    wanted = [
        "Inject 'Second call' is held (not today)",
        "The clock runs at 60 exercise minutes per minute",
        "The clock was put forward to +00:30",
        "Inject 'First call' from Control room to Policy team, IT team",
        "Deadline 'Early warning' runs until +1d 00:12 (Eerste melding)",
        "CISO decided: Ask for delay (no facts)",
        "Deadline 'Early warning' was moved by 1h to +1d 01:12 (Ask for delay)",
        "Mayor decided on 'Generator': Aansluiten",
        "Unknown: nobody knows (source: phone)",
        "Message to everyone: stand by",
        "facilitator rated 'Calls the authority.' M: too late",
        "To improve: slow. Action: Train (nobody yet, 2027-01-01)",
        "Correction of entry 2: typo",
    ]

    assert [line for line in wanted if line not in lines] == []


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        ("facilitator", "facilitator"),
        ("cell/gbt", "gbt"),
        ("observer/one", "observer one"),
        ("conductor", "the program"),
    ],
)
def test_actors_have_names(actor: str, name: str) -> None:
    """Also without the scenario."""
    assert who(actor) == name
