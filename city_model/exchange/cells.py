"""What the cell of a field says, as the plain data of a file of a city; the faults are those of the partner packs."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from city_model.exchange.column_map import Column, FieldName
from city_model.exchange.names import LONGEST_TAG, same_name, slug
from city_model.exchange.tables import Cell
from city_model.partner.kinds import AnswerFault, Choice, Day, Duration, Kind, Line, Number
from city_model.schema import Loss, NeedKind, NeedRole, Phase
from city_model.values import UNKNOWN, Text, Tlp
from resilience.base.language import _

NOTHING: Final = frozenset({"", "-", "n.v.t.", "nvt", "n/a", "na", "geen", "none", "null", "undefined", "niet gezet"})
"""What people and programs write in a cell that says nothing."""
FIGURES: Final = frozenset(
    {
        *("residents", "vulnerable", "minimum_level", "restart_lag", "buffer", "recharge", "strength", "criticality"),
        *("mtd_required", "mtd_capable", "rto_required", "rto_capable", "rpo_required", "rpo_capable"),
    }
)
"""Fields that may be unknown."""
_UNKNOWN: Final = frozenset({"unknown", "onbekend"})
_HINT: Final = Text(nl="-", en="-")
_SCORE: Final = re.compile(r"([1-3])\D{0,2}([1-3])\D{0,2}([1-3])")
_LONG: Final = 2000


def _choice(words: Mapping[str, tuple[str, str]]) -> Choice:
    return Choice(_HINT, {code: Text(nl=nl, en=en) for code, (nl, en) in words.items()})


def _codes(codes: tuple[str, ...]) -> Choice:
    return Choice(_HINT, {code: Text(nl=code, en=code) for code in codes})


_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "function": ("stadsfunctie", "city function"),
    "service": ("dienst", "service"),
    "application": ("applicatie", "application"),
    "infrastructure": ("infrastructuur", "infrastructure"),
    "facility": ("locatie", "facility"),
}
_SECTORS: Final[Mapping[str, tuple[str, str]]] = {
    "government": ("overheid", "government"),
    "crisis": ("crisisbeheersing", "crisis management"),
    "safety": ("veiligheid", "safety"),
    "care": ("zorg", "care"),
    "education": ("onderwijs", "education"),
    "mobility": ("mobiliteit", "mobility"),
    "energy": ("energie", "energy"),
    "water": ("water", "water"),
    "telecom": ("telecom", "telecom"),
    "finance": ("financiën", "finance"),
    "housing": ("wonen", "housing"),
    "economy": ("economie", "economy"),
    "culture": ("cultuur", "culture"),
    "knowledge": ("kennis", "knowledge"),
    "supervision": ("toezicht", "supervision"),
    "ict": ("ICT", "ICT"),
}
_LINE: Final = Line(_HINT)
_COUNT: Final = Number(_HINT, 0, 10**9)
_KIND_OF: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("residents", "vulnerable"), _COUNT),
    **dict.fromkeys(("minimum_level", "strength"), Number(_HINT, 1, 100, per_cent=True)),
    "criticality": Number(_HINT, 0, 100, per_cent=True),
    **dict.fromkeys(
        ("mtd_required", "mtd_capable", "rto_required", "rto_capable", "rpo_required", "rpo_capable"), Duration(_HINT)
    ),
    **dict.fromkeys(("restart_lag", "buffer", "recharge"), Duration(_HINT)),
    "at_least": Number(_HINT, 1, 1000),
    "share": Number(_HINT, 1, 100, per_cent=True),
    "phase": _codes(get_args(Phase)),
    "need_role": _codes(get_args(NeedRole)),
    **dict.fromkeys(("availability", "integrity", "confidentiality"), Number(_HINT, 1, 3)),
    "kind": _choice(_KINDS),
    "sector": _choice(_SECTORS),
    "need_kind": _codes(get_args(NeedKind)),
    "tlp": _codes(get_args(Tlp)),
    "contract_end": Day(_HINT),
    "direction": _codes(("forward", "backward", "both")),
}


def says_nothing(cell: Cell) -> bool:
    """Return whether a cell is empty, or says so."""
    return cell.kind != "error" and cell.text.strip().casefold() in NOTHING


def value_of(field: FieldName, cell: Cell, column: Column) -> Any:  # noqa: ANN401 - text, number or list
    """Return what *cell* says about *field*; raises AnswerFault with what is wrong and how to mend it."""
    if cell.kind == "error":
        what = _("the spreadsheet could not compute this ({value})", value=cell.text)
        raise AnswerFault(what, _("mend the formula, or write the value itself"))
    meant = _meant(cell, column)
    if field in FIGURES and same_name(meant.text) in _UNKNOWN:
        return UNKNOWN
    reader = _READERS.get(field)
    if reader is not None:
        return reader(meant, column)
    if column.unit and re.fullmatch(r"\d+([.,]\d+)?", meant.text):
        meant = Cell(f"{meant.text}{column.unit}")
    return _KIND_OF.get(field, _LINE).read(meant)


def names_in(cell: Cell, separator: str | None) -> list[str]:
    """Return the names in a cell that may hold several, each once; raises AnswerFault for a formula."""
    text = str(_LINE.read(Cell(cell.text[:_LONG], cell.kind)))
    parts = text.split(separator) if separator else [text]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip().casefold() not in NOTHING))


def _meant(cell: Cell, column: Column) -> Cell:
    """Return *cell* with its word replaced by what the map says that it stands for."""
    folded = same_name(cell.text)
    found = next((value for word, value in column.values.items() if same_name(word) == folded), None)
    return cell if found is None else Cell(found)


def _text(cell: Cell, _column: Column) -> str:
    """Return a longer text; it is cut where the map allows no more."""
    text = str(_LINE.read(Cell(cell.text[:_LONG], cell.kind)))
    return text if len(cell.text) <= _LONG else f"{text[: _LONG - 1]}…"


def _external(cell: Cell, _column: Column) -> str:
    """Return the id of the other system; a date is none, and what it was cannot be known."""
    return str(_LINE.read(cell))


def _tags(cell: Cell, column: Column) -> list[str]:
    found = (slug(name, LONGEST_TAG) for name in names_in(cell, column.separator or ","))
    return list(dict.fromkeys(name for name in found if name))


def _several(cell: Cell, column: Column) -> list[str]:
    return names_in(cell, column.separator or ";")


def _loses(cell: Cell, column: Column) -> list[str]:
    kind = _codes(get_args(Loss))
    return [str(kind.read(Cell(name))) for name in names_in(cell, column.separator or " ")]


def _biv(cell: Cell, _column: Column) -> dict[str, int]:
    found = _SCORE.fullmatch(cell.text.strip())
    if not found:
        what = _("{value} is not a BIV score", value=f"'{cell.text[:40]}'")
        raise AnswerFault(what, _("write three digits from 1 to 3, for example 322"))
    return dict(zip(("availability", "integrity", "confidentiality"), map(int, found.groups()), strict=True))


_READERS: Final[Mapping[str, Callable[[Cell, Column], Any]]] = {
    "external_id": _external,
    "description": _text,
    "description_en": _text,
    "role": _text,
    "tags": _tags,
    "functions": _several,
    "loses": _loses,
    "biv": _biv,
}
