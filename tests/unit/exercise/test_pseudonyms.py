"""What leaves the house names teams, roles and organisations, and numbers people; the log itself stays as it is."""

import datetime as dt
import json
from pathlib import Path

import pytest

from resilience.base.problems import InputError
from resilience.exercise.roles import a_role
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.cli.asking import Ask
from tests.unit.exercise.small_exercise import new_session

NAMES = ("Jansen", "De Vries", "Aicha", "Pieters")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An exercise in which people typed names where a function was asked for."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    with session:
        session.start()
        session.jump(20)
        session.decide("open-hall", "wait", who="Policy team", why="JANSEN says so", owner="Jansen")
        session.decide(None, None, who="Aicha de Groot", what="Call De  Vries", told="Grid company")
        session.task("ask Aicha de Groot", owner="de vries", cell="it")
        session.message("Jansenstraat is dark", played="Control room")
        with Session.open(path, seat=Seat("observer", "Pieters"), conduct=False, wall_source=wall) as observer:
            observer.rate_task("call-authority", "M", "Jansen's call was late")
        session.tick()
        session.add_finding("improvement", "slow", action="Train", owner="Pieters", by=dt.date(2027, 1, 1))
    return path


def everything(path: Path, seat: Seat, *, hidden: bool) -> tuple[str, ...]:
    """Return what this seat gets of the exercise, event by event."""
    with Session.open(path, seat=seat, read_only=True) as session:
        if hidden:
            session.hide_people()
        return tuple(json.dumps([event.actor, event.payload]) for event in session.state.events[1:])


def test_people_are_numbers_everywhere(path: Path) -> None:
    """One number for one person, in fields and in running text, whatever the capitals; no part of another word."""
    text = "\n".join(everything(path, Seat("facilitator"), hidden=True))

    assert {
        "left": [name for name in NAMES if name in text.replace("  ", " ").replace("Jansenstraat", "")],
        "same": [f"person {number}" in text for number in (1, 2, 3, 4, 5)],
        "in text": ('"why": "person 1 says so"' in text, "person 1's call" in text, '"what": "ask person 2"' in text),
        "kept": [name in text for name in ("Policy team", "Grid company", "Control room", "Jansenstraat")],
        "actor": '["observer/person 4"' in text,
    } == {
        "left": [],
        "same": [True, True, True, True, False],
        "in text": (True, True, True),
        "kept": [True, True, True, True],
        "actor": True,
    }


def test_a_cell_gets_no_more_than_before(path: Path) -> None:
    """What was hidden from a seat stays hidden."""
    gbt = Seat("cell", "gbt")

    assert len(everything(path, gbt, hidden=True)) == len(everything(path, gbt, hidden=False))


def test_the_log_is_not_touched(path: Path) -> None:
    """Names are hidden in what is shown only."""
    before = path.read_bytes()
    everything(path, Seat("facilitator"), hidden=True)

    assert (path.read_bytes() == before, "Jansen" in str(everything(path, Seat("facilitator"), hidden=False))) == (
        True, True,
    )  # fmt: skip


def test_pages_and_logs_can_go_without_names(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The after-action report and the log, as text and as JSON, each without one of the names."""
    ask, page = Ask(capsys), path.with_name("page.html")
    texts = [ask("exercise", "show", path, "--pseudonyms", *form).out for form in ((), ("--json",))]
    written = ask("report", "after-action", path, "--out", page, "--pseudonyms")
    texts.append(page.read_text(encoding="utf-8"))

    assert (written.code, [name for text in texts for name in NAMES if name in text.replace("Jansenstraat", "")]) == (
        0, [],
    )  # fmt: skip


@pytest.mark.parametrize("said", ["Dhr. Jansen", "mevrouw De Vries", "a.jansen@example.org", "Ms Smith"])
def test_a_person_is_refused_where_a_role_is_asked_for(said: str) -> None:
    """With what would do."""
    with pytest.raises(InputError, match="looks like a person: name the function, such as 'head of service desk'"):
        a_role(said, "the role")


def test_a_role_is_kept_on_one_line() -> None:
    """Without spaces too many; nothing stays nothing."""
    assert [a_role(said, "the role") for said in ("  head of   ICT ", "")] == ["head of ICT", ""]
