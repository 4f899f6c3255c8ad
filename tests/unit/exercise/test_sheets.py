"""Observers' sheets: blind to each other until the facilitator merges them, in the data and not only on the screen."""

import random
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resilience.base.problems import InputError
from resilience.exercise.events import Kind
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import new_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("one", "two", "three")


def words_of(session: Session) -> str:
    """Return every word that this seat holds: its state, what moved in, its script."""
    return repr((session.refresh(), session.tick(), session.state, session.agenda(), session.points()))


@settings(max_examples=3)
@given(seed=st.integers(0, 2**32))
def test_no_observer_holds_a_word_of_another_before_the_merge(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Ratings, findings and corrections of others come with the merge and not before; then all observers hold all."""
    luck = random.Random(seed)
    folder = tmp_path_factory.mktemp("sheets")
    path = folder / "a.exercise"
    facilitator, wall = new_session(folder, path)
    with ExitStack() as stack:
        stack.enter_context(facilitator)
        facilitator.start()
        seats = {
            name: stack.enter_context(Session.open(path, seat=Seat("observer", name), wall_source=wall))
            for name in NAMES
        }
        for step in range(luck.randrange(3, 9)):
            writer = luck.choice([*NAMES, "facilitator"])
            session = seats.get(writer, facilitator)
            word = f"seen-by-{writer}-{step}."
            work: Callable[[], object] = luck.choice(
                [
                    lambda session=session, word=word: session.rate_task("call-authority", luck.choice("PSMU"), word),
                    lambda session=session, word=word: session.add_finding("strength", word),
                    lambda session=session, word=word: _corrected(session, word),
                ]
            )
            work()
        seats["one"].rate_task("call-authority", "M", "seen-by-one-last.")
        facilitator.end()
        before = {name: words_of(session) for name, session in seats.items()}
        facilitator.merge_ratings()
        together = {name: words_of(session) for name, session in seats.items()}
        late = {}
        for name in NAMES:
            with Session.open(path, seat=Seat("observer", name), wall_source=wall) as again:
                late[name] = repr(again.state.events)
        written = [event for event in facilitator.state.events if "seen-by-" in repr(event.payload)]

    leaks = [(name, other) for name in NAMES for other in (*NAMES, "facilitator") if other != name
             and f"seen-by-{other}-" in before[name]]  # fmt: skip
    words = [str(event.payload.get("observation") or event.payload["text"]) for event in written]
    lacking = [(name, word) for name in NAMES for word in words if word not in together[name] + late[name]]
    own = [name for name in NAMES for word in words if f"-{name}-" in word and word not in before[name]]
    assert (leaks, lacking, own) == ([], [], [])


def _corrected(session: Session, word: str) -> None:
    """Correct an own rating, where there is one."""
    mine = [event for event in session.state.events_of(Kind.RATING) if event.actor == session.seat.key]
    if mine:
        session.correct(mine[-1].seq, word)


def test_a_rating_can_be_changed_until_the_sheets_are_merged(tmp_path: "Path") -> None:
    """The last rating of an observer counts and the log keeps all; after the merge nothing changes, nor twice."""
    path = tmp_path / "a.exercise"
    facilitator, wall = new_session(tmp_path, path)
    with facilitator, Session.open(path, seat=Seat("observer", "one"), wall_source=wall) as observer:
        facilitator.start()
        observer.rate_task("call-authority", "P", "first")
        observer.rate_task("call-authority", "S", "second")
        facilitator.rate_task("call-authority", "M", "mine")
        refused = []
        with pytest.raises(InputError) as early:
            facilitator.merge_ratings()
        refused.append(str(early.value))
        facilitator.end()
        facilitator.merge_ratings()
        with pytest.raises(InputError):
            observer.rate_task("call-authority", "U", "third")
        for session in (facilitator, observer):
            with pytest.raises(InputError):
                session.merge_ratings()
        facilitator.tick()
        rated = [(one.observer, one.grade, one.observation) for one in facilitator.state.ratings]
        kept = len(facilitator.state.events_of(Kind.RATING))

    assert (rated, kept, len(refused)) == ([("one", "S", "second"), ("facilitator", "M", "mine")], 3, 1)
