"""Answers survive what people and spreadsheets do to them, or are refused in words."""

import pytest

from city_model.exchange.tables import Cell
from city_model.partner.kinds import AnswerFault, Kind, Plain, names_by_id, same
from city_model.partner.questions import DAY, LEVEL, PEOPLE, PER_CENT, RANGE, TIME, TLP, WORDS
from city_model.values import Text
from resilience.base.language import set_language


@pytest.fixture(autouse=True)
def english(own_environment: None) -> None:
    """Messages are asserted in English."""
    set_language("en")


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (TIME, Cell("4h30m"), "4h30m"),
        (TIME, Cell("4 uur"), "4h"),
        (TIME, Cell("1,5 uur"), "1h30m"),
        (TIME, Cell("2 dagen en 3 uur"), "2d3h"),
        (TIME, Cell("90 minuten"), "1h30m"),
        (TIME, Cell("1 week"), "7d"),
        (TIME, Cell("4:30"), "4h30m"),
        (TIME, Cell("04:00:00", "date"), "4h"),
        (TIME, Cell("0m"), "0m"),
        (RANGE, Cell("1u / 2 uur / 6h"), {"min": "1h", "likely": "2h", "max": "6h"}),
        (RANGE, Cell("3 uur"), {"fixed": "3h"}),
        (PEOPLE, Cell("376.000"), 376000),
        (PEOPLE, Cell("376,000"), 376000),
        (PEOPLE, Cell("376\u00a0000"), 376000),
        (PEOPLE, Cell("376000", "number"), 376000),
        (PEOPLE, Cell("12,0"), 12),
        (PER_CENT, Cell("20%"), 20),
        (PER_CENT, Cell("20 procent"), 20),
        (PER_CENT, Cell("0.07", "number"), 7),
        (PER_CENT, Cell("0,2", "number"), 20),
        (PER_CENT, Cell("1"), 1),
        (DAY, Cell("2026-11-22"), "2026-11-22"),
        (DAY, Cell("22-11-2026"), "2026-11-22"),
        (DAY, Cell("3/4/2026"), "2026-04-03"),
        (DAY, Cell("2026-11-22", "date"), "2026-11-22"),
        (DAY, Cell("46348", "number"), "2026-11-22"),
        (TLP, Cell("alleen de kaarthouder (AMBER) · only the keeper of the map (AMBER)"), "AMBER"),
        (TLP, Cell("All partners (GREEN)"), "GREEN"),
        (TLP, Cell("red"), "RED"),
        (WORDS, Cell(" SLA \n 00123 "), "SLA 00123"),
    ],
)
def test_answers_that_are_understood(kind: Kind, cell: Cell, value: Plain) -> None:
    """Dutch and English, decimal commas, dates that a spreadsheet made, percent signs, groups of thousands."""
    assert kind.read(cell) == value


@pytest.mark.parametrize(
    ("kind", "cell", "what"),
    [
        (TIME, Cell("4"), "'4' has no unit"),
        (TIME, Cell("lang"), "'lang' is not a duration"),
        (TIME, Cell("4 uur of zo"), "'4 uur of zo' is not a duration"),
        (TIME, Cell("2026-08-03", "date"), "the spreadsheet made a date of this (2026-08-03)"),
        (TIME, Cell("1000 weken"), "'1000 weken' is not a whole number of minutes below two years"),
        (TIME, Cell("0,01 uur"), "'0,01 uur' is not a whole number of minutes below two years"),
        (RANGE, Cell("4h / 2h / 1h"), "'4h / 2h / 1h' is not one duration or three that grow"),
        (PEOPLE, Cell("1,5"), "'1,5' is not a whole number"),
        (PEOPLE, Cell("20%"), "'20%' is not a whole number"),
        (PEOPLE, Cell("-3"), "-3 is out of bounds"),
        (PEOPLE, Cell("2026-08-03", "date"), "the spreadsheet made a date of this (2026-08-03)"),
        (PER_CENT, Cell("1", "number"), "this is 1, which a spreadsheet also makes of 100%"),
        (LEVEL, Cell("0"), "0 is out of bounds"),
        (DAY, Cell("31-02-2026"), "'31-02-2026' is not a date"),
        (TLP, Cell("ambr"), "'ambr' is not one of the options"),
        (WORDS, Cell("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0' is a formula"),
        (WORDS, Cell("1,23E+15"), "the spreadsheet shortened this number to '1,23E+15'"),
    ],
)
def test_answers_that_are_refused_in_words(kind: Kind, cell: Cell, what: str) -> None:
    """What was lost cannot be guessed; what was never an answer is said to be none."""
    with pytest.raises(AnswerFault) as fault:
        kind.read(cell)

    assert fault.value.what == what


@pytest.mark.parametrize(
    ("kind", "before", "after", "is_same"),
    [
        (WORDS, "00123", Cell("123", "number"), True),
        (WORDS, "00123", Cell("1234"), False),
        (TIME, "1d", Cell("24 uur"), True),
        (PEOPLE, "380000", Cell("380.000"), True),
        (TIME, "", Cell("0m"), False),
    ],
)
def test_an_answer_that_nobody_touched_is_the_same(kind: Kind, before: str, after: Cell, is_same: bool) -> None:
    """Zeros that Excel dropped, another way to write the same time: no change."""
    assert same(kind, before, after) == is_same


def test_a_name_that_two_things_have_means_neither() -> None:
    """Then the label says which one is meant, and the id always does."""
    things = {"a": Text(nl="Loket", en="Desk"), "b": Text(nl="Loket", en="Counter"), "c": Text(nl="Net", en="Grid")}
    ids, labels = names_by_id(things)

    assert (ids.get("loket"), ids["desk"], ids["loket (b)"], ids["grid"], labels["c"]) == (None, "a", "b", "c", "Net")
