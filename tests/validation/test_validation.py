"""Every case of docs/validation.md, and that page itself."""

import pytest

from docs.write_validation import PAGE, page, row
from tests.validation.all_cases import CASES
from tests.validation.case import Case

MARKED = [pytest.param(case, marks=pytest.mark.full if case.is_slow else (), id=case.name) for case in CASES]


@pytest.mark.parametrize("case", MARKED)
def test_the_answer_is_that_of_the_literature(case: Case) -> None:
    """What users would compute lies within the tolerance of what was published, and is what docs/validation.md says."""
    found = list(case.compute())

    assert case.misses(found) == []
    assert row(case, found) in PAGE.read_text("utf-8").splitlines()


def test_the_page_holds_every_case_once_and_nothing_else() -> None:
    """docs/validation.md is what its command writes, a row for each case; what the rows say is tested above."""
    kept = PAGE.read_text("utf-8")
    rows = [line for case in CASES for line in kept.splitlines() if line.startswith(f"| {case.name} | {case.source} |")]

    assert kept == page(rows)
    assert len(rows) == len(CASES)
