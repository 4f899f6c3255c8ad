"""How a sheet looks on a screen and on paper in programs that work nothing out by themselves."""

import textwrap
from typing import Any, Final

from city_model.exchange.safe_input import library

A3: Final = 8
LINE: Final = 15
"""Height of one line of text, in points."""


def fit_rows(page: Any, last: int) -> None:  # noqa: ANN401 - a sheet of the library
    """Make each row down to *last* as high as its longest text asks for; empty cells grow with what is typed."""
    letters = library("openpyxl.utils").get_column_letter
    for row in page.iter_rows(max_row=last):
        texts = [(cell.value, page.column_dimensions[letters(cell.column)].width) for cell in row if _wraps(cell)]
        lines = max((_lines(str(text), width) for text, width in texts), default=1)
        if lines > 1:
            page.row_dimensions[row[0].row].height = lines * LINE


def print_across(page: Any, *, paper: int | None, pages: int = 1) -> None:  # noqa: ANN401 - a sheet of the library
    """Let all columns stand on so many *pages* beside each other, which lie on their side."""
    setup = page.page_setup
    setup.orientation, setup.fitToWidth, setup.fitToHeight, setup.paperSize = "landscape", pages, 0, paper
    page.sheet_properties.pageSetUpPr = library("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)


def _wraps(cell: Any) -> bool:  # noqa: ANN401 - a cell of the library
    return bool(cell.value) and bool(cell.alignment.wrap_text) and cell.data_type != "f"


def _lines(text: str, width: float) -> int:
    """Return how many lines *text* takes in a column that is as wide as so many digits, which are wide letters."""
    return sum(max(1, len(textwrap.wrap(line, int(width)))) for line in text.split("\n"))
