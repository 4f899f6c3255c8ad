"""Plays the first round of "Zwart scherm" in the real program and keeps what is on the screen.

A terminal (tmux, with a socket and a home of its own) runs `resilience exercise start utrecht zwart-scherm`. This
script presses the keys that the tutorial names, waits each time for what must then be on the screen, and writes the
screens as text and as pictures. Exercise time stands except when it is put forward, so that the screens come out the
same every time; the clock on the wall is the one thing that differs, and is masked.

    python docs/play_first_round.py             all screens into docs/captures
    python docs/play_first_round.py FOLDER      the same, elsewhere
"""
# ruff: noqa: INP001, S603 - a script beside the documents, not a package; it runs tmux and our own program

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from docs.first_round import DECISIONS, END, FIRST_INJECT, NOTE, NOTED, REASON
from docs.terminal_picture import picture
from resilience.base.files import write_text
from resilience.base.language import LANGUAGES, Language, in_language
from resilience.base.units import format_clock
from resilience.cli import output
from scenarios.loader import read_scenario
from scenarios.schema import Scenario

CAPTURES = Path(__file__).parent / "captures"
SIZES = ((80, 24), (140, 40))
Kind = tuple[Language, int, int]
"""In which language the round is played, and on how many columns and lines."""
KINDS: tuple[Kind, ...] = tuple((language, *size) for language in LANGUAGES for size in SIZES)
COMMAND = "resilience exercise start utrecht zwart-scherm"
EXERCISE = "first.exercise"
WALL_CLOCK = re.compile(r"\b\d\d:\d\d:\d\d\b")
MASKED = "12:00:00"
PATIENCE = 60.0
"""Seconds after which a screen that does not come is a fault; a slow machine may need some."""
LOOK_AGAIN = 0.1
SETTLED = 3
"""How many times in a row a screen must be the same before it is kept."""
FORM = r"Ctrl\+S"
"""Stands on every form, in both languages."""
COMPUTED = r"│ +[▲▼] "
"""A line of what the model foresees."""


class NotShownError(Exception):
    """The program did not show what it must show."""


@dataclass
class Terminal:
    """The program in a terminal of *columns* by *lines*, and the screens that were kept."""

    socket: str
    """Path of the socket of its own tmux server."""
    columns: int
    lines: int
    kept: dict[str, str] = field(default_factory=dict)
    """Screen with colour codes, by name."""

    def press(self, *keys: str) -> None:
        """Press keys, by their tmux names."""
        self._tmux("send-keys", *keys)

    def write(self, text: str) -> None:
        """Type *text*, and wait until all of it is in its field."""
        self._tmux("send-keys", "-l", text)
        self.wait(rf"│ [^\d│]+ {re.escape(text)}")

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

    def wait(self, pattern: str, *, gone: str = "") -> None:
        """Wait until *pattern* is on the screen, *gone* is not, and the screen has settled."""
        end = time.monotonic() + PATIENCE
        same, last = 0, ""
        while same < SETTLED:
            shown = self.screen()
            there = re.search(pattern, shown) is not None and not (gone and re.search(gone, shown))
            same = same + 1 if there and shown == last else 0
            last = shown
            if time.monotonic() > end:
                message = f"{pattern!r} without {gone!r} did not come within {PATIENCE:.0f} s; the screen was\n{shown}"
                raise NotShownError(message)
            time.sleep(LOOK_AGAIN)

    def keep(self, name: str) -> None:
        """Keep the screen under *name*."""
        self.kept[name] = self.screen(colours=True)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            [_tmux_program(), "-S", self.socket, *words], capture_output=True, text=True, encoding="utf-8", check=True
        )
        return done.stdout


def play(terminal: Terminal, scenario: Scenario, language: Language) -> None:
    """Play the round with the keys that the tutorial names, and keep the screens that it shows."""
    titles = {point.id: str(point.title) for point in scenario.decisions}
    first = scenario.injects[0]
    terminal.wait(rf"○ (?s:.*){re.escape(str(first.sender))}")
    terminal.keep("1-ready")
    terminal.press("Space")
    terminal.wait("► .*×1")
    terminal.press("Space")
    terminal.wait("‖ ")
    terminal.press("Enter")
    terminal.wait(f"│ {re.escape(str(first.title))}")
    terminal.keep("2-message")
    terminal.press("Escape")
    terminal.wait("‖ ")
    terminal.press("j")
    terminal.wait(rf"│ 1 \{format_clock(FIRST_INJECT)}")
    terminal.press("1")
    terminal.wait(_at(FIRST_INJECT))
    _jump(terminal, NOTED)
    terminal.press("n")
    terminal.wait(FORM)
    terminal.write(NOTE[language])
    terminal.press("C-s")
    terminal.wait(_at(NOTED), gone=FORM)
    for number, taken in enumerate(DECISIONS):
        _jump(terminal, taken.minute)
        terminal.press("d")
        terminal.wait(rf"╭─ .*{re.escape(titles[taken.point])}(?s:.*){COMPUTED}")
        terminal.press(str(taken.number))
        terminal.wait(COMPUTED)
        if number == 0:
            terminal.keep("3-decision")
            terminal.move("Enter")
            terminal.write(REASON[language])
        terminal.press("C-s")
        terminal.wait(_at(taken.minute), gone=FORM)
        if number == 0:
            _look_round(terminal, scenario)
    _jump(terminal, END)
    terminal.press("6")
    terminal.wait(rf"\{format_clock(END)}")
    terminal.keep("7-log")
    terminal.press("C-e")
    terminal.wait(r"╭─ .*\?")
    terminal.press("y")
    terminal.wait("■ ")
    terminal.keep("8-ended")
    terminal.press("q")
    terminal.wait(re.escape(EXERCISE))


def _look_round(terminal: Terminal, scenario: Scenario) -> None:
    """Look at the city, the reason behind a function, and the deadlines."""
    terminal.press("2")
    terminal.wait(r"\[2 |▸ 2 ")
    terminal.keep("4-city")
    terminal.press("Enter")
    terminal.wait(r"│ 1\. \+00:15 ")
    terminal.keep("5-why")
    terminal.press("Escape")
    terminal.wait("‖ ")
    terminal.press("5")
    terminal.wait(r"\[5 |▸ 5 ")
    terminal.keep("6-deadlines")
    terminal.press("1")
    terminal.wait(r"\[1 |▸ 1 ")
    assert scenario.clocks, "the tutorial looks at deadlines"  # noqa: S101 - our own scenario


def _jump(terminal: Terminal, minute: int) -> None:
    """Put the clock forward to *minute* with the line for another time."""
    terminal.press("j")
    terminal.wait(r"│ 1 \+")
    terminal.move("Tab")
    terminal.write(format_clock(minute).removeprefix("+"))
    terminal.press("Enter")
    terminal.wait(_at(minute), gone=r"│ 1 \+")


def _at(minute: int) -> str:
    """Return the pattern of the second line of the screen at *minute*."""
    return rf"\A.*\n \{format_clock(minute)} "


@contextmanager
def terminal(language: Language, columns: int, lines: int, folder: Path) -> Iterator[Terminal]:
    """Start the program in a terminal; *folder* holds its home and the exercise."""
    home = folder / "home"
    home.mkdir()
    environment = {
        "HOME": str(home), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TERM": "screen-256color",
        "COLORTERM": "truecolor", "TZ": "Europe/Amsterdam", "RESILIENCE_LANG": language,
        "PYTHONPATH": str(CAPTURES.parents[1]),
    }  # fmt: skip
    program = f"{shlex.quote(sys.executable)} -m {COMMAND} --file {EXERCISE}"
    with tempfile.TemporaryDirectory(prefix="t") as place:  # the path of a socket must be short
        socket = str(Path(place) / "s")
        tmux = [_tmux_program(), "-S", socket, "-f", os.devnull]
        size = ["-x", str(columns), "-y", str(lines), "-c", str(folder)]
        start = [
            "start-server",
            ";",
            "set-option",
            "-g",
            "remain-on-exit",
            "on",
            ";",
            "new-session",
            "-d",
            *size,
            program,
        ]
        try:
            subprocess.run([*tmux, *start], check=True, env=environment)
            yield Terminal(socket, columns, lines)
        finally:
            subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


def capture(language: Language, columns: int, lines: int, folder: Path) -> dict[str, str]:
    """Play the round in *folder* in one language and size; returns the screens, with colour codes, by name."""
    scenario = read_scenario("zwart-scherm")
    with terminal(language, columns, lines, folder) as screen, in_language(language):
        play(screen, scenario, language)
        return screen.kept


def plain(screen: str) -> str:
    """Return *screen* without colour codes and without blanks at the ends of its lines."""
    letters = re.sub(r"\x1b\[[0-9;:]*m|[\x0e\x0f]", "", screen)
    return "\n".join(line.rstrip() for line in letters.splitlines()).rstrip()


def write(screens: dict[str, str], language: Language, columns: int, lines: int, folder: Path) -> None:
    """Write *screens* as text and as pictures into *folder*."""
    for name, screen in screens.items():
        stem = f"{name}.{language}.{columns}x{lines}"
        write_text(folder / f"{stem}.txt", plain(screen) + "\n")
        write_text(folder / f"{stem}.svg", picture(screen, columns=columns, title=COMMAND))


def capture_all(folder: Path) -> dict[Kind, dict[str, str]]:
    """Play the round in every language and size, each in a folder of its own in *folder*; returns all screens.

    They are played beside each other: a player mostly waits for a screen to settle.
    """

    def played(kind: Kind) -> dict[str, str]:
        language, columns, lines = kind
        place_of(folder, kind).mkdir()
        return capture(language, columns, lines, place_of(folder, kind))

    with ThreadPoolExecutor(len(KINDS)) as pool:
        return dict(zip(KINDS, pool.map(played, KINDS), strict=True))


def place_of(folder: Path, kind: Kind) -> Path:
    """Return where in *folder* the round of this kind is played."""
    language, columns, lines = kind
    return folder / f"{language}-{columns}x{lines}"


def main() -> None:
    """Play in both languages and both sizes."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CAPTURES
    with tempfile.TemporaryDirectory() as place:
        for kind, screens in capture_all(Path(place)).items():
            write(screens, *kind, folder)
            output.result("{} {}x{}".format(*kind))


def _tmux_program() -> str:
    program = shutil.which("tmux")
    if program is None:
        message = "tmux is not here; install the package tmux"
        raise NotShownError(message)
    return program


if __name__ == "__main__":
    main()
