"""The session: what is sent when, what a decision does, and that playing on equals re-running from the log."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from city_model.effects import ExtendClock, Isolate, MeetClock, SendMessage, StartClock
from city_model.values import Text
from resilience.base.problems import InputError, RunError
from resilience.exercise import seated
from resilience.exercise.events import Kind
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.running import Running
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from resilience.exercise.state import Phase, fold_all
from resilience.simulation.engine import SEMANTICS_VERSION, simulate
from resilience.simulation.orders import incident_orders
from tests.unit.exercise.small_exercise import MINUTE, new_session

ISOLATE = Isolate(effect="isolate", components=("server",))


@pytest.fixture
def played(tmp_path: Path) -> Iterator[tuple[Session, CountedWall]]:
    """An exercise in memory that has just started, with its wall."""
    session, wall = new_session(tmp_path)
    session.start()
    yield session, wall
    session.close()


def at(wall: CountedWall, minute: int) -> int:
    """Put *wall* at exercise *minute* of an exercise that runs at rate 1 since the start."""
    wall.now = MINUTE * (minute + 1)
    return wall.now


def sent(session: Session) -> list[tuple[str, int, str]]:
    """Return which inject went out when and how, in the order of the log."""
    return [(one.inject, one.minute, one.how) for one in session.state.sent.values()]


def test_injects_go_out_by_time_and_by_condition(played: tuple[Session, CountedWall]) -> None:
    """Scheduled ones at their minute; a condition that holds at minute 35 sends at 36; the shelf waits for a hand."""
    session, wall = played
    for minute in range(0, 200, 7):
        session.tick(at(wall, minute))

    assert sent(session) == [
        ("first-call", 12, "time"),
        ("it-only", 20, "time"),
        ("counter-down", 36, "condition"),
        ("late-call", 180, "time"),
    ]


def test_nothing_goes_out_during_a_pause(played: tuple[Session, CountedWall]) -> None:
    """However long the pause lasts, nothing is sent and no time passes; afterwards the rest comes in its own time."""
    session, wall = played
    session.pause(at(wall, 11))
    session.tick(at(wall, 100))
    paused = (sent(session), session.minute())
    session.resume_clock()
    session.tick(wall.now + MINUTE)

    assert (paused, sent(session)) == (([], 11), [("first-call", 12, "time")])


def test_held_injects_wait_and_skipped_ones_stay_away(played: tuple[Session, CountedWall]) -> None:
    """A held inject does not go out until it is released or sent by hand; a skipped one not at all."""
    session, wall = played
    session.hold("first-call", "too soon")
    session.hold("it-only")
    session.skip("counter-down")
    session.tick(at(wall, 60))
    before = sent(session)
    session.release("first-call")
    session.tick(at(wall, 61))
    session.send("it-only")

    statuses = {line.inject.id: line.status for line in session.agenda()}
    assert (before, sent(session), statuses) == (
        [],
        [("first-call", 60, "time"), ("it-only", 61, "manual")],
        {
            "first-call": "sent",
            "it-only": "sent",
            "counter-down": "skipped",
            "rumour": "shelf",
            "late-call": "planned",
        },
    )


def test_an_inject_is_sent_once(played: tuple[Session, CountedWall]) -> None:
    """Sending what was sent gives the first sending back, and holding it is refused."""
    session, _wall = played
    first = session.send("rumour", text=Text(nl="Anders", en="Different"))
    with pytest.raises(InputError, match="was already sent"):
        session.hold("rumour")

    assert (session.send("rumour"), session.state.sent["rumour"].text.en) == (first, "Different")


def test_a_jump_plays_what_lies_between(played: tuple[Session, CountedWall]) -> None:
    """A jump sends, each with its own minute, what lies between, and the simulation gets there."""
    session, wall = played
    session.jump(181, at(wall, 1))

    assert (sent(session), session.minute(), session.level("web")) == (
        [
            ("first-call", 12, "time"),
            ("it-only", 20, "time"),
            ("counter-down", 36, "condition"),
            ("late-call", 180, "time"),
        ],
        181,
        100,
    )  # fmt: skip


@pytest.mark.parametrize(("minute", "said"), [(4, "has passed"), (601, "after the end of the scenario")])
def test_a_jump_goes_forward_within_the_scenario(played: tuple[Session, CountedWall], minute: int, said: str) -> None:
    """Neither back nor past the horizon."""
    session, wall = played
    with pytest.raises(InputError, match=said):
        session.jump(minute, at(wall, 5))


def test_the_rate_counts_from_when_it_is_set(played: tuple[Session, CountedWall]) -> None:
    """At rate 60 a wall minute is an exercise hour; what passed before stays what it was."""
    session, wall = played
    session.set_rate(60, at(wall, 10))
    session.tick(wall.now + MINUTE)

    assert (session.minute(wall.now + MINUTE), session.state.phase) == (70, Phase.RUNNING)


def test_a_decision_counts_from_the_next_minute(played: tuple[Session, CountedWall]) -> None:
    """Rule 14.3: minute 15 is evaluated, so what is decided at 15 works from 16; the server then never falls."""
    session, wall = played
    session.tick(at(wall, 15))
    event = session.decide("open-hall", "connect", who="Mayor", why="care", values={"trust": "kept"})
    session.tick(at(wall, 100))

    decision = session.state.decisions[0]
    assert (event.payload["effective"], decision.order_id, session.level("web"), decision.what, event.audience) == (
        16, "open-hall", 100, "Aansluiten", ("gbt",),
    )  # fmt: skip


def test_a_second_decision_in_a_paused_minute_counts_too(played: tuple[Session, CountedWall]) -> None:
    """Both get the next minute, and the simulation takes both."""
    session, wall = played
    session.pause(at(wall, 15))
    session.decide(None, None, who="IT", what="Disconnect", effects=[ISOLATE])
    session.decide("open-hall", "connect", who="Mayor")
    session.resume_clock()
    session.tick(wall.now + 10 * MINUTE)

    said = [(one.effective, one.order_id) for one in session.state.decisions]
    assert (said, session.level("server")) == ([(16, "free-decision-1"), (16, "open-hall")], 0)


def test_a_decision_from_elsewhere_that_comes_late_is_computed_in(tmp_path: Path) -> None:
    """A decision of another process, for a minute that this one has passed, makes this one compute from zero."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    cell = Session.open(path, seat=Seat("cell", "gbt"), wall_source=wall)
    session.tick(at(wall, 15))
    cell.decide("open-hall", "connect", who="Mayor")
    session.simulation.advance(100)
    without = session.level("web")
    session.tick(at(wall, 100))
    with_it = session.level("web")
    cell.close()
    session.close()

    assert (without, with_it) == (0, 100)


@pytest.mark.parametrize("seed", range(6))
def test_playing_on_equals_running_again(tmp_path: Path, seed: int) -> None:
    """Whatever is decided when, the live simulation has the same records as one run over the whole log."""
    luck = random.Random(seed)
    session, wall = new_session(tmp_path, seed=seed)
    session.start()
    minute = 0
    for _step in range(12):
        minute += luck.randrange(25)
        session.tick(at(wall, minute))
        action = luck.randrange(4)
        if action == 0:
            session.decide(None, None, who="x", what="y", effects=[ISOLATE])
        elif action == 1 and not session.state.decided("open-hall"):
            session.decide("open-hall", luck.choice(["connect", "wait"]), who="x")
        elif action == 2 and not session.state.decided("close-counter"):
            session.decide("close-counter", "close", who="x")
    session.tick(at(wall, 600))
    live = session.trace
    again = Running(session.city, session.scenario, seed)
    again.take(session.state.decisions)
    again.advance(600)
    session.close()

    assert live == again.simulation.trace


def test_a_point_is_decided_once(played: tuple[Session, CountedWall]) -> None:
    """A decision point that was decided is not decided again; a free decision changes course."""
    session, _wall = played
    session.decide("open-hall", "wait", who="Mayor")
    with pytest.raises(InputError, match="this was decided at"):
        session.decide("open-hall", "connect", who="Mayor")

    assert [line.status for line in session.points()] == ["decided", "later"]


def test_deadlines_run_from_recorded_awareness(played: tuple[Session, CountedWall]) -> None:
    """An inject, an option and a hand start deadlines; meeting one late shows by how much."""
    session, wall = played
    session.tick(at(wall, 30))
    session.decide("open-hall", "wait", who="Mayor")
    session.tick(at(wall, 100))
    running = {name: (one.started, one.due, one.status(100)) for name, one in session.state.deadlines.items()}
    session.meet_clock("full-report")
    session.extend_clock("early-warning", 60, "agreed")
    deadlines = session.state.deadlines
    late = deadlines["full-report"]

    assert (running, late.status(100), late.margin(500), deadlines["early-warning"].due) == (
        {"early-warning": (12, 1452, "running"), "full-report": (30, 90, "missed")}, "late", -10, 1512,
    )  # fmt: skip


def test_a_free_decision_moves_deadlines_too(played: tuple[Session, CountedWall]) -> None:
    """Effects on clocks work from the decision plus their delay; those without an object leave no trace."""
    session, wall = played
    session.tick(at(wall, 40))
    session.decide(
        None,
        None,
        who="CISO",
        what="Report",
        effects=[
            StartClock(effect="start_clock", clock="full-report"),
            ExtendClock.model_validate({"effect": "extend_clock", "clock": "full-report", "minutes": "30m"}),
            MeetClock.model_validate({"effect": "meet_clock", "clock": "full-report", "delay": "10m"}),
            StartClock(effect="start_clock", clock="early-warning"),
        ],
    )
    kinds = [event.kind for event in session.state.events[-4:]]
    one = session.state.deadlines["full-report"]

    assert (kinds, one.started, one.due, one.met) == (
        [Kind.DECISION, Kind.CLOCK_STARTED, Kind.CLOCK_EXTENDED, Kind.CLOCK_MET], 40, 130, 50,
    )  # fmt: skip


def test_what_is_done_in_the_minute_of_the_deadline_is_in_time(played: tuple[Session, CountedWall]) -> None:
    """A margin of zero is met."""
    session, wall = played
    session.start_clock("full-report", wall=at(wall, 5))
    session.meet_clock("full-report", wall=at(wall, 65))

    one = session.state.deadlines["full-report"]
    assert (one.margin(999), one.status(999)) == (0, "met")


def test_no_duff_freezes_everything(played: tuple[Session, CountedWall]) -> None:
    """While NO DUFF stands nothing is sent or decided; afterwards the exercise is paused at the same minute."""
    session, wall = played
    session.no_duff("real fire", at(wall, 11))
    session.tick(at(wall, 60))
    frozen = (session.state.phase, session.state.no_duff, session.minute(), sent(session))
    with pytest.raises(InputError, match="NO DUFF"):
        session.decide(None, None, who="x", what="y")
    session.resume("all clear")
    phase = session.state.phase
    session.resume_clock()
    session.tick(wall.now + MINUTE)

    assert (frozen, phase, sent(session)) == (
        (Phase.NO_DUFF, "real fire", 11, []), Phase.PAUSED, [("first-call", 12, "time")],
    )  # fmt: skip


def test_after_endex_only_the_evaluation_goes_on(played: tuple[Session, CountedWall]) -> None:
    """ENDEX keeps the whole course to the horizon; ratings, findings and corrections are still possible."""
    session, wall = played
    session.tick(at(wall, 60))
    session.end("done")
    with pytest.raises(InputError, match="has ended"):
        session.decide(None, None, who="x", what="y")
    rating = session.rate_task("call-authority", "S", "called after an hour")
    session.add_finding("improvement", "No number at hand", task="call-authority", action="Print it", owner="CISO")
    session.correct(rating.seq, "called after two hours")

    state = session.state
    expected = simulate(session.city, incident_orders(session.scenario), horizon=600, seed=0)
    assert (session.trace, state.ratings[0].objective, state.findings[0].owner, len(state.corrections)) == (
        expected, "notify", "CISO", 1,
    )  # fmt: skip


def test_before_startex_nothing_has_happened(tmp_path: Path) -> None:
    """No time passes, nothing fails and nothing is sent before STARTEX."""
    session, wall = new_session(tmp_path)
    session.tick(at(wall, 300))
    before = (session.minute(), session.level("web"), sent(session), session.state.phase)
    with pytest.raises(InputError, match="has not started"):
        session.send("rumour")
    session.close()

    assert before == (0, 100, [], Phase.PREPARED)


def test_preview_shows_what_a_decision_would_change(played: tuple[Session, CountedWall]) -> None:
    """On a copy: with the generator the counter loses nothing; the exercise itself is as it was."""
    session, wall = played
    session.tick(at(wall, 15))
    before = session.state
    seen = {row.component: row for row in session.preview_option("open-hall", "connect").rows}
    nothing = session.preview(
        [SendMessage(effect="send_message", audience=Text(nl="a", en="a"), text=Text(nl="a", en="a"))]
    )
    lost = sum((to - since) * (100 - level) for since, to, level in session._run.to_horizon().segments("web"))

    web, phone = seen["web"], seen["phone"]
    assert {
        "web": (web.loss_without, web.loss_with, web.saved, web.first_difference),
        "phone": (phone.loss_without, phone.loss_with, phone.first_difference),
        "nothing": nothing.changes_nothing,
        "same": session.state is before,
    } == {"web": (lost, 0, lost, 30), "phone": (0, 0, None), "nothing": True, "same": True}


def test_bad_input_is_one_sentence(played: tuple[Session, CountedWall]) -> None:
    """Whatever is asked wrongly is refused with what there is to choose from, and writes nothing."""
    session, _wall = played
    before = session.state.last_seq
    attempts: list[Callable[[], object]] = [
        lambda: session.send("nothing"),
        lambda: session.decide("nothing", "x", who="x"),
        lambda: session.decide("open-hall", "x", who="x"),
        lambda: session.decide("open-hall", "wait", who="x", effects=[ISOLATE]),
        lambda: session.decide("open-hall", "wait", who="  "),
        lambda: session.decide("open-hall", "wait", who="x", values={"money": "y"}),
        lambda: session.decide(None, None, who="x"),
        lambda: session.decide(None, None, who="x", what="y", cell="nobody"),
        lambda: session.decide(
            None, None, who="x", what="y", effects=[Isolate(effect="isolate", components=("nothing",))]
        ),
        lambda: session.decide(
            None, None, who="x", what="y", effects=[StartClock(effect="start_clock", clock="switched-off")]
        ),
        lambda: session.start_clock("nothing"),
        lambda: session.start_clock("switched-off"),
        lambda: session.meet_clock("full-report"),
        lambda: session.extend_clock("early-warning", 5),
        lambda: session.note(""),
        lambda: session.note("x" * 10_001),
        lambda: session.note("x", replaces=1),
        lambda: session.note("x", status="perhaps"),  # type: ignore[arg-type]
        lambda: session.message("x", cells=["nobody"]),
        lambda: session.rate_task("nothing", "P", "x"),
        lambda: session.rate_task("call-authority", "P", " "),
        lambda: session.rate_task("call-authority", "X", "x"),  # type: ignore[arg-type]
        lambda: session.correct(999, "x"),
        lambda: session.set_rate(601),
        session.start,
    ]
    lines = []
    for attempt in attempts:
        with pytest.raises(InputError) as caught:
            attempt()
        lines.append(len(str(caught.value).splitlines()))

    assert (lines, session.state.last_seq) == ([1] * len(attempts), before)


def test_the_picture_keeps_its_history(played: tuple[Session, CountedWall]) -> None:
    """A renewed line replaces the old one in the picture; the log keeps both."""
    session, _wall = played
    old = session.note("no power", status="assumed", source="phone", cell="gbt")
    session.note("power is out in the whole town", cell="gbt", replaces=old.seq)
    session.note("own line", cell="it")

    now = [(item.status, item.text) for item in session.state.current_picture("gbt")]
    assert (now, len(session.state.picture)) == ([("known", "power is out in the whole town")], 3)


def test_strange_characters_cannot_break_the_log(played: tuple[Session, CountedWall]) -> None:
    """What a terminal may send that is no text is replaced; the log stays readable."""
    session, _wall = played
    session.note("half a \ud800 character\0 here")

    assert session.state.picture[0].text == "half a ? character here"


def test_an_exercise_of_other_rules_is_shown_but_not_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With newer rules the log and the recorded course are there; computing again is refused in one sentence."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    session.tick(at(wall, 200))
    session.end()
    recorded = session.trace
    session.close()
    monkeypatch.setattr(seated, "SEMANTICS_VERSION", 99)
    with Session.open(path) as later:
        shown = (later.recomputable, later.trace, len(later.state.sent), later.state.phase)
        with pytest.raises(RunError, match="can be shown, but not computed again"):
            later.level("web")
        with pytest.raises(RunError, match="can be shown, but not computed again"):
            later.preview([])

    assert shown == (False, recorded, 4, Phase.ENDED)


def test_a_running_exercise_of_other_rules_is_not_played_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of it would then be played by other rules; the log can still be read."""
    path = tmp_path / "a.exercise"
    session, _wall = new_session(tmp_path, path)
    session.start()
    session.close()
    monkeypatch.setattr(seated, "SEMANTICS_VERSION", 99)
    with Session.open(path) as later:
        later.tick()
        with pytest.raises(RunError, match=f"version {SEMANTICS_VERSION} of the engine's rules"):
            later.resume_clock()

        assert (later.is_conductor, later.state.phase) == (False, Phase.PAUSED)


def test_the_frozen_city_is_played_whatever_becomes_of_the_files(tmp_path: Path) -> None:
    """An exercise never reads city or scenario again: it plays on when their files are gone."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path / "files", path)
    session.start()
    session.close()
    for file in (tmp_path / "files").rglob("*.yaml"):
        file.unlink()
    with Session.open(path, wall_source=wall) as again:
        again.jump(40)

        assert (again.level("web"), again.scenario.id, again.state.head is not None) == (0, "blackout", True)


def test_the_state_is_a_fold_over_the_events(played: tuple[Session, CountedWall]) -> None:
    """Whoever folds the same events has the same state."""
    session, wall = played
    session.tick(at(wall, 200))
    session.decide("open-hall", "connect", who="Mayor")
    session.scale("GRIP 2", "regional")

    assert fold_all(session.state.events) == session.state


def test_leaving_stops_the_clock(tmp_path: Path) -> None:
    """When the conductor closes, nobody would send what is due: the clock is paused and the lease given back."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    session.close(at(wall, 5))
    wall.now += 90 * MINUTE
    with Session.open(path, wall_source=wall) as again:
        assert (again.minute(), again.state.phase, again.is_conductor, again.state.rate_before_pause) == (
            5, Phase.PAUSED, True, 1,
        )  # fmt: skip
