"""The screen of a cell or an observer: its parts, one clock that ticks, and what is done there."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen, Screen

from resilience.base.language import Language, _, language
from resilience.base.problems import ResilienceError
from resilience.exercise.session import Session
from tui.actions.seat import SEAT_ACTIONS
from tui.commands import Command, all_keys, command_for
from tui.messages import LanguageChosen
from tui.screens.help import HelpDialog
from tui.screens.seat_cover import COVERED, SeatCover
from tui.seat_commands import cell_commands, observer_commands
from tui.theme import other_theme
from tui.view_models.console import minute_of
from tui.view_models.letters import Letter
from tui.view_models.rows import Sheet
from tui.view_models.seat import SeatPage, part_titles, parts_of, seat_card, seat_header, seat_page
from tui.widgets.bars import KeyBar, TabBar
from tui.widgets.header_bar import HeaderBar
from tui.widgets.row_list import RowList
from tui.widgets.seat_panes import SeatPane

if TYPE_CHECKING:
    from resilience.exercise.state import Phase

Answer = TypeVar("Answer")
TICK_SECONDS = 0.5
WIDE = 120
"""From so many columns on all parts stand side by side."""
HIGH = 34
"""From so many lines on there is room for the detail below a list among other parts."""
DETAILED = ("mail", "points", "ratings", "log")


class SeatScreen(Screen[None]):
    """Shows what this seat received and did, and lets it write; all it knows comes from its session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False)
        for key in dict.fromkeys((*all_keys(cell_commands()), *all_keys(observer_commands())))
    ]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, *, part: str = "", places: dict[str, str | None] | None = None) -> None:
        super().__init__()
        self.session = session
        self.parts = parts_of(session)
        self._part = part or self.parts[0]
        self._places = places or {}
        self._zoomed = False
        self._shown: tuple[int, int] | None = None
        self._page = SeatPage({}, (), ())
        self._phase_shown: Phase | None = None
        self._cover_shown: SeatCover | None = None
        self._complaint = ""

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done at this seat."""
        return cell_commands() if self.session.seat.role == "cell" else observer_commands()

    def compose(self) -> ComposeResult:
        """Put the first part left and the others right, between the header and the keys."""
        titles = part_titles()
        empty = {
            "mail": _("Nothing received yet."),
            "points": _("No decision is asked for."),
            "picture": _("Nothing noted yet: press n."),
            "tasks": _("No actions yet: press a."),
            "ratings": _("This scenario has no critical tasks."),
        }
        yield HeaderBar(id="header")
        yield TabBar(id="tabs")
        with Horizontal(id="columns"):
            for column, parts in (("seat-left", self.parts[:1]), ("seat-right", self.parts[1:])):
                with Vertical(id=column, classes="column"):
                    for part in parts:
                        number = self.parts.index(part) + 1
                        yield SeatPane(part, number, titles[part], empty=empty.get(part, ""), detail=part in DETAILED)
        yield KeyBar(lambda: self.commands, id="keys")

    def on_mount(self) -> None:
        """Show what stands, and begin to tick."""
        self._arrange()
        self.follow()
        for part, key in self._places.items():
            self._pane(part).rows.select(key)
        self.go_to(self._part)
        self.set_interval(TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Read what others wrote, and show what changed."""
        try:
            self.session.tick()
        except ResilienceError as error:
            self._complain(str(error))
        else:
            self._complaint = ""
        self.follow()

    def follow(self) -> None:
        """Show what the session says now; the same again changes nothing."""
        try:
            self._show()
        except ResilienceError as error:
            self._complain(str(error))
        self._follow_cover()

    # What an action may use (see actions/seat.py)

    @property
    def part(self) -> str:
        """The part that has the focus."""
        return self._part

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The messages of this seat."""
        return self._page.letters

    def chosen(self, part: str) -> str | None:
        """Return the key of the row under the cursor of *part*."""
        return self._pane(part).rows.selected

    def card(self, part: str) -> Sheet | None:
        """Return the chosen row of *part* in full."""
        return seat_card(self.session, self._page, part, self.chosen(part), self.session.wall())

    def go_to(self, part: str) -> None:
        """Give *part* the focus, and show it where only one fits."""
        self._part = part
        for column, parts in (("seat-left", self.parts[:1]), ("seat-right", self.parts[1:])):
            self.query_one(f"#{column}").set_class(part in parts, "-active")
        for name in self.parts:
            self._pane(name).set_class(name == part, "-active")
        self._pane(part).rows.focus()
        self._mark_part()

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Show one sentence for a few seconds."""
        shown = text[:1].upper() + text[1:]
        self.notify(shown, severity="error" if alert else "information", markup=False, timeout=6 if alert else 3)

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do *work* on the session and show at once what it changed; a refusal is one sentence."""
        try:
            work()
        except ResilienceError as error:
            self.tell(str(error), alert=True)
            return False
        finally:
            self.follow()
        return True

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Show *dialog* and return its answer; what it did to the session shows at once."""
        answer = await self.app.push_screen_wait(dialog)
        self.follow()
        return answer

    def leave(self) -> None:
        """Close the screen."""
        self.app.exit()

    # Keys and events

    def action_press(self, key: str) -> None:
        """Do what *key* means in the part that has the focus."""
        command = command_for(key, self._part, self.commands)
        if command is not None:
            self.perform(command.name)

    def perform(self, name: str) -> None:
        """Do the command called *name*."""
        here = self.parts.index(self._part)
        looking: dict[str, Callable[[], object]] = {
            "next-part": lambda: self.go_to(self.parts[(here + 1) % len(self.parts)]),
            "previous-part": lambda: self.go_to(self.parts[here - 1]),
            **{f"part-{part}": partial(self.go_to, part) for part in self.parts},
            "zoom": self._zoom,
            "language": self._switch_language,
            "theme": lambda: setattr(self.app, "theme", other_theme(self.app.theme)),
            "help": self._explain,
        }
        if name in looking:
            looking[name]()
        elif not any(worker.group == "commands" and not worker.is_finished for worker in self.workers):
            self.run_worker(self._perform(name), group="commands")  # one at a time: a dialog may be on its way

    async def _perform(self, name: str) -> None:
        try:
            await SEAT_ACTIONS[name](self)
        except ResilienceError as error:
            self.tell(str(error), alert=True)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._show_details()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click may give another part the focus."""
        for part in self.parts:
            if event.widget is self._pane(part).rows and part != self._part:
                self._part = part
                self._mark_part()

    def on_resize(self, _event: events.Resize) -> None:
        """Show one part or all of them."""
        self._arrange()

    # Inside

    def _show(self) -> None:
        wall = self.session.wall()
        now = (self.session.state.last_seq, minute_of(self.session, wall))
        if now != self._shown:
            first, known = self._shown is None, {letter.seq for letter in self._page.letters}
            self._shown = now
            self._page = seat_page(self.session, wall)
            for part in self.parts:
                self._pane(part).show(self._page.rows[part])
            self._mark_part()
            self._show_details()
            new = [letter for letter in self._page.letters if letter.unread and letter.seq not in known]
            if new and not first:
                self.tell(_("New message from {name}.", name=new[0].sender))
                self.app.bell()
        self.query_one("#header", HeaderBar).show(seat_header(self.session, wall))

    def _show_details(self) -> None:
        for part in self.parts:
            if part in DETAILED:
                self._pane(part).show_detail(self.card(part))

    def _mark_part(self) -> None:
        self.query_one("#tabs", TabBar).show(self._page.tabs, self._part)
        self.query_one("#keys", KeyBar).show(self._part, part_titles()[self._part])

    def _arrange(self) -> None:
        single = self._zoomed or self.app.size.width < WIDE
        self.set_class(single, "-single")
        self.set_class(not single, "-all")
        self.set_class(self.app.size.height < HIGH, "-low")

    def _zoom(self) -> None:
        self._zoomed = not self._zoomed
        self._arrange()

    def _switch_language(self) -> None:
        other: Language = "en" if language() == "nl" else "nl"
        places = {part: self.chosen(part) for part in self.parts}
        self.app.post_message(LanguageChosen(other, self._part, places))

    def _explain(self) -> None:
        listed = [command for command in self.commands if command.place in ("", self._part)]
        self.app.push_screen(HelpDialog(self._pane(self._part).rows.help, commands=listed))

    def _follow_cover(self) -> None:
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
                self.app.push_screen(self._cover_shown)

    def _complain(self, text: str) -> None:
        """Tell a fault once, not at every tick."""
        if text != self._complaint:
            self._complaint = text
            self.tell(text, alert=True)

    def _pane(self, part: str) -> SeatPane:
        return self.query_one(f"#{part}", SeatPane)
