"""Plays the first round of "Zwart scherm" in the real program and keeps what is on the screen.

A terminal (`terminal.py`) runs `resilience exercise start utrecht zwart-scherm`. This
script presses the keys that the tutorial names, waits each time for what must then be on the screen, and writes the
screens as text and as pictures. Exercise time stands except when it is put forward, so that the screens come out the
same every time; the clock on the wall is the one thing that differs, and is masked.

    python docs/play_first_round.py             all screens into docs/captures
    python docs/play_first_round.py FOLDER      the same, elsewhere
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from docs.first_round import DECISIONS, END, FIRST_INJECT, NOTE, NOTED, REASON
from docs.terminal import CAPTURES, COMPUTED, FORM, Terminal, at, server, write_screens
from resilience.base.language import LANGUAGES, Language, in_language
from resilience.base.units import format_clock
from resilience.cli import output
from scenarios.loader import read_scenario
from scenarios.schema import Scenario

SIZES = ((80, 24), (140, 40))
Kind = tuple[Language, int, int]
"""In which language the round is played, and on how many columns and lines."""
KINDS: tuple[Kind, ...] = tuple((language, *size) for language in LANGUAGES for size in SIZES)
COMMAND = "resilience exercise start utrecht zwart-scherm"
EXERCISE = "first.exercise"


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
    terminal.wait(rf"│ {re.escape(str(first.title))}(?s:.*)Esc ")
    terminal.keep("2-message")
    terminal.press("Escape")
    terminal.wait("‖ ")
    terminal.press("j")
    terminal.wait(rf"│ 1 \{format_clock(FIRST_INJECT)}")
    terminal.press("1")
    terminal.wait(at(FIRST_INJECT))
    terminal.jump(NOTED)
    terminal.press("n")
    terminal.wait(FORM)
    terminal.write(NOTE[language])
    terminal.press("C-s")
    terminal.wait(at(NOTED), gone=FORM)
    for number, taken in enumerate(DECISIONS):
        terminal.jump(taken.minute)
        terminal.press("d")
        terminal.wait(rf"╭─ .*{re.escape(titles[taken.point])}(?s:.*){COMPUTED}")
        terminal.press(str(taken.number))
        terminal.wait(COMPUTED)
        if number == 0:
            terminal.keep("3-decision")
            terminal.move("Enter")
            terminal.write(REASON[language])
        terminal.press("C-s")
        terminal.wait(at(taken.minute), gone=FORM)
        if number == 0:
            _look_round(terminal, scenario)
    terminal.jump(END)
    terminal.press("6")
    terminal.wait(rf"\{format_clock(END)}")
    terminal.keep("7-log")
    terminal.press("C-e")
    terminal.wait(r"╭─ .*\?")
    terminal.press("y")
    terminal.wait("■ ", gone=r"ENDEX")  # the debrief; its time runs, so that it is no picture
    terminal.press("Escape")
    terminal.wait("ENDEX")
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


def capture(language: Language, columns: int, lines: int, folder: Path) -> dict[str, str]:
    """Play the round in *folder* in one language and size; returns the screens, with colour codes, by name."""
    scenario = read_scenario("zwart-scherm")
    with server(language, folder) as tmux, in_language(language):
        screen = tmux.open(f"{COMMAND} --file {EXERCISE}", columns, lines)
        play(screen, scenario, language)
        return screen.kept


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
            write_screens(screens, kind, folder, COMMAND)
            output.result("{} {}x{}".format(*kind))


if __name__ == "__main__":
    main()
