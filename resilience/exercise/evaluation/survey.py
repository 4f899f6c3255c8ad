"""The survey of whoever played: answers without a seat, without a time and without an order, in a file of their own.

Nothing of it stands in the exercise. The outcome is shown once the survey is closed, and then for good: an outcome
after every answer would show what each new answer said.
"""

import datetime as dt
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from resilience.base.canonical import canonical_json
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.evaluation.suppression import FEWEST, shown, total_shown
from resilience.exercise.keeping.storage_faults import damaged, refuse_network_share, said_plainly
from resilience.exercise.moment import clean
from scenarios.survey import HIGHEST, LOWEST, SurveyQuestion, SurveyQuestions, survey_questions

SUFFIX = ".survey"
APPLICATION_ID = 0x4B52_5356
"""Written in the file's header ("KRSV")."""
LONGEST_REMARK = 2_000
_TABLES = (
    "CREATE TABLE setup (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # Keys are drawn at random, and rows lie in the order of their keys: nobody sees who came first.
    "CREATE TABLE answer (key BLOB PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE remark (key BLOB PRIMARY KEY, question TEXT NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
Answers = Mapping[str, str]
"""What one person answered, by question; one that was left open is not there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may be shown of one question: *people* answered it; None where they are too few."""

    question: SurveyQuestion
    people: int | None
    tenths: int | None = None
    """The mean of a scale, times ten."""
    counts: Mapping[str, int | None] | None = None
    """Of a choice, how many took each option; None: hidden."""
    by_group: Mapping[str, int | None] | None = None
    """Of a scale, the mean times ten for each group; None: hidden."""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What may be shown of a survey that is closed."""

    people: int | None
    outcomes: tuple[Outcome, ...]


class Survey:
    """The survey of one exercise, in the file beside it."""

    def __init__(self, exercise: Path) -> None:
        self.path = exercise.with_name(f"{exercise.name}{SUFFIX}")

    @property
    def is_there(self) -> bool:
        """Whether the survey was begun."""
        return self.path.exists()

    def begin(self, questions: str) -> SurveyQuestions:
        """Return the questions that are asked: those in the text *questions* the first time, then always the same."""
        found = survey_questions(questions)
        refuse_network_share(self.path)
        if not self.is_there:
            self.path.touch(mode=0o600)
        with self._opened() as database, _writing(database):
            if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'setup'").fetchone() is None:
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                for statement in _TABLES:
                    database.execute(statement)
                database.execute("INSERT INTO setup VALUES ('questions', ?)", (questions,))
            else:
                found = _questions(database)
        self._hide_the_hour()
        return found

    def add(self, people: Sequence[Answers]) -> None:
        """Keep what *people* answered, all or none; raises InputError for an answer that is none, or when closed."""
        with self._opened() as database, _writing(database):
            if _is_closed(database):
                what = _("this survey is closed")
                repair = _("its outcome is in the report; nothing can be added any more")
                raise InputError.because(what, repair, file=str(self.path))
            questions = _questions(database)
            for number, answers in enumerate(people, 1):
                kept, remarks = _checked(answers, questions, number, str(self.path))
                content = (secrets.token_bytes(16), canonical_json(kept))
                database.execute("INSERT INTO answer VALUES (?, ?)", content)
                for question, text in remarks.items():
                    database.execute("INSERT INTO remark VALUES (?, ?, ?)", (secrets.token_bytes(16), question, text))
        with self._opened() as database:
            database.execute("VACUUM")  # within a page, bytes lie in the order of writing until the file is rewritten
        self._hide_the_hour()

    def close(self) -> None:
        """End the survey: nothing is added any more, and its outcome can be shown."""
        with self._opened() as database, _writing(database):
            database.execute("INSERT OR IGNORE INTO setup VALUES ('closed', '')")
        self._hide_the_hour()

    def is_closed(self) -> bool:
        """Whether the outcome can be shown."""
        if not self.is_there:
            return False
        with self._opened() as database:
            return _is_closed(database)

    def answered(self) -> int:
        """Return how many people answered."""
        with self._opened() as database:
            return int(database.execute("SELECT count(*) FROM answer").fetchone()[0])

    def summary(self) -> Summary | None:
        """Return what may be shown; None before the survey is closed."""
        if not self.is_there:
            return None
        with self._opened() as database:
            if not _is_closed(database):
                return None
            questions = _questions(database)
            rows = [json.loads(row[0]) for row in database.execute("SELECT content FROM answer ORDER BY key")]
            remarks: dict[str, list[str]] = {}
            for question, text in database.execute("SELECT question, content FROM remark ORDER BY content"):
                remarks.setdefault(question, []).append(text)
        return summarised(questions, rows, remarks)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        name = str(self.path)
        if not self.is_there:
            what = _("there is no survey of this exercise yet")
            raise InputError.because(what, _("begin it with 'resilience exercise survey'"), file=name)
        with said_plainly(name), closing(sqlite3.connect(self.path, timeout=5.0, isolation_level=None)) as database:
            found = database.execute("PRAGMA application_id").fetchone()[0]
            if found not in (0, APPLICATION_ID):
                what = _("this is not a survey of this program")
                raise InputError.because(what, _("remove it, or give the exercise another name"), file=name)
            database.execute("PRAGMA synchronous = FULL")
            yield database

    def _hide_the_hour(self) -> None:
        """Let the file say no more of its last change than the day."""
        midnight = dt.datetime.combine(dt.datetime.now().astimezone().date(), dt.time()).astimezone().timestamp()
        with suppress(OSError):
            os.utime(self.path, (midnight, midnight))


def summarised(
    questions: SurveyQuestions, rows: Sequence[Answers], remarks: Mapping[str, Sequence[str]]
) -> Summary:  # fmt: skip
    """Return what may be shown of these answers."""
    people = total_shown({"": len(rows)})
    return Summary(people, tuple(_outcome(one, questions.grouping, rows, remarks) for one in questions.questions))


def _outcome(
    question: SurveyQuestion, grouping: SurveyQuestion | None, rows: Sequence[Answers],
    remarks: Mapping[str, Sequence[str]],
) -> Outcome:  # fmt: skip
    if question.kind == "text":
        texts = tuple(remarks.get(question.id, ()))
        return Outcome(question, total_shown({"": len(texts)}), remarks=texts if len(texts) >= FEWEST else ())
    given = [row for row in rows if question.id in row]
    people = total_shown({"": len(given)})
    if not people:
        return Outcome(question, people)
    if question.kind == "choice":
        counts = {option.id: sum(row[question.id] == option.id for row in given) for option in question.options}
        return Outcome(question, people, counts=shown(counts))
    by_group = None if grouping is None else _by_group(question, grouping, given)
    return Outcome(question, people, tenths=_mean(question, given), by_group=by_group)


def _by_group(question: SurveyQuestion, grouping: SurveyQuestion, given: Sequence[Answers]) -> dict[str, int | None]:
    """Return the mean of each group of people; who is in no group is one that is never shown."""
    groups = {option.id: [row for row in given if row.get(grouping.id) == option.id] for option in grouping.options}
    alone = [row for row in given if grouping.id not in row]
    counts = {**{name: len(rows) for name, rows in groups.items()}, "": len(alone)}
    allowed = shown(counts)
    return {name: _mean(question, rows) if rows and allowed[name] else None for name, rows in groups.items()}


def _mean(question: SurveyQuestion, rows: Sequence[Answers]) -> int:
    return round(10 * sum(int(row[question.id]) for row in rows) / len(rows))


def _checked(
    answers: Answers, questions: SurveyQuestions, number: int, name: str
) -> tuple[dict[str, str], dict[str, str]]:  # fmt: skip
    """Return the answers to keep together, and the remarks, which are kept apart from them."""
    known = {one.id: one for one in questions.questions}
    kept: dict[str, str] = {}
    remarks: dict[str, str] = {}
    for identity, given in answers.items():
        text = " ".join(clean(given, _("the answer")).split())
        if not text:
            continue
        question = known.get(identity)
        if question is None:
            what = _("answer {number}: there is no question {id}", number=number, id=identity)
            raise InputError.because(what, _("use one of: {words}", words=", ".join(known)), file=name)
        if question.kind == "text":
            remarks[identity] = text[:LONGEST_REMARK]
            continue
        options = options_of(question)
        if text not in options:
            what = _("answer {number}: {value} is no answer to {id}", number=number, value=text, id=identity)
            raise InputError.because(what, _("use one of: {words}", words=", ".join(options)), file=name)
        kept[identity] = text
    if not kept and not remarks:
        what = _("answer {number} says nothing", number=number)
        raise InputError.because(what, _("answer at least one question"), file=name)
    return kept, remarks


def options_of(question: SurveyQuestion) -> tuple[str, ...]:
    """Return what can be answered to a scale or a choice."""
    if question.kind == "scale":
        return tuple(map(str, range(LOWEST, HIGHEST + 1)))
    return tuple(option.id for option in question.options)


def _questions(database: sqlite3.Connection) -> SurveyQuestions:
    row = database.execute("SELECT content FROM setup WHERE name = 'questions'").fetchone()
    if row is None:
        raise damaged(_("the survey"), _("its questions are missing"))
    return survey_questions(row[0])


def _is_closed(database: sqlite3.Connection) -> bool:
    return database.execute("SELECT 1 FROM setup WHERE name = 'closed'").fetchone() is not None


@contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # a full disk has already rolled back
            database.execute("ROLLBACK")
        raise
