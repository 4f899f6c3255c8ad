"""Four eyes at two seats, by keyboard alone: one writes, the other lets it go or sends it back."""

from pathlib import Path

import pytest

from resilience.exercise.public_messages import PublicText, public_messages
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.tui.support import console, mini_session, press, seen, wait_for
from tests.tui.test_seat_screen import seat
from tui.screens.form import FormDialog
from tui.screens.reading import SheetDialog
from tui.screens.seat import SeatScreen


async def test_one_seat_writes_and_the_other_lets_it_go(tmp_path: Path) -> None:
    """The reader is told that something waits; the first choice is to send it back, so that nothing goes by haste."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    facilitator.start()
    facilitator.jump(12)
    first, second = (cell.id for cell in facilitator.scenario.cells[:2])
    with facilitator, Session.open(path, seat=Seat("cell", first), wall_source=wall) as writer:
        async with seat(writer) as pilot:
            await pilot.press("p")
            await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SeatScreen), "the message is asked")
            await pilot.press(*"shut", "tab", "tab", "space", "ctrl+s")
            await wait_for(pilot, lambda: public_messages(writer.state), "the message is drafted")
        with Session.open(path, seat=Seat("cell", second), wall_source=wall) as reader:
            async with seat(reader) as pilot:
                await pilot.press("p")
                await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SeatScreen), "it is shown")
                asked = seen(pilot)
                await pilot.press("ctrl+s")
                refused = seen(pilot)
                await pilot.press("right", "ctrl+s")
                await wait_for(pilot, lambda: reader.state.messages, "the message is sent")
        facilitator.refresh()
        [message] = public_messages(facilitator.state)

    assert ("shut" in asked, "the reason is empty" in refused, message.status, message.author, message.checker) == (
        True, True, "released", f"cell/{first}", f"cell/{second}",
    )  # fmt: skip


async def test_the_facilitator_reads_too(played: tuple[Session, CountedWall]) -> None:
    """Where a team asks the facilitator to read, the same key in the console shows it and lets it go."""
    session, _wall = played
    async with console(session) as pilot:
        team = session.scenario.cells[0].id
        session.draft_public(PublicText("shut until noon", ("pamflet",), "facilitator"), cell=team)
        await pilot.press("p")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog), "it is asked")
        await wait_for(pilot, lambda: "shut until noon" in seen(pilot), "its text is shown")
        await press(pilot, "right", "ctrl+s")
        await wait_for(pilot, lambda: session.state.messages, "the message is sent")

    assert [message.status for message in public_messages(session.state)] == ["released"]


@pytest.mark.full
async def test_a_team_sees_which_of_its_messages_wait_or_came_back(tmp_path: Path) -> None:
    """One key lists them, with the reason; those of others, and what was sent, do not stand there."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    facilitator.start()
    facilitator.jump(12)
    first, second = (cell.id for cell in facilitator.scenario.cells[:2])
    with (
        facilitator,
        Session.open(path, seat=Seat("cell", first), wall_source=wall) as writer,
        Session.open(path, seat=Seat("cell", second), wall_source=wall) as reader,
    ):
        for text in ("wrong number", "still waits", "was sent"):
            writer.draft_public(PublicText(text, ("pamflet",), second))
        reader.draft_public(PublicText("of the others", ("pamflet",), first))
        reader.refresh()
        back, _waits, sent = (one.seq for one in public_messages(reader.state)[:3])
        reader.return_public(back, "it says 10 where 12 is meant")
        reader.release_public(sent)
        writer.refresh()
        async with seat(writer) as pilot:
            await pilot.press("o")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SheetDialog), "the list")
            await wait_for(pilot, lambda: "Came back (1)" in seen(pilot), "its text")
            page = seen(pilot)

    words = ("wrong number", "it says 10 where 12 is meant", "still waits", "was sent", "of the others")
    assert [word in page for word in words] == [True, True, True, False, False]
