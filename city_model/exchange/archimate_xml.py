"""ArchiMate in one XML document: the exchange format (3.x and the 2.1 dialect) and Archi's own format.

Read by local name, so that a prefixed namespace, an old spelling or a file that its own schema refuses still comes in.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element as Node

from city_model.exchange.archimate_model import (
    ACCESS_TYPES,
    RELATION_TYPES,
    ArchiModel,
    Element,
    Notice,
    Relation,
    Words,
    clean,
    known_type,
    words,
)
from resilience.base.language import _
from resilience.base.problems import InputError

NATIVE_NAMESPACE = "archimatetool.com"
OLD_NAMESPACE: Final = "http://www.opengroup.org/xsd/archimate"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_DIAGRAMS = ("DiagramModel", "SketchModel", "CanvasModel")
_NATIVE_ACCESS = ("Write", "Read", "Access", "ReadWrite")
"""By the number that Archi writes."""


def model_of(root: Node, name: str) -> ArchiModel:
    """Return the model in *root*; raises InputError when it is no ArchiMate at all."""
    namespace = root.tag.rpartition("}")[0].lstrip("{")
    if local(root.tag) != "model":
        what = _("this XML is not an ArchiMate model but <{tag}>", tag=local(root.tag)[:60])
        raise InputError.because(what, _("export the model as Open Exchange File or as .archimate"), file=name)
    if NATIVE_NAMESPACE in namespace or any(local(child.tag) == "folder" for child in root):
        return _native(root)
    dialect = "2.1" if namespace.rstrip("/") == OLD_NAMESPACE else "3"
    return _exchange(root, dialect)


def local(tag: object) -> str:
    """Return the name of a tag without its namespace; a comment has none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: Node, *names: str) -> str:
    """Return the first attribute of *names*, whatever its namespace, or nothing."""
    for name in names:
        if name in node.attrib:
            return node.attrib[name]
    by_name = {local(key): value for key, value in node.attrib.items()}
    return next((by_name[name] for name in names if name in by_name), "")


def native_relation(item: Element, node: Node, source: str, target: str) -> Relation:
    """Return *item* as the relation that Archi wrote in *node*; without a type its access is a write."""
    access = attribute(node, "accessType")
    known = _NATIVE_ACCESS[int(access)] if access in {"0", "1", "2", "3"} else access
    return Relation(
        item.id,
        item.type,
        item.name,
        item.documentation,
        item.properties,
        source=source,
        target=target,
        access=(known or "Write") if item.type == "Access" else "",
        directed=attribute(node, "directed").lower() == "true",
    )


def junction_type(type_: str, node: Node) -> str:
    """Return the type of a junction: Archi writes one kind of element with an attribute for or."""
    return "OrJunction" if type_ == "AndJunction" and attribute(node, "type").lower() == "or" else type_


def add_to(model: ArchiModel, item: Element) -> None:
    """Keep *item* in *model* when it has an id of its own."""
    if not item.id:
        model.notices.append(Notice(item.name.first or item.type, _("has no identifier and was left out")))
        return
    model.add(item, _("this identifier is taken; the second one was left out"))


def _exchange(root: Node, dialect: str) -> ArchiModel:
    model = ArchiModel(f"Open Exchange {dialect}")
    keys: dict[str, str] = {}
    for node in _below(root, {"propertyDefinitions", "propertydefs"}, {"propertyDefinition", "propertydef"}):
        keys[attribute(node, "identifier")] = attribute(node, "name") or _texts(node, "name").first
    model.name, model.documentation = _texts(root, "name", "label"), _texts(root, "documentation")
    model.properties = _properties(root, keys)
    for node in _below(root, {"elements"}, {"element"}):
        add_to(model, _element(node, keys))
    for node in _below(root, {"relationships", "relations"}, {"relationship", "relation"}):
        item = _element(node, keys)
        access = attribute(node, "accessType")
        relation = Relation(
            item.id,
            item.type,
            item.name,
            item.documentation,
            item.properties,
            source=attribute(node, "source"),
            target=attribute(node, "target"),
            access=next((known for known in ACCESS_TYPES if known.lower() == access.lower()), ""),
            directed=attribute(node, "isDirected").lower() == "true",
        )
        add_to(model, relation)
    return model


def _below(root: Node, containers: set[str], names: set[str]) -> Iterator[Node]:
    """Yield the nodes called *names* inside *containers*, or straight below the root as careless tools put them."""
    for child in root:
        if local(child.tag) in containers:
            yield from (node for node in child.iter() if local(node.tag) in names)
        elif local(child.tag) in names:
            yield child


def _element(node: Node, keys: dict[str, str]) -> Element:
    return Element(
        attribute(node, "identifier", "id"),
        known_type(node.attrib.get(_TYPE) or attribute(node, "type")),
        _texts(node, "name", "label") if not attribute(node, "name") else words([("", attribute(node, "name"))]),
        _texts(node, "documentation"),
        _properties(node, keys),
    )


def _texts(node: Node, *names: str) -> Words:
    found = (child for child in node if local(child.tag) in names)
    return words((child.attrib.get(_LANGUAGE, ""), child.text or "") for child in found)


def _properties(node: Node, keys: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return key and value of every property; one without a name keeps the reference to its definition as key."""
    found = []
    for child in node:
        if local(child.tag) == "properties":
            for item in child:
                reference = attribute(item, "propertyDefinitionRef", "identifierref", "identifierRef")
                value = next((part.text or "" for part in item if local(part.tag) == "value"), "")
                key = keys.get(reference) or reference
                if key:
                    found.append((clean(key), clean(value)))
    return tuple(found)


def _native(root: Node) -> ArchiModel:
    model = ArchiModel("Archi", name=words([("", attribute(root, "name"))]), access_without_type="Write")
    model.documentation = _texts(root, "purpose", "documentation")
    model.properties = native_properties(root)
    profiles = {attribute(node, "id"): attribute(node, "name") for node in root if local(node.tag) == "profile"}
    for node in root.iter():
        if local(node.tag) != "element":
            continue
        written = node.attrib.get(_TYPE) or attribute(node, "type")
        if written.endswith(_DIAGRAMS):
            continue
        item = Element(
            attribute(node, "id", "identifier"),
            junction_type(known_type(written), node),
            words([("", attribute(node, "name"))]),
            _texts(node, "documentation"),
            (*native_properties(node), *_profile(attribute(node, "profiles"), profiles)),
        )
        source, target = attribute(node, "source"), attribute(node, "target")
        relation = item.type in RELATION_TYPES or bool(source and target)
        add_to(model, native_relation(item, node, source, target) if relation else item)
    return model


def native_properties(node: Node) -> tuple[tuple[str, str], ...]:
    """Return key and value of every property as Archi writes them, in one file or in many."""
    found = (child for child in node if local(child.tag) in {"property", "properties"})
    pairs = ((attribute(child, "key"), attribute(child, "value")) for child in found)
    return tuple((clean(key), clean(value)) for key, value in pairs if key)


def _profile(ids: str, profiles: dict[str, str]) -> tuple[tuple[str, str], ...]:
    named = (profiles[found] for found in ids.split() if profiles.get(found))
    return tuple(("specialization", clean(name)) for name in named)
