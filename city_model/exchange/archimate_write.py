"""A city as an ArchiMate Open Exchange File, so that architects keep working in their own tool.

The order of the elements, the identifiers and the types are those of the schema of The Open Group (3.1, namespace
3.0). Everything that ArchiMate has no word for goes along as a property; archimate_ours.py reads it back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from city_model.exchange.archimate_fields import PREFIX, flattened
from city_model.exchange.archimate_ours import DOCUMENTED
from city_model.exchange.xml_text import escaped
from city_model.schema import AccessPath, City, Component, NeedRole, PlacedNeed
from city_model.values import ComponentKind
from city_model.yaml_writer import plain
from resilience.base.language import _
from resilience.base.progress import followed

NAMESPACE: Final = "http://www.opengroup.org/xsd/archimate/3.0/"
LOCATION: Final = f"{NAMESPACE} http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
TYPE_OF: Final[Mapping[ComponentKind, str]] = {
    "function": "BusinessFunction",
    "service": "BusinessService",
    "application": "ApplicationComponent",
    "infrastructure": "Node",
    "facility": "Facility",
}
_TYPE_OF_THING: Final = {
    "organisation": "BusinessActor",
    "team": "BusinessCollaboration",
    "district": "Location",
    "source": "Representation",
    "measure": "CourseOfAction",
}
_ROLES: Final[tuple[NeedRole, ...]] = ("fallback", "detection", "repair", "rebuild")
Pairs = list[tuple[str, str]]


@dataclass
class _Item:
    """An element or relation, ready to be written."""

    tag: str
    identifier: str
    type: str
    names: Pairs
    documentation: Pairs = field(default_factory=list)
    properties: Pairs = field(default_factory=list)
    attributes: str = ""


def archimate_text(city: City) -> str:
    """Return *city*, as its reader may see it, as the text of an exchange file."""
    number = sum(map(len, (city.components, city.organisations, city.teams, city.districts, city.sources)))
    elements = list(followed(_("Writing the elements"), _elements(city), number))
    junctions, relations = _relations(city)
    head = _model_properties(city)
    keys = sorted({key for item in (*elements, *junctions, *relations) for key, _value in item.properties})
    keys = sorted({*keys, *(key for key, _value in head)})
    ids = {key: f"propid-{number}" for number, key in enumerate(keys, start=1)}
    return "\n".join(_lines(city, [*elements, *junctions], relations, head, ids)) + "\n"


def _lines(
    city: City, elements: list[_Item], relations: list[_Item], head: Pairs, ids: dict[str, str]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<model xmlns="{NAMESPACE}" xmlns:xsi="{INSTANCE}" xsi:schemaLocation="{LOCATION}" '
        f'identifier="id-model-{city.id}">'
    )
    yield from _texts("name", [("nl", city.name.nl), ("en", city.name.en)], "  ")
    if city.description:
        yield from _texts("documentation", [("nl", city.description.nl), ("en", city.description.en)], "  ")
    yield from _properties(head, ids, "  ")
    for container, items in (("elements", elements), ("relationships", relations)):
        if items:
            yield f"  <{container}>"
            for item in items:
                yield from _item(item, ids)
            yield f"  </{container}>"
    yield from _folders(city, elements, relations)
    yield "  <propertyDefinitions>"
    for key, identifier in ids.items():
        yield f'    <propertyDefinition identifier="{identifier}" type="string">'
        yield f"      <name>{escaped(key)}</name>"
        yield "    </propertyDefinition>"
    yield "  </propertyDefinitions>"
    yield "</model>"


def _item(item: _Item, ids: dict[str, str]) -> Iterator[str]:
    yield f'    <{item.tag} identifier="{item.identifier}" xsi:type="{item.type}"{item.attributes}>'
    yield from _texts("name", item.names, "      ")
    yield from _texts("documentation", item.documentation, "      ")
    yield from _properties(item.properties, ids, "      ")
    yield f"    </{item.tag}>"


def _texts(tag: str, texts: Pairs, indent: str) -> Iterator[str]:
    for language, text in texts:
        yield f'{indent}<{tag} xml:lang="{language}">{escaped(text)}</{tag}>'


def _properties(pairs: Pairs, ids: dict[str, str], indent: str) -> Iterator[str]:
    if pairs:
        yield f"{indent}<properties>"
        for key, value in pairs:
            yield f'{indent}  <property propertyDefinitionRef="{ids[key]}">'
            yield f"{indent}    <value>{escaped(value)}</value>"
            yield f"{indent}  </property>"
        yield f"{indent}</properties>"


def _folders(city: City, elements: list[_Item], relations: list[_Item]) -> Iterator[str]:
    """Yield the folders that a tool shows: one for each organisation, and one each for the rest."""
    owner_of = {f"id-component-{part.id}": part.organisation for part in city.components}
    names = {organisation.id: organisation.name for organisation in city.organisations}
    folders: dict[tuple[str, str], list[str]] = {}
    for item in elements:
        owner = owner_of.get(item.identifier)
        named = (names[owner].nl, names[owner].en) if owner in names else ("Overige", "Other")
        folders.setdefault(named, []).append(item.identifier)
    if relations:
        folders["Relaties", "Relations"] = [item.identifier for item in relations]
    if not folders:
        return
    yield "  <organizations>"
    for (dutch, english), identifiers in folders.items():
        yield "    <item>"
        yield from _texts("label", [("nl", dutch), ("en", english)], "      ")
        for identifier in identifiers:
            yield f'      <item identifierRef="{identifier}"/>'
        yield "    </item>"
    yield "  </organizations>"


def _model_properties(city: City) -> Pairs:
    data = plain(city)
    kept = {key: value for key, value in data.items() if key in {"id", "name", "description", "population"}}
    return [(f"{PREFIX}type", "city"), *flattened(kept)]


def _elements(city: City) -> Iterator[_Item]:
    for component in city.components:
        data = _without_needs(component)
        documentation = (
            [("nl", component.description.nl), ("en", component.description.en)] if component.description else []
        )
        yield _thing("component", component.id, TYPE_OF[component.kind], data, documentation)
    for thing, items in (
        ("organisation", city.organisations),
        ("team", city.teams),
        ("district", city.districts),
        ("source", city.sources),
        ("measure", city.measures),
    ):
        for item in items:
            data = plain(item)
            said = data.get(DOCUMENTED.get(thing, ""))
            documentation = [("nl", said["nl"]), ("en", said["en"])] if said else []
            yield _thing(thing, item.id, _TYPE_OF_THING[thing], data, documentation)


def _thing(thing: str, name: str, type_: str, data: dict[str, Any], documentation: Pairs) -> _Item:
    named = data.get("name") or {"nl": data["reference"], "en": data["reference"]}
    properties = [(f"{PREFIX}type", thing), *flattened(data)]
    names = [("nl", named["nl"]), ("en", named["en"])]
    return _Item("element", f"id-{thing}-{name}", type_, names, documentation, properties)


def _without_needs(component: Component) -> dict[str, Any]:
    """Return the data of *component*; its needs become relations."""
    data = plain(component)
    data.pop("needs", None)
    for role in _ROLES:
        if role in data:
            data[role].pop("needs", None)
    return data


def _relations(city: City) -> tuple[list[_Item], list[_Item]]:
    """Return the junctions and the relations: needs, access paths, and who owns what."""
    junctions: list[_Item] = []
    relations: list[_Item] = []
    for number, placed in enumerate(city.placed_needs, start=1):
        _add_need(placed, number, junctions, relations)
    for number, path in enumerate(city.access_paths, start=1):
        relations.append(_access_path(path, number))
    owners = {organisation.id for organisation in city.organisations}
    for component in city.components:
        for role in ("organisation", "operator", "supplier"):
            owner = getattr(component, role)
            if owner in owners:
                ends = _ends(f"id-organisation-{owner}", f"id-component-{component.id}")
                kind = [(f"{PREFIX}type", "owner"), (f"{PREFIX}owner", role)]
                identifier = f"id-link-{role}-{component.id}"
                names = {"organisation": ("eigenaar", "owner"), "operator": ("beheerder", "operator"),
                         "supplier": ("leverancier", "supplier")}[role]  # fmt: skip
                named = list(zip(("nl", "en"), names, strict=True))
                relations.append(_Item("relationship", identifier, "Association", named, [], kind, ends))
    return junctions, relations


def _add_need(placed: PlacedNeed, number: int, junctions: list[_Item], relations: list[_Item]) -> None:
    """Add one need: a relation from its provider, or from the junction in which its providers come together."""
    need = placed.need
    data = plain(need)
    named = {"need_id": data.pop("id")} if "id" in data else {}
    for ends in ("providers", "shares"):
        data.pop(ends, None)
    fields = {"role": placed.role, "place": number, **named, **data}
    properties = [(f"{PREFIX}type", "need"), *flattened(fields)]
    target = f"id-component-{placed.dependent}"
    providers = need.provider_ids
    shares = need.shares or {}
    source = f"id-component-{providers[0]}"
    if len(providers) > 1:
        all_of = not shares and need.at_least in {None, len(providers)}
        source = f"id-junction-{number}"
        kind = "AndJunction" if all_of else "OrJunction"
        junctions.append(_Item("element", source, kind, [], [], [(f"{PREFIX}type", "junction")]))
        for place, provider in enumerate(providers, start=1):
            share = {"share": shares[provider]} if shares else {}
            part = [(f"{PREFIX}type", "provider"), *flattened({"place": place, **share})]
            ends = _ends(f"id-component-{provider}", source)
            relations.append(_Item("relationship", f"id-need-{number}-{place}", "Serving", [], [], part, ends))
    elif shares:
        properties.append((f"{PREFIX}share", str(shares[providers[0]])))
    relations.append(_Item("relationship", f"id-need-{number}", "Serving", [], [], properties, _ends(source, target)))


def _access_path(path: AccessPath, number: int) -> _Item:
    data = plain(path)
    named = {"path_id": data.pop("id")} if "id" in data else {}
    for end in ("origin", "target"):
        data.pop(end)
    properties = [(f"{PREFIX}type", "access-path"), *flattened({"place": number, **named, **data})]
    ends = _ends(f"id-component-{path.origin}", f"id-component-{path.target}") + ' isDirected="true"'
    names = [("nl", "toegangspad"), ("en", "access path")]
    return _Item("relationship", f"id-path-{number}", "Association", names, [], properties, ends)


def _ends(source: str, target: str) -> str:
    return f' source="{source}" target="{target}"'
