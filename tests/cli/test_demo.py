"""``resilience demo``: the main job in one go, anywhere, without a terminal, a network or a home."""

import re
from pathlib import Path

import pytest

from city_model.loader import load_city
from city_model.summary import summarise
from tests.cli.asking import Ask, process

REPORTS = ["zwart-scherm-after-action.html", "zwart-scherm-cascade.html"]
NEXT = " exercise start utrecht zwart-scherm"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, and nothing that says where else to keep files."""
    place = tmp_path / "home"
    place.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(place))
    return place


@pytest.mark.full
def test_demo_in_an_empty_home_writes_two_reports_and_says_what_is_next(home: Path, tmp_path: Path) -> None:
    """From any folder, with nothing on stdin: two pages in resilience-output, nothing anywhere else."""
    here = tmp_path / "here"
    here.mkdir()
    said = process("demo", cwd=here, lang="nl")
    pages = {path.name: path.read_text(encoding="utf-8") for path in (here / "resilience-output").iterdir()}

    assert {
        "ended": (said.code, said.err),
        "steps": re.findall(r"(?m)^(\d)\. ", said.out),
        "named": [line.strip() for line in said.out.splitlines() if line.endswith(".html")],
        "last": said.out.splitlines()[-1].endswith(NEXT),
        "pages": {name: (text[:15].lower(), "OEFENING - EXERCISE" in text) for name, text in sorted(pages.items())},
        "elsewhere": [str(path) for path in [*home.rglob("*"), *here.iterdir()] if path.name != "resilience-output"],
        "english": [line for line in said.out.splitlines() if re.search(r"\b(the|of|and|that)\b", line)],
    } == {
        "ended": (0, ""),
        "steps": ["1", "2", "3", "4"],
        "named": [f"resilience-output/{name}" for name in reversed(REPORTS)],
        "last": True,
        "pages": dict.fromkeys(REPORTS, ("<!doctype html>", True)),
        "elsewhere": [],
        "english": [],
    }


@pytest.mark.full
def test_demo_speaks_english_and_counts_what_it_shows(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers are those of the map; an existing folder is used, and the reports in it are made anew."""
    monkeypatch.setattr("reports.html.render", lambda document, lang: f"<!doctype html><html lang={lang}>")
    (tmp_path / REPORTS[0]).write_text("old", encoding="utf-8")
    said = Ask(capsys)("demo", "--out", tmp_path)
    counts = summarise(load_city("utrecht"))
    numbers = [counts.components, counts.running, counts.needs, counts.assumed_figures, counts.figures]
    lines = said.out.splitlines()
    shown = [int(number) for number in re.findall(r"[0-9]+", lines[0])]

    assert (said.code, said.err, shown, lines[-1].endswith(NEXT)) == (0, "", [1, *numbers], True)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == dict.fromkeys(
        REPORTS, "<!doctype html><html lang=en>"
    )
