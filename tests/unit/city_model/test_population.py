"""A city that grows: residents per year, and the map counted for another year."""

import pytest

from city_model.population import in_year, residents_in
from city_model.schema import City, Population
from resilience.base.problems import InputError
from tests.builders import city, component, district, function


def growing() -> City:
    """Return a city of 1000 in 2020, 1100 in 2026 (the year of its sources) and perhaps 1500 in 2030."""
    made = city(
        function("care", needs=["desk"], residents=1100),
        component("desk", residents=550, vulnerable={"value": 11, "source": "guess"}),
        district("centre"),
    )
    said = [(2020, 1000, "fact"), (2026, 1100, "fact"), (2030, 1500, "guess")]
    population = tuple(
        Population.model_validate({"year": year, "residents": {"value": value, "source": source}})
        for year, value, source in said
    )
    return made.model_copy(update={"population": population})


def test_a_year_between_two_lies_on_the_line_between_them() -> None:
    """A stated year keeps its figure; what lies between is computed, and as sure as the weakest of both."""
    found = {year: residents_in(growing(), year) for year in (2020, 2023, 2026, 2029, 2030)}

    assert found == {
        2020: (1000, "confirmed"),
        2023: (1050, "derived"),
        2026: (1100, "confirmed"),
        2029: (1400, "assumed"),
        2030: (1500, "assumed"),
    }


def test_residents_grow_with_the_city_and_are_no_surer_than_its_growth() -> None:
    """Residents and the vulnerable among them in proportion; everything else stays."""
    then = in_year(growing(), 2030).component_by_id
    figures = [then["care"].residents, then["desk"].residents, then["desk"].vulnerable]

    assert [(one.value, one.confidence) for one in figures if one] == [
        (1500, "assumed"), (750, "assumed"), (15, "assumed"),
    ]  # fmt: skip
    assert in_year(growing(), 2026).component_by_id["desk"].residents != then["desk"].residents


@pytest.mark.parametrize("year", [2019, 2031])
def test_outside_the_years_of_the_map_nothing_is_guessed(year: int) -> None:
    """The refusal says which years there are."""
    with pytest.raises(InputError, match="give a year from 2020 to 2030"):
        residents_in(growing(), year)
