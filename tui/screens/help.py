"""Help about the part that has the focus: what it is, how it is read, and which keys work there."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from resilience.base.language import _
from tui.commands import Command, key_text
from tui.help import HelpData
from tui.screens.dialog import Dialog, Keys
from tui.view_models.rows import Block, Sheet
from tui.widgets.sheet import SheetScroll


class HelpDialog(Dialog[None]):
    """Shows the help of one part, its keys, and the keys that work everywhere."""

    TALL = True

    def __init__(self, about: HelpData, keys: Keys = (), commands: Sequence[Command] = ()) -> None:
        super().__init__(_("Help: {title}", title=about.title))
        self._sheet = help_sheet(about, keys, commands)

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        return (SheetScroll(self._sheet, id="page"),)

    def keys(self) -> Keys:
        """Return how to leave."""
        return (("Esc", _("back")), ("↑ ↓", _("scroll")))

    def action_help(self) -> None:
        """Help about help is not needed: close it."""
        self.dismiss(None)


def help_sheet(about: HelpData, keys: Keys, commands: Sequence[Command]) -> Sheet:
    """Return the page: the text, the keys of the part, and those that work everywhere."""
    own = [command for command in commands if command.place]
    general = [command for command in commands if not command.place]
    blocks = [Block("", (about.text,))]
    if keys:
        blocks.append(Block(_("Keys here"), tuple(f"{key}: {words}" for key, words in keys)))
    for heading, listed in ((_("Keys here"), own), (_("Keys that work everywhere"), general)):
        if listed:
            blocks.append(Block(heading, tuple(_line(command) for command in listed)))
    return Sheet(about.title, blocks=tuple(blocks))


def _line(command: Command) -> str:
    return f"{', '.join(key_text(key) for key in command.keys)}: {command.help}"
