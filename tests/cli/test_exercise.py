"""``resilience exercise``: every command, its refusals, and what it writes for people and for programs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from resilience.base.problems import ResilienceError
from resilience.cli.exercise import group as commands
from resilience.cli.main import cli
from resilience.exercise import seated
from resilience.exercise.keeping.folder import default_folder
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import new_session, write_files


def ask(*arguments: str | Path) -> Result:
    """Return what ``resilience exercise ARGUMENTS`` did, in English."""
    words = ["--lang", "en", "exercise", *map(str, arguments)]
    return CliRunner().invoke(cli, words, prog_name="resilience", standalone_mode=False)


def refusal(*arguments: str | Path) -> str:
    """Return the one line with which the command is refused."""
    fault = ask(*arguments).exception
    assert isinstance(fault, ResilienceError | click.ClickException), fault
    return fault.format_message() if isinstance(fault, click.ClickException) else str(fault)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The small town and its scenario."""
    return write_files(tmp_path / "files")


@pytest.fixture
def finished(files: tuple[str, str], tmp_path: Path) -> Path:
    """A rehearsed exercise file."""
    path = tmp_path / "dry.exercise"
    ask("rehearse", *files, "--file", path)
    return path


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> list[Session]:
    """A terminal with a console that starts the exercise and leaves; returns the sessions that it was given."""
    opened: list[Session] = []

    def run(session: Session) -> None:
        opened.append(session)
        if session.state.phase == "prepared":
            session.start()

    fake: Any = ModuleType("tui.app")
    fake.run = run
    monkeypatch.setitem(sys.modules, "tui.app", fake)
    monkeypatch.setattr(commands, "_require_terminal", lambda _without: None)
    return opened


def test_rehearse_writes_the_whole_log(files: tuple[str, str]) -> None:
    """Every event on a line, below a heading that says that it is an exercise."""
    lines = ask("rehearse", *files).stdout.splitlines()

    assert (lines[0], len(lines), "Inject 'Counter is down' from Desk to Policy team" in lines[13]) == (
        "OEFENING - EXERCISE: Blackout (ended)", 18, True,
    )  # fmt: skip


def test_rehearse_repeats_itself(files: tuple[str, str]) -> None:
    """The same seed and options give the same content; another option another."""
    same = [json.loads(ask("rehearse", *files, "--json").stdout)["content_hash"] for _time in range(2)]
    other = json.loads(ask("rehearse", *files, "--choose", "open-hall=connect", "--json").stdout)["content_hash"]

    assert (same[0] == same[1], other in same) == (True, False)


def test_show_is_what_was_recorded(finished: Path) -> None:
    """For a program too: every event with its payload, without the frozen files; the file is left as it was."""
    before = finished.read_bytes()
    log = json.loads(ask("show", finished, "--json").stdout)
    kinds = [event["kind"] for event in log["events"]]

    assert {
        "head": [log[name] for name in ("exercise", "scenario", "city", "seed", "phase")],
        "first": sorted(log["events"][0]["payload"]),
        "ends": (kinds[0], kinds[-1], len(kinds)),
        "unchanged": finished.read_bytes() == before,
    } == {
        "head": [True, "blackout", "town", 0, "ended"],
        "first": ["city", "city_hash", "language", "name", "program", "scenario", "scenario_hash", "seed", "semantics"],
        "ends": ("created", "endex", 15),
        "unchanged": True,
    }


def test_show_works_for_an_exercise_of_other_rules(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that cannot be computed again is still shown, with ids where the names are not read."""
    monkeypatch.setattr(seated, "SEMANTICS_VERSION", 99)
    lines = ask("show", finished).stdout.splitlines()

    assert (lines[0], len(lines)) == ("OEFENING - EXERCISE: Blackout (ended)", 18)


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_show_for_a_cell_holds_only_its_own(finished: Path, form: list[str]) -> None:
    """A page for one cell says nothing of another, nor of what was planned."""
    text = ask("show", finished, "--cell", "gbt", *form).stdout
    secrets = ["GEHEIM", "SECRET", "close-counter", "it-only", "Openhouden"]

    assert ([word for word in secrets if word in text], "Wachten" in text or "Wait" in text) == ([], True)


def test_verify_says_that_a_file_is_sound(finished: Path) -> None:
    """With the hash to keep; the same in JSON."""
    text = ask("verify", finished).stdout.splitlines()
    found = json.loads(ask("verify", finished, "--json").stdout)

    assert (text, found["faults"], found["events"]) == (
        [f"{finished} is as it was written: 15 events", f"content hash: {found['content_hash']}"], [], 15,
    )  # fmt: skip


def test_verify_fails_on_a_changed_file(finished: Path) -> None:
    """What was changed is named; JSON is still written, and the command fails."""
    import sqlite3

    connection = sqlite3.connect(finished, isolation_level=None)
    connection.execute("DROP TRIGGER event_update")
    connection.execute("UPDATE event SET minute = 1 WHERE seq = 5")
    connection.close()
    result = ask("verify", finished, "--json")

    said = refusal("verify", finished)
    assert (len(json.loads(result.stdout)["faults"]), "the content of event 5 was changed" in said) == (2, True)


def test_start_keeps_the_exercise_and_resume_goes_on(files: tuple[str, str], console: list[Session]) -> None:
    """Without a file it goes into the user's folder, from which resume takes the last one and list shows all."""
    nothing = ask("list").stdout
    started = ask("start", *files, "--seed", "7")
    resumed = ask("resume")
    listed = json.loads(ask("list", "--json").stdout)
    kept = [str(path) for path in default_folder().iterdir()]

    assert {
        "nothing": "There are no exercises" in nothing,
        "codes": [started.exit_code, resumed.exit_code],
        "told": kept[0] in started.stderr,
        "same": [str(session.path) for session in console],
        "listed": [(one["file"], one["scenario"], one["phase"], one["fault"]) for one in listed],
        "seed": console[0].state.head.seed if console[0].state.head else None,
    } == {
        "nothing": True,
        "codes": [0, 0],
        "told": True,
        "same": kept * 2,
        "listed": [(kept[0], "blackout", "paused", None)],
        "seed": 7,
    }


def test_list_shows_a_broken_file_too(files: tuple[str, str], console: list[Session]) -> None:
    """One line for each; what cannot be read says why."""
    ask("start", *files)
    (default_folder() / "broken.exercise").write_text("x", encoding="utf-8")
    text = ask("list").stdout

    assert ("paused" in text, "this is not an exercise file" in text) == (True, True)


def test_resume_while_another_conducts_says_so(tmp_path: Path, console: list[Session]) -> None:
    """Two consoles on one exercise: the second follows."""
    path = tmp_path / "a.exercise"
    session = new_session(tmp_path, path)[0]
    busy = Session.open(path)
    told = ask("resume", path).stderr
    busy.close()
    session.close()

    assert "another process conducts this exercise" in told


def test_without_a_terminal_nothing_is_made(files: tuple[str, str]) -> None:
    """One sentence that names the way that needs none: to play, or to read what was played."""
    said = [refusal("start", *files), refusal("resume", "a.exercise"), refusal("resume"), refusal("train")]
    ways = [
        "use 'resilience exercise rehearse' to play without one",
        "'resilience exercise show a.exercise' shows the log",
        "'resilience exercise show FILE' shows the log",
        "read docs/tutorial/first-exercise.md to learn without one",
    ]

    assert (said, default_folder().exists()) == (
        [f"the console needs a terminal: {way}" for way in ways], False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals in the standard library")
def test_a_small_terminal_is_refused(files: tuple[str, str]) -> None:
    """The size that there is, and the size that is needed, in one line."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (20, 60))
    program = "from resilience.cli.main import main; main()"
    words = [sys.executable, "-c", program, "--lang", "en", "exercise", "start", *files]
    ended = subprocess.run(words, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)

    assert (ended.returncode, ended.stderr) == (
        2, "resilience: error: this terminal is 60x20: make it at least 80x24\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["resume"], "there is no exercise to resume"),
        (["join", "nowhere.exercise", "--as", "observer"], "each observer has a sheet of its own: name the role"),
        (["show", "nowhere.exercise"], "there is no such exercise file"),
        (["verify", "nowhere.exercise"], "there is no such exercise file"),
        (["rehearse", "utrecht", "nothing-like-it"], "there is no scenario nothing-like-it"),
        (["start", "CITY", "SCENARIO", "--seed", "-1"], "-1"),
        (["rehearse", "CITY", "SCENARIO", "--seed", "-1"], "-1"),
        (["rehearse", "CITY", "SCENARIO", "--choose", "nope=x"], "use one of: open-hall, close-counter"),
        (
            ["rehearse", "CITY", "SCENARIO", "--choose", "open-hall=wait", "--choose", "open-hall=connect"],
            "--choose names decision open-hall twice: give it once",
        ),
        (["rehearse", "CITY", "SCENARIO", "--choose", "open-hall"], "DECISION=OPTION"),
        (["rehearse", "CITY", "SCENARIO", "--choose", "open-hall=x"], "use one of: connect, wait"),
    ],
)
def test_mistakes_are_one_line(files: tuple[str, str], console: list[Session], arguments: list[str], said: str) -> None:
    """What is wrong and what to do; never a traceback."""
    places = {"CITY": files[0], "SCENARIO": files[1]}
    message = refusal(*(places.get(word, word) for word in arguments))

    assert (said in message, "\n" in message) == (True, False)


def test_a_rehearsal_overwrites_nothing(files: tuple[str, str], finished: Path) -> None:
    """A file that is there stays."""
    before = finished.read_bytes()
    said = refusal("rehearse", *files, "--file", finished)

    assert ("there is already a file here" in said, finished.read_bytes() == before) == (True, True)


def test_every_command_has_help_and_an_example() -> None:
    """In the group's list, and with a line to copy; a group of commands has one at each of them."""
    group, known = commands.exercise, click.Context(commands.exercise)
    names = group.list_commands(known)
    groups = [name for name in names if isinstance(group.get_command(known, name), click.Group)]
    single = set(names) - set(groups)
    without = [name for name in single if "Example: resilience exercise" not in ask(name, "--help").stdout]

    assert (sorted(single), groups, without) == (
        ["compare", "fork", "join", "list", "picture", "proposals", "propose", "purge", "rehearse", "resume", "serve",
         "show", "start", "survey", "train", "verify"],
        ["actions", "public"],
        [],
    )  # fmt: skip


def test_compare_shows_what_decisions_changed_and_how_groups_fared(files: tuple[str, str], tmp_path: Path) -> None:
    """One file: a line for each decision with effects and one for none at all; two: what each function lost in both."""
    one, other = (str(tmp_path / f"{name}.exercise") for name in ("one", "other"))
    for file in (one, other):
        ask("rehearse", *files, "--file", file)
    alone, both = (
        json.loads(ask("compare", one, "--json").stdout),
        json.loads(ask("compare", one, other, "--json").stdout),
    )

    assert [row["decision"] is None for row in alone] == [*[False] * (len(alone) - 1), True]
    assert (len(alone) > 1, both[one]) == (True, both[other])
    assert ask("compare", one, other).stdout.splitlines()[-1].split()[0] == "together"
