"""Writes docs/validation.md from the cases in tests/validation, computed anew: python -m docs.write_validation."""
# ruff: noqa: INP001, E501 - a script beside the documents, not a package; its lines are those of the page

from collections.abc import Sequence
from pathlib import Path

from tests.validation.all_cases import CASES
from tests.validation.case import Case

PAGE = Path(__file__).parent / "validation.md"
HEAD = """\
# Validation

What this program computes beside what was published or follows from theory. Each row runs through the code that users call; a formula written for a test is no validation. Written by `python -m docs.write_validation` from `tests/validation`; a test says that this page is current, and the same numbers come out on every machine.

| Case | Source | Through | Expected | Computed | Tolerance |
|---|---|---|---|---|---|
"""
TAIL = """
Beside these, on generated cities: a slow reference that steps through every minute (`tests/reference_engine.py`), the fail-only oracle (without repair the minutes of failure follow from an order statistic in a shortest-path search, `tests/property/test_fail_only.py`), and the two engines against each other (`tests/property/test_batch.py`).

## What cannot be expressed, and why

| Case | Why not |
|---|---|
| Two coupled random networks (Buldyrev et al. 2010) | A node must belong to the giant component of what is left: a property of the whole network. Needs here look at providers, not at connectedness. |
| Inoperability inside the engine | The engine takes the worst need, the input-output model adds losses up. It has a command of its own. |
| Fault trees with cut sets of order 3 and more (Baobab, CEA9601, das9201, …) | The sweep answers for losses of one and two components; larger sets are counted by special programs. |
| Lift, three motor and HIPPS trees | Their logic is not printed with their numbers; copying the files is a matter of their licence. |
| Mean wait in the repair queue | Many runs keep no waits. It is tested on traces (`tests/unit/simulation/test_published_cases.py`). |
| FDNA with several feeders | The original takes the mean of the strength terms, the engine the weakest need, so that losing one of many is felt. |
| Supply-side inoperability (Xu et al. 2011) | It starts from money flows in a table of their own; the command starts from shares. |
| Recovery times that follow a normal or lognormal curve | Durations are fixed, triangular, exponential or observed, so that every machine draws the same. |
"""


def numbers(values: Sequence[float]) -> str:
    """Return numbers as text, six significant digits."""
    return ", ".join(f"{value:.6g}" for value in values)


def row(case: Case, found: Sequence[float]) -> str:
    """Return the row of a case that came out as *found*."""
    tolerance = f"{case.tolerance:.2g}: " if case.tolerance else ""
    cells = (case.name, case.source, case.through, numbers(case.expected), numbers(found), tolerance + case.why)
    return f"| {' | '.join(cells)} |"


def page(rows: Sequence[str]) -> str:
    """Return the page with these *rows*."""
    return HEAD + "\n".join(rows) + "\n" + TAIL


def main() -> None:
    """Compute every case and write the page."""
    PAGE.write_text(page([row(case, list(case.compute())) for case in CASES]), encoding="utf-8")


if __name__ == "__main__":
    main()
