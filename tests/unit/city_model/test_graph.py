"""The two layers of the city as graphs."""

from city_model.graph import access_graph, dependency_graph
from tests.builders import city, component, fallback, need, path, team, work

CITY = city(
    component("grid", kind="infrastructure"),
    component("phone"),
    component(
        "desk",
        needs=[need("grid", "phone", at_least=1, kind="power"), need("grid", kind="data", key="second")],
        fallback=fallback(30, needs=["phone"]),
        repair=work(60, "crew", ["desk"]),
    ),
    team("crew"),
    path("phone", "desk"),
    path("phone", "desk", key="other-way-in"),
    path("desk", "phone"),
)


def test_edges_run_from_the_dependent_to_the_provider_and_carry_the_keys_of_their_needs() -> None:
    """Two needs between the same two are one edge with both keys; fallbacks and repairs are told apart."""
    graph = dependency_graph(CITY)

    assert list(graph.edges(data=True)) == [
        ("desk", "grid", {"needs": ("desk>grid+phone", "second"), "roles": ("level", "level")}),
        ("desk", "phone", {"needs": ("desk>grid+phone", "desk/fallback>phone"), "roles": ("level", "fallback")}),
        ("desk", "desk", {"needs": ("desk/repair>desk",), "roles": ("repair",)}),
    ]


def test_only_the_roles_asked_for_count() -> None:
    """The chain without fallbacks and repairs is that of the levels."""
    chain = dependency_graph(CITY, ("level",))

    assert list(chain.edges) == [("desk", "grid"), ("desk", "phone")]


def test_every_component_is_a_node_also_without_edges() -> None:
    """A component that nobody depends on is part of the city too."""
    nodes: list[object] = [
        ("grid", {"kind": "infrastructure", "organisation": "owner"}),
        ("phone", {"kind": "application", "organisation": "owner"}),
        ("desk", {"kind": "application", "organisation": "owner"}),
    ]

    for graph in (dependency_graph(CITY), access_graph(CITY)):
        assert list(graph.nodes(data=True)) == nodes


def test_access_paths_between_the_same_two_are_one_edge_with_their_keys() -> None:
    """Closing one of them leaves the other."""
    assert list(access_graph(CITY).edges(data=True)) == [
        ("phone", "desk", {"paths": ("phone>desk", "other-way-in")}),
        ("desk", "phone", {"paths": ("desk>phone",)}),
    ]
