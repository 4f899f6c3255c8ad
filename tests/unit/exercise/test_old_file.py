"""A file that version 0.1.0 of this program wrote: it is read, checked and shown, and nothing in it changes."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from resilience.base.problems import InputError, RunError
from resilience.exercise.events import Draft, Kind
from resilience.exercise.keeping.store import FORMAT, Store
from resilience.exercise.keeping.verification import verify
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import new_session

WRITTEN = Path(__file__).parents[2] / "data" / "exercise" / "version-0.1.0.sqlite"
HASH = "b30554f2e85a2dfa11ef59ab6409997396176c6cf5191de6c16f529000082956"
"""Of the content, as that version showed it."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of that file."""
    return Path(shutil.copy(WRITTEN, tmp_path / "old.exercise"))


def format_of(path: Path) -> int:
    """Return the version of the format that the file says it has."""
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def test_an_old_file_is_read_and_left_as_it_is(old: Path) -> None:
    """All that was recorded is there, whole, and looking changes not a byte."""
    found = verify(old)
    with Session.open(old, read_only=True) as session:
        state = session.state
        shown = (len(state.sent), [one.option for one in state.decisions], [item.text for item in state.picture])

    assert (found.faults, found.content_hash, shown, old.read_bytes() == WRITTEN.read_bytes()) == (
        (), HASH, (1, ["connect"], ["dark"]), True,
    )  # fmt: skip


def test_an_old_exercise_is_not_played_on_by_other_rules(old: Path) -> None:
    """In one sentence that says which rules it was played by."""
    with Session.open(old) as session, pytest.raises(RunError, match="was played with version 1 of the engine's rules"):
        session.resume_clock()


def test_what_is_added_to_an_old_file_keeps_older_programs_out(old: Path) -> None:
    """They would not know every kind of event; the file then says so itself. Its chain goes on from the old one."""
    before = format_of(old)
    store = Store.open(old)
    store.transact(9, lambda _unseen: [Draft(Kind.SCALE, 12, "x", {"level": "GRIP 1", "reason": ""})], wall=10**9)
    store.close()

    assert (before, format_of(old), verify(old).faults, verify(old).events) == (1, FORMAT, (), 10)


def test_an_exercise_in_the_old_format_is_resumed(tmp_path: Path) -> None:
    """Where the rules are still the same, a file of the old format is played on."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    with session:
        session.start()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    with Session.open(path, wall_source=wall) as again:
        again.jump(30)
        sent = tuple(again.state.sent)

    assert (sent, format_of(path), verify(path).faults) == (("first-call", "it-only"), FORMAT, ())


def test_a_map_that_this_version_cannot_read_names_the_one_that_can(old: Path) -> None:
    """One sentence about the exercise: the map in it is a copy, and mending the file that it came from is no help."""
    connection = sqlite3.connect(old)
    connection.execute("DROP TRIGGER event_update")
    connection.execute("UPDATE event SET payload = replace(payload, 'functions:', 'tasks:') WHERE seq = 1")
    connection.commit()
    connection.close()

    with pytest.raises(InputError) as caught, Session.open(old, read_only=True) as session:
        session.scenario  # noqa: B018 - the map and the script are read when they are asked for

    [problem] = caught.value.problems
    assert (problem.file, "town/city.yaml" in problem.what, "0.1.0" in problem.repair) == (str(old), True, True)
