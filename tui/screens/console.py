"""The facilitator's console: six parts, one clock that ticks, and every command of the list."""

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from resilience.base.language import Language, _, language
from resilience.base.problems import ResilienceError
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from resilience.exercise.wording import who
from tui.actions.registry import ACTIONS
from tui.commands import all_keys, command_for, commands
from tui.messages import LanguageChosen, OutlookReady
from tui.outlook import Outlook, foresee
from tui.screens.help import HelpDialog
from tui.screens.no_duff import NoDuffScreen
from tui.theme import other_theme
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
from tui.widgets.panes import Pane
from tui.widgets.row_list import RowList

Answer = TypeVar("Answer")
TICK_SECONDS = 0.25
WIDE = 120
"""From so many columns on all six parts stand side by side."""
HIGH = 34
"""From so many lines on there is room for the detail below a list among other parts."""
DETAILED = ("injects", "board", "points", "clocks")
"""The parts with a page below their list."""
COLUMNS = {"left": ("injects", "clocks"), "middle": ("board", "points"), "right": ("picture", "log")}


class ConsoleScreen(Screen[None]):
    """Shows the exercise and lets the facilitator conduct it; all it knows comes from the session."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, f"press('{key}')", show=False) for key in all_keys()]
    AUTO_FOCUS = ""

    def __init__(self, session: Session, *, part: str = PARTS[0], places: dict[str, str | None] | None = None) -> None:
        super().__init__()
        self.session = session
        self.outlook: Outlook | None = None
        self._part = part
        self._places = places or {}
        self._zoomed = False
        self._shown: tuple[int, int, int] | None = None
        self._coming: tuple[Upcoming, ...] = ()
        self._foreseeing = False
        self._no_duff: NoDuffScreen | None = None
        self._complaint = ""
        self._tabs: tuple[Tab, ...] = ()

    def compose(self) -> ComposeResult:
        """Put the six parts in three columns between the header and the keys."""
        titles = part_titles()
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
        yield HeaderBar(id="header")
        yield TabBar(id="tabs")
        with Horizontal(id="columns"):
            for column, parts in COLUMNS.items():
                with Vertical(id=column, classes="column"):
                    for part in parts:
                        number = PARTS.index(part) + 1
                        yield Pane(part, number, titles[part], empty=empty[part], detail=part in DETAILED)
        yield Line(id="strip")
        yield Line(id="last")
        yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """Show what stands, and begin to tick."""
        self.follow()
        for part, key in self._places.items():
            self._pane(part).rows.select(key)
        self._arrange()
        self.go_to(self._part)
        self.set_interval(TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Let the session move on, and show what changed."""
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
        self._follow_no_duff()

    # What a command may use (see desk.py)

    @property
    def minute(self) -> int:
        """The exercise minute now."""
        return minute_of(self.session, self.session.wall())

    @property
    def part(self) -> str:
        """The part that has the focus."""
        return self._part

    def coming(self) -> Sequence[Upcoming]:
        """Return what will happen by itself, the first first."""
        return [event for event in self._coming if event.minute > self.minute]

    def chosen(self, part: str) -> str | None:
        """Return the key of the row under the cursor of *part*."""
        return self._pane(part).rows.selected

    def just_moved_on(self, part: str) -> bool:
        """Return whether the cursor of *part* moved by itself a moment ago."""
        return self._pane(part).rows.just_moved_on

    def go_to(self, part: str) -> None:
        """Give *part* the focus, and show it where only one fits."""
        self._part = part
        for column, parts in COLUMNS.items():
            self.query_one(f"#{column}").set_class(part in parts, "-active")
        for name in PARTS:
            self._pane(name).set_class(name == part, "-active")
        self._pane(part).rows.focus()
        self._mark_part()

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Show one sentence for a few seconds."""
        self.notify(
            text[:1].upper() + text[1:],
            severity="error" if alert else "information",
            markup=False,
            timeout=6 if alert else 3,
        )

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

    def zoom(self) -> None:
        """Show one part on the whole screen, or all of them again."""
        self._zoomed = not self._zoomed
        self._arrange()

    def switch_language(self) -> None:
        """Go on in the other language: the application makes this screen anew."""
        other: Language = "en" if language() == "nl" else "nl"
        places = {part: self.chosen(part) for part in PARTS}
        self.app.post_message(LanguageChosen(other, self._part, places))

    def switch_theme(self) -> None:
        """Go on in the other look."""
        self.app.theme = other_theme(self.app.theme)

    def explain(self) -> None:
        """Show the help of the part that has the focus."""
        listed = [command for command in commands() if command.place in ("", self._part)]
        self.app.push_screen(HelpDialog(self._pane(self._part).rows.help, commands=listed))

    def search_commands(self) -> None:
        """Show all commands."""
        self.app.action_command_palette()

    def leave(self) -> None:
        """Close the console."""
        self.app.exit()

    # Keys and events

    def action_press(self, key: str) -> None:
        """Do what *key* means in the part that has the focus."""
        command = command_for(key, self._part)
        if command is not None:
            self.perform(command.name)

    def perform(self, name: str) -> None:
        """Do the command called *name*."""
        self.run_worker(self._perform(name), group="commands")

    async def _perform(self, name: str) -> None:
        try:
            await ACTIONS[name](self)
        except ResilienceError as error:
            self.tell(str(error), alert=True)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._show_details()

    @on(OutlookReady)
    def _foreseen(self, message: OutlookReady) -> None:
        self._foreseeing = False
        self.outlook = message.outlook
        self.follow()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong where the outlook could not be computed; the exercise goes on without it."""
        if event.worker.group == "outlook" and event.state is WorkerState.ERROR:
            self._complain(_("The outlook could not be computed: {error}", error=repr(event.worker.error)))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click may give another part the focus."""
        for part in PARTS:
            if event.widget is self._pane(part).rows and part != self._part:
                self._part = part
                self._mark_part()

    def on_resize(self, _event: events.Resize) -> None:
        """Show one part or all of them."""
        self._arrange()

    # Inside

    def _show(self) -> None:
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

    def _fill(self, view: Console) -> None:
        self._pane("injects").show(view.injects)
        self._pane("board").show(view.functions, note=view.board_note)
        self._pane("points").show(view.points)
        self._pane("picture").show(view.picture)
        self._pane("clocks").show(view.clocks)
        self._pane("log").show(view.log)
        self._tabs = view.tabs
        self._mark_part()
        self.query_one("#strip", Line).show(_("City"), view.strip, view.strip_tone)
        if view.log:
            self.query_one("#last", Line).show_entry(_("Log"), view.log[-1])
        self._show_details()

    def _show_details(self) -> None:
        """Show what belongs to the chosen inject and to the chosen decision."""
        session, scenario = self.session, self.session.scenario
        inject, point = self.chosen("injects"), self.chosen("points")
        foreseen = self.outlook.due if self.outlook else {}
        for line in agenda_of(session, session.wall()):
            if line.inject.id == inject:
                sent = session.state.sent.get(line.inject.id)
                card = inject_card(line, scenario, session.city, sent, foreseen)
                self._pane("injects").show_detail(card)
        self._pane("board").show_detail(self._board_card())
        self._pane("clocks").show_detail(self._clock_card())
        for decision in session.state.decisions:
            if point in (decision.point, f"{FREE}{decision.seq}"):
                self._pane("points").show_detail(decision_card(decision, scenario))
                return
        asked = scenario.decision_by_id.get(point or "")
        self._pane("points").show_detail(point_card(asked, scenario, self.minute) if asked else None)

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

    def _mark_part(self) -> None:
        self.query_one("#tabs", TabBar).show(self._tabs, self._part)
        self.query_one("#keys", KeyBar).show(self._part, part_titles()[self._part])

    def _arrange(self) -> None:
        single = self._zoomed or self.app.size.width < WIDE
        self.set_class(single, "-single")
        self.set_class(not single, "-all")
        self.set_class(self.app.size.height < HIGH, "-low")

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

    def _follow_no_duff(self) -> None:
        """Show NO DUFF on the whole screen while it stands, whoever called it."""
        stands = self.session.state.phase is Phase.NO_DUFF
        if stands and self._no_duff is None:
            self._no_duff = NoDuffScreen(self.session)
            self.app.push_screen(self._no_duff)
        elif not stands and self._no_duff is not None and self._no_duff.is_active:
            self._no_duff.dismiss(None)
            self._no_duff = None

    def _complain(self, text: str) -> None:
        """Tell a fault once, not four times a second."""
        if text != self._complaint:
            self._complaint = text
            self.tell(text, alert=True)

    def _pane(self, part: str) -> Pane:
        return self.query_one(f"#{part}", Pane)
