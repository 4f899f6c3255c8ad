"""The hot debrief: ten minutes straight after ENDEX, every team answers the same questions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from resilience.base.language import _
from resilience.exercise.evaluation.course import Course
from resilience.exercise.session import Session
from tui.commands import EVERYWHERE, Command, all_keys
from tui.help import HelpData
from tui.messages import DebriefAsked
from tui.screens.choices import ChoicesDialog
from tui.screens.form import Field, FormDialog
from tui.screens.played import PlayedScreen
from tui.view_models.debrief import AnswerRow, answer_rows, facts_sheet, timer
from tui.view_models.injects import cell_names
from tui.view_models.rows import Tab, Tone
from tui.view_models.seat import seat_header
from tui.widgets.bars import KeyBar, Line, TabBar
from tui.widgets.header_bar import HeaderBar
from tui.widgets.painting import Cell, Column
from tui.widgets.painting import Line as Cells
from tui.widgets.pane import Lists, Pane
from tui.widgets.row_list import RowList
from tui.widgets.sheet import SheetText

if TYPE_CHECKING:
    from tui.view_models.choices import Choices

PART = "answers"


def debrief_commands(*, whole: bool) -> tuple[Command, ...]:
    """Return all that can be done in the debrief, in the current language; *whole* for who sees the whole run."""
    choices = Command(
        "choices", ("c",), EVERYWHERE, _("choices"), _("Show what each choice changed, and how sure that is."), 1
    )
    return (
        Command("answer", ("enter", "r"), PART, _("answer"), _("Write or change the chosen answer."), 1),
        *((choices,) if whole else ()),
        Command("back", ("escape", "b"), EVERYWHERE, _("back"), _("Look at the exercise again; b comes back."), 1),
        Command("language", ("l",), EVERYWHERE, _("language"), _("Go on in the other language."), 2),
        Command("theme", ("t",), EVERYWHERE, _("light/dark"), _("Change between the dark and the light screen.")),
        Command("help", ("question_mark", "f1"), EVERYWHERE, _("help"), _("Explain this part, and its keys."), 3),
        Command("leave", ("q", "ctrl+q"), EVERYWHERE, _("leave"), _("Close this screen; everything is kept."), 4),
    )


class AnswerList(RowList[AnswerRow]):
    """The questions and the answers."""

    COLUMNS = (Column(), Column(flexible=True, wrap=True))

    @property
    def help(self) -> HelpData:
        """How the debrief goes."""
        return HelpData(
            _("Hot debrief"),
            _(
                "Straight after the exercise, ten minutes, while everybody still knows it. First what went well, "
                "then what could be better, then what you do tomorrow; after that the questions of the scenario and "
                "the values that were at stake. ✓ answered, □ open. One answer of each team to each question; "
                "again changes it. Say what was done, not who did it. The answers come into the report."
            ),
        )

    def cells(self, row: AnswerRow) -> Cells:
        """Return mark, question or team with the answer."""
        return (Cell(row.mark, row.tone), Cell(f"{row.text} {row.said}".strip(), row.tone))


class DebriefPane(Pane):
    """The frame around the answers."""

    LISTS: ClassVar[Lists] = {PART: AnswerList}


class DebriefScreen(PlayedScreen):
    """Shows the time that is left, the facts, and the questions; Enter answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False) for key in all_keys(debrief_commands(whole=True))
    ]

    def __init__(self, session: Session, *, places: dict[str, str | None] | None = None) -> None:
        known = {part: key for part, key in (places or {}).items() if part == PART}
        super().__init__(session, (PART,), {"answers-column": (PART,)}, part=PART, places=known)
        self._choices: Choices | None = None
        """What each choice changed, as far as it was computed."""

    def listed(self) -> Sequence[Command]:
        """Return what can be done here."""
        return debrief_commands(whole=self.session.seat.role == "facilitator")

    def titles(self) -> dict[str, str]:
        """Return what the part is called."""
        return {PART: _("Hot debrief")}

    def tabs(self) -> Sequence[Tab]:
        """Return the one part."""
        return (Tab(PART, "1", self.titles()[PART], "", Tone.PLAIN),)

    def framed(self, part: str, number: int, title: str) -> Pane:
        """Return the questions in their frame."""
        return DebriefPane(part, number, title)

    def compose(self) -> ComposeResult:
        """Put the time and the facts above the questions."""
        yield HeaderBar(id="header")
        yield TabBar(id="tabs")
        yield Line(id="debrief-timer")
        yield SheetText(id="debrief-facts")
        yield from self.framed_parts()
        yield KeyBar(self.listed, id="keys")

    async def do(self, name: str) -> None:
        """Answer, or look elsewhere."""
        if name == "answer":
            await self._answer()
        elif name == "choices":
            course = Course.in_session(self.session).require_same_rules()
            self._choices = await self.ask(ChoicesDialog(course, self._choices))
        elif name == "back":
            self.post_message(DebriefAsked(shown=False))
        elif name == "leave":
            self.leave()

    def show_now(self) -> None:
        """Show the time, the facts and the answers of now."""
        wall = self.session.wall()
        self.query_one("#header", HeaderBar).show(seat_header(self.session, wall))
        self.query_one("#debrief-timer", Line).show(_("Hot debrief"), *timer(self.session, wall))
        self.query_one("#debrief-facts", SheetText).show(facts_sheet(self.session))
        self.pane(PART).show(answer_rows(self.session))

    def show_details(self) -> None:
        """The rows say all there is."""

    def follow_cover(self) -> None:
        """Nothing covers the debrief."""

    async def _answer(self) -> None:
        key = self.chosen(PART)
        row = next((one for one in answer_rows(self.session) if one.key == key), None)
        if row is None:
            return
        question, _slash, cell = row.key.partition("/")
        asked = next(one.text for one in answer_rows(self.session) if one.key.partition("/")[0] == question)
        team = cell_names(self.session.scenario).get(cell, "")
        field = Field("text", _("Answer"), _("What was done and what it led to; no names of persons."), row.said,
                      long=True)  # fmt: skip
        await self.ask(
            FormDialog(
                team or _("Hot debrief"),
                [field],
                lambda values: self.session.reflect(question, str(values["text"]), cell=cell or None),
                intro=asked,
            )
        )
