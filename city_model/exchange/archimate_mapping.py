"""The editable table that says what an ArchiMate element becomes, and which end of a relation depends on the other."""

from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from city_model.exchange.archimate_model import Element, Relation
from city_model.schema import NeedKind
from city_model.values import Frozen, Line, Text
from city_model.yaml_source import validate
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError

Becomes = Literal["organisation", "function", "service", "application", "infrastructure", "facility", "skip"]
Side = Literal["source", "target", "both"]
DEFAULT = "archimate_mapping.yaml"


class Rule(Frozen):
    """What a type of relation means."""

    dependent: Side
    action: Literal["import", "review", "skip"] = "import"
    label: Line = "-"
    """What the need is called in its note."""
    kind: NeedKind | None = None
    """None: by the kind of the provider."""
    reason: Text | None = None
    """Why it is not imported; shown in the report."""


class NamedAssociation(Frozen):
    """A name that makes a directed association a dependency."""

    name: Line
    dependent: Side
    kind: NeedKind | None = None


class Properties(Frozen):
    """Which property fills which field; the first key that is filled in counts."""

    external_id: tuple[Line, ...] = ()
    product: tuple[Line, ...] = ()
    owner: tuple[Line, ...] = ()
    steward: tuple[Line, ...] = ()
    availability: tuple[Line, ...] = ()
    integrity: tuple[Line, ...] = ()
    confidentiality: tuple[Line, ...] = ()
    biv_score: tuple[Line, ...] = ()
    biv_level: tuple[Line, ...] = ()
    tags: tuple[Line, ...] = ()


class Couplings(Frozen):
    """How the Softwarecatalogus says which way a coupling runs and over which broker."""

    direction: Line = "Richting"
    forward: tuple[Line, ...] = ()
    backward: tuple[Line, ...] = ()
    both: tuple[Line, ...] = ()
    broker: Line = "Intermediair ID"


class ArchimateMapping(Frozen):
    """The whole table."""

    elements: dict[Becomes, tuple[Line, ...]]
    kinds: dict[NeedKind, tuple[Line, ...]] = Field(default_factory=dict)
    relations: dict[Annotated[str, Field(max_length=60)], Rule]
    associations: tuple[NamedAssociation, ...] = ()
    owners: tuple[Line, ...] = ()
    suppliers: tuple[Line, ...] = ()
    supplier_when: dict[str, tuple[Line, ...]] = Field(default_factory=dict)
    leave_out: dict[str, tuple[Line, ...]] = Field(default_factory=dict)
    properties: Properties = Properties()
    couplings: Couplings = Couplings()

    @cached_property
    def _becomes(self) -> dict[str, Becomes]:
        return {type_: becomes for becomes, types in self.elements.items() for type_ in types}

    @cached_property
    def _kind_of(self) -> dict[str, NeedKind]:
        return {type_: kind for kind, types in self.kinds.items() for type_ in types}

    @cached_property
    def _named(self) -> dict[str, NamedAssociation]:
        return {item.name.casefold(): item for item in self.associations}

    def becomes(self, element: Element) -> Becomes | None:
        """Return what *element* becomes; None for a type that the table does not know."""
        return self._becomes.get(element.type)

    def kind_for(self, rule: Rule, provider: Element) -> NeedKind:
        """Return what is needed of *provider* under *rule*."""
        return rule.kind or self._kind_of.get(provider.type, "data")

    def rule_for(self, relation: Relation, default_access: str) -> Rule | None:
        """Return the rule for *relation*; None for a type that the table does not know."""
        if relation.type == "Access":
            return self.relations.get(f"Access {relation.access or default_access}")
        if relation.type == "Association" and relation.directed:
            named = self._named.get(relation.name.first.strip().casefold())
            if named:
                return Rule(dependent=named.dependent, kind=named.kind, label=named.name)
        return self.relations.get(relation.type)

    def is_supplier(self, element: Element) -> bool:
        """Return whether an organisation is one that supplies."""
        return any(element.get(key) in values for key, values in self.supplier_when.items())

    def leaves_out(self, element: Element) -> tuple[str, str] | None:
        """Return the property and value for which *element* is left out, if there is one."""
        found = ((key, element.get(key)) for key in self.leave_out)
        return next(((key, value) for key, value in found if value in self.leave_out[key]), None)


def load_mapping(path: Path | None = None) -> ArchimateMapping:
    """Return the table in *path*, or the one that is shipped; raises InputError with every fault in it."""
    if path is None:
        text, name = resources.files("city_model.exchange").joinpath(DEFAULT).read_text(encoding="utf-8"), DEFAULT
    else:
        text, name = read_text(path), str(path)
    mapping, problems = validate(ArchimateMapping, text, name)
    if mapping is None:
        raise InputError(problems)
    twice = sorted({type_ for types in mapping.elements.values() for type_ in types if _count(mapping, type_) > 1})
    if twice:
        what = _("{names} stand under more than one kind of thing", names=", ".join(twice))
        raise InputError.because(what, _("keep each once"), file=name)
    return mapping


def _count(mapping: ArchimateMapping, type_: str) -> int:
    return sum(types.count(type_) for types in mapping.elements.values())
