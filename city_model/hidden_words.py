"""The words that would give away what is hidden, and where they stand in a text."""

import re
from collections.abc import Iterable
from typing import Final

SHORTEST_PART: Final = 3
"""Letters of a part of a name that is looked for by itself."""
LONGEST_EXACT: Final = 4
"""Parts with more letters are found as the beginning of a word too, as in a compound or a plural."""
_PARTS: Final = re.compile(r"\w+")
_NOTHING: Final = "(?!)"


def whole_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds *words* where they stand by themselves; without words it finds nothing."""
    return re.compile(_alternatives(words), re.IGNORECASE)


def telling_words(words: Iterable[str], names: Iterable[str], ordinary: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds *words*, and the parts of *names* that nothing visible is called by.

    "Stedin" gives away "Stedin Netbeheer", also in "Stedinmonteur"; "Utrecht" does not give away "Bank Utrecht" while
    *ordinary*, the names that may be seen, hold it too.
    """
    known = set(_parts(ordinary))
    parts = sorted(
        {part for part in _parts(names) if len(part) >= SHORTEST_PART and not part.isdecimal() and part not in known}
    )
    openings = [r"(?<!\w)" + re.escape(part) + (r"\w*" if len(part) > LONGEST_EXACT else r"(?!\w)") for part in parts]
    return re.compile("|".join([_alternatives(words), *openings]), re.IGNORECASE)


def _alternatives(words: Iterable[str]) -> str:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    found = "|".join(map(re.escape, longest_first)) or _NOTHING
    return rf"(?<!\w)(?:{found})(?!\w)"


def _parts(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield from (part.lower() for part in _PARTS.findall(text))
