"""The findings as a risk register: a workbook to sort, filter and hand on, the same bytes for the same findings.

What a finding touches in BIO2 and the duty of care is named by number only. Nothing in a cell is ever a formula.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from city_model.accepted import Judged
from city_model.controls import Controls
from city_model.exchange.safe_input import library
from city_model.exchange.sheet_layout import A3, fit_rows, print_across
from city_model.exchange.tables import guarded
from city_model.exchange.workbook_file import workbook_file
from city_model.finding import check_words, severity_word
from city_model.lint_records import TLP_ORDER
from city_model.naming import names_of, organisation_name
from city_model.schema import City
from city_model.values import Tlp
from resilience.base.language import _

LEAST_MARK: Final[Tlp] = "AMBER"
"""A list of weaknesses is never marked lower."""
WIDTHS: Final = (30, 12, 22, 26, 50, 40, 40, 26, 36, 16, 16, 22, 12, 12, 54, 40, 30, 12, 12)
PAGES_ACROSS: Final = 2
"""The register on paper: all its columns on one page would be too small to read."""
NARROW: Final = (14, 12, 60, 26)
Cells = Sequence[str]


def register_bytes(city: City, judged: Iterable[Judged], controls: Controls, on: dt.date) -> bytes:
    """Return the register of *city* as seen on the day *on* as an .xlsx file, in the current language.

    Raises RunError where the extra for spreadsheets is absent.
    """
    book: Any = library("openpyxl").Workbook()
    found = list(judged)
    first = book.active
    first.title = _("Risk register")
    rows = [_row(city, one, controls) for one in found]
    _fill(first, headings(controls), rows, WIDTHS)
    _fill(book.create_sheet(_("Controls")), *_controls_sheet(controls), NARROW)
    _fill(book.create_sheet(_("About")), (_("What"), _("Value")), _about(city, found, controls, on), (30, 90))
    properties = book.properties
    title = _("Risk register")
    properties.creator, properties.title = "resilience", f"{title} {city.name}"
    return workbook_file(book)


def headings(controls: Controls) -> list[str]:
    """Return the headings of the register; each framework has a column of its own."""
    return [
        _("Finding"), _("Severity"), _("Status"), _("Check"), _("What"), _("Why it matters"), _("What helps"),
        _("Organisation"), _("Components"), *(framework.id.upper() for framework in controls.frameworks),
        _("Accepted by"), _("Accepted on"), _("Until"), _("Reason"), _("Action"),
        _("Action of"), _("Ready by"), _("Done on"),
    ]  # fmt: skip


def status_words(one: Judged) -> str:
    """Return what was decided about a finding, in a few words."""
    if one.acceptance is None:
        return _("open")
    if one.status == "accepted":
        return _("accepted until {day}", day=one.acceptance.until)
    return _("open: acceptance ended on {day}", day=one.acceptance.until)


def marking(city: City) -> Tlp:
    """Return the marking of the register: the highest of the map, at least AMBER."""
    marks = [one.tlp for one in city.components] + [one.tlp for one in city.organisations]
    return max([LEAST_MARK, *marks, *(one.tlp for one in city.sources)], key=TLP_ORDER.index)


def _row(city: City, one: Judged, controls: Controls) -> list[str]:
    finding, decided = one.finding, one.acceptance
    words = check_words(finding.check)
    return [
        finding.id, severity_word(finding.severity), status_words(one), words.title, finding.what, words.why,
        words.repair, organisation_name(city, finding.organisation), names_of(city, finding.components, 10),
        *(", ".join(control.id for control in controls.of(finding.check, framework.id))
          for framework in controls.frameworks),
        decided.by if decided else "", decided.on.isoformat() if decided else "",
        decided.until.isoformat() if decided else "", str(decided.why) if decided else "", *_action_cells(city, one),
    ]  # fmt: skip


def _action_cells(city: City, one: Judged) -> list[str]:
    """Return what is done, who does it, by when, and when it was done; empty cells to fill in where nothing is."""
    action = one.action
    if action is None:
        return ["", "", "", ""]
    who = organisation_name(city, action.organisation or one.finding.organisation)
    done = action.done.isoformat() if action.done else ""
    return [action.what, f"{who}, {action.by}" if who else action.by, action.until.isoformat(), done]


def _controls_sheet(controls: Controls) -> tuple[Cells, list[Cells]]:
    names = {framework.id: str(framework.name) for framework in controls.frameworks}
    state = {"verify": _("look it up first"), "known": _("known")}
    rows: list[Cells] = [
        (names[one.framework], one.id, str(one.name), state[one.status]) for one in controls.content.controls
    ]
    return (_("Framework"), _("Number"), _("In our own words"), _("Status")), rows


def _about(city: City, found: Sequence[Judged], controls: Controls, on: dt.date) -> list[Cells]:
    number_open = sum(one.status != "accepted" for one in found)
    rows: list[Cells] = [
        (_("City"), str(city.name)),
        (_("As seen on"), on.isoformat()),
        ("TLP", marking(city)),
        (_("Findings"), str(len(found))),
        (_("Of which open"), str(number_open)),
    ]
    rows += [(str(one.name), one.note or "") for one in controls.frameworks]
    return rows


def _fill(page: Any, titles: Cells, rows: Iterable[Cells], widths: Iterable[int]) -> None:  # noqa: ANN401 - a sheet
    """Write a table with a heading that stays in sight and a filter; every cell is text."""
    styles = library("openpyxl.styles")
    top = styles.Alignment(wrap_text=True, vertical="top")
    below = styles.Border(bottom=styles.Side(style="thin", color="BFBFBF"))
    for number, row in enumerate([titles, *rows], start=1):
        for column, text in enumerate(row, start=1):
            cell = page.cell(number, column)
            cell.value = guarded(text)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.alignment, cell.border = top, below
            if number == 1:
                cell.font = styles.Font(bold=True, color="FFFFFF")
                cell.fill = styles.PatternFill("solid", fgColor="1F3864")
    letters = [cell.column_letter for cell in page[1]]
    for letter, width in zip(letters, widths, strict=True):
        page.column_dimensions[letter].width = width
    fit_rows(page, page.max_row)
    page.print_title_rows, page.print_title_cols = "1:1", "A:A"
    print_across(page, paper=A3, pages=PAGES_ACROSS if len(titles) > len(NARROW) else 1)
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
