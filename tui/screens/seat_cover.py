"""What covers a seat when nothing is played: a pause, the end, or something real."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from resilience.base.language import _
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tui.screens.dialog import keys_content
from tui.screens.no_duff import WORDS
from tui.view_models.words import moment, wall_clock
from tui.widgets.big_text import BigText, big
from tui.widgets.header_bar import BANNER
from tui.widgets.painting import safe

COVERED = (Phase.PAUSED, Phase.NO_DUFF, Phase.ENDED)


class SeatCover(ModalScreen[None]):
    """Stands while a phase lasts; Esc looks behind it, but not behind NO DUFF."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "leave", show=False)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.phase = session.state.phase

    def compose(self) -> ComposeResult:
        """Show what stands still, since when and why."""
        alarm = self.phase is Phase.NO_DUFF
        with Vertical(id="alarm" if alarm else "cover"):
            yield Static(Content(BANNER if not alarm else WORDS), classes="line")
            if alarm:
                yield Static(Content(f"{big('GEEN OEFENING')}\n\n{big('NO DUFF')}"))
            else:
                yield BigText(Content(big(self._word())))
            yield Static(Content(""))
            for line in self._lines():
                yield Static(Content(safe(line)), classes="line")
            if not alarm:
                yield Static(keys_content((("Esc", _("look at your own screen")),)), classes="line")

    def action_leave(self) -> None:
        """Look behind the cover."""
        if self.phase is not Phase.NO_DUFF:
            self.dismiss(None)

    def _word(self) -> str:
        return "ENDEX" if self.phase is Phase.ENDED else _("PAUSE")

    def _lines(self) -> tuple[str, ...]:
        state = self.session.state
        time = moment(state.last_minute)
        if self.phase is Phase.NO_DUFF:
            call = state.events_of(Kind.NO_DUFF)[-1]
            since = _("Everything stands still since {wall} (exercise time {time}).",
                      wall=wall_clock(call.wall), time=moment(call.minute))  # fmt: skip
            return tuple(line for line in (since, state.no_duff or "", _("Do what is real first.")) if line)
        if self.phase is Phase.ENDED:
            return (_("The exercise has ended at {time}.", time=time), _("Stay for the debrief: it begins now."))
        return (_("The exercise is paused at {time}.", time=time), _("You can still read and write."))
