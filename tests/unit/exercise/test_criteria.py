"""What the log says of how teams worked: each criterion by the entries that it counts."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from resilience.exercise.evaluation.criteria import Criterion, criteria
from resilience.exercise.public_messages import PublicText
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import MINUTE, new_session

Played = tuple[Session, CountedWall]


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    """An exercise that has just started; the first report comes at minute 12, the counter falls at 30."""
    session, wall = new_session(tmp_path)
    session.start()
    yield session, wall
    session.close()


def to(played: Played, minute: int) -> Session:
    """Let the clock run to *minute*."""
    session, wall = played
    wall.now = MINUTE * (minute + 1)
    session.tick()
    return session


def measured(session: Session) -> dict[str, Criterion]:
    """Return every criterion by its key."""
    state = session.state
    found = criteria(session.city, session.scenario, state, session.trace, state.last_minute)
    return {one.key: one for one in found}


def results(session: Session, *keys: str) -> dict[str, str]:
    """Return the results of some criteria."""
    found = measured(session)
    return {key: found[key].result for key in keys}


def test_what_nobody_did_is_not_met_or_for_the_observer(played: Played) -> None:
    """An hour without a word: what can be measured is not met, what needs eyes stays with the observer."""
    found = measured(to(played, 75))
    by_result: dict[str, list[str]] = {}
    for one in found.values():
        by_result.setdefault(one.result, []).append(one.key)

    assert by_result == {
        "not_met": ["meeting", "foresight", "in-time", "partners", "public", "learning"],
        "observer": ["scaling", "contradictions", "priority", "perspective", "vulnerable", "endurance", "ending"],
        "nothing": ["picture", "unknowns", "sources", "bob", "values", "clocks", "offline"],
    }


def test_a_team_that_works_well_leaves_it_in_the_log(played: Played) -> None:
    """Every criterion that the log can measure, met by the entries of one good hour."""
    to(played, 14).note("server on battery", source="grid", cell="it", about="web", says="at_risk")
    session = to(played, 15)
    session.note("cause", status="unknown", source="-", cell="gbt")
    session.decide(
        "open-hall", "connect", who="mayor", values={"trust": "we can explain it"}, owner="crew", by="16:00",
        told="everybody",
    )  # fmt: skip
    draft = session.draft_public(PublicText("The counter may close", ("pamflet",), "gbt"), cell="it")
    session.release_public(draft.seq, cell="gbt")
    session.scale("GRIP 1", "more teams")
    session.add_finding("improvement", "x", action="y", owner="desk", by=dt.date(2027, 1, 1))

    assert results(
        to(played, 60), "meeting", "unknowns", "sources", "bob", "values", "clocks", "public", "offline", "learning",
        "scaling",
    ) == dict.fromkeys(
        ("meeting", "unknowns", "sources", "bob", "values", "clocks", "public", "offline", "learning", "scaling"), "met"
    )  # fmt: skip


def test_what_is_foreseen_must_be_written_before_it_falls(played: Played) -> None:
    """A warning at minute 20 is foresight, the same words at minute 40 are not."""
    to(played, 40).note("it will fall", cell="it", about="web", says="at_risk")
    late = results(to(played, 50), "foresight", "picture")

    assert late == {"foresight": "not_met", "picture": "not_met"}


def test_the_hour_counts_from_the_first_report(played: Played) -> None:
    """Minute 72 is sixty minutes after the report of minute 12: in time; a minute later is not."""
    session = to(played, 72)
    in_time = session.task("call", cell="gbt").minute
    first = measured(session)["meeting"]
    session.draft_public(PublicText("x", ("pamflet",), "gbt"), cell="it")
    session = to(played, 73)
    session.release_public(session.state.last_seq, cell="gbt")

    assert (in_time, first.result, measured(session)["public"].result) == (72, "met", "not_met")


def test_a_message_that_waits_was_not_sent(played: Played) -> None:
    """A draft in time without a second pair of eyes counts for nothing."""
    session = to(played, 15)
    session.draft_public(PublicText("x", ("pamflet",), "gbt"), cell="it")

    assert results(session, "public", "offline") == {"public": "not_met", "offline": "nothing"}
