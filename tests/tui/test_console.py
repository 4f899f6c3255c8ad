"""The console played by keyboard: what keys do to the exercise, and what the screen shows of it."""

from pathlib import Path

import pytest
from textual import events

from resilience.exercise.events import Kind
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.scaling import scale_choices, structure_for
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from resilience.exercise.wording import sentence
from tests.tui.support import (
    MINUTE,
    WIDE,
    console,
    header_text,
    mini_session,
    part_text,
    press,
    screen_of,
    seen,
    settle,
    told,
    type_text,
    wait_for,
)
from tui.screens.console import ConsoleScreen
from tui.screens.debrief import DebriefScreen
from tui.screens.decision import DecisionDialog
from tui.screens.form import FormDialog
from tui.screens.free_decision import FreeDecisionDialog
from tui.screens.no_duff import NoDuffScreen
from tui.screens.reading import SheetDialog
from tui.view_models.injects import JUST_SENT
from tui.widgets.effect_list import EffectList
from tui.widgets.pane import Pane

Played = tuple[Session, CountedWall]
FULL = "the disk is full"


def log_of(session: Session) -> list[tuple[int, str]]:
    """Return the whole log as minutes and sentences."""
    return [(event.minute, sentence(event, session.scenario)) for event in session.state.events]


async def test_the_first_round_by_keyboard_alone(session: Session) -> None:
    """STARTEX, a jump, a decision, an inject from the shelf, a pause, on to the end of the round: the log says it
    all, and the board shows what a headless session with the same decisions computes.
    """
    async with console(session, WIDE) as pilot:
        await press(pilot, "space", "j", "2", "d", "2", "enter")
        await type_text(pilot, "care first")
        await press(pilot, "ctrl+s", "1", "end")
        screen_of(pilot).query_one("#injects", Pane).rows.select("rumour")
        await press(pilot, "s", "space", "space", "j", "tab")
        await type_text(pilot, "2:00")
        await press(pilot, "enter")
        board = part_text(pilot, "board")

    assert log_of(session) == [
        (0, "The exercise 'Dark Havendam' was made"),
        (0, "STARTEX"),
        (0, "The clock was put forward to +00:12"),
        (12, "Inject 'The lights go out' from Control room to Municipal policy team, IT crisis team"),
        (12, "Deadline 'Early warning to the supervisor' runs until +02:12 (The lights go out)"),
        (12, "Municipal policy team decided on 'Where does the generator go?': To the hospital (care first)"),
        (12, "Inject 'Rumour: it is sabotage' from Media analyst to Municipal policy team, IT crisis team"),
        (12, "The clock was paused"),
        (12, "The clock runs at 1 exercise minutes per minute"),
        (12, "The clock was put forward to +02:00"),
        (25, "Inject 'Battery of the data centre almost empty' from Data centre operations to IT crisis team"),
        (51, "Inject 'The counter is down' from Public desk to Municipal policy team"),
        (60, "Inject 'The mayor wants figures' from Cabinet to Municipal policy team"),
    ]
    headless, _wall = mini_session()
    with headless:
        headless.start()
        headless.jump(12)
        headless.decide("generator", "hospital", who="Municipal policy team", why="care first")
        headless.jump(120)
        levels = [f"{headless.level(function.id)}%" for function in headless.city.functions]
    assert [line.split()[1].lstrip("≈") for line in board.splitlines()] == levels == ["50%", "30%", "100%", "0%"]


async def test_a_decision_shows_at_once(played: Played) -> None:
    """Decided, in the log and on the board in the same moment, although the clock stands still."""
    session, _wall = played
    session.jump(12)
    session.pause()
    async with console(session, WIDE) as pilot:
        await press(pilot, "d")
        screen_of(pilot).session.decide("generator", "data-centre", who="GBT")
        screen_of(pilot).follow()
        shown = (part_text(pilot, "points"), part_text(pilot, "log"))
        note = screen_of(pilot).query_one("#board", Pane).border_subtitle
        await wait_for(pilot, lambda: "+00:40" not in part_text(pilot, "board"), "the new outlook")

    assert "✓ decided +00:12" in shown[0]
    assert "To the data centre" in " ".join(shown[1].split())
    assert note == "1 decision works from the next minute"


async def test_the_effects_of_an_option_are_shown_before_it_is_recorded(played: Played) -> None:
    """The dialog asks the model for every option, and Esc leaves without a trace."""
    session, _wall = played
    session.jump(12)
    async with console(session) as pilot:
        await press(pilot, "d")
        dialog = pilot.app.screen
        assert isinstance(dialog, DecisionDialog)
        effects = dialog.query_one(EffectList)
        await wait_for(pilot, lambda: "less outage" in effects.text, "the effects of the first option")
        first = effects.text
        await press(pilot, "3")
        await wait_for(pilot, lambda: effects.row_count == 0, "the effects of waiting")
        await press(pilot, "escape")

    assert [" ".join(line.split()) for line in first.splitlines()] == [
        "▲ Information and counter 5.0 h less outage 99,667 resident-hours",
        "▲ Care 1.4 h less outage 56,667 resident-hours",
    ]
    assert session.state.decisions == ()


@pytest.mark.full
async def test_a_decision_keeps_who_why_on_what_and_the_values(played: Played) -> None:
    """Everything that was typed is in the log; a value without an answer is not."""
    session, _wall = played
    session.jump(12)
    async with console(session) as pilot:
        await press(pilot, "d", "1", "enter")
        await type_text(pilot, "most people")
        await press(pilot, "tab")
        await type_text(pilot, "one call")
        await press(pilot, "enter")
        await type_text(pilot, "the sick wait")
        await press(pilot, "ctrl+s")

    taken = session.state.decisions[0]
    assert (taken.who, taken.what, taken.why, taken.information, dict(taken.values)) == (
        "Municipal policy team",
        "To the data centre",
        "most people",
        "one call",
        {"health": "the sick wait"},
    )


@pytest.mark.full
async def test_a_free_decision_with_an_effect_on_a_named_component(played: Played) -> None:
    """Search a component, add the effect, see what it does, record it."""
    session, _wall = played
    session.jump(90)
    async with console(session) as pilot:
        await press(pilot, "f")
        dialog = pilot.app.screen
        assert isinstance(dialog, FreeDecisionDialog)
        await type_text(pilot, "no cards")
        dialog.query_one("#field-kind").focus()
        await press(pilot, "right", "tab")
        await type_text(pilot, "till")
        await press(pilot, "tab", "enter")
        await wait_for(pilot, lambda: "more outage" in dialog.query_one(EffectList).text, "the effects")
        await press(pilot, "ctrl+s")

    taken = session.state.decisions[0]
    assert (taken.point, taken.what, taken.cell, [effect.model_dump() for effect in taken.effects]) == (
        None,
        "no cards",
        "gbt",
        [{"delay": 0, "effect": "isolate", "components": ("tills",)}],
    )


async def test_a_form_that_is_refused_stays_open_with_what_was_typed(played: Played) -> None:
    """A free decision without words, and a note without text, are refused in one line; nothing is lost."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "n", "tab", "tab")
        await type_text(pilot, "grid company")
        await press(pilot, "ctrl+s")
        still_open = isinstance(pilot.app.screen, FormDialog)
        refused = seen(pilot)
        await press(pilot, "shift+tab", "shift+tab")
        await type_text(pilot, "Off till six")
        await press(pilot, "ctrl+s")

    assert still_open
    assert "! the text is empty: write at least a word" in refused
    assert [(item.text, item.source) for item in session.state.picture] == [("Off till six", "grid company")]


async def test_no_duff_freezes_at_once_and_resumes_after_a_question(played: Played) -> None:
    """One key, from inside a dialog: everything stands still, the whole screen says so, and the reason comes after."""
    session, wall = played
    async with console(session) as pilot:
        await press(pilot, "n")
        await press(pilot, "f12")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NoDuffScreen), "the whole screen says NO DUFF")
        wall.now += 60 * MINUTE
        await settle(pilot)
        frozen = (session.state.phase, session.minute(), "GEEN OEFENING - NO DUFF" in seen(pilot))
        await type_text(pilot, "fire alarm")
        await press(pilot, "enter", "ctrl+r", "enter")
        unsure = session.state.phase
        await press(pilot, "y")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, NoDuffScreen), "the exercise is back")
        log = log_of(session)

    assert frozen == (Phase.NO_DUFF, 0, True)
    assert unsure is Phase.NO_DUFF
    assert session.state.phase is Phase.PAUSED
    assert [text for _minute, text in log[-3:]] == [
        "NO DUFF: this is not an exercise",
        "Correction of entry 3: fire alarm",
        "The exercise goes on after NO DUFF",
    ]


@pytest.mark.full
async def test_holding_letting_go_and_skipping(played: Played) -> None:
    """One key each; skipping asks, and only a letter says yes."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "h")
        held = dict(session.state.held)
        await press(pilot, "h", "x", "enter", "n")
        kept = (dict(session.state.held), dict(session.state.skipped))
        await press(pilot, "x", "y")

    assert (held, kept, dict(session.state.skipped)) == ({"lights-out": 0}, ({}, {}), {"lights-out": 0})


@pytest.mark.full
async def test_a_text_can_be_changed_for_this_exercise_only(played: Played) -> None:
    """The players get the new text; the scenario keeps its own."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "e")
        await type_text(pilot, " Stay calm.")
        await press(pilot, "ctrl+s")

    assert str(session.state.sent["lights-out"].text).endswith("no repair time yet. Stay calm.")
    assert "Stay calm" not in str(session.scenario.inject_by_id["lights-out"].text)


async def test_an_inject_that_went_out_stays_on_top_to_be_read_for_a_few_minutes(played: Played) -> None:
    """The cursor stays on it, so that its text is on the screen; a key meant for it sends nothing else."""
    session, wall = played
    async with console(session) as pilot:
        wall.now += 12 * MINUTE
        await wait_for(pilot, lambda: "lights-out" in session.state.sent, "the inject goes out")
        await wait_for(pilot, lambda: "✓" in part_text(pilot, "injects"), "it is shown as sent")
        first = part_text(pilot, "injects").split()[:6]
        detail = " ".join(seen(pilot).split())
        await press(pilot, "s")
        warned = told(pilot)

    assert " ".join(first) == "✓ sent +00:12 The lights go"
    assert "The power is off in the whole town centre." in detail
    assert warned == ["“The lights go out” was sent already."]
    assert set(session.state.sent) == {"lights-out"}


@pytest.mark.full
async def test_the_cursor_leaves_an_inject_that_is_past_but_a_key_meant_for_it_does_nothing(played: Played) -> None:
    """While one reads an inject it may leave the top by itself: the very next key must not send the one after it."""
    session, wall = played
    async with console(session) as pilot:
        wall.now += 12 * MINUTE
        await wait_for(pilot, lambda: "lights-out" in session.state.sent, "the inject goes out")
        wall.now += (JUST_SENT + 1) * MINUTE
        await wait_for(pilot, lambda: screen_of(pilot).chosen("injects") == "battery-low", "the cursor moves on")
        await press(pilot, "s")
        warned = told(pilot)
        screen_of(pilot).query_one("#injects", Pane).rows._moved_on -= 10
        await press(pilot, "s")

    assert warned == ["The list has just moved on: look, and press again."]
    assert set(session.state.sent) == {"lights-out", "battery-low"}


@pytest.mark.full
async def test_saving_does_not_overtake_what_was_typed(played: Played) -> None:
    """A text expander types faster than a field reads: every letter before Ctrl+S is in what is saved."""
    session, _wall = played
    text = "At the post the lights are out"
    async with console(session) as pilot:
        await press(pilot, "n")
        for letter in text:
            pilot.app.post_message(events.Key("space" if letter == " " else letter, letter))
        pilot.app.post_message(events.Key("ctrl+s", None))
        await settle(pilot)
        await wait_for(pilot, lambda: session.state.picture, "the note is saved")

    assert [item.text for item in session.state.picture] == [text]


@pytest.mark.full
async def test_after_a_decision_the_list_shows_what_is_open(played: Played) -> None:
    """The cursor leaves a decided point, so that the list begins with what still asks for a decision."""
    session, _wall = played
    session.jump(46)
    async with console(session) as pilot:
        await press(pilot, "3", "enter", "2", "ctrl+s", "1", "3")
        chosen = screen_of(pilot).chosen("points")
        top = seen(pilot).splitlines()[3]

    assert chosen == "close-counter"
    assert "○ open" in top


async def test_the_clock_is_started_paused_sped_up_and_slowed_down(session: Session) -> None:
    """Space, plus and minus; a paused clock does not run because somebody asks for another speed."""
    rates = []
    async with console(session) as pilot:
        for key in ("plus", "space", "plus", "plus", "minus", "space", "plus", "space"):
            await press(pilot, key)
            rates.append((str(session.state.phase), session.state.clock.rate))

    assert rates == [
        ("prepared", 0),
        ("running", 1),
        ("running", 2),
        ("running", 5),
        ("running", 2),
        ("paused", 0),
        ("paused", 0),
        ("running", 2),
    ]


async def test_deadlines_are_started_met_and_moved_by_keys(played: Played) -> None:
    """Each key says no in one sentence where it makes no sense."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "5", "v")
        refused = told(pilot)
        await press(pilot, "a")
        await type_text(pilot, "a call")
        await press(pilot, "enter", "u")
        await type_text(pilot, "30m")
        await press(pilot, "ctrl+s", "v", "ctrl+s")

    deadline = session.state.deadlines["early-warning"]
    assert refused == ["This deadline does not run yet: a starts it."]
    assert (deadline.started, deadline.due, deadline.met, deadline.cause) == (0, 150, 0, "a call")


@pytest.mark.full
async def test_scaling_up_keeps_the_signs_that_were_ticked(played: Played) -> None:
    """With another level come its own signs; what is ticked stands in the log, in the words of the structure."""
    session, _wall = played
    async with console(session, WIDE) as pilot:
        await press(pilot, "g", "right", "right", "tab", "down", "space", "tab")
        await type_text(pilot, "care too")
        await press(pilot, "ctrl+s")

    two = next(one for one in scale_choices(structure_for(session.city), None) if one.level == "grip-2")
    assert [(one.level, one.reason, one.signs) for one in session.state.scales] == [
        (two.name.en, "care too", (two.signs[1].en,)),
    ]


@pytest.mark.full
async def test_messages_notes_and_scaling(played: Played) -> None:
    """A message to one team, a line of the picture renewed, GRIP one up."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "m")
        await type_text(pilot, "meet at ten")
        await press(pilot, "tab", "right", "space", "ctrl+s", "g", "ctrl+s", "n")
        await type_text(pilot, "dark")
        await press(pilot, "tab", "right", "ctrl+s", "4", "enter", "end")
        await type_text(pilot, " all over")
        await press(pilot, "ctrl+s")

    assert [(message.text, message.cells) for message in session.state.messages] == [("meet at ten", ("it",))]
    assert [scale.level for scale in session.state.scales] == ["GRIP 1"]
    assert [scale.signs for scale in session.state.scales] == [()]
    assert [(item.text, item.status) for item in session.state.current_picture()] == [("dark all over", "assumed")]


async def test_the_log_is_read_and_corrected_not_changed(played: Played) -> None:
    """A correction is a new entry that names the old one, and the old one shows it."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "6", "c")
        await type_text(pilot, "five past nine")
        await press(pilot, "enter", "up", "enter")
        page = seen(pilot)

    assert [event.kind for event in session.state.events] == [Kind.CREATED, Kind.STARTEX, Kind.CORRECTION]
    assert "Entry 2 of the log" in page
    assert "+00:00 five past nine" in page


async def test_another_run_begins_before_an_entry(tmp_path: Path) -> None:
    """Asked first, with the command that opens it; the exercise itself goes on as it was."""
    path = tmp_path / "a.exercise"
    session, _wall = mini_session(path=path)
    session.start()
    session.note("dark")
    async with console(session) as pilot:
        await press(pilot, "6", "w")
        page = seen(pilot)
        await press(pilot, "y")
        kinds = [event.kind for event in session.state.events]
    session.close()
    with Session.open(tmp_path / "a-2.exercise", read_only=True) as fork:
        forked = [event.kind for event in fork.state.events]

    assert ("resilience exercise resume" in page, kinds[-1], forked) == (
        True, Kind.PICTURE, [Kind.CREATED, Kind.STARTEX, Kind.FORKED],
    )  # fmt: skip


async def test_enter_on_a_function_says_why(played: Played) -> None:
    """The path in words, and the buffer that still runs."""
    session, _wall = played
    session.jump(60)
    async with console(session, WIDE) as pilot:
        await press(pilot, "2", "enter")
        page = seen(pilot)
        dialog = pilot.app.screen

    assert isinstance(dialog, SheetDialog)
    assert "5. +00:40 Hospital IT is at 50%: it needs Data centre." in page
    assert "Hospital IT: empty at +03:10, in 2:10" in page


async def test_ending_asks_first_and_then_only_corrections_are_taken(played: Played) -> None:
    """After ENDEX every other key is answered with one sentence."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "ctrl+e", "enter", "escape")
        running = session.state.phase
        await press(pilot, "ctrl+e", "y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the debrief")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ConsoleScreen), "the console again")
        await press(pilot, "s", "n", "d", "j", "g")
        answers = told(pilot)
        shown = header_text(pilot)

    assert (running, session.state.phase) == (Phase.RUNNING, Phase.ENDED)
    assert "■ ENDED" in shown
    assert len(answers) == 5
    assert all(answer[0].isupper() for answer in answers)


async def test_keys_that_come_too_fast_open_one_dialog(played: Played) -> None:
    """While a command asks something no other begins, so that no dialog covers another; NO DUFF waits for nothing."""
    session, _wall = played
    async with console(session) as pilot:
        for key in ("j", "m", "n"):
            pilot.app.post_message(events.Key(key, key))
        await settle(pilot)
        stacked = len(pilot.app.screen_stack)
        await press(pilot, "f12")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, NoDuffScreen), "NO DUFF")

    assert (stacked, session.state.phase) == (3, Phase.NO_DUFF)
