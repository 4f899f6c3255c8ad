"""Where the ways of the chain come together: crossroads of many ways, and gates that every way to a function passes."""

from dataclasses import dataclass

import networkx as nx

from city_model.graph import dependency_graph
from city_model.schema import City


@dataclass(frozen=True)
class Crossroads:
    """A component that lies on many shortest ways between others (exact betweenness)."""

    component: str
    per_mille: int
    """Of all pairs of which one rests on the other, how many have their shortest way through it."""


def crossroads(city: City) -> tuple[Crossroads, ...]:
    """Return every component that lies between others, the busiest first; functions lie above everything."""
    graph = dependency_graph(city, ("level",))
    linked = sum(len(nx.descendants(graph, name)) for name in graph)
    between = nx.betweenness_centrality(graph, normalized=False)
    found = [
        Crossroads(name, round(1000 * ways / linked))
        for name, ways in between.items()
        if ways and city.component_by_id[name].kind != "function"
    ]
    return tuple(sorted(found, key=lambda one: (-one.per_mille, one.component)))


class Gates:
    """Answers which components every way from a function down to something passes (dominators)."""

    def __init__(self, city: City) -> None:
        self._graph = dependency_graph(city, ("level",))
        self._above: dict[str, dict[str, str]] = {}

    def between(self, function: str, component: str) -> tuple[str, ...]:
        """Return what lies on every way from *component* up to *function*, nearest to the component first.

        Whoever keeps one of these up keeps the function up, whatever way the loss takes.
        """
        if function not in self._above:
            self._above[function] = dict(nx.immediate_dominators(self._graph, function))
        above = self._above[function]
        found = []
        now = above.get(component, function)
        while now != function:
            found.append(now)
            now = above[now]
        return tuple(found)
