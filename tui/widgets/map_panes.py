"""The five parts of the map screen: the list with its search line, two trees, what falls, provenance."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from city_model.schema import City
from resilience.base.language import _
from tui.help import HelpData
from tui.view_models.map_falls import FallRow, State
from tui.view_models.map_finder import FUNCTION_MARK, ComponentRow
from tui.view_models.map_provenance import ProvenanceRow
from tui.view_models.map_tree import TreeRow, row_name, row_words
from tui.view_models.rows import Sheet, Tone
from tui.widgets.bars import Line as TextLine
from tui.widgets.long_list import LongList
from tui.widgets.painting import Cell, Column, Line
from tui.widgets.pane import Lists, Pane
from tui.widgets.row_list import AnyRows

StateOf = Callable[[str], State]
"""How a component stands, asked when its line is drawn."""


class ComponentList(LongList[ComponentRow]):
    """The components that pass the search and the filter."""

    LEAST = 26
    STATE = Column(most=7)
    _state_of: StateOf | None = None

    def say(self, state_of: StateOf | None) -> None:
        """Show beside each component how it stands; None: nothing."""
        self._state_of = state_of
        self.redraw()

    @property
    def help(self) -> HelpData:
        """How one finds a component."""
        return HelpData(
            _("Components"),
            _(
                "Type a part of an id or of a name, in Dutch or English; several words may stand in any order. "
                "The arrows choose a line, Enter opens it. ◆ is a city function. "
                "A filter keeps only some city functions, partners, kinds or districts; the line below the search "
                "says which, and how many of all are left. While something is taken to have failed, a line shows its "
                "level when that is below 100%."
            ),
        )

    def columns(self) -> tuple[Column, ...]:
        """Return mark, name, state, kind, owner; the state only while something is taken to have failed."""
        state = self.STATE if self._state_of else Column()
        return (Column(most=1), Column(flexible=True), state, Column(most=14, drop=1), Column(most=24, drop=2))

    def cells(self, row: ComponentRow) -> Line:
        """Return what stands in the columns."""
        state = self._state_of(row.key) if self._state_of else State("", Tone.PLAIN)
        name_tone = Tone.STRONG if row.mark.strip() else Tone.PLAIN
        return (
            Cell(row.mark, Tone.STRONG),
            Cell(row.name, name_tone),
            Cell("" if state.tone is Tone.GOOD else state.short, state.tone),
            Cell(row.kind, Tone.MUTED),
            Cell(row.owner, Tone.MUTED),
        )


class TreeList(LongList[TreeRow]):
    """The neighbourhood in one direction."""

    COLUMNS = (Column(flexible=True), Column(most=20, drop=1), Column(most=14))
    LEAST = 30
    _about: tuple[City, StateOf] | None = None

    def say(self, city: City, state_of: StateOf) -> None:
        """Show the names of *city*, and beside each line how it stands."""
        self._about = (city, state_of)
        self.redraw()

    def cells(self, row: TreeRow) -> Line:
        """Return the place in the tree with the name, the link, the state."""
        if not row.component or self._about is None:
            return (Cell(f"{row.fold} {row.text}", Tone.WATCH), Cell(""), Cell(""))
        city, state_of = self._about
        state = state_of(row.component)
        name = row_name(city, row)
        tone = Tone.STRONG if name.startswith(FUNCTION_MARK) else Tone.PLAIN
        return (
            Cell(f"{row.branch}{row.fold} {name}", tone),
            Cell(row_words(city, row), Tone.MUTED),
            Cell(state.text, state.tone),
        )


class NeedsList(TreeList):
    """What the component needs."""

    @property
    def help(self) -> HelpData:
        """How the tree is read."""
        own = _(
            "Each line is something that the line on which it hangs needs. Beside it stands when the component on top "
            "falls if this one fails."
        )
        return HelpData(_("Needs"), f"{own} {_tree_words()}")


class NeededList(TreeList):
    """What needs the component."""

    @property
    def help(self) -> HelpData:
        """How the tree is read."""
        own = _(
            "Each line needs the line on which it hangs. Beside it stands when it falls if the component on top fails."
        )
        return HelpData(_("Needed by"), f"{own} {_tree_words()}")


class FallList(LongList[FallRow]):
    """What falls if the component falls."""

    COLUMNS = (Column(most=10), Column(most=1), Column(flexible=True), Column(most=5), Column(most=11, drop=1))
    LEAST = 18

    @property
    def help(self) -> HelpData:
        """How the list is read."""
        return HelpData(
            _("What falls"),
            _(
                "The course that the model computes when the component fails now, is repaired as the map says, and "
                "nobody decides anything: three days, one draw of the repair times. In front when something first "
                "falls short, behind it its lowest level, and ▼ when it is below the level that still counts as "
                "working. ◆ is a city function; ≈ rests on figures that nobody confirmed. A filter hides nothing here."
            ),
        )

    def cells(self, row: FallRow) -> Line:
        """Return when, mark, name, lowest, down."""
        return (
            Cell(row.when, row.tone, right=True),
            Cell(row.mark, Tone.STRONG),
            Cell(row.name, Tone.STRONG if row.mark.strip() else Tone.PLAIN),
            Cell(row.lowest, row.tone, right=True),
            Cell(row.down, row.tone),
        )


class ProvenanceList(LongList[ProvenanceRow]):
    """Every need and figure, with who says so."""

    COLUMNS = (
        Column(most=1), Column(flexible=True), Column(most=16), Column(most=18, drop=2), Column(most=12, drop=1),
    )  # fmt: skip
    LEAST = 18

    @property
    def help(self) -> HelpData:
        """How the list is read."""
        return HelpData(
            _("Provenance"),
            _(
                "Every figure of the component and everything that it needs (→): ✓ confirmed by both sides, "
                "· said by one side or computed, ≈ an assumption, ? unknown. Behind it the day by which it is to be "
                "looked at again; ! has passed. Below the list stands the source of the chosen line."
            ),
        )

    def cells(self, row: ProvenanceRow) -> Line:
        """Return mark, label, value, confidence, review."""
        late = Tone.ALERT if row.review.startswith("!") else Tone.MUTED
        return (
            Cell(row.mark, row.tone),
            Cell(row.label),
            Cell(row.value),
            Cell(row.confidence, row.tone),
            Cell(row.review, late, right=True),
        )


class FindBox(Input):
    """The line in which one types what one looks for; keys that move go to the list below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "list('move', -1)", show=False),
        Binding("down", "list('move', 1)", show=False),
        Binding("pageup", "list('page', -1)", show=False),
        Binding("pagedown", "list('page', 1)", show=False),
        Binding("ctrl+home", "list('edge', -1)", show=False),
        Binding("ctrl+end", "list('edge', 1)", show=False),
    ]

    class Moved(Message):
        """The cursor of the list is to move."""

        def __init__(self, how: str, step: int) -> None:
            super().__init__()
            self._how = how
            self._step = step

        def move(self, rows: AnyRows) -> None:
            """Move the cursor of *rows*."""
            {"move": rows.action_move, "page": rows.action_page, "edge": rows.action_edge}[self._how](self._step)

    def __init__(self, text: str, placeholder: str) -> None:
        super().__init__(text, placeholder=placeholder, id="find", compact=True, select_on_focus=False)

    def action_list(self, how: str, step: int) -> None:
        """Move the cursor of the list."""
        self.post_message(self.Moved(how, step))


class MapPane(Pane):
    """A framed part of the map screen; the detail below its list has a fixed height."""

    LISTS: ClassVar[Lists] = {
        "list": ComponentList,
        "needs": NeedsList,
        "needed": NeededList,
        "falls": FallList,
        "sources": ProvenanceList,
    }

    def show_detail(self, sheet: Sheet | None) -> None:
        """Show what belongs to the chosen row."""
        if self.detail is not None:
            self.detail.show(sheet, steady=True)


class FindPane(MapPane):
    """The list of components, below the line that searches it and the line that says what is left."""

    def __init__(self, part: str, number: int, title: str, text: str) -> None:
        super().__init__(part, number, title, empty=_("Nothing passes the search and the filter."), detail=True)
        self.box = FindBox(text, _("Find: id or name"))
        self.found = TextLine(id="found")

    def compose(self) -> ComposeResult:
        """Put the search above the list."""
        yield self.box
        yield self.found
        yield from super().compose()


def _tree_words() -> str:
    return _(
        "While something is taken to have failed (F4), that is its level. ≈ rests on figures that nobody confirmed. "
        "▸ opens with →, ▾ closes with ←, ↺ hangs on itself: a circle. Between them stands what the link is; ~ says "
        "that nobody confirmed it. With a filter, ┄ is an indirect link through what is left out, and the first line "
        "says how much it hides. Enter goes there, Backspace comes back."
    )
