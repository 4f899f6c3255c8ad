"""`resilience city import` and `export` as a user meets them: previews, faults, files, exit codes."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from city_model.exchange.exporting import FORMATS
from city_model.exchange.importing import Form
from city_model.loader import load_city
from resilience.cli import diagnostics
from resilience.cli.city import exchange
from resilience.cli.main import cli
from tests.unit.exchange.folders import write_folder


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Ask:
    """Runs the command line in this process, in English."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        """Run one command of the group."""
        words = ["--lang", "en", "city", *map(str, arguments)]
        code = diagnostics.run(lambda: cli.main(words, prog_name="resilience", standalone_mode=False))
        return Said(int(code), *self.capsys.readouterr())

    def json(self, *arguments: object) -> Any:
        """Return the JSON that a command writes."""
        return json.loads(self(*arguments, "--json").out)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line."""
    return Ask(capsys)


def test_a_dry_run_shows_and_writes_nothing(ask: Ask, samples: Path, tmp_path: Path) -> None:
    """Counts, what was left behind and why; the folder does not come into being."""
    into = tmp_path / "nieuw"

    said = ask("import", samples / "open-exchange.xml", "--as", "archimate", "--into", into, "--dry-run")

    assert (said.code, said.err, into.exists()) == (0, "resilience: nothing was written: this was a dry run\n", False)
    assert said.out.startswith("Read as Open Exchange 3\n")
    assert re.search(r"^relations undecided +1$", said.out, re.MULTILINE)
    assert "undecided  Association  an association does not say who depends on whom" in said.out


def test_an_import_becomes_a_city_that_checks(ask: Ask, samples: Path, tmp_path: Path) -> None:
    """The folder passes `city check`, and the report stands beside the map."""
    into = tmp_path / "nieuw"

    said = ask("import", samples / "open-exchange.xml", "--as", "archimate", "--into", into, "--date", "2026-01-01")

    assert (said.code, said.err) == (0, f"resilience: 4 files are in {into}\n")
    assert sorted(path.name for path in into.iterdir()) == [
        "city.yaml", "eigenaar-onbekend.yaml", "gemeente-proef.yaml", "import-report.csv",
    ]  # fmt: skip
    assert ask("check", into).code == 0


def test_faults_end_with_two_and_write_nothing(ask: Ask, tmp_path: Path) -> None:
    """One line each, with the row; --skip-faults imports the rest with a warning."""
    folder = write_folder(tmp_path)
    table = tmp_path / "tabel.csv"
    table.write_text("name;kind\nNieuw;dienst\nFout;diensst\n", encoding="utf-8")
    before = (folder / "gemeente.yaml").read_text(encoding="utf-8")

    refused = ask("import", table, "--as", "csv", "--into", folder, "--map", "plain", "--owner", "gemeente-proef")
    untouched = (folder / "gemeente.yaml").read_text(encoding="utf-8") == before
    taken = ask("import", table, "--as", "csv", "--into", folder, "--map", "plain", "--owner", "gemeente-proef",
                "--skip-faults")  # fmt: skip

    fault = f"{table}: row 3, kind: 'diensst' is not one of the options: did you mean dienst · service?"
    assert (refused.code, untouched, refused.err.startswith(f"resilience: error: {fault}")) == (2, True, True)
    assert refused.err.endswith("leave that row out with --skip-faults\n")
    assert (taken.code, taken.err.startswith(f"resilience: warning: {fault}")) == (0, True)
    assert load_city(str(folder)).component_by_id["nieuw"].organisation == "gemeente-proef"


def test_json_holds_all_of_it(ask: Ask, samples: Path, tmp_path: Path) -> None:
    """A program gets every relation that was left, and what would be written."""
    said = ask.json(
        "import", samples / "softwarecatalogus.xml", "--as", "archimate", "--into", tmp_path / "x", "--dry-run"
    )

    assert (said["written"], said["relations"], [item["id"] for item in said["left"]], said["circles"]) == (
        [],
        {"need": 2, "owner": 1, "dropped": 1, "undecided": 2},
        ["id-k2", "id-k3", "id-k4"],
        1,
    )


def test_a_column_map_is_saved_to_be_edited(ask: Ask, samples: Path, tmp_path: Path) -> None:
    """What was recognised can be written out, and given back."""
    mine = tmp_path / "mijn.yaml"

    first = ask(
        "import", samples / "itop.csv", "--as", "csv", "--into", tmp_path / "x", "--dry-run", "--save-map", mine
    )
    second = ask("import", samples / "itop.csv", "--as", "csv", "--into", tmp_path / "x", "--map", mine, "--dry-run")

    assert (first.code, second.code, f"resilience: the column map is in {mine}\n" in first.err) == (0, 0, True)
    assert first.out == second.out
    assert first.out.startswith("Read with column map 'itop'; columns not used: Business criticity\n")


@pytest.mark.parametrize("form", ["archimate", "xlsx", "graphml", "gexf", "dot", "mermaid", "json"])
def test_a_file_is_written_whole(form: str, ask: Ask, tmp_path: Path) -> None:
    """Its place is the result; it goes through the view of the reader."""
    out = tmp_path / f"city.{form}"

    said = ask("export", "nl", "--format", form, "--out", out, "--select", "around=digid", "--for", "public")

    assert (said, out.stat().st_size > 500) == (Said(0, f"{out}\n", ""), True)


def test_what_was_exported_comes_in_again(ask: Ask, tmp_path: Path) -> None:
    """ArchiMate and our own tables find everything back: nothing new, nothing in conflict."""
    folder = write_folder(tmp_path)
    model, tables = tmp_path / "city.xml", tmp_path / "tables"
    ask("export", folder, "--format", "archimate", "--out", model)
    ask("export", folder, "--format", "csv", "--out", tables)

    found = [
        ask.json("import", model, "--as", "archimate", "--into", folder, "--dry-run"),
        ask.json("import", tables / "components.csv", "--as", "csv", "--into", folder, "--dry-run"),
        ask.json("import", tables / "needs.csv", "--as", "csv", "--into", folder, "--dry-run"),
    ]

    assert [(item["new"], item["changes"], item["conflicts"], item["faults"]) for item in found] == [
        ([], [], [], [])
    ] * 3


def test_the_data_set_fills_a_folder(ask: Ask, tmp_path: Path) -> None:
    """Tables, JSON and the description; the licence can be chosen, an unknown one is refused."""
    out = tmp_path / "open"

    said = ask("export", "nl", "--format", "dataset", "--out", out, "--licence", "cc0", "--publisher", "Gemeente Proef")
    wrong = ask("export", "nl", "--format", "dataset", "--out", out, "--licence", "vrij")

    assert (said.code, sorted(path.name for path in out.iterdir())) == (
        0,
        [
            "city.json",
            "components.csv",
            "dataset.jsonld",
            "impact.csv",
            "needs.csv",
            "organisations.csv",
            "sources.csv",
        ],
    )
    assert wrong == Said(
        2, "", "resilience: error: 'vrij' is not a licence: write cc0, cc-by, cc-by-sa or an address\n"
    )


def test_an_export_takes_no_names_of_people_along(ask: Ask, tmp_path: Path) -> None:
    """The contacts that a city keeps beside its map stay there."""
    folder = write_folder(tmp_path)
    book = "organisations:\n  gemeente-proef:\n    - {role: {nl: CISO, en: CISO}, phone: '06'}\n"
    (folder / "contacts.local.yaml").write_text(book, encoding="utf-8")
    out = tmp_path / "city.json"

    code = ask("export", folder, "--format", "json", "--out", out).code

    assert load_city(str(folder), contacts=True).organisations[0].contacts[0].phone == "06"
    assert (code, "CISO" in out.read_text(encoding="utf-8")) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["--format", "csv", "--out", "FILE"],
            "this format makes a folder, and this is a file: give a folder with --out",
        ),
        (
            ["--format", "dot", "--out", "FOLDER"],
            "this format makes a file, and this is a folder: give a file with --out",
        ),
        (["--format", "yaml", "--out", "FOLDER"], "this folder is not empty: give a new folder"),
    ],
)
def test_a_place_that_does_not_fit_is_refused(arguments: list[str], says: str, ask: Ask, tmp_path: Path) -> None:
    """Nothing is overwritten that is something else; a city above all."""
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_text("x", encoding="utf-8")
    places = {"FILE": str(file), "FOLDER": str(file.parent)}
    words = [places.get(word, word) for word in arguments]

    said = ask("export", "nl", *words)

    assert said == Said(2, "", f"resilience: error: {words[-1]}: {says}\n")


def test_a_reader_that_does_not_exist_is_told(ask: Ask, tmp_path: Path) -> None:
    """With the one that may have been meant."""
    said = ask("export", "nl", "--format", "json", "--out", tmp_path / "x", "--for", "logiuss")

    assert (said.code, said.err) == (
        2, "resilience: error: there is no reader 'logiuss': did you mean logius?\n"
    )  # fmt: skip


def test_the_command_offers_what_the_exchange_can() -> None:
    """The lists in the help, which loads nothing, are those of the modules that do the work."""
    assert (exchange.FORMATS, set(exchange.FORMS)) == (FORMATS, set(get_args(Form)))
