"""What the cascade report says of people, money, malware and data, and to whom."""

from typing import Any

import pytest

from city_model.impact import Cost, FunctionImpact, Harm
from city_model.redaction import OFFICER, Reader, view_of
from city_model.schema import City, PersonalData
from city_model.values import CountFigure
from reports.cascade import cascade_report
from reports.document import Callout, Document, Paragraph, Timeline
from reports.html import render
from reports.tables import Table
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace
from tests.builders import FACT, GUESS, city, component, function, need, organisation, path, text
from tests.runs import decide, effect, outage, run
from tests.unit.reports.small_run import HOSTILE, small_city, small_trace
from tests.unit.reports.test_cascade import blocks

PUBLIC = Reader("public")
SPACE = "\N{NO-BREAK SPACE}"


def harm(**fields: object) -> Harm:
    """Return people of whom all are in trouble after three hours, on a figure that nobody confirmed."""
    said = {"id": "no-help", "name": text("people without help"), "kind": "health", "source": GUESS}
    curve = [{"after": "1h", "of_thousand": 0}, {"after": "3h", "of_thousand": 1000}]
    return Harm.model_validate({**said, "curve": curve, **fields})


def with_harm(made: City, *harms: Harm, costs: tuple[Cost, ...] = ()) -> City:
    """Return *made* with what the loss of care does."""
    return made.model_copy(update={"impacts": (FunctionImpact(function="care", harms=harms, costs=costs),)})


def office(**fields: Any) -> City:
    """Return a laptop that reaches a register with personal data, on which care rests; *fields* go to the register."""
    data = PersonalData(kind="special", people=CountFigure(value=64731, source=FACT))
    register = component(
        "register",
        needs=[need("laptop", loses=("integrity", "confidentiality"))],
        repair=30,
        personal_data=data,
        **fields,
    )
    care = function("care", needs=[need("register", loses=("integrity",))])
    return city(component("laptop", repair=30), register, care, path("laptop", "register", delay=40))


def attack(made: City) -> Trace:
    """Return malware that strikes at 60 at the laptop and the register, steals, and spoils; the laptop is verified."""
    spoil = effect("corrupt", select={"ids": ("laptop",)})
    infect = effect("infect", select={"ids": ("laptop",)}, detonates_after="60m", steals=True)
    check = decide(300, "verify", components="laptop", name="check")
    return run(made, Order("attack", "incident", 0, (infect, spoil)), check, horizon=400)


def report(made: City, trace: Trace, reader: Reader = OFFICER) -> Document:
    """Return the report."""
    return cascade_report(view_of(made, reader), None, trace)


def test_the_number_in_trouble_grows_with_the_run() -> None:
    """By hand: six in ten of 500 residents are without from 0:10 to 3:40; after 1, 4 and 12 hours 0, 300 and 300.

    At 60 % strength the level is 40, so 300 residents are without for 210 minutes, and after 180 all are in trouble.
    """
    made = with_harm(small_city(), harm())
    [table] = blocks(report(made, small_trace(made)), "harm", Table)[:1]

    assert (table.header, table.rows) == (
        ("Who", "Harm to", *(f"After {hours}{SPACE}h" for hours in (1, 4, 12)), "At the end", "Vulnerable"),
        (("care: people without help", "health and safety", "0", "≈300", "≈300", "≈300", "unknown"),),
    )


def test_costs_and_what_nobody_said_are_named() -> None:
    """Three and a half hours at six tenths of 1,000 euros an hour; of services nobody said anything."""
    cost = Cost(id="work", name=text("lost work"), per_hour=1000, source=FACT)
    made = with_harm(small_city(), harm(), costs=(cost,))
    document = report(made, small_trace(made))
    page = render(document, "en")
    [costs] = [table for table in blocks(document, "harm", Table) if "costs" in table.caption]

    assert (costs.rows, "Whom the loss harms was not said of: services." in page) == (
        (("care", "lost work", "2,100"),),
        True,
    )


def test_without_any_word_on_harm_the_report_says_so() -> None:
    """Silence is not safety."""
    document = report(small_city(), small_trace())

    assert [block.text for block in blocks(document, "harm", Paragraph)] == [
        "The map does not say whom the loss of these functions harms."
    ]


def test_every_curve_stands_with_its_source() -> None:
    """A reader can see what a number rests on."""
    made = with_harm(small_city(), harm(note="Asked nobody."))
    basis = blocks(report(made, small_trace(made)), "harm", Table)[-1]

    assert basis.rows == (
        ("care", "people without help", "1 hour: 0; 3 hours: 1000", "the same", "guess. Asked nobody."),
    )


def test_malware_and_data_have_a_section_of_their_own() -> None:
    """Where it got in and struck; which data is suspect, and of how many people it leaked."""
    made = office()
    malware, data = blocks(report(made, attack(made)), "malware", Table)

    assert (malware.rows, data.rows) == (
        (
            ("laptop", "+00:00", "+01:00", "+01:00", "+03:00"),
            ("register", "+00:40", "+01:00", "+01:00", "+03:00"),
        ),
        (
            ("laptop", "+00:00", "+05:30", "+00:00", "not known"),
            ("register", "+00:00", "not within the run", "+00:00", "special, 64,731 people"),
            ("care", "+00:00", "not within the run", "–", "–"),
        ),
    )


def test_a_run_without_malware_has_no_such_section() -> None:
    """A power failure needs no table of footholds."""
    assert "malware" not in [section.key for section in report(small_city(), small_trace()).sections]


def test_the_course_tells_of_malware_and_data() -> None:
    """In the time line, each with its word, what happens together in one line."""
    made = office()
    [line] = blocks(report(made, attack(made)), "course", Timeline)

    assert [(entry.moment, entry.label, entry.title) for entry in line.entries] == [
        ("+00:00", "Incident", "attack"),
        ("+00:00", "Malware gets in", "laptop"),
        ("+00:00", "Data suspect", "laptop, register and care"),
        ("+00:00", "Data leaks", "laptop and register"),
        ("+00:40", "Malware gets in", "register"),
        ("+01:00", "Attack strikes", "laptop and register"),
        ("+01:00", "Backups lost", "laptop and register"),
        ("+01:00", "Function falls", "care to 0%"),
        ("+03:00", "Back for good", "care"),
        ("+03:00", "Malware gone", "laptop and register"),
        ("+05:00", "Decision D1", "check"),
        ("+05:30", "Data verified", "laptop"),
    ]


def test_the_table_of_functions_says_who_worked_with_suspect_data() -> None:
    """Care worked with it from 0 to 60 and from 180 to 400: 280 minutes; without suspect data there is no column."""
    made = office()
    headers = [
        blocks(report(one, trace), "functions", Table)[0]
        for one, trace in ((made, attack(made)), (small_city(), small_trace()))
    ]

    assert (headers[0].header[-1], headers[0].rows[0][-1], headers[1].header[-1]) == (
        "Worked with suspect data", "4 h 40 min".replace(" ", SPACE), "Lost resident-hours",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "leaked", "people"),
    [(OFFICER, "laptop and register", True), (PUBLIC, "laptop", False)],
)
def test_a_reader_sees_no_hidden_part_and_no_hidden_number(reader: Reader, leaked: str, *, people: bool) -> None:
    """Data of 64,731 people leaked at the register; who may not see the register learns neither."""
    made = office(organisation="bunker", tlp="RED")
    bunker = organisation("bunker")
    made = made.model_copy(update={"organisations": (*made.organisations, bunker)})
    document = report(made, attack(view_of(made, reader).city), reader)
    [line] = blocks(document, "course", Timeline)
    page = render(document, "en")

    assert (
        [entry.title for entry in line.entries if entry.label == "Data leaks"],
        "64,731" in page,
        any("Leaked" in block.title for block in blocks(document, "harm", Callout)),
    ) == ([leaked], people, people)


def test_names_cannot_break_the_page() -> None:
    """What a city calls its harms is text, not markup."""
    made = with_harm(
        small_city(), harm(name=text(HOSTILE)), costs=(Cost(id="c", name=text(HOSTILE), per_hour=1, source=FACT),)
    )

    assert HOSTILE not in render(report(made, small_trace(made)), "en")


def test_an_outage_elsewhere_harms_nobody() -> None:
    """Where the function with harms holds, the section says that nothing is known of those that fell."""
    made = with_harm(small_city(), harm())
    document = report(made, run(made, outage("forms", 0, 60)))

    assert [block.text for block in blocks(document, "harm", Paragraph)] == [
        "The map does not say whom the loss of these functions harms."
    ]
