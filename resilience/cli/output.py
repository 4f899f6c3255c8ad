"""The only place that writes to stdout: results, for people and for programs.

Everything else (warnings, progress, faults) goes through `resilience.cli.diagnostics` to stderr, so that a result can
be piped into a file as it is.
"""

import contextlib
import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from resilience.base.canonical import readable_json
from resilience.base.progress import progress as told
from resilience.base.progress import shown_by
from resilience.cli import diagnostics

GAP = "  "
NARROWEST_COLUMN = 8
SECONDS_BEFORE_PROGRESS = 2.0
SECONDS_BETWEEN_DRAWS = 0.2
BAR_WIDTH = 24


def use_utf8() -> None:
    """Write UTF-8 wherever stdout goes to, also into a pipe or file on Windows; what is closed leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # started with this stream closed: no file of ours may get its number
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def result(text: str) -> None:
    """Write *text*, with a line end after it, at once: what goes wrong with stdout goes wrong here."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def json_result(value: object) -> None:
    """Write *value* as indented JSON with sorted keys."""
    result(readable_json(value))


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write *rows* in aligned columns below *headers*, wrapped to the width of the terminal.

    Into a pipe or a file the columns are as wide as they need. Columns that hold only numbers are set to the right.
    """
    result(table_text(headers, rows, width=_width()))


def table_text(headers: Sequence[str], rows: Iterable[Sequence[object]], *, width: int | None) -> str:
    """Return the lines of a table at most *width* characters wide (None: as wide as it needs)."""
    kept = [list(row) for row in rows]
    cells = [[diagnostics.one_line("" if value is None else str(value)) for value in row] for row in kept]
    right = [bool(kept) and all(_is_number(row[place]) for row in kept) for place in range(len(headers))]
    needed = [max(len(line[place]) for line in [list(headers), *cells]) for place in range(len(headers))]
    widths = _fit(needed, width)
    rule = ["-" * column for column in widths]
    lines: list[str] = []
    for row in [list(headers), rule, *cells]:
        lines += _lines_of(row, widths, right)
    return "\n".join(lines)


@contextlib.contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far work of *total* steps is, on stderr, once it lasts longer than two seconds.

    Yields a function that is told how many more steps are done. Nothing is shown where nobody watches.
    """
    show_progress()
    with told(label, total) as advance:
        yield advance


def show_progress() -> None:
    """Show how far any long work is, also of a map that is read, as `progress` does."""
    shown_by(_meter)


@contextlib.contextmanager
def _meter(label: str, total: int) -> Iterator["_Meter"]:
    meter = _Meter(label, total, watched=diagnostics.can_show_progress())
    try:
        yield meter
    finally:
        meter.clear()


class _Meter:
    """One line that says how far the work is."""

    def __init__(self, label: str, total: int, *, watched: bool) -> None:
        self.label, self.total, self.watched = label, total, watched
        self.done = 0
        self.part = 0.0
        """Of the step at hand."""
        self.drawn = False
        self.next_draw = time.monotonic() + SECONDS_BEFORE_PROGRESS

    def advance(self, steps: int) -> None:
        self.done, self.part = min(self.done + steps, self.total), 0.0
        self._draw()

    def within(self, share: float) -> None:
        self.part = max(self.part, min(share, 1.0))
        self._draw()

    def _draw(self) -> None:
        moment = time.monotonic()
        if self.watched and moment >= self.next_draw:
            self.next_draw = moment + SECONDS_BETWEEN_DRAWS
            self.drawn = True
            diagnostics.redraw(self.line())

    def line(self) -> str:
        share = min(self.done + self.part, self.total) / self.total
        filled = int(BAR_WIDTH * share)
        return f"{self.label} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {int(100 * share)}%"

    def clear(self) -> None:
        if self.drawn:
            diagnostics.redraw("")


def _width() -> int | None:
    """Return the width of the terminal in columns, or None where stdout is not one."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _fit(needed: Sequence[int], width: int | None) -> list[int]:
    """Return column widths: the widest columns give way first, none below its need or NARROWEST_COLUMN."""
    widths = list(needed)
    room = sum(widths) if width is None else width - len(GAP) * (len(widths) - 1)
    while sum(widths) > room:
        widest = max(widths)
        if widest <= NARROWEST_COLUMN:
            break
        widths[widths.index(widest)] -= 1
    return widths


def _lines_of(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    wrapped = [textwrap.wrap(cell, column) or [""] for cell, column in zip(row, widths, strict=True)]
    height = max((len(parts) for parts in wrapped), default=0)
    lines = []
    for number in range(height):
        parts = []
        for cell_lines, column, to_the_right in zip(wrapped, widths, right, strict=True):
            part = cell_lines[number] if number < len(cell_lines) else ""
            parts.append(part.rjust(column) if to_the_right else part.ljust(column))
        lines.append(GAP.join(parts).rstrip())
    return lines
