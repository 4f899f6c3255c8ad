"""Pictures of the console, to see at a glance what a change does to it; on one Python, and the clock stands still."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from city_model.loader import load_city
from resilience.base.language import set_language
from resilience.exercise.session import Session
from tests.tui.map_support import TODAY, settled
from tests.tui.map_support import press as press_on_map
from tests.tui.support import MINI, NARROW, WIDE, mini_session, press, screen_of, settle, wait_for
from tui.app import ConsoleApp
from tui.map_app import MapApp
from tui.screens.decision import DecisionDialog
from tui.widgets.effect_list import EffectList

Compare = Callable[..., bool]


@pytest.fixture
def at_ninety_minutes() -> Iterator[Session]:
    """An hour and a half into the exercise, after a decision and a note."""
    session, _wall = mini_session()
    with session:
        session.start()
        session.jump(12)
        session.decide("generator", "hospital", who="Municipal policy team", why="care first")
        session.note("The whole centre is without power", source="control room", cell="gbt")
        session.scale("GRIP 2", "more than one function is hurt")
        session.jump(90)
        yield session


async def _ready(pilot: Pilot[None]) -> None:
    await wait_for(pilot, lambda: screen_of(pilot).outlook is not None, "the outlook")
    await settle(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "140x40"])
def test_console(at_ninety_minutes: Session, snap_compare: Compare, size: tuple[int, int]) -> None:
    """The console in the middle of a round."""
    assert snap_compare(ConsoleApp(at_ninety_minutes), terminal_size=size, run_before=_ready)


def test_board_on_a_small_terminal(at_ninety_minutes: Session, snap_compare: Compare) -> None:
    """The board with why the worst function stands so."""

    async def look(pilot: Pilot[None]) -> None:
        await _ready(pilot)
        await press(pilot, "2", "end")

    assert snap_compare(ConsoleApp(at_ninety_minutes), terminal_size=NARROW, run_before=look)


def test_decision_on_a_small_terminal(at_ninety_minutes: Session, snap_compare: Compare) -> None:
    """A decision with what its first option changes."""

    async def look(pilot: Pilot[Any]) -> None:
        await _ready(pilot)
        await press(pilot, "d")
        dialog = pilot.app.screen
        assert isinstance(dialog, DecisionDialog)
        await wait_for(pilot, lambda: dialog.query_one(EffectList).row_count, "the effects")
        await settle(pilot)

    assert snap_compare(ConsoleApp(at_ninety_minutes), terminal_size=NARROW, run_before=look)


def test_map_on_a_small_terminal(snap_compare: Compare) -> None:
    """The map in Dutch: what hangs on the grid, half an hour after that failed."""
    set_language("nl")

    async def look(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await press_on_map(pilot, "3", "f4", "minus")

    app = MapApp(load_city(str(MINI / "city")), "grid", said_in="nl", today=TODAY)
    assert snap_compare(app, terminal_size=NARROW, run_before=look)


def test_no_duff(at_ninety_minutes: Session, snap_compare: Compare) -> None:
    """NO DUFF on the whole screen."""

    async def look(pilot: Pilot[None]) -> None:
        await _ready(pilot)
        await press(pilot, "f12")

    assert snap_compare(ConsoleApp(at_ninety_minutes), terminal_size=NARROW, run_before=look)
