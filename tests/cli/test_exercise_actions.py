"""``resilience exercise actions``: from finding to repaired, and what is told when the next exercise starts."""

import csv
import datetime as dt
import io
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from resilience.cli.exercise import group as commands
from resilience.exercise.session import Session
from tests.cli.test_exercise import ask, refusal
from tests.unit.exercise.small_exercise import new_session, write_files


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """An exercise with an action that is long overdue, one without owner, and a finding without an action."""
    path = tmp_path / "played.exercise"
    session, _wall = new_session(tmp_path, path)
    session.start()
    session.add_finding(
        "improvement", "Nobody knew", action="Write it down", owner="desk", by=dt.date(2020, 1, 1)
    )  # fmt: skip
    session.add_finding("improvement", "No torch", action="Buy one")
    session.add_finding("improvement", "It took long")
    session.close()
    return path


def test_findings_become_actions_with_an_end(played: Path) -> None:
    """Take them in, name who does it, close them; the list shows what is open, overdue first."""
    taken = ask("actions", "take", played)
    changed = ask("actions", "change", "2", "--owner", "facilities", "--by", "2099-01-01")
    listed = [line.split("  ")[0].strip() for line in ask("actions", "list").stdout.splitlines()[2:]]
    closed = ask("actions", "close", "1", "--note", "seen")
    left = json.loads(ask("actions", "list", "--json").stdout)

    assert {
        "taken": taken.stdout.count(": open"),
        "told": [line.partition(": ")[2][:9] for line in taken.stderr.splitlines()],
        "changed": changed.stdout,
        "closed": ": done" in closed.stdout,
        "listed": len(listed),
        "left": [(one["number"], one["owner"], one["overdue"], one["finding"]) for one in left],
    } == {
        "taken": 2,
        "told": ["1 finding", "without o"],
        "changed": "action 2, due 2099-01-01: Buy one (facilities), from 'Stroomuitval': open\n",
        "closed": True,
        "listed": 2,
        "left": [(2, "facilities", False, "No torch")],
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_the_annual_report_gets_the_list_as_a_file(played: Path, tmp_path: Path, kind: str) -> None:
    """Every action with its finding and its exercise, in the form that the name of the file asks for."""
    ask("actions", "take", played)
    out = tmp_path / f"actions.{kind}"
    ask("actions", "list", "--all", "--out", out)
    if kind == "csv":
        found = [row[1] for row in csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")), delimiter=";")][1:]
    elif kind == "json":
        found = [one["action"] for one in json.loads(out.read_text(encoding="utf-8"))]
    else:
        openpyxl = pytest.importorskip("openpyxl")
        found = [row[1].value for row in openpyxl.load_workbook(out).active.iter_rows(min_row=2)]

    assert found == ["Write it down", "Buy one"]


def test_what_is_overdue_is_told_when_the_next_exercise_starts(
    played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line each, before the console opens."""
    fake: Any = ModuleType("tui.app")
    fake.run = Session.start
    monkeypatch.setitem(sys.modules, "tui.app", fake)
    monkeypatch.setattr(commands, "_require_terminal", lambda _without: None)
    ask("actions", "take", played)
    told = ask("start", *write_files(tmp_path / "files")).stderr.splitlines()

    assert [line for line in told if "overdue" in line] == [
        "resilience: overdue: action 1, due 2020-01-01: Write it down (desk), from 'Stroomuitval'"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Call", "--owner", "mevr. Bakker"), "looks like a person"),
        (("add", "Call", "--finding", "3"), "--finding needs --exercise"),
        (("change", "7", "--owner", "desk"), "there is no action 7"),
        (("list", "--out", "list.doc"), "use one of: .csv, .xlsx, .json"),
    ],
)
def test_mistakes_are_said_in_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    """With the remedy in it."""
    assert said in refusal("actions", *arguments)
