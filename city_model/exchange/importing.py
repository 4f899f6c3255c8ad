"""One import from file to folder: read, match, plan, and only then write; every step can be shown first."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from city_model.catalogue import CITY_FILE
from city_model.exchange import archimate_claims, rows
from city_model.exchange.apply import changed_files, new_city, today, write
from city_model.exchange.archimate_city import Imported, Origin, city_of
from city_model.exchange.archimate_mapping import load_mapping
from city_model.exchange.archimate_model import ArchiModel
from city_model.exchange.archimate_read import read_archimate
from city_model.exchange.city_files import write_new
from city_model.exchange.claims import Claims, RowFault
from city_model.exchange.column_map import Chosen, chosen, load_map
from city_model.exchange.names import slug
from city_model.exchange.plan import Plan, plan_of
from city_model.exchange.table_out import BOM, Sheet, csv_text
from city_model.exchange.tables import read_tables
from city_model.loader import load_city
from city_model.schema import City
from resilience.base.files import write_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

Form = Literal["archimate", "csv", "xlsx"]
REPORT = "import-report.csv"


@dataclass(frozen=True)
class Order:
    """What the user asked for."""

    file: Path
    form: Form
    into: Path
    map: str | None = None
    owner: str | None = None
    date: dt.date = field(default_factory=today)
    skip_faults: bool = False


@dataclass
class Prepared:
    """What an import would do, ready to be shown and then written."""

    order: Order
    plan: Plan
    city: City | None
    """The city that is there already."""
    faults: tuple[RowFault, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    by_hand: tuple[Problem, ...] = ()
    chosen: Chosen | None = None
    model: ArchiModel | None = None
    imported: Imported | None = None
    result: City | None = None
    """The new city, where there was none."""

    @property
    def may_be_written(self) -> bool:
        """Whether nothing stands in the way: no fault, or faults that the user skips."""
        return not self.faults or self.order.skip_faults


def prepare(order: Order) -> Prepared:
    """Return what *order* would do; raises InputError when the file or the folder cannot be used."""
    into = order.into.resolve()
    city = load_city(str(into)) if (into / CITY_FILE).is_file() else None
    if city is None and into.exists() and (not into.is_dir() or any(into.iterdir())):
        what = _("this folder is not empty and holds no {file}", file=CITY_FILE)
        raise InputError.because(what, _("give a new folder, or that of a city"), file=str(order.into))
    return _archimate(order, into, city) if order.form == "archimate" else _table(order, into, city)


def carry_out(prepared: Prepared, report: Path | None) -> list[Path]:
    """Write what was prepared, and the report on what a model left behind; return the files that were written."""
    into = prepared.order.into.resolve()
    if prepared.city is None:
        write_new(into, prepared.texts.items())
    else:
        write(into, prepared.texts)
    written = [into / name for name in sorted(prepared.texts)]
    if prepared.imported is not None:
        place = report or into / REPORT
        write_text(place, report_text(prepared))
        written.append(place)
    return written


def report_text(prepared: Prepared) -> str:
    """Return, as CSV, every relation that became no dependency of its own and everything that was survived."""
    imported, model = prepared.imported, prepared.model
    lines = []
    if imported is not None and model is not None:
        for left in imported.left:
            relation = left.relation
            ends = [
                model.elements[end].name.first or end if end in model.elements else end
                for end in (relation.source, relation.target)
            ]
            lines.append((left.fate, relation.type, relation.id, relation.name.first, *ends, left.reason, left.about))
        lines += [("notice", "", notice.place, "", "", "", notice.what, "") for notice in imported.notices]
    headers = ("fate", "type", "id", "name", "source", "target", "reason", "about")
    return BOM + csv_text(Sheet("report", headers, tuple(lines)))


def _city_id(order: Order, into: Path) -> str:
    name = slug(into.name)
    if not name:
        what = _("the name of this folder cannot be the id of a city")
        raise InputError.because(what, _("use small letters, digits and hyphens"), file=str(order.into))
    return name


def _archimate(order: Order, into: Path, city: City | None) -> Prepared:
    mapping = load_mapping(Path(order.map) if order.map else None)
    model = read_archimate(order.file)
    imported = city_of(model, mapping, Origin(order.file.name, order.date, _city_id(order, into), order.owner))
    counts = Counter({**imported.elements})
    if city is None:
        texts, result = imported.files.checked()
        plan = Plan({})
        return Prepared(order, plan, None, counts=counts, texts=texts, model=model, imported=imported, result=result)
    plan = plan_of(archimate_claims.claims_of(imported, city), city)
    prepared = _changing(order, into, city, plan)
    prepared.counts, prepared.model, prepared.imported = counts, model, imported
    return prepared


def _table(order: Order, into: Path, city: City | None) -> Prepared:
    tables = read_tables(order.file, as_workbook=order.form == "xlsx")
    found = chosen(tables, load_map(order.map) if order.map else None, str(order.file))
    if order.owner and city is not None and order.owner not in city.organisation_by_id:
        what = _("there is no organisation '{id}'", id=order.owner)
        raise InputError.because(what, _("use the id of an organisation on the map"))
    claims: Claims = rows.claims_of(found, city, file=order.file.name, date=order.date, owner=order.owner)
    plan = plan_of(claims, city)
    faults = tuple(claims.faults)
    if faults and not order.skip_faults:
        return Prepared(order, plan, city, faults=faults, counts=claims.counts, chosen=found)
    if city is not None:
        prepared = _changing(order, into, city, plan)
    else:
        texts, result = new_city(plan, _city_id(order, into)).checked()
        prepared = Prepared(order, plan, None, texts=texts, result=result)
    prepared.faults, prepared.counts, prepared.chosen = faults, claims.counts, found
    return prepared


def _changing(order: Order, into: Path, city: City, plan: Plan) -> Prepared:
    outcome = changed_files(plan, into, city)
    return Prepared(order, plan, city, texts=outcome.texts, by_hand=tuple(outcome.by_hand))
