"""The command palette: the list of commands, found by name, by what they do, or by their key."""

from collections.abc import Mapping
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.commands import EVERYWHERE, Command, commands, key_text
from tui.screens.console import ConsoleScreen
from tui.view_models.console import part_titles

PALETTE = "palette"


class CommandProvider(Provider):
    """Offers every command except the palette itself."""

    async def discover(self) -> Hits:
        """Offer all commands, in the order of the list."""
        for command, title, perform in self._offered():
            yield DiscoveryHit(Content(title), perform, text=title, help=command.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches *query* in its name or in what it does."""
        matcher = self.matcher(query)
        for command, title, perform in self._offered():
            score = max(matcher.match(title), matcher.match(command.help) * 0.9)
            if score > 0:
                yield Hit(score, matcher.highlight(title), perform, text=title, help=command.help)

    def _offered(self) -> list[tuple[Command, str, partial[None]]]:
        screen = self.screen
        if not isinstance(screen, ConsoleScreen):
            return []
        return [
            (command, title_of(command), partial(screen.perform, command.name))
            for command in commands()
            if command.name != PALETTE
        ]


def title_of(command: Command, titles: Mapping[str, str] | None = None) -> str:
    """Return what the palette calls a command: its part (*titles*: those of another screen), its name and its key."""
    part = "" if command.place == EVERYWHERE else f"{(titles or part_titles())[command.place]}: "
    return f"{part}{command.title} ({key_text(command.keys[0])})"
