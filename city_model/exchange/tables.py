"""Tables as people hand them over: CSV in any Dutch shape and workbooks, as rows of text with their row number.

Nothing in a cell is ever computed. What starts like a formula stays text on the way in and is made harmless on the
way out; the two undo each other.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from city_model.exchange.safe_input import entries, has_doctype, is_zip, library, read_bytes
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

MAX_TABLE_BYTES = 20_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000
"""In one sheet, the empty ones that its program keeps included."""
MAX_CELL = 32_767
"""Characters in one cell of a workbook; what is longer in a CSV is no cell that a person wrote."""
DELIMITERS = (";", ",", "\t", "|")

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How Excel users keep the zeros of 0042 in a CSV."""
_HARMLESS = re.compile(r"[-+]?[0-9][0-9 .,]*%?|-")
"""Numbers, and the hyphen that says nothing: they start like a formula and are none."""

_EXCEL_ERROR = re.compile(
    r"#(REF|VERW|NAME|NAAM|VALUE|WAARDE|DIV/0|DEEL/0|N/A|N/B|NUM|GETAL|NULL|LEEG|SPILL|OVERLOOP|CALC|BEREKENEN)[!?]?"
)
"""What a spreadsheet shows where a formula went wrong, in English and in Dutch."""

CellKind = Literal["text", "number", "date", "error"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its text, and what the program that wrote it took it for."""

    text: str
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number in the sheet, counted from 1 as a spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One sheet: the row with the headings and the rows below it."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""


def guarded(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula: with an apostrophe before it."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA_STARTS) else text


def unguarded(text: str) -> str:
    """Return *text* without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA_STARTS) else text


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet would compute *text*; a number with a sign is none."""
    return text.startswith(_FORMULA_STARTS) and not _HARMLESS.fullmatch(text)


def decoded(raw: bytes, name: str) -> tuple[str, str]:
    """Return the text in *raw* and its encoding: Unicode where it is that, else Windows-1252 as old Excel writes."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "latin-1": "ISO-8859-1"}.get(encoding, "UTF-16")
    raise InputError.because(_("this is a binary file, not text"), _("give a text file"), file=name)


def read_tables(path: Path, *, as_workbook: bool) -> tuple[Table, ...]:
    """Return the tables in *path*: each sheet of a workbook, or the one table of a CSV."""
    raw = read_bytes(path, limit=MAX_TABLE_BYTES)
    name = str(path)
    if raw.startswith(_OLD_WORKBOOK):
        what = _("this is a workbook of Excel 2003 or older, or one with a password")
        raise InputError.because(what, _("save it as .xlsx without a password"), file=name)
    if is_zip(raw) != as_workbook:
        what = _("this is a workbook, not a CSV") if is_zip(raw) else _("this is not a workbook")
        raise InputError.because(what, _("use --as xlsx for .xlsx and --as csv for text"), file=name)
    return tuple(_workbook_tables(raw, name)) if as_workbook else (csv_table(raw, name),)


def csv_table(raw: bytes, name: str) -> Table:
    """Return the table in the CSV *raw*: encoding and delimiter are found out."""
    text, encoding = decoded(raw, name)
    hint = re.match(r'"?sep=(.)"?\r?\n', text)
    skipped = 1 if hint else 0
    body = text[hint.end() :] if hint else text
    delimiter = hint.group(1) if hint else delimiter_of(body)
    try:
        rows = [
            Row(number + skipped, tuple(_text_cell(field) for field in fields))
            for number, fields in _records(body, delimiter, name)
            if any(field.strip() for field in fields)
        ]
    except csv.Error as error:
        what = _("this is not a CSV that can be read ({reason})", reason=error)
        raise InputError.because(what, _("save it again as CSV UTF-8"), file=name) from error
    return _table(Path(name).stem, rows, name, encoding, delimiter)


def delimiter_of(text: str) -> str:
    """Return what separates the fields of *text*: what divides its first lines most, and most evenly."""
    best, most = ",", 0
    for delimiter in DELIMITERS:
        counts = _columns(text, delimiter)
        columns = counts[0] if counts else 1
        score = columns * sum(count == columns for count in counts) if columns > 1 else 0
        if score > most:
            best, most = delimiter, score
    return best


def _columns(text: str, delimiter: str) -> list[int]:
    """Return how many fields the first lines have; what cannot be read so has none."""
    try:
        return [len(fields) for fields in islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 20)]
    except csv.Error:
        return []


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the fields of every record with the number of its row."""
    total = 0
    for number, fields in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1):
        total += len(fields)
        _check_size(number, total, name)
        if any(len(field) > MAX_CELL for field in fields):
            what = _("row {row} holds a field of more than {limit} characters", row=number, limit=MAX_CELL)
            raise InputError([Problem(name, number, 1, "", what, _("check the quotes in that row"))])
        yield number, fields


def _workbook_tables(raw: bytes, name: str) -> Iterator[Table]:
    for entry, content in entries(raw, name):
        if entry.endswith((".xml", ".rels", ".vml")) and has_doctype(content):
            what = _("'{path}' in this workbook declares a document type or entities", path=entry[:100])
            raise InputError.because(what, _("do not trust this file; ask for another"), file=name)
    openpyxl = library("openpyxl")
    library("defusedxml")
    try:
        book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True)
    except Exception as error:
        # The library raises whatever its parts raise: KeyError, ValueError, its own, those of XML.
        what = _("this workbook cannot be read ({reason})", reason=f"{type(error).__name__}: {error}"[:200])
        raise InputError.because(what, _("open it and save it again as .xlsx"), file=name) from error
    try:
        for sheet in book.worksheets:
            rows: list[Row] = []
            total = 0
            for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                total += len(values)
                _check_size(number, total, name)
                cells = tuple(_cell(value) for value in values)
                if any(cell.text.strip() for cell in cells):
                    rows.append(Row(number, cells))
            yield _table(sheet.title, rows, name)
    finally:
        book.close()


def _table(title: str, rows: list[Row], name: str, encoding: str = "", delimiter: str = "") -> Table:
    if not rows:
        return Table(title, (), (), encoding, delimiter)
    headers = tuple(" ".join(cell.text.split()) for cell in rows[0].cells)
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MAX_COLUMNS:
        what = _("this table has {number} columns; at most {limit} are read", number=len(headers), limit=MAX_COLUMNS)
        raise InputError.because(what, _("remove columns that say nothing"), file=name)
    return Table(title, headers, tuple(rows[1:]), encoding, delimiter)


def _check_size(rows: int, cells: int, name: str) -> None:
    if rows > MAX_ROWS or cells > MAX_CELLS:
        what = _("this table has more than {limit} rows or {cells} cells", limit=MAX_ROWS, cells=MAX_CELLS)
        raise InputError.because(what, _("export a smaller part"), file=name)


def _text_cell(field: str) -> Cell:
    text = field.strip()
    forced = _AS_TEXT.fullmatch(text)
    text = forced.group(1).replace('""', '"') if forced else text
    return Cell(text, "error") if _EXCEL_ERROR.fullmatch(text) else Cell(unguarded(text))


def _cell(value: Any) -> Cell:  # noqa: ANN401 - whatever a workbook holds
    match value:
        case None:
            cell = Cell("")
        case bool():
            cell = Cell("true" if value else "false")
        case int():
            cell = Cell(str(value), "number")
        case float():
            cell = Cell(str(int(value)) if value.is_integer() else repr(value), "number")
        case dt.datetime():
            cell = Cell(value.date().isoformat() if value.time() == dt.time() else value.isoformat(" "), "date")
        case dt.date() | dt.time():
            cell = Cell(value.isoformat(), "date")
        case dt.timedelta():
            cell = Cell(f"{int(value.total_seconds()) // 60}m")
        case _:
            cell = _text_cell(str(value))
    return cell
