"""One line in which one of a few words is chosen, and one in which several are."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from resilience.base.language import _
from tui.help import HelpData
from tui.widgets.painting import fit, safe

Options = Sequence[tuple[str, str]]
"""Pairs of a key and the words that are shown."""


class Choice(Widget, can_focus=True):
    """Left and right choose one of the *options*; a letter goes to the next that begins with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right,space", "step(1)", show=False),
    ]

    class Changed(Message):
        """Another option was chosen."""

    def __init__(self, options: Options, value: str, help_text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = tuple(options)
        self._place = next((place for place, (key, _words) in enumerate(self._options) if key == value), 0)
        self._help_text = help_text

    @property
    def help(self) -> HelpData:
        """What is chosen here."""
        keys = _("← and → choose; a letter goes to the next option that begins with it.")
        return HelpData(_("Choice"), f"{self._help_text} {keys}".strip())

    @property
    def value(self) -> str:
        """The key of the chosen option."""
        return self._options[self._place][0]

    def action_step(self, step: int) -> None:
        """Choose the next or the previous option."""
        self._go((self._place + step) % len(self._options))

    def key_press(self, letter: str) -> bool:
        """Choose the next option that begins with *letter*; returns whether there was one."""
        order = [*range(self._place + 1, len(self._options)), *range(self._place + 1)]
        for place in order:
            if self._options[place][1].casefold().startswith(letter.casefold()):
                self._go(place)
                return True
        return False

    def on_key(self, event: object) -> None:
        """Read letters."""
        character = getattr(event, "character", None)
        if character and character.isalnum() and self.key_press(character):
            event.stop()  # type: ignore[attr-defined]

    def render(self) -> Content:
        """Return the options, the chosen one marked; only as many as fit, with the chosen one among them."""
        pieces = [
            Content.styled(f"[{safe(words)}]", "bold $accent") if place == self._place else Content(f" {safe(words)} ")
            for place, (_key, words) in enumerate(self._options)
        ]
        if sum(piece.cell_length for piece in pieces) <= self.size.width:
            return Content.assemble(*pieces)
        words = self._options[self._place][1]
        count = f" {self._place + 1}/{len(self._options)} ←→"
        room = self.size.width - cell_len(count) - 2
        return Content.assemble((f"[{fit(words, min(room, cell_len(words)))}]", "bold $accent"), (count, "$muted"))

    def _go(self, place: int) -> None:
        if place != self._place:
            self._place = place
            self.refresh()
            self.post_message(self.Changed())


class Ticks(Widget, can_focus=True):
    """One option a line: arrows move, space puts or takes a tick."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "step(-1)", show=False),
        Binding("down,right", "step(1)", show=False),
        Binding("space", "tick", show=False),
    ]

    def __init__(self, options: Options, help_text: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = tuple(options)
        self._place = 0
        self._ticked: set[str] = set()
        self._help_text = help_text

    @property
    def help(self) -> HelpData:
        """What is ticked here."""
        keys = _("The arrows move, Space puts or takes a tick.")
        return HelpData(_("Choice"), f"{self._help_text} {keys}".strip())

    @property
    def value(self) -> tuple[str, ...]:
        """The keys that are ticked, in the order of the options."""
        return tuple(key for key, _words in self._options if key in self._ticked)

    def offer(self, options: Options) -> None:
        """Offer other options; nothing is ticked."""
        self._options, self._place, self._ticked = tuple(options), 0, set()
        self.refresh(layout=True)

    def action_step(self, step: int) -> None:
        """Move to the next or the previous option; beyond the first or the last one, to another field."""
        wanted = self._place + step
        if wanted < 0:
            self.screen.focus_previous()
        elif wanted >= len(self._options):
            self.screen.focus_next()
        else:
            self._place = wanted
            self.refresh()

    def action_tick(self) -> None:
        """Put or take a tick."""
        if self._options:
            self._ticked ^= {self._options[self._place][0]}
        self.refresh()

    def on_focus(self) -> None:
        """Show where one is."""
        self.refresh()

    def on_blur(self) -> None:
        """Stop showing where one was."""
        self.refresh()

    def render(self) -> Content:
        """Return the options with their ticks, one a line."""
        lines = []
        for place, (key, words) in enumerate(self._options):
            tick = "[x]" if key in self._ticked else "[ ]"
            style = "bold reverse" if place == self._place and self.has_focus else ""
            lines.append(Content.styled(f"{tick} {safe(words)}", style))
        return Content("\n").join(lines)
