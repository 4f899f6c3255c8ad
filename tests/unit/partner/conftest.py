"""For the tests of packs and answers: a small city in a folder, and a partner who fills in a workbook."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import pytest

from city_model.loader import load_city
from city_model.partner import sheets
from city_model.partner.answers import read_reply
from city_model.partner.merge import Known, Merging
from city_model.partner.pack import pack_for
from city_model.partner.workbook import workbook_bytes
from resilience.base.language import set_language
from tests.unit.partner.partner_city import TEXTS

Row: TypeAlias = Mapping[str, object]
Fill: TypeAlias = Callable[..., Path]
BY = "hoofd bedrijfsvoering"
DAY = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def english(own_environment: None) -> None:
    """Messages are asserted in English, the language that they are written in."""
    set_language("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the small city."""
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "klein"


@pytest.fixture
def fill(folder: Path, tmp_path: Path) -> Fill:
    """Fills in the workbook of a partner: values by heading, for rows by the end of their key."""

    def filled(
        partner: str, rows: Mapping[str, Row], *, new: Sequence[Sequence[object]] = (), name: str = "", **head: object
    ) -> Path:
        book: Any = openpyxl.load_workbook(BytesIO(workbook_bytes(pack_for(load_city(str(folder)), partner))))
        left = dict(rows)
        for title in sheets.SHEETS.values():
            page = book[title]
            columns = {cell.value: cell.column for cell in page[1]}
            for line in page.iter_rows(min_row=2):
                key = str(line[0].value).partition(" | ")[2]
                for heading, value in left.pop(key, {}).items():
                    page.cell(line[0].row, columns[heading]).value = value
        assert not left, f"not asked: {sorted(left)}"
        for number, values in enumerate(new, start=2):
            for column, value in enumerate(values, start=1):
                book[sheets.NEW].cell(number, column).value = value
        _fill_head(book[sheets.INTRODUCTION], {sheets.BY: BY, sheets.DATE: DAY.isoformat(), **head})
        path = tmp_path / (name or f"{partner}.xlsx")
        book.save(path)
        return path

    return filled


def _fill_head(page: Any, head: Mapping[str, object]) -> None:
    for line in page.iter_rows():
        if line[0].value in head:
            page.cell(line[0].row, 2).value = head[line[0].value]


@pytest.fixture
def merge(folder: Path) -> Callable[..., Merging]:
    """Works out what replies do to the city in the folder."""

    def merged(*paths: Path, known: Known | None = None) -> Merging:
        merging = Merging(str(folder))
        for path in paths:
            merging.add(read_reply(path), known or Known())
        return merging

    return merged
