"""Reports are compared in English here, whatever the catalogue says."""

import pytest

from resilience.base.language import set_language


@pytest.fixture(autouse=True)
def in_english(own_environment: None) -> None:
    """Show English."""
    set_language("en")
