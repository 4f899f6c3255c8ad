"""Running text below the tables of a page, never wider than the smallest terminal."""

import textwrap

from resilience.base.language import ngettext
from resilience.cli.diagnostics import one_line

WIDTH = 79
"""Columns: one less than the smallest terminal, so that a full line does not wrap."""
INDENT = "  "


def block(text: str, indent: str = "") -> str:
    """Return *text* as lines that fit, each after *indent*; words, such as addresses, are never broken."""
    lines = textwrap.wrap(
        one_line(text), WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return "\n".join(lines)


def more_words(number: int, option: str) -> str:
    """Return that *number* rows were left out, and which *option* shows them."""
    return ngettext(
        "… and {number} more; {option} shows it", "… and {number} more; {option} shows them", number, option=option
    )
