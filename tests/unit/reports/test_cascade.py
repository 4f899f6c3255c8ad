"""The cascade report on a small city."""

from typing import Any

import pytest

from city_model.redaction import OFFICER, Reader, view_of
from reports.assumptions import assumed_figures, share_assumed
from reports.cascade import cascade_report
from reports.document import Chart, Document, Folded, KeyFigures, Paragraph, Steps, Timeline
from reports.html import render
from reports.tables import Table
from resilience.simulation.trace import Trace
from tests.builders import city, component, function, organisation
from tests.runs import outage, run
from tests.unit.reports.small_run import small_city, small_trace

SECRET = "northern-bunker"  # noqa: S105 - a name, not a password


@pytest.fixture
def report() -> Document:
    """The report on the small run."""
    made = small_city()
    return cascade_report(view_of(made, OFFICER), None, small_trace(made), decided={"use-paper": "Work on paper"})


def blocks(document: Document, key: str, kind: type) -> list[Any]:
    """Return the blocks of one kind in one section, unfolded."""
    section = next(section for section in document.sections if section.key == key)
    found = []
    for block in section.blocks:
        found += [part for part in block.blocks if isinstance(part, kind)] if isinstance(block, Folded) else []
        found += [block] if isinstance(block, kind) else []
    return found


def test_the_summary_says_what_fell_when_and_how_far(report: Document) -> None:
    """One paragraph a council member can repeat: how many functions, which first, which worst, when back."""
    assert [block.text for block in blocks(report, "summary", Paragraph)] == [
        (
            "Incident: storm. 2 of 3 city functions are affected. The first is care, at +00:10. 2 fall below the level "
            "that counts as working. The heaviest blow is to services: 0% at the lowest. The last to be back for good "
            "is care, at +03:40."
        )
    ]


def test_key_figures_come_from_the_run(report: Document) -> None:
    """Counts, times and residents, each with what it counts."""
    figures = blocks(report, "summary", KeyFigures)[0].figures

    assert [(figure.value, figure.label) for figure in figures] == [
        ("2 of 3", "city functions affected"),
        ("10 minutes", "from the start until the first function falls"),
        ("0%", "lowest level of a function"),
        ("1,000", "residents served by that function"),
        ("2,316", "lost resident-hours, all functions together"),
        ("1", "function past its longest tolerable outage"),
    ]


def test_the_course_is_told_in_order(report: Document) -> None:
    """Incident, falls, passed limits, decisions and recoveries, each with its word."""
    line = blocks(report, "course", Timeline)[0]

    assert [(entry.moment, entry.label, entry.title) for entry in line.entries] == [
        ("+00:10", "Incident", "storm"),
        ("+00:10", "Function falls", "care to 40%"),
        ("+00:40", "Function falls", "services to 0%"),
        ("+01:40", "MTD passed", "services"),
        ("+02:20", "Back for good", "services"),
        ("+03:20", "Decision D1", "Work on paper"),
        ("+03:40", "Back for good", "care"),
    ]


def test_each_function_is_explained_from_the_first_cause(report: Document) -> None:
    """The path runs from the incident to the function; a moment stands only where it changes."""
    paths = {block.title: block.steps for block in blocks(report, "order", Steps)}

    assert paths["Why services fell"] == (
        ("+00:10", "The incident storm starts."),
        ("", "Power is out of action."),
        ("", "Power is at 0%."),
        ("+00:40", "Server is at 0%: it needs power and its buffer is used up."),
        ("", "Forms is at 0%: it needs server."),
        ("", "Services is at 0%: it needs forms."),
    )


def test_longest_tolerable_outages_are_judged(report: Document) -> None:
    """A function with a limit is listed with when it was passed."""
    assert blocks(report, "tolerable", Table)[0].rows == (
        ("services", "1 hour", "50% (default)", "▲ passed at +01:40"),
    )


def test_a_decision_without_object_says_so(report: Document) -> None:
    """A decision that came too late is listed with what found nothing to change."""
    rows = blocks(report, "decisions", Table)[0].rows

    assert [(row[0], row[1], row[2]) for row in rows] == [("D1", "+03:20", "Work on paper")]


def test_unconfirmed_figures_of_the_cascade_are_listed() -> None:
    """The buffer of the server is an estimate: it is named, and what rests on it is counted."""
    made = small_city()
    trace = small_trace(made)

    figures = [(figure.component, figure.path[-1]) for figure in assumed_figures(made, trace)]
    assert (figures, share_assumed(trace)) == ([("server", "buffer")], (7, 16))


def test_every_section_can_be_written_when_nothing_happens() -> None:
    """A run without loss is a good report too: it says that all holds."""
    made = small_city()
    text = render(cascade_report(view_of(made, OFFICER), None, run(made, horizon=600)), "en")

    assert "All 3 city functions stay at 100%: reserves and alternatives hold." in text


def test_the_same_run_gives_the_same_page() -> None:
    """City, trace and reader decide every byte."""
    made = small_city()
    pages = {render(cascade_report(view_of(made, OFFICER), None, small_trace(made)), "nl") for _ in range(2)}

    assert len(pages) == 1


def test_every_chart_of_the_report_has_words_and_a_table(report: Document) -> None:
    """Strips, grid, chain, repairs, queue and reserves are all there, each readable without seeing it."""
    charts = {chart.spec.key: bool(chart.spec.alternative and chart.spec.table.rows) for chart in report.charts}

    assert charts == dict.fromkeys(
        ["functions-over-time", "functions-per-hour", "affected-chain", "repairs", "queues", "reserves"], True
    )


def test_a_reader_learns_nothing_that_a_mark_forbids() -> None:
    """A part marked RED that pulls an open function down: neither its name nor its id is on a partner's page."""
    made = city(
        component(SECRET, tlp="RED", organisation="hidden"),
        component("desk", needs=[SECRET]),
        function("services", needs=["desk"], residents=10),
        organisation("hidden", tlp="RED"),
    )
    whole, seen = view_of(made, OFFICER), view_of(made, Reader("public"))
    hit = "verborgen desk"
    pages = [
        render(cascade_report(view, None, run(view.city, outage(names, 10, 60), horizon=300)), "en")
        for view, names in ((whole, f"{SECRET} desk"), (seen, hit))
    ]
    assert [SECRET in page for page in pages] == [True, False]


def test_a_run_that_knows_more_than_its_reader_is_refused() -> None:
    """Its numbers would count what is hidden, even where its words do not name it."""
    made = city(component(SECRET, tlp="RED"), component("desk", needs=[SECRET]), function("services", needs=["desk"]))

    with pytest.raises(ValueError, match="another city"):
        cascade_report(view_of(made, Reader("public")), None, run(made, outage(SECRET, 10, 60), horizon=300))


def test_the_highest_mark_stands_on_the_page() -> None:
    """What holds AMBER content is marked AMBER."""
    made = city(component("desk", tlp="AMBER"), function("services", needs=["desk"]))
    report = cascade_report(view_of(made, OFFICER), None, Trace("testcity", 0, 60, ()))

    assert [marking.text for marking in report.markings] == ["TLP:AMBER"]


def test_charts_stand_in_document_order(report: Document) -> None:
    """Charts are found wherever they stand, also inside what unfolds."""
    assert all(isinstance(chart, Chart) for chart in report.charts)
