"""For the tests of reading a map: English messages."""

import pytest

from resilience.base.language import set_language


@pytest.fixture(autouse=True)
def english(own_environment: None) -> None:
    """Messages are asserted in English, the language that they are written in."""
    set_language("en")
