"""From an ArchiMate model to the files of a city, with a word on everything that did not come along."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from city_model.exchange.archimate_edges import Edge, Left, Outcome, resolve
from city_model.exchange.archimate_fields import PREFIX
from city_model.exchange.archimate_mapping import ArchimateMapping
from city_model.exchange.archimate_model import JUNCTIONS, ArchiModel, Element, Notice, Words
from city_model.exchange.archimate_ours import Ours, read_ours
from city_model.exchange.archimate_properties import component_fields, copied_down, organisation_fields, used_keys
from city_model.exchange.circles import circles
from city_model.exchange.city_files import NOBODY, CityFiles, stand_in_owner
from city_model.exchange.names import Names
from city_model.faults import describe, path_text
from city_model.schema import AccessFile, CityFile, OrganisationFile, needs_of
from city_model.yaml_writer import plain
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

Model = TypeVar("Model", bound=BaseModel)
LONGEST_NAME: Final = 300
LONGEST_TEXT: Final = 2000


@dataclass(frozen=True)
class Origin:
    """What is said about the file that is read, as the source of all that comes from it."""

    file: str
    date: dt.date
    city: str
    """The id of the city that is made."""
    owner: str | None = None
    """The organisation of components of which the model names no owner; None: one that stands for unknown."""


@dataclass(frozen=True)
class Imported:
    """The files of the city, and what did not become a part of it."""

    files: CityFiles
    left: tuple[Left, ...]
    notices: tuple[Notice, ...]
    elements: Counter[str]
    """How many elements became what."""
    relations: Counter[str]
    """How many relations became a need, ownership, or were joined, dropped, undecided."""
    unused: Counter[str]
    """Properties that fill no field, by key."""
    circles: int
    """Groups of components that depend on each other in a circle."""
    ours: frozenset[str] = frozenset()
    """Ids of components and organisations that we wrote into the model ourselves."""
    stand_in: str | None = None
    """The organisation that was made to own what the model gives no owner."""


def city_of(model: ArchiModel, mapping: ArchimateMapping, origin: Origin) -> Imported:
    """Return the city in *model*; raises InputError when a property of ours holds what its field does not take."""
    return _Maker(model, mapping, origin).imported()


class _Maker:
    """Makes plain data of every element and relation, and at the end files of it."""

    def __init__(self, model: ArchiModel, mapping: ArchimateMapping, origin: Origin) -> None:
        self.mapping, self.origin = mapping, origin
        self.ours = read_ours(model)
        self.model = _without_bookkeeping(model, self.ours)
        self.notices = [*model.notices, *self.ours.notices]
        self.names = Names(record["id"] for records in self.ours.things.values() for record in records)
        self.source = self.names.fresh(f"import-{model.name.first}"[:50], f"import-{origin.file}")
        self.counts: Counter[str] = Counter()
        self.stand_in: str | None = None
        self.components: dict[str, dict[str, Any]] = {}
        """By element."""
        self.organisations: dict[str, dict[str, Any]] = {}

    def imported(self) -> Imported:
        """Return the files and the report."""
        self._take_elements()
        outcome = resolve(self.model, self.mapping, frozenset(self.ours.relations))
        self._take_owners(outcome)
        copied_down(outcome.kinds, self.components, self.model)
        self._take_needs(outcome.edges)
        for record in self.components.values():
            if record["kind"] == "function" and not record.get("needs"):
                record["kind"] = "service"
                text = _("needs nothing, so it became a service and not a city function")
                self.notices.append(Notice(record["id"], text))
        files = self._files()
        relations: Counter[str] = Counter(left.fate for left in outcome.left)
        relations["need"] = len({edge.relation for edge in outcome.edges})
        relations["owner"] = len(outcome.owned)
        relations["ours"] = len(self.ours.relations)
        return Imported(
            files,
            tuple(outcome.left),
            tuple(self.notices),
            self.counts,
            Counter({key: number for key, number in relations.items() if number}),
            self._unused(),
            _circles(files),
            frozenset({*self.ours.component_of.values(), *self.ours.organisation_of.values()}),
            self.stand_in,
        )

    def _take_elements(self) -> None:
        for thing, records in (("component", self.ours.component_of), ("organisation", self.ours.organisation_of)):
            by_id = {record["id"]: record for record in self.ours.things[thing]}
            taken = self.components if thing == "component" else self.organisations
            taken.update({element: by_id[name] for element, name in records.items()})
            self.counts[_("read back as ours")] += len(records)
        for element in self.model.elements.values():
            if element.id in self.ours.elements or element.type in JUNCTIONS:
                continue
            becomes = self.mapping.becomes(element)
            gone = self.mapping.leaves_out(element)
            if becomes is None:
                text = _("its type {type} is not in the mapping file; it was left out", type=element.type[:60])
                self.notices.append(Notice(element.name.first or element.id, text))
            elif gone:
                self.counts[_("left out ({property}: {value})", property=gone[0], value=gone[1])] += 1
            elif becomes == "skip":
                self.counts[_("left out ({type})", type=element.type)] += 1
            elif becomes == "organisation":
                self._add_organisation(element)
            else:
                self._add_component(element, becomes)

    def _add_organisation(self, element: Element) -> None:
        record = {"id": self._id(element), "name": _pair(element.name, element)}
        supplier = self.mapping.is_supplier(element)
        self.organisations[element.id] = {**record, **organisation_fields(element, self.source, supplier=supplier)}
        self.counts[_("organisation")] += 1

    def _add_component(self, element: Element, kind: str) -> None:
        record: dict[str, Any] = {"id": self._id(element), "name": _pair(element.name, element), "kind": kind}
        if element.documentation.first:
            record["description"] = _pair(element.documentation, element, LONGEST_TEXT)
            if len(element.documentation.first) > LONGEST_TEXT:
                text = _("its description is longer than {limit} characters and was cut", limit=LONGEST_TEXT)
                self.notices.append(Notice(record["id"], text))
        fields, remarks = component_fields(element, self.mapping.properties, self.source, self.origin.file)
        self.notices += [Notice(record["id"], remark) for remark in remarks]
        self.components[element.id] = {**record, **fields}
        self.counts[kind] += 1

    def _id(self, element: Element) -> str:
        return self.names.fresh(" ".join(element.name.first.split()), f"{element.type}-{element.id}")

    def _take_owners(self, outcome: Outcome) -> None:
        for owned in outcome.owned:
            record, owner = self.components.get(owned.element), self.organisations.get(owned.organisation)
            if record is None or owner is None:
                continue
            before = record.setdefault(owned.role, owner["id"])
            if before != owner["id"]:
                text = _("has more than one {role}: {first} was kept, {second} was not",
                         role=owned.role, first=before, second=owner["id"])  # fmt: skip
                self.notices.append(Notice(record["id"], text))

    def _take_needs(self, edges: Iterable[Edge]) -> None:
        keys: Counter[str] = Counter()
        for edge in edges:
            record = self.components[edge.dependent]
            providers = [self.components[name]["id"] for name in edge.providers]
            relation = self.model.relations[edge.relation]
            known = {tuple(need.get("providers", ())) for need in record.get("needs", ())}
            need: dict[str, Any] = {"providers": providers}
            key = f"{record['id']}>{'+'.join(providers)}"
            keys[key] += 1
            if keys[key] > 1 or tuple(providers) in known:
                need = {"id": f"{key[:180]}#{keys[key] + 1}", **need}
            if edge.at_least is not None:
                need["at_least"] = edge.at_least
            need["kind"] = edge.kind
            need["source"] = self.source
            if edge.derived:
                need["confidence"] = "derived"
            title = f"'{' '.join(relation.name.first.split())[:200]}', " if relation.name.first else ""
            need["note"] = f"ArchiMate {relation.type} ({edge.label}), {title}{edge.relation}"[:LONGEST_TEXT]
            record.setdefault("needs", []).append(need)

    def _files(self) -> CityFiles:
        named = _pair(self.model.name, None)
        ours = self.ours.city if isinstance(self.ours.city.get("id"), str) else {}
        foreign = len(self.components) + len(self.organisations) > len(self.ours.component_of) + len(
            self.ours.organisation_of
        )
        owner = self.origin.owner or NOBODY
        organisations = {record["id"]: record for record in self.organisations.values()}
        owned: dict[str, list[dict[str, Any]]] = defaultdict(list)
        functions = []
        for record in self.components.values():
            if record["kind"] == "function":
                functions.append(record)
                continue
            home = str(record.pop("organisation", None) or owner)
            owned[home if home in organisations else owner].append(record)
        teams, measures = (self._by_owner(thing, organisations, owner) for thing in ("team", "measure"))
        sources = list(self.ours.things["source"])
        lacks_owner = owner in {*owned, *teams, *measures} - set(organisations)
        if foreign or lacks_owner or not ours:
            sources.append(self._source())
        if lacks_owner:
            organisations[owner] = plain(stand_in_owner(owner, sources[-1]["id"]))
            self.stand_in = owner
        city: dict[str, Any] = {
            "id": self.origin.city,
            "name": ours.get("name", named),
            **{key: ours[key] for key in ("description", "population") if key in ours},
            "sources": sources,
            "districts": self.ours.things["district"],
            "functions": functions,
        }
        paths = sorted(self.ours.paths, key=lambda path: path["_place"])
        access = {"paths": [{key: path[key] for key in path if key != "_place"} for path in paths]}
        return CityFiles(
            self._fitted(CityFile, city),
            tuple(
                self._fitted(
                    OrganisationFile,
                    {
                        "organisation": record,
                        "teams": teams.get(name, []),
                        "components": owned.get(name, []),
                        "measures": measures.get(name, []),
                    },
                )
                for name, record in sorted(organisations.items())
            ),
            self._fitted(AccessFile, access) if paths else None,
        )

    def _by_owner(self, thing: str, organisations: Mapping[str, object], owner: str) -> dict[str, list[dict[str, Any]]]:
        """Return our own records of *thing* by the organisation in whose file they belong."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for record in self.ours.things[thing]:
            home = str(record.pop("organisation", None) or owner)
            found[home if home in organisations else owner].append(record)
        return found

    def _source(self) -> dict[str, Any]:
        title = " ".join(self.model.name.first.split())[:LONGEST_NAME]
        return {
            "id": self.source,
            "kind": "document",
            "reference": f"ArchiMate-model '{title}', bestand {self.origin.file} ({self.model.dialect})",
            "date": self.origin.date.isoformat(),
            "by": "kaartbeheerder",
            "confidence": "one_sided",
        }

    def _fitted(self, model: type[Model], data: dict[str, Any]) -> Model:
        """Return *data* as a *model*; raises InputError with what an edited property of ours holds wrongly."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            faults = describe(model, data, error.errors(include_url=False, include_input=False))
        problems = (
            Problem(self.origin.file, 0, 0, path_text(fault.path, data), fault.what, fault.repair) for fault in faults
        )
        raise InputError(sorted(set(problems)))

    def _unused(self) -> Counter[str]:
        used = used_keys(self.mapping)
        items = [*self.model.elements.values(), *self.model.relations.values()]
        keys = (key for item in items for key, _value in item.properties)
        return Counter(key for key in keys if key not in used and not key.startswith(PREFIX))


def _without_bookkeeping(model: ArchiModel, ours: Ours) -> ArchiModel:
    """Return *model* in which our teams, districts and sources are of a type that is no part of the chain."""
    known = {*ours.component_of, *ours.organisation_of}
    elements = {
        name: replace(element, type="Meaning")
        if name in ours.elements - known and element.type not in JUNCTIONS
        else element
        for name, element in model.elements.items()
    }
    return replace(model, elements=elements)


def _pair(said: Words, element: Element | None, longest: int = LONGEST_NAME) -> dict[str, str]:
    """Return *said* in both languages; a name goes on one line, and what has no name is called by its type."""
    otherwise = f"{element.type} {element.id}" if element else "ArchiMate"
    one_line = longest == LONGEST_NAME
    dutch, english = said.first, said.within("en") or said.first
    texts = (" ".join(text.split()) if one_line else text.strip() for text in (dutch, english))
    kept = [_cut(text, longest) or otherwise[:longest] for text in texts]
    return {"nl": kept[0], "en": kept[1]}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _circles(files: CityFiles) -> int:
    parts = [*files.city.functions, *(part for file in files.organisations for part in file.components)]
    return circles(
        {part.id: [name for placed in needs_of(part) for name in placed.need.provider_ids] for part in parts}
    )
