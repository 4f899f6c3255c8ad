"""`resilience scenario`: list, check, show and options."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from resilience.cli import diagnostics
from resilience.cli.main import cli
from scenarios.catalogue import bundled_scenarios
from scenarios.loader import read_scenario, scenario_text

NAME = "zwart-scherm"


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Ask:
    """Runs the command line as a user does, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str, lang: str = "en") -> Said:
        """Run one command."""
        words = ["--lang", lang, "scenario", *arguments]
        code = diagnostics.run(lambda: cli.main(words, prog_name="resilience", standalone_mode=False))
        return Said(int(code), *self.capsys.readouterr())

    def json(self, *arguments: str) -> Any:
        """Return the JSON that a command writes."""
        return json.loads(self(*arguments, "--json").out)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line."""
    return Ask(capsys)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A copy of the bundled scenario in which one component is mistyped."""
    copy = tmp_path / "eigen.yaml"
    copy.write_text(
        scenario_text(NAME).replace("ids: [utrecht-website]", "ids: [utrecht-webside]", 1), encoding="utf-8"
    )
    return copy


def test_list_names_every_bundled_scenario_with_its_size(ask: Ask) -> None:
    """Whoever chooses sees how long it lasts and how much there is to play."""
    rows = ask.json("list")
    scenario = read_scenario(NAME)

    assert ([row["id"] for row in rows], rows[bundled_scenarios().index(NAME)]["injects"]) == (
        list(bundled_scenarios()),
        len(scenario.injects),
    )


@pytest.mark.parametrize(
    ("lang", "name"), [("nl", "Zwart scherm op het Stadskantoor"), ("en", "Black screen at City Hall")]
)
def test_list_speaks_the_language_asked_for(lang: str, name: str, ask: Ask) -> None:
    """The name of a scenario is in the language of the screen."""
    assert name in ask("list", lang=lang).out


@pytest.mark.parametrize("arguments", [("check", NAME), ("check", "utrecht", NAME)])
def test_check_says_that_a_scenario_is_right_and_for_which_city(arguments: tuple[str, ...], ask: Ask) -> None:
    """Without a city it is checked against the one that it names."""
    said = ask(*arguments)

    assert (said.code, said.err, said.out.startswith(f"{NAME} is right for utrecht: ")) == (0, "", True)


def test_check_names_every_fault_with_its_place_and_remedy(faulty: Path, ask: Ask) -> None:
    """One line per fault on stderr, nothing on stdout, exit code 2."""
    line = 1 + faulty.read_text(encoding="utf-8").split("utrecht-webside")[0].count("\n")
    said = ask("check", str(faulty))

    fault = (
        "incidents.ddos.effects#1.select.ids#1: component utrecht-webside does not exist: did you mean utrecht-website?"
    )

    assert said == (2, "", f"resilience: error: {faulty}:{line}:24: {fault}\n")


def test_an_unknown_scenario_is_answered_with_the_nearest_one(ask: Ask) -> None:
    """A typing error costs one look, not a search."""
    said = ask("show", "zwart-scerm")

    assert (said.code, said.out, "did you mean zwart-scherm?" in said.err) == (2, "", True)


def test_more_than_a_city_and_a_scenario_is_refused(ask: Ask) -> None:
    """Three names have no meaning."""
    assert ask("check", "a", "b", "c").code == 2


def test_show_is_what_a_facilitator_needs(ask: Ask) -> None:
    """Every inject and every decision with each of its options is in the overview."""
    shown = " ".join(ask("show", NAME, lang="nl").out.split())
    scenario = read_scenario(NAME)
    wanted = [option.name.nl for point in scenario.decisions for option in point.options]
    wanted += [point.title.nl for point in scenario.decisions]
    wanted += [cell.name.nl for cell in scenario.cells]

    assert [text for text in wanted if " ".join(text.split()) not in shown] == []


def test_show_says_that_it_is_an_exercise_and_fiction(ask: Ask) -> None:
    """A printed page that is found on a train cannot be taken for news."""
    lines = ask("show", NAME).out.splitlines()

    assert (lines[0], any("invented" in line for line in lines[:12])) == ("OEFENING - EXERCISE", True)


def test_show_puts_the_injects_in_order_of_time(ask: Ask) -> None:
    """Timed ones first, then those on a condition, then the shelf."""
    page = ask("show", NAME).out
    table = page[page.index("Injects by time") : page.index("Decision points")]
    first_words = [line.split()[0] for line in table.splitlines() if line.startswith(("+", "on the shelf"))]

    assert first_words == [*[word for word in first_words if word.startswith("+")], *["on"] * first_words.count("on")]


def test_show_as_json_is_the_whole_scenario(ask: Ask) -> None:
    """A program gets what the file says."""
    shown = ask.json("show", NAME)

    assert shown == json.loads(read_scenario(NAME).model_dump_json())


def test_options_writes_the_page_to_a_file(tmp_path: Path, ask: Ask) -> None:
    """The page names the command that makes it again, and stdout stays empty for a pipe."""
    out = tmp_path / "page.md"
    said = ask("options", NAME, "--out", str(out))
    page = out.read_text(encoding="utf-8")

    assert (said.code, said.out, f"resilience scenario options {NAME} --lang en --out {out}" in page) == (0, "", True)


def test_options_as_json_has_every_option_of_every_decision(ask: Ask) -> None:
    """For programs: the same numbers, not rounded."""
    rows = ask.json("options", NAME)
    scenario = read_scenario(NAME)

    assert {(row["decision"], option["option"]) for row in rows for option in row["options"]} == {
        (point.id, option.id) for point in scenario.decisions for option in point.options
    }
