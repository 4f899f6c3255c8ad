"""Nothing of fewer than five people is shown, and no subtraction of what is shown gets at so few."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from resilience.exercise.evaluation.suppression import FEWEST, shown, total_shown
from resilience.exercise.evaluation.survey import Summary, summarised
from scenarios.survey import survey_questions, survey_text

QUESTIONS = survey_questions(survey_text())
GROUPS = [option.id for option in QUESTIONS.questions[0].options]
COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8)
PERSON = st.fixed_dictionaries(
    {},
    optional={
        "ervaring": st.sampled_from(GROUPS),
        "rol": st.sampled_from("12345"),
        "beeld": st.sampled_from("12345"),
    },
)
PEOPLE = st.lists(PERSON, max_size=24)


@given(COUNTS)
def test_what_is_hidden_together_is_nobody_or_at_least_five(counts: Mapping[str, int]) -> None:
    """Whoever subtracts all that is shown from the total is left with no small group; so small a total stays hidden."""
    visible = shown(counts)
    left = sum(counts[name] for name, count in visible.items() if count is None)
    small = [count for count in visible.values() if count is not None and 0 < count < FEWEST]

    assert (small, left == 0 or left >= FEWEST or total_shown(counts) is None) == ([], True)


@given(COUNTS)
def test_no_more_is_hidden_than_that_takes(counts: Mapping[str, int]) -> None:
    """Besides the small groups at most one is hidden, the smallest; and none where the small ones cover each other."""
    visible = shown(counts)
    small = sum(count for count in counts.values() if 0 < count < FEWEST)
    large = sorted(count for count in counts.values() if count >= FEWEST)
    hidden = [counts[name] for name, count in visible.items() if count is None and counts[name] >= FEWEST]

    assert hidden == (large[:1] if 0 < small < FEWEST else [])


@given(PEOPLE)
def test_the_outcome_of_a_survey_gives_nobody_away(people: list[dict[str, str]]) -> None:
    """For every question: who answered it and is in no group that is shown are nobody, or at least five people."""
    summary = summarised(QUESTIONS, people, {})
    rests = []
    for one in summary.outcomes:
        if one.people is None:
            assert (one.tenths, one.counts, one.by_group, one.remarks) == (None, None, None, ())
        if not one.people or one.by_group is None:
            continue
        answered = [person for person in people if one.question.id in person]
        seen = {name for name, mean in one.by_group.items() if mean is not None}
        sizes = [sum(person.get("ervaring") == name for person in answered) for name in seen]
        rests.append(sum(person.get("ervaring") not in seen for person in answered))
        assert not [size for size in sizes if size < FEWEST]

    assert not [rest for rest in rests if 0 < rest < FEWEST]


@given(PEOPLE, st.randoms())
def test_the_order_of_answering_leaves_no_trace(people: list[dict[str, str]], luck: object) -> None:
    """The same answers in another order give the same outcome."""
    other = list(people)
    luck.shuffle(other)  # type: ignore[attr-defined]
    first: Summary = summarised(QUESTIONS, people, {})

    assert summarised(QUESTIONS, other, {}) == first
