"""What residents feel of one failure: the functions that it hits, since when, along which way, and how sure that is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx

from city_model.confidence import need_confidence, weakest
from city_model.graph import dependency_graph
from city_model.schema import City
from city_model.values import Confidence
from resilience.analysis.city_plan import RESIDENT_HOUR
from resilience.simulation.explain import explain, explain_fall
from resilience.simulation.metrics import Outcome, minimum_level_of, mtd_of, outcomes
from resilience.simulation.trace import Trace

Failed = tuple[str, ...]
"""Components that fail together."""


@dataclass(frozen=True)
class Hit:
    """One city function that falls short."""

    function: str
    lowest: int
    since: int
    """The first minute below 100."""
    down: int | None
    """The first minute below its minimum level; None: never."""
    breach: int | None
    """The minute at which it is down for longer than its maximum tolerable downtime; None: never, or nobody set one."""
    lost: int
    """Per cent-minutes times residents."""
    residents: int
    vulnerable: int

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "function": self.function,
            "lowest": self.lowest,
            "since": self.since,
            "down": self.down,
            "breach": self.breach,
            "lost_resident_hours": self.lost // RESIDENT_HOUR,
            "residents": self.residents,
            "vulnerable": self.vulnerable,
        }


@dataclass(frozen=True)
class Felt:
    """What one failure does to residents."""

    failed: Failed
    hits: tuple[Hit, ...]
    """The functions that go down first, then those that lose most."""
    path: tuple[str, ...]
    """From what failed to the first of the functions, each needed by the next; empty when none is hit."""
    confidence: Confidence
    """Of the weakest need on the path."""
    assumed: bool
    """Whether the fall of that function rests on a figure that nobody confirmed."""

    @property
    def down(self) -> tuple[Hit, ...]:
        """The functions that go below their minimum level."""
        return tuple(hit for hit in self.hits if hit.down is not None)

    @property
    def breached(self) -> tuple[Hit, ...]:
        """The functions that are down for longer than can be borne."""
        return tuple(hit for hit in self.hits if hit.breach is not None)

    @property
    def lost(self) -> int:
        """What all functions lose together, in per cent-minutes times residents."""
        return sum(hit.lost for hit in self.hits)

    @property
    def residents(self) -> int:
        """The residents of the largest function that goes down, or else that is hit; one person uses several."""
        return max((hit.residents for hit in self.down or self.hits), default=0)

    @property
    def vulnerable(self) -> int:
        """How many of them are vulnerable, by the same rule."""
        return max((hit.vulnerable for hit in self.down or self.hits), default=0)


def felt(
    city: City, trace: Trace, failed: Failed, *, mended: Trace | None = None, by_way_of: str | None = None
) -> Felt:
    """Return what the run of *failed* in *trace* does to the functions of *city*.

    With *mended*, the same run without one weakness, only what is due to that weakness; with *by_way_of* the path goes
    through that component.
    """
    hits = _hits(city, trace)
    if mended is not None:
        better = {hit.function: hit for hit in _hits(city, mended)}
        hits = [due for hit in hits if (due := _due(hit, better.get(hit.function))).lost > 0]
    hits.sort(key=lambda hit: (hit.breach is None, hit.down is None, -hit.lost, hit.function))
    if not hits:
        return Felt(failed, (), (), "confirmed", assumed=False)
    path, assumed = _way(city, trace, hits[0], by_way_of)
    return Felt(failed, tuple(hits), path, weakest(_links(city, path)), assumed)


def _hits(city: City, trace: Trace) -> list[Hit]:
    return [_hit(city, trace, outcome) for outcome in outcomes(city, trace) if outcome.first_below_100 is not None]


def _hit(city: City, trace: Trace, outcome: Outcome) -> Hit:
    function = city.component_by_id[outcome.component]
    minimum = minimum_level_of(function)
    vulnerable = function.vulnerable.value if function.vulnerable else 0
    return Hit(
        function=function.id,
        lowest=outcome.minimum_level,
        since=outcome.first_below_100 or 0,
        down=next((minute for minute, level in trace.levels[function.id] if level < minimum), None),
        breach=outcome.breaches[0].minute if mtd_of(function) is not None and outcome.breaches else None,
        lost=outcome.lost,
        residents=outcome.residents,
        vulnerable=vulnerable if isinstance(vulnerable, int) else 0,
    )


def _due(hit: Hit, better: Hit | None) -> Hit:
    """Return what of *hit* is not there when the weakness is not."""
    if better is None:
        return hit
    return replace(
        hit,
        lost=hit.lost - better.lost,
        down=hit.down if better.down is None else None,
        breach=hit.breach if better.breach is None else None,
    )


def _way(city: City, trace: Trace, hit: Hit, by_way_of: str | None) -> tuple[tuple[str, ...], bool]:
    """Return the components on the way to the moment at which the function goes down, or else first falls short."""
    if by_way_of is not None:
        steps = explain_fall(city, trace, by_way_of)
        above = shortest_way(city, by_way_of, hit.function)
    elif hit.down is not None:
        steps, above = explain(city, trace, hit.function, hit.down), ()
    else:
        steps, above = explain_fall(city, trace, hit.function), ()
    subjects = dict.fromkeys(step.subject for step in steps if step.subject in city.component_by_id)
    return (*subjects, *(name for name in above if name not in subjects)), any(step.assumed for step in steps)


def shortest_way(city: City, provider: str, dependent: str) -> tuple[str, ...]:
    """Return the components on a shortest way up the chain, both ends included; empty when there is none."""
    graph = dependency_graph(city, ("level",))
    if not nx.has_path(graph, dependent, provider):
        return ()
    return tuple(reversed(nx.shortest_path(graph, dependent, provider)))


def _links(city: City, path: tuple[str, ...]) -> Iterator[Confidence]:
    """Yield how sure each need along *path* is."""
    for provider, dependent in pairwise(path):
        for placed in city.placed_needs:
            if placed.dependent == dependent and provider in placed.need.provider_ids:
                yield need_confidence(city, placed.need)
