"""What a terminal shows that is too small for a screen of ours: one sentence."""

from typing import Any

from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

from resilience.base.language import _
from tui.widgets.header_bar import BANNER

LEAST = Size(80, 24)


def is_too_small(size: Size) -> bool:
    """Return whether a screen of ours does not fit in *size*."""
    return size.width < LEAST.width or size.height < LEAST.height


def cover_when_too_small(app: App[Any], size: Size) -> None:
    """Cover everything while it does not fit in *size*."""
    cover = app.screen if isinstance(app.screen, TooSmallScreen) else None
    if is_too_small(size):
        if cover is None:
            app.push_screen(TooSmallScreen(size))
        else:
            cover.measure(size)
    elif cover is not None:
        cover.dismiss(None)


class TooSmallScreen(ModalScreen[None]):
    """Covers everything until the terminal is large enough; the exercise goes on behind it."""

    def __init__(self, size: Size) -> None:
        super().__init__()
        self._size_now = size

    def compose(self) -> ComposeResult:
        """Show the sentence."""
        yield Static(self._sentence(), id="sentence")

    def measure(self, size: Size) -> None:
        """Show the size of now."""
        self._size_now = size
        self.query_one("#sentence", Static).update(self._sentence())

    def _sentence(self) -> Content:
        text = _(
            "This terminal is {width}×{height}; make it at least {least_width}×{least_height}.",
            width=self._size_now.width,
            height=self._size_now.height,
            least_width=LEAST.width,
            least_height=LEAST.height,
        )
        banner: str = getattr(self.app, "banner", BANNER)
        if banner == BANNER:
            text += " " + _("The exercise goes on.")
        return Content(f"{banner}\n{text}")
