"""A whole exercise in terminals and a browser, with processes that are killed on the way: its page shows what is so.

The screens are made by `python docs/play_whole_exercise.py`; make them anew after a change of console or seats.
"""

from pathlib import Path

import pytest

from docs.play_whole_exercise import EXERCISE, IN_BROWSER, NAMES, TRIES, WHEN, WORDS, capture, has_browser
from docs.terminal import plain
from resilience.exercise.events import Kind
from resilience.exercise.keeping.verification import verify
from resilience.exercise.session import Session
from tests.examples.test_captures import as_written

SAID = WORDS["en"]
SHOWN = {
    "night-1-team": ("OEFENING - EXERCISE", "IT and CISO", "City Hall security", "Note on the printers"),
    "night-2-decides": ("OEFENING - EXERCISE", "Pull the plug?", "[Close the dangerous routes]"),
    "night-3-killed": ("Killed", "The photo is online"),
    "night-5-resumed": ("OEFENING - EXERCISE", "+01:10", SAID.message, "Another process took over as conductor"),
    "night-6-other-team": ("OEFENING - EXERCISE", "Municipal policy team", "[Call it a large fault]", SAID.message),
    "night-7-ended": ("OEFENING - EXERCISE", "+7d 00:00"),
    "night-8-compared": ("'Say now that it is an attack' instead of", "together", f"{TRIES} tries"),
}
"""What must be on each screen of a terminal."""
SHOWN_IN_BROWSER = {
    IN_BROWSER: ("OEFENING - EXERCISE", "Communication", "The photo is online", "Media watch on duty", SAID.answer)
}


@pytest.mark.full
@pytest.mark.terminal
def test_a_whole_exercise_in_terminals_and_a_browser(tmp_path: Path) -> None:
    """Every screen holds what the page says; in the file nothing is lost or there twice, and each seat did its part.

    Where no browser is, the others play without that seat.
    """
    night = capture("en", tmp_path)
    screens = {name: as_written(plain(screen)) for name, screen in {**night.screens, **night.browser}.items()}
    wanted = SHOWN | (SHOWN_IN_BROWSER if has_browser() else {})
    path = tmp_path / EXERCISE
    with Session.open(path, read_only=True) as session:
        state = session.state
    sent = [event.payload["inject"] for event in state.events_of(Kind.INJECT_SENT)]

    assert {
        "missing": [(name, text) for name in wanted for text in wanted[name] if text not in screens.get(name, "")],
        "screens": sorted(screens),
        "pictures": [picture[1:4] for picture in night.pictures.values()],
        "faults": verify(path).faults,
        "twice": len(sent) - len(set(sent)),
        "decided": [(one.point, one.actor, one.minute) for one in state.decisions[:2]],
        "written": ([item.text for item in state.picture], [one.text for one in state.messages]),
        "taken over": len(state.events_of(Kind.LEASE)),
        "phase": state.phase,
    } == {
        "missing": [],
        "screens": sorted((*NAMES, *([IN_BROWSER] if has_browser() else []))),
        "pictures": [b"PNG"] if has_browser() else [],
        "faults": (),
        "twice": 0,
        "decided": [
            ("isoleren", "cell/it-ciso", WHEN.cut_off),
            ("naam-geven", "cell/gbt", WHEN.names_it),
        ],
        "written": ([SAID.note], [SAID.message, *([SAID.answer] if has_browser() else [])]),
        "taken over": 1,
        "phase": "ended",
    }
