"""The map screen as an application."""

import datetime as dt
import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.command import CommandPalette, Provider

from city_model.schema import City
from resilience.base.language import Language, _, language, set_language
from resilience.base.problems import RunError
from tui.commands import Command
from tui.map_commands import map_commands
from tui.messages import MapLanguageChosen
from tui.palette import PALETTE, CommandProvider, title_of
from tui.screens.city_map import MapScreen
from tui.screens.too_small import cover_when_too_small
from tui.theme import DARK, THEMES
from tui.view_models.city_map import CityMap
from tui.view_models.map_page import PARTS, highest_mark, part_titles

SWITCH_SECONDS = 0.001
"""So long the thread that computes keeps the screen waiting at most."""


class MapCommandProvider(CommandProvider):
    """Offers the commands of the map screen."""

    def _offered(self) -> list[tuple[Command, str, partial[None]]]:
        screen = self.screen
        if not isinstance(screen, MapScreen):
            return []
        listed = [command for command in map_commands() if command.name != PALETTE]
        titles = part_titles()
        return [(command, title_of(command, titles), partial(screen.perform, command.name)) for command in listed]


class MapApp(App[None]):
    """Shows a city, as its reader may see it, in the language *said_in*."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(__file__).with_name(name) for name in ("app.tcss", "map.tcss")]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {MapCommandProvider}

    def __init__(self, city: City, start: str | None = None, *, said_in: Language, today: dt.date) -> None:
        super().__init__()
        self.city_map = CityMap(city, today, start)
        self.title = str(city.name)
        self.banner = f"TLP:{highest_mark(city)}"
        """On every dialog: who may look along."""
        self._said_in = said_in
        self._part = PARTS[0] if start is None else PARTS[1]
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_load(self) -> None:
        """Speak the language that was asked for from the first screen on."""
        set_language(self._said_in)

    def on_mount(self) -> None:
        """Show the map."""
        self.push_screen(MapScreen(self.city_map, part=self._part))

    def on_resize(self, event: events.Resize) -> None:
        """Cover the map while it does not fit."""
        cover_when_too_small(self, event.size)

    @on(MapLanguageChosen)
    def _language_chosen(self, message: MapLanguageChosen) -> None:
        """Make the screen anew: every text of it is then in the other language."""
        set_language(message.language)
        self.city_map.speak()
        self.switch_screen(MapScreen(self.city_map, part=message.part))

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C is a habit."""
        self.notify(_("Ctrl+Q leaves the map."), markup=False)

    def action_command_palette(self) -> None:
        """Show all commands; not on top of a dialog, where most would make no sense."""
        if isinstance(self.screen, MapScreen):
            self.push_screen(CommandPalette(placeholder=_("Search a command…"), id="--command-palette"))


def run(city: City, start: str | None = None) -> None:
    """Show the map until somebody leaves it; *start* is the component to look at first."""
    if "TEXTUAL_DRIVER" not in os.environ and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RunError(_("the map needs a terminal; run it without redirecting its input or output"))
    gc.freeze()  # the city stays until the end: looking through it for what can go would make each key wait
    sys.setswitchinterval(SWITCH_SECONDS)
    MapApp(city, start, said_in=language(), today=dt.datetime.now().astimezone().date()).run()
