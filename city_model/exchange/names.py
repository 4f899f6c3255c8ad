"""Ids for what comes in: readable, stable, never twice, and with the id that another system uses kept beside them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

EXTERNAL = "ext-"
"""Starts the tag that keeps the id of another system, so that the next import finds the same component."""
LONGEST = 60
LONGEST_TAG = 80
_APART = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d"})


def slug(text: str, longest: int = LONGEST) -> str:
    """Return *text* as an id: small letters without accents, digits and hyphens; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _APART.sub("-", plain).strip("-")[:longest].strip("-")


def digest(text: str) -> str:
    """Return six characters that stand for *text*."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:6]


def external_tag(name: str, system: str = "") -> str:
    """Return the tag for the id *name* of another *system*: different ids, different tags; capitals do not count."""
    start = f"{EXTERNAL}{system}-" if system else EXTERNAL
    folded = name.strip().casefold()
    short = slug(folded, LONGEST_TAG - len(start) - 7)
    if short and short == folded:
        return f"{start}{short}"
    return "-".join(filter(None, [start.rstrip("-"), short, digest(folded)]))


class Names:
    """Gives out ids that nobody has yet."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def take(self, name: str) -> None:
        """Keep *name* from being given out."""
        self._taken.add(name)

    def fresh(self, text: str, otherwise: str) -> str:
        """Return an id after *text*, or after *otherwise* where *text* has no letters; a number makes it unique."""
        wanted = slug(text) or slug(otherwise) or f"onderdeel-{digest(otherwise)}"
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name


def same_name(text: str) -> str:
    """Return *text* as it is compared with other names: capitals, accents and spaces do not count."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(character for character in plain if not unicodedata.combining(character)).split())
