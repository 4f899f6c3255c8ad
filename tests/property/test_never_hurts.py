"""docs/semantics.md, "What never hurts, and when": one property per row, for every component at every minute.

The limits are those stated there: ample teams, and no fallback or fallbacks without delay. What is not true is shown by
one small city for each exception (a) to (e), so that nobody claims it again.
"""

from hypothesis import given
from hypothesis import strategies as st

from city_model.schema import City
from resilience.simulation.orders import Order
from tests.builders import city, component, fallback, need, team, work
from tests.runs import levels, outage, run
from tests.strategies_monotone import (
    Pair,
    changed_component,
    higher_fallback,
    larger_buffer,
    longer_fallback,
    minutes,
    number,
    one_more_alternative,
    one_need_less,
    run_instead_of_both,
    shorter_repair,
)


@given(larger_buffer())
def test_a_larger_buffer_never_hurts(pair: Pair) -> None:
    """A larger buffer at the same refill rate, or a buffer where there was none."""
    assert pair.worse() == []


@given(one_more_alternative())
def test_one_more_alternative_never_hurts(pair: Pair) -> None:
    """One more provider in a need that asks for no more of them, or one more share."""
    assert pair.worse() == []


@given(changed_component("restart_lag", st.integers(1, 90), minutes))
def test_a_shorter_lag_never_hurts(pair: Pair) -> None:
    """A component that restarts sooner."""
    assert pair.worse() == []


@given(changed_component("backlog", st.sampled_from([1, 30, 50, 100, 200, 1000]), number))
def test_less_backlog_never_hurts(pair: Pair) -> None:
    """A component with less work to catch up for each minute of outage."""
    assert pair.worse() == []


@given(shorter_repair())
def test_a_shorter_repair_never_hurts(pair: Pair) -> None:
    """With ample teams, a repair that takes less time."""
    assert pair.worse() == []


@given(run_instead_of_both())
def test_run_instead_of_both_never_hurts(pair: Pair) -> None:
    """A need whose loss no longer stops its dependent."""
    assert pair.worse() == []


@given(one_need_less())
def test_one_need_less_never_hurts(pair: Pair) -> None:
    """A need that is no longer there, of the normal way of working, a fallback or a repair."""
    assert pair.worse() == []


@given(higher_fallback())
def test_a_higher_fallback_never_hurts(pair: Pair) -> None:
    """A fallback at a higher level, where fallbacks have neither delay nor limit."""
    assert pair.worse() == []


@given(longer_fallback())
def test_a_longer_fallback_never_hurts(pair: Pair) -> None:
    """A fallback without delay that can be used longer."""
    assert pair.worse() == []


def before_and_after(first: City, second: City, name: str, *orders: Order) -> tuple[dict[int, int], dict[int, int]]:
    """Return the level changes of one component in both cities."""
    return levels(run(first, *orders), name), levels(run(second, *orders), name)


def test_exception_a_a_buffer_postpones_the_fall_and_with_it_the_fallback() -> None:
    """With a delay of 30, lost at 0..70: a buffer of 20 makes the fallback ready at 50 instead of 30."""
    first, second = (
        city(component("p"), component("d", needs=[need("p", buffer=buffer)], fallback=fallback(40, delay=30)))
        for buffer in (0, 20)
    )

    assert before_and_after(first, second, "d", outage("p", 0, 70)) == (
        {0: 0, 30: 40, 70: 100},
        {20: 0, 50: 40, 70: 100},
    )


def test_exception_b_a_higher_fallback_with_a_limit_is_used_up_earlier() -> None:
    """A dip to 50 uses up 20 of the 30 minutes of a fallback of 60, and none of one of 40; then all is lost."""
    first, second = (
        city(component("p"), component("d", needs=["p"], fallback=fallback(level, duration=30))) for level in (40, 60)
    )
    dip, loss = outage("p", 0, 20, cap=50), outage("p", 20, 90)

    assert before_and_after(first, second, "d", dip, loss) == (
        {0: 50, 20: 40, 50: 0, 90: 100},
        {0: 60, 30: 0, 90: 100},
    )


def test_exception_c_with_one_team_a_shorter_repair_lets_another_job_go_first() -> None:
    """The job of a at the store, which b's repair waits for, ends sooner: b then takes the team before c."""
    first, second = (
        city(
            team("t"),
            component("store", repair=work(length)),
            component("b", repair=work(100, "t", ["store"])),
            component("c", repair=work(10, "t"), detection=10),
        )
        for length in (20, 5)
    )

    assert before_and_after(first, second, "c", outage("store b c", 0)) == ({0: 0, 20: 100}, {0: 0, 115: 100})


def test_exception_d_a_limited_fallback_that_has_what_it_needs_sooner_is_used_up_sooner() -> None:
    """Lost at 0..90 with a fallback of 20 minutes that needs the phone, away at 0..30: a buffer brings it forward."""
    first, second = (
        city(
            component("p"),
            component("phone"),
            component("d", needs=["p"], fallback=fallback(40, duration=20, needs=[need("phone", buffer=buffer)])),
        )
        for buffer in (0, 30)
    )

    assert before_and_after(first, second, "d", outage("p", 0, 90), outage("phone", 0, 30, name="x")) == (
        {0: 0, 30: 40, 50: 0, 90: 100},
        {0: 40, 20: 0, 90: 100},
    )


def test_exception_e_a_fallback_in_use_holds_itself_up_through_its_own_dependent() -> None:
    """The fallback of d needs e, which needs d: in use since the dip it stays; with a buffer it never came into use."""
    first, second = (
        city(
            component("p"),
            component("d", needs=[need("p", buffer=buffer)], fallback=fallback(60, needs=["e"])),
            component("e", needs=["d"]),
        )
        for buffer in (0, 20)
    )
    dip, loss = outage("p", 0, 20, cap=50), outage("p", 20, 90)

    assert before_and_after(first, second, "d", dip, loss) == ({0: 60, 90: 100}, {30: 0, 90: 100})
