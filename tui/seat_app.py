"""A seat at an exercise as an application: a cell, an observer or the spectators."""

from pathlib import Path, PurePath
from typing import ClassVar

from textual.screen import Screen

from resilience.base.language import _
from resilience.base.problems import RunError
from resilience.exercise.session import Session
from tui.played_app import PlayedApp
from tui.screens.played import PlayedScreen
from tui.screens.reading import Confirm
from tui.screens.seat import SeatScreen
from tui.screens.spectator import SpectatorScreen


class SeatApp(PlayedApp):
    """Holds the screen of one seat."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(__file__).with_name(name) for name in ("app.tcss", "seat.tcss")]
    ENABLE_COMMAND_PALETTE = False
    _looked = False
    """Whether the screen was shown before: who makes it anew has looked behind what covered it."""

    def own(self, part: str = "", places: dict[str, str | None] | None = None) -> Screen[None]:
        """Return the screen of this seat."""
        if self.session.seat.role == "spectator":
            return SpectatorScreen(self.session)
        covers, self._looked = not self._looked, True
        return SeatScreen(self.session, part=part, places=places, covers=covers)

    def action_no_duff(self) -> None:
        """Stop for something real, whatever is on the screen."""
        if not isinstance(self.screen, Confirm):  # the question is asked once
            self.played("no-duff")

    async def action_quit(self) -> None:
        """Leave: after a question where somebody writes."""
        if isinstance(self.screen, PlayedScreen):
            self.screen.perform("leave")
        elif isinstance(self.screen, SpectatorScreen):
            self.exit()

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C is a habit."""
        self.notify(_("Ctrl+Q leaves this seat."), markup=False)


def run(session: Session) -> None:
    """Show the seat until somebody leaves it."""
    if session.seat.role == "facilitator":
        raise RunError(_("the facilitator has a console: use 'resilience exercise resume'"))
    SeatApp(session).run_in_terminal(_("a seat needs a terminal; run it without redirecting its input or output"))
