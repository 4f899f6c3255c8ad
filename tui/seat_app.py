"""A seat at an exercise as an application: a cell, an observer or the spectators."""

import os
import sys
from pathlib import Path, PurePath
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from resilience.base.language import _, set_language
from resilience.base.problems import RunError
from resilience.exercise.session import Session
from tui.messages import LanguageChosen
from tui.screens.seat import SeatScreen
from tui.screens.spectator import SpectatorScreen
from tui.screens.too_small import cover_when_too_small
from tui.theme import DARK, THEMES


class SeatApp(App[None]):
    """Holds the screen of one seat; the session is opened and closed by whoever runs it."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [Path(__file__).with_name(name) for name in ("app.tcss", "seat.tcss")]
    TITLE = "OEFENING - EXERCISE"
    ENABLE_COMMAND_PALETTE = False
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
        """Show the seat."""
        self.push_screen(self._made())

    def on_resize(self, event: events.Resize) -> None:
        """Cover the seat while it does not fit."""
        cover_when_too_small(self, event.size)

    @on(LanguageChosen)
    def _language_chosen(self, message: LanguageChosen) -> None:
        """Make the screen anew: every text of it is then in the other language."""
        set_language(message.language)
        self.switch_screen(self._made(message.part, message.places))

    def action_no_duff(self) -> None:
        """Stop for something real, whatever is on the screen."""
        if isinstance(self.screen, SeatScreen):
            self.screen.perform("no-duff")

    async def action_quit(self) -> None:
        """Leave: after a question where somebody writes."""
        if isinstance(self.screen, SeatScreen):
            self.screen.perform("leave")
        elif isinstance(self.screen, SpectatorScreen):
            self.exit()

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C is a habit."""
        self.notify(_("Ctrl+Q leaves this seat."), markup=False)

    def _made(self, part: str = "", places: dict[str, str | None] | None = None) -> Screen[None]:
        if self.session.seat.role == "spectator":
            return SpectatorScreen(self.session)
        return SeatScreen(self.session, part=part, places=places)


def run(session: Session) -> None:
    """Show the seat until somebody leaves it."""
    if session.seat.role == "facilitator":
        raise RunError(_("the facilitator has a console: use 'resilience exercise resume'"))
    if "TEXTUAL_DRIVER" not in os.environ and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RunError(_("a seat needs a terminal; run it without redirecting its input or output"))
    SeatApp(session).run()
