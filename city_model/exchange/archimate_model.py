"""An ArchiMate model as every dialect tells it: elements, relations, properties, in the type names of version 3.

The readers of the dialects (archimate_xml, archimate_grafico, archimate_csv) make one of these; what follows never
asks from which dialect it came, except for the meaning of an access without a type.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

ELEMENT_TYPES: Final = (
    *("BusinessActor", "BusinessRole", "BusinessCollaboration", "BusinessInterface", "BusinessProcess"),
    *("BusinessFunction", "BusinessInteraction", "BusinessEvent", "BusinessService", "BusinessObject"),
    *("Contract", "Representation", "Product", "ApplicationComponent", "ApplicationCollaboration"),
    *("ApplicationInterface", "ApplicationFunction", "ApplicationInteraction", "ApplicationProcess"),
    *("ApplicationEvent", "ApplicationService", "DataObject", "Node", "Device", "SystemSoftware"),
    *("TechnologyCollaboration", "TechnologyInterface", "Path", "CommunicationNetwork", "TechnologyFunction"),
    *("TechnologyProcess", "TechnologyInteraction", "TechnologyEvent", "TechnologyService", "Artifact", "Equipment"),
    *("Facility", "DistributionNetwork", "Material", "Stakeholder", "Driver", "Assessment", "Goal", "Outcome"),
    *("Principle", "Requirement", "Constraint", "Meaning", "Value", "Resource", "Capability", "CourseOfAction"),
    *("ValueStream", "WorkPackage", "Deliverable", "ImplementationEvent", "Plateau", "Gap", "Grouping", "Location"),
    *("AndJunction", "OrJunction"),
)
"""The element types of ArchiMate 3.2, as the exchange format spells them."""
RELATION_TYPES: Final = (
    *("Composition", "Aggregation", "Assignment", "Realization", "Serving", "Access", "Influence", "Triggering"),
    *("Flow", "Specialization", "Association"),
)
JUNCTIONS: Final = frozenset({"AndJunction", "OrJunction"})
ACCESS_TYPES: Final = ("Access", "Read", "Write", "ReadWrite")

_OLD_NAMES: Final[Mapping[str, str]] = {
    "infrastructureservice": "TechnologyService",
    "infrastructurefunction": "TechnologyFunction",
    "infrastructureinterface": "TechnologyInterface",
    "communicationpath": "Path",
    "network": "CommunicationNetwork",
    "usedby": "Serving",
    "realisation": "Realization",
    "specialisation": "Specialization",
    "junction": "AndJunction",
}
"""Names of version 2, British spelling, and Archi's junction without a type."""
_KNOWN: Final[Mapping[str, str]] = {
    **{name.lower(): name for name in (*ELEMENT_TYPES, *RELATION_TYPES)},
    **_OLD_NAMES,
}
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Words:
    """A text with its languages; most tools write one."""

    by_language: tuple[tuple[str, str], ...] = ()
    """Language (empty where none is given) and text, in the order of the file."""

    @property
    def first(self) -> str:
        """The text of a Dutch reader: the Dutch one, else the first one."""
        return self.within("nl") or (self.by_language[0][1] if self.by_language else "")

    def within(self, language: str) -> str:
        """Return the text in *language*, or nothing."""
        return next((text for name, text in self.by_language if name.lower().startswith(language)), "")


@dataclass(frozen=True)
class Element:
    """An element with its properties; its type is one of ELEMENT_TYPES where the file names a known one."""

    id: str
    type: str
    name: Words = field(default_factory=Words)
    documentation: Words = field(default_factory=Words)
    properties: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str:
        """Return the value of the property *key*, or nothing."""
        return self._first_of.get(key, "")

    @cached_property
    def _first_of(self) -> dict[str, str]:
        return dict(reversed(self.properties))


@dataclass(frozen=True)
class Relation(Element):
    """A relation; an end is an element or another relation."""

    source: str = ""
    target: str = ""
    access: str = ""
    """One of ACCESS_TYPES, or nothing where the file does not say."""
    directed: bool = False


@dataclass(frozen=True)
class Notice:
    """Something in the file that was survived, and how."""

    place: str
    what: str


@dataclass
class ArchiModel:
    """A whole model, in the order of the file."""

    dialect: str
    name: Words = field(default_factory=Words)
    documentation: Words = field(default_factory=Words)
    properties: tuple[tuple[str, str], ...] = ()
    elements: dict[str, Element] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    access_without_type: str = "Access"
    """What an access relation means that does not say; Archi's own files leave out Write."""

    def add(self, item: Element, twice: str) -> None:
        """Keep *item*, unless its id is taken; then *twice* is what to say about it."""
        if item.id in self.elements or item.id in self.relations:
            self.notices.append(Notice(item.id, twice))
        elif isinstance(item, Relation):
            self.relations[item.id] = item
        else:
            self.elements[item.id] = item


def known_type(text: str) -> str:
    """Return the type that *text* stands for, in the spelling of version 3; *text* itself where nobody knows it.

    Prefixes (``archimate:Goal``), the suffix of relations, British spelling, hyphens and old names are all taken.
    """
    bare = re.split(r"[:#}/]", text.strip())[-1]
    letters = _NOT_A_LETTER.sub("", bare.lower())
    return _KNOWN.get(letters) or _KNOWN.get(letters.removesuffix("relationship")) or bare or text


def clean(text: str) -> str:
    """Return *text* without characters that no file of a city may hold; line ends are kept."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def words(found: Iterable[tuple[str, str]]) -> Words:
    """Return the texts that say something."""
    kept = ((language, clean(text)) for language, text in found)
    return Words(tuple((language, text) for language, text in kept if text.strip()))
