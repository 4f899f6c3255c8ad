"""The risk register: every finding a row, nothing a formula, the same bytes for the same map; and the controls."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from city_model.accepted import Acceptance, judged
from city_model.controls import CONTROLS_FILE, load_controls
from city_model.finding import CHECKS, Finding
from city_model.values import Text
from resilience.analysis.risk_register import headings, marking, register_bytes
from resilience.base.problems import InputError
from tests.builders import city, component, organisation

DAY = dt.date(2026, 6, 1)
EVIL = '=HYPERLINK("http://example.org")'
DESK = component("desk", organisation="town").model_copy(update={"name": Text(nl=EVIL, en=EVIL)})
MADE = city(DESK, organisation("town"))
FINDINGS = [
    Finding("rto-above-mtd", "desk", "high", EVIL, ("desk",), "town"),
    Finding("provider-without-contact", "town", "low", "+31 is missing", (), "town"),
]
DECIDED = Acceptance(
    finding="rto-above-mtd:desk", by="CISO", on=dt.date(2026, 1, 1), until=dt.date(2026, 12, 31), why="-1 is fine"
)


def sheet() -> list[dict[str, Any]]:
    """Return the rows of the register by heading, as a spreadsheet program reads them."""
    raw = register_bytes(MADE, judged(FINDINGS, [DECIDED], DAY), load_controls(), DAY)
    page = openpyxl.load_workbook(BytesIO(raw)).worksheets[0]
    first, *rows = page.iter_rows()
    titles = [str(cell.value) for cell in first]
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    return [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in rows]


def test_a_row_is_as_high_as_its_longest_text() -> None:
    """Six lines of 50 characters ask for at least six times the height of one; a short row keeps its own height."""
    told = DECIDED.model_copy(update={"why": "fifty characters of words, said over and over now " * 6})
    raw = register_bytes(MADE, judged([FINDINGS[0]], [told], DAY), load_controls(), DAY)
    page = openpyxl.load_workbook(BytesIO(raw)).worksheets[0]

    assert (page.row_dimensions[1].height, page.row_dimensions[2].height >= 6 * 15) == (None, True)


def test_each_finding_is_a_row_with_its_decision_and_its_controls() -> None:
    """Numbers of BIO2 and of the duty of care in a column each; what looks like a formula is text."""
    rows = [{name: row[name] for name in ("Finding", "Severity", "Status", "What", "BIO2", "CBW", "Accepted by",
                                          "Reason", "Components")} for row in sheet()]  # fmt: skip

    assert rows == [
        {
            "Finding": "rto-above-mtd:desk", "Severity": "high", "Status": "accepted until 2026-12-31",
            "What": f"'{EVIL}", "BIO2": "5.30", "CBW": "21.2.c", "Accepted by": "CISO", "Reason": "'-1 is fine",
            "Components": f"'{EVIL}",
        },
        {
            "Finding": "provider-without-contact:town", "Severity": "low", "Status": "open",
            "What": "'+31 is missing", "BIO2": "5.5, 5.24", "CBW": "21.2.b", "Accepted by": None, "Reason": None,
            "Components": None,
        },
    ]  # fmt: skip


def test_the_same_findings_give_the_same_bytes() -> None:
    """No moment of making, so that a register in git changes only when a finding does."""
    one, other = (register_bytes(MADE, judged(FINDINGS, [DECIDED], DAY), load_controls(), DAY) for _time in range(2))

    assert one == other


def test_a_list_of_weaknesses_is_amber_or_higher() -> None:
    """As high as the highest mark in the map."""
    secret = city(component("a", tlp="RED"))

    assert (marking(MADE), marking(secret)) == ("AMBER", "RED")


def test_every_check_touches_a_control_of_each_framework_but_circles_for_information() -> None:
    """And every control of the shipped file is to be looked up before use."""
    controls = load_controls()
    bare = [
        (check, framework.id)
        for check in CHECKS
        for framework in controls.frameworks
        if not controls.of(check, framework.id)
    ]

    assert (bare, {one.status for one in controls.content.controls}) == ([("run-circle", "cbw")], {"verify"})


def test_a_file_of_controls_of_ones_own_has_its_columns(tmp_path: Path) -> None:
    """Another framework, another column."""
    own = tmp_path / CONTROLS_FILE
    own.write_text(
        "frameworks:\n  - {id: house, name: {nl: Huis, en: House}, status: known}\n"
        "controls:\n  - {id: '1', framework: house, status: known, name: {nl: Bel, en: Call}}\n"
        "checks:\n  provider-without-contact: [house 1]\n",
        encoding="utf-8",
    )

    assert "HOUSE" in headings(load_controls(own))


def test_references_that_lead_nowhere_are_faults_with_their_line(tmp_path: Path) -> None:
    """Frameworks, checks and controls alike."""
    own = tmp_path / CONTROLS_FILE
    own.write_text(
        "frameworks:\n  - {id: house, name: {nl: Huis, en: House}, status: known}\n"
        "controls:\n  - {id: '1', framework: hose, status: known, name: {nl: Bel, en: Call}}\n"
        "checks:\n  provider-without-contract: [house 1]\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        load_controls(own)

    assert [(problem.line, problem.what) for problem in caught.value.problems] == [
        (4, "there is no framework 'hose'"),
        (6, "there is no check 'provider-without-contract'"),
        (6, "there is no control 'house 1'"),
    ]
