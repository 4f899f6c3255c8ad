"""The screen of a cell or an observer: its parts, and what covers them."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from resilience.base.language import _
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from resilience.exercise.wording import sentence
from tui.actions.seat import SEAT_ACTIONS
from tui.commands import Command, all_keys
from tui.messages import DebriefAsked
from tui.screens.played import PlayedScreen
from tui.screens.seat_cover import COVERED, SeatCover
from tui.seat_commands import cell_commands, observer_commands
from tui.view_models.console import minute_of
from tui.view_models.letters import Letter
from tui.view_models.rows import Sheet, Tab
from tui.view_models.seat import SeatPage, part_titles, parts_of, seat_card, seat_header, seat_page
from tui.widgets.bars import KeyBar, TabBar
from tui.widgets.header_bar import HeaderBar
from tui.widgets.seat_panes import SeatPane


class SeatScreen(PlayedScreen):
    """Shows what this seat received and did, and lets it write."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False)
        for key in dict.fromkeys((*all_keys(cell_commands()), *all_keys(observer_commands())))
    ]
    DETAILED = ("mail", "points", "ratings", "expected", "log")

    def __init__(
        self,
        session: Session,
        *,
        part: str = "",
        places: dict[str, str | None] | None = None,
        covers: bool = True,
    ) -> None:
        """Begin in *part*; *covers* says whether the phase of now is shown on the whole screen first."""
        parts = parts_of(session)
        columns = {"seat-left": parts[:1], "seat-right": parts[1:]}
        super().__init__(session, parts, columns, part=part, places=places)
        self._shown: tuple[int, int] | None = None
        self._page = SeatPage({}, (), ())
        self._phase_shown: Phase | None = None if covers else session.state.phase
        self._cover_shown: SeatCover | None = None

    def listed(self) -> Sequence[Command]:
        """Return what can be done at this seat."""
        return cell_commands() if self.session.seat.role == "cell" else observer_commands()

    def titles(self) -> dict[str, str]:
        """Return what each part is called."""
        return part_titles()

    def tabs(self) -> Sequence[Tab]:
        """Return the parts with what asks for attention in them."""
        return self._page.tabs

    def framed(self, part: str, number: int, title: str) -> SeatPane:
        """Return a part in its frame."""
        empty = {
            "mail": _("Nothing received yet."),
            "points": _("No decision is asked for."),
            "picture": _("Nothing noted yet: press n."),
            "tasks": _("No actions yet: press a."),
            "ratings": _("This scenario has no critical tasks."),
            "expected": _("Nothing to look for in the next half hour."),
        }
        return SeatPane(part, number, title, empty=empty.get(part, ""), detail=part in self.DETAILED)

    def compose(self) -> ComposeResult:
        """Put the first part left and the others right, between the header and the keys."""
        yield HeaderBar(id="header")
        yield TabBar(id="tabs")
        yield from self.framed_parts()
        yield KeyBar(self.listed, id="keys")

    # What an action may use (see actions/seat.py)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The messages of this seat."""
        return self._page.letters

    def card(self, part: str) -> Sheet | None:
        """Return the chosen row of *part* in full."""
        return seat_card(self.session, self._page, part, self.chosen(part), self.session.wall())

    # What keeps it going (see played.py)

    async def do(self, name: str) -> None:
        """Do a command that asks or writes."""
        await SEAT_ACTIONS[name](self)

    def show_now(self) -> None:
        """Show what this seat knows now."""
        wall = self.session.wall()
        now = (self.session.state.last_seq, minute_of(self.session, wall))
        if now != self._shown:
            first, known = self._shown is None, {letter.seq for letter in self._page.letters}
            self._tell_reminders(self._shown[0] if self._shown else self.session.state.last_seq)
            self._shown = now
            self._page = seat_page(self.session, wall)
            for part in self.parts:
                self.pane(part).show(self._page.rows[part])
            self.mark_part()
            self.show_details()
            new = [letter for letter in self._page.letters if letter.unread and letter.seq not in known]
            if new and not first:
                if not self._sees("mail"):
                    self.tell(_("New message from {name}.", name=new[0].sender))
                self.app.bell()
        self.query_one("#header", HeaderBar).show(seat_header(self.session, wall))

    def _sees(self, part: str) -> bool:
        """Return whether *part* stands on the screen with nothing before it.

        What is told over it would hide it, and costs a seat more than all the rest of a new message.
        """
        return self.is_current and self.pane(part).rows.is_on_screen

    def _tell_reminders(self, known: int) -> None:
        """Remind an observer of what should be visible by now, and a team of a public message, after event *known*."""
        for event in self.session.state.events:
            if event.seq <= known:
                continue
            if event.kind is Kind.PUBLIC_DRAFTED and event.payload["checker"] == self.session.seat.key:
                self.tell(_("A public message waits for you to read it: press p."))
            elif event.kind is Kind.PUBLIC_RETURNED and event.actor != self.session.seat.key:
                returned = sentence(event, self.session.scenario)
                self.tell(_("{returned}: press o for all that came back.", returned=returned))
            elif event.kind is Kind.REMINDER:
                self.tell(sentence(event, self.session.scenario))
            else:
                continue
            self.app.bell()

    def show_details(self) -> None:
        """Show the chosen rows in full."""
        for part in self.parts:
            if part in self.DETAILED:
                self.pane(part).show_detail(self.card(part))

    def follow_cover(self) -> None:
        """Cover the seat when a phase in which nothing is played begins, and take that away when it is over."""
        phase = self.session.state.phase
        if self._cover_shown is not None and self._cover_shown.phase is not phase:
            if self._cover_shown.is_current:
                self._cover_shown.dismiss(None)
            elif self._cover_shown in self.app.screen_stack:
                return  # something lies on top of it: the next tick tries again
            self._cover_shown = None
        if phase is not self._phase_shown:
            self._phase_shown = phase
            if phase in COVERED:
                self._cover_shown = SeatCover(self.session)
                self.app.push_screen(self._cover_shown, partial(self._uncovered, phase))

    def _uncovered(self, phase: Phase, _answer: None) -> None:
        """Go on to the debrief, where a team has seen ENDEX."""
        if phase is Phase.ENDED and self.session.seat.role == "cell":
            self.post_message(DebriefAsked())
