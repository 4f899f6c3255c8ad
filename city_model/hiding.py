"""What is hidden from one reader, by the marks of the Traffic Light Protocol and by the names that give it away."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from city_model.hidden_words import telling_words, whole_words
from city_model.partner.sources import answered_by
from city_model.schema import City, Component, District, Organisation, Team
from city_model.stand_ins import Hidden, StandIns, groups_of
from city_model.values import Source

Item: TypeAlias = Organisation | Component | Team | District | Source
_SAID_BY_PARTNERS: Final = {"interview", "exercise"}
"""Kinds of source that say who took part."""


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


class Hiding:
    """Works out what *reader* may not see of *city*."""

    def __init__(self, city: City, reader: Reader) -> None:
        self.city = city
        self.reader = reader
        self.items: tuple[Item, ...] = (
            *city.organisations,
            *city.components,
            *city.teams,
            *city.districts,
            *city.sources,
        )
        self._closed = {item.id for item in city.organisations if not self.is_own(item) and self._is_marked(item)}
        self.hidden = {key_of(item) for item in self.items if not self.is_own(item) and self._is_marked(item)}
        self._hide_namesakes()
        self.words = self._telling()
        seen = {item.id for item in self.items if key_of(item) not in self.hidden}
        self.stand_ins = StandIns(groups_of(self.hidden_things()), seen)
        self.shared_talks = self._shared_talks()

    def hides(self, kind: type[BaseModel], name: str | None) -> bool:
        """Return whether the *kind* of thing called *name* is hidden."""
        return (kind, name) in self.hidden

    def seen(self, items: Iterable[Any]) -> list[Any]:
        """Return those of *items* that the reader may know of."""
        return [item for item in items if key_of(item) not in self.hidden]

    def is_own(self, item: BaseModel) -> bool:
        """Whether *item* is the reader's organisation, or owned or run by it."""
        ends = (
            {item.id}
            if isinstance(item, Organisation)
            else {getattr(item, "organisation", None), getattr(item, "operator", None)}
        )
        return self.reader.organisation is not None and self.reader.organisation in ends

    def _is_marked(self, item: Item) -> bool:
        """Whether the mark of *item*, or of the organisation that it belongs to, hides it."""
        if not may_see(self.reader, getattr(item, "tlp", "CLEAR")):
            return True
        return not isinstance(item, Organisation) and getattr(item, "organisation", None) in self._closed

    def _hide_namesakes(self) -> None:
        """Hide whatever has a hidden id or name as part of its own."""
        while True:
            words = whole_words(word for item in self.items if key_of(item) in self.hidden for word in _words_of(item))
            found = {
                key_of(item)
                for item in self.items
                if not self.is_own(item) and any(words.search(word) for word in _words_of(item))
            }
            if found <= self.hidden:
                return
            self.hidden |= found

    def _telling(self) -> re.Pattern[str]:
        hidden = [item for item in self.items if key_of(item) in self.hidden]
        names = [word for item in hidden if isinstance(item, Organisation) for word in _words_of(item)]
        city = self.city
        seen = [word for item in self.items if key_of(item) not in self.hidden for word in _words_of(item)]
        ordinary = [*seen, city.id, city.name.nl, city.name.en]
        return telling_words((word for item in hidden for word in _words_of(item)), names, ordinary)

    def hidden_things(self) -> Iterator[Hidden]:
        """Yield every hidden organisation and component, as far as its stand-in depends on it."""
        sectors = {item.id: item.sector for item in self.city.organisations}
        for organisation in self.city.organisations:
            if key_of(organisation) in self.hidden:
                yield Hidden(organisation.id, organisation.id, organisation.sector)
        for part in self.city.components:
            if key_of(part) in self.hidden:
                owner = part.organisation
                yield Hidden(part.id, owner or part.id, sectors[owner] if owner else None, part.kind)

    def _shared_talks(self) -> set[str]:
        """Return the talks and exercises that not only the reader's own things rest on."""
        talks = {item.id for item in self.city.sources if item.kind in _SAID_BY_PARTNERS}
        others = {
            name
            for item in (*self.city.organisations, *self.city.components, *self.city.teams,
                         *self.city.access_paths, *self.city.districts, *self.city.population,
                         *self.city.measures, *self.city.impacts)
            if not self.is_own(item)
            for name in sources_in(item)
        }  # fmt: skip
        return {
            name
            for name in talks & others
            if answered_by(name) != self.reader.organisation or not self.reader.organisation
        }


def key_of(item: Item) -> tuple[type[BaseModel], str]:
    """Return what tells *item* apart from all others: ids of different kinds may be the same."""
    return type(item), item.id


def _words_of(item: Item) -> tuple[str, ...]:
    """Return the id of *item* and its names."""
    return (item.id,) if isinstance(item, Source) else (item.id, item.name.nl, item.name.en)


def sources_in(value: object) -> Iterator[str]:
    """Yield the id of every source that something inside *value* names."""
    if isinstance(value, tuple):
        for item in value:
            yield from sources_in(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inside = getattr(value, name)
            if name == "source":
                yield inside
            else:
                yield from sources_in(inside)
