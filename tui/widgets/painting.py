"""From texts to lines of exactly one width: city text is shown as it is, never read as markup or terminal codes."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from tui.view_models.rows import Tone

ELLIPSIS = "…"
GAP = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a column."""

    text: str
    tone: Tone = Tone.PLAIN
    right: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is: as wide as its widest text, or (*flexible*) what the others leave.

    A column that can be missed has *drop* above 0; the highest goes first when the flexible one gets too narrow.
    """

    flexible: bool = False
    wrap: bool = False
    drop: int = 0
    most: int = 0
    """The widest it gets, in cells; 0 for no limit."""


Line = tuple[Cell, ...]


def safe(text: str) -> str:
    """Return *text* without characters that steer a terminal; line ends stay."""
    return "".join(
        letter if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else " "
        for letter in text
    )


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return *text* in exactly *width* cells; what does not fit ends in an ellipsis, spaces in front stay."""
    plain = safe(text)
    flat = " " * (len(plain) - len(plain.lstrip(" "))) + " ".join(plain.split())
    length = cell_len(flat)
    if length > width:
        flat = set_cell_size(flat, max(width - 1, 0)).rstrip() + ELLIPSIS if width > 0 else ""
        return set_cell_size(flat, width)
    return " " * (width - length) + flat if right else flat + " " * (width - length)


def wrapped(text: str, width: int) -> list[str]:
    """Return *text* in lines of at most *width* cells; never without a line."""
    lines = [
        line
        for part in safe(text).split("\n")
        for line in textwrap.wrap(part, max(width, 1), break_on_hyphens=False) or [""]
    ]
    return lines or [""]


def widths_of(columns: Sequence[Column], table: Sequence[Line], width: int, least: int) -> tuple[int, ...]:
    """Return the width of each column in *width* cells; 0 for one that is dropped so that the flexible gets *least*."""
    wanted = [_wanted(column, [line[place] for line in table]) for place, column in enumerate(columns)]
    left = _left(wanted, width)
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].drop):
        if left >= least or columns[place].drop == 0:
            break
        wanted[place] = 0
        left = _left(wanted, width)
    return tuple(max(left, 0) if column.flexible else wanted[place] for place, column in enumerate(columns))


def laid_out(line: Line, columns: Sequence[Column], widths: Sequence[int]) -> list[list[Cell]]:
    """Return the lines that a row takes: each a list of cells that together fill the width, gaps included."""
    texts = [
        wrapped(cell.text, width) if column.wrap and width else [cell.text]
        for cell, column, width in zip(line, columns, widths, strict=True)
    ]
    return [
        _padded(
            [
                Cell(fit(text[number] if number < len(text) else "", width, right=cell.right), cell.tone)
                for text, cell, width in zip(texts, line, widths, strict=True)
                if width
            ]
        )
        for number in range(max(len(text) for text in texts))
    ]


def _wanted(column: Column, cells: Sequence[Cell]) -> int:
    if column.flexible:
        return 0
    widest = max((cell_len(safe(cell.text)) for cell in cells), default=0)
    return min(widest, column.most) if column.most else widest


def _left(wanted: Sequence[int], width: int) -> int:
    used = [size for size in wanted if size]
    return width - sum(used) - GAP * len(used)


def _padded(cells: list[Cell]) -> list[Cell]:
    """Put a gap between columns."""
    last = len(cells) - 1
    return [cell if place == last else Cell(cell.text + " " * GAP, cell.tone) for place, cell in enumerate(cells)]
