"""The form of the picture: by keyboard alone a team says of a city function how it is."""

from pathlib import Path

from resilience.exercise.evaluation.picture_truth import claims
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.tui.support import mini_session, wait_for
from tests.tui.test_seat_screen import seat
from tui.screens.seat import SeatScreen


async def test_a_line_can_say_how_a_city_function_is(tmp_path: Path) -> None:
    """Two fields below the others, which may be left alone; the line then counts in the evaluation."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    facilitator.start()
    facilitator.jump(12)
    cell = facilitator.scenario.cells[0].id
    first = facilitator.city.functions[0].id
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        async with seat(session) as pilot:
            await pilot.press("n")
            await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SeatScreen), "the line is asked")
            await pilot.press(*"shut", "tab", "tab", "tab", "right", "tab", *["right"] * 3, "ctrl+s")
            await wait_for(pilot, lambda: session.state.picture, "the line is written")
        facilitator.refresh()
        [line] = claims(facilitator.state)

    assert (line.text, line.about, line.says, line.cell) == ("shut", first, "down", cell)
