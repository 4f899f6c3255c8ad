"""The process behind one tab: started without a shell, with an environment that holds nothing of the server's."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from textual_serve.app_service import AppService

from resilience.exercise.seats import Seat

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
SECONDS_TO_LEAVE = 5
"""So long a process gets to end by itself after its tab was closed."""


class SeatService(AppService):
    """Runs `exercise join` for one seat; relies on two inner methods of textual-serve 1.1, which is pinned."""

    exercise: Path
    seat: Seat

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """Return the few variables that a seat needs."""
        passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {
            **passed,
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_FPS": "30",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM_PROGRAM": "textual",
            "TERM_PROGRAM_VERSION": version("textual-serve"),
            "COLUMNS": str(width),
            "ROWS": str(height),
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the process; neither its arguments nor its environment know the link."""
        self._process = await asyncio.create_subprocess_exec(
            *seat_command(self.exercise, self.seat),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
        )
        self._stdin = self._process.stdin
        return self._process

    async def stop(self) -> None:
        """Ask the process to leave, and end it when it does not."""
        with suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(super().stop(), SECONDS_TO_LEAVE)
        if self._process is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), SECONDS_TO_LEAVE)
            with suppress(ProcessLookupError):
                if self._process.returncode is None:
                    self._process.kill()


def seat_command(exercise: Path, seat: Seat) -> tuple[str, ...]:
    """Return the command that opens *seat*."""
    word = seat.name if seat.role == "cell" else seat.role
    named = ("--name", seat.name) if seat.role == "observer" and seat.name else ()
    return (sys.executable, "-m", "resilience", "exercise", "join", str(exercise), "--as", word, *named)
