"""The sheet of an observer by keyboard: what to look for, a grade by its letter, what was seen; merged afterwards."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.tui.support import WIDE, console, mini_session, press, seen, wait_for
from tests.tui.test_seat_screen import seat
from tui.screens.form import FormDialog
from tui.screens.seat import SeatScreen
from tui.screens.seat_cover import SeatCover
from tui.widgets.pane import Pane


async def test_an_observer_rates_by_letter_and_sees_what_to_look_for(tmp_path: Path) -> None:
    """Before an inject its expected actions stand under 'soon', after it under 'now'; m, what was seen, Ctrl+S: rated.

    Without an observation the form stays open.
    """
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    hoped = next(one for one in facilitator.scenario.injects if one.expected and one.trigger.at is not None)
    with facilitator, Session.open(path, seat=Seat("observer", "care"), wall_source=wall) as session:
        facilitator.start()
        async with seat(session, WIDE) as pilot:
            screen = pilot.app.screen
            looked = screen.query_one("#expected", Pane).rows
            await wait_for(pilot, lambda: str(hoped.expected[0])[:20] in looked.text, "it comes soon")
            before = "soon" in looked.text
            facilitator.jump(hoped.trigger.at or 0)
            await wait_for(pilot, lambda: "now" in looked.text, "it was sent")
            await pilot.press("m")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog), "the form")
            await pilot.press("ctrl+s")
            stays = isinstance(pilot.app.screen, FormDialog)
            await pilot.press(*"late", "ctrl+s")
            await wait_for(pilot, lambda: session.state.ratings, "the rating")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatScreen), "the sheet")
            rows = screen.query_one("#ratings", Pane).rows.text.splitlines()[0]

    assert (before, stays, [(one.grade, one.observation, one.observer) for one in session.state.ratings]) == (
        True, True, [("M", "late", "care")],
    )  # fmt: skip
    assert rows.startswith("M ")


@pytest.mark.full
async def test_the_facilitator_merges_and_every_observer_sees_all(tmp_path: Path) -> None:
    """After ENDEX o asks and merges; only then the rating of the one stands on the sheet of the other."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    task = facilitator.scenario.objectives[0].critical_tasks[0].id
    with ExitStack() as stack:
        stack.enter_context(facilitator)
        facilitator.start()
        one = stack.enter_context(Session.open(path, seat=Seat("observer", "one"), wall_source=wall))
        two = stack.enter_context(Session.open(path, seat=Seat("observer", "two"), wall_source=wall))
        one.rate_task(task, "S", "they called late")
        async with console(facilitator) as pilot:
            facilitator.end()
            await press(pilot, "o", "y")
        async with seat(two, WIDE) as pilot:
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatCover), "ENDEX")
            await pilot.press("escape")
            await wait_for(pilot, lambda: "they called late" in seen(pilot), "the rating of the other")
        merged = facilitator.state.merged

    assert merged
