"""Which fields a record ought to have, by its kind: what completeness is measured against."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from city_model.schema import Component, Organisation
from city_model.summary import is_unknown
from city_model.values import Provenance, RequiredCapable

EVERY_KIND = frozenset({"function", "service", "application", "infrastructure", "facility"})
OWNED = EVERY_KIND - {"function"}
DIGITAL = frozenset({"service", "application"})
CONTACTS = "contacts"


@dataclass(frozen=True)
class Expected:
    """One field that every component of some kinds ought to have."""

    field: str
    """Path in the schema; ``recovery`` is either capable figure of RTO and MTD."""
    kinds: frozenset[str]
    only_if: Callable[[Component], object] = lambda _component: True


EXPECTED: tuple[Expected, ...] = (
    Expected("recovery", OWNED),
    Expected("mtd.required", EVERY_KIND),
    Expected("repair.duration", OWNED),
    Expected("offline_alternative", frozenset({"service"}), lambda component: component.residents),
    Expected("offline_alternative.capacity", frozenset({"service"}), lambda component: component.offline_alternative),
    Expected("backup.kind", frozenset({"application"})),
    Expected("rpo.required", DIGITAL, lambda component: component.backup or "stores" in component.data_role),
    Expected("residents", frozenset({"function", "service"})),
    Expected("minimum_level", frozenset({"function", "service"})),
    Expected("biv", OWNED),
    Expected("personal_data", DIGITAL),
    Expected("contract_end", OWNED, lambda component: component.supplier),
    Expected("substitution", DIGITAL),
    Expected("data_role", frozenset({"application"})),
    Expected("district", frozenset({"facility"})),
    Expected("owner", EVERY_KIND),
    Expected("description", EVERY_KIND),
)
"""What hurts most when it is missing comes first: reminders ask for these."""


def missing_fields(organisation: Organisation | None, components: Iterable[Component]) -> Iterator[tuple[str, str]]:
    """Yield each field that is lacking with the id of the record that lacks it, in the order of the table.

    Unknown counts as lacking: it was asked, and is still to be answered.
    """
    every = list(components)
    for expected in EXPECTED:
        for component in every:
            if _applies(expected, component) and not _is_filled(component, expected.field):
                yield expected.field, component.id
    if organisation and not organisation.contacts:
        yield CONTACTS, organisation.id


def number_expected(organisation: Organisation | None, components: Iterable[Component]) -> int:
    """Return how many fields these records ought to have together."""
    asked = sum(_applies(expected, component) for component in components for expected in EXPECTED)
    return asked + (1 if organisation else 0)


def _applies(expected: Expected, component: Component) -> bool:
    return component.kind in expected.kinds and bool(expected.only_if(component))


def _is_filled(component: Component, path: str) -> bool:
    if path == "recovery":
        return any(_says(pair.capable) for pair in (component.rto, component.mtd) if isinstance(pair, RequiredCapable))
    value: object = component
    for part in path.split("."):
        value = getattr(value, part, None)
    return _says(value)


def _says(value: object) -> bool:
    """Whether a field holds an answer: something, and not that nobody knows."""
    if isinstance(value, Provenance):
        return not is_unknown(value)
    return bool(value) and value != "unknown"
