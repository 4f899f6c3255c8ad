"""``resilience exercise fork``: another file that stands at the moment asked for, or one sentence why not."""

import json
from pathlib import Path

import pytest

from tests.cli.asking import Ask
from tests.unit.exercise.small_exercise import new_session


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """The command line."""
    return Ask(capsys)


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """An exercise of an hour, ended."""
    path = tmp_path / "a.exercise"
    with new_session(tmp_path, path)[0] as session:
        session.start()
        session.jump(60)
        session.end()
    return path


@pytest.mark.parametrize(
    ("words", "minute"),
    [
        (["--at", "00:30"], 30),
        (["--at", "45"], 45),
        (["--at", "+1h"], 60),
        (["--at", "0d 00:10"], 10),
        (["--before", "4"], 12),
    ],
)
def test_a_fork_stands_where_it_was_asked(ask: Ask, played: Path, words: list[str], minute: int) -> None:
    """Beside the original under a free name; what is said is how to go on; the original is not touched."""
    before = played.read_bytes()
    said = ask("exercise", "fork", played, *words, "--json")
    again = ask("exercise", "fork", played, *words)
    files = [played.with_name(f"a-{number}.exercise") for number in (2, 3)]

    assert {
        "codes": (said.code, again.code),
        "json": json.loads(said.out),
        "how": again.out.splitlines()[1],
        "sound": ask("exercise", "verify", files[0]).code,
        "original": played.read_bytes() == before,
    } == {
        "codes": (0, 0),
        "json": {"file": str(files[0]), "from": str(played), "minute": minute},
        "how": f"go on with: resilience exercise resume {files[1]}",
        "sound": 0,
        "original": True,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "give --at or --before, one of the two"),
        (["--at", "5", "--before", "5"], "give --at or --before, one of the two"),
        (["--at", "noon"], "'noon' is not a moment of an exercise: write 02:30, 2d 14:30, 2h30m or whole minutes"),
        (["--at", "25:00"], "'25:00' is not a moment"),
        (["--at", "5h"], "+05:00 was not played: give a moment from +00:00 to +01:00"),
        (["--before", "900"], "entry 900 is not in this log, or comes after ENDEX"),
        (["--at", "5", "--out", "TAKEN"], "there is already a file here"),
    ],
)
def test_a_fork_that_cannot_be_made_is_one_line(ask: Ask, played: Path, words: list[str], said: str) -> None:
    """What is wrong and what would do; exit code 2, and no file."""
    taken = played.with_name("taken.exercise")
    taken.write_text("mine", encoding="utf-8")
    found = ask("exercise", "fork", played, *(str(taken) if word == "TAKEN" else word for word in words))

    files = sorted(path.name for path in played.parent.glob("*.exercise"))
    assert (found.code, said in found.err, len(found.err.splitlines()), files) == (
        2, True, 1, ["a.exercise", "taken.exercise"],
    )  # fmt: skip
