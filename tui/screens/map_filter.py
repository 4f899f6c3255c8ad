"""Choosing filters: every value of every filter in one list, found by typing, ticked with Enter."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from city_model.map_filter import FIELDS, MapFilter
from resilience.base.language import _
from tui.help import HelpData
from tui.screens.dialog import Dialog, Keys
from tui.view_models.map_finder import FacetRow, Finder, folded
from tui.view_models.rows import Tone
from tui.widgets.long_list import LongList
from tui.widgets.map_panes import FindBox
from tui.widgets.painting import Cell, Column, Line


class FacetList(LongList[FacetRow], can_focus=False):
    """The values that can be asked for; the cursor is moved from the line above it."""

    COLUMNS = (Column(most=3), Column(most=14), Column(flexible=True), Column(most=7))

    def cells(self, row: FacetRow) -> Line:
        """Return tick, filter, value, how many."""
        tone = Tone.STRONG if row.asked else Tone.PLAIN if row.count else Tone.MUTED
        return (
            Cell("[x]" if row.asked else "[ ]", tone),
            Cell(row.field, Tone.MUTED),
            Cell(row.name, tone),
            Cell(str(row.count), Tone.MUTED, right=True),
        )


class MapFilterDialog(Dialog[None]):
    """Changes the filter; each tick counts at once, and is told to *changed*."""

    TALL = True
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "clear", show=False)]

    def __init__(self, finder: Finder, asked: MapFilter, changed: Callable[[MapFilter], None]) -> None:
        super().__init__(_("Filter"))
        self._finder = finder
        self._asked = asked
        self._changed = changed
        self._facets = finder.facets(asked)

    def body(self) -> Iterable[Widget]:
        """Return the line to type in, and the values."""
        yield FindBox("", _("Find: a city function, partner, kind or district"))
        yield FacetList(id="facets", empty=_("No filter is called so."))
        text = _("Values of one filter are alternatives; all filters must hold. Trees keep what is linked through what "
                 "is left out.")  # fmt: skip
        yield Static(Content(text), classes="intro")

    def keys(self) -> Keys:
        """Return the keys of this dialog."""
        return (
            ("↑ ↓", _("choose")),
            ("Enter", _("on/off")),
            ("F3", _("all off")),
            ("Esc", _("back")),
            ("F1", _("help")),
        )

    def explain(self) -> HelpData:
        """Say how a filter works."""
        return HelpData(
            _("Filter"),
            _(
                "Type a part of a name; the arrows choose a line, Enter puts or takes a tick. The number says how many "
                "components the line would leave, with what the other filters ask. Values of one filter are "
                "alternatives, and all filters must hold. A partner counts when it owns, runs or supplies a component."
            ),
        )

    def on_mount(self) -> None:
        """Show all values."""
        self._show()
        self.query_one(FindBox).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()
        self.query_one(FacetList).action_edge(-1)

    @on(FindBox.Moved)
    def _moved(self, event: FindBox.Moved) -> None:
        event.stop()
        event.move(self.query_one(FacetList))

    @on(Input.Submitted)
    def _ticked(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(FacetList).selected
        for field in FIELDS:
            if chosen and chosen.startswith(f"{field}:"):
                self._ask(self._asked.toggled(field, chosen.removeprefix(f"{field}:")))

    def action_clear(self) -> None:
        """Let everything pass."""
        self._ask(MapFilter())

    def _ask(self, asked: MapFilter) -> None:
        self._asked = asked
        self._facets = self._finder.facets(asked)
        self._changed(asked)
        self._show()

    def _show(self) -> None:
        words = folded(self.query_one(FindBox).value).split()
        self.query_one(FacetList).show(
            [row for row in self._facets if all(word in folded(f"{row.field} {row.name}") for word in words)]
        )
