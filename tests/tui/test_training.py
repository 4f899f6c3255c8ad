"""The lesson played to its end with the keys that it names, in both languages."""

import pytest

from resilience.base.language import Language
from tests.tui.support import NARROW, mini_session, press, seen, settle, type_text, wait_for
from tui.lesson import steps
from tui.screens.debrief import DebriefScreen
from tui.train_app import TrainApp


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "nl"])
async def test_the_lesson_can_be_played_to_its_end(language: Language) -> None:
    """Each step waits for its own key and no other, says so on a terminal of 80 by 24, and the last one is ENDEX."""
    session, _wall = mini_session(language)
    app = TrainApp(session)
    with session:
        async with app.run_test(size=NARROW) as pilot:
            total = len(steps())

            async def reached(place: int) -> None:
                await wait_for(pilot, lambda: app.progress.place == place, f"step {place} is done")

            await wait_for(pilot, lambda: f"1/{total}" in seen(pilot), "the first step")
            await press(pilot, "1", "enter", "escape")
            early = app.progress.place
            await press(pilot, "space")
            await reached(1)
            await press(pilot, "1", "enter")
            await reached(2)
            await press(pilot, "escape")
            for _again in range(9):
                if app.progress.place == 2:
                    await press(pilot, "j", "1")
            await reached(3)
            await wait_for(pilot, lambda: f"4/{total}" in seen(pilot), "the fourth step")
            await press(pilot, "2", "enter")
            await reached(4)
            await press(pilot, "escape", "n")
            await type_text(pilot, "lights out")
            await press(pilot, "ctrl+s")
            await reached(5)
            await press(pilot, "d", "1", "ctrl+s")
            await reached(6)
            await press(pilot, "m")
            await type_text(pilot, "we are coming")
            await press(pilot, "ctrl+s")
            await reached(7)
            await press(pilot, "space")
            await reached(8)
            await press(pilot, "f12")
            await settle(pilot)
            await press(pilot, "ctrl+r", "y")
            await reached(9)
            await press(pilot, "ctrl+e", "y")
            await reached(10)
            await wait_for(pilot, lambda: isinstance(app.screen, DebriefScreen), "the debrief")

    assert (early, app.progress.place) == (0, total)
