"""Taking a decision that the scenario asks for: pick an option by its number, see what it changes, record it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from resilience.base.language import _
from resilience.exercise.session import Session
from scenarios.reference_data import reference_values
from scenarios.schema import DecisionPoint
from tui.help import HelpData
from tui.screens.deciding import DecidingDialog
from tui.screens.form import Field, field_row
from tui.view_models.decisions import point_facts
from tui.view_models.rows import Tone
from tui.widgets.painting import Cell, Column, Line, safe
from tui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option with its number."""

    key: str
    number: str
    name: str


class OptionRows(RowList[OptionRow]):
    """The options, each with its number key."""

    COLUMNS = (Column(), Column(flexible=True))

    @property
    def help(self) -> HelpData:
        """How an option is taken."""
        return HelpData(
            _("Options"),
            _(
                "A number key or the arrows choose an option. Below it stands what speaks for and against it, and what "
                "it changes per city function until the end, compared with deciding nothing: hours of full outage, "
                "and these times the residents served. Nothing is recorded before Ctrl+S."
            ),
        )

    def cells(self, row: OptionRow) -> Line:
        """Return number and name."""
        return (Cell(row.number, Tone.STRONG), Cell(row.name))


class DecisionDialog(DecidingDialog):
    """Captures a listed decision in three keys: its number, Ctrl+S, and at most a reason in between."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *[Binding(str(number), f"pick({number})", show=False) for number in range(1, 10)],
        Binding("enter", "to_reason", show=False),
    ]

    def __init__(self, session: Session, point: DecisionPoint, minute: int) -> None:
        super().__init__(_("Decision: {title}", title=point.title), session)
        self.point = point
        self._minute = minute
        self._values = {value.id: value for value in session.scenario.values if value.id in point.values}

    def body(self) -> Iterable[Widget]:
        """Return question, options, what they change, and what is written down."""
        cell, due = point_facts(self.point, self.session.scenario, self._minute)
        yield Static(Content(safe(str(self.point.question))), classes="intro")
        yield Static(Content.assemble((safe(cell), "bold"), (f" · {due}", "$muted")))
        yield OptionRows(id="options")
        yield Static("", id="option-text")
        yield from self.effect_widgets()
        yield from self.said_fields(cell, "")
        yield from self._value_fields()

    def on_mount(self) -> None:
        """Show the options and compute what each changes, the first one first."""
        options = self.query_one(OptionRows)
        options.show(
            [OptionRow(option.id, str(number), str(option.name)) for number, option in enumerate(self.point.options, 1)]
        )
        options.focus()
        self.compute((option.id, option.effects) for option in self.point.options)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        option = next((option for option in self.point.options if option.id == event.key), None)
        if option is not None:
            self.query_one("#option-text", Static).update(Content(safe(str(option.text))))
            self.query_one("#field-what").placeholder = str(option.name)  # type: ignore[attr-defined]
            self.show_effects()

    def preview_key(self) -> str:
        """Return the chosen option."""
        return self.query_one(OptionRows).selected or ""

    def record(self) -> None:
        """Record the chosen option, with what was typed."""
        answers = {value: self.typed(f"value-{value}") for value in self._values}
        self.session.decide(
            self.point.id,
            self.preview_key(),
            who=self.typed("who"),
            what=self.typed("what"),
            why=self.typed("why"),
            information=self.typed("information"),
            values={value: answer for value, answer in answers.items() if answer.strip()},
        )

    def action_pick(self, number: int) -> None:
        """Choose option *number*."""
        if number <= len(self.point.options):
            options = self.query_one(OptionRows)
            options.focus()
            options.select(self.point.options[number - 1].id)

    def action_to_reason(self) -> None:
        """Go from the options to the reason; who decides is filled in already."""
        if isinstance(self.focused, OptionRows):
            self.query_one("#field-why").focus()

    def _value_fields(self) -> Iterable[Widget]:
        """Return the four questions and a line for each value at stake; the answers are kept, never scored."""
        if not self._values:
            return
        questions = " ".join(str(question.text) for question in reference_values().questions)
        yield Static(
            Content.assemble((_("Values at stake"), "bold $secondary"), "\n", (safe(questions), "$muted")),
            id="questions",
        )
        for value in self._values.values():
            help_text = str(value.note) if value.note else _("How does this decision weigh on this value?")
            yield field_row(Field(f"value-{value.id}", str(value.name), f"{help_text} {questions}"))
