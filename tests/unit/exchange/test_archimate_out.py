"""ArchiMate out and in again: the file fits the schema, and nothing of the city is lost on the way."""

from pathlib import Path

import pytest

from city_model.exchange.archimate_model import ArchiModel
from city_model.exchange.archimate_read import read_archimate
from city_model.exchange.archimate_write import archimate_text
from city_model.hiding import Reader
from city_model.loader import load_city
from city_model.redaction import view_for
from city_model.schema import City
from resilience.base.problems import InputError
from tests.builders import city, component, fallback, function, need, organisation, path, team, work
from tests.unit.exchange.exchange_schema import faults
from tests.unit.exchange.models import imported
from tests.unit.exchange.same_city import content


def through(text: str, place: Path) -> ArchiModel:
    """Return the model in *text*, read as a file."""
    file = place / "city.xml"
    file.write_text(text, encoding="utf-8")
    return read_archimate(file)


def back(text: str, place: Path, name: str) -> City:
    """Return the city that *text* becomes."""
    return imported(through(text, place), name).files.checked()[1]


@pytest.fixture(scope="module")
def utrecht() -> City:
    """The largest bundled city."""
    return load_city("utrecht")


@pytest.fixture(scope="module")
def utrecht_text(utrecht: City) -> str:
    """The same as an exchange file."""
    return archimate_text(utrecht)


def test_the_schema_accepts_the_largest_city(utrecht_text: str) -> None:
    """Order, identifiers, types and references are those of the exchange format."""
    assert faults(utrecht_text) == []


def test_the_schema_accepts_a_city_with_nothing_in_it() -> None:
    """An empty container is not written: the schema allows none."""
    assert faults(archimate_text(city())) == []


@pytest.mark.full
def test_utrecht_comes_back_whole(utrecht: City, utrecht_text: str, tmp_path: Path) -> None:
    """Every component, need, figure, source, team, path and measure is the same after a journey through ArchiMate.

    Written once more it gives the same bytes: nothing depends on the moment or on chance.
    """
    assert content(back(utrecht_text, tmp_path, "utrecht")) == content(utrecht)
    assert archimate_text(utrecht) == utrecht_text


def test_a_public_view_holds_nothing_hidden(tmp_path: Path) -> None:
    """An export goes through the view of its reader, and is a city again when it comes back."""
    made = city(
        organisation("geheim", tlp="RED"),
        component("kelder", organisation="geheim"),
        component("open", needs=["kelder"]),
        function("zorg", needs=["open"]),
    )

    text = archimate_text(view_for(made, Reader("public")))

    assert ("geheim" in text, "kelder" in text, faults(text)) == (False, False, [])
    assert len(back(text, tmp_path, "testcity").components) == 3


def test_what_an_architect_changes_comes_back(tmp_path: Path) -> None:
    """A name, a description, the end of a need and a new element are taken from where a tool shows them."""
    made = city(
        component("a", needs=[need("b", kind="power", buffer=60)]),
        component("b"),
        component("c"),
    )
    text = archimate_text(made)
    text = text.replace('<name xml:lang="nl">a</name>', '<name xml:lang="nl">Anders</name>', 1)
    text = text.replace('source="id-component-b"', 'source="id-component-c"')
    text = text.replace(
        "  </elements>", '  <element identifier="x" xsi:type="Node"><name>Nieuw</name></element>\n  </elements>'
    )
    text = text.replace(
        "  </relationships>",
        '<relationship identifier="r" xsi:type="Serving" source="x" target="id-component-a"/>\n  </relationships>',
    )

    found = back(text, tmp_path, "testcity")

    changed = found.component_by_id["a"]
    first, second = changed.needs
    assert (changed.name.nl, changed.name.en) == ("Anders", "a")
    assert (first.providers, first.kind, first.buffer and first.buffer.value) == (("c",), "power", 60)
    assert (second.providers, second.kind, second.source) == (("nieuw",), "hosting", "import-testcity")


def test_an_english_tool_that_drops_the_dutch_name_loses_nothing(tmp_path: Path) -> None:
    """A tool that keeps one language leaves the other one as it was."""
    made = load_city("nl")
    text = archimate_text(made)
    english = "\n".join(
        line
        for line in text.split("\n")
        if not line.strip().startswith(('<name xml:lang="nl">', '<documentation xml:lang="nl">'))
    )

    assert content(back(english, tmp_path, "nl")) == content(made)


def test_a_need_whose_provider_was_deleted_is_told(tmp_path: Path) -> None:
    """What an architect removed stays removed, with a notice; so does an access path."""
    made = city(component("a", needs=["b"]), component("b"), path("b", "a"))
    lines = archimate_text(made).split("\n")
    start = next(number for number, line in enumerate(lines) if 'identifier="id-component-b"' in line)
    end = next(number for number, line in enumerate(lines) if number > start and "</element>" in line)

    found = imported(through("\n".join([*lines[:start], *lines[end + 1 :]]), tmp_path), "testcity")

    assert [notice.place for notice in found.notices] == ["id-need-1", "id-path-1"]
    assert [part.id for part in found.files.checked()[1].components] == ["a"]


def test_a_copied_element_gets_an_id_of_its_own(tmp_path: Path) -> None:
    """Tools copy an element with its properties; ours would then stand for one component twice."""
    text = archimate_text(city(component("a")))
    start = text.index('    <element identifier="id-component-a"')
    end = text.index("</element>", start) + len("</element>\n")
    copied = text[start:end].replace("id-component-a", "id-copy")

    found = imported(through(text[:end] + copied + text[end:], tmp_path), "testcity")

    assert [part.id for part in found.files.checked()[1].components] == ["a", "a-2"]
    assert [notice.place for notice in found.notices] == ["a"]


def test_needs_of_fallbacks_and_repairs_and_groups_come_back(tmp_path: Path) -> None:
    """Roles, shares, k of n, keys of their own and the order of providers survive."""
    made = city(
        team("crew", 2),
        *(component(name) for name in "bcd"),
        component(
            "a",
            needs=[
                need("c", "b", "d", at_least=2, key="drie"),
                need(shares={"b": 60, "c": 50}, key="delen"),
                need(shares={"d": 100}, key="alles"),
            ],
            fallback=fallback(40, delay=5, needs=["b"]),
            detection=5,
            rebuild=work(60, needs=["c"]),
            repair=work((10, 20, 30), "crew", needs=["b", need("d", key="reparatie")]),
        ),
    )

    found = back(archimate_text(made), tmp_path, "testcity")

    assert found.component_by_id["a"] == made.component_by_id["a"]
    assert [(placed.key, placed.role) for placed in found.placed_needs] == [
        (placed.key, placed.role) for placed in made.placed_needs
    ]


def test_a_property_that_holds_no_value_for_its_field_is_told(tmp_path: Path) -> None:
    """A typing error in a property is a fault with the field and what belongs there, never a crash."""
    text = archimate_text(city(component("a", needs=[need("b", buffer=60)]), component("b")))
    wrong = text.replace("<value>1h</value>", "<value>een uur</value>")

    with pytest.raises(InputError) as caught:
        imported(through(wrong, tmp_path), "testcity")

    assert [(problem.path, problem.what) for problem in caught.value.problems] == [
        ("components.a.needs#1.buffer.value", "'een uur' is not a duration")
    ]
