"""The shipped maps are in order: whatever their checks find is explained, by a role, until a day."""

import datetime as dt
from functools import cache

import pytest

from city_model.accepted import Judged, judged, without_finding
from city_model.deadlines import deadline_findings
from city_model.finding import Finding
from city_model.loader import load_acceptances, load_city
from resilience.analysis.findings import lint_findings

DAY = dt.date(2026, 12, 1)
LATER = dt.date(2028, 1, 1)
CITIES = ("nl", "utrecht", "enschede", "provincie-utrecht")
"""What the region consists of; what is found in these is found in it too."""


@cache
def findings(name: str) -> tuple[Finding, ...]:
    """Return all that lint finds without looking at dates."""
    return lint_findings(load_city(name))


def decided(name: str, on: dt.date) -> tuple[Judged, ...]:
    """Return what `city lint` lists, as seen on the day *on*."""
    listed = (*findings(name), *deadline_findings(load_city(name), on))
    return judged(listed, load_acceptances(name), on)


@pytest.mark.parametrize("name", ["regio", *(pytest.param(name, marks=pytest.mark.full) for name in CITIES)])
def test_no_finding_of_a_shipped_map_is_open(name: str) -> None:
    """The map is mended, or somebody said why the finding stays."""
    assert [one.finding.id for one in decided(name, DAY) if one.status != "accepted"] == []


def test_nothing_is_accepted_that_is_not_found() -> None:
    """So that the files do not grow old."""
    assert {
        name: without_finding(findings("regio"), load_acceptances(name, own=True)) for name in CITIES
    } == dict.fromkeys(CITIES, ())


def test_an_acceptance_that_ended_brings_its_finding_back() -> None:
    """Every one of them ends."""
    still_found = {one.id for one in findings("regio")}

    assert {one.status for one in decided("regio", LATER) if one.finding.id in still_found} == {"expired"}


def test_reasons_stand_in_both_languages_and_name_a_role() -> None:
    """Whoever reads the map understands why; nobody else's name is used for it."""
    accepted = [one for name in CITIES for one in load_acceptances(name, own=True)]

    assert {(one.by, isinstance(one.why, str)) for one in accepted} == {("Beheerder van deze voorbeeldkaart", False)}
