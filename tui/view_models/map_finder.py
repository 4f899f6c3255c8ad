"""Finding a component among thousands: what one may type, which filters there are, and how many pass.

Everything that a key press needs is made once for a city and a language; a search only compares texts.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from city_model.map_filter import FIELDS, Field, MapFilter, values_of
from city_model.naming import organisation_name, responsible_for
from city_model.schema import City, Component
from city_model.words import component_kind_word
from resilience.base.language import _

FUNCTION_MARK = "◆"
"""Stands before a city function, the top of the chain."""


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component to choose."""

    key: str
    mark: str
    name: str
    kind: str
    owner: str


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value that can be asked for in a filter, with how many components it would leave."""

    key: str
    """``field:value``."""
    field: str
    name: str
    count: int
    asked: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with the texts by which it is found."""

    row: ComponentRow
    titles: tuple[str, ...]
    """The id and the name in both languages, folded."""
    key: str
    """The same in one text, each after a space, so that a word begins after a space."""


class Finder:
    """The components of a city in the order of the list: city functions as the file has them, then by name."""

    def __init__(self, city: City, parts: Sequence[Component] | None = None) -> None:
        """Make ready to find all components of *city*, or only these *parts*."""
        self._city = city
        self._kinds = {part.kind: component_kind_word(part.kind) for part in city.components}
        functions = {function.id: place for place, function in enumerate(city.functions)}
        last = len(functions)
        made = sorted(
            (functions.get(part.id, last), str(part.name).casefold(), part.id, self._entry(part.id))
            for part in (city.components if parts is None else parts)
        )
        self._entries = [entry for *_order, entry in made]
        self._rows = tuple(entry.row for entry in self._entries)
        self.place = {row.key: place for place, row in enumerate(self._rows)}
        """Where each component stands in the whole list."""
        self._chosen: tuple[MapFilter, frozenset[str] | None] = (MapFilter(), None)
        self.total = len(self._entries)

    def chosen(self, asked: MapFilter) -> frozenset[str] | None:
        """Return the components that pass *asked*, None when it asks nothing; the last answer is kept."""
        if self._chosen[0] != asked:
            self._chosen = (asked, asked.chosen(self._city))
        return self._chosen[1]

    def find(self, text: str, asked: MapFilter) -> tuple[ComponentRow, ...]:
        """Return what passes *asked* and holds every word of *text* in its id or a name; the best matches first."""
        words = folded(text).split()
        chosen = self.chosen(asked)
        if chosen is None and not words:
            return self._rows
        found = self._entries if chosen is None else [entry for entry in self._entries if entry.row.key in chosen]
        for word in words:
            found = [entry for entry in found if word in entry.key]
        if words:
            query = " ".join(words)
            begins = f" {query}"
            found = sorted(found, key=lambda entry: _rank(entry, query) if begins in entry.key else _WORST)
        return tuple(entry.row for entry in found)

    def facets(self, asked: MapFilter) -> tuple[FacetRow, ...]:
        """Return every value of every filter, counted among what passes the other filters."""
        counts: dict[Field, Counter[str]] = {field: Counter() for field in FIELDS}
        for part in self._city.components:
            has = {field: values_of(part, field) for field in FIELDS}
            failed = [field for field in FIELDS if asked.wanted(field) and asked.wanted(field).isdisjoint(has[field])]
            for field in FIELDS if not failed else failed if len(failed) == 1 else ():
                counts[field].update(has[field])
        return tuple(
            FacetRow(f"{field}:{value}", field_words()[field], name, counts[field][value], value in asked.wanted(field))
            for field in FIELDS
            for value, name in self._values(field)
        )

    def words(self, asked: MapFilter) -> str:
        """Return what *asked* asks for, in words; nothing when it asks nothing."""
        parts = []
        for field in FIELDS:
            names = [name for value, name in self._values(field) if value in asked.wanted(field)]
            if names:
                parts.append(f"{field_words()[field]} {' / '.join(names)}")
        return " · ".join(parts)

    def _values(self, field: Field) -> list[tuple[str, str]]:
        """Return the values of one filter with what they are called, in the order to show them."""
        city = self._city
        if field == "function":
            return [(function.id, str(function.name)) for function in city.functions]
        if field == "district":
            return [(district.id, str(district.name)) for district in city.districts]
        if field == "kind":
            return sorted(self._kinds.items(), key=lambda pair: pair[1])
        named = [(item.id, str(item.name)) for item in city.organisations]
        return sorted(named, key=lambda pair: pair[1].casefold())

    def _entry(self, component: str) -> _Entry:
        part = self._city.component_by_id[component]
        titles = tuple(folded(text) for text in (part.id, part.name.nl, part.name.en))
        mark = FUNCTION_MARK if part.kind == "function" else " "
        owner = organisation_name(self._city, responsible_for(self._city, component))
        row = ComponentRow(component, mark, str(part.name), self._kinds[part.kind], owner)
        return _Entry(row, titles, "".join(f" {title}" for title in titles))


def folded(text: str) -> str:
    """Return *text* without the difference between capitals, accents and white space."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(text.casefold().split())


def field_words() -> dict[Field, str]:
    """Return what the filters are called."""
    return {
        "function": _("city function"),
        "organisation": _("partner"),
        "kind": _("kind"),
        "district": _("district"),
    }


_WORST = 3
"""The rank of an entry in which no word begins with what was typed."""


def _rank(entry: _Entry, query: str) -> int:
    """Return how well an entry fits: the whole title, its beginning, or the beginning of a word."""
    if query in entry.titles:
        return 0
    return 1 if any(title.startswith(query) for title in entry.titles) else 2
