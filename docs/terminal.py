"""Programs in terminals, as a reader sees them: press keys, wait for what must then be shown, keep the screen.

A tmux server with a socket and a home of its own, so that nothing of whoever runs it comes onto a page. The clock on
the wall is the one thing that differs from run to run, and is masked.
"""
# ruff: noqa: INP001, S603, S607 - beside the documents, not a package; it runs tmux, ps and our own program

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from docs.terminal_picture import picture
from resilience.base.files import write_text
from resilience.base.language import Language
from resilience.base.units import format_clock

CAPTURES = Path(__file__).parent / "captures"
WALL_CLOCK = re.compile(r"\b\d\d:\d\d:\d\d\b")
MASKED = "12:00:00"
PATIENCE = 60.0
"""Seconds after which a screen that does not come is a fault; a slow machine may need some."""
LOOK_AGAIN = 0.1
SETTLED = 3
"""How many times in a row a screen must be the same before it is kept, and where nothing else is said before a key."""
FORM = r"Ctrl\+S"
"""Stands on every form, in both languages."""
LISTED = r"│ 1 +\+"
"""The first moment to jump to."""
TOAST = "▌"
"""The edge of what is told for a moment only."""
COMPUTED = r"│ +[▲▼] "
"""A line of what the model foresees."""


class NotShownError(Exception):
    """The program did not show what it must show."""


@dataclass
class Shown:
    """A program whose screen can be read, wherever that is drawn."""

    settled: int = field(default=SETTLED, kw_only=True)
    """How many times in a row a screen must be the same before the next key is pressed."""

    def press(self, *keys: str) -> None:
        """Press keys, by their tmux names."""
        raise NotImplementedError

    def type(self, text: str) -> None:
        """Type *text*."""
        raise NotImplementedError

    def screen(self, *, colours: bool = False) -> str:
        """Return what is on the screen, with the clock on the wall masked."""
        raise NotImplementedError

    def write(self, text: str) -> None:
        """Type *text*, and wait until all of it is in its field."""
        self.type(text)
        self.wait(rf"│ [^\d│]+ {re.escape(text)}")

    def wait(self, pattern: str, *, gone: str = "") -> None:
        """Wait until *pattern* is on the screen, *gone* is not, and the screen has settled."""
        end = time.monotonic() + PATIENCE
        same, last = 0, ""
        while same < self.settled:
            shown = self.screen()
            there = re.search(pattern, shown) is not None and not (gone and re.search(gone, shown))
            same = same + 1 if there and shown == last else 0
            last = shown
            if time.monotonic() > end:
                message = f"{pattern!r} without {gone!r} did not come within {PATIENCE:.0f} s; the screen was\n{shown}"
                raise NotShownError(message)
            time.sleep(LOOK_AGAIN)


@dataclass
class Terminal(Shown):
    """The program in a terminal of *columns* by *lines*, and the screens that were kept."""

    server: "Server"
    name: str
    columns: int
    lines: int
    kept: dict[str, str] = field(default_factory=dict)
    """Screen with colour codes, by name."""

    def press(self, *keys: str) -> None:
        """Press keys, by their tmux names."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type *text*."""
        self._tmux("send-keys", "-l", text)

    def move(self, key: str) -> None:
        """Press a key that moves the focus, and wait until that shows in the colours."""
        before = self.screen(colours=True)
        self.press(key)
        end = time.monotonic() + PATIENCE
        while self.screen(colours=True) == before:
            if time.monotonic() > end:
                message = f"{key} moved nothing within {PATIENCE:.0f} s; the screen was\n{self.screen()}"
                raise NotShownError(message)
            time.sleep(LOOK_AGAIN)

    def screen(self, *, colours: bool = False) -> str:
        """Return what is on the screen, with the clock on the wall masked."""
        shown = self._tmux("capture-pane", "-p", "-N", *(["-e"] if colours else []))
        return WALL_CLOCK.sub(MASKED, shown)

    def keep(self, name: str) -> None:
        """Keep the screen under *name*, once it has settled."""
        same = [self.screen()]
        while len(same) < SETTLED:
            time.sleep(LOOK_AGAIN)
            shown = self.screen()
            same = [*same, shown] if shown == same[-1] else [shown]
        self.kept[name] = self.screen(colours=True)

    def jump(self, minute: int) -> None:
        """Put the clock of the exercise forward to *minute*, with the line for another time."""
        self.press("j")
        self.wait(LISTED)
        self.move("Tab")
        self.write(format_clock(minute).removeprefix("+"))
        self.press("Enter")
        self.wait(at(minute), gone=LISTED)

    def kill(self) -> None:
        """Kill the program, as a machine does that runs out of memory; its shell says so."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
        started = next(pid for pid, parent in map(str.split, listed.splitlines()) if parent == shell)
        os.kill(int(started), signal.SIGKILL)
        self.wait(r"Killed")

    def run(self, command: str) -> None:
        """Run another command of ours in this terminal."""
        self._tmux("respawn-pane", "-k", program(command))

    def _tmux(self, verb: str, *words: str) -> str:
        return self.server.tmux(verb, "-t", self.name, *words)


@dataclass
class Server:
    """A tmux server of our own; *folder* is where its programs run."""

    socket: str
    folder: Path
    environment: dict[str, str]

    def open(self, command: str, columns: int, lines: int, name: str = "main", *, settled: int = SETTLED) -> Terminal:
        """Run a command of ours in a new terminal."""
        size = ["-x", str(columns), "-y", str(lines), "-c", str(self.folder)]
        self.tmux("new-session", "-d", "-s", name, *size, program(command))
        return Terminal(self, name, columns, lines, settled=settled)

    def tmux(self, *words: str) -> str:
        """Run one command of tmux."""
        done = subprocess.run(
            [_tmux_program(), "-S", self.socket, "-f", os.devnull, *words],
            capture_output=True, text=True, encoding="utf-8", check=True, env=self.environment,
        )  # fmt: skip
        return done.stdout


@contextmanager
def server(language: Language, folder: Path) -> Iterator[Server]:
    """Give a server that speaks *language*; *folder* holds its home and the exercise."""
    home = folder / "home"
    home.mkdir()
    environment = {
        "HOME": str(home), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TERM": "screen-256color",
        "COLORTERM": "truecolor", "TZ": "Europe/Amsterdam", "RESILIENCE_LANG": language,
        "PYTHONPATH": str(CAPTURES.parents[1]),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="t") as place:  # the path of a socket must be short
        opened = Server(str(Path(place) / "s"), folder, environment)
        try:
            yield opened
        finally:
            tmux = [_tmux_program(), "-S", opened.socket]
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


def program(command: str) -> str:
    """Return how a shell runs a *command* of ours; what it left on the screen stays, and one that is killed is named.

    The shell's own words for that would show a path of this machine.
    """
    killed = r"[ $? -gt 128 ] && printf '\033[999;1H\033[2KKilled'"
    return f"exec 3>&2 2>/dev/null; {shlex.quote(sys.executable)} -m {command} 2>&3; {killed}; exec cat"


def at(minute: int) -> str:
    """Return the pattern of the second line of the screen at *minute*."""
    return rf"\A.*\n \{format_clock(minute)} "


def plain(screen: str) -> str:
    """Return *screen* without colour codes and without blanks at the ends of its lines."""
    letters = re.sub(r"\x1b\[[0-9;:]*m|[\x0e\x0f]", "", screen)
    return "\n".join(line.rstrip() for line in letters.splitlines()).rstrip()


def write_screens(screens: dict[str, str], kind: tuple[Language, int, int], folder: Path, title: str) -> None:
    """Write *screens* as text and as pictures into *folder*; *kind* is their language, columns and lines."""
    language, columns, lines = kind
    for name, screen in screens.items():
        stem = f"{name}.{language}.{columns}x{lines}"
        write_text(folder / f"{stem}.txt", plain(screen) + "\n")
        write_text(folder / f"{stem}.svg", picture(screen, columns=columns, title=title))


def _tmux_program() -> str:
    found = shutil.which("tmux")
    if found is None:
        message = "tmux is not here; install the package tmux"
        raise NotShownError(message)
    return found
