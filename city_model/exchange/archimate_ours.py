"""The part of an ArchiMate model that we wrote ourselves: read back field by field, with what an architect changed.

Names and descriptions come from where architects edit them, ends of needs from the relations as they are now; all
other fields from our properties.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, TypeAlias

from city_model.exchange.archimate_fields import PREFIX, TYPE, nested
from city_model.exchange.archimate_model import JUNCTIONS, ArchiModel, Element, Notice, Relation, Words
from resilience.base.language import _

THINGS: Final = ("component", "organisation", "team", "district", "source", "measure")
DOCUMENTED: Final = {
    "component": "description",
    "measure": "description",
    "organisation": "role",
    "city": "description",
}
"""The field that stands in the documentation of an element."""
_ROLES: Final = ("level", "fallback", "detection", "repair", "rebuild")
_Needs: TypeAlias = dict[tuple[str, str], list[tuple[int, dict[str, Any]]]]
"""By element and role: the needs with the place in the list from which they were written."""


@dataclass
class Ours:
    """What we wrote, as plain data of the files of a city."""

    city: dict[str, Any] = field(default_factory=dict)
    things: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {thing: [] for thing in THINGS})
    component_of: dict[str, str] = field(default_factory=dict)
    """By element: the id of the component that it stands for."""
    organisation_of: dict[str, str] = field(default_factory=dict)
    paths: list[dict[str, Any]] = field(default_factory=list)
    elements: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    """Thing and id of every record so far."""


def read_ours(model: ArchiModel) -> Ours:
    """Return what *model* holds of our own."""
    ours = Ours(city=_record("city", model.properties, model.name, model.documentation))
    by_element: dict[str, dict[str, Any]] = {}
    for element in model.elements.values():
        thing = element.get(TYPE)
        if not thing:
            continue
        ours.elements.add(element.id)
        record = _record(thing, element.properties, element.name, element.documentation)
        if thing in THINGS and isinstance(record.get("id"), str):
            _make_own(thing, record, ours)
            ours.things[thing].append(record)
            if thing in {"component", "organisation"}:
                by_element[element.id] = record
                named = ours.component_of if thing == "component" else ours.organisation_of
                named[element.id] = record["id"]
    for (element_id, role), found in _read_relations(model, ours).items():
        _attach(by_element[element_id], role, [need for _at, need in sorted(found, key=itemgetter(0))], ours)
    return ours


def _make_own(thing: str, record: dict[str, Any], ours: Ours) -> None:
    """Give *record* an id of its own where an architect copied an element together with its properties."""
    wanted, number = record["id"], 1
    while (thing, record["id"]) in ours.taken:
        number += 1
        record["id"] = f"{wanted}-{number}"
    ours.taken.add((thing, record["id"]))
    if number > 1:
        text = _("this id stood in the model twice; the second one is now {id}", id=record["id"])
        ours.notices.append(Notice(str(wanted), text))


def _read_relations(model: ArchiModel, ours: Ours) -> _Needs:
    """Take in the access paths, and return the needs."""
    needs: _Needs = defaultdict(list)
    parts: dict[str, list[Relation]] = defaultdict(list)
    for relation in model.relations.values():
        if relation.get(TYPE) == "provider":
            parts[relation.target].append(relation)
    for relation in model.relations.values():
        thing = relation.get(TYPE)
        if thing:
            ours.relations.add(relation.id)
        if thing == "need":
            _add_need(model, relation, parts, ours, needs)
        elif thing == "access-path":
            _add_path(relation, ours)
    return needs


def _record(thing: str, properties: tuple[tuple[str, str], ...], name: Words, documentation: Words) -> dict[str, Any]:
    """Return the fields in *properties*, with name and description as the model says them now."""
    data = nested(properties)
    if thing != "source" and name.first:
        data["name"] = _text(name, data.get("name"))
    described = DOCUMENTED.get(thing)
    if described and documentation.first:
        data[described] = _text(documentation, data.get(described))
    return {key: value for key, value in data.items() if key != "type"}


def _text(said: Words, before: object) -> dict[str, str]:
    """Return both languages as they are now; the one that a tool dropped stays as it was."""
    known = before if isinstance(before, dict) else {}
    dutch, english = said.within("nl"), said.within("en")
    if not dutch and not english:
        dutch = said.first
    if not dutch and english == known.get("en"):
        dutch = str(known.get("nl", ""))
    dutch = dutch or str(known.get("nl") or said.first)
    return {"nl": dutch, "en": english or str(known.get("en") or dutch)}


def _add_need(
    model: ArchiModel, relation: Relation, parts: Mapping[str, list[Relation]], ours: Ours, needs: _Needs
) -> None:
    """Read one need: its fields from the relation that reaches the dependent, its providers from what leads there."""
    place, role = _place(relation), str(nested(relation.properties).get("role") or "level")
    if relation.target not in ours.component_of or role not in _ROLES:
        ours.notices.append(Notice(relation.id, _("this need no longer reaches a component and was left out")))
        return
    source = model.elements.get(relation.source)
    joined = source is not None and source.type in JUNCTIONS
    leading = sorted(parts.get(relation.source, []), key=_place) if joined else [relation]
    said = [(part.source, nested(part.properties).get("share")) for part in leading]
    known = [(ours.component_of[name], share) for name, share in said if name in ours.component_of]
    data = nested(relation.properties)
    need = {key: value for key, value in data.items() if key not in {"type", "role", "place", "share", "need_id"}}
    if "need_id" in data:
        need = {"id": data["need_id"], **need}
    if not known:
        ours.notices.append(Notice(relation.id, _("this need has no provider any more and was left out")))
        return
    shared = {name: share for name, share in known if share is not None}
    ends = {"shares": shared} if shared else {"providers": [name for name, _share in known]}
    needs[relation.target, role].append((place, {**ends, **need}))


def _add_path(relation: Relation, ours: Ours) -> None:
    if relation.source not in ours.component_of or relation.target not in ours.component_of:
        ours.notices.append(Notice(relation.id, _("this access path no longer joins two components and was left out")))
        return
    data = nested(relation.properties)
    fields = {key: value for key, value in data.items() if key not in {"type", "place", "path_id"}}
    named = {"id": data["path_id"]} if "path_id" in data else {}
    ends = {"origin": ours.component_of[relation.source], "target": ours.component_of[relation.target]}
    ours.paths.append({**named, **ends, **fields, "_place": _place(relation)})


def _attach(record: dict[str, Any], role: str, needs: list[dict[str, Any]], ours: Ours) -> None:
    if role == "level":
        record["needs"] = needs
    elif isinstance(record.get(role), dict):
        record[role]["needs"] = needs
    else:
        text = _("needs of a {role} that is not there any more were left out", role=role)
        ours.notices.append(Notice(str(record["id"]), text))


def _place(item: Element) -> int:
    """Return the place in the list from which it was written."""
    text = item.get(f"{PREFIX}place")
    return int(text) if text.isdecimal() else 0
