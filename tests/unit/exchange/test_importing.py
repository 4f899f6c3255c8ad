"""Tables and models into a city: column maps, matching, updates in place, faults in words, nothing doubled."""

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest

from city_model.exchange.city_files import files_of, write_new
from city_model.exchange.column_map import load_map, map_text, shipped_maps
from city_model.exchange.importing import Order, Prepared, carry_out, prepare, report_text
from city_model.exchange.table_out import csv_files
from city_model.loader import load_city
from city_model.schema import City
from resilience.base.problems import InputError
from tests.unit.exchange.folders import CITY, OWNER, write_folder

DATE = dt.date(2026, 3, 1)


def order(file: Path, into: Path, form: str = "csv", **others: object) -> Order:
    """Return what a user would ask for."""
    return Order(file, form, into, date=DATE, **others)  # type: ignore[arg-type]


def table(place: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write *text* as a CSV and return its place."""
    path = place / "tabel.csv"
    path.write_bytes(text.encode(encoding))
    return path


def faults(prepared: Prepared) -> list[tuple[str, str, str, str]]:
    """Return the faults of the rows."""
    return [(fault.place, fault.column, fault.what, fault.repair) for fault in prepared.faults]


def test_a_cmdb_becomes_a_city(samples: Path, tmp_path: Path) -> None:
    """iTop: kinds by class, hosts as needs, what is obsolete left out; the folder passes the loader."""
    into = tmp_path / "nieuw"
    carry_out(prepare(order(samples / "itop.csv", into)), None)

    city = load_city(str(into))
    case = city.component_by_id["zaaksysteem"]
    assert ({part.id: part.kind for part in city.components}, case.organisation, case.tags, case.needs[0].kind) == (
        {"zaaksysteem": "application", "db01": "infrastructure"},
        "gemeente-proef",
        ("ext-itop-0042",),
        "hosting",
    )
    source = city.source_by_id[case.needs[0].source]
    assert (source.kind, source.confidence, source.date) == ("document", "one_sided", DATE)


def test_dutch_excel_is_understood(samples: Path, tmp_path: Path) -> None:
    """TOPdesk: Windows-1252, semicolons, a decimal comma with a unit from the map, a Dutch date, words for BIV."""
    prepared = prepare(order(samples / "topdesk.csv", tmp_path / "nieuw"))

    assert prepared.chosen is not None
    assert prepared.result is not None
    part = prepared.result.component_by_id["cafe-registratie"]
    assert (prepared.chosen.map.name, prepared.chosen.table.encoding) == ("topdesk", "Windows-1252")
    assert part.biv is not None
    assert part.rto is not None
    assert part.rto.required is not None
    assert (part.name.nl, part.rto.required.value, part.contract_end, part.supplier) == (
        "Café-registratie",
        90,
        dt.date(2027, 12, 31),
        "softwarehuis-voorbeeld",
    )
    assert (part.biv.availability, part.biv.integrity, part.biv.confidentiality) == (3, 2, 1)


def test_a_workbook_of_ciso_assistant_is_read(tmp_path: Path) -> None:
    """The sheet is found by its headings; primary assets are services, what supports them applications."""
    book = openpyxl.Workbook()
    book.create_sheet("Entities").append(["ref_id", "name", "mission"])
    sheet = book.create_sheet("Assets")
    sheet.append(["ref_id", "name", "description", "domain", "type", "asset_class"])
    sheet.append(["A.1", "Burgerzaken", "x", "Gemeente Proef", "PR", ""])
    sheet.append(["A.2", "Zaaksysteem", "", "Gemeente Proef", "SP", "Application / Software"])
    path = tmp_path / "assets.xlsx"
    book.save(path)

    prepared = prepare(order(path, tmp_path / "nieuw", "xlsx"))

    assert prepared.chosen is not None
    assert prepared.result is not None
    assert (prepared.chosen.map.name, {part.id: (part.kind, part.tags[-1]) for part in prepared.result.components}) == (
        "ciso-assistant",
        {
            "burgerzaken": ("service", "ext-ciso-assistant-a-1-" + prepared.result.components[0].tags[-1][-6:]),
            "zaaksysteem": ("application", "application-software"),
        },
    )


def test_packages_and_couplings_of_the_softwarecatalogus(samples: Path, tmp_path: Path) -> None:
    """Packages come in with their supplier; a coupling runs the way Richting says, and over its broker."""
    into = tmp_path / "nieuw"
    carry_out(prepare(order(samples / "softwarecatalogus-pakketten.csv", into)), None)
    rows = "Pakket Naam;Leverancier Naam\nZaaksysteem;Softwarehuis Voorbeeld\nServicebus;Softwarehuis Voorbeeld\n"
    carry_out(prepare(order(table(tmp_path, rows), into, map="softwarecatalogus-pakketten")), None)

    prepared = prepare(order(samples / "softwarecatalogus-koppelingen.csv", into))

    assert prepared.plan.needs == [
        ("belastingpakket", need("zaaksysteem")),
        ("belastingpakket", {**need("servicebus"), "confidence": "derived"}),
    ]
    assert faults(prepared) == [
        ("row 3", "Pakket B", "there is no component called 'Zaaksysteeem'", "did you mean Zaaksysteem?")
    ]


def need(provider: str) -> dict[str, object]:
    """Return the need that the sample with couplings states."""
    source = "import-softwarecatalogus-koppelingen-2026-03-01"
    return {"providers": [provider], "kind": "data", "note": "Digikoppeling", "source": source}


def test_an_update_changes_lines_and_nothing_else(tmp_path: Path) -> None:
    """Found by external id although a spreadsheet ate its zeros; comments and layout stay, nothing is doubled."""
    folder = write_folder(tmp_path)
    rows = (
        "id;Name;Organization->Name;CI sub-class;Description;Server->Name\n"
        "42;Zaaksysteem;Gemeente Proef;Application Solution;Alle zaken;db01\n"
        ";db01;Gemeente Proef;Server;;\n"
        "77;db02;Gemeente Proef;Server;;\n"
    )

    prepared = prepare(order(table(tmp_path, rows), folder))
    carry_out(prepared, None)

    before, after = OWNER.splitlines(), (folder / "gemeente.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == []
    assert [line for line in after if line not in before] == [
        "    description: {nl: Alle zaken, en: Alle zaken}",
        "  - id: db02",
        "    name: {nl: db02, en: db02}",
        "    tags: [ext-itop-77]",
    ]
    assert (folder / "city.yaml").read_text(encoding="utf-8") == CITY
    assert [remark.what for remark in prepared.plan.remarks] == [
        "its id 42 lost its zeros; it was taken for zaaksysteem"
    ]
    assert {part.id for part in load_city(str(folder)).components} == {"zorg", "zaaksysteem", "db01", "db02"}


def test_the_second_time_nothing_happens(samples: Path, tmp_path: Path) -> None:
    """An import that was done is done: everything is found back and nothing is new."""
    into = tmp_path / "nieuw"
    carry_out(prepare(order(samples / "topdesk.csv", into)), None)

    prepared = prepare(order(samples / "topdesk.csv", into))

    assert (prepared.plan.is_empty, prepared.plan.conflicts, prepared.plan.same) == (True, [], 2)


def test_what_both_sides_confirmed_is_not_overwritten(tmp_path: Path) -> None:
    """Both numbers are shown side by side, as is another owner; the map stays as it is."""
    folder = write_folder(tmp_path)
    rows = "id;name;organisation;residents;owner\nzaaksysteem;Case system;Ander bedrijf;2000;Team X\n"

    prepared = prepare(order(table(tmp_path, rows), folder, map="plain"))

    conflicts = {(item.path[0], str(item.before)[:15], str(item.after)[:14]) for item in prepared.plan.conflicts}
    assert conflicts == {
        ("residents", "{'value': 1000,", "{'value': 2000"),
        ("organisation", "gemeente-proef", "ander-bedrijf"),
    }
    assert [(change.path, change.before, change.after) for change in prepared.plan.changes] == [
        (("owner",), "Hoofd dienstverlening", "Team X")
    ]
    assert prepared.plan.new == []


def test_faults_are_told_row_by_row(tmp_path: Path) -> None:
    """What is wrong stands with its row, its column and how to mend it; a row with a fault says nothing."""
    folder = write_folder(tmp_path)
    rows = (
        "id;name;kind;residents;mtd_required;contract_end;biv;district;functions;tlp;needs\n"
        ";Goed;dienst;onbekend;4 uur;2027-01-31;322;Centrum;Zorg;GREEN;db01\n"
        ";;dienst;;;;;;;;\n"
        ";Fout;diensst;12,5;4;31-31-2027;987;Centrm;Zorgg;GROEN;db0\n"
        ";Formule;dienst;=1+1;;#VERW!;;;;;\n"
    )

    prepared = prepare(order(table(tmp_path, rows), folder, map="plain"))

    assert [(place, column, what) for place, column, what, _repair in faults(prepared)] == [
        ("row 4", "kind", "'diensst' is not one of the options"),
        ("row 4", "residents", "'12,5' is not a whole number"),
        ("row 4", "mtd_required", "'4' has no unit"),
        ("row 4", "biv", "'987' is not a BIV score"),
        ("row 4", "contract_end", "'31-31-2027' is not a date"),
        ("row 4", "tlp", "'GROEN' is not one of the options"),
        ("row 5", "residents", "'=1+1' is not a whole number"),
        ("row 5", "contract_end", "the spreadsheet could not compute this (#VERW!)"),
        ("row 3", "name", "this row has no name"),
    ]
    assert prepared.may_be_written is False
    with_the_rest = prepare(order(table(tmp_path, rows), folder, map="plain", skip_faults=True))
    assert [claim.id for claim in with_the_rest.plan.new] == ["goed"]


def test_references_to_what_is_not_there_are_faults(tmp_path: Path) -> None:
    """A district, a function or a provider that is not on the map gets a suggestion."""
    folder = write_folder(tmp_path)
    rows = "name;district;functions;needs\nNieuw;Centrm;Zorgg;db0\n"

    assert faults(prepare(order(table(tmp_path, rows), folder, map="plain"))) == [
        ("row 2", "district", "there is no district called 'Centrm' on the map", "did you mean Centrum?"),
        ("row 2", "functions", "there is no functions called 'Zorgg' on the map", "did you mean Zorg?"),
        ("row 2", "needs", "there is no component called 'db0'", "did you mean db01?"),
    ]


def test_a_near_name_is_new_and_asked_about(tmp_path: Path) -> None:
    """Nothing is matched by guess: a name that is nearly one on the map comes in, with the question beside it."""
    folder = write_folder(tmp_path)

    prepared = prepare(order(table(tmp_path, "name;organisation\nZaaksyteem;Gemeente Pruef\n"), folder, map="plain"))

    assert [claim.id for claim in prepared.plan.new] == ["zaaksyteem", "gemeente-pruef"]
    assert [remark.what for remark in prepared.plan.remarks] == [
        "'Zaaksyteem' is new; did you mean 'Zaaksysteem'?",
        "the organisation 'Gemeente Pruef' is new; did you mean 'Gemeente Proef'?",
    ]


def test_two_things_with_one_name_are_told_apart(tmp_path: Path) -> None:
    """Another id of the same system is another thing, whatever its name; without ids the second row is not doubled."""
    folder = write_folder(tmp_path)
    rows = "id;Name;CI sub-class\n42;Zaaksysteem;Server\n43;Zaaksysteem;Server\n44;Zaaksysteem;Server\n"
    first = prepare(order(table(tmp_path, rows), folder))
    second = prepare(order(table(tmp_path, "name\nDubbel\nDubbel\n"), folder, map="plain"))

    assert [claim.id for claim in first.plan.new] == ["zaaksysteem-2", "zaaksysteem-3"]
    assert [claim.id for claim in second.plan.new] == ["dubbel"]
    assert [remark.what for remark in second.plan.remarks] == [
        "says something about the same thing as row 2; the first one was kept"
    ]


def test_a_map_of_ones_own_is_used(tmp_path: Path) -> None:
    """A shipped map is written out, edited and given back."""
    mine = tmp_path / "mijn.yaml"
    mine.write_text(map_text(load_map("topdesk")).replace("[naam,", "[objectnaam, naam,"), encoding="utf-8")

    prepared = prepare(order(table(tmp_path, "Objectnaam;Kleur\nPomp;rood\n"), tmp_path / "nieuw", map=str(mine)))

    assert prepared.chosen is not None
    assert ([claim.id for claim in prepared.plan.new], prepared.chosen.unused) == (["pomp"], ("Kleur",))


def test_shipped_maps_are_written_as_they_are_read(tmp_path: Path) -> None:
    """The file that --save-map writes says the same as the map that was used."""
    for column_map in shipped_maps():
        path = tmp_path / f"{column_map.name}.yaml"
        path.write_text(map_text(column_map), encoding="utf-8")
        assert load_map(str(path)) == column_map


@pytest.mark.parametrize(
    ("text", "asked", "says"),
    [
        ("Kleur;Maat\nrood;3\n", None, "no column map knows these headings: Kleur, Maat"),
        ("Nam;Maat\nx;3\n", "topdesk", "the column map 'topdesk' needs the headings naam / name / assetnaam"),
        ("", None, "this table is empty"),
        ("Naam\nx\n", "weg", "there is no column map called 'weg'"),
    ],
)
def test_a_table_that_fits_no_map_is_refused(text: str, asked: str | None, says: str, tmp_path: Path) -> None:
    """With what the table has and what the map wants."""
    with pytest.raises(InputError) as caught:
        prepare(order(table(tmp_path, text), tmp_path / "nieuw", map=asked))

    assert caught.value.problems[0].what.startswith(says)


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    """Nothing is written between files of others."""
    (tmp_path / "iets").mkdir()
    (tmp_path / "iets" / "brief.txt").write_text("x", encoding="utf-8")

    with pytest.raises(InputError, match=r"this folder is not empty and holds no city\.yaml"):
        prepare(order(table(tmp_path, "naam\nx\n"), tmp_path / "iets"))


def test_what_stands_in_several_lines_is_left_to_people(tmp_path: Path) -> None:
    """A value that cannot be changed on its line is told, and everything else is still done."""
    folder = write_folder(tmp_path)
    file = folder / "gemeente.yaml"
    text = OWNER.replace("owner: 'Hoofd dienstverlening'", "owner: >\n      Hoofd\n      dienstverlening")
    file.write_text(text, encoding="utf-8")

    prepared = prepare(order(table(tmp_path, "id;name;owner;product\nzaaksysteem;Zaaksysteem;Team X;Pakket\n"), folder))

    assert [problem.what for problem in prepared.by_hand] == ["this value takes more than one line"]
    assert "    product: Pakket" in prepared.texts["gemeente.yaml"].splitlines()


def test_an_included_city_is_not_changed(tmp_path: Path) -> None:
    """What belongs to another folder is told and left as it is."""
    folder = write_folder(tmp_path)
    city = folder / "city.yaml"
    city.write_text(CITY.replace("\n\ndistricts", "\nincludes: [nl]\n\ndistricts"), encoding="utf-8")

    prepared = prepare(order(table(tmp_path, "id;name;owner\ndigid;DigiD;Team X\n"), folder))

    assert (prepared.texts, [problem.what for problem in prepared.by_hand]) == (
        {},
        ["'digid' belongs to an included city and was not changed"],
    )


def test_a_model_into_an_existing_city(samples: Path, tmp_path: Path) -> None:
    """Found by name: the case system keeps its id and comments, gets what the model adds, and is not doubled."""
    folder = write_folder(tmp_path)

    prepared = prepare(order(samples / "open-exchange.xml", folder, "archimate"))
    carry_out(prepared, None)

    city = load_city(str(folder))
    case = city.component_by_id["zaaksysteem"]
    assert sorted(claim.id for claim in prepared.plan.new) == [
        "burgerzaken",
        "eigenaar-onbekend",
        "server",
        "zaakgegevens",
    ]
    assert ([need.provider_ids for need in case.needs], case.residents and case.residents.value) == (
        [("db01",), ("server",), ("zaakgegevens",)],
        1000,
    )
    assert "    name: {nl: Zaaksysteem, en: Case system}   # heet overal zo" in (
        (folder / "gemeente.yaml").read_text(encoding="utf-8").splitlines()
    )
    again = prepare(order(samples / "open-exchange.xml", folder, "archimate"))
    assert (again.plan.new, again.plan.changes, again.plan.needs) == ([], [], [])


def test_the_report_tells_every_relation_that_was_left(samples: Path, tmp_path: Path) -> None:
    """One line each in a CSV beside the map: what, which, between what, and why."""
    into = tmp_path / "nieuw"
    prepared = prepare(order(samples / "open-exchange.xml", into, "archimate"))
    written = carry_out(prepared, None)

    unclear = "an association does not say who depends on whom"
    outside = "one of its ends is of a type that is no part of the chain"
    lines = (into / "import-report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (lines, into / "import-report.csv" in written, report_text(prepared)[1:].splitlines() == lines) == (
        [
            "fate;type;id;name;source;target;reason;about",
            f"undecided;Association;id-r4;hoort bij;Burgerzaken;Zaaksysteem;{unclear};hoort bij",
            f"dropped;Realization;id-r5;;Zaaksysteem;Eis;{outside};Eis (Requirement)",
        ],
        True,
        True,
    )


def test_a_failed_import_leaves_no_trace(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full halfway there is no half city."""
    into = tmp_path / "nieuw"
    prepared = prepare(order(samples / "itop.csv", into))
    shutil.rmtree(into, ignore_errors=True)

    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("city_model.exchange.city_files.write_text", full)
    with pytest.raises(Exception, match="was not written"):
        carry_out(prepared, None)

    assert list(tmp_path.iterdir()) == []


def test_an_owner_can_be_given(samples: Path, tmp_path: Path) -> None:
    """What a model gives no owner goes to the organisation that was asked for, which is made where it is new."""
    folder = write_folder(tmp_path)
    known = prepare(order(samples / "open-exchange.xml", folder, "archimate", owner="gemeente-proef"))
    fresh = prepare(order(samples / "open-exchange.xml", tmp_path / "nieuw", "archimate", owner="dienst-ict"))

    carry_out(known, None)

    assert {part.organisation for part in load_city(str(folder)).components} == {None, "gemeente-proef"}
    assert [claim.id for claim in known.plan.new if claim.thing == "organisation"] == []
    assert fresh.result is not None
    assert fresh.result.component_by_id["server"].organisation == "dienst-ict"
    assert fresh.result.organisation_by_id["dienst-ict"].name.nl == "Dienst ict"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """The bundled base layer as tables."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, raw in csv_files(load_city("nl")).items():
        (folder / name).write_bytes(raw)
    return folder


def test_our_own_tables_change_nothing_of_the_same_city(tables: Path, tmp_path: Path) -> None:
    """Every component and need of a large city is found back, its groups and figures too."""
    folder = tmp_path / "nl-kopie"
    write_new(folder, files_of(load_city("nl")).texts().items())

    found = [prepare(order(tables / name, folder)) for name in ("components.csv", "needs.csv")]

    assert [(item.plan.is_empty, item.plan.conflicts, item.faults) for item in found] == [(True, [], ())] * 2


def test_our_own_tables_make_the_same_chain_elsewhere(tables: Path, tmp_path: Path) -> None:
    """Components first, then needs: k of n, shares, kinds and buffers come along; fallbacks and repairs do not."""
    into = tmp_path / "nieuw"
    for name in ("components.csv", "needs.csv"):
        carry_out(prepare(order(tables / name, into)), None)

    before, after = load_city("nl"), load_city(str(into))

    assert level_needs(after) == level_needs(before)


def level_needs(city: City) -> set[tuple[object, ...]]:
    """Return every need of a normal level, without who says so."""
    return {
        (
            placed.dependent,
            frozenset(placed.need.provider_ids),
            placed.need.at_least or len(placed.need.provider_ids),
            tuple(sorted((placed.need.shares or {}).items())),
            placed.need.kind,
            placed.need.effective_phase,
            placed.need.loses,
            placed.need.buffer and placed.need.buffer.value,
            placed.need.strength and placed.need.strength.value,
        )
        for placed in city.placed_needs
        if placed.role == "level"
    }
