"""The parts of the map screen, and how they follow what is looked at; what one can do there stands in city_map.py."""

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from resilience.base.language import _
from tui.commands import Command
from tui.map_commands import map_commands
from tui.messages import AnswerReady
from tui.screens.parts import PartsScreen
from tui.view_models.city_map import CityMap
from tui.view_models.map_page import PARTS, part_titles, subject_line
from tui.view_models.rows import Tab, Tone
from tui.what_if import Work
from tui.widgets.bars import KeyBar, Line, TabBar
from tui.widgets.map_panes import ComponentList, FindBox, FindPane, MapPane, TreeList

if TYPE_CHECKING:
    from textual.timer import Timer

FOLLOW_SECONDS = 0.08
"""So long the cursor of the list must rest before the other parts follow it."""
REST_SECONDS = 0.4
"""So long it must rest before it is computed what falls; whoever opens a component waits only a moment."""
OPENED_SECONDS = 0.05
TELL_SECONDS = 0.3
"""So long the screen waits at least before it shows the next answers."""
COLUMNS = {"find-column": ("list",), "trees-column": ("needs", "needed"), "facts-column": ("falls", "sources")}


class MapView(PartsScreen):
    """Shows what a CityMap says; the one thing that takes long is computed in a thread."""

    DETAILED = PARTS

    def __init__(self, city_map: CityMap, *, part: str = PARTS[0]) -> None:
        super().__init__(PARTS, COLUMNS, part)
        self.city_map = city_map
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

    def listed(self) -> Sequence[Command]:
        """Return all that can be done on the map."""
        return map_commands()

    def titles(self) -> dict[str, str]:
        """Return what each part is called."""
        return part_titles()

    def tabs(self) -> Sequence[Tab]:
        """Return the parts with what asks for attention in them."""
        return self.city_map.tabs(self._found)

    def framed(self, part: str, number: int, title: str) -> MapPane:
        """Return a part in its frame."""
        if part == "list":
            return FindPane(part, number, title, self.city_map.text)
        empty = {
            "needs": _("It needs nothing in this map."),
            "needed": _("Nothing in this map needs it."),
            "falls": _("computing…"),
            "sources": _("Nothing is said about it."),
        }
        return MapPane(part, number, title, empty=empty[part], detail=True)

    def compose(self) -> ComposeResult:
        """Put the parts in three columns below two lines, and above the keys."""
        yield Line(id="map-line")
        yield Line(id="subject-line")
        yield TabBar(id="tabs")
        yield from self.framed_parts()
        yield KeyBar(self.listed, id="keys")

    def on_mount(self) -> None:
        """Show the list and the component that is looked at."""
        self.activate()
        self.show_list()
        self.call_after_refresh(self._show_first)

    @property
    def is_settled(self) -> bool:
        """Whether everything that is looked at was computed, and stands on the screen."""
        shown = self._on_screen()
        idle = self._rest is None and (self._worker is None or self._worker.is_finished)
        typed = self.query_one(FindBox).value == self.city_map.text
        drawn = self._stale.isdisjoint(shown) and all(self.pane(part).rows.is_drawn for part in shown)
        return self._begun and idle and typed and drawn and not self.city_map.work(shown)

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

    def focus_of(self, part: str) -> Widget:
        """Return what gets the keys: in the list one types at once."""
        return self.query_one(FindBox) if part == "list" else self.pane(part).rows

    def go_to(self, part: str) -> None:
        """Give *part* the focus, show what stands in it, and compute what it lacks."""
        super().go_to(part)
        self._freshen()
        self._compute_soon(OPENED_SECONDS)

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
        self.mark_part()

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

    def _name_subject(self) -> None:
        subject = subject_line(self.city_map.city, self.city_map.subject)
        self.query_one("#subject-line", Line).show("►", subject, Tone.STRONG)

    def _stop_waiting(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _show_detail(self, part: str) -> None:
        rows = self.pane(part).rows
        self.pane(part).show_detail(self.city_map.sheet(part, rows.selected_row, rows.selected))

    def place_parts(self) -> None:
        """Show one part or all of them, and compute what is now seen."""
        super().place_parts()
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
