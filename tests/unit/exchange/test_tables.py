"""Tables in any shape: encodings, delimiters, and what Excel does to them; formulas made harmless both ways."""

import csv
import datetime as dt
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from city_model.exchange.table_out import Sheet, csv_files, csv_text, workbook, workbook_of
from city_model.exchange.tables import Cell, csv_table, guarded, is_formula, read_tables, unguarded
from resilience.base.problems import InputError
from tests.builders import city, component, need, path


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("naam;plaats\nCafé;Gouda\n".encode("cp1252"), ("Windows-1252", ";", ["Café", "Gouda"])),
        ("naam,plaats\nCafé,Gouda\n".encode(), ("UTF-8", ",", ["Café", "Gouda"])),
        ("\ufeffnaam;plaats\nCafé;Gouda\n".encode(), ("UTF-8", ";", ["Café", "Gouda"])),
        ("naam\tplaats\nCafé\tGouda\n".encode("utf-16"), ("UTF-16", "\t", ["Café", "Gouda"])),
        ("sep=|\nnaam|plaats\nCafé|Gouda\n".encode(), ("UTF-8", "|", ["Café", "Gouda"])),
        ('naam;plaats\n"Café; \n""de Kat""";Gouda\n'.encode(), ("UTF-8", ";", ['Café; \n"de Kat"', "Gouda"])),
        (b"naam;plaats\n\n;\nCafe;Gouda\n", ("UTF-8", ";", ["Cafe", "Gouda"])),
        (b'naam;nummer\nCafe;="0042"\n', ("UTF-8", ";", ["Cafe", "0042"])),
    ],
)
def test_a_csv_is_read_in_its_own_shape(raw: bytes, expected: tuple[str, str, list[str]]) -> None:
    """Encoding and delimiter are found out; empty rows say nothing; numbers kept as text keep their zeros."""
    table = csv_table(raw, "tabel.csv")

    assert (table.encoding, table.delimiter, [cell.text for cell in table.rows[-1].cells]) == expected


def test_rows_keep_the_number_that_a_spreadsheet_shows() -> None:
    """So that a fault can be found."""
    table = csv_table(b"naam\na\n\nb\n", "tabel.csv")

    assert [row.number for row in table.rows] == [2, 4]


def book(*rows: tuple[Any, ...]) -> bytes:
    """Return a workbook with *rows* on its first sheet."""
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_workbook_tells_what_excel_made_of_its_cells(tmp_path: Path) -> None:
    """A date is a date, a number a number that nobody wrote decimals to, an error an error."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(
        book(
            ("naam", "a", "b", "c", "d"),
            ("x", dt.date(2026, 3, 1), 42.0, 1.5, "#REF!"),
            ("=1+1", 7, True, None, " "),
        )
    )

    (table,) = read_tables(path, as_workbook=True)

    assert [row.cells for row in table.rows] == [
        (Cell("x"), Cell("2026-03-01", "date"), Cell("42", "number"), Cell("1.5", "number"), Cell("#REF!", "error")),
        (Cell(""), Cell("7", "number"), Cell("true"), Cell(""), Cell("")),
    ]


@pytest.mark.parametrize(
    ("raw", "as_workbook", "says"),
    [
        (book(("a",)), False, "this is a workbook, not a CSV"),
        (b"a;b\n1;2\n", True, "this is not a workbook"),
        (b"\xd0\xcf\x11\xe0 old", True, "this is a workbook of Excel 2003 or older, or one with a password"),
        (b"a\0b", False, "this is a binary file, not text"),
        (b'a;b\n"' + b"x" * 40_000 + b'";2\n', False, "row 2 holds a field of more than 32767 characters"),
    ],
    ids=["workbook", "text", "old workbook", "binary", "long field"],
)
def test_what_is_no_table_is_refused(raw: bytes, as_workbook: bool, says: str, tmp_path: Path) -> None:
    """One sentence, with what to do."""
    path = tmp_path / "tabel"
    path.write_bytes(raw)

    with pytest.raises(InputError) as caught:
        read_tables(path, as_workbook=as_workbook)

    assert [problem.what for problem in caught.value.problems] == [says]


@pytest.mark.parametrize(
    "text", ["=1+1", "+31 30", "-2", "@x", "\t=1", "'=1", "''=1", "\uff1dx", "plain", "", "'t Hof", "a=b"]
)
def test_a_formula_is_guarded_and_comes_back(text: str) -> None:
    """What a spreadsheet would compute starts with an apostrophe on the way out and loses it on the way in."""
    out = guarded(text)

    assert (unguarded(out), out.startswith(("=", "+", "-", "@", "\t", "\uff1d"))) == (text, False)


def test_a_signed_number_is_no_formula() -> None:
    """A telephone number or a negative amount is not taken for an attack on the way in."""
    assert [is_formula(text) for text in ("-2", "+31 30", "-", "-1,5", "=1", "@SUM(A1)", "+cmd|x")] == [
        False, False, False, False, True, True, True,
    ]  # fmt: skip


def test_nothing_in_an_exported_table_is_a_formula() -> None:
    """Names of others reach people's spreadsheets; none of them may run, in a CSV or in a workbook."""
    evil = '=HYPERLINK("http://example.org")'
    made = city(
        component("a", owner=evil, product="@SUM(A1)", needs=[need("b", buffer=60)]), component("b"), path("a", "b")
    )

    cells = [
        cell
        for raw in csv_files(made).values()
        for row in csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";")
        for cell in row
    ]
    sheets = openpyxl.load_workbook(BytesIO(workbook(made)))
    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert ([cell for cell in cells if is_formula(cell)], "f" in kinds) == ([], False)
    assert f"'{evil}" in cells


def test_a_workbook_is_the_same_every_time() -> None:
    """It holds no moment of writing, in its properties or in its archive."""
    made = city(component("a"))
    first, second = workbook(made), workbook(made)

    dates = {entry.date_time for entry in zipfile.ZipFile(BytesIO(first)).infolist()}
    assert (first == second, dates) == (True, {(1980, 1, 1, 0, 0, 0)})


def test_a_table_comes_back_as_it_went_out(tmp_path: Path) -> None:
    """The same cells from a CSV and from a workbook, quotes, line ends and delimiters included."""
    rows = (("a;b", 'c"d', "e\nf"), ("0042", "=x", "'=y"))
    sheet = Sheet("blad", ("k1", "k2", "k3"), rows)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook_of([sheet], "titel"))

    texts = [csv_table(csv_text(sheet, delimiter).encode(), "x") for delimiter in (";", ",")]
    read = [*texts, *read_tables(path, as_workbook=True)]

    assert [tuple(tuple(cell.text for cell in row.cells) for row in table.rows) for table in read] == [rows] * 3
