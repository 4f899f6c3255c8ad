"""The written reference of the commands."""

import pytest

from resilience.base.language import LANGUAGES, Language
from resilience.cli.main import COMMANDS
from resilience.cli.reference import page, reference
from tests.packaging.project import ROOT


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_is_current(language: Language) -> None:
    """The page in docs says what --help says; after changing a command, run `make docs`."""
    assert page(ROOT / "docs" / "reference", language).read_text(encoding="utf-8") == reference(language)


def test_reference_has_a_chapter_for_every_command() -> None:
    """No command of the table is left out."""
    chapters = [line.removeprefix("### resilience ") for line in reference("nl").splitlines() if line[:4] == "### "]

    assert chapters == list(COMMANDS)
