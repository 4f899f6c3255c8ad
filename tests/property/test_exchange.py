"""What holds for every city and every file of others: nothing is lost on the way, nothing falls over."""

import csv
import re
import tempfile
from io import StringIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_model.catalogue import bundled_folder
from city_model.exchange.archimate_fields import flattened, nested, value_of
from city_model.exchange.archimate_read import read_archimate
from city_model.exchange.archimate_write import archimate_text
from city_model.exchange.circles import circles
from city_model.exchange.city_files import files_of
from city_model.exchange.column_map import shipped_maps
from city_model.exchange.importing import Order, prepare
from city_model.exchange.names import external_tag, slug
from city_model.exchange.tables import csv_table, guarded, unguarded
from city_model.loader import load_city_from_texts
from city_model.schema import City
from city_model.values import Text
from city_model.yaml_lines import set_field, split_lines
from city_model.yaml_source import read
from city_model.yaml_writer import scalar_text
from resilience.base.problems import InputError
from tests.strategies import Case, cases
from tests.unit.exchange.exchange_schema import faults
from tests.unit.exchange.models import DATE, imported
from tests.unit.exchange.same_city import content

DATA = Path(__file__).parents[1] / "data" / "exchange"
MODELS = ("open-exchange.xml", "old-dialect.xml", "native.archimate", "softwarecatalogus.xml")
TABLES = ("itop.csv", "topdesk.csv", "softwarecatalogus-pakketten.csv")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LINES = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co"), blacklist_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=30,
)
"""Texts that a file of a city may hold."""
VALUES = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | LINES


def owned(city: City) -> City:
    """Return *city* with an owner for its teams, which a file always gives them."""
    teams = tuple(team.model_copy(update={"organisation": "owner"}) for team in city.teams)
    return city.model_copy(update={"teams": teams})


def through(text: str, name: str) -> City:
    """Return the city that *text* becomes when it is read as a model."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "city.xml")
        path.write_text(text, encoding="utf-8")
        return imported(read_archimate(path), name).files.checked()[1]


@given(cases(decisions=False), st.lists(LINES, min_size=7, max_size=7))
def test_a_city_comes_back_from_archimate(case: Case, names: list[str]) -> None:
    """Whatever the needs, groups, roles, circles and names: the file fits the schema, and gives the same city."""
    parts = tuple(
        part.model_copy(update={"name": Text(nl=name, en=name[::-1])})
        for part, name in zip(case.city.components, names, strict=False)
    )
    made = owned(case.city).model_copy(update={"components": parts})

    text = archimate_text(made)

    assert (faults(text), content(through(text, made.id))) == ([], content(made))


@given(cases(decisions=False))
def test_a_city_comes_back_from_its_files(case: Case) -> None:
    """Split over files, written and loaded, a city says the same."""
    made = owned(case.city)

    _texts, loaded = files_of(made).checked()

    assert content(loaded) == content(made)


@given(VALUES)
def test_a_value_comes_back_from_a_property(value: Any) -> None:
    """Numbers stay numbers, texts that look like numbers stay texts, whatever their quotes."""
    assert value_of(scalar_text(value)) == value


@given(
    st.recursive(
        VALUES,
        lambda inside: (
            st.lists(inside, min_size=1, max_size=3)
            | st.dictionaries(st.sampled_from(["a", "b", "c"]), inside, max_size=3)
        ),
        max_leaves=8,
    )
)
def test_data_comes_back_from_properties(value: Any) -> None:
    """Mappings in lists in mappings, as deep as a component goes; lists of lists are no field of ours."""
    if _mixed(value):
        return

    assert nested(flattened({"x": value})) == {"x": value}


def _mixed(value: Any) -> bool:
    """Whether *value* has a list in which some items are mappings and some not, or a list in a list."""
    if isinstance(value, dict):
        return any(map(_mixed, value.values()))
    if not isinstance(value, list):
        return False
    kinds = {
        "d" if isinstance(item, dict) and item else "o" if isinstance(item, (list, dict)) else "v" for item in value
    }
    return len(kinds) > 1 or "o" in kinds or any(map(_mixed, value))


def _leaves(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in _leaves(value, (*path, key))]
    if isinstance(data, list):
        return [leaf for number, value in enumerate(data) for leaf in _leaves(value, (*path, number))]
    return [path]


def _hand_written() -> list[tuple[str, str, list[tuple[str | int, ...]]]]:
    folder = bundled_folder("utrecht")
    assert folder is not None
    found = []
    for name in ("access.yaml", "ravu.yaml", "stedin.yaml", "city.yaml"):
        text = folder.joinpath(name).read_text(encoding="utf-8")
        document = read(text, name).document
        assert document is not None
        found.append((name, text, _leaves(document.data)))
    return found


HAND_WRITTEN = _hand_written()


@given(st.data())
def test_one_field_changes_one_line(data: st.DataObject) -> None:
    """In a hand-written file with comments, exactly the line of the field differs, and the file says the new value."""
    _name, text, leaves = data.draw(st.sampled_from(HAND_WRITTEN), label="file")
    path = data.draw(st.sampled_from(leaves), label="path")
    value = data.draw(VALUES, label="value")
    try:
        changed = set_field(text, path, value)
    except InputError as error:
        # A text over several lines is for people to change; nothing else may be refused.
        assert "takes more than one line" in str(error) or "cannot be changed on its own line" in str(error)  # noqa: PT017
        return

    document = read(changed, "x").document
    assert document is not None
    found: Any = document.data
    for part in path:
        found = found[part]
    before, after = split_lines(text), split_lines(changed)
    assert (found, len(before)) == (value, len(after))
    assert sum(old != new for old, new in zip(before, after, strict=True)) <= 1


@given(st.text(max_size=40))
def test_a_guarded_text_is_harmless_and_comes_back(text: str) -> None:
    """No spreadsheet computes it, and on the way in the guard is gone."""
    out = guarded(text)

    assert (unguarded(out), out.startswith(("=", "+", "-", "@", "\t", "\r"))) == (text, False)


@given(st.text(max_size=100), st.sampled_from(["", "itop", "gemma"]))
def test_an_external_id_is_a_tag(name: str, system: str) -> None:
    """Whatever another system calls its things, the tag is one that the map accepts, and always the same."""
    tag = external_tag(name, system)

    assert (bool(SLUG.fullmatch(tag)), len(tag) <= 80, tag == external_tag(f" {name.upper().lower()} ", system)) == (
        True,
        True,
        external_tag(name, system) == external_tag(name.upper().lower(), system),
    )
    assert slug(name) == "" or SLUG.fullmatch(slug(name))


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=3), max_size=10))
def test_circles_are_those_of_the_graph_library(graph: dict[int, list[int]]) -> None:
    """Our own walk, which no depth can break, counts the same groups."""
    ours = {str(node): [str(other) for other in others] for node, others in graph.items()}
    theirs: nx.DiGraph[str] = nx.DiGraph([(node, other) for node, others in ours.items() for other in others])

    assert circles(ours) == sum(len(group) > 1 for group in nx.strongly_connected_components(theirs))


def _spoilt(raw: bytes, data: st.DataObject) -> bytes:
    """Return *raw* with a few bytes of it changed, left out or doubled."""
    spoilt = bytearray(raw)
    for _time in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(spoilt) - 1))
        how = data.draw(st.sampled_from(["change", "drop", "double", "swap"]))
        if how == "change":
            spoilt[at] = data.draw(st.integers(0, 255))
        elif how == "drop":
            del spoilt[at : at + data.draw(st.integers(1, 40))]
        elif how == "double":
            spoilt[at:at] = spoilt[at : at + 60]
        else:
            spoilt[at : at + 8] = data.draw(st.binary(max_size=8))
        if not spoilt:
            break
    return bytes(spoilt)


@pytest.mark.parametrize("name", MODELS)
@given(data=st.data())
def test_a_spoilt_model_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """Damage on the way makes a refusal in words or a city that loads; never a traceback."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(_spoilt((DATA / name).read_bytes(), data))
        try:
            _texts, city = imported(read_archimate(path)).files.checked()
        except InputError as error:
            assert all(problem.what for problem in error.problems)  # noqa: PT017
        else:
            assert city.id == "proef"


@pytest.mark.parametrize("name", TABLES)
@given(data=st.data())
def test_a_spoilt_table_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """The same for tables: faults in words, or a city that loads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(_spoilt((DATA / name).read_bytes(), data))
        try:
            prepared = prepare(Order(path, "csv", Path(folder, "proef"), date=DATE, skip_faults=True))
        except InputError as error:
            assert all(problem.what for problem in error.problems)  # noqa: PT017
        else:
            texts = {f"proef/{file}": text for file, text in prepared.texts.items()}
            assert load_city_from_texts(texts).id == "proef"


@given(st.lists(st.lists(LINES, min_size=2, max_size=2), min_size=1, max_size=5), st.sampled_from([";", ",", "\t"]))
def test_a_table_is_read_by_its_delimiter(rows: list[list[str]], delimiter: str) -> None:
    """A CSV that a program wrote comes in with its own rows, whatever stands in its cells."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([["kop een", "kop twee"], *rows])

    table = csv_table(stream.getvalue().encode(), "x.csv")

    filled = [[unguarded(cell.strip()) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    found = [[cell.text for cell in row.cells] for row in table.rows]
    assert (table.headers, table.delimiter, found) == (("kop een", "kop twee"), delimiter, filled)


def test_every_shipped_map_names_its_rows() -> None:
    """A map without a heading for the name (or both ends of a need) could never be used."""
    needed = {"component": {"name"}, "organisation": {"name"}, "need": {"dependent", "provider"}}

    assert {item.name for item in shipped_maps() if not needed[item.about] <= set(item.columns)} == set()
