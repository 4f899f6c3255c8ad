"""The frame of every dialog: a title, what is in it, a line for a refusal, and the keys."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from resilience.base.language import _
from tui.help import HelpData
from tui.widgets.header_bar import BANNER
from tui.widgets.painting import safe

Answer = TypeVar("Answer")
Keys = tuple[tuple[str, str], ...]
"""What the lower edge says: pairs of a key and what it does."""


class Dialog(ModalScreen[Answer]):
    """A dialog that Esc leaves without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("f1", "help", show=False),
    ]
    TALL: ClassVar[bool] = False
    """Whether it takes the whole height, because what is in it grows."""

    def __init__(self, title: str) -> None:
        super().__init__(classes="dialog")
        self._heading = title

    def body(self) -> Iterable[Widget]:
        """Return what stands in the dialog."""
        return ()

    def keys(self) -> Keys:
        """Return the keys that are named in the lower edge."""
        return (("Esc", _("back")), ("F1", _("help")))

    def explain(self) -> HelpData:
        """Return the help where nothing in the dialog has the focus."""
        return HelpData(self._heading, "")

    def compose(self) -> ComposeResult:
        """Put everything in the frame."""
        with Vertical(id="frame", classes="-tall" if self.TALL else "") as frame:
            frame.border_title = Content(safe(self._heading))
            frame.border_subtitle = getattr(self.app, "banner", BANNER)
            with VerticalScroll(id="body", can_focus=False):
                yield from self.body()
            yield Static("", id="fault", markup=False)
            yield Static(keys_content(self.keys()), id="dialog-keys")

    def refuse(self, text: str) -> None:
        """Say in one line why the dialog stays open; nothing takes the line away."""
        fault = self.query_one("#fault", Static)
        fault.update(Content(f"! {safe(text)}") if text else "")
        fault.set_class(bool(text), "-shown")

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Explain what has the focus."""
        from tui.screens.help import HelpDialog  # noqa: PLC0415 - the help is a dialog itself

        focused = self.focused
        found = getattr(focused, "help", None) if focused is not None else None
        self.app.push_screen(HelpDialog(found or self.explain(), self.keys()))


def keys_content(keys: Keys, style: str = "bold $accent") -> Content:
    """Return keys and what they do as one line."""
    pieces: list[str | tuple[str, str]] = []
    for key, words in keys:
        pieces += [(key, style), f" {words}   "]
    return Content.assemble(*pieces)
