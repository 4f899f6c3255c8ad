"""What every scenario may copy from: statutory deadlines, public values and the four questions, kept as data."""

from typing import TypeVar

from pydantic import BaseModel

from city_model.values import Frozen, Slug, Text
from city_model.yaml_source import validate
from resilience.base.problems import InputError
from scenarios.catalogue import SUFFIX, reference_text
from scenarios.schema import Clock, Value

Model = TypeVar("Model", bound=BaseModel)


class Question(Frozen):
    """One of the four questions that a decision with values asks."""

    id: Slug
    text: Text
    about: Text


class ClockReference(Frozen):
    """``clocks.yaml``."""

    clocks: tuple[Clock, ...]


class ValueReference(Frozen):
    """``values.yaml``."""

    note: Text
    """Where the list comes from, and that it is an inference."""
    questions: tuple[Question, ...]
    values: tuple[Value, ...]


def reference_clocks() -> tuple[Clock, ...]:
    """Return the deadlines that scenarios copy, each dated and with its status."""
    return _reference("clocks", ClockReference).clocks


def reference_values() -> ValueReference:
    """Return the public values, the four questions and the note on where they come from."""
    return _reference("values", ValueReference)


def _reference(name: str, model: type[Model]) -> Model:
    found, problems = validate(model, reference_text(name), name + SUFFIX)
    if found is None:
        raise InputError(problems)
    return found
