"""The lesson for who has never seen the console: ten things to do, each done with the real key."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from resilience.base.language import _
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tui.screens.reading import SheetDialog

Done = Callable[[Session, str, Screen[Any]], bool]
"""Whether a step is done: the session, the part that has the focus, and the screen that lies on top."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    title: str
    text: str
    done: Done


def steps() -> tuple[Step, ...]:
    """Return the lesson in the current language."""
    return (
        Step(
            _("Begin"),
            _("The clock stands still and nothing is sent. Press Space: that is STARTEX, the exercise begins."),
            lambda session, _part, _top: session.state.phase is Phase.RUNNING,
        ),
        Step(
            _("Read an inject"),
            _("On the left stand the injects: what the teams will hear, and when. Press 1, then Enter to read the "
              "first one aloud. Esc closes the page."),
            _reading("injects"),
        ),
        Step(
            _("Let time pass"),
            _("Press j, and then 1, to jump to the next event; all that lies between is played. "
              "Do it until a decision is open (○ under 3)."),
            lambda session, _part, _top: any(line.status in ("open", "overdue") for line in session.points()),
        ),
        Step(
            _("See what it does to the city"),
            _("Press 2 for the city. Choose a function that has fallen with ↓, and press Enter: you read why, what "
              "comes next, and when it is back. Esc closes it; v shows what comes in the whole city."),
            _reading("board"),
        ),
        Step(
            _("Write down what the teams know"),
            _("Press n for a line of the picture. Type a sentence, choose known, assumed or unknown with ← and →, and "
              "save with Ctrl+S."),
            lambda session, _part, _top: bool(session.state.picture),
        ),
        Step(
            _("Take a decision"),
            _("Press d: the most urgent decision opens. A number chooses, below it stands what the model foresees. "
              "Fill in why if you like; Ctrl+S records it."),
            lambda session, _part, _top: bool(session.state.decisions),
        ),
        Step(
            _("Play the outside world"),
            _("Press m and send the teams a message, as a supplier or the press for instance. Ctrl+S sends it."),
            lambda session, _part, _top: bool(session.state.messages),
        ),
        Step(
            _("Pause"),
            _("Press Space to pause: everything stands still for every seat, and you can still write. Space again lets "
              "it run on."),
            lambda session, _part, _top: session.state.phase is Phase.PAUSED,
        ),
        Step(
            _("Something real"),
            _("If something real happens, F12 (or Ctrl+N) freezes everything at every seat. Press it now, and then "
              "Ctrl+R and Y to come back."),
            lambda session, _part, _top: bool(session.state.events_of(Kind.RESUMED)),
        ),
        Step(
            _("End"),
            _("Press Ctrl+E and then Y: ENDEX. The hot debrief opens by itself. With ? you find help about every part; "
              "Q leaves."),
            lambda session, _part, _top: session.state.phase is Phase.ENDED,
        ),
    )  # fmt: skip


def _reading(part: str) -> Done:
    """Return the condition that a page of *part* is open."""
    return lambda _session, active, top: active == part and isinstance(top, SheetDialog)
