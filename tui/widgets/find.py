"""One line in which one of many is chosen, by typing a part of its name."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from resilience.base.language import _
from tui.help import HelpData
from tui.widgets.choice import Options
from tui.widgets.painting import fit, safe

Search = Callable[[str], Options]
"""What is called so; everything, in its order, for an empty text."""


class Find(Widget, can_focus=True):
    """Letters narrow down what *search* finds; left and right choose among it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("backspace", "shorten", show=False),
    ]

    def __init__(self, search: Search, value: str, help_text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._search = search
        self._help_text = help_text
        self._typed = ""
        self._found = search("")
        self._place = next((place for place, (key, _words) in enumerate(self._found) if key == value), 0)

    @property
    def help(self) -> HelpData:
        """How one is found."""
        keys = _("Type a part of the name; ← and → choose among what fits, Backspace takes a letter back.")
        return HelpData(_("Choice"), f"{self._help_text} {keys}".strip())

    @property
    def value(self) -> str:
        """The key of the chosen one; what was typed where nothing is called so, for it must not count as nothing."""
        return self._found[self._place][0] if self._found else self._typed

    def action_step(self, step: int) -> None:
        """Choose the next or the previous of what fits."""
        if self._found:
            self._place = (self._place + step) % len(self._found)
            self.refresh()

    def action_shorten(self) -> None:
        """Take back the last letter."""
        self._type(self._typed[:-1])

    def on_key(self, event: events.Key) -> None:
        """Read letters; a name does not begin with a space."""
        if event.character and event.is_printable and (self._typed or event.character != " "):
            event.stop()
            self._type(self._typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Read what a terminal pastes."""
        event.stop()
        self._type(self._typed + event.text.strip())

    def render(self) -> Content:
        """Return the chosen one, its place among what fits, and what was typed."""
        typed = f"  {safe(self._typed)}▏" if self._typed else ""
        if not self._found:
            return Content.assemble((_("nothing is called so"), "bold $error"), typed)
        words = self._found[self._place][1]
        count = f" {self._place + 1}/{len(self._found)} ←→"
        room = max(self.size.width - cell_len(count) - cell_len(typed) - 2, 1)
        return Content.assemble(
            (f"[{fit(words, min(room, cell_len(words)))}]", "bold $accent"), (count, "$muted"), typed
        )

    def _type(self, text: str) -> None:
        self._typed = text
        self._found = self._search(text)
        self._place = 0
        self.refresh()
