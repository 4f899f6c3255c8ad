"""A decision that the scenario does not list: in the team's words, with effects from a short list or with none."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from city_model.effects import Effect
from resilience.base.language import _
from resilience.exercise.records import Decision
from resilience.exercise.session import Session
from tui.help import HelpData
from tui.screens.deciding import DecidingDialog
from tui.screens.dialog import Keys
from tui.screens.form import Field, field_row
from tui.view_models.decisions import decision_card, effect_words
from tui.view_models.effects import NO_EFFECT, ComponentRow, candidates, effect_of, kind_options, nothing_to
from tui.view_models.injects import cell_names
from tui.view_models.rows import Tone
from tui.widgets.choice import Choice
from tui.widgets.painting import Cell, Column, Line, safe
from tui.widgets.row_list import RowList


class ComponentList(RowList[ComponentRow]):
    """The components that the chosen effect can be about."""

    COLUMNS = (Column(), Column(flexible=True), Column(drop=1))

    @property
    def help(self) -> HelpData:
        """How a component is chosen."""
        return HelpData(
            _("Components"),
            _("What is down stands first. Type above to search by name or owner; Enter adds the effect on this one."),
        )

    def cells(self, row: ComponentRow) -> Line:
        """Return level, name, owner."""
        return (Cell(row.level, row.tone, right=True), Cell(row.name), Cell(row.owner, Tone.MUTED, right=True))


class FreeDecisionDialog(DecidingDialog):
    """Captures a decision that nobody asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", show=False),
        Binding("ctrl+d", "remove", show=False, priority=True),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, session: Session, written: Decision | None = None) -> None:
        """Capture a free decision, or only the effects of one that a team has *written* down."""
        super().__init__(_("Work out a decision") if written else _("Free decision"), session)
        self._written = written
        self._chosen: list[tuple[str, str]] = []

    def keys(self) -> Keys:
        """Return the keys of a free decision."""
        return (
            ("Enter", _("add")),
            ("Ctrl+D", _("remove")),
            ("Ctrl+S", _("record")),
            ("Esc", _("back")),
            ("F1", _("help")),
        )

    def body(self) -> Iterable[Widget]:
        """Return what is written down, the effects, and what they change."""
        if self._written is not None:
            card = decision_card(self._written, self.session.scenario)
            said = "\n".join((card.lead, *card.blocks[0].lines))
            yield Static(Content(safe(said)), classes="intro")
        else:
            cells = cell_names(self.session.scenario)
            first = next(iter(cells))
            yield from self.said_fields(cells[first], "")
            options = tuple(cells.items())
            yield field_row(Field("cell", _("Team"), _("The team whose decision it is."), first, options))
        yield field_row(
            Field("kind", _("Effect"), _("What it does in the model, or nothing."), NO_EFFECT, kind_options())
        )
        yield field_row(Field("search", _("On what"), _("Part of the name of a component, or of its owner.")))
        yield ComponentList(id="components", empty=nothing_to(NO_EFFECT))
        yield Static("", id="chosen")
        yield from self.effect_widgets()

    def on_mount(self) -> None:
        """Begin with what was decided."""
        self.query_one("#field-kind" if self._written else "#field-what").focus()
        self._refill()
        self._weigh()

    @on(Choice.Changed)
    @on(Input.Changed, "#field-search")
    def _searched(self) -> None:
        self._refill()

    def preview_key(self) -> str:
        """Return the effects that were chosen."""
        return repr(self._chosen)

    def record(self) -> None:
        """Record the decision with the effects that were chosen."""
        if self._written is not None:
            self.session.work_out(self._written.seq, self._effects())
            return
        self.session.decide(
            None,
            None,
            who=self.typed("who"),
            what=self.typed("what"),
            why=self.typed("why"),
            information=self.typed("information"),
            effects=self._effects(),
            cell=self.typed("cell"),
        )

    def action_add(self) -> None:
        """Add the chosen effect on the chosen component; from elsewhere, go on to the next field."""
        components = self.query_one(ComponentList)
        if self.focused is not components or components.selected is None:
            self.focus_next()
            return
        pair = (self.typed("kind"), components.selected)
        if pair not in self._chosen:
            self._chosen.append(pair)
            self._weigh()

    def action_remove(self) -> None:
        """Take the last effect away."""
        if self._chosen:
            self._chosen.pop()
            self._weigh()

    def _effects(self) -> tuple[Effect, ...]:
        return tuple(effect_of(kind, component) for kind, component in self._chosen)

    def _refill(self) -> None:
        kind, text = self.typed("kind"), self.typed("search")
        session, listed = self.session, self.query_one(ComponentList)
        rows = candidates(session.city, kind, session.level, text, session.trace) if kind != NO_EFFECT else ()
        listed.say_when_empty(nothing_to(kind))
        listed.show(rows)

    def _weigh(self) -> None:
        words, names = effect_words(), self.session.city.component_by_id
        lines = [f"{words[kind]}: {names[component].name}" for kind, component in self._chosen]
        text = "\n".join(f"+ {safe(line)}" for line in lines) or _("No effect in the model.")
        self.query_one("#chosen", Static).update(Content.assemble((_("Effects"), "bold $secondary"), "\n", text))
        self.compute([(self.preview_key(), self._effects())])
