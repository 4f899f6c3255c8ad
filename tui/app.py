"""The facilitator's console as an application."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.command import CommandPalette, Provider

from resilience.base.language import _
from resilience.base.problems import RunError
from resilience.exercise.session import Session
from tui.palette import CommandProvider
from tui.played_app import PlayedApp
from tui.screens.console import ConsoleScreen


class ConsoleApp(PlayedApp):
    """Holds the console."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {CommandProvider}

    def own(self, part: str = "", places: dict[str, str | None] | None = None) -> ConsoleScreen:
        """Return the console."""
        return ConsoleScreen(self.session, part=part, places=places)

    @property
    def console_screen(self) -> ConsoleScreen:
        """The console, whatever dialog lies on top of it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, ConsoleScreen))

    def action_no_duff(self) -> None:
        """Freeze everything, whatever is on the screen."""
        self.played("no-duff")

    async def action_quit(self) -> None:
        """Leave, after a question while the exercise is on."""
        self.played("leave")

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
    ConsoleApp(session).run_in_terminal(
        _("the console needs a terminal; run it without redirecting its input or output")
    )
