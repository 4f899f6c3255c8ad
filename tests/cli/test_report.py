"""``resilience report``: pages written from the command line."""

from pathlib import Path

import pytest

from resilience.base.language import set_language
from resilience.cli.diagnostics import ExitCode, run
from resilience.cli.main import cli
from tests.unit.exercise.small_exercise import new_session, write_files


@pytest.fixture(autouse=True)
def in_english(own_environment: None) -> None:
    """Messages are compared in English here."""
    set_language("en")


def report(*arguments: object) -> int:
    """Run ``resilience report`` in English and return its exit code."""
    words = ["--lang", "en", "report", *(str(argument) for argument in arguments)]
    return run(lambda: cli.main(words, prog_name="resilience", standalone_mode=False))


def test_a_cascade_becomes_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is written, stdout stays empty, and stderr says where it is."""
    city, scenario = write_files(tmp_path)
    out = tmp_path / "cascade.html"
    code = report("cascade", city, scenario, "--out", out)

    said = capsys.readouterr()
    head = out.read_text(encoding="utf-8")[:400].splitlines()
    assert (code, said.out, said.err, head[:2]) == (
        ExitCode.OK,
        "",
        f"resilience: the report is in {out}\n",
        ["<!doctype html>", '<html lang="en">'],
    )


def test_a_cascade_for_a_reader_says_for_whom_it_is(tmp_path: Path) -> None:
    """Only the page for another reader says so, and how much is hidden."""
    city, scenario = write_files(tmp_path)
    said = []
    for reader in ("officer", "public"):
        report("cascade", city, scenario, "--out", tmp_path / "page.html", "--for", reader)
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        said.append(("For everybody" in page, "Hidden: nothing, or fewer than a hundred parts." in page))

    assert said == [(False, False), (True, True)]


def test_the_same_input_and_seed_give_the_same_page(tmp_path: Path) -> None:
    """Byte for byte; another seed draws another repair and gives another page."""
    city, scenario = write_files(tmp_path)
    pages = []
    for seed in (3, 3, 4):
        report("cascade", city, scenario, "--out", tmp_path / "page.html", "--seed", seed)
        pages.append((tmp_path / "page.html").read_bytes())

    assert (pages[0] == pages[1], pages[1] == pages[2]) == (True, False)


def test_an_exercise_becomes_one_page(tmp_path: Path) -> None:
    """An exercise file is read and left as it was."""
    path = tmp_path / "town.exercise"
    session, _wall = new_session(tmp_path, path)
    session.start()
    session.end()
    session.close()
    before, out = path.read_bytes(), tmp_path / "report.html"
    code = report("after-action", path, "--out", out)

    assert (code, path.read_bytes() == before, "OEFENING - EXERCISE" in out.read_text(encoding="utf-8")) == (
        ExitCode.OK,
        True,
        True,
    )


def test_a_report_never_replaces_the_exercise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Writing onto the exercise file would lose it, so that is refused in one sentence."""
    path = tmp_path / "town.exercise"
    session, _wall = new_session(tmp_path, path)
    session.close()
    before = path.read_bytes()
    code = report("after-action", path, "--out", path)

    assert (code, path.read_bytes() == before, capsys.readouterr().err) == (
        ExitCode.BAD_INPUT,
        True,
        f"resilience: error: {path}: the report would replace the exercise itself: give another file with --out\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["cascade", "nowhere", "blackout", "--out", "x.html"], id="no such city"),
        pytest.param(["after-action", "missing.exercise", "--out", "x.html"], id="no such exercise"),
        pytest.param(["cascade", "town"], id="no scenario"),
        pytest.param(["cascade", "utrecht", "zwart-scherm", "--for", "nobody", "--out", "x.html"], id="no such reader"),
        pytest.param(["partner", "nl", "nobody", "--out", "x.html"], id="no such partner"),
    ],
)
def test_faults_are_one_line(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A user's mistake gives a line that says what is wrong, no page and no traceback."""
    monkeypatch.chdir(tmp_path)
    code = report(*arguments)

    said = capsys.readouterr().err
    assert (
        code != ExitCode.OK,
        said.startswith("resilience: error: "),
        said.count("\n"),
        list(tmp_path.iterdir()),
    ) == (
        True,
        True,
        1,
        [],
    )
