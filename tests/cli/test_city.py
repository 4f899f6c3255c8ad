"""`resilience city`: list, check, show and walk."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from city_model.catalogue import bundled_cities
from resilience.cli import diagnostics
from resilience.cli.city.group import city as city_group
from resilience.cli.main import cli
from tests.unit.city_model.small_city import SMALL


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Ask:
    """Runs the command line as a user does, in this process, in English."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str, lang: str = "en") -> Said:
        """Run one command."""
        words = ["--lang", lang, "city", *arguments]
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
def small(tmp_path: Path) -> Path:
    """The folder of the small city."""
    for name, content in SMALL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "small"


def test_list_names_every_bundled_city(ask: Ask) -> None:
    """The base layer is among them, as such."""
    rows = ask.json("list")

    assert {row["id"]: row["base_layer"] for row in rows} == {name: name == "nl" for name in bundled_cities()}
    assert [line.split()[0] for line in ask("list").out.splitlines()[2:]] == list(bundled_cities())


def test_check_says_how_big_the_map_is(ask: Ask, small: Path) -> None:
    """Without faults: the counts, and how much rests on assumptions."""
    assert ask("check", str(small)) == Said(
        0,
        "Small: no faults\n"
        "What           Number  Of which\n"
        "-------------  ------  --------------------------------------------------------\n"
        "organisations       2  2 run something\n"
        "components          4  facility 1, city function 1, infrastructure 1, service 1\n"
        "needs               6  0 assumed\n"
        "figures            16  0 assumed, of which 0 unknown\n"
        "access paths        2\n"
        "teams               1\n"
        "districts           1\n"
        "sources             1\n",
        "",
    )


def test_check_lists_every_fault_and_ends_with_two(ask: Ask, small: Path) -> None:
    """One line each on stderr, nothing on stdout."""
    town = small / "town.yaml"
    text = town.read_text(encoding="utf-8").replace(
        "[hall, grid]\n        kind: hosting", "[haal, grit]\n        kind: hosting"
    )
    town.write_text(text, encoding="utf-8")

    assert ask("check", str(small)) == Said(
        2,
        "",
        f"resilience: error: {town}:46:21: components.desk.needs#1.providers#1:"
        " the component 'haal' does not exist: did you mean hall?\n"
        f"resilience: error: {town}:46:27: components.desk.needs#1.providers#2:"
        " the component 'grit' does not exist: did you mean grid?\n",
    )


def test_check_gives_a_program_the_faults_as_json(ask: Ask, small: Path) -> None:
    """The exit code is the same, and stderr says how many there are."""
    (small / "access.yaml").write_text("paths: [\n", encoding="utf-8")
    said = ask("check", str(small), "--json")

    assert (said.code, said.err, json.loads(said.out)) == (
        2,
        f"resilience: error: 1 fault in {small}\n",
        {
            "city": str(small),
            "ok": False,
            "problems": [
                {
                    "file": f"{small}/access.yaml",
                    "line": 2,
                    "column": 1,
                    "path": "",
                    "what": "a bracket is opened and not closed, or a comma is missing",
                    "repair": "close it, or add the comma",
                }
            ],
        },
    )


def test_check_gives_a_program_the_counts_as_json(ask: Ask, small: Path) -> None:
    """The same counts as for people."""
    found = ask.json("check", str(small))

    assert (found["ok"], found["summary"]["components"], found["summary"]["running"]) == (True, 4, 2)


def test_show_a_component_with_every_figure_and_who_says_so(ask: Ask, small: Path) -> None:
    """A figure without its source would be taken for a fact."""
    assert ask("show", str(small), "hall").out == (
        "Town hall (hall), facility\n"
        "\n"
        "Field         Value   Certainty\n"
        "------------  ------  ---------\n"
        "organisation  town\n"
        "district      centre\n"
        "TLP           CLEAR\n"
        "\n"
        "Depends on:\n"
        "Need  What   When                   Buffer  For  Certainty\n"
        "----  -----  ---------------------  ------  ---  -----------------------\n"
        "grid  power  to run and to restart  4h           said by one side (talk)\n"
        "\n"
        "Is needed by:\n"
        "Component  What     For\n"
        "---------  -------  --------\n"
        "desk       hosting\n"
        "desk       data\n"
        "desk       place    fallback\n"
    )


def test_show_the_figures_of_a_component(ask: Ask, small: Path) -> None:
    """Three-point estimates, levels, fallback and backup each have their line."""
    lines = ask("show", str(small), "desk").out.splitlines()
    start = lines.index("") + 3

    assert [" ".join(line.split()) for line in lines[start : lines.index("", start)]] == [
        "organisation town",
        "operator town",
        "supplier grid-owner",
        "city functions care",
        "residents 5000 said by one side (talk)",
        "vulnerable residents 400 said by one side (talk)",
        "minimum level 60 said by one side (talk)",
        "repair 1h / 2h / 4h said by one side (talk)",
        "repair: team grid-crew",
        "backlog, per cent of the outage 50 said by one side (talk)",
        "level while catching up 70 said by one side (talk)",
        "fallback: level 30 said by one side (talk)",
        "backup a copy within reach of the system said by one side (talk)",
        "backup: kept on hall said by one side (talk)",
        "TLP CLEAR",
    ]


def test_show_an_organisation_with_its_roles(ask: Ask, small: Path) -> None:
    """What it owns, what it runs, what it supplies."""
    assert ask("show", str(small), "grid-owner").out == (
        "Grid operator (grid-owner), energy\n"
        "Runs the grid.\n"
        "\n"
        "Component  Name        Kind            Role\n"
        "---------  ----------  --------------  --------\n"
        "grid       Power grid  infrastructure  owns\n"
        "desk       Desk        service         supplies\n"
    )


def test_show_a_district_with_what_stands_in_it(ask: Ask, small: Path) -> None:
    """How many live there, and whose the components are."""
    assert ask("show", str(small), "centre").out == (
        "Centre (centre)\n"
        "residents: unknown\n"
        "\n"
        "Component  Name       Kind      Organisation  Residents\n"
        "---------  ---------  --------  ------------  ---------\n"
        "hall       Town hall  facility  Municipality\n"
    )


def test_show_a_year_needs_the_population_of_that_year(ask: Ask, small: Path) -> None:
    """A city that names no population cannot be counted for another year."""
    assert ask("show", str(small), "--year", "2030") == Said(
        2, "", "resilience: error: the map of Small does not say how many residents it has: "
        "add population to its city.yaml\n",
    )  # fmt: skip


def test_show_the_whole_city(ask: Ask, small: Path) -> None:
    """Its size, its functions, its organisations."""
    starts = [line.split("  ")[0] for line in ask("show", str(small)).out.splitlines()]

    assert [start for start in starts if start in {"Small", "care", "town", "grid", "grid-owner", "City function"}] == [
        "Small", "City function", "care", "grid-owner", "town",
    ]  # fmt: skip


def test_show_gives_a_program_everything(ask: Ask, small: Path) -> None:
    """Component, organisation and city each have their JSON."""
    hall, owner, whole = (ask.json("show", str(small), *item) for item in (["hall"], ["grid-owner"], []))

    assert (hall["needed_by"], owner["components"], whole["organisations"]) == (
        ["desk>hall+grid", "desk-data", "desk/fallback>hall+grid"],
        {"grid": ["organisation"], "desk": ["supplier"]},
        {"grid-owner": ["grid"], "town": ["hall", "desk"]},
    )


@pytest.mark.parametrize("command", ["show", "walk"])
def test_an_unknown_component_is_answered_with_those_that_may_be_meant(ask: Ask, small: Path, command: str) -> None:
    """Names nearly so written, and names that hold the word."""
    assert ask(command, str(small), "hal") == Said(
        2, "", "resilience: error: Small has no component or organisation 'hal': did you mean hall?\n"
    )


def test_a_name_like_no_other_is_answered_with_where_to_look(ask: Ask, small: Path) -> None:
    """Nothing is suggested that cannot be meant."""
    assert ask("show", str(small), "zzzz").err == (
        f"resilience: error: Small has no component or organisation 'zzzz': see resilience city show {small}\n"
    )


def test_walk_up(ask: Ask, small: Path) -> None:
    """What depends on the grid, what is lost first on top, why, and what is worked out elsewhere."""
    assert ask("walk", str(small), "grid", "--up").out == (
        "What depends on Power grid  Lost after  Because\n"
        "├─ desk  Desk               at once     hosting; data, carries 60 per cent;"
        " only its fallback needs this\n"
        "│  ├─ care  Care            at once     data\n"
        "│  └─ desk  Desk            at once     only its repair needs this (circle)\n"
        "└─ hall  Town hall          weakened    power, 20 per cent is left without it, buffer 4h\n"
        "   └─ desk  Desk            at once     hosting; data, carries 60 per cent;"
        " only its fallback needs this (see elsewhere)\n"
    )


def test_walk_down_as_json(ask: Ask, small: Path) -> None:
    """The same tree for a program."""
    found = ask.json("walk", str(small), "hall", "--down")

    assert found == {
        "city": "small",
        "direction": "down",
        "tree": {
            "component": "hall", "needs": [], "reach": "lost", "minutes": 0, "assumed": False, "why": "", "mark": "",
            "weakest": None, "through": [],
            "children": [
                {
                    "component": "grid", "needs": ["hall>grid"], "reach": "weakened", "minutes": None,
                    "assumed": False, "why": "power, 20 per cent is left without it, buffer 4h", "mark": "",
                    "weakest": None, "through": [], "children": [],
                }
            ],
        },
    }  # fmt: skip


def test_walk_from_the_end_of_the_chain_says_so(ask: Ask, small: Path) -> None:
    """An empty tree would look like a fault."""
    assert (ask("walk", str(small), "care").out, ask("walk", str(small), "grid", "--down").out) == (
        "Nothing in this map depends on care.\n",
        "grid depends on nothing in this map.\n",
    )


def test_walk_does_not_start_at_an_organisation(ask: Ask, small: Path) -> None:
    """It says where the components of the organisation are."""
    assert ask("walk", str(small), "town").err == (
        "resilience: error: 'town' is an organisation; a walk starts at a component:"
        f" see resilience city show {small} town\n"
    )


def test_an_unknown_city_is_one_sentence(ask: Ask) -> None:
    """With the nearest name, and exit code 2."""
    said = ask("check", "nll")

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("resilience: error: there is no city or folder called 'nll': did you mean nl? ")
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("command", sorted(city_group.commands))
def test_every_command_has_help_and_an_example(ask: Ask, command: str, lang: str) -> None:
    """A newcomer copies the example."""
    said = ask(command, "--help", lang=lang)

    assert (said.code, f"resilience city {command}" in said.out.splitlines()[-1]) == (0, True)


def test_a_real_process_ends_with_its_exit_code_and_no_traceback(small: Path) -> None:
    """The command as a user runs it: faults on stderr, exit code 2."""
    (small / "city.yaml").write_bytes(b"\xff\xfe\x00")
    program = "from resilience.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--lang", "en", "city", "check", str(small)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"resilience: error: {small}/city.yaml: this is not UTF-8 text (byte 0): save it as UTF-8\n",
    )
