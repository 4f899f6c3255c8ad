"""One line of a back-test: what was seen, what the model says, and whether that is the same."""

from dataclasses import dataclass
from typing import NamedTuple


class Fact(NamedTuple):
    """A later fact, which the model was not given."""

    what: str
    seen: str
    predicted: str
    is_hit: bool | None
    """None: it follows from what the model was given, and counts for nothing."""
    remark: str = ""


@dataclass(frozen=True)
class BackTest:
    """An incident that happened, as a small model."""

    title: str
    sources: str
    given: tuple[str, ...]
    """The early facts that the model was calibrated on; everything else is an assumption that is named."""
    facts: tuple[Fact, ...]


def within(minutes: int, low: int, high: int) -> bool:
    """Return whether a moment lies in a span, both ends included."""
    return low <= minutes <= high


def length(minutes: int) -> str:
    """Return a length of time in words."""
    if minutes >= 4 * 1440:
        return f"{minutes / 1440:.0f} days"
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 120 else f"{minutes} min"
