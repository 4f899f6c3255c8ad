"""What a partner sent back: a workbook, sheets of it saved as CSV, or YAML, read into rows without judging them.

The rows keep their place in the file, so that every fault is told by the row that its writer sees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field

from city_model.exchange.safe_input import is_zip, read_bytes
from city_model.exchange.tables import Cell, Row, Table, read_tables
from city_model.fault_words import near
from city_model.partner import sheets
from city_model.partner.pack_yaml import SUFFIXES
from city_model.values import Frozen
from city_model.yaml_source import Document, fit, read
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

Value = Annotated[str, Field(max_length=5000)] | int | float | bool | None
_EMPTY: Final = Cell("")


@dataclass(frozen=True)
class Place:
    """Where a row stands, for faults."""

    file: str
    row: int
    columns: Mapping[str, int] = field(default_factory=dict)
    """The column of each heading, counted from 1; none in YAML."""
    sheet: str = ""

    def problem(self, heading: str, what: str, repair: str) -> Problem:
        """Return the fault in the cell below *heading*."""
        where = f"{self.sheet}: {heading}" if self.sheet else heading
        return Problem(self.file, self.row, self.columns.get(heading, 1), where, what, repair)


@dataclass(frozen=True)
class Said:
    """One row: the cells by their heading."""

    place: Place
    cells: Mapping[str, Cell]

    def cell(self, heading: str) -> Cell:
        """Return the cell below *heading*; an empty one where the row has none."""
        return self.cells.get(heading, _EMPTY)

    def text(self, heading: str) -> str:
        """Return the text below *heading* without white space around it."""
        return self.cell(heading).text.strip()


@dataclass(frozen=True)
class Reply:
    """All that came back in one file."""

    file: str
    answers: tuple[Said, ...]
    new: tuple[Said, ...]
    head: Mapping[str, Said]
    """Who filled it in, when and for whose eyes, by heading; absent in a CSV."""


def read_reply(path: Path) -> Reply:
    """Return what stands in *path*; raises InputError when it is no pack or cannot be read."""
    name = str(path)
    if path.suffix.lower() in SUFFIXES:
        return _from_yaml(read_text(path), name)
    tables = read_tables(path, as_workbook=is_zip(read_bytes(path)))
    answers: list[Said] = []
    new: list[Said] = []
    head: dict[str, Said] = {}
    problems: list[Problem] = []
    known = 0
    for table in tables:
        shown = table.name if len(tables) > 1 else ""
        if table.name == sheets.INTRODUCTION or (table.headers and sheets.BY in _first_texts(table)):
            head |= {said.text(""): said for said in _head_rows(table, name, shown)}
            known += 1
        elif sheets.KEY in table.headers:
            answers += _rows(table, name, shown, (sheets.VERDICT, sheets.ANSWER), problems)
            known += 1
        elif sheets.PROVIDER in table.headers:
            new += _rows(table, name, shown, (sheets.PART, sheets.KIND), problems)
            known += 1
        else:
            problems += _lost_heading(table, name, shown)
    if not known and not problems and any(_holds_lists(table) for table in tables):
        what = _("this is the sheet '{name}', which holds no answers", name=sheets.LISTS)
        names = ", ".join(f"'{one}'" for one in (*sheets.SHEETS.values(), sheets.NEW))
        raise InputError.because(
            what, _("send one of the sheets {names}, or the whole workbook", names=names), file=name
        )
    if not known and not problems:
        what = _("this is not a questionnaire of this program")
        raise InputError.because(what, _("send back the file of the pack, with its headings"), file=name)
    if problems:
        raise InputError(problems)
    return Reply(name, tuple(answers), tuple(new), head)


def _holds_lists(table: Table) -> bool:
    """Whether *table* is the hidden sheet with what can be chosen from."""
    return any(choice.show(next(iter(choice.options))) in table.headers for choice in sheets.CHOICES)


def _rows(table: Table, file: str, sheet: str, needed: tuple[str, ...], problems: list[Problem]) -> Iterator[Said]:
    columns = {heading: number for number, heading in enumerate(table.headers, start=1)}
    for heading in needed:
        if heading not in columns:
            likely = near(heading, columns)
            repair = _("the column '{name}' may be it: give it back its heading", name=likely) if likely else ""
            what = _("the column '{heading}' is gone", heading=heading)
            problems.append(Problem(file, 1, 1, sheet, what, repair or _("use the headings of the pack")))
    for row in table.rows:
        place = Place(file, row.number, columns, sheet)
        yield Said(place, {heading: _cell(row, number) for heading, number in columns.items()})


def _head_rows(table: Table, file: str, sheet: str) -> Iterator[Said]:
    """Yield the rows of the first sheet: a label, and what stands behind it."""
    for row in table.rows:
        label = " ".join(_cell(row, 1).text.split())
        place = Place(file, row.number, {label: 2}, sheet)
        yield Said(place, {"": Cell(label), label: _cell(row, 2)})


def _lost_heading(table: Table, file: str, sheet: str) -> Iterator[Problem]:
    """Yield the fault that a sheet of a pack lost the heading by which it is known."""
    for heading in table.headers:
        if near(heading, [sheets.KEY, sheets.PROVIDER]) and sheets.ANSWER in table.headers:
            what = _("the column '{heading}' is gone", heading=sheets.KEY)
            yield Problem(file, 1, 1, sheet, what, _("use the headings of the pack"))
            return


def _first_texts(table: Table) -> set[str]:
    return {" ".join(_cell(row, 1).text.split()) for row in table.rows}


def _cell(row: Row, number: int) -> Cell:
    return row.cells[number - 1] if number <= len(row.cells) else _EMPTY


class _Head(Frozen):
    """The part of a YAML pack that says who filled it in."""

    version: Value = None
    city: Value = None
    organisation: Value = None
    by: Value = None
    date: Value = None
    who_may_see: Value = None


class _Question(Frozen):
    """One question of a YAML pack."""

    key: str
    about: dict[str, str] | None = None
    question: dict[str, str] | None = None
    how: Value = None
    verdicts: Value = None
    now: Value = None
    verdict: Value = None
    answer: Value = None
    remark: Value = None
    who_may_see: Value = None


class _New(Frozen):
    """One dependency that the map missed."""

    part: Value = None
    provider: Value = None
    kind: Value = None
    buffer: Value = None
    remark: Value = None
    who_may_see: Value = None


class _Pack(Frozen):
    """A pack as YAML."""

    pack: _Head
    questions: tuple[_Question, ...] = ()
    new: tuple[_New, ...] = ()


_HEAD: Final = {"version": sheets.LAYOUT, "by": sheets.BY, "date": sheets.DATE, "who_may_see": sheets.DEFAULT_MARK}
_ROW: Final = {"key": sheets.KEY, "now": sheets.NOW, "verdict": sheets.VERDICT, "answer": sheets.ANSWER,
               "remark": sheets.REMARK, "who_may_see": sheets.MARK}  # fmt: skip
_NEW: Final = {"part": sheets.PART, "provider": sheets.PROVIDER, "kind": sheets.KIND, "buffer": sheets.BUFFER,
               "remark": sheets.REMARK, "who_may_see": sheets.MARK}  # fmt: skip


def _from_yaml(text: str, name: str) -> Reply:
    reading = read(text, name)
    if reading.document is None:
        raise InputError(reading.problems)
    content, problems = fit(_Pack, reading.document)
    if content is None:
        raise InputError(problems)
    document = reading.document
    head = _said(document, content.pack, ("pack",), _HEAD)
    return Reply(
        name,
        tuple(_said(document, item, ("questions", place), _ROW) for place, item in enumerate(content.questions)),
        tuple(_said(document, item, ("new", place), _NEW) for place, item in enumerate(content.new)),
        dict.fromkeys(_HEAD.values(), head),
    )


def _said(document: Document, item: Frozen, path: tuple[str | int, ...], headings: Mapping[str, str]) -> Said:
    cells = {heading: _plain_cell(getattr(item, name)) for name, heading in headings.items()}
    return Said(Place(document.file, document.position(path)[0]), cells)


def _plain_cell(value: Value) -> Cell:
    if value is None:
        return _EMPTY
    return Cell(str(value).lower() if isinstance(value, bool) else str(value))
