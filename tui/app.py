"""The facilitator's console as an application."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider

from resilience.base.language import _, set_language
from resilience.base.problems import RunError
from resilience.exercise.session import Session
from tui.messages import LanguageChosen
from tui.palette import CommandProvider
from tui.screens.console import ConsoleScreen
from tui.screens.too_small import cover_when_too_small
from tui.theme import DARK, THEMES


class ConsoleApp(App[None]):
    """Holds the console; the session is opened and closed by whoever runs it."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "OEFENING - EXERCISE"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12,ctrl+n", "no_duff", show=False, priority=True)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_load(self) -> None:
        """Speak the language of the exercise from the first screen on."""
        set_language(self.session.language)

    def on_mount(self) -> None:
        """Show the console."""
        self.push_screen(ConsoleScreen(self.session))

    def on_resize(self, event: events.Resize) -> None:
        """Cover the console while it does not fit."""
        cover_when_too_small(self, event.size)

    @property
    def console_screen(self) -> ConsoleScreen:
        """The console, whatever dialog lies on top of it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, ConsoleScreen))

    @on(LanguageChosen)
    def _language_chosen(self, message: LanguageChosen) -> None:
        """Make the console anew: every text of it is then in the other language.

        A language belongs to a task, and the tasks of new screens take it over from this one.
        """
        set_language(message.language)
        self.switch_screen(ConsoleScreen(self.session, part=message.part, places=message.places))

    def action_no_duff(self) -> None:
        """Freeze everything, whatever is on the screen."""
        self.console_screen.perform("no-duff")

    async def action_quit(self) -> None:
        """Leave, after a question while the exercise is on."""
        self.console_screen.perform("leave")

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C is a habit."""
        self.notify(_("Ctrl+Q leaves the console."), markup=False)

    def action_command_palette(self) -> None:
        """Show all commands; not on top of a dialog, where most would make no sense."""
        if isinstance(self.screen, ConsoleScreen):
            self.push_screen(CommandPalette(placeholder=_("Search a command…"), id="--command-palette"))


def run(session: Session) -> None:
    """Show the console until the facilitator leaves it."""
    if session.seat.role != "facilitator":
        raise RunError(_("this console is for the facilitator; open the exercise without a seat"))
    if "TEXTUAL_DRIVER" not in os.environ and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RunError(_("the console needs a terminal; run it without redirecting its input or output"))
    ConsoleApp(session).run()
