"""The survey: what is kept of an answer, and what is shown when."""

import sqlite3
from pathlib import Path

import pytest

from resilience.base.problems import InputError
from resilience.exercise.evaluation.survey import Survey
from scenarios.survey import survey_questions, survey_text

PERSON = {"ervaring": "nooit", "rol": "4", "beter": "Shorter breaks"}


@pytest.fixture
def survey(tmp_path: Path) -> Survey:
    """A survey that was begun."""
    survey = Survey(tmp_path / "a.exercise")
    survey.begin(survey_text())
    return survey


def test_nothing_is_shown_before_it_is_closed(survey: Survey) -> None:
    """Two outcomes, with one answer between them, would show that answer."""
    survey.add([PERSON] * 6)
    before = survey.summary()
    survey.close()
    after = survey.summary()

    assert (before, after.people if after else None) == (None, 6)


def test_a_closed_survey_takes_nothing_more(survey: Survey) -> None:
    """Not even one that was on its way."""
    survey.add([PERSON] * 5)
    survey.close()
    with pytest.raises(InputError, match="closed"):
        survey.add([PERSON])

    assert survey.answered() == 5


def test_of_fewer_than_five_nothing_is_shown(survey: Survey) -> None:
    """Neither how many, nor what they said."""
    survey.add([PERSON] * 4)
    survey.close()
    summary = survey.summary()

    assert summary is not None
    assert (summary.people, {(one.people, one.tenths, one.counts, one.remarks) for one in summary.outcomes}) == (
        None, {(None, None, None, ()), (0, None, None, ())},
    )  # fmt: skip


def test_the_file_holds_no_seat_no_time_and_no_order(survey: Survey) -> None:
    """Answers lie in the order of random keys, remarks apart from them; the file is of that day, not of that hour."""
    survey.add([{"rol": str(place % 5 + 1), "beter": f"remark {place}"} for place in range(20)])
    with sqlite3.connect(survey.path) as database:
        columns = {
            name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in ("answer", "remark")
        }
        keys = [len(row[0]) for row in database.execute("SELECT key FROM answer")]
        told = [row[0] for row in database.execute("SELECT content FROM answer") if "remark" in row[0]]
    database.close()

    assert (columns, set(keys), told, survey.path.stat().st_mtime % 900, survey.path.stat().st_mode & 0o077) == (
        {"answer": ["key", "content"], "remark": ["key", "question", "content"]}, {16}, [], 0, 0,
    )  # fmt: skip


def test_the_questions_stay_those_of_the_beginning(survey: Survey) -> None:
    """Answers to one list are not counted under another."""
    other = "questions:\n  - {id: other, kind: scale, text: {nl: a, en: a}}\n"
    kept = survey.begin(other)

    assert [one.id for one in kept.questions] == [one.id for one in survey_questions(survey_text()).questions]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"rol": "6"}, "use one of: 1, 2, 3, 4, 5"),
        ({"naam": "x"}, "use one of: ervaring"),
        ({"rol": " "}, "answer at least one question"),
    ],
)
def test_an_answer_that_is_none_keeps_the_others_out(survey: Survey, answers: dict[str, str], said: str) -> None:
    """All or none of a file come in, so that it can be mended and given again."""
    with pytest.raises(InputError, match=said):
        survey.add([PERSON, answers])

    assert survey.answered() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("questions:\n  - {id: a, kind: choice, text: {nl: a, en: a}}\n", "a choice has at least two options"),
        ("questions:\n  - {id: a, kind: scale, group: true, text: {nl: a, en: a}}\n", "only a choice makes groups"),
        (
            "questions: [" + "{id: a, kind: scale, text: {nl: a, en: a}}, " * 2 + "]\n",
            "a is used twice",
        ),
    ],
)
def test_questions_of_your_own_are_checked(text: str, said: str) -> None:
    """With the place in the file."""
    with pytest.raises(InputError, match=said):
        survey_questions(text)
