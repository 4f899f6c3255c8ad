"""Plays "Zwart scherm" to the end in three seats, kills processes on the way, and compares two choices.

Three terminals (`terminal.py`) on one file: the facilitator, IT and CISO, and the policy team. The teams write and
decide at their own screens; the facilitator's program and that of one team are killed with SIGKILL and opened again;
the rest of the week is put forward to ENDEX; then the same exercise is replayed with another choice. It waits at each
step for what must be on the screen, and keeps the screens that docs/how-to/play-with-teams.md shows.

    python docs/play_whole_exercise.py             all screens into docs/captures
    python docs/play_whole_exercise.py FOLDER      the same, elsewhere
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from docs.terminal import CAPTURES, COMPUTED, FORM, TOAST, Server, Terminal, at, server, write_screens
from resilience.base.language import Language, in_language
from resilience.base.units import format_clock
from resilience.cli import output
from scenarios.loader import read_scenario
from scenarios.schema import DecisionPoint, Scenario

EXERCISE = "night.exercise"
LANGUAGE: Language = "en"
COLUMNS, LINES = 80, 24
START = f"resilience exercise start utrecht zwart-scherm --file {EXERCISE}"
NAMES = ("night-1-team", "night-2-decides", "night-3-killed", "night-4-resumed", "night-5-other-team",
         "night-6-ended", "night-7-compared")  # fmt: skip
NOTE = "61 servers do not answer"
MESSAGE = "Who speaks tonight?"
TRIES = 20
"""Few, so that the first engine does them: the compiled one takes most of a minute to get ready in a new home."""


@dataclass(frozen=True)
class Moments:
    """At which exercise minute what is done."""

    letter: int = 40
    cut_off: int = 70
    names_it: int = 150
    rebuilt: int = 660
    linked: int = 4020


WHEN = Moments()


def play(tmux: Server, scenario: Scenario) -> dict[str, str]:
    """Play it all; returns the screens that were kept, with colour codes, by name."""
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
    _write_down(team)
    facilitator.jump(WHEN.cut_off)
    points = scenario.decision_by_id
    _decides(team, points["isoleren"], 1, "The attacker is still inside", WHEN.cut_off, "night-2-decides")
    _killed(facilitator, policy, team)
    facilitator.jump(WHEN.names_it)
    _decides(policy, points["naam-geven"], 1, "We are not sure yet", WHEN.names_it, "night-5-other-team")
    for minute in (WHEN.rebuilt, WHEN.linked):
        facilitator.jump(minute)
        _facilitator_decides(facilitator, minute)
    _ended(facilitator, scenario)
    facilitator.run(f"resilience exercise compare {EXERCISE} --change naam-geven=aanval-noemen --tries {TRIES}")
    team.wait(re.escape(format_clock(scenario.horizon)), gone=rf"\[1 |{TOAST}")
    team.keep("night-6-ended")
    facilitator.wait(rf"{TRIES} tries(?s:.*)better\.")
    facilitator.keep("night-7-compared")
    kept = {**facilitator.kept, **team.kept, **policy.kept}
    return {name: kept[name] for name in NAMES}


def _look_behind_the_pause(seat: Terminal) -> None:
    """A team that is told of the pause goes back to its own screen."""
    seat.wait("Esc")
    seat.press("Escape")
    seat.wait("‖ ")


def _write_down(team: Terminal) -> None:
    """A team writes what it knows."""
    team.wait(at(WHEN.letter))
    team.press("n")
    team.wait(FORM)
    team.write(NOTE)
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


def _killed(facilitator: Terminal, policy: Terminal, team: Terminal) -> None:
    """The facilitator's program dies, and a team's; the other team writes on, and both come back to all of it."""
    facilitator.wait("Close the dangerous")
    facilitator.kill()
    policy.kill()
    facilitator.keep("night-3-killed")
    team.press("m")
    team.wait(FORM)
    team.press("Down", "Space")
    team.wait(r"\[x\] Municipal")
    team.move("Tab")
    team.write(MESSAGE)
    team.press("C-s")
    team.wait(at(WHEN.cut_off), gone=FORM)
    policy.run(f"resilience exercise join {EXERCISE} --as gbt")
    facilitator.run(f"resilience exercise resume {EXERCISE}")
    _look_behind_the_pause(policy)
    facilitator.wait(at(WHEN.cut_off))
    facilitator.press("6")
    facilitator.wait(re.escape(MESSAGE))
    facilitator.keep("night-4-resumed")
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


def capture(folder: Path) -> dict[str, str]:
    """Play the exercise in *folder*; returns the screens."""
    with server(LANGUAGE, folder) as tmux, in_language(LANGUAGE):
        return play(tmux, read_scenario("zwart-scherm"))


def main() -> None:
    """Play, and write the screens."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CAPTURES
    with tempfile.TemporaryDirectory() as place:
        screens = capture(Path(place))
    write_screens(screens, (LANGUAGE, COLUMNS, LINES), folder, "resilience exercise")
    output.result(", ".join(screens))


if __name__ == "__main__":
    main()
