"""An imported model as claims about a city that is there already: matched by id, then by name, never doubled."""

from collections.abc import Mapping
from typing import Any

from city_model.exchange.archimate_city import Imported
from city_model.exchange.claims import Claim, Claims, Remark
from city_model.exchange.matching import Known, components_of, organisations_of
from city_model.exchange.names import EXTERNAL, Names
from city_model.schema import City, Component
from city_model.yaml_writer import plain
from resilience.base.language import _

_KEPT_DEFAULTS = ("kind",)
"""Fields of a component that the mapping fills in by type; they do not change what is on the map."""


def claims_of(imported: Imported, city: City) -> Claims:
    """Return what *imported* says about *city*: known things keep the ids that they have there."""
    return _Claimer(imported, city).claims()


class _Claimer:
    """Finds the id on the map of everything that came in, and writes it in every reference."""

    def __init__(self, imported: Imported, city: City) -> None:
        self.imported, self.city = imported, city
        self.on_map = {part.id for part in city.components}
        self.organisations_on_map = {item.id for item in city.organisations}
        self.names = Names({*self.on_map, *self.organisations_on_map, *(source.id for source in city.sources)})
        self.by_tag = {tag: part.id for part in city.components for tag in part.tags if tag.startswith(EXTERNAL)}
        self.found = Claims(self._source())
        self.component_ids: dict[str, str] = {}
        self.organisation_ids: dict[str, str] = {}

    def claims(self) -> Claims:
        """Return one claim for every component and organisation."""
        files = self.imported.files
        incoming: list[tuple[str | None, Component]] = [(None, part) for part in files.city.functions]
        incoming += [(file.organisation.id, part) for file in files.organisations for part in file.components]
        organisations = organisations_of(self.city)
        for file in files.organisations:
            name = file.organisation.id
            if name == self.imported.stand_in and name in self.organisations_on_map:
                self.organisation_ids[name] = name
                continue
            found = self._known(name, file.organisation.name.nl, organisations, self.organisations_on_map)
            self.organisation_ids[name] = found or self.names.fresh(name, name)
            data = plain(file.organisation)
            kept: dict[str, Any] = {}
            for key in ("source", "sector", "role"):
                kept[key] = data.pop(key)
            del data["id"]
            claim = Claim("organisation", self.organisation_ids[name], name, known=found is not None, data=data,
                          defaults={**kept, "source": self._source_id(str(kept["source"]))})  # fmt: skip
            self.found.things.append(claim)
        components = components_of(self.city)
        taken: set[str] = set()
        for _owner, part in incoming:
            found = next((self.by_tag[tag] for tag in part.tags if tag in self.by_tag), None)
            found = found or self._known(part.id, part.name.nl, components, self.on_map)
            found = None if found in taken else found
            self.component_ids[part.id] = found or self.names.fresh(part.id, part.id)
            taken.add(self.component_ids[part.id])
        for owner, part in incoming:
            self.found.things.append(self._component(owner, part))
        return self.found

    def _known(self, name: str, called: str, known: Known, on_map: set[str]) -> str | None:
        """Return the id on the map of something that came in; what we wrote ourselves kept its id."""
        if name in self.imported.ours and name in on_map:
            return name
        match = known.find(called)
        if match.how == "name":
            return match.id
        if match.how == "several":
            ids = ", ".join(match.candidates)
            text = _("more than one thing on the map is called '{name}': {ids}; this one came in as new",
                     name=called, ids=ids)  # fmt: skip
            self.found.remarks.append(Remark(name, text))
        elif match.alike:
            text = _("'{name}' is new; did you mean '{alike}'?", name=called, alike=match.alike)
            self.found.remarks.append(Remark(name, text))
        return None

    def _component(self, owner: str | None, part: Component) -> Claim:
        thing = self.component_ids[part.id]
        data = self._renamed(plain(part))
        del data["id"]
        needs = data.pop("needs", [])
        defaults = {key: data.pop(key) for key in _KEPT_DEFAULTS}
        if owner and "organisation" not in data:
            said = defaults if owner == self.imported.stand_in else data
            said["organisation"] = self.organisation_ids[owner]
        return Claim("component", thing, part.id, thing in self.on_map, data, defaults, needs)

    def _renamed(self, value: Any, key: str = "") -> Any:  # noqa: ANN401 - plain data of any shape
        """Return *value* with every reference in it under the id on the map."""
        if isinstance(value, Mapping):
            if key == "shares":
                return {self.component_ids.get(name, name): share for name, share in value.items()}
            return {name: self._renamed(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self._renamed(item, key) for item in value]
        if key in {"providers", "functions", "kept_on"}:
            return self.component_ids.get(value, value)
        if key in {"organisation", "operator", "supplier"}:
            return self.organisation_ids.get(value, value)
        return self._source_id(value) if key == "source" else value

    def _source_id(self, name: str) -> str:
        """Return the source on the map, or that of this import where it is not there."""
        return name if name in self.city.source_by_id else str(self.found.source["id"])

    def _source(self) -> dict[str, Any]:
        """Return the source of the import: the last one of the file, which the maker added for what is not ours."""
        sources = self.imported.files.city.sources
        foreign = [source for source in sources if source.id not in self.city.source_by_id]
        return plain(foreign[-1] if foreign else sources[-1])
