"""docs/semantics.md, "What never hurts, and when": one property per row, for every component at every minute.

The limits are those stated there: ample teams, and no fallback or fallbacks without delay. What is not claimed (with a
delay, with a limited duration, with scarce teams) is not tested, because it is not true.
"""

from hypothesis import given
from hypothesis import strategies as st

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
