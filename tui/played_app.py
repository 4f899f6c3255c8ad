"""What the console and a seat share as applications: the look, the language, and the keys that work everywhere."""

import os
import sys
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from resilience.base.language import set_language
from resilience.base.problems import RunError
from resilience.exercise.session import Session
from tui.messages import DebriefAsked, LanguageChosen
from tui.screens.debrief import DebriefScreen
from tui.screens.played import PlayedScreen
from tui.screens.too_small import cover_when_too_small
from tui.theme import DARK, THEMES


class PlayedApp(App[None]):
    """Holds the screen of a session; the session is opened and closed by whoever runs it."""

    TITLE = "OEFENING - EXERCISE"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12,ctrl+n", "no_duff", show=False, priority=True)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._debriefing = False
        self._left: tuple[str, dict[str, str | None]] = ("", {})
        """Where the focus and the cursors were when the debrief began."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def own(self, part: str = "", places: dict[str, str | None] | None = None) -> Screen[None]:
        """Return the screen of the console or the seat, in the language of now."""
        raise NotImplementedError

    def made(self, part: str = "", places: dict[str, str | None] | None = None) -> Screen[None]:
        """Return the screen of now: its own, or the debrief."""
        return DebriefScreen(self.session, places=places) if self._debriefing else self.own(part, places)

    def played(self, name: str) -> None:
        """Do the command called *name* on the screen that is played on, whatever lies on top of it."""
        for screen in self.screen_stack:
            if isinstance(screen, PlayedScreen):
                screen.perform(name)

    def on_load(self) -> None:
        """Speak the language of the exercise from the first screen on."""
        set_language(self.session.language)

    def on_mount(self) -> None:
        """Show the screen."""
        self.push_screen(self.made())

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen while it does not fit."""
        cover_when_too_small(self, event.size)

    @on(LanguageChosen)
    def _language_chosen(self, message: LanguageChosen) -> None:
        """Make the screen anew: every text of it is then in the other language.

        A language belongs to a task, and the tasks of new screens take it over from this one.
        """
        set_language(message.language)
        self.switch_screen(self.made(message.part, message.places))

    @on(DebriefAsked)
    def _debrief_asked(self, message: DebriefAsked) -> None:
        """Go to the debrief, or back to what stood before it."""
        if message.shown == self._debriefing:
            return
        self._debriefing = message.shown
        for screen in self.screen_stack:
            if message.shown and isinstance(screen, PlayedScreen):
                self._left = (screen.part, {part: screen.chosen(part) for part in screen.parts})
        self.switch_screen(self.made() if message.shown else self.made(*self._left))

    def run_in_terminal(self, without: str) -> None:
        """Show the screen until somebody leaves it; *without* a terminal it says so."""
        if "TEXTUAL_DRIVER" not in os.environ and not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise RunError(without)
        self.run()
