"""A measure is a change to the city with a price; what it changes must be there."""

from pathlib import Path

import pytest

from city_model.loader import load_city
from resilience.base.problems import InputError

CITY = """\
id: small
name: {nl: Klein, en: Small}
sources:
  - {id: talk, kind: interview, reference: talk, date: 2026-01-01, by: officer, confidence: one_sided}
functions:
  - id: care
    name: {nl: Zorg, en: Care}
    kind: function
    organisation: town
    needs:
      - {providers: [desk], kind: data, source: talk}
"""
TOWN = """\
organisation: {{id: town, name: {{nl: Stad, en: Town}}, sector: government, role: {{nl: a, en: b}}, source: talk}}
components:
  - {{id: desk, name: {{nl: Balie, en: Desk}}, kind: service}}
measures:
  - id: generator
    name: {{nl: Aggregaat, en: Generator}}
    cost_once: {{value: 40000, source: talk}}
    effects:
      - {{effect: supply, need: '{need}', minutes: 8h}}
"""


def folder(path: Path, need: str) -> str:
    """Write a small city whose measure supplies *need*; return its folder."""
    (path / "small").mkdir()
    (path / "small" / "city.yaml").write_text(CITY, encoding="utf-8")
    (path / "small" / "town.yaml").write_text(TOWN.format(need=need), encoding="utf-8")
    return str(path / "small")


def test_a_measure_belongs_to_the_organisation_of_its_file(tmp_path: Path) -> None:
    """Measures are part of the city, with their price and their owner."""
    found = load_city(folder(tmp_path, "care>desk")).measures

    assert [(one.id, one.organisation, one.cost_once.value if one.cost_once else None) for one in found] == [
        ("generator", "town", 40000)
    ]


def test_a_measure_that_changes_nothing_that_exists_is_refused(tmp_path: Path) -> None:
    """The fault names the place, the need that is not there, and one that is."""
    with pytest.raises(InputError) as caught:
        load_city(folder(tmp_path, "care>desc"))

    assert [
        (problem.line, "care>desc" in problem.what, "care>desk" in problem.repair) for problem in caught.value.problems
    ] == [(9, True, True)]
