"""A questionnaire that is filled in with a real spreadsheet program comes back as what its writer meant."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from city_model.loader import load_city
from city_model.partner import sheets
from city_model.partner.folder import copy_city
from city_model.schema import City
from city_model.values import Provenance
from tests.cli.asking import Ask
from tests.office.spreadsheet import CSV_IN_DUTCH, FlatBook, Typed, cells_of, convert, text_of

pytestmark = [pytest.mark.office, pytest.mark.full]

GRID = "stedin-middenspanning-utrecht"
CENTRE = "antonius-datacentrum"
HOSPITAL_SAYS = "antwoord-st-antonius-2026-12-01"
COMPANY_SAYS = "antwoord-stedin-2026-12-02"
Filled = Mapping[str, Mapping[str, Typed]]

HOSPITAL: Filled = {
    f"st-antonius | {CENTRE} | parts product": {sheets.ANSWER: "00412"},
    f"st-antonius | {CENTRE} | parts contract_end": {sheets.ANSWER: dt.date(2027, 12, 31)},
    f"st-antonius | {CENTRE} | parts mtd.required": {sheets.ANSWER: "1,5 uur", sheets.REMARK: "één uur is te kort"},
    f"st-antonius | {CENTRE} | parts repair.duration": {sheets.VERDICT: "klopt · right"},
    f"st-antonius | {CENTRE}>{GRID} | needs need": {sheets.VERDICT: "klopt · right"},
    f"st-antonius | {CENTRE}>{GRID} | needs buffer": {
        sheets.ANSWER: "2,5 dagen", sheets.MARK: "alle partners (GREEN) · all partners (GREEN)",
    },
}  # fmt: skip
"""What the hospital types: a zero in front, a date that was pasted, decimal commas, a remark with an accent."""
GRID_COMPANY: Filled = {
    f"stedin | {GRID} | parts residents": {sheets.ANSWER: 382500},
    f"stedin | {GRID} | parts contract_end": {sheets.ANSWER: "31-12-2028"},
    f"stedin | {GRID} | parts repair.duration": {sheets.ANSWER: "1,5 uur / 3 uur / 8 uur"},
    f"stedin | {CENTRE}>{GRID} | others need": {sheets.VERDICT: "klopt · right"},
    f"stedin | {CENTRE}>{GRID} | others buffer": {sheets.ANSWER: "1 dag"},
    f"stedin | antonius-seh>{GRID} | others need": {
        sheets.VERDICT: "klopt niet · wrong", sheets.REMARK: "aangesloten op een ander net",
    },
}  # fmt: skip
"""What the grid company types, in a questionnaire of before the hospital answered."""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


@pytest.fixture
def utrecht(tmp_path: Path) -> Path:
    """A copy of Utrecht, as an officer makes it before answers come in."""
    return copy_city("utrecht", tmp_path / "map")


def filled_in(ask: Ask, folder: Path, partner: str, answers: Filled, day: Typed, workplace: Path) -> Path:
    """Return the questionnaire of *partner*, filled in and saved by LibreOffice in its own format."""
    book = workplace / f"{partner}.xlsx"
    assert ask("city", "pack", folder, "--for", partner, "--out", book).code == 0
    flat = FlatBook(convert(book, "fods", workplace))
    left = dict(answers)
    for title in sheets.SHEETS.values():
        columns = {heading: flat.column(title, heading) for heading in (sheets.VERDICT, sheets.ANSWER, sheets.REMARK)}
        columns[sheets.MARK] = flat.column(title, sheets.MARK)
        for row in flat.rows(title)[1:]:
            for heading, typed in left.pop(text_of(cells_of(row)[0]), {}).items():
                flat.type(row, columns[heading], typed)
    assert not left, f"not asked: {sorted(left)}"
    for row in flat.rows(sheets.INTRODUCTION):
        label = text_of(cells_of(row)[0])
        if label in {sheets.BY, sheets.DATE}:
            flat.type(row, 1, "hoofd techniek" if label == sheets.BY else day)
    done = workplace / f"{partner}-ingevuld.fods"
    flat.save(done)
    return done


def said_of(city: City, figure: Provenance) -> tuple[str, str, str | None]:
    """Return who says a figure, how sure it is, and who may see it where that differs from the whole answer."""
    return figure.source, city.confidence_of(figure), figure.tlp


def on_the_map(city: City) -> dict[str, object]:
    """Return what the answers are about: each value, or its range, with who says so and how sure that is."""
    grid, centre = city.component_by_id[GRID], city.component_by_id[CENTRE]
    need = city.need_by_key[f"{CENTRE}>{GRID}"].need
    assert grid.repair
    assert centre.repair
    assert centre.mtd
    assert centre.mtd.required
    assert need.buffer
    assert grid.residents
    mended = grid.repair.duration
    return {
        "residents of the grid": (grid.residents.value, *said_of(city, grid.residents)),
        "repair of the grid": ((mended.min, mended.likely, mended.max), *said_of(city, mended)),
        "contract of the grid": str(grid.contract_end),
        "tolerable at the hospital": (centre.mtd.required.value, *said_of(city, centre.mtd.required)),
        "remark of the hospital": centre.mtd.required.note,
        "repair at the hospital": said_of(city, centre.repair.duration),
        "product and contract": (centre.product, str(centre.contract_end)),
        "need of the hospital": said_of(city, need),
        "buffer of the hospital": (need.buffer.value, *said_of(city, need.buffer)),
        "a need that the grid company denies is still there": f"antonius-seh>{GRID}" in city.need_by_key,
    }


def test_answers_from_a_spreadsheet_program_become_figures_and_conflicts(
    ask: Ask, utrecht: Path, tmp_path: Path
) -> None:
    """One partner sends back the workbook, another its sheets as CSV; only what both say is confirmed by both."""
    before = load_city(str(utrecht))
    hospital = filled_in(ask, utrecht, "st-antonius", HOSPITAL, dt.date(2026, 12, 1), tmp_path)
    company = filled_in(ask, utrecht, "stedin", GRID_COMPANY, "2-12-2026", tmp_path)
    book = convert(hospital, "xlsx", tmp_path / "back")
    pages = convert(company, CSV_IN_DUTCH, tmp_path / "back").parent.glob("stedin-*.csv")
    replies = [book, *sorted(page for page in pages if sheets.LISTS not in page.name)]
    who = ("--from", "stedin", "--by", "hoofd techniek", "--date", "2026-12-02")

    dry = ask("city", "merge", utrecht, book)
    untouched = load_city(str(utrecht))
    ended = [
        ask("city", "merge", utrecht, book, "--apply").code,
        ask("city", "merge", utrecht, *replies[1:], *who, "--apply").code,
    ]
    conflicts = json.loads(ask("city", "merge", utrecht, "--json").out)["conflicts"]

    assert (dry.code, untouched == before, ended) == (0, True, [0, 0])
    assert on_the_map(load_city(str(utrecht))) == {
        "residents of the grid": (382_500, COMPANY_SAYS, "one_sided", None),
        "repair of the grid": ((90, 180, 480), COMPANY_SAYS, "one_sided", None),
        "contract of the grid": "2028-12-31",
        "tolerable at the hospital": (90, HOSPITAL_SAYS, "one_sided", None),
        "remark of the hospital": "één uur is te kort",
        "repair at the hospital": (HOSPITAL_SAYS, "one_sided", "CLEAR"),
        "product and contract": ("00412", "2027-12-31"),
        "need of the hospital": (HOSPITAL_SAYS, "confirmed", "CLEAR"),
        "buffer of the hospital": (3600, HOSPITAL_SAYS, "one_sided", None),
        "a need that the grid company denies is still there": True,
    }
    told = ("id", "path", "kind", "ours", "ours_by", "theirs", "organisation", "by", "remark")
    assert [tuple(one[name] for name in told) for one in conflicts] == [
        (f"{CENTRE}>{GRID}", "buffer", "value", "2d12h", "st-antonius", "1d", "stedin", "hoofd techniek", None),
        (
            f"antonius-seh>{GRID}", "need", "denied", "nodig / needed", "kaartbeheerder", "niet nodig / not needed",
            "stedin", "hoofd techniek", "aangesloten op een ander net",
        ),
    ]  # fmt: skip
