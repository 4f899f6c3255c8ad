"""The report for one partner."""

from typing import Any

from city_model.schema import City
from reports.document import Document, Folded, KeyFigures
from reports.html import render
from reports.partner import partner_report
from reports.tables import Table
from tests.builders import assumed, city, component, function, need, organisation

FIRM = "\N{NO-BREAK SPACE}"


def town_and_host() -> City:
    """Return a host that needs a grid and carries a town; nobody confirmed what the town says of it."""
    return city(
        component("grid", organisation="grid-company"),
        component("servers", organisation="host", repair=60, needs=[need("grid", kind="power", buffer=120)]),
        component("desk", organisation="town", needs=[need("servers", buffer=assumed(30), source="guess")]),
        component("vault", organisation="town", tlp="RED", needs=["servers"]),
        function("services", needs=["desk"], residents=1000),
        organisation("grid-company", sector="energy"),
        organisation("host"),
        organisation("town", sector="government"),
        organisation("bystander"),
    )


def tables(document: Document, key: str) -> list[Any]:
    """Return the rows of the tables in one section, unfolded."""
    section = next(section for section in document.sections if section.key == key)
    found = []
    for block in section.blocks:
        parts = block.blocks if isinstance(block, Folded) else (block,)
        found += [part.rows for part in parts if isinstance(part, Table)]
    return found


def test_it_says_what_the_partner_does_to_others_and_they_to_it() -> None:
    """Who, what of theirs, because of what of its own, after how long, and on what certainty."""
    report = partner_report(town_and_host(), "host")

    assert tables(report, "does")[1] == (("town", "desk", "servers", f"30{FIRM}min (assumption)", "–"),)
    assert tables(report, "feels") == [(("grid-company", "grid", "servers", f"2{FIRM}h", "–"),)]


def test_it_asks_to_confirm_what_others_say_and_what_is_missing() -> None:
    """The need of the town, which nobody confirmed; and the fields that the host left open."""
    confirm, missing = tables(partner_report(town_and_host(), "host"), "confirm")

    assert confirm == (("town", "desk", "servers", "data", f"30{FIRM}min", "assumption"),)
    assert ("owner of the record", "1", "servers") in missing


def test_its_numbers_count_organisations_and_functions() -> None:
    """When all that it runs is out for a day."""
    summary = partner_report(town_and_host(), "host").sections[0]
    figures = next(block.figures for block in summary.blocks if isinstance(block, KeyFigures))

    assert [figure.value for figure in figures] == ["1 of 1", "1", "1", "1"]


def test_what_is_marked_for_others_is_not_in_it() -> None:
    """A part marked RED of the town has no name here; the highest mark that is in it stands on the page."""
    report = partner_report(town_and_host(), "host")

    assert ("vault" in render(report, "en"), [marking.text for marking in report.markings]) == (False, ["TLP:CLEAR"])


def test_who_has_nothing_on_the_map_is_told_so() -> None:
    """A partner that only sits at the table gets a page without a fault in it."""
    page = render(partner_report(town_and_host(), "bystander"), "en")

    assert "Nothing on this map is owned or run by bystander." in page
