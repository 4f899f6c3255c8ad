"""For the tests of the exchange: English messages, and the folder with the small files in each dialect."""

from pathlib import Path

import pytest

from resilience.base.language import set_language


@pytest.fixture(autouse=True)
def english(own_environment: None) -> None:
    """Messages are asserted in English, the language that they are written in."""
    set_language("en")


@pytest.fixture
def samples() -> Path:
    """The folder with the files that others could have written."""
    return Path(__file__).parents[2] / "data" / "exchange"
