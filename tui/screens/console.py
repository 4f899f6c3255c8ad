"""The facilitator's console: six parts, what the model foresees, and every command of the list."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState

from resilience.base.language import _
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from resilience.exercise.wording import who
from tui.actions.registry import ACTIONS
from tui.commands import Command, all_keys, commands
from tui.messages import OutlookReady
from tui.outlook import Outlook, foresee
from tui.screens.no_duff import NoDuffScreen
from tui.screens.played import PlayedScreen
from tui.view_models.console import (
    PARTS,
    agenda_of,
    coming,
    console_of,
    header_of,
    minute_of,
    part_titles,
    trace_of,
)
from tui.view_models.decisions import FREE, decision_card, point_card
from tui.view_models.header import Upcoming
from tui.view_models.injects import inject_card
from tui.view_models.records import clock_sheet, is_to_facilitator
from tui.view_models.rows import Console, Sheet, Tab
from tui.view_models.why import why_card
from tui.widgets.bars import KeyBar, Line, TabBar
from tui.widgets.header_bar import HeaderBar
from tui.widgets.panes import ConsolePane

COLUMNS = {"left": ("injects", "clocks"), "middle": ("board", "points"), "right": ("picture", "log")}


class ConsoleScreen(PlayedScreen):
    """Shows the exercise and lets the facilitator conduct it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, f"press('{key}')", show=False) for key in all_keys()]
    TICK_SECONDS = 0.25
    DETAILED = ("injects", "board", "points", "clocks")

    def __init__(self, session: Session, *, part: str = PARTS[0], places: dict[str, str | None] | None = None) -> None:
        super().__init__(session, PARTS, COLUMNS, part=part, places=places)
        self.outlook: Outlook | None = None
        self._shown: tuple[int, int, int] | None = None
        self._coming: tuple[Upcoming, ...] = ()
        self._foreseeing = False
        self._no_duff: NoDuffScreen | None = None
        self._tabs: tuple[Tab, ...] = ()

    def listed(self) -> Sequence[Command]:
        """Return all that the facilitator can do."""
        return commands()

    def titles(self) -> dict[str, str]:
        """Return what each part is called."""
        return part_titles()

    def tabs(self) -> Sequence[Tab]:
        """Return the parts with what asks for attention in them."""
        return self._tabs

    def framed(self, part: str, number: int, title: str) -> ConsolePane:
        """Return a part in its frame."""
        empty = {
            "injects": _("This scenario has no injects."),
            "board": _("This city has no functions."),
            "points": _("No decision is asked for."),
            "picture": _("Nothing noted yet: press n."),
            "clocks": _("This scenario has no deadlines."),
            "log": "",
        }
        if not self.session.recomputable:
            empty |= dict.fromkeys(("injects", "board"), _("Not shown: recorded with other rules."))
        return ConsolePane(part, number, title, empty=empty[part], detail=part in self.DETAILED)

    def compose(self) -> ComposeResult:
        """Put the six parts in three columns between the header and the keys."""
        yield HeaderBar(id="header")
        yield TabBar(id="tabs")
        yield from self.framed_parts()
        yield Line(id="strip")
        yield Line(id="last")
        yield KeyBar(id="keys")

    # What a command may use (see desk.py)

    @property
    def minute(self) -> int:
        """The exercise minute now."""
        return minute_of(self.session, self.session.wall())

    def coming(self) -> Sequence[Upcoming]:
        """Return what will happen by itself, the first first."""
        return [event for event in self._coming if event.minute > self.minute]

    def just_moved_on(self, part: str) -> bool:
        """Return whether the cursor of *part* moved by itself a moment ago."""
        return self.pane(part).rows.just_moved_on

    def search_commands(self) -> None:
        """Show all commands."""
        self.app.action_command_palette()

    # What keeps it going (see played.py)

    async def do(self, name: str) -> None:
        """Do a command that asks or writes."""
        await ACTIONS[name](self)

    @on(OutlookReady)
    def _foreseen(self, message: OutlookReady) -> None:
        self._foreseeing = False
        self.outlook = message.outlook
        self.follow()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong where the outlook could not be computed; the exercise goes on without it."""
        if event.worker.group == "outlook" and event.state is WorkerState.ERROR:
            self.complain(_("The outlook could not be computed: {error}", error=repr(event.worker.error)))

    def show_now(self) -> None:
        """Show what stands now."""
        wall = self.session.wall()
        state = self.session.state
        now = (state.last_seq, minute_of(self.session, wall), id(self.outlook))
        if now != self._shown:
            self._tell_of_teams(self._shown[0] if self._shown else state.last_seq)
            self._shown = now
            self._coming = coming(self.session, wall, self.outlook)
            self._fill(console_of(self.session, wall, self.outlook))
            self._foresee()
        self.query_one("#header", HeaderBar).show(header_of(self.session, wall, self._coming))

    def _tell_of_teams(self, known: int) -> None:
        """Say which team wrote, after event number *known*, something that waits for the facilitator."""
        written = {decision.seq for decision in self.session.state.to_work_out()}
        for event in self.session.state.events[known:]:
            if is_to_facilitator(event):
                self.tell(_("{team} wrote: see the log («).", team=who(event.actor, self.session.scenario)))
            elif event.seq in written:
                self.tell(_("{team} wrote down a decision.", team=who(event.actor, self.session.scenario)))
            elif event.kind is Kind.PUBLIC_DRAFTED and event.payload["checker"] == self.session.seat.key:
                self.tell(_("A public message waits for you to read it: press p."))

    def _fill(self, view: Console) -> None:
        self.pane("injects").show(view.injects)
        self.pane("board").show(view.functions, note=view.board_note)
        self.pane("points").show(view.points)
        self.pane("picture").show(view.picture)
        self.pane("clocks").show(view.clocks)
        self.pane("log").show(view.log)
        self._tabs = view.tabs
        self.mark_part()
        self.query_one("#strip", Line).show(_("City"), view.strip, view.strip_tone)
        if view.log:
            self.query_one("#last", Line).show_entry(_("Log"), view.log[-1])
        self.show_details()

    def show_details(self) -> None:
        """Show what belongs to the chosen inject and to the chosen decision."""
        session, scenario = self.session, self.session.scenario
        inject, point = self.chosen("injects"), self.chosen("points")
        foreseen = self.outlook.due if self.outlook else {}
        for line in agenda_of(session, session.wall()):
            if line.inject.id == inject:
                sent = session.state.sent.get(line.inject.id)
                card = inject_card(line, scenario, session.city, sent, foreseen)
                self.pane("injects").show_detail(card)
        self.pane("board").show_detail(self._board_card())
        self.pane("clocks").show_detail(self._clock_card())
        for decision in session.state.decisions:
            if point in (decision.point, f"{FREE}{decision.seq}"):
                self.pane("points").show_detail(decision_card(decision, scenario))
                return
        asked = scenario.decision_by_id.get(point or "")
        self.pane("points").show_detail(point_card(asked, scenario, self.minute) if asked else None)

    def _board_card(self) -> Sheet | None:
        function, trace = self.chosen("board"), trace_of(self.session)
        if function is None or trace is None:
            return None
        course = self.outlook.trace if self.outlook and self.session.state.phase is not Phase.ENDED else None
        return why_card(self.session.city, self.session.scenario, trace, function, self.minute, course)

    def _clock_card(self) -> Sheet | None:
        clock = next((clock for clock in self.session.scenario.clocks if clock.id == self.chosen("clocks")), None)
        deadline = self.session.state.deadlines.get(clock.id) if clock else None
        return clock_sheet(clock, deadline, self.minute) if clock else None

    def _foresee(self) -> None:
        """Compute in a thread what happens without further decisions, when what is known of it is out of date."""
        session = self.session
        known = self.outlook.decisions if self.outlook else None
        if self._foreseeing or not session.recomputable or session.state.phase is Phase.ENDED:
            return
        decisions = session.state.decisions
        if known == decisions or session.state.head is None:
            return
        self._foreseeing = True
        city, scenario, seed = session.city, session.scenario, session.state.head.seed

        def compute() -> None:
            self.post_message(OutlookReady(foresee(city, scenario, seed, decisions)))

        self.run_worker(compute, thread=True, group="outlook", exit_on_error=False)

    def follow_cover(self) -> None:
        """Show NO DUFF on the whole screen while it stands, whoever called it."""
        stands = self.session.state.phase is Phase.NO_DUFF
        if stands and self._no_duff is None:
            self._no_duff = NoDuffScreen(self.session)
            self.app.push_screen(self._no_duff)
        elif not stands and self._no_duff is not None and self._no_duff.is_active:
            self._no_duff.dismiss(None)
            self._no_duff = None
