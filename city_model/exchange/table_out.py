"""A city as tables: CSV files and a workbook, safe to open in a spreadsheet and the same every time."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final, TypeAlias

from city_model.exchange.safe_input import library
from city_model.exchange.tables import guarded
from city_model.exchange.workbook_file import workbook_file
from city_model.impact import Cost, Harm
from city_model.impact_themes import Known, known_impacts
from city_model.schema import AccessPath, City, Component, Organisation, PlacedNeed
from city_model.values import DistributionFigure, DurationFigure, Source
from resilience.base.language import _
from resilience.base.progress import followed, progress
from resilience.base.units import format_duration

Value: TypeAlias = str | int
BOM: Final = "\ufeff"
"""Lets Excel see that a CSV is UTF-8."""
WIDEST: Final = 60


@dataclass(frozen=True)
class Sheet:
    """A table with its headings."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets_of(city: City) -> tuple[Sheet, ...]:
    """Return the tables of *city*: components, needs, organisations, access paths, harms and costs, and sources."""
    return (
        Sheet("components", tuple(_COMPONENT), tuple(_row(_COMPONENT, part) for part in city.components)),
        Sheet(
            "needs",
            _NEED_HEADERS,
            tuple(row for placed in city.placed_needs for row in _need_rows(city, placed)),
        ),
        Sheet("organisations", tuple(_ORGANISATION), tuple(_row(_ORGANISATION, item) for item in city.organisations)),
        Sheet("access-paths", tuple(_PATH), tuple(_row(_PATH, path) for path in city.access_paths)),
        Sheet("impact", _IMPACT_HEADERS, tuple(_impact_rows(city))),
        Sheet("sources", tuple(_SOURCE), tuple(_row(_SOURCE, source) for source in city.sources)),
    )


def csv_text(sheet: Sheet, delimiter: str = ";") -> str:
    """Return *sheet* as CSV; what a spreadsheet would take for a formula starts with an apostrophe."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(sheet.headers)
    writer.writerows([_safe(value) for value in row] for row in sheet.rows)
    return stream.getvalue()


def csv_files(city: City) -> dict[str, bytes]:
    """Return the CSV of every table by its file name, as Dutch Excel opens it."""
    return {f"{sheet.name}.csv": (BOM + csv_text(sheet)).encode() for sheet in sheets_of(city)}


def workbook(city: City) -> bytes:
    """Return all tables as one .xlsx; the same city gives the same bytes."""
    return workbook_of(sheets_of(city), str(city.name))


def workbook_of(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return *sheets* as one .xlsx."""
    openpyxl = library("openpyxl")
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = title
    book.properties.creator = ""
    with progress(_("Writing the workbook"), 2 * len(sheets)) as done:
        for sheet in sheets:
            page = book.create_sheet(sheet.name[:31])
            page.append(list(sheet.headers))
            page.freeze_panes = "A2"
            for row in followed(sheet.name, sheet.rows, len(sheet.rows)):
                page.append([_safe(value) for value in row])
            done(1)
            _dress(page, sheet, openpyxl)
            done(1)
    return workbook_file(book)


def _dress(page: Any, sheet: Sheet, openpyxl: Any) -> None:  # noqa: ANN401 - a library without types
    """Make the headings bold, the columns wide enough, and say that every text is text."""
    bold = openpyxl.styles.Font(bold=True)
    for place, header in enumerate(sheet.headers, start=1):
        page.cell(1, place).font = bold
        longest = max([len(header), *(len(str(row[place - 1])) for row in sheet.rows[:200])])
        page.column_dimensions[openpyxl.utils.get_column_letter(place)].width = min(longest + 2, WIDEST)
    for line in followed(sheet.name, page.iter_rows(min_row=2), len(sheet.rows)):
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"
                cell.number_format = "@"
    if sheet.rows:
        page.auto_filter.ref = page.dimensions


def _safe(value: Value) -> Value:
    return guarded(value) if isinstance(value, str) else value


def _row(columns: dict[str, Callable[[Any], object]], item: object) -> tuple[Value, ...]:
    return tuple(_value(column(item)) for column in columns.values())


def _value(found: object) -> Value:
    """Return what stands in a cell: figures bare, durations as people write them, lists with spaces."""
    if found is None:
        return ""
    if isinstance(found, DurationFigure):
        return format_duration(found.value) if isinstance(found.value, int) else found.value
    figure = getattr(found, "value", found)
    if isinstance(figure, bool):
        return "true" if figure else "false"
    if isinstance(figure, int):
        return figure
    if isinstance(figure, (tuple, list)):
        return " ".join(map(str, figure))
    return figure.isoformat() if isinstance(figure, dt.date) else str(figure)


def _pair(name: str, end: str) -> Callable[[Component], object]:
    def found(part: Component) -> object:
        pair = getattr(part, name)
        return getattr(pair, end) if pair else None

    return found


def _biv(part: Component) -> str:
    biv = part.biv
    return f"{biv.availability}{biv.integrity}{biv.confidentiality}" if biv else ""


def _drawn(figure: DistributionFigure | None) -> str:
    """Return a duration that is drawn: one duration, or the shortest, the usual and the longest."""
    if figure is None:
        return ""
    found = (figure.fixed, figure.min, figure.likely, figure.max, figure.exponential, *(figure.empirical or ()))
    return " / ".join(format_duration(minutes) for minutes in found if minutes is not None) or "unknown"


_COMPONENT: Final[dict[str, Callable[[Component], object]]] = {
    "id": lambda part: part.id,
    "name_nl": lambda part: part.name.nl,
    "name_en": lambda part: part.name.en,
    "kind": lambda part: part.kind,
    "organisation": lambda part: part.organisation,
    "operator": lambda part: part.operator,
    "supplier": lambda part: part.supplier,
    "product": lambda part: part.product,
    "district": lambda part: part.district,
    "functions": lambda part: part.functions,
    "description_nl": lambda part: part.description and part.description.nl,
    "description_en": lambda part: part.description and part.description.en,
    "residents": lambda part: part.residents,
    "vulnerable": lambda part: part.vulnerable,
    "minimum_level": lambda part: part.minimum_level,
    "mtd_required": _pair("mtd", "required"),
    "mtd_capable": _pair("mtd", "capable"),
    "rto_required": _pair("rto", "required"),
    "rto_capable": _pair("rto", "capable"),
    "rpo_required": _pair("rpo", "required"),
    "rpo_capable": _pair("rpo", "capable"),
    "repair": lambda part: _drawn(part.repair.duration if part.repair else None),
    "restart_lag": lambda part: part.restart_lag,
    "biv": _biv,
    "biv_reason": lambda part: part.biv and part.biv.reason,
    "owner": lambda part: part.owner,
    "steward": lambda part: part.steward,
    "approver": lambda part: part.approver,
    "contract_end": lambda part: part.contract_end,
    "tags": lambda part: part.tags,
    "tlp": lambda part: part.tlp,
}
_ORGANISATION: Final[dict[str, Callable[[Organisation], object]]] = {
    "id": lambda item: item.id,
    "name_nl": lambda item: item.name.nl,
    "name_en": lambda item: item.name.en,
    "sector": lambda item: item.sector,
    "role_nl": lambda item: item.role.nl,
    "role_en": lambda item: item.role.en,
    "tlp": lambda item: item.tlp,
    "source": lambda item: item.source,
}
_PATH: Final[dict[str, Callable[[AccessPath], object]]] = {
    "id": lambda path: path.key,
    "origin": lambda path: path.origin,
    "target": lambda path: path.target,
    "kind": lambda path: path.kind,
    "success_per_mille": lambda path: path.success,
    "delay": lambda path: _drawn(path.delay),
    "source": lambda path: path.source,
}
_SOURCE: Final[dict[str, Callable[[Source], object]]] = {
    "id": lambda source: source.id,
    "kind": lambda source: source.kind,
    "reference": lambda source: source.reference,
    "date": lambda source: source.date,
    "by": lambda source: source.by,
    "confidence": lambda source: source.confidence,
    "review_by": lambda source: source.review_by,
    "tlp": lambda source: source.tlp,
}
_NEED_HEADERS: Final = (
    *("dependent", "provider", "need", "kind", "role", "phase", "at_least", "group", "share", "loses", "strength"),
    *("criticality", "buffer", "recharge", "contract", "source", "confidence", "note"),
)


_IMPACT_HEADERS: Final = (
    *("id", "function", "what", "name_nl", "name_en", "who", "after", "of_thousand", "euros_per_hour"),
    *("people_each", "source", "reference", "confidence", "note"),
)


def _impact_rows(city: City) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each point of a harm that grows and for each cost, those of the themes taken over included."""
    for impact in known_impacts(city):
        for harm in impact.harms:
            curves = (("everybody", harm.said.curve), ("vulnerable", harm.said.vulnerable or ()))
            points = [(who, point) for who, curve in curves for point in curve]
            for who, point in points:
                after = format_duration(point.after)
                key = f"{impact.function}/{harm.said.id}/{who}/{after}"
                grown = (who, after, point.of_thousand, "", _value(harm.said.people_each))
                yield (key, impact.function, harm.said.kind, *_named(harm.said), *grown, *_said_by(harm))
        for cost in impact.costs:
            key = f"{impact.function}/{cost.said.id}"
            yield (
                key,
                impact.function,
                "cost",
                *_named(cost.said),
                "",
                "",
                "",
                cost.said.per_hour,
                "",
                *_said_by(cost),
            )


def _named(said: Harm | Cost) -> tuple[Value, Value]:
    return said.name.nl, said.name.en


def _said_by(known: Known[Harm] | Known[Cost]) -> tuple[Value, ...]:
    confidence = known.said.confidence or known.source.confidence
    return known.source.id, known.source.reference, confidence, known.said.note or ""


def _need_rows(city: City, placed: PlacedNeed) -> list[tuple[Value, ...]]:
    """Return a row for each provider of a need."""
    need = placed.need
    rows = []
    for provider in need.provider_ids:
        found = (
            *(placed.dependent, provider, placed.key, need.kind, placed.role, need.effective_phase),
            *(need.at_least or ("" if need.shares else len(need.provider_ids)), len(need.provider_ids)),
            *((need.shares or {}).get(provider, ""), need.loses, need.strength, need.criticality, need.buffer),
            *(need.recharge, need.contract, need.source, city.confidence_of(need), need.note),
        )
        rows.append(tuple(_value(value) for value in found))
    return rows
