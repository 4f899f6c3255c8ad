"""The workbooks that leave the program are workbooks to a real spreadsheet program too."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from city_model.exchange.tables import read_tables
from tests.cli.asking import Ask
from tests.office.spreadsheet import convert

pytestmark = [pytest.mark.office, pytest.mark.full]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


@pytest.mark.parametrize(
    "words",
    [("city", "export", "utrecht", "--format", "xlsx"), ("city", "register", "utrecht", "--as-of", "2026-06-01")],
    ids=["export", "register"],
)
def test_a_workbook_comes_through_a_spreadsheet_program_whole(ask: Ask, tmp_path: Path, words: Sequence[str]) -> None:
    """LibreOffice opens it without a word of repair, and what it saves holds the same tables, cell for cell."""
    made = tmp_path / "made.xlsx"
    assert ask(*words, "--out", made).code == 0
    before, after = (read_tables(path, as_workbook=True) for path in (made, convert(made, "xlsx", tmp_path / "saved")))
    texts = [
        [(table.name, table.headers, [[cell.text for cell in row.cells] for row in table.rows]) for table in tables]
        for tables in (before, after)
    ]

    assert sum(len(rows) for _name, _headers, rows in texts[0]) > 100
    assert texts[1] == texts[0]
