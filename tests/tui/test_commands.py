"""One list of commands: each has a key, words, an action, a place in the palette, and a line of help."""

import sys

import pytest
from textual.command import DiscoveryHit

from resilience.base.language import LANGUAGES, in_language
from resilience.base.problems import RunError
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.tui.support import console, mini_session, press, screen_of, seen, settle, type_text
from tui import app
from tui.actions.registry import ACTIONS
from tui.commands import EVERYWHERE, all_keys, command_for, commands, key_text
from tui.help import HelpData
from tui.palette import PALETTE, CommandProvider
from tui.screens.console import ConsoleScreen
from tui.screens.help import HelpDialog, help_sheet
from tui.screens.parts import LOOKING
from tui.view_models.console import PARTS
from tui.widgets.pane import Pane


def test_every_command_has_a_key_words_and_an_action() -> None:
    """The list is complete in both languages, and nothing is done that is not in the list."""
    for language in LANGUAGES:
        with in_language(language):
            listed = commands()
        assert [command.name for command in listed if not (command.keys and command.title and command.help)] == []
        assert {command.place for command in listed} <= {*PARTS, EVERYWHERE}
        assert all(command.help.endswith(".") for command in listed)
    looking = {*LOOKING, *(f"part-{part}" for part in PARTS)}
    assert {command.name for command in listed} == {*ACTIONS, *looking}


def test_no_key_means_two_things_in_one_part() -> None:
    """A part's own key may mean something else elsewhere, but never two things at once."""
    doubled = [
        (part, key)
        for part in (*PARTS, EVERYWHERE)
        for key in all_keys()
        if sum(1 for command in commands() if command.place == part and key in command.keys) > 1
    ]

    assert doubled == []
    assert {command_for("enter", part).name for part in PARTS} == {  # type: ignore[union-attr]
        "read-inject", "why", "open-point", "renew", "read-clock", "read-entry",
    }  # fmt: skip
    assert command_for("s", "board") is None


def test_every_key_is_bound_on_the_console() -> None:
    """The bindings come from the list, so that a new command works at once."""
    bound = {key for binding in ConsoleScreen.BINDINGS for key in [binding.key]}  # type: ignore[union-attr]

    assert bound == set(all_keys())


def test_every_command_has_a_line_of_help() -> None:
    """The help of a part names its keys and those that work everywhere."""
    missing = []
    for part in PARTS:
        listed = [command for command in commands() if command.place in (part, EVERYWHERE)]
        page = help_sheet(HelpData("", ""), (), listed)
        lines = [line for block in page.blocks for line in block.lines]
        for command in listed:
            expected = f"{', '.join(key_text(key) for key in command.keys)}: {command.help}"
            missing += [(part, command.name)] if expected not in lines else []

    assert missing == []


async def test_every_command_is_in_the_palette(session: Session) -> None:
    """Found by name, and by what it does; the palette runs it."""
    async with console(session) as pilot:
        provider = CommandProvider(screen_of(pilot))
        offered = [hit async for hit in provider.discover() if isinstance(hit, DiscoveryHit)]
        found = [hit async for hit in provider.search("faster")]
        await press(pilot, "ctrl+p")
        await type_text(pilot, "go to the log")
        await press(pilot, "down", "enter")
        await settle(pilot)
        part = screen_of(pilot).part

    assert len(offered) == len([command for command in commands() if command.name != PALETTE])
    assert all(hit.help and hit.text for hit in offered)
    assert max(found, key=lambda hit: getattr(hit, "score", 0)).text == "speed (+)"
    assert part == "log"


@pytest.mark.full
async def test_every_focusable_part_explains_itself(session: Session) -> None:
    """Question mark or F1 shows the help of what has the focus: in each part, and in each field of a dialog."""
    session.start()
    session.jump(12)
    unexplained: list[str] = []
    async with console(session) as pilot:
        for pane in screen_of(pilot).query(Pane):
            unexplained += [pane.part] if not (pane.rows.help.title and pane.rows.help.text) else []
        await press(pilot, "2", "question_mark")
        page = " ".join(seen(pilot).replace("│", " ").split())
        await press(pilot, "escape")
        for key in ("n", "m", "g", "d", "f", "j", "e"):
            await press(pilot, "1", key)
            dialog = pilot.app.screen
            for widget in dialog.focus_chain:
                about = getattr(widget, "help", None)
                if not (isinstance(about, HelpData) and about.title and about.text):
                    unexplained.append(f"{key}: {widget!r}")
            await press(pilot, "f1")
            assert isinstance(pilot.app.screen, HelpDialog)
            await press(pilot, "escape", "escape")

    assert unexplained == []
    assert "MTD counts down how long that may last." in page
    assert "Enter: Show why a function stands so, and what falls next." in page


def test_the_console_needs_a_terminal(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Redirected, it says so in one sentence instead of writing codes into a file."""
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)

    with pytest.raises(RunError, match="needs a terminal"):
        app.run(session)


def test_the_console_is_for_the_facilitator() -> None:
    """Another seat would only meet refusals here."""
    session, _wall = mini_session()
    with session:
        session.seat = Seat("cell", "gbt")
        with pytest.raises(RunError, match="for the facilitator"):
            app.run(session)
        session.seat = Seat("facilitator")
