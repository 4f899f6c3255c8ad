"""The hot debrief by keyboard: it follows ENDEX at once, every team answers, and the facilitator sees all of it."""

import json
from pathlib import Path

import pytest

from resilience.exercise.evaluation.debrief import questions
from resilience.exercise.evaluation.paired import quick_tries
from resilience.exercise.evaluation.saved_words import signed
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.cli.asking import Ask
from tests.tui.support import MINUTE, NARROW, WIDE, console, mini_session, press, seen, wait_for
from tests.tui.test_seat_screen import seat
from tui.screens.choices import ChoiceList, ChoicesDialog
from tui.screens.console import ConsoleScreen
from tui.screens.debrief import DebriefScreen
from tui.screens.form import FormDialog
from tui.screens.seat import SeatScreen
from tui.screens.seat_cover import SeatCover


@pytest.mark.full
async def test_endex_opens_the_debrief_and_its_time_runs(tmp_path: Path) -> None:
    """The console goes to the debrief by itself; the time left is that of the wall; Esc leaves it, b comes back."""
    facilitator, wall = mini_session(path=tmp_path / "a.exercise")
    with facilitator:
        facilitator.start()
        async with console(facilitator, NARROW) as pilot:
            await press(pilot, "ctrl+e", "y")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the debrief")
            wall.now += 3 * MINUTE
            await wait_for(pilot, lambda: "7:00 of 10 minutes left" in seen(pilot), "the time that is left")
            page = seen(pilot)
            await press(pilot, "escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, ConsoleScreen), "the console")
            await press(pilot, "b")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the debrief again")

    assert [line for line in ("From the log", "What went well?", "No team sent a message.") if line not in page] == []


async def test_a_team_answers_after_endex_and_the_facilitator_reads_it(tmp_path: Path) -> None:
    """The cover says ENDEX; Enter goes on to the questions; the answer stands with the facilitator under its team."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    cell = facilitator.scenario.cells[0].id
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        facilitator.start()
        facilitator.end()
        async with seat(session, WIDE) as pilot:
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatCover), "ENDEX")
            await pilot.press("enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the questions")
            await pilot.press("enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog), "the form")
            await pilot.press(*"calm", "ctrl+s")
            await wait_for(pilot, lambda: session.state.reflections, "the answer")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the questions again")
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatScreen), "its own screen, not covered")
        facilitator.tick()
        answered = [(one.cell, one.question, one.text) for one in facilitator.state.reflections]
        asked = {one.id for one in questions(facilitator.scenario)}

    assert (answered, {"well", "better", "tomorrow"} <= asked) == ([(cell, "well", "calm")], True)


@pytest.mark.full
async def test_the_debrief_shows_what_each_choice_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures and bands that the command gives for so many tries; Esc goes back, and they are computed once."""
    path = tmp_path / "a.exercise"
    session, _wall = mini_session(path=path)
    with session:
        session.start()
        session.jump(20)
        point = session.scenario.decisions[0]
        option = next(one for one in point.options if one.effects)
        session.decide(point.id, option.id, who="team")
        session.jump(60)
        async with console(session, NARROW) as pilot:
            await press(pilot, "ctrl+e", "y")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the debrief")
            await pilot.press("c")
            await wait_for(pilot, lambda: "plus is resident-hours saved" in seen(pilot).casefold(), "the bands")
            rows = pilot.app.screen.query_one(ChoiceList).text
            await pilot.press("escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen), "the debrief again")
            await pilot.press("c")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoicesDialog), "the figures at once")
            await wait_for(pilot, lambda: pilot.app.screen.query_one(ChoiceList).text == rows, "the same")
            computing = [worker for worker in pilot.app.workers if worker.group == "choices"]
            await pilot.press("escape")
    found = json.loads(Ask(capsys)("exercise", "compare", path, "--tries", str(quick_tries()[1]), "--json").out)

    bands = [(one["saved_resident_hours"], one["band"]["low"], one["band"]["high"]) for one in found]
    said = [(signed(once), signed(low), signed(high)) for once, low, high in bands]
    missing = [number for numbers in said for number in numbers if number not in rows]
    assert (missing, computing, len(said)) == ([], [], 2)


@pytest.mark.full
async def test_the_wall_of_the_room_follows_into_the_debrief(tmp_path: Path) -> None:
    """After ENDEX spectators read, in large type, the time that is left, what was told to everyone, the questions."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    with facilitator, Session.open(path, seat=Seat("spectator"), wall_source=wall) as session:
        facilitator.start()
        facilitator.message("stay calm")
        async with seat(session, NARROW) as pilot:
            await wait_for(pilot, lambda: "stay calm" in seen(pilot), "the message")
            facilitator.end()
            await wait_for(pilot, lambda: "Hot debrief" in seen(pilot), "the debrief")
            page = seen(pilot)

    words = ("10:00 of 10 minutes left", "1 message to everyone", "Nothing was scaled up.", "What went well?")
    assert [word for word in words if word not in page] == []
