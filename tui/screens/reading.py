"""Dialogs that are only read, or that ask yes or no."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from resilience.base.language import _
from tui.help import HelpData
from tui.screens.dialog import Dialog, Keys
from tui.view_models.rows import Sheet
from tui.widgets.painting import safe
from tui.widgets.sheet import SheetScroll


class SheetDialog(Dialog[None]):
    """A page to read."""

    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "leave", show=False)]

    def __init__(self, heading: str, sheet: Sheet) -> None:
        super().__init__(heading)
        self._sheet = sheet

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        return (SheetScroll(self._sheet, id="page"),)

    def keys(self) -> Keys:
        """Return how to read on and leave."""
        return (("Esc", _("back")), ("↑ ↓", _("scroll")))


class Confirm(Dialog[bool]):
    """A question that only a letter answers with yes: no habit of pressing Enter can."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,j", "yes", show=False),
        Binding("n", "leave", show=False),
    ]

    def __init__(self, question: str, consequence: str) -> None:
        super().__init__(question)
        self._consequence = consequence

    def body(self) -> Iterable[Widget]:
        """Return what yes would do."""
        return (Static(Content(safe(self._consequence)), classes="intro"),)

    def keys(self) -> Keys:
        """Return both answers."""
        return ((_("Y"), _("yes")), ("N, Esc", _("no")))

    def explain(self) -> HelpData:
        """Say how to answer."""
        return HelpData(self._heading, self._consequence)

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)  # noqa: FBT003 - the answer
