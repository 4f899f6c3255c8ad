"""The frame of every part of a screen: a title, a list, and below it the page of the chosen row."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.view_models.rows import Sheet
from tui.widgets.row_list import AnyRows, Row
from tui.widgets.sheet import SheetText

Lists = Mapping[str, type[AnyRows]]
"""Which list stands in which part."""


class Pane(Vertical):
    """A framed part of a screen; a subclass says which list stands in which part."""

    LISTS: ClassVar[Lists] = {}

    def __init__(self, part: str, number: int, title: str, *, empty: str = "", detail: bool = False) -> None:
        super().__init__(id=part, classes="pane")
        self.part = part
        self.border_title = f"{number} {title}"
        self.rows = self.LISTS[part](empty=empty, id=f"{part}-list")
        self.detail = SheetText(id=f"{part}-detail", classes="detail") if detail else None

    def compose(self) -> ComposeResult:
        """Put the list in the frame, and below it the detail of the chosen row where there is one."""
        yield self.rows
        if self.detail is not None:
            yield self.detail

    def show(self, rows: Sequence[Row], *, note: str = "") -> None:
        """Show *rows*, and *note* in the lower edge."""
        self.rows.show(rows)
        if (self.border_subtitle or "") != note:
            self.border_subtitle = note

    def show_detail(self, sheet: Sheet | None) -> None:
        """Show what belongs to the chosen row."""
        if self.detail is not None:
            self.detail.show(sheet)

    def on_descendant_focus(self, _event: Any) -> None:  # noqa: ANN401 - Textual's event
        """Mark the part that has the focus."""
        self.add_class("-focused")
        self.border_title = f"▸ {str(self.border_title).removeprefix('▸ ')}"

    def on_descendant_blur(self, _event: Any) -> None:  # noqa: ANN401 - Textual's event
        """Take the mark away."""
        self.remove_class("-focused")
        self.border_title = str(self.border_title).removeprefix("▸ ")
