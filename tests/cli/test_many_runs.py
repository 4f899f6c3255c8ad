"""`montecarlo`, `question` and `measures` as a user asks them: what they show, write and refuse."""

import json
import signal
from pathlib import Path

import pytest

from resilience.cli.diagnostics import ExitCode
from resilience.cli.runs.many_runs import stoppable
from tests.cli.asking import Ask
from tests.packaging.project import ROOT

MINI = ROOT / "tests" / "data" / "mini"
TOWN, SCENARIO = MINI / "city", MINI / "scenario.yaml"


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


def test_montecarlo_shows_the_spread(ask: Ask) -> None:
    """That it is fiction, how many runs, that ranges are conventions, whether that was enough, and the tail."""
    said = ask("montecarlo", TOWN, SCENARIO, "--runs", "12")
    wanted = ("All of it is invented.", "in 12 runs", "conventions of this program", "P10", "past MTD",
              "Were there enough runs?", "The worst 5 per cent (1 run)")  # fmt: skip

    assert (said.code, [words for words in wanted if words not in said.out], said.err) == (ExitCode.OK, [], "")


def test_the_same_seed_gives_the_same_bytes(ask: Ask) -> None:
    """Also with another number of threads; another seed is another answer."""
    first = ask("montecarlo", TOWN, SCENARIO, "--runs", "8", "--json")
    second = ask("montecarlo", TOWN, SCENARIO, "--runs", "8", "--json", "--threads", "2")

    assert (first.code, first.out) == (ExitCode.OK, second.out)
    assert json.loads(first.out)["runs"] == 8


def test_pages_are_written(ask: Ask, tmp_path: Path) -> None:
    """Each page opens without a network and holds the answer."""
    spread, agenda = tmp_path / "spread.html", tmp_path / "agenda.html"
    codes = [
        ask("montecarlo", TOWN, SCENARIO, "--runs", "6", "--fixed", "--out", spread).code,
        ask("question", TOWN, SCENARIO, "--runs", "100", "--out", agenda).code,
    ]

    assert (codes, [page.read_text(encoding="utf-8")[:15] for page in (spread, agenda)]) == (
        [ExitCode.OK] * 2,
        ["<!doctype html>"] * 2,
    )


def test_a_map_without_measures_is_refused(ask: Ask) -> None:
    """One sentence says what is missing and where it goes."""
    said = ask("measures", TOWN, SCENARIO, "--budget", "100")

    what = "resilience: error: the map of Havendam names no measures: "
    repair = "add them under measures in the file of an organisation\n"
    assert (said.code, said.out, said.err) == (ExitCode.BAD_INPUT, "", what + repair)


def test_the_first_interruption_asks_to_stop_and_the_second_ends() -> None:
    """What is done is kept the first time."""
    before = signal.getsignal(signal.SIGINT)
    with stoppable() as stop:
        signal.raise_signal(signal.SIGINT)
        first = stop.asked
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert (first, signal.getsignal(signal.SIGINT)) == (True, before)
