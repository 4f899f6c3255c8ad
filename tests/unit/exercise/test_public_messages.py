"""Public messages with four eyes: who may write, who may let them go, and what counts as sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from city_model.loader import load_city
from resilience.base.problems import InputError
from resilience.exercise.public_messages import PublicText, failing_channels, public_channels, public_messages
from resilience.exercise.scaling import structure_for
from resilience.exercise.seats import FACILITATOR, Seat
from resilience.exercise.session import Session
from scenarios.reaching import places_of
from tests.unit.exercise.small_exercise import MINUTE, new_session

GBT, IT = Seat("cell", "gbt"), Seat("cell", "it")
TEXT = PublicText("Stay home", ("rampenzender", "pamflet"), "gbt")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Path]:
    """An exercise at minute 20, which others can open."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    wall.now = MINUTE * 21
    session.tick()
    yield path
    session.close()


def at(path: Path, seat: Seat) -> Session:
    """Take a seat at minute 25."""
    return Session.open(path, seat=seat, conduct=False, wall_source=lambda: MINUTE * 26)


def test_another_seat_lets_it_go(running: Path) -> None:
    """Written by one team, read and released by the one that was asked: only then everybody sees it."""
    with at(running, IT) as it, at(running, GBT) as gbt, at(running, Seat("spectator")) as public:
        entry = it.draft_public(TEXT).seq
        gbt.refresh(), public.refresh()
        before = [message.text for message in public.state.messages]
        gbt.release_public(entry, "number checked")
        public.refresh()
        [message] = public_messages(gbt.state)

        assert (before, [one.text for one in public.state.messages], message.status, message.note) == (
            [], ["Stay home"], "released", "number checked",
        )  # fmt: skip


def test_nobody_releases_alone(running: Path) -> None:
    """Neither the writer, nor a seat that was not asked, nor a second time; nor a message for the writer to read."""
    said = []
    with at(running, IT) as it, at(running, GBT) as gbt, at(running, FACILITATOR) as facilitator:
        entry = it.draft_public(TEXT).seq
        gbt.refresh(), facilitator.refresh()
        for act in (
            lambda: it.release_public(entry),
            lambda: facilitator.release_public(entry),
            lambda: gbt.draft_public(TEXT),
            lambda: (gbt.return_public(entry, "no"), gbt.release_public(entry)),
        ):
            with pytest.raises(InputError) as caught:
                act()
            said.append(str(caught.value).partition(":")[0])

    assert said == [
        "another seat must read this message", "another seat must read this message",
        "whoever writes a message does not release it", "this message was released or returned already",
    ]  # fmt: skip


def test_what_is_returned_is_not_sent(running: Path) -> None:
    """It goes back with the reason; no other seat learns of it."""
    with at(running, IT) as it, at(running, GBT) as gbt, at(running, Seat("spectator")) as public:
        entry = it.draft_public(TEXT).seq
        gbt.refresh()
        gbt.return_public(entry, "wrong number")
        it.refresh(), public.refresh()
        [message] = public_messages(it.state)

        assert (message.status, message.note, public_messages(public.state), public.state.messages) == (
            "returned", "wrong number", (), (),
        )  # fmt: skip


def test_a_deadline_is_met_by_sending(running: Path) -> None:
    """Not by writing: the clock that a message is to meet runs on until another has released it."""
    met = []
    with at(running, IT) as it, at(running, GBT) as gbt:
        entry = it.draft_public(PublicText("Your data leaked", ("pamflet",), "gbt", "early-warning")).seq
        gbt.refresh()
        met.append(gbt.state.deadlines["early-warning"].met)
        gbt.release_public(entry)
        met.append(gbt.state.deadlines["early-warning"].met)

    assert met == [None, 25]


def test_channels_fail_with_what_they_rest_on() -> None:
    """The website goes with its components; a leaflet needs people only."""
    city = load_city("utrecht")
    lost = set(places_of(city).place_of["website"].components)
    chosen = ("website", "pamflet", "rampenzender")

    assert (
        failing_channels(city, chosen, lambda component: 0 if component in lost else 100),
        failing_channels(city, chosen, lambda _component: 100),
        failing_channels(city, chosen, lambda _component: 0),
    ) == (("website",), (), ("website", "rampenzender"))


def test_an_exercise_on_an_older_map_can_still_speak() -> None:
    """What is written down of today's map may name parts that the map of an exercise has not: then nothing is known."""
    other = load_city("enschede").model_copy(update={"id": "utrecht"})
    failing = failing_channels(other, ("website",), lambda _component: 0)

    assert (failing, len(public_channels(other)) > 5, structure_for(other).region) == (None, True, "utrecht")
