"""The parts of the map screen, and how they follow what is looked at; what one can do there stands in city_map.py."""

import time
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from resilience.base.language import _
from tui.map_commands import map_commands
from tui.messages import AnswerReady
from tui.view_models.city_map import CityMap
from tui.view_models.map_page import PARTS, part_titles, subject_line
from tui.view_models.rows import Tone
from tui.what_if import Work
from tui.widgets.bars import KeyBar, Line, TabBar
from tui.widgets.map_panes import ComponentList, FindBox, FindPane, MapPane, TreeList

if TYPE_CHECKING:
    from textual.timer import Timer

WIDE = 120
"""From so many columns on all parts stand side by side."""
HIGH = 34
"""From so many lines on there is room for the detail below a list among other parts."""
FOLLOW_SECONDS = 0.08
"""So long the cursor of the list must rest before the other parts follow it."""
REST_SECONDS = 0.4
"""So long it must rest before it is computed what falls; whoever opens a component waits only a moment."""
OPENED_SECONDS = 0.05
TELL_SECONDS = 0.3
"""So long the screen waits at least before it shows the next answers."""
COLUMNS = {"find-column": ("list",), "trees-column": ("needs", "needed"), "facts-column": ("falls", "sources")}


class MapView(Screen[None]):
    """Shows what a CityMap says; the one thing that takes long is computed in a thread."""

    AUTO_FOCUS = ""

    def __init__(self, city_map: CityMap, *, part: str = PARTS[0]) -> None:
        super().__init__()
        self.city_map = city_map
        self._part = part
        self._zoomed = False
        self._rest: Timer | None = None
        """What waits until nobody moves: the other parts, or what takes long to compute."""
        self._wanted: tuple[Work, ...] = ()
        """What the thread is to compute, the first first; whatever is not among it any more, it leaves."""
        self._worker: Worker[None] | None = None
        self._found = 0
        self._begun = False
        """Whether the list was shown, and so the rest may follow."""
        self._stale: set[str] = set()
        """The parts that do not show yet what stands now."""

    def compose(self) -> ComposeResult:
        """Put the parts in three columns below two lines, and above the keys."""
        titles = part_titles()
        empty = {
            "needs": _("It needs nothing in this map."),
            "needed": _("Nothing in this map needs it."),
            "falls": _("computing…"),
            "sources": _("Nothing is said about it."),
        }
        yield Line(id="map-line")
        yield Line(id="subject-line")
        yield TabBar(id="tabs")
        with Horizontal(id="columns"):
            for column, parts in COLUMNS.items():
                with Vertical(id=column, classes="column"):
                    for part in parts:
                        number = PARTS.index(part) + 1
                        if part == "list":
                            yield FindPane(part, number, titles[part], self.city_map.text)
                        else:
                            yield MapPane(part, number, titles[part], empty=empty[part], detail=True)
        yield KeyBar(map_commands, id="keys")

    def on_mount(self) -> None:
        """Show the list and the component that is looked at."""
        self._activate()
        self.show_list()
        self.call_after_refresh(self._show_first)

    @property
    def part(self) -> str:
        """The part that has the focus."""
        return self._part

    @property
    def is_settled(self) -> bool:
        """Whether everything that is looked at was computed, and stands on the screen."""
        shown = self._on_screen()
        idle = self._rest is None and (self._worker is None or self._worker.is_finished)
        typed = self.query_one(FindBox).value == self.city_map.text
        drawn = self._stale.isdisjoint(shown) and all(self.pane(part).rows.is_drawn for part in shown)
        return self._begun and idle and typed and drawn and not self.city_map.work(shown)

    def pane(self, part: str) -> MapPane:
        """Return a part of the screen."""
        return self.query_one(f"#{part}", MapPane)

    # Showing what the map says

    def show_list(self) -> None:
        """Show what passes the search and the filter."""
        rows = self.city_map.found()
        self._found = len(rows)
        self.pane("list").show(rows)
        self.query_one("#found", Line).show(_("Shown"), self.city_map.found_line(self._found), Tone.MUTED)

    def show_subject(self) -> None:
        """Show everything about the component that is looked at, and see to it that its failure is computed."""
        self._name_subject()
        self.show_states()
        self._compute_soon(REST_SECONDS if self._part == "list" else OPENED_SECONDS)

    def show_states(self) -> None:
        """Show how everything stands; a part that is not on the screen waits until it is."""
        self.query_one("#map-line", Line).show(*self.city_map.head())
        self._stale = set(PARTS)
        self._freshen()

    def go_to(self, part: str) -> None:
        """Give *part* the focus, and show it where only one fits."""
        self._part = part
        self._activate()
        (self.query_one(FindBox) if part == "list" else self.pane(part).rows).focus()
        self._freshen()
        self._compute_soon(OPENED_SECONDS)

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Show one sentence for a few seconds."""
        self.notify(text, severity="error" if alert else "information", markup=False, timeout=6 if alert else 3)

    # Events

    @on(AnswerReady)
    def _answered(self) -> None:
        self.show_states()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong where something could not be computed; the map goes on without it."""
        if event.worker is self._worker and event.state is WorkerState.ERROR:
            self.tell(_("What falls could not be computed: {error}", error=repr(event.worker.error)), alert=True)
        elif event.worker is self._worker and event.state is WorkerState.SUCCESS and self._next_work():
            self._compute()  # asked for at the moment at which the thread ended

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click may give another part the focus."""
        for part in PARTS:
            if part != self._part and self.pane(part) in event.widget.ancestors:
                self._part = part
                self._show_tabs()

    def on_resize(self, _event: events.Resize) -> None:
        """Show one part or all of them."""
        self._arrange()

    # Inside

    def _show_first(self) -> None:
        """Show the component that is looked at, once the list is there: the links of a large map take a moment."""
        self._begun = True
        self.pane("list").rows.select(self.city_map.subject)
        self.show_subject()
        self.go_to(self._part)

    def _on_screen(self) -> tuple[str, ...]:
        return (self._part,) if self.has_class("-single") else PARTS

    def _freshen(self) -> None:
        """Show what stands now in the parts that are on the screen."""
        if not self._begun:
            return
        for part in self._stale.intersection(self._on_screen()):
            self._show_part(part)
            self._show_detail(part)
            self.pane(part).border_subtitle = self.city_map.note(part)
        self._stale.difference_update(self._on_screen())
        self._show_tabs()

    def _show_part(self, part: str) -> None:
        rows, states = self.pane(part).rows, self.city_map.state_of(part)
        if isinstance(rows, ComponentList):
            rows.say(states if self.city_map.failed else None)
        elif isinstance(rows, TreeList):
            rows.show(self.city_map.tree(part).rows())
            rows.say(self.city_map.city, states)
        else:
            rows.show(self.city_map.falls() if part == "falls" else self.city_map.sources())
            if part == "falls":
                rows.say_when_empty(_("Nothing else falls short.") if self.city_map.answer else _("computing…"))

    def _activate(self) -> None:
        """Mark the part that is shown where only one fits."""
        for column, parts in COLUMNS.items():
            self.query_one(f"#{column}").set_class(self._part in parts, "-active")
        for name in PARTS:
            self.pane(name).set_class(name == self._part, "-active")

    def _follow(self, component: str) -> None:
        """Look at the component under the cursor of the list; the other parts follow once the cursor rests."""
        if component != self.city_map.subject:
            self.city_map.look_at(component)
            self._name_subject()
            self._show_detail("list")
            self._stop_waiting()
            self._rest = self.set_timer(FOLLOW_SECONDS, self.show_subject)

    def _name_subject(self) -> None:
        subject = subject_line(self.city_map.city, self.city_map.subject)
        self.query_one("#subject-line", Line).show("►", subject, Tone.STRONG)

    def _stop_waiting(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _show_tabs(self) -> None:
        self.query_one("#tabs", TabBar).show(self.city_map.tabs(self._found), self._part)
        self.query_one("#keys", KeyBar).show(self._part, part_titles()[self._part])

    def _show_detail(self, part: str) -> None:
        rows = self.pane(part).rows
        self.pane(part).show_detail(self.city_map.sheet(part, rows.selected_row, rows.selected))

    def _arrange(self) -> None:
        single = self._zoomed or self.app.size.width < WIDE
        self.set_class(single, "-single")
        self.set_class(not single, "-all")
        self.set_class(self.app.size.height < HIGH, "-low")
        self._freshen()
        self._compute_soon(OPENED_SECONDS)

    def _compute_soon(self, seconds: float) -> None:
        """Leave what nobody looks at any more; compute the rest once this was looked at for so many *seconds*."""
        self._stop_waiting()
        work = self.city_map.work(self._on_screen()) if self._begun else ()
        self._wanted = tuple(piece for piece in self._wanted if piece in work)
        if work:
            self._rest = self.set_timer(seconds, self._compute)

    def _compute(self) -> None:
        """Compute in a thread what is looked at, unless it is at work already: then it goes on with this."""
        self._stop_waiting()
        self._wanted = self.city_map.work(self._on_screen())
        if self._worker is None or self._worker.is_finished:
            self._worker = self.run_worker(self._in_thread, thread=True, group="what-if", exit_on_error=False)

    def _in_thread(self) -> None:
        told = 0.0
        while (piece := self._next_work()) is not None:
            done = self.city_map.failures.do(piece, partial(self._is_unwanted, piece))
            if done and (self._next_work() is None or time.monotonic() - told > TELL_SECONDS):
                self.post_message(AnswerReady())
                told = time.monotonic()

    def _next_work(self) -> Work | None:
        done = self.city_map.failures.is_done
        return next((piece for piece in self._wanted if not done(piece)), None) if self.is_attached else None

    def _is_unwanted(self, piece: Work) -> bool:
        return piece not in self._wanted or not self.is_attached
