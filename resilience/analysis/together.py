"""Pairs of components that hurt more together than apart, and what binds them.

Per function the loss of the pair less that of both alone; only what rounding cannot explain counts (a loss of less than
one point of level is no loss, rule 1.2, so two small ones may show together what neither shows alone).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from city_model.schema import NeedRole
from resilience.analysis.closure import chain_of, closure
from resilience.analysis.impacts import extra
from resilience.analysis.sweep import Sweep
from resilience.base.language import _
from resilience.simulation.model import compile_city

Cause = Literal["alternatives", "fallback", "repair", "team", "time"]
REPAIRS: tuple[NeedRole, ...] = ("detection", "repair", "rebuild")


@dataclass(frozen=True)
class Together:
    """A pair that takes more together than apart."""

    members: tuple[str, str]
    pair: int
    """Its place among the pairs of the sweep."""
    more: int
    """How much more of all functions together, times residents."""
    functions: tuple[tuple[str, int], ...]
    """The functions that lose more, with how much, the heaviest first; residents are not counted in."""
    unseen: bool
    """Whether neither alone touches any of these functions."""
    cause: Cause
    """alternatives: without time they take more together too. fallback, repair: what one takes down falls back on, or
    is repaired with, what the other takes down. team: their repairs wait for the same people. time: none of these."""


def together(found: Sweep) -> tuple[Together, ...]:
    """Return every such pair of *found*, the one that takes most first."""
    rounding = 1 if found.asked.static else found.asked.horizon
    pairs = []
    bonds = _Bonds(found)
    for pair in range(len(found.pairs)):
        more = extra(found.singles, found.pairs, pair)
        if max(more, default=0) > rounding:
            pairs.append(_of_pair(found, bonds, pair, more, rounding))
    return tuple(sorted(pairs, key=lambda one: (-one.more, one.members)))


def cause_words(cause: Cause) -> str:
    """Return in a few words why a pair takes more together than apart."""
    return {
        "alternatives": _("each stands in for the other"),
        "fallback": _("the fallback for one needs the other"),
        "repair": _("the repair of one needs the other"),
        "team": _("repairs wait for the same team"),
        "time": _("one lasts longer because of the other"),
    }[cause]


def _of_pair(found: Sweep, bonds: "_Bonds", pair: int, more: Sequence[int], rounding: int) -> Together:
    first, second = found.pairs.members_of(pair)
    worse = [place for place, lost in enumerate(more) if lost > rounding]
    worse.sort(key=lambda place: -found.residents[place] * more[place])
    alone = [found.singles.lost_of(member)[place] for member in (first, second) for place in worse]
    return Together(
        members=(found.failing[first], found.failing[second]),
        pair=pair,
        more=sum(found.residents[place] * more[place] for place in worse),
        functions=tuple((found.functions[place], more[place]) for place in worse),
        unseen=not any(alone),
        cause=bonds.cause(first, second, worse),
    )


class _Bonds:
    """Says what binds two components."""

    def __init__(self, found: Sweep) -> None:
        self._found = found
        self._model = compile_city(found.city)
        self._chain = chain_of(self._model)
        self._needed: dict[tuple[str, NeedRole], set[str]] = {}
        for placed in found.city.placed_needs:
            self._needed.setdefault((placed.dependent, placed.role), set()).update(placed.need.provider_ids)
        self._levels = cache(self._closure)

    def cause(self, first: int, second: int, worse: Iterable[int]) -> Cause:
        """Return why *first* and *second* take more together from the functions in *worse*."""
        more = self._found.closed_extra(first, second)
        if any(more[place] > 1 for place in worse):
            return "alternatives"
        names = [self._found.failing[member] for member in (first, second)]
        for one, other in (names, names[::-1]):
            gone = {name for name, level in self._levels(other).items() if level == 0}
            if any(not gone.isdisjoint(self._needed.get((name, "fallback"), ())) for name in self._calling(one)):
                return "fallback"
        for one, other in (names, names[::-1]):
            gone = {name for name, level in self._levels(other).items() if level == 0}
            if any(not gone.isdisjoint(self._needed.get((one, role), ())) for role in REPAIRS):
                return "repair"
        jobs = [self._found.city.component_by_id[name].repair for name in names]
        teams = [job.team if job else None for job in jobs]
        return "team" if teams[0] and teams[0] == teams[1] else "time"

    def _calling(self, component: str) -> Iterator[str]:
        """Yield what calls on its fallback when *component* is lost."""
        for name, level in self._levels(component).items():
            rule = self._model.parts[self._model.index[name]].fallback
            if rule is not None and level < rule.level:
                yield name

    def _closure(self, component: str) -> dict[str, int]:
        """Return the level of whatever falls short when *component* is lost and nothing holds it up."""
        levels = closure(self._chain, (self._model.index[component],))
        return {part.id: level for part, level in zip(self._model.parts, levels, strict=True) if level < 100}
