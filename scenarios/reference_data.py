"""What every scenario may take over: statutory deadlines, public values and the four questions, kept as data."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from city_model.faults import Fault
from city_model.targets import unknown
from city_model.values import Frozen, Slug, Text
from city_model.yaml_source import validate
from resilience.base.language import _
from resilience.base.problems import InputError
from scenarios.catalogue import SUFFIX, reference_text
from scenarios.schema import Clock, Scenario, Value

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


FILES = ("clocks", "values")
Texts = Mapping[str, str]
"""The lists as they were when an exercise was made, by the name of their file; one that is not there is today's."""


def reference_clocks(texts: Texts | None = None) -> tuple[Clock, ...]:
    """Return the deadlines that scenarios name, each dated and with its status."""
    return _reference("clocks", ClockReference, texts).clocks


def reference_values(texts: Texts | None = None) -> ValueReference:
    """Return the public values, the four questions and the note on where they come from."""
    return _reference("values", ValueReference, texts)


def uses_shared(scenario: Scenario) -> bool:
    """Return whether *scenario* takes anything over."""
    return bool(scenario.shared.clocks or scenario.shared.values)


def shared_texts() -> dict[str, str]:
    """Return the lists as they are now, for an exercise to keep."""
    return {name: reference_text(name) for name in FILES}


def with_shared(scenario: Scenario, texts: Texts | None = None) -> Scenario:
    """Return *scenario* with what it takes over after its own; names that mean nothing are left to `shared_faults`."""
    if not uses_shared(scenario):
        return scenario
    clocks = [clock for clock in reference_clocks(texts) if clock.id in scenario.shared.clocks]
    values = [value for value in reference_values(texts).values if value.id in scenario.shared.values]
    return scenario.model_copy(update={"clocks": (*scenario.clocks, *clocks), "values": (*scenario.values, *values)})


def shared_faults(scenario: Scenario, texts: Texts | None = None) -> Iterator[Fault]:
    """Yield every name in *scenario*, as its file says it, that no list knows or that it also has itself."""
    if not uses_shared(scenario):
        return
    lists = (
        ("clocks", _("clock"), scenario.shared.clocks, scenario.clocks, reference_clocks(texts)),
        ("values", _("value"), scenario.shared.values, scenario.values, reference_values(texts).values),
    )
    for field, kind, named, own, known in lists:
        ids, written = [one.id for one in known], {one.id for one in own}
        for i, name in enumerate(named):
            if name not in ids:
                yield unknown(("shared", field, i), kind, name, ids)
            elif name in written or name in named[:i]:
                what = _("{id} is used twice", id=name)
                yield Fault(("shared", field, i), what, _("leave it out here or below {field}", field=field))


def _reference(name: str, model: type[Model], texts: Texts | None) -> Model:
    text = (texts or {}).get(name)
    found, problems = validate(model, reference_text(name) if text is None else text, name + SUFFIX)
    if found is None:
        raise InputError(problems)
    return found
