"""The first round of "Zwart scherm" as the tutorial plays it: what is done, at which exercise minute.

`play_first_round.py` does this with the keys of the console; `play_here` does the same without a screen, so that the
commands that follow on a page have an exercise to work on.
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest import mock

from docs.run_examples import Workplace, run_here
from resilience.exercise.session import Session
from scenarios.schema import DecisionPoint


@dataclass(frozen=True)
class Decided:
    """An option that is taken at *minute*; *number* is its key in the dialog."""

    minute: int
    point: str
    option: str
    number: int


SCENARIO = "zwart-scherm"
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
        why = "" if number else REASON[said]
        session.decide(taken.point, taken.option, who=_cell_of(session, point), why=why)
    session.jump(END)
    session.end()


def play_some(session: Session) -> None:
    """Play any other exercise up to its first decision, and when it is opened again to its end."""
    if session.state.phase != "prepared":
        session.jump(session.scenario.rounds[0].ends)
        session.end()
        return
    session.start()
    session.pause()
    point = session.scenario.decisions[0]
    session.jump(point.opens)
    session.decide(point.id, point.default, who=_cell_of(session, point))


def play_here(words: Sequence[str], place: Workplace) -> tuple[int, str]:
    """Run a command that opens a screen; in place of the console the exercise is played, others are left at once."""

    def run(session: Session) -> None:
        (play if session.scenario.id == SCENARIO else play_some)(session)

    console: Any = ModuleType("tui.app")
    console.run = run
    city_map: Any = ModuleType("tui.map_app")
    city_map.run = lambda _city, _start: None
    seat: Any = ModuleType("tui.seat_app")
    seat.run = lambda _session: None
    lesson: Any = ModuleType("tui.train_app")
    lesson.run = seat.run
    screens = {"tui.app": console, "tui.map_app": city_map, "tui.seat_app": seat, "tui.train_app": lesson}
    with (
        mock.patch.dict("sys.modules", screens),
        mock.patch("tui.web.server.SeatServer.run"),
        mock.patch("resilience.cli.exercise.group._require_terminal"),
        mock.patch("resilience.cli.city.map_screen.require_terminal"),
    ):
        return run_here(words, place)


def _cell_of(session: Session, point: DecisionPoint) -> str:
    return next(str(cell.name) for cell in session.scenario.cells if cell.id == point.decides)
