"""When a trigger holds: pure rules, compared with looking at every minute."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from resilience.exercise.conditions import held_from
from scenarios.schema import Condition, Trigger

REACHED = 30
PARTS = ("a", "b")


def condition(component: str, *, lasting: int = 0, not_before: int = 0, **side: int) -> Condition:
    """Return a condition in whole minutes."""
    return Condition.model_construct(
        component=component, below=side.get("below"), at_least=side.get("at_least"), lasting=lasting,
        not_before=not_before,
    )  # fmt: skip


def trigger(**fields: object) -> Trigger:
    """Return a trigger with one way."""
    ways = dict.fromkeys(("at", "when", "when_any", "when_all", "undecided", "shelf"))
    return Trigger.model_construct(**{**ways, **fields})  # type: ignore[arg-type]


def by_looking(wanted: Trigger, levels: Mapping[str, list[tuple[int, int]]]) -> int | None:
    """Return the answer by looking at every minute and every minute before it."""

    def level(component: str, minute: int) -> int:
        return next((level for at, level in reversed(levels[component]) if at <= minute), 100)

    def holds(one: Condition, minute: int) -> bool:
        first = minute - one.lasting
        return first >= one.not_before and all(
            one.fits(level(one.component, before)) for before in range(first, minute + 1)
        )

    def met(minute: int) -> bool:
        answers = [holds(one, minute) for one in wanted.conditions]
        return all(answers) if wanted.needs_all else any(answers)

    return next((minute for minute in range(REACHED + 1) if met(minute)), None)


histories = st.lists(
    st.tuples(st.integers(0, REACHED), st.sampled_from([0, 40, 50, 100])), max_size=5, unique_by=lambda row: row[0]
).map(sorted)
conditions = st.builds(
    lambda component, side, level, lasting, not_before: condition(
        component, lasting=lasting, not_before=not_before, **{side: level}
    ),
    st.sampled_from(PARTS), st.sampled_from(["below", "at_least"]), st.sampled_from([41, 50, 100]),
    st.integers(0, 8), st.integers(0, 12),
)  # fmt: skip


@given(
    st.fixed_dictionaries(dict.fromkeys(PARTS, histories)),
    st.lists(conditions, min_size=2, max_size=3).map(tuple),
    st.sampled_from(["when_any", "when_all"]),
)
def test_any_and_all_hold_at_the_minute_that_looking_finds(
    levels: dict[str, list[tuple[int, int]]], wanted: tuple[Condition, ...], way: str
) -> None:
    """The first minute at which any, or all at once, were so for long enough."""
    asked = trigger(**{way: wanted})
    assert held_from(asked, levels, {}, REACHED) == by_looking(asked, levels)


def test_a_decision_is_missing_from_the_minute_after_which_it_is_too_late() -> None:
    """Decided in that minute is in time; decided later does not undo that it was missing."""
    asked = trigger(undecided=Trigger.model_validate({"undecided": {"decision": "d", "by": "20m"}}).undecided)
    answers = [
        held_from(asked, {}, decided, reached)
        for decided, reached in (({}, 19), ({}, 20), ({"d": 20}, 30), ({"d": 21}, 30), ({"other": 1}, 30))
    ]
    assert answers == [None, 20, None, 20, 20]
