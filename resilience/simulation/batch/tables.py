"""The arrays of the batch engine: what the city and the orders say, and where one run stands.

Every field is a flat array of whole numbers (numpy where the engine is compiled, a list where it is not); rows and
places in a row stand in layout.py. They are few on purpose: each one makes every compiled function longer to compile.
"""

from typing import Any, NamedTuple, Protocol


class Array(Protocol):
    """A flat array of whole numbers."""

    def __getitem__(self, place: int, /) -> int: ...
    def __setitem__(self, place: int, number: int, /) -> None: ...
    def __len__(self) -> int: ...


class Tables(NamedTuple):
    """What does not change within a run."""

    part: Array
    need: Array
    rows: Array
    """Providers, then their shares, then whether they are there from the start; then lists and tables."""
    key: Array
    """Unsigned keys of subjects: parts, slots, paths, outbreaks, figures (rule 13.1)."""
    n: Array
    """How many there are of each, and where each table begins."""


class State(NamedTuple):
    """Where one run stands; put back to the start by what it touched."""

    level: Array
    offer: Array
    """Per need what its providers offer now,"""
    felt: Array
    """and what its dependent feels of that;"""
    lacking: Array
    """how many of its providers are below 100, plus 2^16 times how many of them are at 0."""
    standing: Array
    charged: Array
    damaged: Array
    on: Array
    """Per provider of a need whether it is one now; then its share."""
    due: Array
    """Per timer the minute at which it is due, -1 for never."""
    heap: Array
    queue: Array
    """Who must be looked at, as bits of 64-bit words; then a bit for each word that is not 0."""
    lists: Array
    n: Array
    at: Array
    """Where the lists begin, and what else does not change while it runs."""
    luck: Array


class Out(NamedTuple):
    """What many runs came to."""

    measures: Any
    levels: Any
