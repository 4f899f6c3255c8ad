"""Kinds of incident, a layer above effects: what they are, what can be chosen, and which effects they become.

They are data (``reference/incident_kinds.yaml``). An incident that says where its kind strikes gets the effects of that
kind when the scenario is loaded, before its own; from then on nothing knows that they were not written out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from city_model.effects import Effect, Selector
from city_model.schema import City, NeedKind
from city_model.selection import selected
from city_model.values import Frozen, Slug, Source, Text
from city_model.yaml_source import validate
from resilience.base.problems import InputError
from resilience.base.units import format_duration, parse_duration
from scenarios.catalogue import SUFFIX, reference_text
from scenarios.schema import Incident, IncidentKind, ParameterName, ParameterValue, Scenario

FILE = "incident_kinds"
_CONDITIONS = frozenset({"if", "unless"})
_EFFECTS: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(tuple[Effect, ...])


class Parameter(Frozen):
    """One thing about a kind that can be chosen."""

    id: ParameterName
    name: Text
    type: Literal["duration", "per_cent", "per_mille", "count", "yes_no"]
    default: ParameterValue | None = None
    """None: what happens then is said in *because*."""
    least: ParameterValue | None = None
    most: ParameterValue | None = None
    source: Slug
    because: Text
    """Why this is the default."""

    def value(self, written: ParameterValue) -> int | bool:
        """Return what *written* stands for, a duration in minutes.

        Raises ValueError when it is of another type, or outside the range.
        """
        if self.type == "yes_no":
            if not isinstance(written, bool):
                raise ValueError(written)
            return written
        number = self._number(written)
        if self.least is not None and number < self._number(self.least):
            raise ValueError(written)
        if self.most is not None and number > self._number(self.most):
            raise ValueError(written)
        return number

    def written(self, value: int | bool | None) -> ParameterValue | None:  # noqa: FBT001 - a value, not a switch
        """Return *value* as a file says it."""
        if self.type == "duration" and value is not None:
            return format_duration(value)
        return value

    def _number(self, written: ParameterValue) -> int:
        if self.type == "duration":
            return parse_duration(str(written))
        if isinstance(written, bool) or not isinstance(written, int):
            raise ValueError(written)  # noqa: TRY004 - one kind of error, whatever is wrong with a value
        return written


class Kind(Frozen):
    """One kind of incident."""

    id: IncidentKind
    name: Text
    what: Text
    at: Literal["components", "teams"] = "components"
    """What is chosen to be struck."""
    where: Text
    """Which one to choose."""
    provides: NeedKind | None = None
    """What somebody must need of each component that is chosen, where the kind is about that."""
    parameters: tuple[Parameter, ...] = ()
    effects: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]
    """Effects as a file says them, with ``$name`` in place of values."""

    @property
    def parameter_by_id(self) -> dict[str, Parameter]:
        """Every parameter by its id."""
        return {parameter.id: parameter for parameter in self.parameters}


class KindReference(Frozen):
    """``incident_kinds.yaml``."""

    sources: tuple[Source, ...]
    kinds: tuple[Kind, ...]

    @property
    def kind_by_id(self) -> dict[str, Kind]:
        """Every kind by its id."""
        return {kind.id: kind for kind in self.kinds}

    @property
    def source_by_id(self) -> dict[str, Source]:
        """Every source by its id."""
        return {source.id: source for source in self.sources}


@dataclass(frozen=True)
class Strike:
    """Where a kind strikes, and what was chosen about it; the rest is at its default."""

    kind: Kind
    select: Selector | None = None
    teams: tuple[str, ...] = ()
    given: Mapping[str, ParameterValue] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, int | bool | None]:
        """The value of every parameter, None where nothing was chosen and there is no default."""
        written = {parameter: self.given.get(parameter.id, parameter.default) for parameter in self.kind.parameters}
        return {one.id: None if said is None else one.value(said) for one, said in written.items()}

    @property
    def lines(self) -> tuple[dict[str, Any], ...]:
        """The lines of the kind that count with these values."""
        values = self.values
        return tuple(line for line in self.kind.effects if _counts(line, values))

    def effects(self, city: City) -> tuple[Effect, ...]:
        """Return the effects that this becomes in *city*; everything in it must have been checked."""
        return _EFFECTS.validate_python(tuple(self._written(city)))

    def _written(self, city: City) -> Iterator[dict[str, Any]]:
        """Yield the effects as a file would say them."""
        values = self.values
        words: dict[str, Any] = {one.id: one.written(values[one.id]) for one in self.kind.parameters}
        if self.select is not None:
            words |= {"select": self.select, "components": selected(city, self.select)}
        for team in self.teams or ("",):
            for line in self.lines:
                yield _filled({key: line[key] for key in line if key not in _CONDITIONS}, {**words, "team": team})


@cache
def reference_kinds() -> KindReference:
    """Return the kinds that come with the program."""
    return kinds_in(reference_text(FILE))


def kinds_in(text: str) -> KindReference:
    """Return the kinds in *text*, which an exercise keeps as it was; raises InputError with every problem."""
    found, problems = validate(KindReference, text, FILE + SUFFIX)
    if found is None:
        raise InputError(problems)
    return found


def strike_of(incident: Incident, kinds: KindReference) -> Strike | None:
    """Return what the kind of *incident* does; None where only its own effects count."""
    if incident.select is None and not incident.teams:
        return None
    return Strike(kinds.kind_by_id[incident.kind], incident.select, incident.teams, incident.parameters)


def uses_kinds(incidents: Iterable[Incident]) -> bool:
    """Return whether the effects of a kind are among those of *incidents*."""
    return any(incident.select is not None or incident.teams for incident in incidents)


def expanded(scenario: Scenario, city: City, kinds: KindReference) -> Scenario:
    """Return *scenario*, checked, with the effects of each kind before those that its incident has of its own."""
    return scenario.model_copy(update={"incidents": tuple(_expanded(scenario.incidents, city, kinds))})


def _expanded(incidents: Sequence[Incident], city: City, kinds: KindReference) -> Iterator[Incident]:
    for incident in incidents:
        strike = strike_of(incident, kinds)
        own = incident.effects
        yield incident.model_copy(update={"effects": (*strike.effects(city), *own)}) if strike else incident


def _counts(line: Mapping[str, Any], values: Mapping[str, object]) -> bool:
    """Return whether a line of a kind counts with these *values*."""
    wanted, unwanted = line.get("if"), line.get("unless")
    return (wanted is None or bool(values[wanted])) and (unwanted is None or not values[unwanted])


def _filled(value: Any, words: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a part of an effect as a file says it
    """Return *value* with every ``$name`` replaced; a field without a value is left out."""
    if isinstance(value, str) and value.startswith("$"):
        return words[value[1:]]
    if isinstance(value, dict):
        inside = {key: _filled(item, words) for key, item in value.items()}
        return {key: item for key, item in inside.items() if item is not None}
    return value
