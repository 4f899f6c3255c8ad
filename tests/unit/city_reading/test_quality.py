"""How good a map is, counted by hand; what falls due; and the letters that ask for it."""

import datetime as dt
from typing import Any

from city_model.actions import Action, tracked
from city_model.deadlines import Deadline, deadline_findings, deadlines
from city_model.finding import Finding
from city_model.quality import Share, quality
from city_model.reminders import reminders
from city_model.schema import Contact
from city_model.values import Source, Text
from tests.builders import UNKNOWN, assumed, city, component, district, function, need, organisation, source

DAY = dt.date(2026, 6, 1)
"""The sources of the builders are of 2026-01-01: due after a year."""


def dated(**fields: Any) -> Source:
    """Return the source that the builders name, with other dates."""
    return Source.model_validate({**source("fact").model_dump(), **fields})


HALL = component(
    "hall",
    kind="facility",
    organisation="town",
    description=Text(nl="x", en="x"),
    owner="facility manager",
    repair=60,
    mtd=60,
    district="centre",
    rto={"capable": {"value": "1h", "source": "fact"}},
    biv={"availability": 1, "integrity": 1, "confidentiality": 1, "reason": "x", "source": "fact"},
)
ALARM = component("alarm", kind="infrastructure", organisation="town", repair=assumed(60), mtd=UNKNOWN, needs=["hall"])
CITY = city(
    HALL, ALARM, district("centre"), organisation("town", sector="government"),
    component("line", kind="infrastructure", organisation="telecom", needs=[need("hall", source="guess")]),
    organisation("telecom", sector="telecom"), function("care", needs=["line"]),
)  # fmt: skip


def test_completeness_counts_filled_fields_and_names_the_missing() -> None:
    """Unknown is not filled; the hall has all seven, the alarm one of six, and the organisation has no contact."""
    town = next(part for part in quality(CITY, DAY, ()).organisations if part.id == "town")

    assert (town.completeness, town.missing) == (
        Share(8, 14),
        {
            "recovery": ("alarm",),
            "mtd.required": ("alarm",),
            "biv": ("alarm",),
            "owner": ("alarm",),
            "description": ("alarm",),
            "contacts": ("town",),
        },
    )


def test_confidence_counts_figures_and_needs_that_somebody_confirmed() -> None:
    """Of the hall's three all, of the alarm's three only its need: a guess and an unknown are none."""
    parts = {part.id: part.confidence for part in quality(CITY, DAY, ()).organisations}

    assert parts == {"town": Share(4, 6), "telecom": Share(0, 1), "testcity": Share(1, 1)}


def test_consistency_counts_components_that_contradict_nothing() -> None:
    """Only findings that are contradictions, and only the component that is at fault."""
    findings = [
        Finding("rto-above-mtd", "alarm", "high", "", ("alarm",)),
        Finding("no-figure", "hall", "low", "", ("hall",)),
    ]
    town = next(part for part in quality(CITY, DAY, findings).organisations if part.id == "town")

    assert town.consistency == Share(1, 2)


def test_sectors_and_the_whole_add_up() -> None:
    """What nobody owns counts in the whole only."""
    report = quality(CITY, DAY, ())

    assert ([(part.id, part.components) for part in report.sectors], report.whole.components) == (
        [("government", 2), ("telecom", 1)],
        4,
    )


def test_figures_fall_due_by_their_own_date_that_of_their_source_or_after_a_year() -> None:
    """On the day itself they are still fresh."""
    made = city(component("a", restart_lag=10, organisation="town"))
    sooner = city(dated(review_by="2026-05-31"), *made.components)
    days = [dt.date(2027, 1, 1), dt.date(2027, 1, 2)]

    assert [quality(made, day, ()).whole.freshness for day in days] == [Share(1, 1), Share(0, 1)]
    assert quality(sooner, DAY, ()).whole.overdue == (1, dt.date(2026, 5, 31))


def test_deadlines_are_those_that_passed_or_come_soon() -> None:
    """Contracts, certificates and reviews, the earliest first; reviews counted per organisation and day."""
    made = city(
        dated(review_by="2026-07-01"),
        component("a", restart_lag=10, backlog=50, organisation="town", contract_end="2026-05-01"),
        component("b", organisation="town", operator="host", contract_end="2027-05-01",
                  certificates=[{"name": "ISO 27001", "valid_until": "2026-08-01", "source": "fact"}]),
    )  # fmt: skip

    assert deadlines(made, DAY) == (
        Deadline(dt.date(2026, 5, 1), "contract", "town", "a", ""),
        Deadline(dt.date(2026, 7, 1), "review", "town", "town", "", 2),
        Deadline(dt.date(2026, 8, 1), "certificate", "host", "b", "ISO 27001"),
    )
    assert [(one.id, one.severity, one.what) for one in deadline_findings(made, dt.date(2026, 7, 15))] == [
        ("contract-ends:a", "medium", "the contract for a ended on 2026-05-01"),
        ("certificate-ends:b/ISO 27001", "low", "ISO 27001 of b is valid until 2026-08-01"),
        ("review-overdue:town", "low",
         "2 figures and needs of town were due for review, the first on 2026-07-01"),
    ]  # fmt: skip


def test_a_reminder_asks_a_partner_for_its_own_part_only() -> None:
    """What is due, what ends, what is missing; the other partner is not in it."""
    made = city(
        HALL.model_copy(update={"contract_end": dt.date(2026, 5, 1)}), district("centre"), organisation("town"),
        component("other", organisation="telecom", needs=["hall"]),
    )  # fmt: skip
    report = quality(made, dt.date(2027, 3, 1), ())
    letter = next(one for one in reminders(made, report) if one.organisation == "town").texts["en"]

    assert letter == (
        "Subject: the part of town in the chain map of testcity\n"
        "\n"
        "Dear colleague,\n"
        "\n"
        "The chain map of testcity shows 1 component of town.\n"
        "Others count on what it says. Will you look at it before 2027-03-29?\n"
        "\n"
        "- 3 figures were due for review, the first on 2027-01-01. Are they still right?\n"
        "- The contract for hall ended on 2026-05-01. What holds now?\n"
        "- Missing: whom we can call, by role, also at night.\n"
        "\n"
        "You do not know an answer? Then write: unknown. That helps too.\n"
        "With the questionnaire that comes with this letter you only need a spreadsheet program.\n"
        "\n"
        "Kind regards,\n"
        "the keeper of the chain map of testcity\n"
    )


def test_a_reminder_holds_what_the_partner_promised() -> None:
    """What is late is asked for, what is coming is told, what is done is not mentioned, nor what others do."""
    made = city(HALL, district("centre"), organisation("town"), organisation("host"))
    promised = tracked(
        [],
        [
            Action(
                finding="gap-rto:hall",
                what="test the generator",
                organisation=who,
                by="manager",
                until=until,
                done=done,
            )
            for who, until, done in (
                ("town", dt.date(2026, 5, 1), None),
                ("town", dt.date(2026, 7, 1), None),
                ("town", dt.date(2026, 4, 1), dt.date(2026, 4, 1)),
                ("host", dt.date(2026, 5, 1), None),
            )
        ],
        DAY,
    )
    letter = next(one for one in reminders(made, quality(made, DAY, ()), promised) if one.organisation == "town")

    assert [line for line in letter.texts["en"].splitlines() if "generator" in line] == [
        "- You would do this before 2026-05-01: test the generator. Is it done?",
        "- You do this before 2026-07-01: test the generator.",
    ]


def test_who_has_nothing_to_look_at_gets_no_letter() -> None:
    """A letter without a question is not read the next time."""
    town = organisation("town").model_copy(update={"contacts": (Contact(role=Text(nl="Piket", en="Duty")),)})
    made = city(HALL, district("centre"), town)

    assert reminders(made, quality(made, DAY, ())) == ()
