"""A fork: what was up to the moment is the same, what follows can be, and the exercise it came from stays as it is."""

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.exercise.events import Event, Kind
from resilience.exercise.keeping.verification import verify
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import new_session

END = 400
MOVES_THE_CLOCK = {Kind.CLOCK, Kind.FORKED, Kind.LEASE}
COMPONENTS = ("power", "server", "web", "phone")
ACTIONS: dict[str, Callable[[Session], object]] = {
    "connect": lambda session: _decide(session, "open-hall", "connect"),
    "wait": lambda session: _decide(session, "open-hall", "wait"),
    "close": lambda session: _decide(session, "close-counter", "close"),
    "note": lambda session: session.note("dark", cell="gbt"),
    "scale": lambda session: session.scale("GRIP 1"),
    "rumour": lambda session: session.send("rumour"),
    "run": lambda session: session.set_rate(60),
    "pause": lambda session: session.pause(),
}
SCRIPTS = st.lists(st.tuples(st.integers(0, END), st.sampled_from(sorted(ACTIONS))), max_size=8).map(
    lambda steps: sorted(steps, key=lambda step: step[0])
)
_numbers = itertools.count()


def _decide(session: Session, point: str, option: str) -> None:
    if session.state.decided(point) is None:
        session.decide(point, option, who="team")


def play(session: Session, steps: Sequence[tuple[int, str]]) -> None:
    """Do each step at its minute, and put the clock forward in between."""
    for minute, action in steps:
        if minute > session.minute():
            session.jump(minute)
        session.tick()
        ACTIONS[action](session)
    if session.minute() < END:
        session.jump(END)
    session.tick()


def contents(events: Sequence[Event]) -> list[tuple[Any, ...]]:
    """Return what happened at which exercise minute, without what only moved the clock."""
    return [
        (event.minute, event.actor, event.audience, event.kind, event.payload)
        for event in events
        if event.kind not in MOVES_THE_CLOCK
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples."""
    return tmp_path_factory.mktemp("forks")


@given(steps=SCRIPTS, minute=st.integers(0, END), is_ended=st.booleans())
def test_a_fork_is_the_same_run_up_to_its_moment(
    folder: Path, steps: list[tuple[int, str]], minute: int, is_ended: bool
) -> None:
    """Events, clock and levels are those of the original there; the same steps after it give the same content."""
    number = next(_numbers)
    original, wall = new_session(folder, folder / f"{number}.exercise")
    original.start()
    original.pause()
    play(original, steps)
    if is_ended:
        original.end()
    before = original.state.events
    trace = original.trace
    path = folder / f"{number}-fork.exercise"
    original.fork(path, minute=minute)
    came_along = tuple(event for event in before if event.minute <= minute and event.kind is not Kind.ENDEX)
    with Session.open(path, wall_source=wall) as fork:
        fork.tick()
        found: dict[str, object] = {
            "events": fork.state.events[: len(came_along)],
            "next": (fork.state.events[len(came_along)].kind, fork.minute(), fork.state.clock.rate),
            "levels": {name: fork.level(name) for name in COMPONENTS},
        }
        play(fork, [step for step in steps if step[0] > minute])
        found["then"] = contents(fork.state.events)
    found |= {"faults": verify(path).faults, "original": original.refresh()}
    original.close()

    assert found == {
        "events": came_along,
        "next": (Kind.FORKED, minute, 0),
        "levels": {name: trace.level_at(name, minute) for name in COMPONENTS},
        "then": contents([event for event in before if event.kind is not Kind.ENDEX]),
        "faults": (),
        "original": (),
    }
