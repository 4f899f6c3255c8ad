"""A list of thousands of rows: only the lines on the screen are made, at the moment that they are drawn."""

from collections.abc import Callable, Sequence
from typing import Generic, overload

from textual.geometry import Size

from tui.widgets.painting import Cell, Column, Line, laid_out, widths_of
from tui.widgets.row_list import R, RowList


class LongList(RowList[R]):
    """Rows of one line each; a column is as wide as its *most* says, and the flexible one gets what is left."""

    def columns(self) -> tuple[Column, ...]:
        """Return the columns of now; none of them wraps."""
        return self.COLUMNS

    def redraw(self) -> None:
        """Draw the lines on the screen anew: the rows are the same, what is said about them is not."""
        self._draw()

    def _draw(self) -> None:
        width = self._drawn_width = self.scrollable_content_region.width
        columns = self.columns()
        widest: Line = tuple(Cell("" if column.flexible else "·" * column.most) for column in columns)
        widths = widths_of(columns, [widest], width, self.LEAST)
        rows = self._rows
        self._lines = _Lines(rows, lambda row: laid_out(self.cells(row), columns, widths)[0])
        self._row_of_line = range(len(rows))
        self.virtual_size = Size(width, len(rows))
        self._keep_in_view()
        self.refresh()


class _Lines(Sequence[list[Cell]], Generic[R]):
    """The lines of *rows*, each made when somebody looks at it."""

    def __init__(self, rows: Sequence[R], line: Callable[[R], list[Cell]]) -> None:
        self._rows = rows
        self._line = line

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> list[Cell]: ...

    @overload
    def __getitem__(self, place: slice) -> list[list[Cell]]: ...

    def __getitem__(self, place: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(place, slice):
            return [self._line(row) for row in self._rows[place]]
        return self._line(self._rows[place])
