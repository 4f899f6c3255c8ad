"""The page with the back-tests is what the models give."""

from benchmarks.backtests.__main__ import PAGE, page


def test_the_page_is_current() -> None:
    """Hits and misses stand there as the models say now."""
    assert page() == PAGE.read_text("utf-8")
