"""Which components of a map one looks at: by kind, partner, city function and district."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from city_model.schema import City, Component

Field = Literal["kind", "organisation", "function", "district"]
FIELDS: tuple[Field, ...] = ("function", "organisation", "kind", "district")


def values_of(component: Component, field: Field) -> frozenset[str]:
    """Return the values that *component* has in *field* of a filter: what it belongs to, who owns, runs or supplies."""
    return frozenset(value for value in _HAS[field](component) if value)


@dataclass(frozen=True)
class MapFilter:
    """Values in one field are alternatives, all fields must hold; an empty field asks nothing."""

    kind: frozenset[str] = frozenset()
    organisation: frozenset[str] = frozenset()
    function: frozenset[str] = frozenset()
    district: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return not any(self.wanted(field) for field in FIELDS)

    def wanted(self, field: Field) -> frozenset[str]:
        """Return what is asked in *field*."""
        asked: frozenset[str] = getattr(self, field)
        return asked

    def toggled(self, field: Field, value: str) -> "MapFilter":
        """Return this filter with *value* asked in *field*, or no longer."""
        return replace(self, **{field: self.wanted(field) ^ {value}})

    def passes(self, component: Component) -> bool:
        """Return whether *component* has what is asked in every field."""
        return all(not self.wanted(field).isdisjoint(_HAS[field](component)) for field in FIELDS if self.wanted(field))

    def chosen(self, city: City) -> frozenset[str] | None:
        """Return the components of *city* that pass; None when nothing is asked."""
        if self.is_empty:
            return None
        return frozenset(part.id for part in city.components if self.passes(part))


_HAS: dict[Field, Callable[[Component], tuple[str | None, ...]]] = {
    "kind": lambda part: (part.kind,),
    "organisation": lambda part: (part.organisation, part.operator, part.supplier),
    "function": lambda part: (part.id, *part.functions) if part.kind == "function" else part.functions,
    "district": lambda part: (part.district,),
}
