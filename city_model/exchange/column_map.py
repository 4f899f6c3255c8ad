"""Which column of somebody's table fills which field: a file that is chosen by its headings, kept, and edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from city_model.exchange.names import same_name
from city_model.exchange.tables import Table
from city_model.fault_words import choice, near
from city_model.schema import NeedKind
from city_model.values import Frozen, Line, Slug, Text
from city_model.yaml_source import validate
from city_model.yaml_writer import block_text, entry_text, plain
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError

MAPS = "maps"
FieldName = Literal[
    "external_id", "id", "name", "name_en", "description", "description_en", "kind", "organisation", "operator",
    "supplier", "product", "district", "functions", "residents", "vulnerable", "minimum_level", "mtd_required",
    "mtd_capable", "rto_required", "rto_capable", "rpo_required", "rpo_capable", "restart_lag", "biv", "availability",
    "integrity", "confidentiality", "biv_reason", "tags", "owner", "steward", "approver", "contract_end", "tlp",
    "status", "sector", "role", "dependent", "provider", "need_kind", "buffer", "strength", "criticality", "direction",
    "broker", "note", "need", "need_role", "phase", "loses", "at_least", "share", "recharge", "contract",
]  # fmt: skip
About = Literal["component", "organisation", "need"]


class Column(Frozen):
    """Where a field comes from, and what its words mean."""

    headers: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Headings that this column may have; capitals and accents do not count."""
    values: dict[Line, Line] = Field(default_factory=dict)
    """What a word in the column stands for; a word that is not here is taken as it is."""
    separator: Line | None = None
    """Between the values of a cell that holds several."""
    unit: Literal["m", "h", "d"] | None = None
    """Of a duration that is written as a bare number."""


class NeedColumn(Frozen):
    """A column that names what a row depends on, or what depends on it."""

    headers: Annotated[tuple[Line, ...], Field(min_length=1)]
    separator: Line | None = None
    kind: NeedKind = "data"
    names: Literal["providers", "dependents"] = "providers"


class ColumnMap(Frozen):
    """How to read one kind of table."""

    name: Slug
    title: Text
    about: About = "component"
    sheet: Line | None = None
    """The sheet of a workbook; None: the one whose headings fit best."""
    system: Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=20)] = ""
    """Whose ids stand in ``external_id``; the same system in two maps joins their rows."""
    reference: Line
    """What the source of the figures is called."""
    defaults: dict[FieldName, Line] = Field(default_factory=dict)
    """What a new row gets where its column is absent or empty."""
    leave_out: dict[FieldName, tuple[Line, ...]] = Field(default_factory=dict)
    """Rows with one of these values are passed over."""
    columns: dict[FieldName, Column]
    needs: tuple[NeedColumn, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """A map with the table that it fits, and the place of each column in it."""

    map: ColumnMap
    table: Table
    columns: dict[FieldName, int]
    needs: tuple[tuple[NeedColumn, int], ...]
    unused: tuple[str, ...]
    """Headings that fill nothing."""


def shipped_maps() -> tuple[ColumnMap, ...]:
    """Return the maps that come with the program, in alphabetical order."""
    folder = resources.files("city_model.exchange").joinpath(MAPS)
    files = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(_read(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in files)


def load_map(name_or_file: str) -> ColumnMap:
    """Return the shipped map of that name, or the one in that file; raises InputError with every fault in it."""
    shipped = {found.name: found for found in shipped_maps()}
    if name_or_file in shipped:
        return shipped[name_or_file]
    path = Path(name_or_file)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        return _read(read_text(path), name_or_file)
    what = _("there is no column map called '{name}'", name=name_or_file)
    raise InputError.because(what, choice(name_or_file, shipped))


def map_text(column_map: ColumnMap) -> str:
    """Return *column_map* as a file that people can edit."""
    lines: list[str] = []
    for key, value in plain(column_map).items():
        if key == "needs":
            lines += ["needs:", *(line for item in value for line in block_text(item, "  "))]
        else:
            lines += entry_text(key, value, "")
    return "\n".join(lines) + "\n"


def chosen(tables: Iterable[Table], wanted: ColumnMap | None, file: str) -> Chosen:
    """Return the table and the map that fit each other best; raises InputError when none does.

    Without a *wanted* map the shipped ones are tried: the one that knows most of the headings.
    """
    filled = [table for table in tables if table.headers]
    if not filled:
        raise InputError.because(_("this table is empty"), _("give a table with headings in its first row"), file=file)
    maps = (wanted,) if wanted else shipped_maps()
    found = [_fitted(column_map, table) for column_map in maps for table in _sheets(column_map, filled, file)]
    usable = [fit for fit in found if _names_its_rows(fit)]
    if usable:
        return max(usable, key=lambda fit: len(fit.columns) + len(fit.needs))
    if wanted:
        raise InputError.because(_lacking(wanted), _advice(wanted, filled), file=file)
    headers = ", ".join(filled[0].headers[:12])
    what = _("no column map knows these headings: {names}", names=headers)
    names = ", ".join(column_map.name for column_map in shipped_maps())
    raise InputError.because(what, _("copy one of {names}, fill in your headings and give it with --map", names=names),
                             file=file)  # fmt: skip


def _read(text: str, name: str) -> ColumnMap:
    found, problems = validate(ColumnMap, text, name)
    if found is None:
        raise InputError(problems)
    return found


def _sheets(column_map: ColumnMap, tables: list[Table], file: str) -> list[Table]:
    if column_map.sheet is None or len(tables) == 1:
        return tables
    named = [table for table in tables if same_name(table.name) == same_name(column_map.sheet)]
    if not named and len(tables) > 1:
        what = _("there is no sheet called '{name}'", name=column_map.sheet)
        raise InputError.because(what, choice(column_map.sheet, [table.name for table in tables]), file=file)
    return named


def _fitted(column_map: ColumnMap, table: Table) -> Chosen:
    places: dict[str, int] = {}
    for place, header in enumerate(table.headers):
        places.setdefault(same_name(header), place)
    found = {field: _place(column.headers, places) for field, column in column_map.columns.items()}
    columns = {field: at for field, at in found.items() if at is not None}
    led = [(column, _place(column.headers, places)) for column in column_map.needs]
    needs = tuple((column, at) for column, at in led if at is not None)
    used = {*columns.values(), *(place for _column, place in needs)}
    unused = tuple(header for place, header in enumerate(table.headers) if place not in used and header)
    return Chosen(column_map, table, columns, needs, unused)


def _place(headers: Iterable[str], places: dict[str, int]) -> int | None:
    return next((places[same_name(header)] for header in headers if same_name(header) in places), None)


def _required(column_map: ColumnMap) -> tuple[FieldName, ...]:
    return ("dependent", "provider") if column_map.about == "need" else ("name",)


def _names_its_rows(fit: Chosen) -> bool:
    return all(field in fit.columns for field in _required(fit.map))


def _lacking(column_map: ColumnMap) -> str:
    headers = "; ".join(
        " / ".join(column_map.columns[field].headers) if field in column_map.columns else field
        for field in _required(column_map)
    )
    return _("the column map '{name}' needs the headings {headers}", name=column_map.name, headers=headers)


def _advice(column_map: ColumnMap, tables: list[Table]) -> str:
    known = [header for table in tables for header in table.headers]
    wanted = [header for field in _required(column_map) if field in column_map.columns
              for header in column_map.columns[field].headers]  # fmt: skip
    likely = next((found for header in wanted if (found := near(header, known))), None)
    if likely:
        return _("is '{header}' the one? then write it in the map", header=likely)
    return _("write your own headings in the map; the table has {names}", names=", ".join(known[:12]))
