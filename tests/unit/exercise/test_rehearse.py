"""The dry run: everything is sent, everything is decided, and the same choices give the same log."""

from pathlib import Path

import pytest

from resilience.base.language import set_language
from resilience.base.problems import InputError, RunError
from resilience.exercise.events import Event
from resilience.exercise.keeping.verification import verify
from resilience.exercise.rehearse import rehearse
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import MINUTE, new_session, write_files


def hashes(events: tuple[Event, ...]) -> list[str]:
    """Return the content chain."""
    return [event.content_hash for event in events]


def test_a_rehearsal_plays_the_whole_scenario(tmp_path: Path) -> None:
    """Every inject but the shelf's goes out at its minute, and every decision point takes its default in time."""
    with rehearse(*write_files(tmp_path)) as session:
        state = session.state
        assert {
            "sent": [(one.inject, one.minute) for one in state.sent.values()],
            "decided": [(one.point, one.option, one.minute) for one in state.decisions],
            "phase": state.phase,
            "minute": session.minute(),
            "agenda": {line.inject.id for line in session.agenda() if line.status != "sent"},
        } == {
            "sent": [("first-call", 12), ("it-only", 20), ("counter-down", 36), ("late-call", 180)],
            "decided": [("open-hall", "wait", 30), ("close-counter", "keep", 120)],
            "phase": "ended",
            "minute": 600,
            "agenda": {"rumour"},
        }


def test_the_same_choices_give_the_same_content_chain(tmp_path: Path) -> None:
    """Whatever the language of the screen and the place of the file; another seed or choice gives another chain."""
    files = write_files(tmp_path)
    chains = []
    for number, (seed, language, choices) in enumerate(
        [(0, "nl", {}), (0, "en", {}), (1, "nl", {}), (0, "nl", {"open-hall": "connect"})]
    ):
        set_language("nl" if language == "nl" else "en")
        path = tmp_path / f"{number}.exercise" if number else None
        with rehearse(*files, seed=seed, path=path, choices=choices) as session:
            chains.append(hashes(session.state.events))

    assert (chains[0] == chains[1], len({chain[-1] for chain in chains})) == (True, 3)


def test_playing_by_hand_gives_the_same_chain(tmp_path: Path) -> None:
    """Two people who do the same at the same exercise minutes have equal content chains, at any pace."""
    chains = []
    for pace in (1, 7):
        session, wall = new_session(tmp_path)
        session.start()
        for _step in range(140 // pace):
            wall.now += pace * MINUTE
            session.tick()
        session.note("we know", cell="gbt")
        session.end()
        chains.append(hashes(session.state.events))
        session.close()

    assert chains[0] == chains[1]


def test_a_kept_rehearsal_is_an_exercise_file(tmp_path: Path) -> None:
    """What was rehearsed into a file verifies and opens like any other."""
    path = tmp_path / "dry.exercise"
    with rehearse(*write_files(tmp_path), path=path) as session:
        trace = session.trace
    with Session.open(path, read_only=True) as again:
        assert (verify(path).faults, again.trace) == ((), trace)


def test_a_choice_that_is_no_option_ends_the_rehearsal(tmp_path: Path) -> None:
    """It is refused with the options that there are."""
    with pytest.raises(InputError, match="use one of: connect, wait"):
        rehearse(*write_files(tmp_path), choices={"open-hall": "nothing"})


def test_a_choice_for_no_decision_is_refused(tmp_path: Path) -> None:
    """A mistyped decision would give the defaults in silence, and the user would believe that he compared."""
    with pytest.raises(InputError, match="there is no decision nope: use one of: open-hall, close-counter"):
        rehearse(*write_files(tmp_path), choices={"nope": "x"})


@pytest.mark.parametrize("ends", [KeyboardInterrupt(), RunError("full")])
def test_a_rehearsal_that_does_not_end_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: BaseException
) -> None:
    """Half of one would look like an exercise that people played, and block the next try."""
    files = write_files(tmp_path / "files")
    path = tmp_path / "kept" / "dry.exercise"
    jump = Session.jump

    def broken(session: Session, minute: int) -> None:
        if minute > 100:
            raise ends
        jump(session, minute)

    monkeypatch.setattr(Session, "jump", broken)
    with pytest.raises(type(ends)):
        rehearse(*files, path=path)

    assert list(path.parent.iterdir()) == []


def test_a_rehearsal_never_removes_what_was_there(tmp_path: Path) -> None:
    """Only a file of its own is taken away."""
    files = write_files(tmp_path)
    path = tmp_path / "dry.exercise"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="there is already a file here"):
        rehearse(*files, path=path)

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_choice_changes_what_happens_next(tmp_path: Path) -> None:
    """With the generator, decided at 30, the counter is back after the restart lag; without it, after the repair."""
    files = write_files(tmp_path)
    back = []
    for option in ("connect", "wait"):
        with rehearse(*files, choices={"open-hall": option}) as session:
            back.append(session.trace.segments("web")[1])

    assert back == [(30, 41, 0), (30, 130, 0)]
