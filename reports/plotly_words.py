"""Words as plotly shows them: escaped, and broken over lines by hand, because its labels do not wrap."""

import html
import textwrap


def escaped(words: str) -> str:
    """Return *words* so that plotly shows them as they are, whatever tags they seem to hold."""
    return html.escape(words, quote=False)


def wrapped(words: str, width: int, most_lines: int) -> str:
    """Return *words* escaped over at most *most_lines* lines of *width* characters; what does not fit is cut off."""
    short = " ".join(_hyphenated(word, width) for word in words.split())
    lines = textwrap.wrap(short, width=width, max_lines=most_lines, placeholder="…", break_on_hyphens=True)
    return "<br>".join(escaped(line) for line in lines)


def _hyphenated(word: str, width: int) -> str:
    """Return *word* with hyphens where it must be broken because it is longer than a line."""
    if len(word) <= width:
        return word
    return f"{word[: width - 1]}- {_hyphenated(word[width - 1 :], width)}"
