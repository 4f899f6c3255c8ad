"""The kinds of answer: how each is explained, read from what people and spreadsheets make of it, and written.

Every `read` returns the plain value that stands in a file of the map, so that two answers can be compared, or raises
AnswerFault with what is wrong and what to write instead.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from city_model.exchange.tables import Cell, is_formula
from city_model.fault_words import near, shown
from city_model.values import Text
from resilience.base.language import _
from resilience.base.units import LONGEST_MINUTES, format_duration

Plain: TypeAlias = str | int | dict[str, str]
"""A value as a file of the map holds it; a mapping for a duration that is drawn."""

UNITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("w", "week", "weken", "weeks"), 10080),
    **dict.fromkeys(("d", "dag", "dagen", "day", "days"), 1440),
    **dict.fromkeys(("h", "u", "uur", "uren", "hour", "hours"), 60),
    **dict.fromkeys(("m", "min", "minuut", "minuten", "minute", "minutes"), 1),
}
_PART: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+)\.?\s*(?:en|and|,)?\s*")
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+")
_DATE: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_SERIAL: Final = re.compile(r"[2-9]\d{4}")
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FIRST_DAY: Final = dt.date(1899, 12, 30)
"""Day 0 of the dates of spreadsheets."""
_TRIANGLE: Final = 3
LONGEST_LINE: Final = 2000


class AnswerFault(Exception):  # noqa: N818 - no error of the program: a row that its writer can mend
    """An answer that cannot be used."""

    def __init__(self, what: str, repair: str) -> None:
        super().__init__(what)
        self.what = what
        self.repair = repair


@dataclass(frozen=True)
class Kind:
    """A kind of answer."""

    hint: Text
    """How to answer, in a few words."""

    def read(self, cell: Cell) -> Plain:
        """Return what *cell* says."""
        raise NotImplementedError

    def show(self, value: Plain) -> str:
        """Return *value* as it stands in a cell."""
        return str(value)


class Duration(Kind):
    """A length of time, written as in the files of the map: 4h30m."""

    def read(self, cell: Cell) -> Plain:
        """Return the duration; 4 uur, 1,5 h, 90 minuten and 4:30 are understood too."""
        return format_duration(_minutes(cell))


class Range(Kind):
    """A length of time that is drawn: fixed, or least, most likely and most."""

    def read(self, cell: Cell) -> Plain:
        """Return the duration as the map draws it."""
        parts = [part for part in re.split(r"[/;]|\btot\b|\bto\b", cell.text) if part.strip()]
        minutes = [_minutes(Cell(part.strip(), cell.kind)) for part in parts] if parts else [_minutes(cell)]
        if len(minutes) == 1:
            return {"fixed": format_duration(minutes[0])}
        if len(minutes) != _TRIANGLE or sorted(minutes) != minutes:
            what = _("{value} is not one duration or three that grow", value=shown(cell.text))
            raise AnswerFault(what, _("write the shortest, the usual and the longest, for example 1h / 3h / 8h"))
        return dict(zip(("min", "likely", "max"), map(format_duration, minutes), strict=True))

    def show(self, value: Plain) -> str:
        """Return the durations with slashes between them."""
        return " / ".join(value.values()) if isinstance(value, dict) else str(value)


@dataclass(frozen=True)
class Number(Kind):
    """A whole number within bounds."""

    least: int
    most: int
    per_cent: bool = False

    def read(self, cell: Cell) -> Plain:
        """Return the number; points or commas between groups of three digits are no decimals."""
        text = cell.text.replace("\u00a0", " ").strip()
        sign = text.endswith(("%", "procent", "per cent"))
        bare = re.sub(r"\s*(%|procent|per cent)$", "", text).strip()
        digits = re.sub(r"\D", "", bare) if _GROUPED.fullmatch(bare) else bare
        if cell.kind == "date":
            raise _became_a_date(cell)
        if self.per_cent and cell.kind == "number" and not sign:
            digits = _from_fraction(digits)
        if not re.fullmatch(r"-?\d+([.,]0+)?", digits) or (sign and not self.per_cent):
            what = _("{value} is not a whole number", value=shown(text))
            raise AnswerFault(what, _("write a whole number, for example {example}", example=min(self.most, 80)))
        number = int(re.split(r"[.,]", digits)[0])
        if not self.least <= number <= self.most:
            what = _("{value} is out of bounds", value=number)
            raise AnswerFault(what, _("write {low} to {high}", low=self.least, high=self.most))
        return number


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list; each option by what stands in the file, with what people choose from."""

    options: Mapping[str, Text] = field(default_factory=dict)

    def read(self, cell: Cell) -> Plain:
        """Return the option that *cell* names, in either language or as the file has it."""
        wanted = _folded(cell.text)
        names = self._names()
        if wanted in names:
            return names[wanted]
        what = _("{value} is not one of the options", value=shown(cell.text))
        likely = near(wanted, names)
        listed = ", ".join(self.show(option) for option in self.options)
        advice = _("choose one of {names}", names=listed)
        if likely:
            advice = _("did you mean {name}?", name=self.show(names[likely])) + " " + advice
        raise AnswerFault(what, advice)

    def show(self, value: Plain) -> str:
        """Return the option in both languages."""
        label = self.options.get(str(value))
        if label is None:
            return str(value)
        return label.nl if label.nl == label.en else f"{label.nl} · {label.en}"

    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for code, label in self.options.items():
            for name in (code, label.nl, label.en, self.show(code)):
                found.setdefault(_folded(name), code)
        return found


class Day(Kind):
    """A date."""

    def read(self, cell: Cell) -> Plain:
        """Return the date; day, month, year in the Dutch order, and the number that a spreadsheet makes of a date."""
        text = cell.text.strip()
        try:
            if _SERIAL.fullmatch(text):
                return (_FIRST_DAY + dt.timedelta(days=int(text))).isoformat()
            found = _DATE.fullmatch(text)
            if found:
                return dt.date(int(found[3]), int(found[2]), int(found[1])).isoformat()
            return dt.date.fromisoformat(text[:10]).isoformat()
        except ValueError as error:
            what = _("{value} is not a date", value=shown(text))
            raise AnswerFault(what, _("write year, month and day, for example 2026-11-22")) from error


class Line(Kind):
    """A few words, taken as they are."""

    def read(self, cell: Cell) -> Plain:
        """Return the words on one line."""
        text = " ".join(cell.text.split())
        if cell.kind == "date":
            raise _became_a_date(cell)
        if _SCIENTIFIC.fullmatch(text):
            what = _("the spreadsheet shortened this number to {value}", value=shown(text))
            raise AnswerFault(what, _("write an apostrophe before it, so that it stays as it is"))
        if is_formula(text):
            what = _("{value} is a formula", value=shown(text))
            raise AnswerFault(what, _("write the value itself"))
        if len(text) > LONGEST_LINE:
            raise AnswerFault(_("this text is too long"), _("use at most {number} characters", number=LONGEST_LINE))
        return text


@dataclass(frozen=True)
class Name(Line):
    """The name of something on the map, by its id or what people call it."""

    thing: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    """The id by every name that is understood, in small letters."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a cell shows, by id."""

    def read(self, cell: Cell) -> Plain:
        """Return the id of what *cell* names."""
        text = str(super().read(cell))
        wanted = _folded(text)
        if wanted in self.ids:
            return self.ids[wanted]
        what = _("there is no {thing} called {value} on the map", thing=self.thing, value=shown(text))
        likely = near(wanted, self.ids)
        if likely:
            repair = _("did you mean {name}?", name=self.show(self.ids[likely]))
        else:
            repair = _("use a name that is on the map, or put it in the remark")
        raise AnswerFault(what, repair)

    def show(self, value: Plain) -> str:
        """Return what people call it."""
        return self.labels.get(str(value), str(value))


def names_by_id(things: Mapping[str, Text]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids by every name that means only one of *things*, and a label for each id."""
    labels = {name: called.nl for name, called in things.items()}
    twice = {label for label in labels.values() if list(labels.values()).count(label) > 1}
    labels = {name: f"{label} ({name})" if label in twice else label for name, label in labels.items()}
    found: dict[str, set[str]] = {}
    for name, called in things.items():
        for word in {called.nl, called.en, labels[name]}:
            found.setdefault(_folded(word), set()).add(name)
    ids = {word: next(iter(names)) for word, names in found.items() if len(names) == 1}
    return ids | {_folded(name): name for name in things}, labels


def same(kind: Kind, one: str, other: Cell) -> bool:
    """Return whether *other* still says *one*, whatever a spreadsheet did to it on the way."""
    if " ".join(one.split()) == " ".join(other.text.split()):
        return True
    if one.isdecimal() and other.text.isdecimal() and int(one) == int(other.text):
        return True
    try:
        return bool(one) and kind.read(Cell(one)) == kind.read(other)
    except AnswerFault:
        return False


def _minutes(cell: Cell) -> int:
    text = " ".join(cell.text.lower().replace("\u00a0", " ").split())
    clock = _CLOCK.fullmatch(text)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    if cell.kind == "date":
        raise _became_a_date(cell)
    total, place = 0.0, 0
    for part in _PART.finditer(text):
        if part.start() != place or part[2] not in UNITS:
            break
        total += float(part[1].replace(",", ".")) * UNITS[part[2]]
        place = part.end()
    if not text or place != len(text):
        what = _("{value} is not a duration", value=shown(cell.text))
        if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
            what = _("{value} has no unit", value=shown(cell.text))
        raise AnswerFault(what, _("write for example 30m, 4h or 2d (30 minuten, 4 uur, 2 dagen)"))
    if total > LONGEST_MINUTES or total != int(total):
        what = _("{value} is not a whole number of minutes below two years", value=shown(cell.text))
        raise AnswerFault(what, _("write for example 30m, 4h or 2d (30 minuten, 4 uur, 2 dagen)"))
    return int(total)


def _from_fraction(digits: str) -> str:
    """Return the per cents that a spreadsheet keeps as a part of one: 0.2 for 20%."""
    if digits == "1":
        what = _("this is 1, which a spreadsheet also makes of 100%")
        raise AnswerFault(what, _("write it as text: 1 procent or 100 procent"))
    if re.fullmatch(r"0[.,]\d+", digits):
        per_cent = float(digits.replace(",", ".")) * 100
        return str(round(per_cent)) if abs(per_cent - round(per_cent)) < 1e-9 else digits
    return digits


def _became_a_date(cell: Cell) -> AnswerFault:
    what = _("the spreadsheet made a date of this ({value})", value=cell.text)
    return AnswerFault(what, _("write an apostrophe before it, so that it stays as it is"))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
