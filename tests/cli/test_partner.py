"""`resilience city copy, pack, merge, redact`: what partners get, what they send back, what a reader may keep."""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from city_model.loader import load_city
from city_model.partner import sheets
from resilience.cli import diagnostics
from resilience.cli.main import cli
from tests.unit.partner.partner_city import TEXTS

BUFFER = "netbeheer | operatiekamer>net | others buffer"


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Ask:
    """Runs the command line as a user does, in this process, in English."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path) -> Said:
        """Run one command."""
        words = ["--lang", "en", "city", *map(str, arguments)]
        code = diagnostics.run(lambda: cli.main(words, prog_name="resilience", standalone_mode=False))
        return Said(int(code), *self.capsys.readouterr())

    def json(self, *arguments: str | Path) -> Any:
        """Return the JSON that a command writes."""
        return json.loads(self(*arguments, "--json").out)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line."""
    return Ask(capsys)


@pytest.fixture
def klein(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a small city, in the working folder."""
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("klein")


def answer(ask: Ask, klein: Path, key: str, text: str, file: str = "answer.xlsx") -> Path:
    """Return the workbook of the grid operator with one answer in it."""
    ask("pack", klein, "--for", "netbeheer", "--out", "pack.xlsx")
    book: Any = openpyxl.load_workbook("pack.xlsx")
    for page in (book[title] for title in sheets.SHEETS.values()):
        for line in page.iter_rows(min_row=2):
            if line[0].value == key:
                page.cell(line[0].row, 9).value = text
    for line in book[sheets.INTRODUCTION].iter_rows():
        for label, said in ((sheets.BY, "beheerder"), (sheets.DATE, "1-12-2026")):
            if line[0].value == label:
                line[1].value = said
    book.save(file)
    return Path(file)


@pytest.mark.full
def test_a_copy_of_a_bundled_city_is_that_city(ask: Ask, tmp_path: Path) -> None:
    """What it includes comes along, beside it."""
    said = ask("copy", "utrecht", tmp_path / "kaart")

    assert (said.code, said.out) == (0, f"the city is in {tmp_path / 'kaart' / 'utrecht'}\n")
    assert {folder.name for folder in (tmp_path / "kaart").iterdir()} == {"utrecht", "nl"}
    assert load_city(str(tmp_path / "kaart" / "utrecht")) == load_city("utrecht")


def test_a_pack_in_a_folder_has_a_workbook_and_a_letter(ask: Ask, klein: Path) -> None:
    """A folder for each partner, in which no other is named."""
    said = ask("pack", klein, "--all", "--out", "packs", "--reply-by", "2026-12-31")
    found = sorted(path.relative_to("packs").as_posix() for path in Path("packs").rglob("*.*"))
    letters = {path.parent.name: path.read_text(encoding="utf-8") for path in Path("packs").rglob("brief.txt")}

    assert [(line.partition(":")[0], line.rpartition(" to ")[2]) for line in said.out.splitlines()] == [
        ("packs/netbeheer", "Grid operator"),
        ("packs/telecom", "Telecom"),
        ("packs/ziekenhuis", "Hospital"),
    ]
    assert found == [
        f"{name}/{file}"
        for name in ("netbeheer", "telecom", "ziekenhuis")
        for file in ("brief.html", "brief.txt", "letter.html", "letter.txt", f"vragenlijst-{name}.xlsx")
    ]
    assert "uiterlijk op 31 december 2026" in letters["netbeheer"]
    assert [name for name, text in letters.items() if "Ziekenhuis" in text] == ["ziekenhuis"]


def test_a_file_that_was_filled_in_is_not_overwritten(ask: Ask, klein: Path) -> None:
    """The same pack may be written again; something else stays."""
    first = ask("pack", klein, "--for", "netbeheer", "--out", "pack.yaml")
    again = ask("pack", klein, "--for", "netbeheer", "--out", "pack.yaml")
    other = ask("pack", klein, "--for", "telecom", "--out", "pack.yaml")

    assert (first.code, again.code, other) == (
        0,
        0,
        Said(
            2,
            "",
            "resilience: error: pack.yaml: something else stands here already: remove it, or give another place\n",
        ),
    )


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["pack", "klein", "--out", "x"], "give either --for or --all"),
        (["pack", "klein", "--all", "--out", "x.xlsx"], "--all writes a folder, not one file"),
        (["pack", "klein", "--for", "netbeer", "--out", "x"], "did you mean netbeheer?"),
        (["redact", "klein", "--for", "netbeer", "--out", "x"], "did you mean netbeheer?"),
        (["redact", "klein", "--for", "public", "--out", "klein"], "not empty"),
        (["merge", "klein", "--settle", "key"], "--settle takes KEY=theirs or KEY=ours, not 'key'"),
        (["merge", "klein", "--settle", "key=ours"], "there is no open conflict 'key'"),
        (["merge", "utrecht", "--apply"], "make a copy first: resilience city copy utrecht ./kaart"),
        (["merge", "klein", "nothing.xlsx"], "cannot be read"),
    ],
)
def test_what_is_asked_wrong_is_said_in_one_line(ask: Ask, klein: Path, words: list[str], wrong: str) -> None:
    """With the way out, and exit code 2."""
    said = ask(*words)

    assert (said.code, said.out, said.err.count("\n"), wrong in said.err) == (2, "", 1, True), said.err


def test_a_merge_shows_first_and_writes_when_asked(ask: Ask, klein: Path) -> None:
    """A dry run leaves every byte; --apply says which files it wrote."""
    path = answer(ask, klein, "netbeheer | net | parts residents", "49.000")
    before = {file.name: file.read_bytes() for file in klein.iterdir()}
    dry = ask("merge", klein, path)
    unchanged = {file.name: file.read_bytes() for file in klein.iterdir()} == before
    done = ask("merge", klein, path, "--apply")
    again = ask("merge", klein, path, "--apply")

    assert dry.out.splitlines()[0] == "answer.xlsx: Grid operator: changed 1"
    assert dry.out.splitlines()[3].split() == [
        *("changed", "Power", "grid"),
        *("How", "many", "residents", "notice", "when", "this", "fails?"),
        *("50000", "49000"),
    ]
    assert (unchanged, dry.err) == (True, "resilience: nothing was written; give --apply to write\n")
    assert [line.rpartition("/")[2] for line in done.err.splitlines()] == [
        "netbeheer.yaml",
        "answers.yaml",
        "conflicts.yaml",
    ]
    assert (again.out.splitlines()[0], again.err) == ("answer.xlsx: Grid operator: the same 1", "")


def test_a_conflict_shows_both_numbers_until_it_is_settled(ask: Ask, klein: Path) -> None:
    """Side by side, with who says so; a program reads the same."""
    path = answer(ask, klein, BUFFER, "8 uur")
    ask("merge", klein, path, "--apply")
    open_ones = ask.json("merge", klein)["conflicts"]
    shown = ask("merge", klein).out
    settled = ask("merge", klein, "--settle", f"{BUFFER}=theirs", "--apply")
    buffer = load_city("klein").need_by_key["operatiekamer>net"].need.buffer
    assert buffer is not None

    assert [(one["key"], one["ours"], one["ours_by"], one["theirs"], one["by"]) for one in open_ones] == [
        (BUFFER, "1d", "ziekenhuis", "8h", "beheerder")
    ]
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert (BUFFER in lines, lines[-2:]) == (
        True,
        [
            "on the map (ours) 1d Hospital Eigen generator",
            "the answer (theirs) 8h Grid operator, beheerder –",
        ],
    )
    assert (settled.out.splitlines()[-1], buffer.value) == ("No conflict is open.", 480)


def test_the_sheet_of_choices_is_no_answer(ask: Ask, klein: Path) -> None:
    """Whoever saves each sheet as CSV may send that one too: one sentence says which to send."""
    ask("pack", klein, "--for", "netbeheer", "--out", "pack.xlsx")
    [page] = [page for page in openpyxl.load_workbook("pack.xlsx").worksheets if page.title == sheets.LISTS]
    rows = [";".join(str(cell or "") for cell in row) for row in page.iter_rows(values_only=True)]
    Path("lists.csv").write_text("\n".join(rows), encoding="utf-8")
    said = ask("merge", klein, "lists.csv")

    assert (said.code, said.err) == (
        2,
        (
            "resilience: error: lists.csv: this is the sheet 'Lijsten - Lists', which holds no answers: send one of "
            "the sheets 'Onderdelen - Parts', 'Nodig - Needs', 'Anderen - Others', 'Nieuw - New', or the whole "
            "workbook\n"
        ),
    )


def test_faults_are_listed_by_row_and_nothing_is_written(ask: Ask, klein: Path) -> None:
    """After what the good rows would do; exit code 2."""
    path = answer(ask, klein, "netbeheer | net | parts residents", "veel")
    said = ask("merge", klein, path, "--apply")

    where = f"answer.xlsx:2:9: {sheets.SHEETS['parts']}: {sheets.ANSWER}"
    what = "'veel' is not a whole number: write a whole number, for example 80"
    assert (said.code, said.err) == (2, f"resilience: error: {where}: {what}\n")
    assert {file.name: file.read_text(encoding="utf-8") for file in klein.iterdir()} == {
        name.partition("/")[2]: text for name, text in TEXTS.items()
    }


def test_a_redacted_map_is_a_city_for_its_reader(ask: Ask, klein: Path) -> None:
    """What is hidden is a stand-in; how much is said to the officer, not in the folder."""
    said = ask("redact", klein, "--for", "netbeheer", "--out", "for-grid")
    text = "".join(path.name + path.read_text(encoding="utf-8") for path in Path("for-grid").iterdir()).lower()

    assert (said.code, said.out, said.err) == (
        0,
        "the map for netbeheer is in for-grid\n",
        "resilience: hidden, for your eyes only: 0 organisations, 1 components, 0 needs\n",
    )
    assert ("telefonie" in text, "telecom" in text, "een aanbieder" in text) == (False, False, True)
    assert ask("check", "./for-grid").code == 0
    assert [row["component"] for row in ask.json("walk", "./for-grid", "net", "--down")["tree"]["children"]] == [
        "verborgen"
    ]


def test_without_the_spreadsheet_libraries_one_sentence_names_the_extra(
    ask: Ask, klein: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """YAML packs need none."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "openpyxl"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "openpyxl.styles", None)
    plain = ask("pack", klein, "--for", "netbeheer", "--out", "pack.yaml")
    said = ask("pack", klein, "--for", "netbeheer", "--out", "pack.xlsx")

    assert (plain.code, said.code, said.err.count("\n"), "install the extra 'sheets'" in said.err) == (0, 1, 1, True)
