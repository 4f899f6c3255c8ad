"""What everybody may see, in large type: the time, the level of the crisis organisation, the last public message.

After ENDEX the hot debrief: the time that is left, what everybody could know, and the questions.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Digits, Static

from resilience.base.language import language
from resilience.base.problems import ResilienceError
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tui.messages import LanguageChosen
from tui.screens.seat_cover import SeatCover
from tui.theme import other_theme
from tui.view_models.spectator import PublicView, public_view
from tui.widgets.big_text import BigText
from tui.widgets.header_bar import BANNER
from tui.widgets.painting import safe

TICK_SECONDS = 0.5


class SpectatorScreen(Screen[None]):
    """For the wall of the room; nothing can be done here but reading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "language", show=False),
        Binding("t", "theme", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._shown: PublicView | None = None
        self._cover_shown: SeatCover | None = None

    def compose(self) -> ComposeResult:
        """Put everything below each other."""
        yield Static(Content(BANNER), id="spectator-banner")
        yield Digits("", id="spectator-time")
        yield Static("", id="spectator-calendar")
        yield Static("", id="spectator-phase")
        yield BigText("", id="spectator-scale")
        yield Static("", id="spectator-heading")
        yield Static("", id="spectator-message")

    def on_mount(self) -> None:
        """Show what stands, and begin to tick."""
        self.tick()
        self.set_interval(TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Read what others wrote, and show what changed."""
        try:
            self.session.tick()
            view = public_view(self.session, self.session.wall())
        except ResilienceError as error:
            self.query_one("#spectator-message", Static).update(Content(safe(str(error))))
            return
        if view != self._shown:
            self._shown = view
            self.query_one("#spectator-time", Digits).update(view.time)
            for name, text in (
                ("calendar", view.calendar),
                ("phase", view.phase),
                ("heading", view.heading),
                ("message", view.message),
            ):
                self.query_one(f"#spectator-{name}", Static).update(Content(safe(text)))
            self.query_one("#spectator-scale", BigText).show(view.scale)
        self._follow_cover()

    def _follow_cover(self) -> None:
        """Only what is real covers this screen: a pause and the end stand on it in words."""
        real = self.session.state.phase is Phase.NO_DUFF
        if real and self._cover_shown is None:
            self._cover_shown = SeatCover(self.session)
            self.app.push_screen(self._cover_shown)
        elif not real and self._cover_shown is not None and self._cover_shown.is_current:
            self._cover_shown.dismiss(None)
            self._cover_shown = None

    def action_language(self) -> None:
        """Go on in the other language."""
        self.app.post_message(LanguageChosen("en" if language() == "nl" else "nl", "", {}))

    def action_theme(self) -> None:
        """Go on in the other look."""
        self.app.theme = other_theme(self.app.theme)

    def action_leave(self) -> None:
        """Close the screen."""
        self.app.exit()
