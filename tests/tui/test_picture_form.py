"""The form of the picture: by keyboard alone a team says of a city function how it is."""

from pathlib import Path

import pytest

from resilience.exercise.evaluation.picture_truth import claims
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.seats import Seat, nameable
from resilience.exercise.session import Session
from tests.tui.support import console, mini_session, press, seen, type_text, wait_for
from tests.tui.test_seat_screen import seat
from tui.screens.form import FormDialog
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


@pytest.mark.full
async def test_a_part_of_the_map_is_named_by_typing(played: tuple[Session, CountedWall]) -> None:
    """The facilitator types a part of a name; what nothing is called so is refused, and does not count as nothing."""
    session, _wall = played
    async with console(session) as pilot:
        await press(pilot, "n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog), "the line is asked")
        await type_text(pilot, "dark")
        pilot.app.screen.query_one("#field-about").focus()
        await press(pilot, *"zzz", "ctrl+s")
        await wait_for(pilot, lambda: "there is no component zzz" in seen(pilot), "the refusal")
        await press(pilot, *["backspace"] * 3, *"grid", "tab", *["right"] * 3, "ctrl+s")
        await wait_for(pilot, lambda: session.state.picture, "the line is written")
    [line] = claims(session.state)

    assert (line.about, line.says) == ("grid", "down")


def test_a_team_chooses_among_city_functions(tmp_path: Path) -> None:
    """A seat is no reader of the map: nothing else of it is handed over to its form."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    cell = facilitator.scenario.cells[0].id
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        kinds = [{part.kind for part in nameable(one.city, one.seat)} for one in (session, facilitator)]

    assert (kinds[0], "infrastructure" in kinds[1]) == ({"function"}, True)
