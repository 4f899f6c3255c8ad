"""What one reader may see of a city (Traffic Light Protocol): every output passes through a view.

The officer sees all. Anybody else gets a City in which what a mark forbids is gone: hidden organisations, components,
teams, districts and sources are stand-ins without content, needs point at the stand-ins, hidden needs, access paths
and figures are left out, and a hidden id or name that somebody wrote in a free text is blanked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from city_model.schema import (
    AccessPath,
    Backup,
    Biv,
    Certificate,
    City,
    Component,
    District,
    Need,
    Organisation,
    Substitution,
    Team,
)
from city_model.values import CountFigure, DistributionFigure, PerCentFigure, Provenance, Source, Text

BLANK = "verborgen"
"""What stands in the place of a hidden word; part of the id of every stand-in."""

_Item: TypeAlias = Organisation | Component | Team | District | Source
_FROM_SOURCE = (Provenance, Backup, Biv, Certificate, Substitution)
"""What is hidden with the source that it comes from."""
_NAMESPACE_OF: Final[Mapping[str, type[BaseModel]]] = {
    "organisation": Organisation,
    "operator": Organisation,
    "supplier": Organisation,
    "providers": Component,
    "shares": Component,
    "kept_on": Component,
    "functions": Component,
    "origin": Component,
    "target": Component,
    "team": Team,
    "district": District,
    "source": Source,
}
"""Which fields hold an id, and of what."""
_GONE: Final = object()
"""Stands for a value of which nothing may be left."""
_VOCABULARY: Final = {"kind", "phase", "loses", "tlp", "confidence", "sector", "ease", "data_role"}
"""Fields with words of the schema itself."""


@dataclass(frozen=True)
class Reader:
    """Who reads: a role, and the organisation that it belongs to if it is a partner."""

    role: str
    organisation: str | None = None


OFFICER: Final = Reader("officer")
"""The security officer, who keeps the map and sees all of it."""


def may_see(reader: Reader, mark: str) -> bool:
    """Return whether *reader* may see what others marked *mark*; a partner is part of the GREEN community."""
    if reader.role == OFFICER.role:
        return True
    return mark == "CLEAR" or (mark == "GREEN" and reader.organisation is not None)


def view_for(city: City, reader: Reader) -> City:
    """Return the part of *city* that *reader* may see, with stand-ins for the rest; the officer gets *city* itself."""
    return city if reader.role == OFFICER.role else _View(city, reader).city()


class _View:
    """Works out what is hidden, and writes the city without it."""

    def __init__(self, city: City, reader: Reader) -> None:
        self.original = city
        self.reader = reader
        self.items: tuple[_Item, ...] = (
            *city.organisations,
            *city.components,
            *city.teams,
            *city.districts,
            *city.sources,
        )
        self.closed = {item.id for item in city.organisations if not self._is_own(item) and self._is_marked(item)}
        self.hidden = {_key(item) for item in self.items if not self._is_own(item) and self._is_marked(item)}
        self.words = self._hide_namesakes()
        taken = {item.id for item in self.items}
        self.fresh = (f"{BLANK}-{number}" for number in count(1) if f"{BLANK}-{number}" not in taken)
        self.names = {_key(item): next(self.fresh) for item in self.items if _key(item) in self.hidden}
        self.nobody = next(self.fresh)
        """The source of figures that must be there and may not be seen."""

    def city(self) -> City:
        """Return the view."""
        city = self.original
        shown = [self._stand_in(item) if _key(item) in self.hidden else self._shown(item) for item in self.items]
        paths = [path for path in city.access_paths if not self._touches_hidden(path)]
        return City(
            id=city.id,
            name=city.name,
            description=self._clean(city.description, "description", own=False),
            population=self._clean(city.population, "population", own=False),
            sources=(*(item for item in shown if isinstance(item, Source)), _empty_source(self.nobody)),
            districts=tuple(item for item in shown if isinstance(item, District)),
            organisations=tuple(item for item in shown if isinstance(item, Organisation)),
            teams=tuple(item for item in shown if isinstance(item, Team)),
            components=tuple(item for item in shown if isinstance(item, Component)),
            access_paths=self._clean(tuple(paths), "access_paths", own=False),
        )

    def _is_own(self, item: _Item) -> bool:
        """Whether *item* is the reader's organisation, or owned or run by it."""
        ends = (
            {item.id}
            if isinstance(item, Organisation)
            else {getattr(item, "organisation", None), getattr(item, "operator", None)}
        )
        return self.reader.organisation is not None and self.reader.organisation in ends

    def _is_marked(self, item: _Item) -> bool:
        """Whether the mark of *item*, or of the organisation that it belongs to, hides it."""
        if not may_see(self.reader, getattr(item, "tlp", "CLEAR")):
            return True
        return not isinstance(item, Organisation) and getattr(item, "organisation", None) in self.closed

    def _hide_namesakes(self) -> re.Pattern[str]:
        """Hide whatever has a hidden id or name as part of its own; return the pattern of all hidden words."""
        while True:
            words = _pattern_of(word for item in self.items if _key(item) in self.hidden for word in _words_of(item))
            found = {
                _key(item)
                for item in self.items
                if not self._is_own(item) and any(words.search(word) for word in _words_of(item))
            }
            if found <= self.hidden:
                return words
            self.hidden |= found

    def _touches_hidden(self, path: AccessPath) -> bool:
        return bool({(Component, path.origin), (Component, path.target)} & self.hidden)

    def _shown(self, item: _Item) -> _Item:
        shown = self._clean(item, "", own=self._is_own(item))
        assert isinstance(shown, type(item))  # noqa: S101 - an item itself is never left out here
        return shown

    def _stand_in(self, item: _Item) -> _Item:
        """Return a thing of the same type that says nothing but that something is hidden."""
        name = self.names[_key(item)]
        number = name.rpartition("-")[2]
        match item:
            case Organisation():
                called = Text(nl=f"Verborgen organisatie {number}", en=f"Hidden organisation {number}")
                role = Text(nl="Niet zichtbaar voor deze lezer.", en="Not visible to this reader.")
                return Organisation(id=name, name=called, sector="ict", role=role, source=self.nobody)
            case Component():
                called = Text(nl=f"Verborgen onderdeel {number}", en=f"Hidden component {number}")
                return Component(id=name, name=called, kind="service")
            case Team():
                called = Text(nl=f"Verborgen team {number}", en=f"Hidden team {number}")
                return Team(id=name, name=called, count=CountFigure(value="unknown", source=self.nobody))
            case District():
                return District(id=name, name=Text(nl=f"Verborgen wijk {number}", en=f"Hidden district {number}"))
            case Source():
                return _empty_source(name)

    def _clean(self, value: Any, field: str, *, own: bool) -> Any:  # noqa: ANN401 - whatever a field holds
        """Return *value* without what is hidden; _GONE when nothing may be left of it."""
        if isinstance(value, str):
            return self._clean_text(value, field)
        if isinstance(value, tuple):
            kept = (self._clean(item, field, own=own) for item in value)
            return tuple(item for item in kept if item is not _GONE)
        if isinstance(value, Mapping):
            return {self._clean_text(key, field): inside for key, inside in value.items()}
        return self._clean_model(value, own=own) if isinstance(value, BaseModel) else value

    def _clean_text(self, text: str, field: str) -> str:
        if field in _NAMESPACE_OF:
            return self.names.get((_NAMESPACE_OF[field], text), text)
        return text if field in _VOCABULARY else self.words.sub(BLANK, text)

    def _clean_model(self, value: BaseModel, *, own: bool) -> Any:  # noqa: ANN401 - the same model, or _GONE
        if not own and isinstance(value, _FROM_SOURCE) and not may_see(self.reader, self._mark_of(value)):
            return _GONE
        changes: dict[str, object] = {}
        for name, field in type(value).model_fields.items():
            before = getattr(value, name)
            if name == "id":
                changes[name] = self._clean_id(value, before)
                continue
            after = self._clean(before, name, own=own)
            if after is _GONE:
                after = self._unknown(before) if field.is_required() else None
            changes[name] = after
        return value.model_copy(update=changes)

    def _clean_id(self, value: BaseModel, name: str | None) -> str | None:
        """Return the id of a need or path without hidden words; other things that hold one are stand-ins already."""
        if name and isinstance(value, (Need, AccessPath)) and self.words.search(name):
            return next(self.fresh)
        return name

    def _mark_of(self, value: BaseModel) -> str:
        own_mark: str | None = getattr(value, "tlp", None)
        return own_mark or self.original.source_by_id[getattr(value, "source", "")].tlp

    def _unknown(self, figure: object) -> BaseModel:
        """Return the unknown figure in the place of one that must be there and may not be seen."""
        if isinstance(figure, DistributionFigure):
            return DistributionFigure(unknown=True, source=self.nobody)
        kind = PerCentFigure if isinstance(figure, PerCentFigure) else CountFigure
        return kind(value="unknown", source=self.nobody)


def _key(item: _Item) -> tuple[type[BaseModel], str]:
    return type(item), item.id


def _words_of(item: _Item) -> tuple[str, ...]:
    """Return the id of *item* and its names."""
    return (item.id,) if isinstance(item, Source) else (item.id, item.name.nl, item.name.en)


def _pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds *words* where they stand by themselves; without words it finds nothing."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    alternatives = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _empty_source(name: str) -> Source:
    return Source(
        id=name,
        kind="assumption",
        reference=BLANK,
        date=dt.date(1970, 1, 1),
        by=BLANK,
        confidence="assumed",
    )
