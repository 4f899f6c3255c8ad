"""GEEN OEFENING / NO DUFF on the whole screen, in both languages at once: something real happened."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from resilience.base.language import _
from resilience.base.problems import InputError, ResilienceError
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from tui.help import HelpData
from tui.screens.dialog import keys_content
from tui.screens.form import Field, FieldInput
from tui.screens.help import HelpDialog
from tui.screens.reading import Confirm
from tui.view_models.words import moment, wall_clock
from tui.widgets.painting import safe

_LETTERS = """\
█▀▀ █▀▀ █▀▀ █▄ █   █▀█ █▀▀ █▀▀ █▀▀ █▄ █ █ █▄ █ █▀▀
█▄█ ██▄ ██▄ █ ▀█   █▄█ ██▄ █▀  ██▄ █ ▀█ █ █ ▀█ █▄█

█▄ █ █▀█   █▀▄ █ █ █▀▀ █▀▀
█ ▀█ █▄█   █▄▀ █▄█ █▀  █▀ """
WORDS = "GEEN OEFENING - NO DUFF"


class NoDuffScreen(ModalScreen[None]):
    """Stands until the exercise is resumed, here or at another seat; the reason is asked afterwards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "resume", show=False, priority=True),
        Binding("f1", "help", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._call = session.state.events_of(Kind.NO_DUFF)[-1]
        self._reason = ""

    @property
    def help(self) -> HelpData:
        """What stands still, and how to go on."""
        return HelpData(
            WORDS,
            _(
                "Nothing is sent, the clock stands still, and every seat shows this. Deal with what is real. "
                "Write down in a few words what happened; then Ctrl+R resumes, after a question. "
                "The clock stays paused until Space lets it run."
            ),
        )

    def compose(self) -> ComposeResult:
        """Show the words, since when, the reason, and how to resume."""
        since = _(
            "Everything stands still since {wall} (exercise time {time}).",
            wall=wall_clock(self._call.wall),
            time=moment(self._call.minute),
        )
        with Vertical(id="alarm"):
            yield Static(Content(_LETTERS), id="letters")
            yield Static(Content(WORDS), id="words")
            yield Static(Content(since), classes="line")
            yield Static(Content(self._call.payload["reason"]), classes="line", id="known-reason")
            yield FieldInput(
                Field("reason", _("Reason"), self.help.text, placeholder=_("What happened? Enter keeps it."))
            )
            yield Static("", id="fault")
            keys = (("Enter", _("keep the reason")), ("Ctrl+R", _("resume")), ("F1", _("help")))
            yield Static(keys_content(keys, "bold reverse"))

    def on_mount(self) -> None:
        """Ask for the reason."""
        self.query_one(FieldInput).focus()

    @on(Input.Submitted)
    def _reason_given(self, event: Input.Submitted) -> None:
        event.stop()
        self._reason = event.value.strip()
        event.input.value = ""
        self._keep_reason()
        self.query_one("#known-reason", Static).update(Content(_("Reason: {text}", text=safe(self._reason))))

    def action_help(self) -> None:
        """Explain what this is."""
        self.app.push_screen(HelpDialog(self.help))

    async def action_resume(self) -> None:
        """Go back to the exercise, after a question."""
        question = _("Resume the exercise?")
        consequence = _("Only when what is real is over or in other hands. The clock stays paused.")
        self.app.push_screen(Confirm(question, consequence), self._resume)

    def _resume(self, sure: bool | None) -> None:  # noqa: FBT001 - Textual hands the answer over
        if not sure:
            return
        try:
            self.session.resume()
            self._keep_reason()
        except ResilienceError as error:
            self.query_one("#fault", Static).update(Content(safe(str(error))))

    def _keep_reason(self) -> None:
        """Write the reason with the call in the log; while the exercise stands still it may have to wait."""
        if not self._reason:
            return
        try:
            self.session.correct(self._call.seq, self._reason)
        except InputError:
            return
        self._reason = ""
