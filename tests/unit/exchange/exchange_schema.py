"""What the schema of the ArchiMate exchange format asks of a file, as a check of its structure.

Written after archimate3_Model.xsd (version 3.1); the schema itself is not shipped with this project. Order of the
children, required attributes, enumerated values, identifiers and references are all looked at.
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from city_model.exchange.archimate_model import ACCESS_TYPES, ELEMENT_TYPES, JUNCTIONS, RELATION_TYPES

NS = "{http://www.opengroup.org/xsd/archimate/3.0/}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAME = re.compile(r"[A-Za-z_][\w.\-]*")
"""An xs:ID, which is a name without a colon."""
CHILDREN = {
    "model": ("name", "documentation", "properties", "metadata", "elements", "relationships", "organizations",
              "propertyDefinitions", "views"),
    "element": ("name", "documentation", "properties"),
    "relationship": ("name", "documentation", "properties"),
    "elements": ("element",),
    "relationships": ("relationship",),
    "properties": ("property",),
    "property": ("value",),
    "propertyDefinitions": ("propertyDefinition",),
    "propertyDefinition": ("name", "documentation"),
    "organizations": ("item",),
    "item": ("label", "documentation", "item"),
    **dict.fromkeys(("name", "documentation", "value", "label"), ()),
}  # fmt: skip
ONCE = {"properties", "metadata", "elements", "relationships", "propertyDefinitions", "views"}
"""Children that stand at most once in their owner."""
NOT_EMPTY = {"elements", "relationships", "properties", "propertyDefinitions", "organizations", "property"}
ATTRIBUTES = {
    "model": {"identifier", LOCATION, "version"},
    "element": {"identifier", TYPE},
    "relationship": {"identifier", TYPE, "source", "target", "accessType", "isDirected", "modifier"},
    "property": {"propertyDefinitionRef"},
    "propertyDefinition": {"identifier", "type"},
    "item": {"identifier", "identifierRef"},
    **{tag: {LANG} for tag in ("name", "documentation", "value", "label")},
}
REQUIRED = {
    "model": {"identifier"},
    "element": {"identifier", TYPE},
    "relationship": {"identifier", TYPE, "source", "target"},
    "property": {"propertyDefinitionRef"},
    "propertyDefinition": {"identifier", "type"},
}


def faults(text: str) -> list[str]:
    """Return everything in *text* that the schema would not accept."""
    root = ET.fromstring(text)  # noqa: S314 - a file that we just wrote
    if root.tag != f"{NS}model":
        return [f"the root is {root.tag}"]
    return [*_structure(root), *_references(root), *_types(root)]


def _structure(node: ET.Element) -> Iterator[str]:
    tag = node.tag.removeprefix(NS)
    allowed = CHILDREN.get(tag)
    if allowed is None:
        yield f"{tag} is not an element of the schema"
        return
    found = [child.tag.removeprefix(NS) for child in node]
    if [name for name in found if name not in allowed]:
        yield f"{tag} holds {found}"
    elif [allowed.index(name) for name in found] != sorted(allowed.index(name) for name in found):
        yield f"the children of {tag} stand in another order: {found}"
    yield from (f"{name} stands in {tag} twice" for name in ONCE if found.count(name) > 1)
    if tag in NOT_EMPTY and not found:
        yield f"{tag} is empty"
    if tag in {"model", "propertyDefinition"} and "name" not in found:
        yield f"{tag} has no name"
    yield from (f"{tag} has no {name}" for name in REQUIRED.get(tag, set()) - set(node.attrib))
    yield from (f"{tag} has {name}" for name in set(node.attrib) - ATTRIBUTES.get(tag, set()))
    for child in node:
        yield from _structure(child)


def _references(root: ET.Element) -> Iterator[str]:
    names = [node.attrib["identifier"] for node in root.iter() if "identifier" in node.attrib]
    yield from (f"{name} is no identifier" for name in names if not NAME.fullmatch(name))
    yield from (f"{name} is used twice" for name, number in Counter(names).items() if number > 1)
    concepts = {node.attrib["identifier"] for tag in ("element", "relationship") for node in root.iter(f"{NS}{tag}")}
    definitions = {node.attrib["identifier"] for node in root.iter(f"{NS}propertyDefinition")}
    for node in root.iter(f"{NS}relationship"):
        yield from (
            f"{node.attrib[end]} is not there" for end in ("source", "target") if node.attrib[end] not in concepts
        )
    for node in root.iter(f"{NS}property"):
        if node.attrib["propertyDefinitionRef"] not in definitions:
            yield f"{node.attrib['propertyDefinitionRef']} is not defined"
    known = set(names)
    for node in root.iter(f"{NS}item"):
        if node.attrib.get("identifierRef", names[0]) not in known:
            yield f"{node.attrib['identifierRef']} is not there"


def _types(root: ET.Element) -> Iterator[str]:
    for node in root.iter(f"{NS}element"):
        if node.attrib[TYPE] not in ELEMENT_TYPES:
            yield f"{node.attrib[TYPE]} is no type of an element"
        if node.attrib[TYPE] not in JUNCTIONS and node.find(f"{NS}name") is None:
            yield f"{node.attrib['identifier']} has no name"
    for node in root.iter(f"{NS}relationship"):
        kind = node.attrib[TYPE]
        if kind not in RELATION_TYPES:
            yield f"{kind} is no type of a relation"
        if "accessType" in node.attrib and (kind != "Access" or node.attrib["accessType"] not in ACCESS_TYPES):
            yield f"{node.attrib['identifier']} has a wrong accessType"
        if "isDirected" in node.attrib and (
            kind != "Association" or node.attrib["isDirected"] not in {"true", "false"}
        ):
            yield f"{node.attrib['identifier']} has a wrong isDirected"
    for node in root.iter(f"{NS}propertyDefinition"):
        if node.attrib["type"] not in {"string", "boolean", "currency", "date", "time", "number"}:
            yield f"{node.attrib['identifier']} has a wrong type"
