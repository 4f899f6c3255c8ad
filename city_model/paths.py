"""The ways along which one component's loss reaches another: each with its buffers and its weakest link.

A path counts its own buffers only; whether the loss really comes along depends on what else the needs on it have, so
every link says whether something else still meets it. Needs only to restart, of fallbacks and of repairs carry no loss.
"""

from dataclasses import asdict, dataclass
from itertools import islice, pairwise

import networkx as nx

from city_model.confidence import need_confidence, weakest
from city_model.losses import buffer_of, level_left, spare_of
from city_model.schema import City, PlacedNeed
from city_model.values import Confidence

MOST_PATHS = 10
A_MINUTE = 1 << 14
"""Weighs more than all steps of a path."""
NOT_BY_ITSELF = A_MINUTE << 30
"""Weighs more than all minutes of a path: ways that carry the loss by themselves come first."""


@dataclass(frozen=True)
class Link:
    """One need on a path, from a provider to its dependent."""

    provider: str
    dependent: str
    need: str
    minutes: int
    """The buffer."""
    confidence: Confidence
    """Of the need and its buffer, the weaker one."""
    alternative: bool
    """Whether another provider keeps the dependent up when only this one is gone."""
    left: int
    """The level that the dependent keeps when the whole need is gone."""

    @property
    def carries(self) -> bool:
        """Whether a total loss of the provider alone is a total loss of the dependent."""
        return not self.alternative and self.left == 0


@dataclass(frozen=True)
class ChainPath:
    """A way from what fails to what feels it."""

    links: tuple[Link, ...]

    @property
    def components(self) -> tuple[str, ...]:
        """What lies on the way, the failing one first."""
        return (self.links[0].provider, *(link.dependent for link in self.links))

    @property
    def minutes(self) -> int:
        """The buffers on the way, added up."""
        return sum(link.minutes for link in self.links)

    @property
    def weakest(self) -> Confidence:
        """How sure the way is: as sure as its weakest link."""
        return weakest(link.confidence for link in self.links)

    @property
    def carries(self) -> bool:
        """Whether a total loss comes along this way by itself: nowhere an alternative, nowhere something left."""
        return all(link.carries for link in self.links)

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "components": list(self.components),
            "minutes": self.minutes,
            "weakest": self.weakest,
            "carries": self.carries,
            "links": [asdict(link) for link in self.links],
        }


def chain_paths(city: City, failing: str, felt: str, most: int = MOST_PATHS) -> tuple[ChainPath, ...]:
    """Return up to *most* ways from *failing* to *felt*.

    First those that carry the loss by themselves, then by buffers, then by steps. Empty when *felt* depends on
    *failing* in no way at all.
    """
    graph = _loss_graph(city)
    if failing == felt or not nx.has_path(graph, failing, felt):
        return ()
    ways = islice(nx.shortest_simple_paths(graph, failing, felt, weight="weight"), most)
    return tuple(ChainPath(tuple(graph.edges[edge]["link"] for edge in pairwise(way))) for way in ways)


def _loss_graph(city: City) -> "nx.DiGraph[str]":
    """Return the graph from each provider to its dependents; of several needs between two, the one felt first."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(city.component_by_id)
    for placed in city.placed_needs:
        if placed.role != "level" or placed.need.effective_phase == "start":
            continue
        for provider in placed.need.provider_ids:
            link = _link(city, placed, provider)
            known = graph.get_edge_data(provider, placed.dependent)
            if not known or _rank(link) < _rank(known["link"]):
                weight = 1 + link.minutes * A_MINUTE + NOT_BY_ITSELF * (not link.carries)
                graph.add_edge(provider, placed.dependent, link=link, weight=weight)
    return graph


def _link(city: City, placed: PlacedNeed, provider: str) -> Link:
    return Link(
        provider=provider,
        dependent=placed.dependent,
        need=placed.key,
        minutes=buffer_of(placed),
        confidence=need_confidence(city, placed.need),
        alternative=spare_of(placed) > 0,
        left=level_left(placed),
    )


def _rank(link: Link) -> tuple[bool, int, int, str]:
    """Order needs between the same two: first those that carry a loss, then the shortest buffer."""
    return link.alternative, link.left, link.minutes, link.need
