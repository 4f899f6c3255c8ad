"""A list of rows with a cursor, drawn line by line: the same rows again change nothing on the screen."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.help import HelpData
from tui.view_models.rows import Tone
from tui.widgets.painting import Cell, Column, Line, laid_out, widths_of


class Row(Protocol):
    """Anything with a key of its own."""

    @property
    def key(self) -> str:
        """What tells this row from the others."""


R = TypeVar("R", bound=Row)
SETTLE_SECONDS = 1.0


class RowList(ScrollView, Generic[R], can_focus=True):
    """Rows of one kind with a cursor; a subclass says which columns they have and what stands in them."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(flexible=True),)
    LEAST: ClassVar[int] = 16
    """So many cells the flexible column wants before other columns are dropped."""
    HAS_CURSOR: ClassVar[bool] = True
    """Whether a row can be chosen."""
    FOLLOWS_END: ClassVar[bool] = False
    """Whether the cursor stays on the last row while rows are added, as in a log."""
    FOLLOWS_START: ClassVar[bool] = False
    """Whether it stays on the first row while the cursor stands there: the newest is what matters."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"row--{tone}" for tone in Tone} | {
        "row--cursor",
        "row--idle",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or the row under it changed."""

        rows: "RowList[Any]"
        key: str | None

        @property
        def control(self) -> "RowList[Any]":
            """The list that it is about."""
            return self.rows

    def __init__(self, *, empty: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._empty = empty
        self._rows: tuple[R, ...] = ()
        self._at = 0
        self._lines: Sequence[list[Cell]] = []
        self._row_of_line: Sequence[int] = []
        self._drawn_width = -1
        self._moved_on = 0.0
        """When the cursor last moved by itself, on the monotonic clock."""

    @property
    def help(self) -> HelpData:
        """What this list is for."""
        return HelpData("", "")

    def cells(self, row: R) -> Line:
        """Return what stands in the columns of *row*."""
        return (Cell(str(row)),)

    @property
    def selected(self) -> str | None:
        """The key of the row under the cursor."""
        return self._rows[self._at].key if self._rows else None

    @property
    def selected_row(self) -> R | None:
        """The row under the cursor."""
        return self._rows[self._at] if self._rows else None

    @property
    def just_moved_on(self) -> bool:
        """Whether the cursor moved by itself a moment ago: whoever pressed a key meant the row before."""
        return time.monotonic() - self._moved_on < SETTLE_SECONDS

    def moves_on(self, before: R, after: R) -> bool:
        """Return whether the cursor leaves a row that became *after*, for the first row of the list."""
        del before, after
        return False

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def is_drawn(self) -> bool:
        """Whether the lines stand on the screen, as wide as the list is now."""
        return self._drawn_width == self.scrollable_content_region.width > 0

    @property
    def text(self) -> str:
        """All lines as plain text, for whoever cannot see them."""
        return "\n".join("".join(cell.text for cell in line).rstrip() for line in self._lines)

    def show(self, rows: Sequence[R]) -> None:
        """Show *rows*; the cursor stays on the row that it was on."""
        new = tuple(rows)
        if new == self._rows:
            return
        chosen, at_end = self.selected, self._at >= len(self._rows) - 1
        before = self._rows[self._at] if self._rows else None
        self._rows = new
        keys = [row.key for row in new]
        if self.FOLLOWS_END and at_end:
            self._at = max(len(new) - 1, 0)
        elif self.FOLLOWS_START and self._at == 0:
            pass
        elif chosen in keys:
            self._at = keys.index(chosen)
            if before is not None and self._at and self.moves_on(before, new[self._at]):
                self._at = 0
                self._moved_on = time.monotonic()
        else:
            self._at = min(self._at, max(len(new) - 1, 0))
        self._draw()
        self.post_message(self.Highlighted(self, self.selected))

    def say_when_empty(self, text: str) -> None:
        """Show *text* where there are no rows."""
        if text != self._empty:
            self._empty = text
            self.refresh()

    def select(self, key: str | None) -> None:
        """Put the cursor on the row with *key*, where there is one."""
        found = next((place for place, row in enumerate(self._rows) if row.key == key), None)
        if found is not None and found != self._at:
            self._go(found)

    def action_move(self, step: int) -> None:
        """Move the cursor by *step* rows."""
        self._go(self._at + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a page."""
        self._go(self._at + step * max(self.scrollable_content_region.height - 1, 1))

    def action_edge(self, side: int) -> None:
        """Move the cursor to the first (-1) or the last row."""
        self._go(0 if side < 0 else len(self._rows) - 1)

    def on_resize(self) -> None:
        """Draw anew for another width."""
        if self.scrollable_content_region.width != self._drawn_width:
            self._draw()
        self._keep_in_view()

    def on_focus(self) -> None:
        """Show the cursor as one that moves."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that rests."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where one clicks."""
        line = event.y + self.scroll_offset.y
        if 0 <= line < len(self._row_of_line):
            self._go(self._row_of_line[line])

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        base = self.rich_style
        if not self._rows and place == 0:
            muted = self.get_component_rich_style(f"row--{Tone.MUTED}")
            return Strip([Segment(self._empty[:width], base + muted)]).adjust_cell_length(width, base)
        if place >= len(self._lines):
            return Strip.blank(width, base)
        ground = self._ground(self._row_of_line[place])
        styled = [
            Segment(cell.text, base + self.get_component_rich_style(f"row--{cell.tone}", partial=True) + ground)
            for cell in self._lines[place]
        ]
        return Strip(styled).adjust_cell_length(width, base + ground)

    def _ground(self, row: int) -> Style:
        if row != self._at or not self.HAS_CURSOR:
            return Style()
        name = "row--cursor" if self.has_focus else "row--idle"
        style = self.get_component_rich_style(name, partial=True)
        return Style(bgcolor=style.bgcolor, bold=style.bold or None)

    def _go(self, place: int) -> None:
        if not self._rows:
            return
        self._at = min(max(place, 0), len(self._rows) - 1)
        self._moved_on = 0.0
        self._keep_in_view()
        self.refresh()
        self.post_message(self.Highlighted(self, self.selected))

    def _draw(self) -> None:
        width = self._drawn_width = self.scrollable_content_region.width
        table = [self.cells(row) for row in self._rows]
        widths = widths_of(self.COLUMNS, table, width, self.LEAST)
        rows = [laid_out(line, self.COLUMNS, widths) for line in table]
        self._lines = [line for lines in rows for line in lines]
        self._row_of_line = [place for place, lines in enumerate(rows) for _line in lines]
        self.virtual_size = Size(width, len(self._lines))
        self._keep_in_view()
        self.refresh()

    def _keep_in_view(self) -> None:
        if not self.scrollable_content_region.height or self._at not in self._row_of_line:
            return  # a list that is not on the screen would scroll away what stands above the cursor
        first = self._row_of_line.index(self._at)
        height = self._row_of_line.count(self._at)
        region = Region(0, first, 1, height)
        self.scroll_to_region(region, animate=False, force=True, x_axis=False)


AnyRows = RowList[Any]
