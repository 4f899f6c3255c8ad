"""A small map on the screen, and ways to press keys and to wait until the map comes to rest."""

import datetime as dt
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot

from city_model.schema import City
from resilience.base.language import Language, set_language
from tests.tui.support import NARROW, wait_for
from tui.map_app import MapApp
from tui.screens.city_map import MapScreen

TODAY = dt.date(2026, 11, 22)


@asynccontextmanager
async def a_map(
    found: City, start: str | None = None, *, size: tuple[int, int] = NARROW, said_in: Language = "en"
) -> AsyncGenerator[Pilot[None], None]:
    """Run the map screen, and wait until it shows everything that it computes."""
    set_language(said_in)
    app = MapApp(found, start, said_in=said_in, today=TODAY)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that is looked at was computed and stands on the screen."""
    await wait_for(pilot, lambda: any(isinstance(one, MapScreen) for one in pilot.app.screen_stack), "the map")
    await wait_for(pilot, lambda: screen_of(pilot).is_settled, "the map comes to rest")
    await pilot.pause()


def screen_of(pilot: Pilot[None]) -> MapScreen:
    """Return the map, whatever lies on top of it."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, MapScreen))


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each after everything that the one before it set going has come to rest."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Put *text* where the cursor stands, as a terminal pastes it."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()
    await settled(pilot)


def rows_of(pilot: Pilot[None], part: str) -> list[str]:
    """Return the lines of one part, blanks joined."""
    return [" ".join(line.split()) for line in screen_of(pilot).pane(part).rows.text.splitlines()]
