"""``resilience exercise list`` and ``purge``: groups and days are shown, and only what is overdue goes, once asked."""

import datetime as dt
import json
from pathlib import Path

import pytest

from resilience.cli.exercise import folder as exercise_folder
from resilience.exercise.keeping.folder import default_folder, exercises
from resilience.exercise.keeping.links import Links
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.cli.asking import Ask
from tests.unit.exercise.small_exercise import write_files

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command line, on a fixed day."""
    monkeypatch.setattr(exercise_folder, "_today", lambda: TODAY)
    return Ask(capsys)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four exercises: one to be kept, two overdue of which one has links and a survey, a rehearsal; a broken file."""
    place = default_folder()
    files = write_files(tmp_path / "files")
    days = {"kept": TODAY, "old": dt.date(2026, 1, 1), "older": dt.date(2025, 1, 1), "dry": None}
    for name, day in days.items():
        group = "Blue" if name == "kept" else ""
        Session.create(place / f"{name}.exercise", *files, group=group, keep_until=day, wall_source=lambda: 1).close()
    Links(place / "old.exercise").offer([Seat("spectator")])
    (place / "old.exercise.survey").write_text("what people thought", encoding="utf-8")
    (place / "broken.exercise").write_text("nothing", encoding="utf-8")
    return place


def test_list_shows_groups_and_days(ask: Ask, folder: Path) -> None:
    """What should be gone is marked with more than a colour, and in JSON as well."""
    del folder
    shown = {line.split()[0]: line for line in ask("exercise", "list").out.splitlines()[2:]}
    found = {Path(one["file"]).stem: one for one in json.loads(ask("exercise", "list", "--json").out)}

    assert {
        "kept": (shown["kept.exercise"].split()[2], shown["kept.exercise"].endswith(" 2026-11-25")),
        "old": shown["old.exercise"].endswith("▲ 2026-01-01"),
        "dry": shown["dry.exercise"].endswith("rehearsal"),
        "json": {name: (one["group"], one["keep_until"], one["overdue"]) for name, one in found.items()},
    } == {
        "kept": ("Blue", True),
        "old": True,
        "dry": True,
        "json": {
            "kept": ("Blue", "2026-11-25", False),
            "old": ("", "2026-01-01", True),
            "older": ("", "2025-01-01", True),
            "dry": ("", None, False),
            "broken": (None, None, False),
        },
    }


def test_purge_removes_what_is_overdue_only(ask: Ask, folder: Path) -> None:
    """With its links and its survey; a second time there is nothing left to remove."""
    said = ask("exercise", "purge", "--yes")
    again = json.loads(ask("exercise", "purge", "--json").out)

    assert (said.code, said.out.splitlines()[-1], again, sorted(path.name for path in folder.iterdir())) == (
        0, "2 exercises removed", {"removed": []}, ["broken.exercise", "dry.exercise", "kept.exercise"],
    )  # fmt: skip


def test_purge_asks_first(ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No is no; where nobody can say yes, it says how."""
    alone = ask("exercise", "purge")
    monkeypatch.setattr("resilience.cli.terminal.require_terminal", lambda _missing, _without: None)
    monkeypatch.setattr("click.confirm", lambda _question, **_how: False)
    refused = ask("exercise", "purge")

    assert (alone.code, alone.err, refused.out.splitlines()[-1], len(list(folder.glob("*.exercise")))) == (
        2, "resilience: error: somebody must say yes: give --yes\n", "0 exercises removed", 5,
    )  # fmt: skip


def test_purge_leaves_what_somebody_conducts(ask: Ask, folder: Path) -> None:
    """The others go; that one is named, and the command fails."""
    with Session.open(folder / "old.exercise"):
        said = ask("exercise", "purge", "--yes")

    assert (said.code, "old.exercise" in said.err, {one.path.stem for one in exercises(folder)}) == (
        1, True, {"broken", "dry", "kept", "old"},
    )  # fmt: skip
