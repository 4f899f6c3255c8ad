"""Five dialects of ArchiMate: the same small model comes out of each, whatever its file looks like."""

import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from city_model.exchange.archimate_model import known_type
from city_model.exchange.archimate_read import read_archimate
from city_model.schema import Biv, City
from resilience.base.problems import InputError
from tests.unit.exchange.models import imported

GUID_TAG = "ext-gemma-0ff2a8a0-aa00-4d00-8000-000000000001"


def native_zip(samples: Path, place: Path) -> Path:
    """Return the model as Archi writes it when it holds pictures."""
    path = place / "with-pictures.archimate"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(samples / "native.archimate", "model.xml")
        archive.writestr("images/logo.png", b"\x89PNG")
    return path


def csv_of(delimiter: str, encoding: str) -> Callable[[Path, Path], Path]:
    """Return what copies the three CSV files with another delimiter and encoding, and gives their entry file."""

    def copied(samples: Path, place: Path) -> Path:
        for file in (samples / "archi-csv").iterdir():
            text = file.read_bytes().decode("utf-8").replace('","', f'"{delimiter}"')
            (place / f"proef-{file.name}").write_bytes(text.replace("Burgerzaken", "Burgerzaken é").encode(encoding))
        return place / "proef-elements.csv"

    return copied


def grafico_zip(samples: Path, place: Path) -> Path:
    """Return the folder as a zip, as a download of a repository gives it."""
    made = shutil.make_archive(str(place / "repository"), "zip", samples, "grafico")
    return Path(made)


DIALECTS = {
    "exchange 3": lambda samples, _place: samples / "open-exchange.xml",
    "exchange 2.1": lambda samples, _place: samples / "old-dialect.xml",
    "archi": lambda samples, _place: samples / "native.archimate",
    "archi with pictures": native_zip,
    "grafico": lambda samples, _place: samples / "grafico",
    "grafico, its model folder": lambda samples, _place: samples / "grafico" / "model",
    "grafico in a zip": grafico_zip,
    "csv folder": lambda samples, _place: samples / "archi-csv",
    "csv ; windows": csv_of(";", "cp1252"),
    "csv tab bom": csv_of("\t", "utf-8-sig"),
    "csv , utf-8": csv_of(",", "utf-8"),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_tells_the_same(dialect: str, samples: Path, tmp_path: Path) -> None:
    """The same dependencies, owner, BIV and external id, and the same relations dropped and undecided."""
    model = read_archimate(DIALECTS[dialect](samples, tmp_path))

    made = imported(model)
    _texts, city = made.files.checked()
    case = city.component_by_id["zaaksysteem"]
    assert (chain(city), case.organisation, levels(case.biv), GUID_TAG in case.tags) == (
        {"burgerzaken": ["zaaksysteem"], "zaaksysteem": ["server", "zaakgegevens"]},
        "gemeente-proef",
        (3, 2, 2),
        True,
    )
    assert {left.relation.id: left.fate for left in made.left} == {"id-r4": "undecided", "id-r5": "dropped"}
    assert str(model.name.first) == "Proefmodel"


def chain(city: City) -> dict[str, list[str]]:
    """Return the providers of every component that needs something; an accent in a name makes no other id."""
    return {
        part.id.removesuffix("-e"): sorted(name for need in part.needs for name in need.provider_ids)
        for part in city.components
        if part.needs
    }


def levels(biv: Biv | None) -> tuple[int, int, int] | None:
    """Return the three levels."""
    return (biv.availability, biv.integrity, biv.confidentiality) if biv else None


def test_biv_carries_its_reasons(samples: Path) -> None:
    """The main reason of an aspect and the protection level become the reason; other properties are counted."""
    made = imported(read_archimate(samples / "open-exchange.xml"))

    biv = made.files.checked()[1].component_by_id["zaaksysteem"].biv
    assert biv is not None
    assert biv.reason == "Beschikbaarheid hoofdreden: Zonder dit geen dienstverlening; BBN 2"
    assert made.unused == {"Beschikbaarheid hoofdreden": 1, "Toelichting": 1}


def test_a_missing_access_type_means_what_the_dialect_says(samples: Path, tmp_path: Path) -> None:
    """Archi leaves out Write; the exchange format then says nothing, which is for people to decide."""
    native = tmp_path / "a.archimate"
    text = (samples / "native.archimate").read_text(encoding="utf-8")
    native.write_text(text.replace(' accessType="1"', ""), encoding="utf-8")
    exchange = tmp_path / "a.xml"
    text = (samples / "open-exchange.xml").read_text(encoding="utf-8")
    exchange.write_text(text.replace(' accessType="Read"', ""), encoding="utf-8")

    fates = {
        path.suffix: [left.fate for left in imported(read_archimate(path)).left if left.relation.id == "id-r3"]
        for path in (native, exchange)
    }
    written = imported(read_archimate(native)).files.checked()[1]
    assert (fates, chain(written)["zaakgegevens"]) == ({".archimate": [], ".xml": ["undecided"]}, ["zaaksysteem"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("archimate:Goal", "Goal"),
        ("CompositionRelationship", "Composition"),
        ("archimate:UsedByRelationship", "Serving"),
        ("RealisationRelationship", "Realization"),
        ("InfrastructureService", "TechnologyService"),
        ("Network", "CommunicationNetwork"),
        ("application-component", "ApplicationComponent"),
        ("{urn:x}Junction", "AndJunction"),
        ("Onbekend", "Onbekend"),
    ],
)
def test_types_are_known_in_every_spelling(written: str, meant: str) -> None:
    """Prefixes, suffixes, British spelling and the names of version 2 are all taken; an unknown type stays itself."""
    assert known_type(written) == meant


def test_a_dirty_file_comes_in_with_notices(tmp_path: Path) -> None:
    """A prefixed namespace, a prefixed type, an id twice, an element without id, a broken end: told, not fatal."""
    path = tmp_path / "dirty.xml"
    path.write_text(
        '<a:model xmlns:a="http://www.opengroup.org/xsd/archimate/3.0/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m"><a:name>Vuil</a:name><a:elements>'
        '<a:element identifier="x" xsi:type="archimate:ApplicationComponent"><a:name> Een \n naam </a:name></a:element>'
        '<a:element identifier="x" xsi:type="Node"><a:name>dubbel</a:name></a:element>'
        '<a:element xsi:type="Node"><a:name>zonder id</a:name></a:element>'
        '<a:element identifier="y" xsi:type="Zelfbedacht"><a:name>vreemd</a:name></a:element>'
        '<a:element identifier="z" xsi:type="Node"><a:name/></a:element></a:elements><a:relationships>'
        '<a:relationship identifier="r1" xsi:type="CompositionRelationship" source="x" target="weg"/>'
        '<a:relationship identifier="r2" xsi:type="CompositionRelationship" source="x" target="z"/>'
        '<a:relationship identifier="r3" xsi:type="Zomaar" source="x" target="z"/>'
        "</a:relationships></a:model>",
        encoding="utf-8",
    )

    made = imported(read_archimate(path))
    _texts, city = made.files.checked()
    assert {part.id: part.name.nl for part in city.components} == {"een-naam": "Een naam", "node-z": "Node z"}
    assert [(item.relation.id, item.fate) for item in made.left] == [("r1", "dropped"), ("r3", "undecided")]
    assert [notice.place for notice in made.notices] == ["x", "zonder id", "vreemd"]


def test_a_broken_file_of_grafico_hides_nothing_else(samples: Path, tmp_path: Path) -> None:
    """A merge that left marks in one file, and a link to elsewhere, are left out and told; the rest is read."""
    folder = tmp_path / "grafico"
    shutil.copytree(samples / "grafico", folder)
    (folder / "model" / "technology" / "Node_id-server.xml").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    secret = tmp_path / "secret.xml"
    secret.write_text("<x/>", encoding="utf-8")
    (folder / "model" / "application" / "link.xml").symlink_to(secret)

    model = read_archimate(folder)
    assert sorted(model.elements) == ["id-eis", "id-gegevens", "id-gemeente", "id-proces", "id-zaak"]
    assert [notice.place.rpartition("/")[2] for notice in model.notices] == ["Node_id-server.xml", "link.xml"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html/>", "this XML is not an ArchiMate model but <html>"),
        (b"<model>", "this is not well-formed XML (line 1, column 8)"),
        (b"", "this is not well-formed XML (line 1, column 1)"),
    ],
)
def test_what_is_no_model_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    """One sentence, with what to give instead."""
    path = tmp_path / "model.xml"
    path.write_bytes(content)

    with pytest.raises(InputError) as caught:
        read_archimate(path)
    assert [problem.what for problem in caught.value.problems] == [says]


def test_a_zip_without_a_model_is_refused(tmp_path: Path) -> None:
    """An archive with something else in it is no model."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("readme.txt", "x")
    path = tmp_path / "a.zip"
    path.write_bytes(raw.getvalue())

    with pytest.raises(InputError, match="there is no ArchiMate model in here"):
        read_archimate(path)
