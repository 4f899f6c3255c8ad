"""Answers come into the map with their source, or become conflicts; with one bad row nothing comes in."""

import csv
import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from city_model.loader import load_city
from city_model.partner import folder as writing
from city_model.partner import sheets
from city_model.partner.answers import read_reply
from city_model.partner.folder import copy_city, folder_of
from city_model.partner.ledger import read_ledger
from city_model.partner.merge import Known, Merging
from city_model.partner.pack import pack_for
from city_model.partner.pack_yaml import pack_text
from city_model.values import Text
from resilience.base.files import write_text
from resilience.base.problems import InputError, RunError
from tests.unit.partner.conftest import BY, DAY, Fill
from tests.unit.partner.partner_city import TEXTS
from tests.unit.partner.test_editing import changed_lines

Merge = Callable[..., Merging]
BUFFER = "operatiekamer>net | others buffer"
SOURCE = "antwoord-netbeheer-2026-12-01"


def actions(merging: Merging) -> dict[str, tuple[str, str, str]]:
    """Return what each answer does, with both values, by the end of its key."""
    return {
        outcome.question.key.partition(" | ")[2]: (outcome.action, outcome.ours, outcome.theirs)
        for merged in merging.merged
        for outcome in merged.outcomes
    }


def differences(merging: Merging) -> dict[str, list[str]]:
    """Return the lines that changed, by file."""
    return {name: changed_lines(merging.before[name], merging.texts[name]) for name in merging.changed_files()}


def test_a_figure_gets_the_answer_its_source_and_its_certainty(fill: Fill, merge: Merge) -> None:
    """An estimate makes place; the source is an interview of that day, with the role that answered."""
    reply = fill("netbeheer", {"net | parts residents": {sheets.ANSWER: "49.000", sheets.REMARK: "telling"}})
    merging = merge(reply)

    assert actions(merging) == {"net | parts residents": ("changed", "50000", "49000")}
    assert differences(merging) == {
        "klein/netbeheer.yaml": [
            "+sources:",
            f"+  - id: {SOURCE}",
            "+    kind: interview",
            "+    reference: Antwoorden op de vragenlijst van 2026-12-01 / Answers to the questionnaire of 2026-12-01",
            "+    date: 2026-12-01",
            f"+    by: {BY}",
            "+    confidence: one_sided",
            "+    tlp: GREEN",
            "+",
            "-    residents: {value: 50000, source: schatting}  # geschat",
            f"+    residents: {{value: 49000, source: {SOURCE}, note: telling}}  # geschat",
        ]
    }


def test_what_was_confirmed_by_one_end_and_then_the_other_is_confirmed(fill: Fill, merge: Merge) -> None:
    """The hospital said so in a talk; the grid operator agrees with the need and with its buffer."""
    reply = fill(
        "netbeheer",
        {
            "operatiekamer>net | others need": {sheets.VERDICT: "klopt · right"},
            BUFFER: {sheets.VERDICT: "klopt"},
            "dossier>net | others need": {sheets.VERDICT: "right"},
        },
    )
    merging = merge(reply)
    needs = {name: merging.city.need_by_key[name].need for name in ("operatiekamer>net", "dossier>net")}
    buffer = needs["operatiekamer>net"].buffer
    assert buffer is not None

    assert {key: action for key, (action, _ours, _theirs) in actions(merging).items()} == {
        "operatiekamer>net | others need": "confirmed",
        BUFFER: "confirmed",
        "dossier>net | others need": "stated",
    }
    assert [(need.source, merging.city.confidence_of(need)) for need in needs.values()] == [
        ("gesprek", "confirmed"),
        (SOURCE, "one_sided"),
    ]
    assert (buffer.source, buffer.confidence, buffer.note) == ("gesprek", "confirmed", "Eigen generator")


def test_a_need_of_several_providers_is_confirmed_when_each_end_said_so(fill: Fill, merge: Merge) -> None:
    """The provider first, then the dependent, which is a provider of its own need too."""
    key = "dossier>operatiekamer+net"
    first = merge(fill("netbeheer", {f"{key} | others need": {sheets.VERDICT: "klopt"}}))
    first.write()
    second = merge(fill("ziekenhuis", {f"{key} | needs need": {sheets.VERDICT: "klopt"}}))

    assert [actions(made)[f"{key} | {sheet} need"][0] for made, sheet in ((first, "others"), (second, "needs"))] == [
        "stated",
        "confirmed",
    ]
    assert second.city.confidence_of(second.city.need_by_key[key].need) == "confirmed"


def test_two_numbers_are_a_conflict_until_somebody_settles_it(fill: Fill, merge: Merge) -> None:
    """The hospital says 24 h, the grid operator 8 h: the map keeps the one, the record both."""
    merging = merge(fill("netbeheer", {BUFFER: {sheets.ANSWER: "8 uur", sheets.REMARK: "gemeten"}}))
    key = f"netbeheer | {BUFFER}"
    conflict = merging.ledger.conflicts[key]

    assert (conflict.ours, conflict.ours_by, conflict.theirs, conflict.organisation, conflict.by) == (
        "1d",
        "ziekenhuis",
        "8h",
        "netbeheer",
        BY,
    )
    assert differences(merging) == {}
    merging.write()
    again = merge()
    again.settle(key, "theirs")
    need = again.city.need_by_key["operatiekamer>net"].need
    assert need.buffer is not None

    assert (need.buffer.value, need.buffer.source, need.buffer.note, again.conflicts()) == (480, SOURCE, "gemeten", ())


def test_a_conflict_that_was_settled_as_ours_does_not_come_back(fill: Fill, merge: Merge) -> None:
    """Not with the same answer; another answer is another conflict."""
    reply = fill("netbeheer", {BUFFER: {sheets.ANSWER: "8h"}})
    first = merge(reply)
    first.settle(f"netbeheer | {BUFFER}", "ours")
    first.write()
    second = merge(reply)
    third = merge(fill("netbeheer", {BUFFER: {sheets.ANSWER: "6h"}}, name="other.xlsx"))

    assert [actions(made)[BUFFER][0] for made in (second, third)] == ["kept", "conflict"]


def test_a_denied_need_stays_until_it_is_settled(fill: Fill, merge: Merge) -> None:
    """Then it leaves the map with its lines."""
    merging = merge(fill("netbeheer", {"dossier>net | others need": {sheets.VERDICT: "klopt niet"}}))
    before = "dossier>net" in merging.city.need_by_key
    merging.settle("netbeheer | dossier>net | others need", "theirs")

    assert (before, "dossier>net" in merging.city.need_by_key, differences(merging)) == (
        True,
        False,
        {"klein/ziekenhuis.yaml": ["-      - {providers: [net], kind: power, source: schatting}"]},
    )


def test_a_settlement_that_leaves_a_function_without_needs_is_refused(fill: Fill, folder: Path) -> None:
    """The map stays one that can be loaded."""
    (folder / "city.yaml").write_text(TEXTS["klein/city.yaml"].replace("[operatiekamer]", "[net]"), encoding="utf-8")
    merging = Merging(str(folder))
    path = fill("netbeheer", {"zorg>net | others need": {sheets.VERDICT: "klopt niet"}})
    merging.add(read_reply(path), Known())
    with pytest.raises(InputError, match="needs nothing"):
        merging.settle("netbeheer | zorg>net | others need", "theirs")


def test_a_map_that_changed_since_the_pack_was_made_is_a_conflict(fill: Fill, merge: Merge, folder: Path) -> None:
    """What the partner looked at is no longer there; agreeing with the old figure is another answer."""
    reply = fill(
        "netbeheer",
        {"net | parts residents": {sheets.ANSWER: "49000"}, "team storing | parts count": {sheets.VERDICT: "klopt"}},
    )
    text = (folder / "netbeheer.yaml").read_text(encoding="utf-8")
    (folder / "netbeheer.yaml").write_text(
        text.replace("value: 50000", "value: 52000").replace("count: {value: 2", "count: {value: 3"), encoding="utf-8"
    )

    assert actions(merge(reply)) == {
        "net | parts residents": ("conflict", "52000", "49000"),
        "team storing | parts count": ("conflict", "3", "2"),
    }


def test_every_kind_of_field_finds_its_place(fill: Fill, merge: Merge) -> None:
    """New owners, choices, dates, plain fields, marks, and what is not known."""
    reply = fill(
        "ziekenhuis",
        {
            "operatiekamer | parts fallback.level": {sheets.ANSWER: "40%"},
            "operatiekamer | parts fallback.delay": {sheets.ANSWER: "30 min"},
            "operatiekamer | parts rto.capable": {sheets.ANSWER: "2h", sheets.MARK: "red"},
            "operatiekamer | parts restart_lag": {sheets.VERDICT: "weet ik niet"},
            "operatiekamer | parts repair.duration": {sheets.VERDICT: "weet ik niet"},
            "dossier | parts backup.tested_on": {sheets.ANSWER: "1-3-2026"},
            "dossier | parts backup.kind": {sheets.ANSWER: "ja, los van het net · yes, off-line"},
            "dossier | parts supplier": {sheets.ANSWER: "Telecom"},
            "dossier | parts substitution.ease": {sheets.ANSWER: "alleen met veel werk"},
            "dossier | parts personal_data.kind": {sheets.ANSWER: "special"},
            "dossier | parts contract_end": {sheets.ANSWER: "31-12-2027"},
            "dossier | parts tlp": {sheets.ANSWER: "AMBER"},
            "dossier>operatiekamer+net | needs at_least": {sheets.ANSWER: "2"},
            "operatiekamer>net | needs contract": {sheets.ANSWER: "SLA 00123"},
        },
    )
    city = merge(reply).city
    theatre, record = (city.component_by_id[name] for name in ("operatiekamer", "dossier"))
    said = "antwoord-ziekenhuis-2026-12-01"

    assert theatre.model_dump(mode="json", exclude_none=True, include={"fallback", "rto", "restart_lag", "repair"}) == {
        "fallback": {"level": {"source": said, "value": 40}, "delay": {"source": said, "value": 30}, "needs": []},
        "rto": {"capable": {"source": said, "tlp": "RED", "value": 120}},
        "restart_lag": {"source": said, "value": "unknown"},
        "repair": {"duration": {"source": said, "unknown": True}, "needs": []},
    }
    assert record.model_dump(mode="json", include={"backup", "supplier", "substitution", "contract_end", "tlp"}) == {
        "backup": {"kind": "offline", "kept_on": None, "tested_on": "2026-03-01", "source": said},
        "supplier": "telecom",
        "substitution": {"ease": "hard", "exit": None, "source": said},
        "contract_end": "2027-12-31",
        "tlp": "AMBER",
    }
    assert (record.needs[1].at_least, theatre.needs[0].contract) == (2, "SLA 00123")


def test_a_new_need_is_added_once(fill: Fill, merge: Merge) -> None:
    """By name or id, with its buffer; the second time it is there already."""
    row = ["Patiëntdossier · Patient record", "telefonie", "verbinding · network", "2 uur", "voor inloggen", "AMBER"]
    merging = merge(fill("ziekenhuis", {}, new=[row]))
    merging.write()
    again = merge(fill("ziekenhuis", {}, new=[row]))

    assert differences(merging)["klein/ziekenhuis.yaml"][-6:] == [
        "+      - providers: [telefonie]",
        "+        kind: network",
        "+        buffer: {value: 2h, source: antwoord-ziekenhuis-2026-12-01}",
        "+        source: antwoord-ziekenhuis-2026-12-01",
        "+        tlp: AMBER",
        "+        note: voor inloggen",
    ]
    assert [(need.about.nl, need.known) for need in again.merged[0].new_needs] == [("Patiëntdossier → Telefonie", True)]
    assert differences(again) == {}


def test_a_mark_is_never_lowered_by_itself(fill: Fill, merge: Merge, folder: Path) -> None:
    """A confidential estimate that a partner corrects stays confidential, unless the row says otherwise."""
    text = (folder / "netbeheer.yaml").read_text(encoding="utf-8")
    marked = text.replace("{value: 50000, source: schatting}", "{value: 50000, source: schatting, tlp: RED}")
    (folder / "netbeheer.yaml").write_text(marked, encoding="utf-8")
    answers = [{sheets.ANSWER: "49000"}, {sheets.ANSWER: "49000", sheets.MARK: "CLEAR"}]
    found = []
    for number, answer in enumerate(answers):
        city = merge(fill("netbeheer", {"net | parts residents": answer}, name=f"{number}.xlsx")).city
        residents = city.component_by_id["net"].residents
        found.append(residents and residents.tlp)

    assert found == ["RED", "CLEAR"]


def test_merging_the_same_file_twice_changes_nothing_more(fill: Fill, merge: Merge) -> None:
    """Also not the record of what was said."""
    reply = fill(
        "netbeheer",
        {
            "net | parts residents": {sheets.ANSWER: "49000"},
            "net | parts mtd.required": {sheets.ANSWER: "4h"},
            BUFFER: {sheets.ANSWER: "8h"},
            "operatiekamer>net | others need": {sheets.VERDICT: "klopt"},
        },
    )
    first = merge(reply)
    written = first.write()
    again = merge(reply)

    assert (len(written), again.write()) == (4, ())
    assert {action for action, _ours, _theirs in actions(again).values()} == {"unchanged", "conflict"}


FAULTS: list[tuple[dict[str, dict[str, object]], Sequence[Sequence[object]], str, str]] = [
    ({"net | parts residents": {sheets.ANSWER: "veel"}}, [], "Uw antwoord", "'veel' is not a whole number"),
    ({"net | parts residents": {sheets.VERDICT: "klop"}}, [], "Klopt dit?", "did you mean klopt · right?"),
    (
        {"net | parts residents": {sheets.VERDICT: "anders"}},
        [],
        "Uw antwoord",
        "says that it is different, and not how",
    ),
    ({"net | parts rto.capable": {sheets.VERDICT: "klopt"}}, [], "Klopt dit?", "the map says nothing here"),
    (
        {"net | parts residents": {sheets.VERDICT: "klopt", sheets.ANSWER: "3"}},
        [],
        "Klopt dit?",
        "says that the map is right, and gives another answer",
    ),
    ({"net | parts residents": {sheets.ANSWER: "#NAAM?"}}, [], "Uw antwoord", "the spreadsheet shows an error here"),
    ({"net | parts residents": {sheets.REMARK: "'=1+1"}}, [], "Toelichting", "this starts like a formula"),
    (
        {"net | parts fallback.delay": {sheets.ANSWER: "1h"}},
        [],
        "Uw antwoord",
        "no other way of working on the map yet",
    ),
    ({"net | parts supplier": {sheets.ANSWER: "Telekom"}}, [], "Uw antwoord", "did you mean telecom?"),
    ({"net | parts residents": {sheets.MARK: "geheim"}}, [], "Wie mag dit zien?", "'geheim' is not one of the options"),
    ({}, [["Stroomnet", "telefoni", "network"]], "Hangt af van", "did you mean telefonie?"),
    ({}, [["Operatiekamer", "telefonie", "network"]], "Uw onderdeel", "no part of yours called 'Operatiekamer'"),
    ({}, [["Stroomnet", "telefonie"]], "Soort", "no kind is chosen"),
    ({}, [["Stroomnet", "net", "power"]], "Hangt af van", "a part cannot need itself"),
]


@pytest.mark.parametrize(("rows", "new", "column", "what"), FAULTS)
def test_a_row_that_cannot_be_used_is_told_in_words(
    fill: Fill,
    merge: Merge,
    rows: dict[str, dict[str, object]],
    new: Sequence[Sequence[object]],
    column: str,
    what: str,
) -> None:
    """With its place in the sheet; and nothing of that file comes in."""
    good = {"team storing | parts count": {sheets.ANSWER: "4"}}
    merging = merge(fill("netbeheer", {**rows, **good}, new=new))
    problem = merging.faults[0]

    assert (len(merging.faults), column in problem.path, what in str(problem)) == (1, True, True), str(problem)
    assert problem.line > 1
    assert differences(merging) == {}
    with pytest.raises(InputError):
        merging.write()


def test_a_key_that_is_not_asked_is_told_with_the_likely_one(fill: Fill, merge: Merge) -> None:
    """Somebody typed in the column of keys, or copied a row."""
    damaged = {sheets.KEY: "netbeheer | net | parts resident", sheets.VERDICT: "weet ik niet"}
    twice = {sheets.KEY: "netbeheer | team storing | parts count", sheets.ANSWER: "3"}
    merging = merge(
        fill(
            "netbeheer",
            {
                "net | parts residents": damaged,
                "net | parts vulnerable": twice,
                "team storing | parts count": {sheets.ANSWER: "4"},
            },
        )
    )

    assert [fault.what.partition(":")[0] + fault.repair for fault in merging.faults] == [
        "Grid operator is not asked this (any more)did you mean netbeheer | net | parts residents?",
        "this question is answered in row 3 tookeep one of the two rows",
    ]


def test_answers_about_others_are_refused(fill: Fill, merge: Merge) -> None:
    """A partner speaks for its own parts and for what is needed of it."""
    stolen = {sheets.KEY: "netbeheer | dossier | parts product", sheets.ANSWER: "Onzin"}
    merging = merge(fill("netbeheer", {"net | parts residents": stolen}))

    assert "is not asked this" in merging.faults[0].what


@pytest.mark.parametrize(
    ("head", "known", "what"),
    [
        ({sheets.BY: None}, Known(), "this does not say: Uw functie, geen naam / Your role, no name"),
        ({sheets.DATE: "gisteren"}, Known(), "'gisteren' is not a date"),
        ({sheets.LAYOUT: "7"}, Known(), "this pack is of version 7, which is not known here"),
        ({sheets.DEFAULT_MARK: "geheim"}, Known(), "'geheim' is not one of the options"),
        ({}, Known(organisation="ziekenhuis"), "these are answers of netbeheer, not of ziekenhuis"),
    ],
)
def test_who_and_when_must_be_known(fill: Fill, merge: Merge, head: dict[str, object], known: Known, what: str) -> None:
    """On the first sheet or on the command line."""
    reply = fill("netbeheer", {"net | parts residents": {sheets.ANSWER: "49000"}}, **head)
    merging = merge(reply, known=known)

    assert [what in str(fault) for fault in merging.faults] == [True], merging.faults


def test_what_whoever_merges_says_goes_first(fill: Fill, merge: Merge) -> None:
    """A date and a role for files that do not say, or say wrong."""
    reply = fill(
        "netbeheer", {"net | parts residents": {sheets.ANSWER: "49000"}}, **{sheets.BY: None, sheets.DATE: None}
    )
    city = merge(reply, known=Known("netbeheer", dt.date(2027, 1, 2), "directeur")).city

    assert city.source_by_id["antwoord-netbeheer-2027-01-02"].by == "directeur"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "line_end"),
    [("cp1252", ";", "\r\n"), ("utf-8-sig", ",", "\n"), ("utf-16", "\t", "\r\n"), ("utf-8", ";", "\n")],
)
def test_a_sheet_saved_as_csv_is_read(
    fill: Fill, merge: Merge, tmp_path: Path, encoding: str, delimiter: str, line_end: str
) -> None:
    """As Dutch Excel writes it too; what the file does not say comes from the command line."""
    book = openpyxl.load_workbook(fill("ziekenhuis", {"dossier | parts residents": {sheets.ANSWER: "1.200"}}))
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    for line in book["Onderdelen - Parts"].iter_rows(values_only=True):
        # What Excel makes of the text 00123 when the CSV was opened and saved once more.
        writer.writerow(["123" if value == "00123" else "" if value is None else value for value in line])
    path = tmp_path / "antwoord.csv"
    path.write_bytes(out.getvalue().encode(encoding, errors="replace"))
    merging = merge(path, known=Known(date=DAY, by="beheerder"))

    assert (merging.faults, actions(merging)) == ([], {"dossier | parts residents": ("new", "", "1200")})


def test_a_yaml_reply_says_the_same(folder: Path, merge: Merge, tmp_path: Path) -> None:
    """Verdicts, figures without quotes, and a new need."""
    text = pack_text(pack_for(load_city(str(folder)), "netbeheer"))
    text = text.replace("by: ''", f"by: {BY}").replace("date: ''", "date: 2026-12-01")
    text = text.replace("answer: '50000'", "answer: 49000").replace(
        "new: []", "new:\n  - {part: net, provider: dossier, kind: data, buffer: 4h}"
    )
    path = tmp_path / "reply.yaml"
    path.write_text(text, encoding="utf-8")
    merging = merge(path)

    assert actions(merging) == {"net | parts residents": ("changed", "50000", "49000")}
    assert [need.about for need in merging.merged[0].new_needs] == [
        Text(nl="Stroomnet → Patiëntdossier", en="Power grid → Patient record")
    ]


def test_a_file_that_is_no_pack_is_refused(merge: Merge, tmp_path: Path) -> None:
    """In one sentence."""
    path = tmp_path / "boodschappen.csv"
    path.write_text("melk;brood\n1;2\n", encoding="utf-8")

    with pytest.raises(InputError, match="this is not a questionnaire of this program"):
        merge(path)


def test_what_is_hidden_since_keeps_its_key(fill: Fill, merge: Merge) -> None:
    """The telecom provider marked its part; an answer to an older pack that named it still finds its place."""
    reply = fill("ziekenhuis", {"operatiekamer | parts residents": {sheets.ANSWER: "10"}})
    book = openpyxl.load_workbook(reply)
    page = book["Nodig - Needs"]
    page.append(["netbeheer | net>telefonie | needs buffer", "", "", "", "", "", "", "", "4h"])
    for line in page.iter_rows(min_row=2, max_row=page.max_row - 1):
        line[0].value = None
    for line in book["Onderdelen - Parts"].iter_rows(min_row=2):
        line[0].value = line[8].value = line[5].value = None
    for line in book["Anderen - Others"].iter_rows(min_row=2):
        line[0].value = line[8].value = line[5].value = None
    for line in page.iter_rows(min_row=2, max_row=page.max_row - 1):
        line[8].value = line[5].value = None
    book.save(reply)
    merging = merge(reply)

    assert (merging.faults, actions(merging)) == ([], {"net>telefonie | needs buffer": ("new", "", "4h")})


def test_writing_is_all_or_nothing(fill: Fill, merge: Merge, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second file cannot be written the first gets its old content back."""
    merging = merge(
        fill("netbeheer", {"net | parts residents": {sheets.ANSWER: "49000"}}),
        fill("ziekenhuis", {"dossier | parts residents": {sheets.ANSWER: "1200"}}),
    )

    def refuse(path: Path, text: str) -> None:
        if path.name == "ziekenhuis.yaml":
            msg = "the disk is full"
            raise RunError(msg)
        write_text(path, text)

    monkeypatch.setattr(writing, "write_text", refuse)
    with pytest.raises(RunError):
        merging.write()

    assert {name: (folder.parent / name).read_text(encoding="utf-8") for name in TEXTS} == TEXTS
    assert not list(folder.glob("partner/*"))


def test_bundled_cities_are_copied_before_they_are_changed(tmp_path: Path) -> None:
    """The copy is the same city, and the original is refused with the command that copies it."""
    with pytest.raises(InputError, match=r"make a copy first: resilience city copy nl \./kaart"):
        folder_of("nl")
    copied = copy_city("nl", tmp_path)
    with pytest.raises(InputError, match="something stands here already"):
        copy_city("nl", tmp_path)

    assert (copied, load_city(str(copied))) == (tmp_path / "nl", load_city("nl"))


def test_an_included_city_that_is_bundled_is_not_changed(fill: Fill, folder: Path, tmp_path: Path) -> None:
    """A partner of the base layer: that layer is to be copied beside the city first."""
    (folder / "city.yaml").write_text(
        TEXTS["klein/city.yaml"].replace("sources:", "includes: [basis]\nsources:", 1), encoding="utf-8"
    )
    base = tmp_path / "basis"
    base.mkdir()
    (base / "city.yaml").write_text("id: basis\nname: {nl: Basis, en: Base}\n", encoding="utf-8")
    shutil.move(folder / "telecom.yaml", base / "telecom.yaml")
    merging = Merging(str(folder))
    merging.add(read_reply(fill("telecom", {"telefonie | parts residents": {sheets.ANSWER: "9"}})), Known())
    shutil.move(base, tmp_path / "elders")
    with pytest.raises(InputError, match=r"telecom\.yaml belongs to the bundled city 'basis', which is not changed"):
        merging.write()


def test_the_ledger_keeps_what_everybody_said(fill: Fill, merge: Merge, folder: Path) -> None:
    """Both answers stay on record, with verdict, role and day."""
    merge(fill("netbeheer", {BUFFER: {sheets.ANSWER: "8h"}})).write()
    merge(fill("ziekenhuis", {"operatiekamer>net | needs buffer": {sheets.VERDICT: "klopt"}})).write()
    said = read_ledger(folder).about("operatiekamer>net | buffer")

    assert [(answer.organisation, answer.verdict, answer.value, answer.by) for answer in said] == [
        ("netbeheer", "different", "8h", BY),
        ("ziekenhuis", "right", "1d", BY),
    ]
