"""Incidents that happened, calibrated on what was known early, beside what happened later.

Run: python -m benchmarks.backtests [--write]     the second writes docs/reference/back-tests.md
"""
# ruff: noqa: E501 - the lines of a page

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.backtests import aws, hof_van_twente, kpn
from benchmarks.backtests.fact import BackTest

PAGE = Path(__file__).parents[2] / "docs/reference/back-tests.md"
HEAD = """\
# Back-tests

Three incidents that happened, each as a small model that was given only what was known early. What came later stands beside what the model says; misses are shown as plainly as hits. Made with `python -m benchmarks.backtests --write`; a test says that this page is current. The models are in `benchmarks/backtests`.
"""


def lines(test: BackTest) -> Iterator[str]:
    """Yield the chapter of one incident."""
    marks = {True: "hit", False: "MISS", None: "given"}
    hits = sum(fact.is_hit is True for fact in test.facts)
    found = sum(fact.is_hit is not None for fact in test.facts)
    yield f"## {test.title}"
    yield ""
    yield f"Sources: {test.sources}. **{hits} of {found}** later facts are met."
    yield ""
    yield "Given to the model:"
    yield ""
    yield from (f"- {given}" for given in test.given)
    yield ""
    yield "| Later fact | Seen | The model says | | Remark |"
    yield "|---|---|---|---|---|"
    for fact in test.facts:
        yield f"| {fact.what} | {fact.seen} | {fact.predicted} | {marks[fact.is_hit]} | {fact.remark} |"


def page() -> str:
    """Return the whole page."""
    chapters = ["\n".join(lines(module.backtest())) for module in (kpn, hof_van_twente, aws)]
    return "\n".join([HEAD, "\n\n".join(chapters)]) + "\n"


def main() -> None:
    """Print the page, or write it."""
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())


if __name__ == "__main__":
    main()
