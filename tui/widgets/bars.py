"""The single lines: the parts of the console, the city, the last entry of the log, the keys."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.commands import EVERYWHERE, Command, commands, key_text
from tui.view_models.rows import LogRow, Tab, Tone
from tui.widgets.header_bar import STYLES
from tui.widgets.painting import fit

_KEY = "bold $accent"


class TabBar(Widget):
    """The parts, each with its number key and what asks for attention in it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual calls it so
        super().__init__(id=id)
        self._tabs: tuple[Tab, ...] = ()
        self._active = ""

    def show(self, tabs: Sequence[Tab], active: str) -> None:
        """Show *tabs*, with the part that has the focus marked."""
        if (tuple(tabs), active) != (self._tabs, self._active):
            self._tabs, self._active = tuple(tabs), active
            self.refresh()

    def render(self) -> Content:
        """Return one line; the badges of quiet parts go when it gets too long."""
        full = [self._tab(tab, badge=True) for tab in self._tabs]
        if sum(tab.cell_length for tab in full) > self.size.width:
            full = [self._tab(tab, badge=tab.tone is not Tone.PLAIN) for tab in self._tabs]
        return Content.assemble(*full)

    def _tab(self, tab: Tab, *, badge: bool) -> Content:
        name = f"{tab.number} {tab.title}"
        active = tab.key == self._active
        left, right = ("[", "]") if active else (" ", " ")
        style = "bold reverse" if active else "$foreground"
        mark = f" {tab.badge}" if badge and tab.badge else ""
        return Content.assemble((left + name, style), (mark, style if active else STYLES[tab.tone]), (right, style))


class Line(Widget):
    """A label and one line of text."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual calls it so
        super().__init__(id=id)
        self._parts: tuple[str, str, Tone] = ("", "", Tone.PLAIN)

    def show(self, label: str, text: str, tone: Tone) -> None:
        """Show *text* after *label*."""
        if (label, text, tone) != self._parts:
            self._parts = (label, text, tone)
            self.refresh()

    def show_entry(self, label: str, row: LogRow) -> None:
        """Show the last entry of the log."""
        self.show(label, f"{row.time} {row.text}", row.tone)

    def render(self) -> Content:
        """Return the line for the width of now."""
        label, text, tone = self._parts
        lead = f" {label} "
        return Content.assemble((lead, "$muted"), (fit(text, self.size.width - cell_len(lead)), STYLES[tone]))


class KeyBar(Widget):
    """Two lines of keys: those of the part that has the focus, and those that always work."""

    def __init__(
        self,
        listed: Callable[[], Sequence[Command]] = commands,
        *,
        id: str | None = None,  # noqa: A002 - Textual calls it so
    ) -> None:
        super().__init__(id=id)
        self._listed = listed
        self._part = ""
        self._title = ""

    def show(self, part: str, title: str) -> None:
        """Show the keys of *part*."""
        if (part, title) != (self._part, self._title):
            self._part, self._title = part, title
            self.refresh()

    def render(self) -> Content:
        """Return both lines for the width of now."""
        known = [command for command in self._listed() if command.bar]
        own = sorted((command for command in known if command.place == self._part), key=lambda command: command.bar)
        general = sorted((command for command in known if command.place == EVERYWHERE), key=lambda command: command.bar)
        first = Content.assemble(
            (f" {self._title} ", "$muted"), self._keys(own, self.size.width - len(self._title) - 2)
        )
        return Content("\n").join([first, self._keys(general, self.size.width)])

    def _keys(self, shown: Sequence[Command], width: int) -> Content:
        """Return as many keys as fit: the spare ones go first, then the last."""
        kept = [(command, _key(command)) for command in shown]
        while len(kept) > 1 and sum(piece.cell_length for _command, piece in kept) > width:
            spare = [place for place, (command, _piece) in enumerate(kept) if command.spare]
            del kept[spare[-1] if spare else -1]
        return Content.assemble(*(piece for _command, piece in kept))


def _key(command: Command) -> Content:
    written = command.shown or key_text(command.keys[0])
    return Content.assemble(" ", (written, _KEY), f" {command.title} ")
