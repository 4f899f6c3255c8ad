"""Other decisions, tried many times: what differs comes from the decisions alone, and a band says how sure it is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from resilience.analysis.executor import Here, Stop
from resilience.base.problems import InputError
from resilience.exercise.evaluation.paired import Band, Paired, Tries, changed
from resilience.exercise.records import Decision
from resilience.exercise.running import orders_with
from resilience.exercise.session import Session
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import lost_service, residents_of
from resilience.simulation.model import compile_city
from resilience.simulation.uncertain import vary
from tests.unit.exercise.small_exercise import new_session

TRIES = 40


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """An exercise in which a generator was connected and the counter stayed open."""
    session, _wall = new_session(tmp_path, seed=3)
    session.start()
    session.jump(20)
    session.decide("open-hall", "connect", who="team")
    session.jump(40)
    session.decide("close-counter", "keep", who="team")
    return session


def tried(
    session: Session, other: Sequence[Decision], *, tries: int = TRIES, stop: Stop | None = None
) -> Paired | None:
    """Return what *other* saves against what was played."""
    tell = Here(1, stop or Stop())
    many = Tries(session.city, session.scenario, 3, tries=tries, executor=tell, progress=lambda _more: None)
    return many.difference(many.losses(session.state.decisions), many.losses(other))


def by_hand(session: Session, decisions: Sequence[Decision], replication: int) -> dict[str, int]:
    """Return what each function loses in one try, run by the first engine; per cent-minutes times residents."""
    model = vary(compile_city(session.city), 3, replication)
    orders = orders_with(session.scenario, decisions)
    trace = simulate(model, orders, horizon=session.scenario.horizon, seed=3, replication=replication)
    return {one.id: lost_service(trace, one.id, residents_of(one)) for one in session.city.functions}


def test_a_band_is_that_of_the_differences_try_by_try(session: Session) -> None:
    """Of 40 differences two lie below it and two above; per function, and for all together."""
    other = changed(session.state.decisions, session.scenario, {"open-hall": "wait"})
    pairs = [(by_hand(session, session.state.decisions, try_), by_hand(session, other, try_)) for try_ in range(TRIES)]
    web = sorted(int((one["web"] - two["web"]) / 6000) for one, two in pairs)
    total = sorted(int((sum(one.values()) - sum(two.values())) / 6000) for one, two in pairs)
    found = tried(session, other)

    assert found is not None
    bands = dict(found.functions)
    assert (found.tries, bands["phone"].verdict, bands["web"].verdict) == (TRIES, "same", "worse")
    assert [(bands["web"].low, bands["web"].high), (found.total.low, found.total.high)] == [
        (web[2], web[-3]), (total[2], total[-3]),
    ]  # fmt: skip


def test_the_other_way_round_has_the_other_sign(session: Session) -> None:
    """What one choice saves, the other costs; a choice against itself saves nothing, whatever the luck."""
    other = changed(session.state.decisions, session.scenario, {"open-hall": "wait"})
    many = Tries(session.city, session.scenario, 3, tries=7, executor=Here(1), progress=lambda _more: None)
    one, two = many.losses(session.state.decisions), many.losses(other)
    there, back, same = (many.difference(*sides) for sides in ((one, two), (two, one), (one, one)))

    assert there is not None
    assert back is not None
    assert same is not None
    assert [Band(-band.high, -band.middle, -band.low) for _name, band in back.functions] == [
        band for _name, band in there.functions
    ]
    assert {band for _name, band in (*same.functions, ("", same.total))} == {Band(0, 0, 0)}


def test_a_changed_decision_is_taken_at_the_same_moment(session: Session) -> None:
    """Only its option and effects differ, and the other decisions stay as they were."""
    taken = session.state.decisions
    other = changed(taken, session.scenario, {"close-counter": "close"})
    option = session.scenario.decision_by_id["close-counter"].options[0]

    assert other == (taken[0], replace(taken[1], option="close", effects=option.effects))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nope": "x"}, "nope was not decided in this exercise: use one of: open-hall, close-counter"),
        ({"open-hall": "x"}, "open-hall has no option x: use one of: wait"),
        ({"open-hall": "connect"}, "connect is what was decided: use one of: wait"),
    ],
)
def test_what_cannot_be_changed_is_said(session: Session, changes: dict[str, str], said: str) -> None:
    """In one sentence, with what can."""
    with pytest.raises(InputError) as caught:
        changed(session.state.decisions, session.scenario, changes)

    assert str(caught.value) == said


def test_nothing_is_said_of_no_tries(session: Session) -> None:
    """Where somebody asked to stop before the first try was done."""
    stop = Stop()
    stop.asked = True

    assert tried(session, (), stop=stop) is None


@pytest.mark.parametrize(
    ("band", "verdict"),
    [
        (Band(1, 5, 9), "better"),
        (Band(-9, -5, -1), "worse"),
        (Band(-9, 5, 9), "unknown"),
        (Band(0, 5, 9), "unknown"),
        (Band(-9, 0, 0), "unknown"),
        (Band(0, 0, 0), "same"),
    ],
)
def test_a_band_that_holds_zero_says_that_nobody_knows(band: Band, verdict: str) -> None:
    """Better or worse is said only where the whole band says so."""
    assert band.verdict == verdict
