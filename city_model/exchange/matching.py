"""Finding what is on the map already: by the id of the other system, then by our id, then by name; never by guess."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from city_model.exchange.names import EXTERNAL, external_tag, same_name
from city_model.schema import City

How = Literal["external", "zeros", "id", "name", "new", "several"]
ALIKE = 0.8
"""Names at least so alike are worth a question."""
MOST_COMPARED = 60_000
LONGEST_NUMBER = 18
LENGTHS = 4
"""Characters that a name may be longer or shorter than one it is like."""


@dataclass(frozen=True)
class Match:
    """What was found for one name."""

    id: str | None
    how: How
    candidates: tuple[str, ...] = ()
    """The ids that the name may mean, when there are several."""
    alike: str = ""
    """A name on the map that is nearly this one, when nothing was found."""


class Known:
    """The things of one kind that are known so far: those on the map, and those that came in."""

    def __init__(self, system: str = "") -> None:
        self.system = system
        self._start = f"{EXTERNAL}{system}-" if system else EXTERNAL
        self._tagged: set[str] = set()
        """Those of which the id in this system is known."""
        self._ids: set[str] = set()
        self._by_tag: dict[str, str] = {}
        self._by_number: dict[int, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._shown: dict[str, str] = {}
        self._by_start: dict[str, dict[str, None]] = defaultdict(dict)
        """By first letter, in the order in which they were added."""
        self._left = MOST_COMPARED

    def add(self, name: str, called: Iterable[str], tags: Iterable[str] = (), external: str = "") -> None:
        """Remember *name* with what it is *called* and the ids of other systems in its *tags*."""
        self._ids.add(name)
        for text in called:
            folded = same_name(text)
            if folded:
                self._by_name[folded].add(name)
                self._shown.setdefault(folded, " ".join(text.split()))
                self._by_start[folded[:1]][folded] = None
        for tag in (*tags, *([external_tag(external, self.system)] if external else [])):
            if tag.startswith(self._start):
                self._by_tag.setdefault(tag, name)
                self._tagged.add(name)
                number = tag.removeprefix(self._start)
                if _is_number(number):
                    self._by_number[int(number)].add(name)

    def find(self, text: str, external: str = "") -> Match:
        """Return what *external*, or else *text*, stands for; zeros that a spreadsheet lost are put back.

        A thing whose id in the other system is another one is not meant, whatever it is called.
        """
        if external:
            known = self._by_tag.get(external_tag(external, self.system))
            if known:
                return Match(known, "external")
            if _is_number(external) and len(self._by_number.get(int(external), ())) == 1:
                return Match(next(iter(self._by_number[int(external)])), "zeros")
        if text in self._ids:
            return Match(text, "id")
        named = self._by_name.get(same_name(text), set()) - (self._tagged if external and self.system else set())
        if len(named) == 1:
            return Match(next(iter(named)), "name")
        if named:
            return Match(None, "several", tuple(sorted(named)))
        return Match(None, "new", alike=self.alike(text))

    def refer(self, text: str) -> Match:
        """Return what a cell that names something else means: an id of the other system, ours, or a name."""
        found = self.find(text)
        tagged = self.find(text, text) if found.id is None else found
        return tagged if tagged.id else found

    def alike(self, text: str) -> str:
        """Return the name that is nearly *text*, or nothing; only names of about that length are compared.

        After MOST_COMPARED comparisons no more are made: a question beside a name is not worth minutes.
        """
        folded = same_name(text)
        matcher = SequenceMatcher(None, "", folded, autojunk=False)
        best, most = "", ALIKE
        for name in self._by_start.get(folded[:1], ()):
            if self._left <= 0 or abs(len(name) - len(folded)) > LENGTHS:
                continue
            self._left -= 1
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() > most and matcher.quick_ratio() > most and matcher.ratio() > most:
                best, most = name, matcher.ratio()
        return self._shown.get(best, "")


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_NUMBER


def components_of(city: City | None, system: str = "") -> Known:
    """Return the components of *city*, known by their ids in *system*."""
    known = Known(system)
    for part in city.components if city else ():
        known.add(part.id, (part.name.nl, part.name.en), part.tags)
    return known


def organisations_of(city: City | None) -> Known:
    """Return the organisations of *city*."""
    known = Known()
    for organisation in city.organisations if city else ():
        known.add(organisation.id, (organisation.name.nl, organisation.name.en))
    return known
