"""The screen of a seat played by keyboard: what a team reads and writes, and what everybody sees."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tests.tui.support import NARROW, WIDE, mini_session, seen, wait_for
from tui.screens.seat import SeatScreen
from tui.screens.seat_cover import SeatCover
from tui.seat_app import SeatApp
from tui.view_models.letters import letters
from tui.view_models.spectator import public_view


@asynccontextmanager
async def seat(session: Session, size: tuple[int, int] = NARROW) -> AsyncGenerator[Pilot[None], None]:
    """Run the screen of a seat."""
    async with SeatApp(session).run_test(size=size) as pilot:
        await wait_for(pilot, lambda: pilot.app.screen.is_mounted, "the seat")
        yield pilot


async def test_a_team_reads_answers_and_writes(tmp_path: Path) -> None:
    """By keyboard alone: open a message, answer it, add an action; all of it stands in the log as theirs."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    facilitator.start()
    facilitator.jump(12)
    cell = facilitator.scenario.inject_by_id[next(iter(facilitator.state.sent))].cells[0]
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        async with seat(session, WIDE) as pilot:
            await pilot.press("enter")
            await wait_for(pilot, lambda: session.state.read, "the message is opened")
            await pilot.press("escape", "r")
            await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SeatScreen), "the answer is asked")
            await pilot.press(*"noted", "ctrl+s")
            await wait_for(pilot, lambda: session.state.messages, "the answer is sent")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatScreen), "the form is closed")
            await pilot.press("a")
            await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SeatScreen), "the action is asked")
            await pilot.press(*"call", "ctrl+s")
            await wait_for(pilot, lambda: session.state.tasks, "the action is written")
        facilitator.tick()
        written = facilitator.state

    assert ([one.text for one in written.messages], [one.what for one in written.tasks], len(written.read)) == (
        ["noted"], ["call"], 1,
    )  # fmt: skip


async def test_what_stands_still_covers_every_seat(tmp_path: Path) -> None:
    """A pause covers a seat and Esc looks behind it; NO DUFF covers it and Esc does not; it follows the file."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    cell = facilitator.scenario.cells[0].id
    facilitator.start()
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        async with seat(session) as pilot:
            facilitator.pause()
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatCover), "the pause")
            await pilot.press("escape")
            behind = isinstance(pilot.app.screen, SeatScreen)
            facilitator.no_duff("fire")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatCover), "NO DUFF")
            await pilot.press("escape")
            stays = isinstance(pilot.app.screen, SeatCover)

    assert (behind, stays, session.state.phase) == (True, True, Phase.NO_DUFF)


def test_the_facilitator_plays_whoever_has_no_seat(tmp_path: Path) -> None:
    """A question to a supplier reaches nobody but the facilitator, and the answer comes back from the supplier."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    first, second = (cell.id for cell in facilitator.scenario.cells[:2])
    facilitator.start()
    with (
        facilitator,
        Session.open(path, seat=Seat("cell", first), wall_source=wall) as asking,
        Session.open(path, seat=Seat("cell", second), wall_source=wall) as other,
        Session.open(path, seat=Seat("spectator"), wall_source=wall) as wall_screen,
    ):
        asked = asking.message("when?", cells=(), to="Supplier")
        facilitator.tick()
        facilitator.message("tonight", cells=(first,), played="Supplier", answers=asked.seq)
        facilitator.message("stay calm")
        for session in (asking, other, wall_screen):
            session.tick()
        got = {
            session.seat.key: [(one.sender, one.text) for one in letters(session.state, session.scenario, session.seat)]
            for session in (asking, other)
        }
        public = public_view(wall_screen, wall()).message

    assert ([text for _sender, text in got[f"cell/{second}"]], got[f"cell/{first}"][1]) == (
        ["stay calm"], ("Supplier", "tonight"),
    )  # fmt: skip
    assert public.startswith("stay calm")


async def test_a_marked_decision_asks_for_the_values_at_the_seat_too(tmp_path: Path) -> None:
    """The four questions stand above the form and each value has its line; what is written is kept."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    point = next(one for one in facilitator.scenario.decisions if one.values)
    facilitator.start()
    facilitator.jump(point.opens)
    with facilitator, Session.open(path, seat=Seat("cell", point.decides), wall_source=wall) as session:
        async with seat(session, WIDE) as pilot:
            await pilot.press("d")
            await wait_for(pilot, lambda: not isinstance(pilot.app.screen, SeatScreen), "the form")
            page = seen(pilot)
            pilot.app.screen.query_one(f"#field-value-{point.values[0]}").focus()
            await pilot.press(*"some", "ctrl+s")
            await wait_for(pilot, lambda: session.state.decisions, "the decision")
        values = dict(session.state.decisions[0].values)

    assert ("Values at stake" in page, values) == (True, {point.values[0]: "some"})


@pytest.mark.full
async def test_another_language_does_not_cover_the_seat_again(tmp_path: Path) -> None:
    """Who looked behind a pause goes on there in the other language."""
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    cell = facilitator.scenario.cells[0].id
    facilitator.start()
    facilitator.pause()
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        async with seat(session) as pilot:
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, SeatCover), "the pause")
            await pilot.press("escape", "l")
            await wait_for(pilot, lambda: "Berichten" in seen(pilot), "Dutch")
            kept = isinstance(pilot.app.screen, SeatScreen)

    assert kept


@pytest.mark.full
async def test_what_others_write_shows_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message shows without waiting for a tick; it is told in words only where the messages are not on the screen."""
    told: list[str] = []
    monkeypatch.setattr(SeatApp, "notify", lambda _app, message, **_options: told.append(message))
    monkeypatch.setattr(SeatScreen, "TICK_SECONDS", 3600.0)
    path = tmp_path / "a.exercise"
    facilitator, wall = mini_session(path=path)
    cell = facilitator.scenario.cells[0].id
    facilitator.start()
    with facilitator, Session.open(path, seat=Seat("cell", cell), wall_source=wall) as session:
        async with seat(session) as pilot:
            facilitator.message("first", cells=(cell,))
            await wait_for(pilot, lambda: "first" in seen(pilot), "the first message")
            before = len(told)
            await pilot.press("3")
            facilitator.message("second", cells=(cell,))
            await wait_for(pilot, lambda: told, "the second message is told")

    assert (before, len(told)) == (0, 1)
