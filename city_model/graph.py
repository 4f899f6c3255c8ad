"""The city as graphs, for what graph algorithms answer; nobody else builds one.

Nodes are component ids with ``kind`` and ``organisation``; both graphs hold every component, in the order of the city.
"""

import networkx as nx

from city_model.schema import City, NeedRole

ALL_ROLES: tuple[NeedRole, ...] = ("level", "fallback", "detection", "repair", "rebuild")


def dependency_graph(city: City, roles: tuple[NeedRole, ...] = ALL_ROLES) -> "nx.DiGraph[str]":
    """Return the graph with an edge from each dependent to each of its providers.

    Edge data: ``needs``, the keys of the needs that make the edge, and ``roles``, what each of them is for, in the
    same order. With *roles* only needs of those roles count; ``("level",)`` is the chain without fallbacks and repairs.
    """
    graph = _components(city)
    for placed in city.placed_needs:
        if placed.role not in roles:
            continue
        for provider in placed.need.provider_ids:
            known = graph.get_edge_data(placed.dependent, provider, {"needs": (), "roles": ()})
            needs = (*known["needs"], placed.key)
            graph.add_edge(placed.dependent, provider, needs=needs, roles=(*known["roles"], placed.role))
    return graph


def access_graph(city: City) -> "nx.DiGraph[str]":
    """Return the graph with an edge along each access path; edge data: ``paths``, their keys."""
    graph = _components(city)
    for path in city.access_paths:
        known = graph.get_edge_data(path.origin, path.target, {"paths": ()})
        graph.add_edge(path.origin, path.target, paths=(*known["paths"], path.key))
    return graph


def _components(city: City) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    for component in city.components:
        graph.add_node(component.id, kind=component.kind, organisation=component.organisation)
    return graph
