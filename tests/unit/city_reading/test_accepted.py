"""Findings that a role lives with until a day; after it they are open again."""

import datetime as dt
from dataclasses import replace

from city_model.accepted import AcceptedFile, faults_of, judged, without_finding
from city_model.actions import tracked, unassigned
from city_model.finding import Finding
from city_model.yaml_source import fit, read

TEXT = """\
accepted:
  - finding: rto-above-mtd:desk
    by: CISO
    on: 2026-01-01
    until: 2026-06-30
    why: replaced this summer
  - finding: provider-without-contact:*
    by: CISO
    on: 2026-01-01
    until: 2026-12-31
    why: numbers stand elsewhere
"""
RTO = Finding("rto-above-mtd", "desk", "high", "")
CONTACT = Finding("provider-without-contact", "grid-owner", "low", "")
OTHER = Finding("rto-above-mtd", "hall", "high", "")


def accepted(text: str = TEXT) -> tuple[AcceptedFile, list[str]]:
    """Return what *text* says and what is wrong with it."""
    document = read(text, "accepted.yaml").document
    assert document
    content, problems = fit(AcceptedFile, document)
    assert content, problems
    return content, [str(problem) for problem in faults_of(content, document)]


def test_an_acceptance_holds_from_its_first_day_to_its_last() -> None:
    """Before it and after it the finding is open; a star covers all findings of one check."""
    acceptances = accepted()[0].acceptances
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1)]

    assert [[one.status for one in judged([RTO, CONTACT, OTHER], acceptances, day)] for day in days] == [
        ["open", "open", "open"],
        ["accepted", "accepted", "open"],
        ["accepted", "accepted", "open"],
        ["expired", "accepted", "open"],
    ]


def test_one_decision_is_about_several_findings() -> None:
    """Each is accepted by itself, for the same reason, in the language of the reader."""
    text = """\
accepted:
  - findings: [rto-above-mtd:desk, rto-above-mtd:hall]
    by: CISO
    on: 2026-01-01
    until: 2026-12-31
    why: {nl: dat kan, en: that will do}
"""
    acceptances = accepted(text)[0].acceptances
    day = dt.date(2026, 2, 1)

    assert (
        [one.status for one in judged([RTO, OTHER, CONTACT], acceptances, day)],
        [item.finding for item in without_finding([OTHER], acceptances)],
        {str(item.why) for item in acceptances},
    ) == (["accepted", "accepted", "open"], ["rto-above-mtd:desk"], {"that will do"})


def test_who_accepted_stays_visible_after_it_expired() -> None:
    """So that somebody can be asked."""
    one = judged([RTO], accepted()[0].acceptances, dt.date(2027, 1, 1))[0]

    assert (one.status, one.acceptance and one.acceptance.by) == ("expired", "CISO")


def test_an_acceptance_of_nothing_is_told() -> None:
    """The finding is solved, or its place is gone."""
    assert [item.finding for item in without_finding([CONTACT], accepted()[0].acceptances)] == ["rto-above-mtd:desk"]


def test_what_cannot_be_meant_is_a_fault_with_its_line() -> None:
    """An unknown check, a check without a place, days in the wrong order, the same finding twice."""
    text = TEXT.replace("rto-above-mtd:desk", "rto-above-mdt:desk").replace("until: 2026-12-31", "until: 2025-12-31")
    text += "  - {finding: gap-mtd, by: CISO, on: 2026-01-01, until: 2026-02-01, why: x}\n"
    text += "  - {finding: 'provider-without-contact:*', by: FG, on: 2026-01-01, until: 2026-02-01, why: y}\n"

    assert [problem.partition(": did you")[0] for problem in accepted(text)[1]] == [
        "accepted.yaml:2:14: accepted#1.finding: there is no check 'rto-above-mdt'",
        "accepted.yaml:10:12: accepted#2.until: this ends before it begins: write a day after 2026-01-01",
        (
            "accepted.yaml:12:15: accepted#3.finding: this names a check and not a finding: "
            "write the id of a finding, or gap-mtd:* for all of them"
        ),
        (
            "accepted.yaml:13:15: accepted#4.finding: this finding stands here a second time (the first is number 2): "
            "keep one of the two"
        ),
    ]


ACTIONS = """\
actions:
  - {finding: "rto-above-mtd:desk", what: buy a second line, by: CISO, until: 2026-03-01}
  - {finding: "rto-above-mtd:hall", what: ask, organisation: host, by: CISO, until: 2026-02-01, done: 2026-01-20}
  - {finding: "provider-without-contact:*", what: ask for numbers, by: CISO, until: 2026-06-01}
"""


def test_actions_are_late_coming_or_done_with_what_is_still_found() -> None:
    """The late ones first; an action that is done while the check still finds it says so."""
    findings = [replace(RTO, organisation="town"), OTHER]
    followed = tracked(findings, accepted(ACTIONS)[0].actions, dt.date(2026, 3, 2))

    assert [(one.standing, one.organisation, [about.place for about in one.findings]) for one in followed] == [
        ("late", "town", ["desk"]),
        ("coming", None, []),
        ("done", "host", ["hall"]),
    ]


def test_a_finding_shows_the_action_that_is_ready_last() -> None:
    """Of one check or of one finding."""
    done = judged([RTO, OTHER, CONTACT], (), dt.date(2026, 1, 1), accepted(ACTIONS)[0].actions)

    assert [one.action.what if one.action else None for one in done] == ["buy a second line", "ask", "ask for numbers"]


def test_open_findings_without_an_action_are_counted_per_organisation() -> None:
    """Those with the most severe first; what is for information only asks for nothing."""
    contacts = [replace(CONTACT, place=place, organisation="grid") for place in "ab"]
    info = Finding("run-circle", "ring", "info", "", (), "town")
    found = unassigned([*contacts, replace(RTO, organisation="town"), info], ())

    assert [(one.organisation, list(one.counts.values())) for one in found] == [
        ("town", [1, 0, 0]),
        ("grid", [0, 0, 2]),
    ]


def test_an_action_names_a_check_that_exists() -> None:
    """With its place in the file."""
    faults = accepted("actions: [{finding: 'nothing:x', what: y, by: z, until: 2026-01-01}]")[1]

    assert [fault.partition("?")[0] for fault in faults] == [
        "accepted.yaml:1:21: actions#1.finding: there is no check 'nothing': did you mean nothing-needed",
    ]
