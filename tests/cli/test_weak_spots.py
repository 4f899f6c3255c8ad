"""``resilience sweep`` and ``resilience rank`` as a user asks them, on a town small enough to check by hand."""

import contextlib
import json
import shutil
import signal
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from resilience.cli import output
from tests.cli.asking import Ask
from tests.packaging.project import ROOT

TOWN = ROOT / "tests" / "data" / "mini" / "city"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A copy of the town, to accept findings in."""
    return Path(shutil.copytree(TOWN, tmp_path / "town"))


def test_a_sweep_shows_losses_pairs_and_smallest_sets(ask: Ask) -> None:
    """Three parts, the worst first; long lists say how to see the rest."""
    said = ask("sweep", TOWN, "--order", "2", "--top", "1")
    lines = said.out.splitlines()
    heads = [line.split("  ")[0] for line in lines if line.startswith(("Lost", "Public safety,"))]

    assert (said.code, heads, sum("; --top shows" in line for line in lines)) == (
        0, ["Lost", "Lost together", "Public safety, below 80%:"], 2,
    )  # fmt: skip


@pytest.mark.parametrize("static", [False, True], ids=["in time", "without time"])
def test_the_same_question_gives_the_same_bytes(ask: Ask, tmp_path: Path, *, static: bool) -> None:
    """JSON and page alike, however many threads."""
    words: list[str | Path] = ["sweep", TOWN, "--order", "2", "--json", *(["--static"] if static else [])]
    answers = [ask(*words, "--threads", threads, "--out", tmp_path / f"{threads}.html").out for threads in ("1", "2")]
    pages = [(tmp_path / f"{threads}.html").read_bytes() for threads in ("1", "2")]

    assert (answers[0] == answers[1], pages[0] == pages[1], json.loads(answers[0])["static"]) == (True, True, static)


def test_another_level_gives_other_smallest_sets(ask: Ask) -> None:
    """``--below`` holds for every function."""
    said = json.loads(ask("sweep", TOWN, "--static", "--below", "100", "--json").out)

    assert {one["below"] for one in said["cut_sets"]["below"]} == {100}


def test_ctrl_c_keeps_what_is_done(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer says how far it came, and the command ends as one that was interrupted."""
    told = [0]

    @contextlib.contextmanager
    def interrupted(_label: str, _total: int) -> Iterator[Callable[[int], None]]:
        def done(steps: int) -> None:
            told[0] += steps
            if told[0] >= 12 and steps:
                told[0] = -(10**9)
                signal.raise_signal(signal.SIGINT)

        yield done

    monkeypatch.setattr(output, "progress", interrupted)
    said = ask("sweep", TOWN, "--order", "2")

    assert (said.code, "Stopped early: " in said.out, "what is done is kept" in said.err) == (130, True, True)


def test_the_first_page_names_the_worst_chain_once_and_counts_all(ask: Ask) -> None:
    """With its id, path, residents, certainty and owner."""
    said = ask("rank", TOWN, "--top", "1")
    first = said.out.split("\n\n")[1]

    assert (said.code, " 1 " in first, "path: " in first, "residents; " in first, "weakest link: " in first,
            "single-point" in said.out) == (0, True, True, True, True, True)  # fmt: skip


def test_an_accepted_weak_point_stands_last_with_who_took_it(ask: Ask, town: Path) -> None:
    """By the same id and file as any other finding."""
    before = json.loads(ask("rank", town, "--json").out)["weak_points"]
    worst = before[0]["id"]
    (town / "accepted.yaml").write_text(
        f"accepted:\n  - finding: '{worst}'\n    by: gemeentesecretaris\n    on: 2026-01-01\n    until: 2026-12-31\n"
        "    why: Daar is mee te leven.\n  - finding: single-point:nowhere\n    by: gemeentesecretaris\n"
        "    on: 2026-01-01\n    until: 2026-12-31\n    why: Is al gedaan.\n",
        encoding="utf-8",
    )
    said = json.loads(ask("rank", town, "--json", "--as-of", "2026-06-01").out)

    assert (said["weak_points"][-1]["id"], said["weak_points"][-1]["status"], len(said["weak_points"]),
            [one["finding"] for one in said["accepted_and_not_found"]]) == (
        worst, "accepted", len(before), ["single-point:nowhere"],
    )  # fmt: skip


def test_the_register_holds_the_weak_points_too(ask: Ask, town: Path, tmp_path: Path) -> None:
    """What rank finds and lint does not stands in the workbook, once."""
    target = tmp_path / "risks.xlsx"
    ask("city", "register", town, "--out", target)
    page = openpyxl.load_workbook(BytesIO(target.read_bytes())).worksheets[0]
    ids = [str(row[0].value) for row in page.iter_rows(min_row=2)]
    ranked = [one["id"] for one in json.loads(ask("rank", town, "--json").out)["weak_points"]]

    assert (sorted(set(ranked) - set(ids)), len(ids) == len(set(ids))) == ([], True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rank", "--check", "single-points"], "no kind of weak point 'single-points': did you mean single-point?"),
        (["city", "lint", "--check", "crossroads"], "lets every component fail: see resilience rank "),
        (["sweep", "--order", "3"], "'3' is not one of '1', '2'"),
        (["sweep", "--below", "0"], "--below"),
        (["rank", "--hours", "0"], "--hours"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(ask: Ask, words: list[str], told: str) -> None:
    """With the remedy, and nothing on stdout."""
    command = words[:-2]
    said = ask(*command, TOWN, *words[-2:])

    assert (said.code, said.out, told in said.err) == (2, "", True), said.err


def test_the_page_of_weak_points_holds_chart_tables_and_limits(ask: Ask, tmp_path: Path) -> None:
    """In the language that was asked, without a request to anywhere."""
    page = tmp_path / "rank.html"
    ask("rank", TOWN, "--out", page, lang="nl")
    text = page.read_text(encoding="utf-8")
    wanted = ("Waar u het eerst iets aan doet", "Verloren inwoneruren, per oorzaak", "Een lijst met vragen")

    assert ([part for part in wanted if part not in text], '<html lang="nl"' in text) == ([], True)
