"""Which end depends on which: the direction table, junctions, relations on relations, circles, couplings."""

from importlib import resources
from pathlib import Path

import pytest

from city_model.exchange.archimate_mapping import load_mapping
from city_model.exchange.archimate_read import read_archimate
from tests.unit.exchange.models import APP, edges, element, imported, left, model, outcome, relation


@pytest.mark.parametrize(
    ("type_", "access", "expected"),
    [
        ("Serving", "", [("b", ("a",))]),
        ("Realization", "", [("b", ("a",))]),
        ("Assignment", "", [("b", ("a",))]),
        ("Flow", "", [("b", ("a",))]),
        ("Triggering", "", [("b", ("a",))]),
        ("Access", "Read", [("a", ("b",))]),
        ("Access", "Write", [("b", ("a",))]),
        ("Composition", "", [("a", ("b",))]),
        ("Aggregation", "", [("a", ("b",))]),
    ],
)
def test_the_table_says_who_depends(type_: str, access: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """A relation runs from a to b; the table turns it into dependent and provider."""
    found = outcome(element("a"), element("b"), relation("r", type_, "a", "b", access=access))

    assert ([(edge.dependent, edge.providers) for edge in found.edges], found.left) == (expected, [])


@pytest.mark.parametrize(
    ("type_", "access", "fate"),
    [
        ("Specialization", "", "dropped"),
        ("Influence", "", "dropped"),
        ("Association", "", "undecided"),
        ("Access", "ReadWrite", "undecided"),
        ("Access", "", "undecided"),
        ("Verzonnen", "", "undecided"),
    ],
)
def test_what_says_nothing_about_the_chain_is_told(type_: str, access: str, fate: str) -> None:
    """Nothing is guessed: the relation stands in the report with a reason."""
    found = outcome(element("a"), element("b"), relation("r", type_, "a", "b", access=access))

    assert (found.edges, [(item.fate, bool(item.reason)) for item in found.left]) == ([], [(fate, True)])


def test_a_directed_association_with_a_known_name_is_taken() -> None:
    """The names and what they mean stand in the mapping file; without a direction the name is not enough."""
    found = outcome(
        element("a"),
        element("b"),
        relation("r1", "Association", "a", "b", called="Is afhankelijk van", directed=True),
        relation("r2", "Association", "a", "b", called="is afhankelijk van"),
        relation("r3", "Association", "b", "a", called="levert aan", directed=True),
    )

    assert (edges(found), left(found)) == ([("a", ("b",), None)], [("r2", "undecided"), ("r3", "joined")])


def test_a_relation_to_a_requirement_or_grouping_is_dropped() -> None:
    """What is no part of the chain takes its relations with it."""
    found = outcome(
        element("a"),
        element("eis", "Requirement"),
        element("groep", "Grouping"),
        relation("r1", "Realization", "a", "eis"),
        relation("r2", "Composition", "groep", "a"),
    )

    assert (edges(found), left(found)) == ([], [("r1", "dropped"), ("r2", "dropped")])


def test_junctions_join_their_providers() -> None:
    """An and-junction needs all that leads to it, an or-junction one of them; the relations into it are used up."""
    found = outcome(
        *(element(name) for name in "abcd"),
        element("en", "AndJunction"),
        element("of", "OrJunction"),
        relation("r1", "Serving", "a", "en"),
        relation("r2", "Serving", "b", "en"),
        relation("r3", "Serving", "en", "c"),
        relation("r4", "Serving", "a", "of"),
        relation("r5", "Serving", "b", "of"),
        relation("r6", "Serving", "of", "d"),
    )

    assert (edges(found), left(found), {edge.derived for edge in found.edges}) == (
        [("c", ("a", "b"), None), ("d", ("a", "b"), 1)],
        [],
        {True},
    )


def test_a_junction_on_the_dependents_side_gives_an_edge_for_each() -> None:
    """Where the source is the dependent (a whole of its parts), the junction spreads the providers."""
    found = outcome(
        *(element(name) for name in "abc"),
        element("of", "OrJunction"),
        relation("r1", "Composition", "a", "of"),
        relation("r2", "Composition", "of", "b"),
        relation("r3", "Composition", "of", "c"),
    )

    assert (edges(found), left(found)) == ([("a", ("b", "c"), 1)], [])


def test_junctions_behind_junctions() -> None:
    """And behind and is one more group; and behind or is no group that the map knows, so people decide."""
    parts = [element(name) for name in "abcd"]
    found = outcome(
        *parts,
        element("en", "AndJunction"),
        element("of", "OrJunction"),
        relation("r1", "Serving", "a", "of"),
        relation("r2", "Serving", "b", "of"),
        relation("r3", "Serving", "of", "en"),
        relation("r4", "Serving", "c", "en"),
        relation("r5", "Serving", "en", "d"),
    )
    other = outcome(
        *parts,
        element("en", "AndJunction"),
        element("of", "OrJunction"),
        relation("r1", "Serving", "a", "en"),
        relation("r2", "Serving", "b", "en"),
        relation("r3", "Serving", "en", "of"),
        relation("r4", "Serving", "c", "of"),
        relation("r5", "Serving", "of", "d"),
    )

    assert edges(found) == [("d", ("c",), None), ("d", ("a", "b"), 1)]
    assert (edges(other), left(other)) == ([], [("r5", "undecided")])


def test_junctions_in_a_circle_end() -> None:
    """Two junctions that lead to each other, and one that nothing leads to, end with a word about them."""
    found = outcome(
        element("a"),
        element("j1", "AndJunction"),
        element("j2", "AndJunction"),
        element("j3", "OrJunction"),
        relation("r1", "Serving", "j1", "j2"),
        relation("r2", "Serving", "j2", "j1"),
        relation("r3", "Serving", "j2", "a"),
        relation("r4", "Serving", "j3", "a"),
        relation("r5", "Flow", "a", "j3"),
    )

    assert (edges(found), left(found)) == (
        [],
        [("r3", "dropped"), ("r4", "dropped"), ("r5", "dropped")],
    )


def test_a_very_deep_chain_of_junctions_is_left_to_people() -> None:
    """A chain of thousands of junctions is no reason to fall over."""
    count = 5000
    junctions = [element(f"j{number}", "AndJunction") for number in range(count)]
    links = [relation(f"r{number}", "Serving", f"j{number}", f"j{number + 1}") for number in range(count - 1)]
    found = outcome(element("a"), *junctions, *links, relation("last", "Serving", f"j{count - 1}", "a"))

    assert (edges(found), left(found)[-1]) == ([], ("last", "undecided"))


def test_a_relation_on_a_relation_means_the_end_that_depends() -> None:
    """What serves a flow serves its receiver; what a flow triggers depends on its sender."""
    found = outcome(
        *(element(name) for name in "abcd"),
        relation("flow", "Flow", "a", "b"),
        relation("r1", "Serving", "c", "flow"),
        relation("r2", "Triggering", "flow", "d"),
        relation("r3", "Association", "a", "d"),
        relation("r4", "Serving", "c", "r3"),
    )

    assert (edges(found), left(found)) == (
        [("b", ("a",), None), ("b", ("c",), None), ("d", ("a",), None)],
        [("r3", "undecided"), ("r4", "undecided")],
    )


def test_relations_that_end_at_each_other_end() -> None:
    """A circle of relations, and one that ends at itself, are dropped with a reason."""
    found = outcome(
        element("a"),
        relation("r1", "Serving", "a", "r2"),
        relation("r2", "Serving", "a", "r1"),
        relation("r3", "Serving", "r3", "a"),
        relation("r4", "Serving", "a", "weg"),
    )

    assert (edges(found), left(found)) == (
        [],
        [("r1", "dropped"), ("r2", "dropped"), ("r3", "dropped"), ("r4", "dropped")],
    )


def test_circles_come_in_and_are_counted() -> None:
    """Components may depend on each other; a component that would need itself does not."""
    made = imported(
        model(
            *(element(name) for name in "abc"),
            relation("r1", "Serving", "a", "b"),
            relation("r2", "Serving", "b", "c"),
            relation("r3", "Serving", "c", "a"),
            relation("r4", "Serving", "a", "a"),
        )
    )

    _texts, city = made.files.checked()
    assert (len(city.placed_needs), made.circles, [item.relation.id for item in made.left]) == (3, 1, ["r4"])


def test_the_same_dependency_twice_is_one() -> None:
    """Two relations that say the same make one need; the second is told, not lost."""
    found = outcome(
        element("a"),
        element("b"),
        relation("r1", "Serving", "a", "b"),
        relation("r2", "Flow", "a", "b"),
        relation("r3", "Composition", "b", "a"),
    )

    assert (edges(found), [(item.relation.id, item.fate, item.about) for item in found.left]) == (
        [("b", ("a",), None)],
        [("r2", "joined", "r1"), ("r3", "joined", "r1")],
    )


def test_organisations_own_and_supply() -> None:
    """A relation with an organisation is no dependency: it says who owns or supplies; two of them say nothing."""
    found = outcome(
        element("gemeente", "BusinessActor"),
        element("lev", "BusinessActor", SWC_type="Leverancier"),
        element("a"),
        element("b"),
        relation("r1", "Assignment", "gemeente", "a"),
        relation("r2", "Association", "a", "lev"),
        relation("r3", "Serving", "gemeente", "b"),
        relation("r4", "Composition", "gemeente", "lev"),
        relation("r5", "Triggering", "gemeente", "a"),
    )

    assert [(item.element, item.organisation, item.role) for item in found.owned] == [
        ("a", "gemeente", "organisation"),
        ("a", "lev", "supplier"),
        ("b", "gemeente", "supplier"),
    ]
    assert left(found) == [("r4", "dropped"), ("r5", "undecided")]


def test_a_specialisation_hands_down_what_is_missing() -> None:
    """BIV comes from the nearest general kind that has one, with a word about it; a circle of kinds ends."""
    made = imported(
        model(
            element("bijzonder"),
            element("soort"),
            element("algemeen", Beschikbaarheid="3", Integriteit="2", Vertrouwelijkheid="1", Beheerder="Team X"),
            element("eigen", Beheerder="Team Y"),
            relation("r1", "Specialization", "bijzonder", "soort"),
            relation("r2", "Specialization", "soort", "algemeen"),
            relation("r3", "Specialization", "algemeen", "bijzonder"),
            relation("r4", "Specialization", "eigen", "algemeen"),
        )
    )

    city = made.files.checked()[1]
    found = {
        part.id: (part.biv and (part.biv.availability, part.biv.reason.startswith("Afgeleid")), part.steward)
        for part in city.components
    }
    assert found == {
        "algemeen": ((3, False), "Team X"),
        "bijzonder": ((3, True), "Team X"),
        "soort": ((3, True), "Team X"),
        "eigen": ((3, True), "Team Y"),
    }


def test_couplings_of_the_softwarecatalogus(samples: Path) -> None:
    """Richting beats the arrow, the broker becomes a provider of its own, what is phased out stays out."""
    made = imported(read_archimate(samples / "softwarecatalogus.xml"))

    city = made.files.checked()[1]
    needs = {
        (part.id, name, need.confidence) for part in city.components for need in part.needs for name in need.providers
    }
    assert needs == {
        ("belastingpakket", "gegevensmagazijn", "derived"),
        ("belastingpakket", "servicebus", "derived"),
        ("gegevensmagazijn", "servicebus", "derived"),
        ("servicebus", "gegevensmagazijn", "derived"),
    }
    assert [(item.relation.id, item.fate, item.about) for item in made.left] == [
        ("id-k2", "dropped", "Oud pakket (Uitgefaseerd)"),
        ("id-k3", "undecided", "Richting: schuin"),
        ("id-k4", "undecided", "ONBEKEND"),
    ]
    packet = city.component_by_id["belastingpakket"]
    store = city.component_by_id["gegevensmagazijn"]
    assert (packet.supplier, packet.tags, "extern-pakket" in store.tags) == (
        "softwarehuis-voorbeeld",
        ("ext-gemma-aaaa-1", "pakketversie", "in-productie"),
        True,
    )


def test_the_mapping_file_can_be_changed(tmp_path: Path) -> None:
    """A copy with another rule decides otherwise: here reading and writing goes both ways."""
    text = resources.files("city_model.exchange").joinpath("archimate_mapping.yaml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.yaml"
    mine.write_text(text.replace("dependent: both\n    action: review", "dependent: both", 1), encoding="utf-8")

    found = outcome(element("a"), element("b", "DataObject"), relation("r", "Access", "a", "b", access="ReadWrite"),
                    mapping=load_mapping(mine))  # fmt: skip

    assert edges(found) == [("a", ("b",), None), ("b", ("a",), None)]


def test_a_city_function_that_needs_nothing_becomes_a_service() -> None:
    """A function without a chain could never be hit; the map does not take it, so it comes in as a service."""
    made = imported(model(element("f", "BusinessFunction"), element("g", "BusinessFunction"), element("a", APP),
                          relation("r", "Serving", "a", "g")))  # fmt: skip

    city = made.files.checked()[1]
    assert {part.id: part.kind for part in city.components} == {"f": "service", "g": "function", "a": "application"}
    assert [notice.place for notice in made.notices] == ["f"]
