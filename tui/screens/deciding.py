"""What both decision dialogs share: who, what, why and on what information, and what the model says of it."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from city_model.effects import Effect
from resilience.base.language import _
from resilience.base.problems import ResilienceError
from resilience.exercise.comparison import Comparison
from resilience.exercise.session import Session
from tui.messages import PreviewReady
from tui.screens.dialog import Dialog, Keys
from tui.screens.form import Field, field_row, field_value
from tui.view_models.decisions import effect_rows, effects_note
from tui.widgets.header_bar import STYLES
from tui.widgets.painting import safe

_SHOWN_EFFECTS = 4


class DecidingDialog(Dialog[bool]):
    """Shows what the model foresees before anything is recorded; stays open when recording is refused."""

    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "submit", show=False, priority=True)]

    def __init__(self, title: str, session: Session) -> None:
        super().__init__(title)
        self.session = session
        self._known: dict[str, PreviewReady] = {}

    def keys(self) -> Keys:
        """Return the keys of a decision."""
        return (
            ("1-9", _("choose")),
            ("Enter", _("next field")),
            ("Ctrl+S", _("record")),
            ("Esc", _("back")),
            ("F1", _("help")),
        )

    def said_fields(self, who: str, what: str) -> Iterable[Widget]:
        """Return the fields in which the decision is written down."""
        for field in (
            Field("who", _("Who"), _("The team or role that decides; no names of persons."), who),
            Field("what", _("What"), _("What was decided, in the team's own words."), placeholder=what),
            Field("why", _("Why"), _("The reason that the team gave.")),
            Field("information", _("Information"), _("What the team knew or assumed when it decided.")),
        ):
            yield field_row(field)

    def typed(self, key: str) -> str:
        """Return what was typed for *key*."""
        return str(field_value(self, key))

    def preview_key(self) -> str:
        """Return which set of effects the dialog is about now."""
        raise NotImplementedError

    def record(self) -> None:
        """Write the decision into the log."""
        raise NotImplementedError

    def compute(self, wanted: Iterable[tuple[str, tuple[Effect, ...]]]) -> None:
        """Compute in a thread what each set of effects changes, for those not known yet."""
        new = [(key, effects) for key, effects in wanted if key not in self._known]
        if new:
            self.run_worker(lambda: self._compare(new), thread=True, group="preview", exit_on_error=False)
        self.show_effects()

    def show_effects(self) -> None:
        """Show what is known of the effects of now."""
        ready = self._known.get(self.preview_key())
        self.query_one("#effects", Static).update(self._effects_content(ready))

    @on(PreviewReady)
    def _computed(self, message: PreviewReady) -> None:
        message.stop()
        self._known[message.key] = message
        self.show_effects()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def action_submit(self) -> None:
        """Record the decision; stay open when it is refused."""
        try:
            self.record()
        except ResilienceError as error:
            self.refuse(str(error))
        else:
            self.dismiss(True)  # noqa: FBT003 - the answer

    def _compare(self, wanted: Iterable[tuple[str, tuple[Effect, ...]]]) -> None:
        for key, effects in wanted:
            try:
                ready = PreviewReady(key, self.session.preview(effects))
            except ResilienceError as error:
                ready = PreviewReady(key, None, str(error))
            self.post_message(ready)

    def _effects_content(self, ready: PreviewReady | None) -> Content:
        heading = (_("What the model foresees"), "bold $secondary")
        if ready is None:
            return Content.assemble(heading, "\n", (_("being computed…"), "$muted"))
        if ready.comparison is None:
            return Content.assemble(heading, "\n", (safe(ready.fault), "$error"))
        return Content.assemble(heading, *self._effect_lines(ready.comparison))

    def _effect_lines(self, comparison: Comparison) -> Iterable[str | tuple[str, str]]:
        rows = effect_rows(self.session.city, comparison)
        for row in rows[:_SHOWN_EFFECTS]:
            details = " · ".join(part for part in (row.difference, row.people, row.first) if part)
            yield "\n"
            yield (f"{row.mark} {safe(row.name)}: ", STYLES[row.tone])
            yield details
        if len(rows) > _SHOWN_EFFECTS:
            yield "\n" + _("and {number} more functions", number=len(rows) - _SHOWN_EFFECTS)
        yield "\n"
        yield (effects_note(self.session.city, comparison), "$muted")
