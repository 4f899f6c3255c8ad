"""For the tests of the map: English messages, and a small city as texts."""

import pytest

from resilience.base.language import set_language
from tests.unit.city_model.small_city import SMALL


@pytest.fixture(autouse=True)
def english(own_environment: None) -> None:
    """Messages are asserted in English, the language that they are written in."""
    set_language("en")


@pytest.fixture
def small() -> dict[str, str]:
    """The texts of a city without faults that uses every kind of reference."""
    return dict(SMALL)
