"""Graphs, JSON, a part of a city, and the public data set: complete, the same every time, safe for who opens them."""

import csv
import hashlib
import json
import re
from io import StringIO
from pathlib import Path

import networkx as nx
import pytest

from city_model.exchange.dataset import Description, dataset_files, identifier
from city_model.exchange.exporting import FOLDERS, FORMATS, exported
from city_model.exchange.graph_formats import dot, gexf, graphml, mermaid
from city_model.exchange.graph_view import graph_view
from city_model.exchange.subset import Subset, subset_of
from city_model.graph import dependency_graph
from city_model.hiding import OFFICER, Reader
from city_model.loader import load_city, load_city_from_texts
from city_model.schema import City
from city_model.values import Text
from resilience.base.problems import InputError
from tests.builders import city, component, function, need, organisation, path, source
from tests.unit.exchange.same_city import content

EVIL = 'a"];\n<script>alert(1)</script> & `x` \\ #1;'
PUBLIC = Reader("public")


def chain() -> City:
    """Return a chain of four, in which one may be left out of the middle."""
    return city(
        function("zorg", needs=[need("a", kind="data")]),
        component("a", needs=[need("b", "c", at_least=1, kind="hosting", buffer=30)], organisation="een"),
        component("b", needs=["d"], organisation="twee"),
        component("c", organisation="twee", tags=["rood"]),
        component("d", kind="infrastructure", organisation="een"),
        path("d", "a"),
    )


def evil() -> City:
    """Return a city with a name that tries to be code in every format."""
    made = chain()
    worse = tuple(
        part.model_copy(update={"name": Text(nl=EVIL, en=EVIL)}) if part.id == "a" else part for part in made.components
    )
    return made.model_copy(update={"components": worse})


def test_graphml_holds_the_graph_of_the_city(tmp_path: Path) -> None:
    """Another program reads the same nodes and the same edges as our own algorithms use."""
    made = load_city("nl")
    file = tmp_path / "nl.graphml"
    file.write_text(graphml(graph_view(Subset(made))), encoding="utf-8")

    read = nx.read_graphml(file)

    ours = dependency_graph(made)
    assert (set(read.nodes), set(read.edges())) == (set(ours.nodes), set(ours.edges))
    assert read.nodes["digid"]["label_nl"] == made.component_by_id["digid"].name.nl


def test_gexf_holds_the_graph_of_the_city(tmp_path: Path) -> None:
    """The same for the format of Gephi."""
    made = chain()
    file = tmp_path / "chain.gexf"
    file.write_text(gexf(graph_view(Subset(made))), encoding="utf-8")

    read = nx.read_gexf(file, version="1.3")

    assert (set(read.nodes), set(read.edges())) == (
        set(dependency_graph(made).nodes),
        set(dependency_graph(made).edges),
    )


def test_dot_shows_who_owns_what() -> None:
    """Grouped by owner, the kind of need on the line, a dashed name for what was left out."""
    assert dot(graph_view(subset_of(chain(), ["organisation=een"]))) == (
        'digraph "testcity" {\n'
        '  label="testcity";\n'
        "  rankdir=LR;\n"
        '  node [fontname="sans-serif"];\n'
        "  subgraph cluster_1 {\n"
        '    label="een";\n'
        '    "a" [label="a", shape=box];\n'
        '    "d" [label="d", shape=hexagon];\n'
        "  }\n"
        "  subgraph cluster_2 {\n"
        '    label="twee";\n'
        '    "b" [label="b", shape=box, style="dashed"];\n'
        '    "c" [label="c", shape=box, style="dashed"];\n'
        "  }\n"
        '  "a" -> "b" [label="hosting"];\n'
        '  "a" -> "c" [label="hosting"];\n'
        '  "b" -> "d" [label="", style="dotted"];\n'
        "}\n"
    )


def test_mermaid_shows_the_same() -> None:
    """A chain through what was left out is a dotted line, so that no link is hidden."""
    assert mermaid(graph_view(subset_of(chain(), ["id=zorg,d"]))) == (
        "flowchart LR\n"
        '  subgraph g1["een"]\n'
        '    n2["a"]\n'
        '    n3{{"d"}}\n'
        "  end\n"
        '  n1(["zorg"])\n'
        "  n1 -->|data| n2\n"
        "  n2 -.-> n3\n"
        "  classDef outside stroke-dasharray: 4 3\n"
        "  class n2 outside\n"
    )


def test_a_name_is_never_code() -> None:
    """Quotes, brackets, script tags and line ends of a name stay inside its label."""
    view = graph_view(Subset(evil()))

    lines = [line for line in mermaid(view).splitlines() if "script" in line]
    assert [re.fullmatch(r'    n\d+\["[^"<>&`\[\]]*"\]', line) is not None for line in lines] == [True]
    (label,) = [line for line in dot(view).splitlines() if "script" in line]
    assert label.endswith(' \\\\ #1;", shape=box];')
    assert label.startswith('    "a" [label="a\\"];')
    for text in (graphml(view), gexf(view)):
        assert "<script>" not in text


@pytest.mark.parametrize(
    ("asked", "kept", "outside"),
    [
        ([], {"zorg", "a", "b", "c", "d"}, set()),
        (["kind=infrastructure,function"], {"zorg", "d", "a"}, {"a"}),
        (["organisation=twee"], {"b", "c", "d"}, {"d"}),
        (["organisation=twee", "tag=rood"], {"c"}, set()),
        (["down=a"], {"a", "b", "c", "d"}, set()),
        (["up=d"], {"d", "b", "a", "zorg", "c"}, {"c"}),
        (["around=b"], {"a", "b", "d", "c"}, {"c"}),
        (["down=a", "id=b"], {"b", "d"}, {"d"}),
    ],
)
def test_a_part_keeps_what_it_needs_as_a_name(asked: list[str], kept: set[str], outside: set[str]) -> None:
    """What was not chosen and is needed stays, without needs of its own; the rest is gone with its owners."""
    found = subset_of(chain(), asked)

    assert ({part.id for part in found.city.components}, set(found.outside)) == (kept, outside)
    assert all(not found.city.component_by_id[name].needs for name in found.outside)
    assert {item.id for item in found.city.organisations} <= {part.organisation for part in found.city.components}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["kleur=rood"], "'kleur=rood' is not a selection"),
        (["kind=aplication"], "there is no component of kind 'aplication'"),
        (["down=ab"], "testcity has no component 'ab'"),
        (["id=Groot"], "'Groot' is not an id"),
        (["tag=weg"], "nothing in testcity fits tag=weg"),
    ],
)
def test_a_selection_that_chooses_nothing_is_told(asked: list[str], says: str) -> None:
    """With what may have been meant, instead of an empty file."""
    with pytest.raises(InputError) as caught:
        subset_of(chain(), asked)

    assert [problem.what for problem in caught.value.problems] == [says]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_the_same_every_time(form: str) -> None:
    """No moment, no chance, no order of a set in any of them; each writes something."""
    first, second = exported(chain(), form, OFFICER), exported(chain(), form, OFFICER)

    assert (first == second, all(first.values()), ("" in first) == (form not in FOLDERS)) == (True, True, True)


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_what_a_reader_may_not_see(form: str) -> None:
    """The organisation that is marked RED, its component and its source are in no file for the public."""
    made = city(
        source("archief", tlp="AMBER"),
        organisation("verzwegen", tlp="RED"),
        component("kelder", organisation="verzwegen"),
        component("open", needs=["kelder"], owner="Verzwegen afdeling", organisation="gewoon"),
        function("zorg", needs=["open"]),
    )

    files = exported(made, form, PUBLIC)

    words = [
        word for word in ("verzwegen", "kelder", "archief") for raw in files.values() if word in _text(raw).lower()
    ]
    assert (words, any("zorg" in _text(raw) for raw in files.values())) == ([], True)
    assert [name for name in files if "verzwegen" in name] == []


def _text(raw: bytes) -> str:
    """Return everything readable in a file, in the parts of a workbook too."""
    if raw.startswith(b"PK"):
        from city_model.exchange.safe_input import unpacked

        return " ".join(part.decode(errors="replace") for part in unpacked(raw, "x").values())
    return raw.decode()


def test_yaml_out_is_the_same_city() -> None:
    """Every file of it passes the loader; a part of a city is no city and is refused."""
    made = load_city("utrecht")

    texts = {f"utrecht/{name}": raw.decode() for name, raw in exported(made, "yaml", OFFICER).items()}

    assert content(load_city_from_texts(texts)) == content(made)
    with pytest.raises(InputError, match="a part of a city is no city that can be loaded"):
        exported(made, "yaml", OFFICER, ["id=digid"])


def test_json_holds_the_city_in_the_words_of_its_files() -> None:
    """The same fields and durations; what stands only as a name is listed."""
    (raw,) = exported(chain(), "json", OFFICER, ["id=a"]).values()

    data = json.loads(raw)
    (part,) = [item for item in data["components"] if item["id"] == "a"]
    assert (data["outside"], part["needs"][0]["buffer"]) == (["b", "c"], {"value": "30m", "source": "fact"})


def test_the_data_set_is_described() -> None:
    """DCAT with a lasting identifier, licence, publisher, and size and checksum of every file; nothing but CLEAR."""
    made = load_city("nl")

    files = dataset_files(made, Description("Gemeente Proef", "cc0"))

    said = json.loads(files["dataset.jsonld"])
    distributions = {item["dcat:downloadURL"]["@id"]: item for item in said["dcat:distribution"]}
    assert (said["@type"], said["dct:identifier"], said["dct:license"]["@id"], said["dct:publisher"]["foaf:name"]) == (
        "dcat:Dataset",
        identifier("nl"),
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "Gemeente Proef",
    )
    assert {
        name: (int(item["dcat:byteSize"]["@value"]), item["spdx:checksum"]["spdx:checksumValue"])
        for name, item in distributions.items()
    } == {name: (len(raw), hashlib.sha256(raw).hexdigest()) for name, raw in files.items() if name != "dataset.jsonld"}
    rows = list(csv.DictReader(StringIO(files["components.csv"].decode())))
    ids = [row["identifier"] for row in rows]
    assert (len(set(ids)), {row["tlp"] for row in rows}, all(name.startswith("urn:uuid:") for name in ids)) == (
        len(rows),
        {"CLEAR"},
        True,
    )
    assert "access" not in " ".join(files)


def test_the_routes_of_attackers_are_no_open_data() -> None:
    """Access paths are left out of the public data set, whatever their mark says."""
    files = dataset_files(chain(), Description("x"))

    assert "access_paths" not in json.loads(files["city.json"])
    with pytest.raises(InputError, match="the public data set is the whole"):
        exported(chain(), "dataset", OFFICER, ["id=a"])
