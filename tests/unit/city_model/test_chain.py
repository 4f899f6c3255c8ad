"""The index of links and the filter over it, against networkx and by hand."""

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from city_model.chain import Chain
from city_model.graph import dependency_graph
from city_model.map_filter import MapFilter
from tests.builders import city, component, district, function
from tests.strategies import Case, cases

CITY = city(
    district("north"),
    component("grid", kind="infrastructure", organisation="power-company", district="north"),
    component("mast", needs=["grid"], organisation="telco", supplier="power-company"),
    component("web", kind="service", needs=["mast"], organisation="town", operator="telco", functions=("care",)),
    function("care", needs=["web"]),
)


@settings(max_examples=15)
@given(cases(decisions=False), st.data())
def test_filters_never_hide_that_a_link_exists(case: Case, data: st.DataObject) -> None:
    """Among what passes, exactly those are linked that a path joins along which nothing else passes.

    What a component reaches is everything along the arrows, itself only in a circle.
    """
    names = [part.id for part in case.city.components]
    shown = frozenset(data.draw(st.lists(st.sampled_from(names), unique=True)))
    start = data.draw(st.sampled_from(names))
    graph = dependency_graph(case.city)

    found = Chain(case.city, "down").ways(start, shown | {start})

    between = graph.subgraph([name for name in names if name not in shown and name != start])
    linked = {name for name in shown - {start} if nx.has_path(graph.subgraph({*between, start, name}), start, name)}
    assert set(found) == linked
    circle = {start} if any(start in {end, *nx.descendants(graph, end)} for end in graph.successors(start)) else set()
    assert Chain(case.city, "down").reach(start) == nx.descendants(graph, start) | circle
    assert Chain(case.city, "up").reach(start) == nx.ancestors(graph, start) | circle
    assert all(nx.is_path(graph, [start, *way, name]) and shown.isdisjoint(way) for name, way in found.items())


def test_a_filter_asks_every_field_and_any_value() -> None:
    """A partner owns, runs or supplies; a function is itself and what belongs to it; an empty filter asks nothing."""
    asked = {
        "partner": MapFilter(organisation=frozenset({"power-company"})),
        "runs": MapFilter(organisation=frozenset({"telco"})),
        "both": MapFilter(organisation=frozenset({"telco"}), kind=frozenset({"service", "infrastructure"})),
        "function": MapFilter(function=frozenset({"care"})),
        "district": MapFilter(district=frozenset({"north"})),
        "none": MapFilter(kind=frozenset({"facility"})),
        "empty": MapFilter(),
    }

    chosen = {name: one.chosen(CITY) for name, one in asked.items()}
    assert {name: None if found is None else sorted(found) for name, found in chosen.items()} == {
        "partner": ["grid", "mast"],
        "runs": ["mast", "web"],
        "both": ["web"],
        "function": ["care", "web"],
        "district": ["grid"],
        "none": [],
        "empty": None,
    }
