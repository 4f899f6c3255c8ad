"""ArchiMate models in a few words, for tests: terse to write, read as if they came from a file."""

import datetime as dt

from city_model.exchange.archimate_city import Imported, Origin, city_of
from city_model.exchange.archimate_edges import Outcome, resolve
from city_model.exchange.archimate_mapping import ArchimateMapping, load_mapping
from city_model.exchange.archimate_model import ArchiModel, Element, Relation, Words

APP = "ApplicationComponent"
DATE = dt.date(2026, 1, 1)
Properties = dict[str, str]


def element(name: str, type_: str = APP, called: str = "", **properties: str) -> Element:
    """Return an element; keys of *properties* have spaces for underscores."""
    pairs = tuple((key.replace("_", " "), value) for key, value in properties.items())
    return Element(name, type_, Words((("", called or name),)), properties=pairs)


def relation(name: str, type_: str, source: str, target: str, *, called: str = "", access: str = "",
             directed: bool = False, **properties: str) -> Relation:  # fmt: skip
    """Return a relation from *source* to *target*."""
    pairs = tuple((key.replace("_", " "), value) for key, value in properties.items())
    said = Words((("", called),)) if called else Words()
    return Relation(name, type_, said, properties=pairs, source=source, target=target, access=access, directed=directed)


def model(*items: Element, access_without_type: str = "Access") -> ArchiModel:
    """Return a model of *items*."""
    made = ArchiModel("test", name=Words((("nl", "Proef"),)), access_without_type=access_without_type)
    for item in items:
        made.add(item, "twice")
    return made


def outcome(*items: Element, mapping: ArchimateMapping | None = None, access_without_type: str = "Access") -> Outcome:
    """Return what becomes of the relations among *items*."""
    return resolve(model(*items, access_without_type=access_without_type), mapping or load_mapping())


def edges(found: Outcome) -> list[tuple[str, tuple[str, ...], int | None]]:
    """Return dependent, providers and how many of them are needed, of every edge."""
    return [(edge.dependent, edge.providers, edge.at_least) for edge in found.edges]


def left(found: Outcome) -> list[tuple[str, str]]:
    """Return the relation and its fate, of every relation that became no edge of its own."""
    return [(item.relation.id, item.fate) for item in found.left]


def imported(made: ArchiModel, city: str = "proef") -> Imported:
    """Return the city that *made* becomes."""
    return city_of(made, load_mapping(), Origin("proef.xml", DATE, city))
