"""What each choice changed, straight after ENDEX: the answer of ``resilience exercise compare``, computed apart.

First the exercise as it was played, then the same in many tries. A thread does it, so that the screen goes on.
"""

import os
from collections.abc import Iterable
from dataclasses import replace

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from resilience.analysis.executor import Here, Stop
from resilience.base.language import _, number
from resilience.exercise.evaluation.counterfactuals import counterfactuals
from resilience.exercise.evaluation.course import Course
from resilience.exercise.evaluation.paired import quick_tries, tried
from tui.help import HelpData
from tui.messages import ChoicesReady
from tui.screens.dialog import Dialog, Keys
from tui.view_models.choices import ChoiceRow, Choices, choice_rows, choices_note
from tui.widgets.painting import Cell, Column, Line, safe
from tui.widgets.row_list import RowList


class ChoiceList(RowList[ChoiceRow]):
    """Decisions, and below each the city functions that differ without it."""

    COLUMNS = (Column(flexible=True, wrap=True), Column(), Column())

    @property
    def help(self) -> HelpData:
        """How the figures are read."""
        return HelpData(
            _("What each choice changed"),
            _(
                "The same exercise again without this decision, with the same luck: plus is what the decision saved, "
                "minus what it cost, in residents times hours. Beside it the middle 90 per cent of many tries with "
                "other luck. Model output, no mark: a choice may buy what the model does not count."
            ),
        )

    def cells(self, row: ChoiceRow) -> Line:
        """Return what is left out, and what that changed."""
        return (Cell(row.name, row.tone), Cell(row.once, row.tone, right=True), Cell(row.band, row.tone, right=True))


class ChoicesDialog(Dialog[Choices]):
    """Shows what is known as soon as it is; its answer is all of that, so that it is computed once."""

    TALL = True

    def __init__(self, course: Course, known: Choices | None = None) -> None:
        super().__init__(_("What each choice changed"))
        self._course = course
        self._found = known
        self._stop = Stop()
        self._done = 0
        self._all = 0
        self._few = False

    def body(self) -> Iterable[Widget]:
        """Return the list, and how it was made."""
        yield ChoiceList(id="choices")
        yield Static("", id="choices-note")

    def keys(self) -> Keys:
        """Return how to read on and leave."""
        return (("Esc", _("back")), ("↑ ↓", _("scroll")), ("F1", _("help")))

    def on_mount(self) -> None:
        """Show what is known, and compute the rest."""
        self.query_one(ChoiceList).focus()
        if self._found is None or self._found.bands is None:
            self.run_worker(self._compute, thread=True, group="choices", exit_on_error=False)
            self.set_interval(0.5, self._show_note)
        self._show()

    def on_unmount(self) -> None:
        """Compute no further what nobody waits for."""
        self._stop.asked = True

    def action_leave(self) -> None:
        """Close, and hand over what is known."""
        self.dismiss(self._found)

    @on(ChoicesReady)
    def _ready(self, message: ChoicesReady) -> None:
        message.stop()
        self._found = message.choices
        self._show()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong where it could not be computed."""
        if event.state is WorkerState.ERROR:
            self.refuse(_("The effects could not be computed: {error}", error=repr(event.worker.error)))

    def _compute(self) -> None:
        found = Choices(self._course, counterfactuals(self._course))
        self._few, tries = quick_tries()
        self._all = tries * (1 + len(found.effects)) if found.effects else 0
        self.post_message(ChoicesReady(found))
        others = [one.kept for one in found.effects]
        executor = Here(os.cpu_count() or 1, self._stop)
        bands = tried(self._course, others, tries, executor=executor, progress=self._count) if others else []
        if not self._stop.asked:
            self.post_message(ChoicesReady(replace(found, bands=tuple(bands))))

    def _count(self, more: int) -> None:
        self._done += more

    def _show(self) -> None:
        if self._found is not None:
            self.query_one(ChoiceList).show(choice_rows(self._found))
        self._show_note()

    def _show_note(self) -> None:
        self.query_one("#choices-note", Static).update(Content(safe(self._note())))

    def _note(self) -> str:
        found = self._found
        if found is None:
            return _("being computed…")
        if found.bands is None and found.effects:
            done, every = number(self._done), number(self._all)
            return _("Being tried with other luck: {done} of {all} runs are done.", done=done, all=every)
        if not (self._few and found.effects):
            return choices_note(found)
        fewer = _("With so few, it is only the lowest and the highest: more are quick with the extra 'fast' only.")
        return f"{choices_note(found)} {fewer}"
