"""What many losses do to the city functions, in rows of whole numbers: compact enough for every pair of a city."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Impacts:
    """Per loss who is lost, and per loss and function what is lost of it and how low it gets.

    Components and functions go by their place in the sweep. *lost* is in per cent-minutes, or in points of level where
    there is no time; residents are not counted in.
    """

    order: int
    """How many components are lost together."""
    functions: int
    members: "array[int]" = field(default_factory=lambda: array("l"))
    lost: "array[int]" = field(default_factory=lambda: array("q"))
    lowest: "array[int]" = field(default_factory=lambda: array("b"))

    def __len__(self) -> int:
        """Return how many losses are worked out."""
        return len(self.members) // self.order

    def add(self, members: Iterable[int], lost: Iterable[int], lowest: Iterable[int]) -> None:
        """Add whole rows of losses."""
        for row, more in ((self.members, members), (self.lost, lost), (self.lowest, lowest)):
            row.extend(iter(more))  # an array takes no array of another kind

    def members_of(self, loss: int) -> tuple[int, ...]:
        """Return the components that are lost."""
        return tuple(self.members[loss * self.order : (loss + 1) * self.order])

    def lost_of(self, loss: int) -> Sequence[int]:
        """Return what is lost of every function."""
        return self.lost[loss * self.functions : (loss + 1) * self.functions]

    def lowest_of(self, loss: int) -> Sequence[int]:
        """Return the lowest level of every function."""
        return self.lowest[loss * self.functions : (loss + 1) * self.functions]

    def totals(self, residents: Sequence[int]) -> list[int]:
        """Return per loss what all functions lose together, times the residents of each."""
        return [
            sum(weight * lost for weight, lost in zip(residents, self.lost_of(loss), strict=True))
            for loss in range(len(self))
        ]


def extra(single: Impacts, pairs: Impacts, pair: int) -> list[int]:
    """Return per function how much more a pair loses together than its two components alone; negative: less."""
    first, second = pairs.members_of(pair)
    rows = zip(pairs.lost_of(pair), single.lost_of(first), single.lost_of(second), strict=True)
    return [together - one - other for together, one, other in rows]


def pairs_of(number: int) -> Iterator[tuple[int, int]]:
    """Yield every pair of *number* things, by place."""
    for first in range(number):
        for second in range(first + 1, number):
            yield first, second
