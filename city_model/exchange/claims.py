"""What a file says about the city, one claim for each thing: the common ground of every import.

A claim holds only what the file really says, as plain data; `defaults` are for a thing that is new. Whether a thing
is new was decided by matching, never here.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

Thing = Literal["component", "organisation"]


@dataclass
class Claim:
    """What one row or element says about one thing."""

    thing: Thing
    id: str
    place: str
    """Where the file says it, for people: a row or an element."""
    known: bool
    """Whether the thing is on the map already."""
    data: dict[str, Any] = field(default_factory=dict)
    """Fields as in a file of a city, without id and needs."""
    defaults: dict[str, Any] = field(default_factory=dict)
    needs: list[dict[str, Any]] = field(default_factory=list)
    only_if_named: bool = False
    """Whether it came along only because something else names it."""


@dataclass(frozen=True)
class Remark:
    """Something about the file that is worth knowing and stops nothing."""

    place: str
    what: str


@dataclass(frozen=True)
class RowFault:
    """Something in the file that cannot be taken, with how to mend it."""

    place: str
    column: str
    what: str
    repair: str


@dataclass
class Claims:
    """All that one file says."""

    source: dict[str, Any]
    """The source that the figures of the file name."""
    things: list[Claim] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    """What was read and passed over, in the words of the screen."""
