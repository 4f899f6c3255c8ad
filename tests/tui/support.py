"""A small exercise on the console, and a way to wait for what should happen instead of sleeping."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from resilience.base.language import Language
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from tui.app import ConsoleApp
from tui.screens.console import ConsoleScreen
from tui.widgets.header_bar import HeaderBar
from tui.widgets.painting import safe
from tui.widgets.panes import Pane

MINI = Path(__file__).parents[1] / "data" / "mini"
MINUTE = 60_000
"""Wall milliseconds in a minute, and in an exercise minute at rate 1."""
NARROW = (80, 24)
WIDE = (140, 40)
PATIENCE = 400
"""So many short pauses wait_for takes before it gives up."""


def mini_session(language: Language = "en") -> tuple[Session, CountedWall]:
    """Return a new exercise in Havendam, in memory, and its wall, which passes only when told to."""
    wall = CountedWall(MINUTE)
    session = Session.create(None, str(MINI / "city"), str(MINI / "scenario.yaml"), lang=language, wall_source=wall)
    return session, wall


@asynccontextmanager
async def console(session: Session, size: tuple[int, int] = WIDE) -> AsyncGenerator[Pilot[None], None]:
    """Run the console on *session*, and wait until it shows everything that it can."""
    app = ConsoleApp(session)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: screen_of(pilot).outlook is not None, "the outlook")
        await pilot.pause()
        yield pilot


async def wait_for(pilot: Pilot[None], predicate: Callable[[], object], description: str) -> None:
    """Pause until *predicate* holds; say what did not happen when it never does."""
    for _try in range(PATIENCE):
        if predicate():
            return
        await pilot.pause(0.01)
    message = f"it did not happen: {description}"
    raise AssertionError(message)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and let everything that they set going come to rest."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Let messages, and commands that do not wait for an answer, be done."""
    await pilot.pause()
    await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type *text* letter by letter."""
    await pilot.press(*["space" if letter == " " else letter for letter in text])
    await settle(pilot)


def app_of(pilot: Pilot[None]) -> ConsoleApp:
    """Return the console application."""
    app = pilot.app
    assert isinstance(app, ConsoleApp)
    return app


def screen_of(pilot: Pilot[None]) -> ConsoleScreen:
    """Return the console, whatever lies on top of it."""
    return app_of(pilot).console_screen


def part_text(pilot: Pilot[None], part: str) -> str:
    """Return the lines of one part."""
    return screen_of(pilot).query_one(f"#{part}", Pane).rows.text


def header_text(pilot: Pilot[None]) -> str:
    """Return both lines of the header."""
    return str(screen_of(pilot).query_one(HeaderBar).render())


def seen(pilot: Pilot[None]) -> str:
    """Return what stands on the terminal, line by line."""
    width, height = pilot.app.size
    lines = pilot.app.screen._compositor.render_strips(pilot.app.size)
    return "\n".join(safe(strip.text.ljust(width)).rstrip() for strip in lines[:height])


def told(pilot: Pilot[None]) -> list[str]:
    """Return the sentences that were shown for a few seconds."""
    return [notification.message for notification in pilot.app._notifications]
