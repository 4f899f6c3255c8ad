"""The first round of "Zwart scherm" as the tutorial plays it: what is done, at which exercise minute.

`play_first_round.py` does this with the keys of the console; `play_here` does the same without a screen, so that the
commands that follow in the tutorial have an exercise to work on.
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest import mock

from docs.run_examples import Workplace, run_here
from resilience.exercise.session import Session


@dataclass(frozen=True)
class Decided:
    """An option that is taken at *minute*; *number* is its key in the dialog."""

    minute: int
    point: str
    option: str
    number: int


FIRST_INJECT = 5
NOTED = 40
"""The minute at which a line is added to the picture."""
END = 480
NOTE = {
    "nl": "Op de printers ligt een brief van een aanvaller",
    "en": "A letter from an attacker lies on the printers",
}
REASON = {"nl": "De aanvaller is nog binnen", "en": "The attacker is still inside"}
"""What is typed as the reason of the first decision."""
DECISIONS = (
    Decided(70, "isoleren", "segmenteren", 2),
    Decided(150, "naam-geven", "aanval-noemen", 1),
    Decided(260, "wie-informeren", "breed-melden", 1),
    Decided(330, "hulp-vragen", "g4-collegas", 1),
)


def play(session: Session) -> None:
    """Play the round; the clock stands except when it is put forward."""
    said = session.language
    session.start()
    session.pause()
    for minute in (FIRST_INJECT, NOTED):
        session.jump(minute)
    session.note(NOTE[said], cell="crisisteam")
    for number, taken in enumerate(DECISIONS):
        session.jump(taken.minute)
        point = session.scenario.decision_by_id[taken.point]
        cell = next(cell for cell in session.scenario.cells if cell.id == point.decides)
        session.decide(taken.point, taken.option, who=str(cell.name), why="" if number else REASON[said])
    session.jump(END)
    session.end()


def play_here(words: Sequence[str], place: Workplace) -> tuple[int, str]:
    """Run a command that opens the console; in its place the round is played, or, when it was, only looked at."""

    def run(session: Session) -> None:
        if session.state.phase == "prepared":
            play(session)

    console: Any = ModuleType("tui.app")
    console.run = run
    with mock.patch.dict("sys.modules", {"tui.app": console}), mock.patch("resilience.cli.exercise._require_terminal"):
        return run_here(words, place)
