"""A pack holds what one partner is asked, and nothing for other eyes."""

import datetime as dt
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from city_model.loader import load_city
from city_model.partner import sheets
from city_model.partner.answers import read_reply
from city_model.partner.letter import letter_for
from city_model.partner.pack import Pack, pack_for, partners_of
from city_model.partner.pack_yaml import pack_text
from city_model.partner.workbook import workbook_bytes
from city_model.schema import City
from city_model.values import Text
from resilience.base.problems import InputError
from tests.builders import city, component
from tests.office.spreadsheet import convert


@pytest.fixture
def klein(folder: Path) -> City:
    """The small city."""
    return load_city(str(folder))


@pytest.fixture
def grid(klein: City) -> Pack:
    """The pack of the grid operator."""
    return pack_for(klein, "netbeheer")


def opened(pack: Pack) -> Any:
    """Return the workbook of *pack* as a spreadsheet program opens it."""
    return openpyxl.load_workbook(BytesIO(workbook_bytes(pack)))


def test_questions_are_about_the_partner_and_what_others_need_of_it(grid: Pack) -> None:
    """Its own parts and crews, what they need, and who says to need them; nothing about other parts."""
    assert {(item.sheet, item.about.nl) for item in grid.questions} == {
        ("parts", "Stroomnet"),
        ("parts", "Storingsploeg"),
        ("needs", "Stroomnet → een aanbieder: verbinding"),
        ("others", "Operatiekamer (Ziekenhuis) → Stroomnet: stroom"),
        ("others", "Patiëntdossier (Ziekenhuis) → Stroomnet: stroom"),
        ("others", "Patiëntdossier (Ziekenhuis) → Operatiekamer (Ziekenhuis), Stroomnet: gebouw of plek"),
    }


def test_previous_answers_are_filled_in_with_how_sure_they_are(grid: Pack) -> None:
    """What the map says stands in its cell, ready to be confirmed or corrected."""
    said = {item.key: (item.now, item.certainty and item.certainty.en) for item in grid.questions if item.now}

    assert said == {
        "netbeheer | net | parts residents": ("50000", "estimate"),
        "netbeheer | net | parts repair.duration": ("1h / 2h / 4h", "estimate"),
        "netbeheer | net | parts tlp": ("iedereen (CLEAR) · everybody (CLEAR)", None),
        "netbeheer | team storing | parts count": ("2", "estimate"),
        "netbeheer | operatiekamer>net | others buffer": ("1d", "said by one side"),
    }


def test_partners_are_those_who_run_something(klein: City) -> None:
    """In the order of the map."""
    assert partners_of(klein) == ("netbeheer", "telecom", "ziekenhuis")


def test_an_unknown_partner_is_refused_with_the_likely_one(klein: City) -> None:
    """A typing error costs one line."""
    with pytest.raises(InputError, match="Small has no organisation 'netbeher': did you mean netbeheer"):
        pack_for(klein, "netbeher")


def test_the_same_pack_gives_the_same_bytes(grid: Pack) -> None:
    """No moment of its making stands in the archive: not of an entry, not in what describes the book."""
    raw = workbook_bytes(grid)
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        moments = {entry.date_time for entry in archive.infolist()}
        described = archive.read("docProps/core.xml").decode()

    assert workbook_bytes(grid) == raw
    assert moments == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"(\d{4})-\d\d-\d\dT", described)) == {"1980"}


def test_the_workbook_can_be_filled_in_and_only_there(grid: Pack) -> None:
    """Frozen headings, wrapped text, locked cells apart from the answers, lists to choose from, a count of answers."""
    book = opened(grid)
    page = book["Onderdelen - Parts"]
    locked = {cell.column_letter: cell.protection.locked for cell in page[2]}
    rules = [(str(rule.sqref), rule.formula1) for rule in page.data_validations.dataValidation]
    introduction = {line[0].value: line[1].value for line in book[sheets.INTRODUCTION].iter_rows()}

    assert book.sheetnames == [sheets.INTRODUCTION, *sheets.SHEETS.values(), sheets.NEW, sheets.LISTS]
    assert (page.freeze_panes, page.protection.sheet, page["C2"].alignment.wrap_text) == ("C2", True, True)
    assert [letter for letter, is_locked in locked.items() if not is_locked] == ["H", "I", "J", "K"]
    assert rules[0] == (f"H2:H{page.max_row}", "'Lijsten - Lists'!$A$1:$A$3")
    assert page["L2"].value == '=IF(OR(H2<>"",I2<>F2),"✓","")'
    assert {"kop", "vast", "antwoord", "sleutel"} <= set(book.named_styles)
    assert introduction[sheets.DEFAULT_MARK] == "alle partners (GREEN) · all partners (GREEN)"
    assert introduction[sheets.ANSWERED].endswith(f'&" / {len(grid.questions)}"')


def test_rows_show_all_their_text(grid: Pack) -> None:
    """A spreadsheet program that works out no heights still shows every line; a row of one line is left to it."""
    pages = opened(grid)
    wraps = [
        (page.row_dimensions[cell.row].height or 15, 15 * (1 + cell.value.count("\n")))
        for page in (pages[title] for title in (sheets.INTRODUCTION, *sheets.SHEETS.values()))
        for line in page.iter_rows()
        for cell in line
        if isinstance(cell.value, str) and cell.style in {"uitleg", "vast", "kop"}
    ]
    long = pages[sheets.SHEETS["others"]]
    columns = long.column_dimensions

    assert [(height, needed) for height, needed in wraps if height < needed] == []
    assert long.row_dimensions[4].height >= 15 * len(long["B4"].value) / columns["B"].width


def test_what_looks_like_a_formula_is_text() -> None:
    """A name of others never runs in a partner's spreadsheet."""
    evil = Text(nl="=HYPERLINK(1)", en="+cmd|' /C calc'!A0")
    part = component("desk", organisation="town", product="@SUM(A1)").model_copy(update={"name": evil})
    book = opened(pack_for(city(part), "town"))
    cells = [cell for page in book.worksheets for line in page.iter_rows() for cell in line if cell.value]
    computed = {cell.value for cell in cells if cell.data_type == "f"}

    assert all(value.startswith(("=IF(OR(", "=COUNTIF(")) for value in computed)
    assert {"'@SUM(A1)", "'=HYPERLINK(1)\n+cmd|' /C calc'!A0"} <= {cell.value for cell in cells}


def test_the_yaml_pack_reads_back_as_it_is(grid: Pack, tmp_path: Path) -> None:
    """The same questions, for who keeps answers beside files of their own."""
    path = tmp_path / "pack.yaml"
    path.write_text(pack_text(grid), encoding="utf-8")
    reply = read_reply(path)
    rows = [(said.text(sheets.KEY), said.text(sheets.NOW), said.text(sheets.ANSWER)) for said in reply.answers]

    assert rows == [(item.key, item.now, item.now) for item in grid.questions]
    assert reply.new == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letter_fits_on_a_page_and_says_what_to_do(grid: Pack, language: Any) -> None:
    """Plain text and a page without a request, with the day and the place to reply."""
    letter = letter_for(grid, language, "vragen.xlsx", until=dt.date(2026, 12, 31), to="CISO <gemeente>")
    text, page = letter.text(), letter.html()

    assert len(text.splitlines()) < 40
    assert len(text) < 2600
    assert {"vragen.xlsx", "2026", "CISO <gemeente>"} <= set(_words(text, ["vragen.xlsx", "2026", "CISO <gemeente>"]))
    assert ("<gemeente>" in page, "&lt;gemeente&gt;" in page, "http" in page, f'lang="{language}"' in page) == (
        False,
        True,
        False,
        True,
    )


def _words(text: str, wanted: list[str]) -> list[str]:
    return [word for word in wanted if word in text]


@pytest.mark.office
@pytest.mark.full
def test_a_spreadsheet_program_opens_the_pack_and_saves_it(grid: Pack, tmp_path: Path) -> None:
    """LibreOffice reads the workbook; what it writes again, as .xlsx and as CSV, still reads as the same answers."""
    source = tmp_path / "pack.xlsx"
    source.write_bytes(workbook_bytes(grid))
    saved = convert(source, "xlsx", tmp_path / "saved")
    before, after = read_reply(source), read_reply(saved)

    computed = {sheets.STATE}
    cells = [
        [{name: cell for name, cell in said.cells.items() if name not in computed} for said in reply.answers]
        for reply in (before, after)
    ]

    assert cells[1] == cells[0]
