"""A small exercise on the console, and a way to wait for what should happen instead of sleeping."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from resilience.base.language import Language
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from tui.app import ConsoleApp
from tui.screens.console import ConsoleScreen
from tui.screens.played import PlayedScreen
from tui.widgets.header_bar import HeaderBar
from tui.widgets.painting import safe
from tui.widgets.pane import Pane

MINI = Path(__file__).parents[1] / "data" / "mini"
MINUTE = 60_000
"""Wall milliseconds in a minute, and in an exercise minute at rate 1."""
NARROW = (80, 24)
WIDE = (140, 40)
PATIENCE = 400
"""So many short pauses wait_for takes before it gives up."""


class RecordingApp(ConsoleApp):
    """Remembers every sentence that it showed for a few seconds."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.told: list[str] = []

    def notify(self, message: str, **options: Any) -> None:
        """Show *message*, and remember it."""
        self.told.append(message)
        super().notify(message, **options)


def mini_session(language: Language = "en", *, path: Path | None = None) -> tuple[Session, CountedWall]:
    """Return a new exercise in Havendam (in memory unless *path* is given) and its wall, which passes when told to."""
    wall = CountedWall(MINUTE)
    session = Session.create(path, str(MINI / "city"), str(MINI / "scenario.yaml"), lang=language, wall_source=wall)
    return session, wall


@asynccontextmanager
async def console(session: Session, size: tuple[int, int] = NARROW) -> AsyncGenerator[Pilot[None], None]:
    """Run the console on *session*, and wait until it shows everything that it can."""
    app = RecordingApp(session)
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
    """Press keys, each after all that the one before it set going has come to rest."""
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        pilot.app.post_message(events.Key(key, character))
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Let all messages be handled, and commands be done or wait for an answer in a dialog."""
    await pilot.pause(0)
    await wait_for(pilot, lambda: at_rest(pilot), "the commands come to rest")
    await pilot.pause(0)
    await pilot.pause(0)


def at_rest(pilot: Pilot[None]) -> bool:
    """Return whether every command is done, or asks something."""
    busy = [worker for worker in pilot.app.workers if worker.group == "commands" and not worker.is_finished]
    on_top = pilot.app.screen
    return not busy or (not isinstance(on_top, PlayedScreen) and on_top.is_mounted)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Put *text* where the cursor stands, as a terminal pastes it."""
    pilot.app.post_message(events.Paste(text))
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
    """Return the sentences that were shown for a few seconds, so far."""
    app = pilot.app
    assert isinstance(app, RecordingApp)
    return list(app.told)
