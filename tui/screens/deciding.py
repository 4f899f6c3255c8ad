"""What both decision dialogs share: who, what, why and on what information, and what the model says of it."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from city_model.effects import Effect
from resilience.base.language import _
from resilience.base.problems import ResilienceError
from resilience.exercise.session import Session
from tui.messages import PreviewReady
from tui.screens.dialog import Dialog, Keys
from tui.screens.form import Field, field_row, field_value
from tui.view_models.decisions import effect_rows, effects_note
from tui.widgets.effect_list import EffectList
from tui.widgets.painting import safe

SHOWN_EFFECTS = 5


class DecidingDialog(Dialog[bool]):
    """Shows what the model foresees before anything is recorded; stays open when recording is refused."""

    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "submit", show=False),  # no priority: it must not overtake keys on their way to a field
    ]

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

    def effect_widgets(self) -> Iterable[Widget]:
        """Return where the effects are shown."""
        yield Static(Content.styled(_("What the model foresees"), "bold $secondary"))
        yield EffectList(id="effects")
        yield Static("", id="effects-note")

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
        compared = ready.comparison if ready else None
        rows = effect_rows(self.session.city, compared) if compared else ()
        if compared is None:
            note = ready.fault if ready else _("being computed…")
        else:
            more = len(rows) - SHOWN_EFFECTS
            rest = _("And {number} more functions.", number=more) if more > 0 else ""
            note = f"{rest} {effects_note(compared)}".strip()
        self.query_one(EffectList).show(rows[:SHOWN_EFFECTS])
        self.query_one("#effects-note", Static).update(Content(safe(note)))

    @on(PreviewReady)
    def _computed(self, message: PreviewReady) -> None:
        message.stop()
        self._known[message.key] = message
        self.show_effects()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong where the effects could not be computed."""
        if event.state is WorkerState.ERROR:
            self.refuse(_("The effects could not be computed: {error}", error=repr(event.worker.error)))

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
