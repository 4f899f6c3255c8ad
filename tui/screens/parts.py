"""What every screen of ours has: parts in columns, of which one has the focus, and a list of commands."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget

from tui.commands import EVERYWHERE, Command, command_for
from tui.screens.help import HelpDialog
from tui.theme import other_theme
from tui.view_models.rows import Tab
from tui.widgets.bars import KeyBar, TabBar
from tui.widgets.pane import Pane

WIDE = 120
"""From so many columns on all parts stand side by side."""
HIGH = 34
"""From so many lines on there is room for the detail below a list among other parts."""
LOOKING = ("next-part", "previous-part", "zoom", "language", "theme", "help")
"""The commands that only look elsewhere: every screen has them."""


class PartsScreen(Screen[None]):
    """Shows its parts side by side, or one at a time where only one fits."""

    AUTO_FOCUS = ""
    DETAILED: ClassVar[tuple[str, ...]] = ()
    """The parts with a page below their list."""

    def __init__(self, parts: Sequence[str], columns: Mapping[str, Sequence[str]], part: str) -> None:
        """Begin in *part*; *parts* are in the order of their number keys, *columns* say where each stands."""
        super().__init__()
        self.parts = tuple(parts)
        self._columns = columns
        self._part = part or self.parts[0]
        self._zoomed = False

    # What a screen says of itself

    def listed(self) -> Sequence[Command]:
        """Return all that can be done here."""
        raise NotImplementedError

    def titles(self) -> Mapping[str, str]:
        """Return what each part is called."""
        raise NotImplementedError

    def tabs(self) -> Sequence[Tab]:
        """Return the parts with what asks for attention in them."""
        raise NotImplementedError

    def framed(self, part: str, number: int, title: str) -> Pane:
        """Return a part in its frame."""
        raise NotImplementedError

    def perform(self, name: str) -> None:
        """Do the command called *name*."""
        raise NotImplementedError

    def switch_language(self) -> None:
        """Go on in the other language: the application makes this screen anew."""
        raise NotImplementedError

    # What a screen is made of

    def framed_parts(self) -> ComposeResult:
        """Put the parts in their columns."""
        titles = self.titles()
        with Horizontal(id="columns"):
            for column, parts in self._columns.items():
                with Vertical(id=column, classes="column"):
                    for part in parts:
                        yield self.framed(part, self.parts.index(part) + 1, titles[part])

    def pane(self, part: str) -> Pane:
        """Return a part of the screen."""
        return self.query_one(f"#{part}", Pane)

    @property
    def part(self) -> str:
        """The part that has the focus."""
        return self._part

    def chosen(self, part: str) -> str | None:
        """Return the key of the row under the cursor of *part*."""
        return self.pane(part).rows.selected

    def focus_of(self, part: str) -> Widget:
        """Return what gets the keys in *part*."""
        return self.pane(part).rows

    def go_to(self, part: str) -> None:
        """Give *part* the focus, and show it where only one fits."""
        self._part = part
        self.activate()
        self.focus_of(part).focus()
        self.mark_part()

    def activate(self) -> None:
        """Mark the part that is shown where only one fits."""
        for column, parts in self._columns.items():
            self.query_one(f"#{column}").set_class(self._part in parts, "-active")
        for name in self.parts:
            self.pane(name).set_class(name == self._part, "-active")

    def mark_part(self) -> None:
        """Show which part has the focus, and its keys."""
        self.query_one("#tabs", TabBar).show(self.tabs(), self._part)
        self.query_one("#keys", KeyBar).show(self._part, self.titles()[self._part])

    def place_parts(self) -> None:
        """Show one part or all of them."""
        single = self._zoomed or self.app.size.width < WIDE
        self.set_class(single, "-single")
        self.set_class(not single, "-all")
        self.set_class(self.app.size.height < HIGH, "-low")

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Show one sentence for a few seconds."""
        shown = text[:1].upper() + text[1:]
        self.notify(shown, severity="error" if alert else "information", markup=False, timeout=6 if alert else 3)

    def leave(self) -> None:
        """Close the screen."""
        self.app.exit()

    # Keys and events

    def action_press(self, key: str) -> None:
        """Do what *key* means in the part that has the focus."""
        command = command_for(key, self._part, self.listed())
        if command is not None:
            self.perform(command.name)

    def look(self, name: str) -> bool:
        """Do the command called *name* where it only looks elsewhere; returns whether it did."""
        here = self.parts.index(self._part)
        if name.startswith("part-"):
            self.go_to(name.removeprefix("part-"))
        elif name == "next-part":
            self.go_to(self.parts[(here + 1) % len(self.parts)])
        elif name == "previous-part":
            self.go_to(self.parts[here - 1])
        elif name == "zoom":
            self._zoomed = not self._zoomed
            self.place_parts()
        elif name == "language":
            self.switch_language()
        elif name == "theme":
            self.app.theme = other_theme(self.app.theme)
        elif name == "help":
            listed = [command for command in self.listed() if command.place in (EVERYWHERE, self._part)]
            self.app.push_screen(HelpDialog(self.pane(self._part).rows.help, commands=listed))
        else:
            return False
        return True

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click may give another part the focus."""
        for part in self.parts:
            if part != self._part and self.pane(part) in event.widget.ancestors:
                self._part = part
                self.mark_part()

    def on_resize(self, _event: events.Resize) -> None:
        """Show one part or all of them."""
        self.place_parts()
