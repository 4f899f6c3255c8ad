"""A published or closed-form answer, and how this program comes to its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Numbers = Sequence[float]


@dataclass(frozen=True)
class Case:
    """One row of docs/validation.md."""

    name: str
    source: str
    through: str
    """Which code that users call computes it."""
    expected: tuple[float, ...]
    tolerance: float
    """The largest difference of any number; for samples four standard errors."""
    compute: Callable[[], Numbers]
    why: str = ""
    """Where the tolerance comes from."""
    is_slow: bool = False

    def misses(self, found: Numbers) -> list[tuple[float, float]]:
        """Return the pairs (expected, found) that differ by more than the tolerance."""
        pairs = list(zip(self.expected, found, strict=True))
        return [(one, other) for one, other in pairs if abs(one - other) > self.tolerance]
