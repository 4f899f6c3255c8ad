"""The map screen by keyboard: find, open, filter, as if failed, languages, sizes; every command has its place."""

import sys

import pytest
from textual.command import DiscoveryHit

from city_model.loader import load_city
from resilience.base.language import LANGUAGES, Language, in_language, set_language
from resilience.base.problems import RunError
from tests.builders import city, component, need
from tests.tui.map_support import a_map, press, rows_of, screen_of, settled, type_text
from tests.tui.support import MINI, NARROW, WIDE, seen, wait_for
from tui import map_app
from tui.commands import EVERYWHERE, all_keys, command_for
from tui.help import HelpData
from tui.map_app import MapCommandProvider
from tui.map_commands import map_commands
from tui.palette import PALETTE
from tui.screens.city_map import MapScreen
from tui.screens.help import HelpDialog
from tui.screens.map_filter import MapFilterDialog
from tui.screens.parts import LOOKING
from tui.screens.too_small import TooSmallScreen
from tui.view_models.map_page import PARTS
from tui.widgets.map_panes import FindBox


@pytest.mark.full
async def test_find_open_go_to_a_neighbour_and_come_back() -> None:
    """Typing finds in both languages, Enter opens, Enter goes to a neighbour, Backspace comes back."""
    async with a_map(load_city(str(MINI / "city"))) as pilot:
        await type_text(pilot, "kassa")
        found = rows_of(pilot, "list")
        await press(pilot, "enter")
        opened = (screen_of(pilot).part, rows_of(pilot, "needs"))
        await press(pilot, "down", "enter")
        neighbour = screen_of(pilot).city_map.subject
        await press(pilot, "3")
        above = rows_of(pilot, "needed")
        await press(pilot, "backspace")
        back = screen_of(pilot).city_map.subject

    assert found == ["Tills and payment terminals application Service providers"]
    assert opened == ("needs", [
        "├─▾ Mobile network network ▼ +00:00",
        "│ └─ Electricity grid power buffer 1h ▼ +01:00",
        "└─ Payment network payment ▼ +00:00",
    ])  # fmt: skip
    assert neighbour == "grid"
    assert above[0].startswith("├─▾ Data centre power buffer 30m ▼ +00:30")
    assert back == "tills"


@pytest.mark.full
async def test_levels_after_a_failure_stand_beside_every_line() -> None:
    """As if failed: levels in the trees and the list at the chosen moment; it stays while one looks at others."""
    async with a_map(load_city(str(MINI / "city")), "grid") as pilot:
        await press(pilot, "4")
        falls = rows_of(pilot, "falls")
        await press(pilot, "f4", "minus", "minus", "3")
        at_15 = rows_of(pilot, "needed")[0]
        await press(pilot, "plus", "2", "3", "enter", "2")
        after = rows_of(pilot, "needs")
        head = seen(pilot).splitlines()[0]
        await press(pilot, "1")
        listed = [line for line in rows_of(pilot, "list") if line.startswith("Data centre")]
        await press(pilot, "escape", "4", "m")
        moment = screen_of(pilot).city_map.minute
        await press(pilot, "a")
        off = screen_of(pilot).city_map.failed

    assert falls[0] == "+00:30 Data centre 0% ▼ +00:30"
    assert at_15 == "├─▾ Data centre power buffer 30m ● 100% normal"
    assert after == ["└─ Electricity grid power buffer 30m ✕ 0% out"]
    assert head.strip() == "AS IF Electricity grid has failed; this is how it stands at +00:30"
    assert listed == ["Data centre ✕ 0% facility Municipality of Havendam"]
    assert (moment, off) == (0, None)


@pytest.mark.full
async def test_a_filter_keeps_the_links_and_the_component_that_one_looks_at() -> None:
    """The dialog ticks by typing; list and trees follow, the tree counts what it hides, and F3 lets all pass again."""
    async with a_map(load_city(str(MINI / "city")), "grid") as pilot:
        await press(pilot, "3", "f3")
        await type_text(pilot, "kind city")
        await press(pilot, "enter", "escape")
        tree, shown = rows_of(pilot, "needed"), screen_of(pilot).city_map.subject
        await press(pilot, "1")
        listed = rows_of(pilot, "list")
        kept = screen_of(pilot).city_map.subject
        await press(pilot, "f3", "f3", "escape")
        everything = len(rows_of(pilot, "list"))

    assert tree == [
        "┄ hidden: 7, of which 4 direct",
        "├┄ ◆ Care through 1 hidden ▼ ≈+00:30",
        "├┄ ◆ Payment through 2 hidden ▼ +01:00",
        "├┄ ◆ Public safety through 2 hidden ▼ +04:00",
        "└┄ ◆ Information and counter through 2 hidden ▼ +00:30",
    ]
    assert (shown, kept, len(listed), everything) == ("grid", "grid", 4, 13)


@pytest.mark.parametrize("said_in", LANGUAGES)
async def test_both_sizes_show_what_matters(said_in: Language) -> None:
    """80×24: one part with tabs and keys; 140×40: all five; nothing is wider than the terminal."""
    async with a_map(load_city(str(MINI / "city")), "grid", said_in=said_in) as pilot:
        small = seen(pilot).splitlines()
        await pilot.resize_terminal(*WIDE)
        await wait_for(pilot, lambda: screen_of(pilot).has_class("-all"), "all parts")
        await settled(pilot)
        large = seen(pilot).splitlines()

    assert (len(small), max(map(len, small)) <= 80, len(large), max(map(len, large)) <= 140) == (24, True, 40, True)
    assert all(f"{number} " in small[2] for number in range(1, 6))
    assert [sum(f" {number} " in line and "╭" in line for line in large) for number in range(1, 6)] == [1] * 5
    assert [key for key in ("F1", "Ctrl+Q") if key not in small[-1]] == []


async def test_the_language_changes_and_nothing_else() -> None:
    """One key: everything in the other language, with what one looked at, searched and filtered."""
    async with a_map(load_city(str(MINI / "city")), "mobile-net") as pilot:
        await press(pilot, "3", "f4")
        english = seen(pilot)
        await press(pilot, "l")
        set_language("nl")
        await wait_for(pilot, lambda: "Mobiel netwerk" in seen(pilot), "Dutch")
        await settled(pilot)
        dutch, state = seen(pilot), screen_of(pilot).city_map
        part = screen_of(pilot).part

    assert ("Control room" in english, "Meldkamer" in dutch) == (True, True)
    assert (state.subject, state.failed, part) == ("mobile-net", "mobile-net", "needed")


@pytest.mark.full
async def test_a_terminal_that_gets_too_small_is_told_so() -> None:
    """The same screen as the console shows, without a word about an exercise."""
    async with a_map(load_city(str(MINI / "city"))) as pilot:
        await pilot.resize_terminal(70, 20)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TooSmallScreen), "the cover")
        await wait_for(pilot, lambda: "70×20" in seen(pilot), "the sentence")
        text = seen(pilot)
        await pilot.resize_terminal(*NARROW)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, MapScreen), "the map")

    assert ("exercise" in text.casefold(), "TLP:" in text) == (False, True)


async def test_names_are_never_markup() -> None:
    """A name from a file of somebody else is shown as it is."""
    strange = component("odd").model_copy(update={"name": component("odd").name.model_copy(update={"en": "[red]x[/"})})
    async with a_map(city(strange, component("user", needs=[need("odd")])), "user", size=WIDE) as pilot:
        text = seen(pilot)

    assert text.count("[red]x[/") >= 2


def test_every_command_has_a_key_words_and_something_that_it_does() -> None:
    """In both languages; no key means two things in one part, and each is bound."""
    for language in LANGUAGES:
        with in_language(language):
            listed = map_commands()
        assert [one.name for one in listed if not (one.keys and one.title and one.help.endswith("."))] == []
        assert {one.place for one in listed} <= {*PARTS, EVERYWHERE}
    doubled = [
        (part, key)
        for part in (*PARTS, EVERYWHERE)
        for key in all_keys(listed)
        if sum(one.place == part and key in one.keys for one in listed) > 1
    ]
    lacking = [
        one.name
        for one in listed
        if not one.name.startswith("part-")
        and one.name not in LOOKING
        and not hasattr(MapScreen, f"do_{one.name.replace('-', '_')}")
        and not (one.name.partition("-")[2] in PARTS and hasattr(MapScreen, f"do_{one.name.partition('-')[0]}"))
    ]

    assert (doubled, lacking) == ([], [])
    assert {binding.key for binding in MapScreen.BINDINGS} == set(all_keys(listed))  # type: ignore[union-attr]
    assert command_for("enter", "sources", listed).name == "read"  # type: ignore[union-attr]


@pytest.mark.full
async def test_every_part_explains_itself_and_every_command_is_in_the_palette() -> None:
    """F1 shows the help of what has the focus, in the dialog too; the palette finds and does a command."""
    async with a_map(load_city(str(MINI / "city")), "grid") as pilot:
        unexplained = [part for part in PARTS if not screen_of(pilot).pane(part).rows.help.text]
        offered = [
            hit async for hit in MapCommandProvider(screen_of(pilot)).discover() if isinstance(hit, DiscoveryHit)
        ]
        await press(pilot, "f1")
        page = pilot.app.screen
        assert isinstance(page, HelpDialog)
        await press(pilot, "escape", "f3")
        dialog = pilot.app.screen
        assert isinstance(dialog, MapFilterDialog)
        await press(pilot, "f1")
        unexplained += [] if isinstance(pilot.app.screen, HelpDialog) else ["filter"]
        await press(pilot, "escape", "escape", "ctrl+p")
        await wait_for(pilot, lambda: pilot.app.screen is not screen_of(pilot), "the palette")
        await type_text(pilot, "go to provenance")
        await press(pilot, "down", "enter")
        await wait_for(pilot, lambda: screen_of(pilot).part == "sources", "the provenance")

    assert unexplained == []
    assert len(offered) == len([one for one in map_commands() if one.name != PALETTE])
    assert isinstance(dialog.explain(), HelpData)


@pytest.mark.full
async def test_escape_leaves_the_search_line_so_that_letters_are_commands() -> None:
    """First it empties the line, then it gives the list the focus; a slash goes back."""
    async with a_map(load_city(str(MINI / "city"))) as pilot:
        await type_text(pilot, "net")
        await press(pilot, "escape")
        emptied, box = screen_of(pilot).city_map.text, screen_of(pilot).query_one(FindBox)
        await press(pilot, "escape")
        left = box.has_focus
        await press(pilot, "slash")
        back = box.has_focus

    assert (emptied, left, back) == ("", False, True)


def test_the_map_needs_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redirected, it says so in one sentence instead of writing codes into a file."""
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)

    with pytest.raises(RunError, match="needs a terminal"):
        map_app.run(load_city(str(MINI / "city")))
