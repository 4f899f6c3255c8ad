"""A whole exercise in three terminals, with processes that are killed on the way: what the page about it shows is so.

The screens are made by `python docs/play_whole_exercise.py`; make them anew after a change of console or seats.
"""

from pathlib import Path

import pytest

from docs.play_whole_exercise import EXERCISE, MESSAGE, NAMES, NOTE, TRIES, WHEN, capture
from docs.terminal import plain
from resilience.exercise.events import Kind
from resilience.exercise.keeping.verification import verify
from resilience.exercise.session import Session
from tests.examples.test_captures import as_written

SHOWN = {
    "night-1-team": ("OEFENING - EXERCISE", "IT and CISO", "City Hall security", "Note on the printers"),
    "night-2-decides": ("OEFENING - EXERCISE", "Pull the plug?", "[Close the dangerous routes]"),
    "night-3-killed": ("Killed", "The photo is online"),
    "night-4-resumed": ("OEFENING - EXERCISE", "+01:10", NOTE, MESSAGE, "Another process took over as conductor"),
    "night-5-other-team": ("OEFENING - EXERCISE", "Municipal policy team", "[Call it a large fault]", MESSAGE),
    "night-6-ended": ("OEFENING - EXERCISE", "+7d 00:00"),
    "night-7-compared": ("'Say now that it is an attack' instead of", "together", f"{TRIES} tries"),
}
"""What must be on each screen."""


@pytest.mark.full
@pytest.mark.terminal
def test_a_whole_exercise_in_three_terminals(tmp_path: Path) -> None:
    """Every screen holds what the page says; in the file nothing is lost or there twice, and each seat did its part."""
    screens = {name: as_written(plain(screen)) for name, screen in capture(tmp_path).items()}
    path = tmp_path / EXERCISE
    with Session.open(path, read_only=True) as session:
        state = session.state
    sent = [event.payload["inject"] for event in state.events_of(Kind.INJECT_SENT)]

    assert {
        "missing": [(name, text) for name in NAMES for text in SHOWN[name] if text not in screens.get(name, "")],
        "faults": verify(path).faults,
        "twice": len(sent) - len(set(sent)),
        "decided": [(one.point, one.actor, one.minute) for one in state.decisions[:2]],
        "written": ([item.text for item in state.picture], [one.text for one in state.messages]),
        "taken over": len(state.events_of(Kind.LEASE)),
        "phase": state.phase,
    } == {
        "missing": [],
        "faults": (),
        "twice": 0,
        "decided": [
            ("isoleren", "cell/it-ciso", WHEN.cut_off),
            ("naam-geven", "cell/gbt", WHEN.names_it),
        ],
        "written": ([NOTE], [MESSAGE]),
        "taken over": 1,
        "phase": "ended",
    }
