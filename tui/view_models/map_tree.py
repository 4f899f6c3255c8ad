"""The neighbourhood of a component as a tree that opens where one asks, upwards or downwards.

Only what is open is worked out, so that a hub with thousands of dependents costs no more than its own line. What a
filter leaves out is counted, and what is linked through it stays in the tree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from city_model.chain import Chain, Way
from city_model.schema import City, NeedRole, PlacedNeed
from city_model.words import need_kind_word
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from tui.view_models.map_finder import FUNCTION_MARK

OPENED_AT_FIRST = 40
"""Rows up to which the second step is open from the start."""
OPEN, CLOSED, LEAF, CIRCLE = "▾", "▸", " ", "↺"


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line of a tree: a component with the links to the line above it, or what a filter hides."""

    key: str
    """The ids on the way from the start, with slashes between."""
    component: str
    """Empty for a line that says what is hidden."""
    branch: str
    """The lines that draw its place."""
    fold: str
    text: str = ""
    """What a line without a component says."""
    links: tuple[PlacedNeed, ...] = ()
    """The needs that link it to the line above it."""
    through: Way = ()
    """What the filter leaves out on the way here."""


class Neighbourhood:
    """The tree in one direction from one component, its lines in the order of *place*.

    *shown* is what a filter lets pass, None without a filter.
    """

    def __init__(self, chain: Chain, place: Mapping[str, int], start: str, shown: frozenset[str] | None) -> None:
        self.start = start
        self._chain = chain
        self._place = place
        self._shown = None if shown is None else shown | {start}
        self._next: dict[str, tuple[tuple[str, Way], ...]] = {}
        self._opened = self._opened_at_first()
        self._made: tuple[TreeRow, ...] | None = None

    @property
    def direct(self) -> int:
        """How many components are linked directly, whatever a filter hides."""
        return len(self._chain.links(self.start))

    @cached_property
    def hidden(self) -> tuple[int, int]:
        """How many direct neighbours the filter leaves out, and how many components further on."""
        if self._shown is None:
            return 0, 0
        left_out = self._chain.reach(self.start) - self._shown
        direct = sum(name in left_out for name in self._chain.links(self.start))
        return direct, len(left_out) - direct

    def rows(self) -> tuple[TreeRow, ...]:
        """Return every line that is open, and before them what the filter hides."""
        if self._made is None:
            self._made = (*self._hidden_row(), *self._rows())
        return self._made

    def open(self, key: str) -> bool:
        """Open the line with *key*; returns whether that changed something."""
        way = tuple(key.split("/"))
        if way in self._opened or way[-1] in way[:-1] or not self._chain.links(way[-1]):
            return False
        self._opened.add(way)
        self._made = None
        return True

    def close(self, key: str) -> bool:
        """Close the line with *key*; returns whether it was open."""
        way = tuple(key.split("/"))
        found = way in self._opened and len(way) > 1
        self._opened.discard(way)
        self._made = None
        return found

    def _opened_at_first(self) -> set[Way]:
        """Return the start, and where that stays a short list the lines next to it."""
        first = self._chain.links(self.start)
        if self._shown is not None or len(first) > OPENED_AT_FIRST:
            return {(self.start,)}
        second = sum(len(self._chain.links(name)) for name in first)
        more = (
            {(self.start, name) for name in first if name != self.start}
            if len(first) + second <= OPENED_AT_FIRST
            else set()
        )
        return {(self.start,), *more}

    def _rows(self) -> Iterator[TreeRow]:
        """Yield the open lines from top to bottom; no function calls itself, because a chain may be very long."""
        waiting = self._children((self.start,), "")
        while waiting:
            way, through, branch, inside = waiting.pop()
            yield self._row(way, through, branch)
            if way in self._opened:
                waiting += self._children(way, inside)

    def _children(self, way: Way, inside: str) -> list[tuple[Way, Way, str, str]]:
        """Return the next lines below *way*, the last one first: way, what is left out, drawing, drawing inside it."""
        found = self._neighbours(way[-1])
        last = len(found) - 1
        return [
            (
                (*way, name),
                through,
                f"{inside}{'└' if place == last else '├'}{'┄' if through else '─'}",
                f"{inside}{' ' if place == last else '│'} ",
            )
            for place, (name, through) in reversed(list(enumerate(found)))
        ]

    def _row(self, way: Way, through: Way, branch: str) -> TreeRow:
        component = way[-1]
        fold = CIRCLE if component in way[:-1] else LEAF
        if fold is LEAF and self._chain.links(component):
            fold = OPEN if way in self._opened else CLOSED
        links = () if through else tuple(self._chain.links(way[-2])[component])
        return TreeRow("/".join(way), component, branch, fold, links=links, through=through)

    def _neighbours(self, component: str) -> tuple[tuple[str, Way], ...]:
        if component not in self._next:
            found = self._chain.ways(component, self._shown).items()
            self._next[component] = tuple(sorted(found, key=lambda pair: (bool(pair[1]), self._place[pair[0]])))
        return self._next[component]

    def _hidden_row(self) -> tuple[TreeRow, ...]:
        direct, further = self.hidden
        if not direct + further:
            return ()
        text = _("hidden: {number}, of which {direct} direct", number=direct + further, direct=direct)
        return (TreeRow("", "", "", "┄", text),)


def row_name(city: City, row: TreeRow) -> str:
    """Return what a line is called, with a mark before a city function."""
    if not row.component:
        return row.text
    part = city.component_by_id[row.component]
    return f"{FUNCTION_MARK} {part.name}" if part.kind == "function" else str(part.name)


def row_words(city: City, row: TreeRow) -> str:
    """Return the link to the line above in a few words: what is needed, how long without, how sure."""
    if row.through:
        return ngettext("through {number} hidden", "through {number} hidden", len(row.through))
    return "; ".join(dict.fromkeys(_words(city, placed) for placed in row.links))


def role_word(role: NeedRole) -> str:
    """Return what a need is for where that is not the daily work; nothing where it is."""
    return {
        "level": "",
        "fallback": _("fallback"),
        "detection": _("detection"),
        "repair": _("repair"),
        "rebuild": _("rebuild"),
    }[role]


def _words(city: City, placed: PlacedNeed) -> str:
    need = placed.need
    parts = [role_word(placed.role) or need_kind_word(need.kind)]
    if need.at_least is not None and need.at_least < len(need.providers):
        parts.append(f"{need.at_least}/{len(need.providers)}")
    if need.buffer is not None:
        length = format_duration(need.buffer.value) if isinstance(need.buffer.value, int) else "?"
        parts.append(_("buffer {length}", length=length))
    return " ".join(parts) + (" ~" if city.is_assumed(need) else "")
