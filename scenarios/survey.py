"""The questions to whoever played, as data: anonymous, a handful, to be edited by whoever leads the exercise."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from city_model.faults import Fault
from city_model.values import Frozen, Slug, Text
from resilience.base.language import _
from scenarios.catalogue import reference_text
from scenarios.checked import checked

NAME = "survey"
LOWEST, HIGHEST = 1, 5
"""Wholly disagree, wholly agree."""


class SurveyOption(Frozen):
    """One answer to choose."""

    id: Slug
    name: Text


class SurveyQuestion(Frozen):
    """One question."""

    id: Slug
    kind: Literal["scale", "choice", "text"]
    text: Text
    options: tuple[SurveyOption, ...] = ()
    group: bool = False
    """Whether the outcome is also shown for each of its options apart."""

    @model_validator(mode="after")
    def _options_where_chosen(self) -> Self:
        if (self.kind == "choice") != (len(self.options) > 1):
            msg = "a choice has at least two options, another kind of question none"
            raise ValueError(msg)
        if self.group and self.kind != "choice":
            msg = "only a choice makes groups"
            raise ValueError(msg)
        return self


class SurveyQuestions(Frozen):
    """``survey.yaml``."""

    questions: Annotated[tuple[SurveyQuestion, ...], Field(min_length=1, max_length=20)]

    @property
    def grouping(self) -> SurveyQuestion | None:
        """The question that makes groups."""
        return next((one for one in self.questions if one.group), None)


def survey_text() -> str:
    """Return the questions that come with the program, as text."""
    return reference_text(NAME)


def survey_questions(text: str, name: str = "survey.yaml") -> SurveyQuestions:
    """Return the questions in *text*; raises InputError with every fault."""
    return checked(text, name, SurveyQuestions, _faults)


def _faults(found: SurveyQuestions) -> Iterator[Fault]:
    seen: set[str] = set()
    groups = 0
    for place, one in enumerate(found.questions):
        if one.id in seen:
            what = _("{id} is used twice", id=one.id)
            yield Fault(("questions", place, "id"), what, _("give one of them another id"))
        seen.add(one.id)
        groups += one.group
        if one.group and groups > 1:  # two ways of dividing the same people undo the hiding of each other
            yield Fault(("questions", place, "group"), _("only one question makes groups"), _("leave one of them out"))
        options = [option.id for option in one.options]
        if len(set(options)) < len(options):
            what = _("an option of {id} is there twice", id=one.id)
            yield Fault(("questions", place, "options"), what, _("give each its own id"))
