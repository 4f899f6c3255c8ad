"""The map screen: find a component, see what it needs and what needs it, what falls with it, and who says so."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from city_model.map_filter import MapFilter
from resilience.base.language import Language, _, language
from tui.commands import all_keys
from tui.map_commands import map_commands
from tui.messages import MapLanguageChosen
from tui.screens.map_filter import MapFilterDialog
from tui.screens.map_view import FOLLOW_SECONDS, MapView
from tui.screens.reading import SheetDialog
from tui.view_models.city_map import CityMap
from tui.view_models.map_page import PARTS
from tui.view_models.map_tree import TreeRow
from tui.widgets.map_panes import FindBox
from tui.widgets.row_list import RowList


class MapScreen(MapView):
    """Lets one look round in a map: every command of map_commands.py is a method that begins with ``do_``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"press('{key}')", show=False) for key in all_keys(map_commands())
    ]

    def __init__(self, city_map: CityMap, *, part: str = PARTS[0]) -> None:
        super().__init__(city_map, part=part)
        self._passed_over: str | None = None
        """The line on which the cursor of the list came to rest without anybody choosing it."""

    def perform(self, name: str) -> None:
        """Do the command called *name*: the method of that name, or the general one for its part."""
        if self.look(name):
            return
        verb, _dash, part = name.partition("-")
        if part in PARTS and verb in ("go", "open", "close"):
            getattr(self, f"do_{verb}")(part)
        else:
            getattr(self, f"do_{name.replace('-', '_')}")()

    def do_open(self, part: str = "list") -> None:
        """Open the chosen component, or a line of a tree one step further."""
        chosen = self.pane(part).rows.selected or ""
        if part == "list":
            if chosen:
                self.city_map.look_at(chosen)
                self.show_subject()
                self.go_to("needs")
        elif self.city_map.tree(part).open(chosen):
            self.pane(part).rows.show(self.city_map.tree(part).rows())

    def do_close(self, part: str) -> None:
        """Close a line of a tree; where it is not open, go to the line that it hangs on."""
        rows, tree = self.pane(part).rows, self.city_map.tree(part)
        if tree.close(rows.selected or ""):
            rows.show(tree.rows())
        else:
            rows.select((rows.selected or "").rpartition("/")[0])

    def do_go(self, part: str) -> None:
        """Look at the component that is chosen in *part*."""
        row = self.pane(part).rows.selected_row
        component = row.component if isinstance(row, TreeRow) else row.key if row else ""
        if component:
            self.city_map.look_at(component, remember=True)
            self._show_other()

    def do_back(self) -> None:
        """Look at the component that one came from."""
        if self.city_map.back():
            self._show_other()
        else:
            self.tell(_("There is nothing to go back to."))

    def do_rest(self) -> None:
        """Empty the search line; when it is empty, give the list the focus, or take it back."""
        box = self.query_one(FindBox)
        if box.value:
            box.value = ""
        (self.pane("list").rows if box.has_focus and not self.city_map.text else box).focus()

    def do_find(self) -> None:
        """Go to the search line."""
        self.go_to("list")

    def do_filter(self) -> None:
        """Choose filters; the list and the trees follow each tick."""

        def changed(asked: MapFilter) -> None:
            self.city_map.ask(asked)
            self.show_list()
            self._passed_over = self.pane("list").rows.selected
            self.show_subject()

        self.app.push_screen(MapFilterDialog(self.city_map.finder, self.city_map.asked, changed))

    def do_as_if(self) -> None:
        """Take the component to have failed, or stop that."""
        self.city_map.toggle_failed()
        self.show_subject()

    def do_at_moment(self) -> None:
        """Show how everything stands when the chosen component falls."""
        answer, chosen = self.city_map.answer, self.pane("falls").rows.selected
        if answer and chosen in answer.fall_of:
            self.city_map.fail_until(answer.fall_of[chosen].minute)
            self.show_states()

    def do_later(self) -> None:
        """Go to a later moment after the failure."""
        self._step(forward=True)

    def do_earlier(self) -> None:
        """Go to an earlier moment after the failure."""
        self._step(forward=False)

    def do_read(self) -> None:
        """Show the whole source of the chosen figure."""
        sheet = self.city_map.sheet("sources", None, self.pane("sources").rows.selected)
        if sheet is not None:
            self.app.push_screen(SheetDialog(_("Provenance"), sheet))

    def switch_language(self) -> None:
        """Go on in the other language: the application makes this screen anew."""
        other: Language = "en" if language() == "nl" else "nl"
        self.app.post_message(MapLanguageChosen(other, self._part))

    def do_palette(self) -> None:
        """Show all commands."""
        self.app.action_command_palette()

    def do_leave(self) -> None:
        """Close the map."""
        self.leave()

    # Keys and events

    @on(Input.Changed, "#find")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.city_map.text:
            self.city_map.text = event.value
            self.show_list()
            self.pane("list").rows.action_edge(-1)

    @on(Input.Submitted, "#find")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.do_open()

    @on(FindBox.Moved)
    def _moved(self, event: FindBox.Moved) -> None:
        event.stop()
        event.move(self.pane("list").rows)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        part = (event.rows.id or "").removesuffix("-list")
        if part != "list":
            self._show_detail(part)
        elif self._begun and self._part == "list" and event.key not in {None, self._passed_over}:
            self._passed_over = None
            self._follow(event.key or "")

    # Inside

    def _follow(self, component: str) -> None:
        """Look at the component under the cursor of the list; the other parts follow once the cursor rests."""
        if component != self.city_map.subject:
            self.city_map.look_at(component)
            self._name_subject()
            self._show_detail("list")
            self._stop_waiting()
            self._rest = self.set_timer(FOLLOW_SECONDS, self.show_subject)

    def _show_other(self) -> None:
        """Show another component, with the cursor of the list on it where it passes."""
        self.show_subject()
        self.pane("list").rows.select(self.city_map.subject)
        self.pane(self._part).rows.action_edge(-1)

    def _step(self, *, forward: bool) -> None:
        if self.city_map.failed is None:
            self.tell(_("First take something to have failed (a)."))
            return
        self.city_map.step(forward)
        self.show_states()
