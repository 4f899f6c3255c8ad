"""Seats: a view is filtered before it is handed over, so that no seat ever holds a word that it may not know."""

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from city_model.effects import Supply
from resilience.base.canonical import canonical_json
from resilience.base.problems import InputError
from resilience.exercise.events import EVERYONE, Event, Kind
from resilience.exercise.seats import FACILITATOR, Seat, visible_events
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import MINUTE, new_session

if TYPE_CHECKING:
    from collections.abc import Callable

GBT, IT = Seat("cell", "gbt"), Seat("cell", "it")
OBSERVER, SPECTATOR = Seat("observer", "one"), Seat("spectator")
SEATS = [FACILITATOR, GBT, IT, OBSERVER, SPECTATOR]
FOR_EVERYONE = [Kind.STARTEX, Kind.CLOCK, Kind.SCALE, Kind.NO_DUFF, Kind.RESUMED, Kind.ENDEX, Kind.FORKED]


def words_of(*values: object) -> str:
    """Return everything that *values* say, as one text to search."""
    return " ".join(repr(value) for value in values)


def marked_events(luck: random.Random) -> list[Event]:
    """Return events of every kind but `created`, whose payload names in a secret word who may see it."""
    events = []
    kinds = [kind for kind in Kind if kind is not Kind.CREATED]
    for seq in range(2, 30):
        kind = luck.choice(kinds)
        audience = EVERYONE if kind in FOR_EVERYONE else luck.choice([(), ("gbt",), ("it",), ("gbt", "it")])
        actor = luck.choice(["facilitator", "conductor", "cell/gbt", "cell/it", "observer/one"])
        secret = f"secret-of-{'-'.join(audience) or 'none'}-by-{actor}."
        payload = {"text": secret, "point": None, "effects": [secret], "due": 5, "how": "time"}
        events.append(Event(seq, 0, 0, actor, audience, kind, payload, "", ""))
    return events


@given(st.integers(0, 2**32))
def test_a_seat_holds_no_word_of_others(seed: int) -> None:
    """A cell holds the words that were for it, for everyone or its own; a spectator only those for everyone."""
    events = marked_events(random.Random(seed))
    for seat in (GBT, IT, SPECTATOR):
        words = words_of(*visible_events(events, seat))
        for event in events:
            mine = seat.role == "cell" and (seat.name in event.audience or event.actor == seat.key)
            may = event.audience == EVERYONE or mine
            assert may or event.payload["text"] not in words


@given(st.integers(0, 2**32))
def test_nothing_is_held_back_without_need(seed: int) -> None:
    """The facilitator holds all; a cell holds every event for it, for everyone, or of its own.

    An observer holds all but the sheets of others: ratings, findings and what corrects them, until they are merged.
    """
    events = marked_events(random.Random(seed))
    seen = {seat: {event.seq for event in visible_events(events, seat)} for seat in SEATS}
    expected = {FACILITATOR: {event.seq for event in events}}
    sheets = [one for one in events if one.kind in {Kind.RATING, Kind.FINDING}]
    sheets += [one for one in events if one.kind is Kind.CORRECTION and one.audience == ()]
    merged = Kind.MERGED in {event.kind for event in events}
    hidden = set() if merged else {event.seq for event in sheets if event.actor != OBSERVER.key}
    expected[OBSERVER] = expected[FACILITATOR] - hidden
    expected[SPECTATOR] = {event.seq for event in events if event.audience == EVERYONE}
    for seat in (GBT, IT):
        own = {event.seq for event in events if seat.name in event.audience or event.actor == seat.key}
        expected[seat] = expected[SPECTATOR] | own

    assert seen == expected


BRIDGED = {"effect": "supply", "components": ["power"]}


BRIDGED = {"effect": "supply", "need": "server>power", "minutes": "1h"}


def play(session: Session, cells: dict[str, Session], luck: random.Random) -> None:
    """Let the facilitator and both cells do all kinds of things in a random order, with their name in every word."""
    session.start(rate=60)
    session.jump(31)
    actions: list[Callable[[], object]] = [
        lambda: session.note("only-it-knows", cell="it"),
        lambda: session.note("only-gbt-knows", cell="gbt"),
        lambda: session.message("only-it-hears", cells=["it"]),
        lambda: session.message("only-gbt-hears", cells=["gbt"]),
        lambda: session.decide("close-counter", "close", who="only-it-who"),
        lambda: session.decide("open-hall", "connect", who="only-gbt-who", why="only-gbt-why"),
        lambda: session.decide(None, None, who="only-it-who", what="only-it-what", cell="it"),
        lambda: session.start_clock("full-report", "nobody-cause"),
        lambda: session.rate_task("call-authority", "P", "nobody-observation"),
        lambda: session.add_finding("improvement", "nobody-finding"),
        lambda: session.skip("late-call", "nobody-reason"),
        lambda: session.send("rumour"),
        lambda: session.scale("everybody-scale"),
        lambda: session.message("only-it-from-the-world", cells=["it"], played="only-it-hears-a-role"),
        lambda: session.task("only-gbt-does", owner="only-gbt-owner", cell="gbt"),
        lambda: session.task("only-it-does", cell="it"),
        lambda: session.hold("late-call", "nobody-hold"),
    ]
    luck.shuffle(actions)
    for action in actions[: luck.randrange(1, len(actions) + 1)]:
        action()
    for asked, cell in cells.items():
        cell.tick()
        written = cell.decide(
            None, None, who=f"only-{asked}-lead", what=f"only-{asked}-writes", told=f"only-{asked}-told"
        )
        letter = cell.message(f"only-{asked}-asks-the-world", cells=(), to=f"only-{asked}-addressee")
        session.tick()
        session.work_out(written.seq, [Supply.model_validate(BRIDGED)])
        session.message(f"only-{asked}-answer", cells=[asked], played="mayor", answers=letter.seq)
        session.open_message(letter.seq)
    for event in session.state.events:
        if event.kind in {Kind.PICTURE, Kind.DECISION} and event.audience and luck.random() < 0.5:
            session.correct(event.seq, f"only-{event.audience[0]}-correction")


FORBIDDEN = {
    GBT: ["only-it", "nobody", "GEHEIM", "SECRET", "de accu", "supply", "damage", "blackout-hits", "late-call"],
    IT: ["only-gbt", "nobody", "GEHEIM-VERWACHT", "GEHEIM-NABESPREKING", "SECRET-DEBRIEF", "supply", "damage",
         "Loket ligt plat", "Gerucht", "late-call"],
    SPECTATOR: ["only-", "nobody", "GEHEIM", "SECRET", "licht is uit", "supply", "damage", "Loket ligt plat"],
}  # fmt: skip


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_no_exercise_leaks(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Played on the real thing: state, events, scenario and decision points of a seat hold no forbidden word."""
    folder = tmp_path_factory.mktemp("leak")
    path = folder / "a.exercise"
    session, wall = new_session(folder, path)
    with Session.open(path, seat=GBT, wall_source=wall) as gbt, Session.open(path, seat=IT, wall_source=wall) as it:
        play(session, {"gbt": gbt, "it": it}, random.Random(seed))
    leaks = []
    for seat, forbidden in FORBIDDEN.items():
        with Session.open(path, seat=seat, wall_source=wall) as seated:
            held = [seated.state, seated.scenario, seated.refresh(), seated.tick()]
            held += [seated.points()] if seat.role == "cell" else []
            words = words_of(*held) + canonical_json([dict(event.payload) for event in seated.state.events])
            leaks += [(seat.key, word) for word in forbidden if word in words]
    session.close()

    assert leaks == []


def test_a_cell_sees_what_it_received_and_did(tmp_path: Path) -> None:
    """Its injects, its own picture, its decision on the table; not when an inject was planned."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    session.jump(31)
    with Session.open(path, seat=GBT, wall_source=wall) as gbt, Session.open(path, seat=IT, wall_source=wall) as it:
        gbt.note("we know nothing")
        it.message("help", cells=["gbt"])
        gbt.tick()
        it.decide("close-counter", "close", who="IT lead")
        seen = gbt.state

        assert {
            "received": [one.inject for one in gbt.received("gbt")],
            "planned": {one.due for one in seen.sent.values()},
            "picture": [item.text for item in seen.picture],
            "messages": [message.text for message in seen.messages],
            "points": [line.point.id for line in gbt.points()],
            "it": ([one.inject for one in it.received("it")], [one.what for one in it.state.decisions]),
        } == {
            "received": ["first-call"],
            "planned": {None},
            "picture": ["we know nothing"],
            "messages": ["help"],
            "points": ["open-hall"],
            "it": (["first-call", "it-only"], ["Sluiten"]),
        }
    session.close()
    assert wall.now == MINUTE


REFUSED = {
    GBT: ["start", "pause", "jump", "end", "send", "hold", "scale", "rate", "agenda", "level", "trace", "preview"],
    OBSERVER: ["start", "pause", "jump", "end", "send", "hold", "scale", "decide", "note", "message"],
    SPECTATOR: ["start", "pause", "jump", "end", "send", "hold", "scale", "rate", "decide", "note", "message", "agenda",
                "preview"],
}  # fmt: skip


@pytest.mark.parametrize("seat", REFUSED, ids=lambda seat: seat.role)
def test_a_seat_does_only_what_is_its_to_do(tmp_path: Path, seat: Seat) -> None:
    """Observers see all and decide nothing; cells do not conduct, rate or look at the simulated truth."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    with Session.open(path, seat=seat, wall_source=wall) as seated:
        attempts: dict[str, Callable[[], object]] = {
            "start": seated.start,
            "pause": seated.pause,
            "jump": lambda: seated.jump(5),
            "end": seated.end,
            "send": lambda: seated.send("rumour"),
            "hold": lambda: seated.hold("rumour"),
            "scale": lambda: seated.scale("x"),
            "rate": lambda: seated.rate_task("call-authority", "P", "x"),
            "decide": lambda: seated.decide(None, None, who="x", what="y"),
            "note": lambda: seated.note("x"),
            "message": lambda: seated.message("x"),
            "agenda": seated.agenda,
            "level": lambda: seated.level("web"),
            "trace": lambda: seated.trace,
            "preview": lambda: seated.preview([]),
        }
        for name in REFUSED[seat]:
            with pytest.raises(InputError, match="this seat cannot do that"):
                attempts[name]()
        events = len(session.refresh())
        conducts = seated.is_conductor
    session.close()

    assert (events, conducts) == (0, False)


def test_a_cell_decides_only_what_is_on_its_table(tmp_path: Path) -> None:
    """Not the decision of another cell, and not before it opens; nor may it correct the words of others."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    noted = session.note("ours", cell="gbt")
    with Session.open(path, seat=GBT, wall_source=wall) as gbt:
        for point, option in (("close-counter", "close"), ("open-hall", "wait")):
            with pytest.raises(InputError, match="not on your table"):
                gbt.decide(point, option, who="x")
        with pytest.raises(InputError, match="no such entry of yours"):
            gbt.correct(noted.seq, "x")
        session.jump(12)
        gbt.decide("open-hall", "wait", who="Mayor")

        assert [one.point for one in gbt.state.decisions] == ["open-hall"]
    session.close()


def test_an_unknown_cell_gets_no_seat(tmp_path: Path) -> None:
    """A seat for a cell that does not play is refused with the cells that do."""
    path = tmp_path / "a.exercise"
    new_session(tmp_path, path)[0].close()

    with pytest.raises(InputError, match="use one of: gbt, it"):
        Session.open(path, seat=Seat("cell", "grip"))


def test_any_seat_may_call_no_duff(tmp_path: Path) -> None:
    """Safety goes before roles: also a spectator stops everything."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    with Session.open(path, seat=SPECTATOR, wall_source=wall) as seated:
        seated.no_duff("real fire")
    session.tick()
    stopped = (session.state.phase, session.state.no_duff)
    session.close()

    assert stopped == ("no_duff", "real fire")
