"""Every case of docs/validation.md, and that page itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.validation.all_cases import CASES
from tests.validation.case import Case

ROOT = Path(__file__).parents[2]
MARKED = [pytest.param(case, marks=pytest.mark.full if case.is_slow else (), id=case.name) for case in CASES]


@pytest.mark.parametrize("case", MARKED)
def test_the_answer_is_that_of_the_literature(case: Case) -> None:
    """What the program computes through the code that users call lies within the tolerance of what was published."""
    assert case.misses(case.compute()) == []


@pytest.mark.full
def test_the_page_is_what_the_cases_give() -> None:
    """docs/validation.md is written by a command from these very cases, and is current."""
    command = [sys.executable, "-m", "docs.write_validation", "--print"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert shown == (ROOT / "docs/validation.md").read_text("utf-8")
