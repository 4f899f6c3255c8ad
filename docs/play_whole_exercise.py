"""Plays "Zwart scherm" to the end in four seats, kills processes on the way, and compares two choices.

Three terminals (`terminal.py`) and a browser (`browser.py`) on one file: the facilitator, IT and CISO, the policy team,
and communication. The teams write and decide at their own screens; the facilitator's program and that of one team are
killed with SIGKILL and opened again; the rest of the week is put forward to ENDEX; then the same exercise is replayed
with another choice. It waits at each step for what must be on the screen, and keeps the screens that
docs/how-to/play-with-teams.md shows. Where Chromium is absent the seat in the browser is left out.

    python docs/play_whole_exercise.py             all screens into docs/captures
    python docs/play_whole_exercise.py FOLDER      the same, elsewhere
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from docs.terminal import CAPTURES, COMPUTED, FORM, TOAST, Server, Shown, Terminal, at, plain, server, write_screens
from resilience.base.files import write_bytes, write_text
from resilience.base.language import LANGUAGES, Language, in_language
from resilience.base.units import format_clock
from resilience.cli import diagnostics, output
from resilience.exercise.keeping.links import Links
from scenarios.loader import read_scenario
from scenarios.schema import DecisionPoint, Scenario

EXERCISE = "night.exercise"
COLUMNS, LINES = 80, 24
START = f"resilience exercise start utrecht zwart-scherm --file {EXERCISE}"
NAMES = ("night-1-team", "night-2-decides", "night-3-killed", "night-5-resumed", "night-6-other-team",
         "night-7-ended", "night-8-compared")  # fmt: skip
IN_BROWSER = "night-4-browser"
BROWSER_PROGRAMS = ("chromium", "chromedriver")
TRIES = 20
"""Few, so that the first engine does them: the compiled one takes most of a minute to get ready in a new home."""


@dataclass(frozen=True)
class Words:
    """What the teams write."""

    note: str
    message: str
    answer: str
    inside: str
    unsure: str


WORDS: dict[Language, Words] = {
    "nl": Words(
        "61 servers antwoorden niet", "Wie spreekt er vannacht?", "Wij komen hierop terug",
        "De aanvaller is nog binnen", "Wij weten het nog niet",
    ),
    "en": Words(
        "61 servers do not answer", "Who speaks tonight?", "We come back to you",
        "The attacker is still inside", "We are not sure yet",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Moments:
    """At which exercise minute what is done."""

    letter: int = 40
    cut_off: int = 70
    names_it: int = 150
    rebuilt: int = 660
    linked: int = 4020


WHEN = Moments()


@dataclass(frozen=True)
class Night:
    """The screens that were kept, by name."""

    screens: dict[str, str]
    """With colour codes."""
    browser: dict[str, str]
    """Those of the browser, as text; empty where there is none."""
    pictures: dict[str, bytes]
    """The same as PNG."""


def play(tmux: Server, scenario: Scenario, words: Words) -> Night:
    """Play it all."""
    facilitator = tmux.open(START, COLUMNS, LINES, "facilitator", settled=1)
    facilitator.wait(r"○ ")
    team, policy = (
        tmux.open(f"resilience exercise join {EXERCISE} --as {cell}", COLUMNS, LINES, cell, settled=1)
        for cell in ("it-ciso", "gbt")
    )
    for seat in (team, policy):
        seat.wait(r"○ ")
    facilitator.press("Space")
    facilitator.wait("► .*×1")
    facilitator.press("Space")
    facilitator.wait("‖ ")
    for seat in (team, policy):
        _look_behind_the_pause(seat)
    facilitator.jump(WHEN.letter)
    _write_down(team, words.note)
    facilitator.jump(WHEN.cut_off)
    points = scenario.decision_by_id
    _decides(team, points["isoleren"], 1, words.inside, WHEN.cut_off, "night-2-decides")
    facilitator.wait(rf"'{re.escape(str(points['isoleren'].title))}': ")
    facilitator.kill()
    policy.kill()
    facilitator.keep("night-3-killed")
    _write_to(team, next(str(cell.name) for cell in scenario.cells if cell.id == "gbt"), words.message)
    night = _in_a_browser(tmux, scenario, words.answer) if has_browser() else Night({}, {}, {})
    _resumed(facilitator, policy, words.message)
    facilitator.jump(WHEN.names_it)
    _decides(policy, points["naam-geven"], 1, words.unsure, WHEN.names_it, "night-6-other-team")
    for minute in (WHEN.rebuilt, WHEN.linked):
        facilitator.jump(minute)
        _facilitator_decides(facilitator, minute)
    _ended(facilitator, scenario)
    facilitator.run(f"resilience exercise compare {EXERCISE} --change naam-geven=aanval-noemen --tries {TRIES}")
    team.wait(re.escape(format_clock(scenario.horizon)), gone=rf"\[1 |{TOAST}")
    team.keep("night-7-ended")
    facilitator.wait(rf"{TRIES} (tries|pogingen)(?s:.*)\.\s+\Z")
    facilitator.keep("night-8-compared")
    kept = {**facilitator.kept, **team.kept, **policy.kept}
    return Night({name: kept[name] for name in NAMES}, night.browser, night.pictures)


def _look_behind_the_pause(seat: Shown) -> None:
    """A team that is told of the pause goes back to its own screen."""
    seat.wait("Esc")
    seat.press("Escape")
    seat.wait("‖ ")


def _write_down(team: Terminal, note: str) -> None:
    """A team writes what it knows."""
    team.wait(at(WHEN.letter))
    team.press("n")
    team.wait(FORM)
    team.write(note)
    team.press("C-s")
    team.wait(at(WHEN.letter), gone=FORM)
    team.keep("night-1-team")


def _decides(seat: Terminal, point: DecisionPoint, place: int, reason: str, minute: int, name: str) -> None:
    """A team takes an option, number *place* from 0, at its own screen."""
    seat.wait(at(minute))
    seat.press("d")
    seat.wait(rf"╭─ .*{re.escape(str(point.title))}")
    seat.move("Enter")
    seat.write(reason)
    seat.move("Enter")
    for _step in range(place):
        seat.press("Right")
    seat.wait(re.escape(f"[{point.options[place].name}]"), gone=TOAST)
    seat.keep(name)
    seat.press("C-s")
    seat.wait(at(minute), gone=FORM)


def _write_to(team: Terminal, other: str, message: str) -> None:
    """A team writes to another one, as if nothing had happened."""
    team.press("m")
    team.wait(FORM)
    team.press("Down", "Space")
    team.wait(rf"\[x\] {other.split(maxsplit=1)[0]}")
    team.move("Tab")
    team.write(message)
    team.press("C-s")
    team.wait(at(WHEN.cut_off), gone=FORM)


def _in_a_browser(tmux: Server, scenario: Scenario, answer: str) -> Night:
    """A team in a browser reads what it received and answers it, while the facilitator's program is dead."""
    from docs.browser import free_port, tab  # noqa: PLC0415 - selenium may be absent

    port = free_port()
    serving = tmux.open(f"resilience exercise serve {EXERCISE} --port {port}", COLUMNS, LINES, "serving", settled=1)
    serving.wait(rf":{port}/s/")
    token = Links(tmux.folder / EXERCISE).tokens()["cell/communicatie"]
    photo = next(inject for inject in scenario.injects if inject.id == "foto-online")
    with tab(f"http://127.0.0.1:{port}/s/{token}") as seat:
        _look_behind_the_pause(seat)
        seat.press("Enter")
        seat.wait(rf"│ {re.escape(str(photo.title))}(?s:.*)Esc ")
        seat.press("Escape")
        seat.wait(at(WHEN.cut_off), gone="Esc ")
        seat.press("r")
        seat.wait(FORM)
        seat.write(answer)
        seat.press("C-s")
        seat.wait(rf"» .*{re.escape(answer)}", gone=FORM)
        seat.keep(IN_BROWSER)
    serving.press("C-c")
    return Night({}, seat.kept, seat.pictures)


def has_browser() -> bool:
    """Return whether what a seat in a browser needs is here."""
    libraries = ("selenium", "textual_serve")
    return all(map(shutil.which, BROWSER_PROGRAMS)) and all(map(find_spec, libraries))


def _resumed(facilitator: Terminal, policy: Terminal, message: str) -> None:
    """Those whose programs died come back, and all of it is there."""
    policy.run(f"resilience exercise join {EXERCISE} --as gbt")
    facilitator.run(f"resilience exercise resume {EXERCISE}")
    _look_behind_the_pause(policy)
    facilitator.wait(at(WHEN.cut_off))
    facilitator.press("6")
    facilitator.wait(re.escape(message))
    facilitator.keep("night-5-resumed")
    facilitator.press("1")
    facilitator.wait(r"\[1 ")


def _facilitator_decides(facilitator: Terminal, minute: int) -> None:
    """The facilitator takes the first option of the decision that is next, for a team that is not at the table."""
    facilitator.press("d")
    facilitator.wait(rf"╭─ (?s:.*){COMPUTED}")
    facilitator.press("1")
    facilitator.wait(COMPUTED)
    facilitator.press("C-s")
    facilitator.wait(at(minute), gone=FORM)


def _ended(facilitator: Terminal, scenario: Scenario) -> None:
    """The week runs out, up to ENDEX."""
    facilitator.jump(scenario.horizon)
    facilitator.press("C-e")
    facilitator.wait(r"╭─ .*\?")
    facilitator.press("y")
    facilitator.wait("■ ")


def capture(language: Language, folder: Path) -> Night:
    """Play the exercise in *language* in *folder*."""
    with server(language, folder) as tmux, in_language(language):
        return play(tmux, read_scenario("zwart-scherm"), WORDS[language])


def main() -> None:
    """Play in both languages, and write the screens."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CAPTURES
    if not has_browser():
        diagnostics.note(f"without {' and '.join(BROWSER_PROGRAMS)} the seat in a browser is left out")
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as place:
            night = capture(language, Path(place))
        write_screens(night.screens, (language, COLUMNS, LINES), folder, "resilience exercise")
        for name, screen in night.browser.items():
            write_text(folder / f"{name}.{language}.txt", plain(screen) + "\n")
            write_bytes(folder / f"{name}.{language}.png", night.pictures[name])
        output.result(", ".join((*night.screens, *night.browser)))


if __name__ == "__main__":
    main()
