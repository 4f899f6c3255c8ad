"""A part of a city as nodes and edges, the way every graph format writes it."""

from dataclasses import dataclass

from city_model.exchange.subset import Subset
from city_model.schema import City, PlacedNeed
from city_model.values import UNKNOWN


@dataclass(frozen=True)
class Node:
    """A component."""

    id: str
    nl: str
    en: str
    kind: str
    organisation: str
    outside: bool

    def label(self, language: str) -> str:
        """Return its name in *language*."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Edge:
    """One provider of one need, or a chain that runs through things left out."""

    id: str
    dependent: str
    provider: str
    key: str = ""
    kind: str = ""
    role: str = ""
    phase: str = ""
    at_least: int = 0
    """How many of the group are needed."""
    group: int = 0
    """How many providers the group has."""
    share: int = 0
    buffer: int = -1
    """Minutes; -1: none, or unknown."""
    confidence: str = ""
    indirect: bool = False


@dataclass(frozen=True)
class GraphView:
    """All of it, in the order of the city."""

    id: str
    nl: str
    en: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    owners: tuple[tuple[str, str, str], ...]
    """Id and both names of every organisation that owns a node."""


def graph_view(subset: Subset) -> GraphView:
    """Return the nodes and edges of *subset*; edges run from dependent to provider."""
    city = subset.city
    nodes = tuple(
        Node(part.id, part.name.nl, part.name.en, part.kind, part.organisation or "", part.id in subset.outside)
        for part in city.components
    )
    edges: list[Edge] = []
    for placed in city.placed_needs:
        for provider in placed.need.provider_ids:
            edges.append(_edge(city, placed, provider, len(edges) + 1))
    for dependent, provider in subset.indirect:
        edges.append(Edge(f"e{len(edges) + 1}", dependent, provider, indirect=True))
    used = {node.organisation for node in nodes}
    owners = tuple((item.id, item.name.nl, item.name.en) for item in city.organisations if item.id in used)
    return GraphView(city.id, city.name.nl, city.name.en, nodes, tuple(edges), owners)


def _edge(city: City, placed: PlacedNeed, provider: str, number: int) -> Edge:
    need = placed.need
    buffer = need.buffer.value if need.buffer else UNKNOWN
    return Edge(
        f"e{number}",
        placed.dependent,
        provider,
        key=placed.key,
        kind=need.kind,
        role=placed.role,
        phase=need.effective_phase,
        at_least=need.at_least or len(need.provider_ids),
        group=len(need.provider_ids),
        share=(need.shares or {}).get(provider, 0),
        buffer=buffer if isinstance(buffer, int) else -1,
        confidence=city.confidence_of(need),
    )
