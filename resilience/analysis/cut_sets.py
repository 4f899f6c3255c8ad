"""Minimal cut sets: the smallest sets of components whose loss takes a city function away, of one or two components.

Read from the closure (no buffer, no fallback, no repair): a set is cut when the function sinks below a level, and
minimal when no part of it does that alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from resilience.analysis.impacts import Impacts

GONE = 1
"""Below this level nothing is left of a function."""


@dataclass(frozen=True)
class CutSets:
    """Of one function and one level."""

    function: int
    """Its place in the sweep."""
    below: int
    """The function counts as taken away when its level is lower than this, 1..100."""
    single: tuple[int, ...]
    """Components, by place, of which each is enough."""
    pairs: tuple[tuple[int, int], ...]
    """Pairs of which both are needed."""


def cut_sets(singles: Impacts, pairs: Impacts, below: Sequence[int]) -> tuple[CutSets, ...]:
    """Return the minimal cut sets of every function, given the closures and per function the level *below*."""
    return tuple(_of_function(singles, pairs, function, level) for function, level in enumerate(below))


def _of_function(singles: Impacts, pairs: Impacts, function: int, below: int) -> CutSets:
    def cut(impacts: Impacts) -> list[int]:
        levels = impacts.lowest[function :: impacts.functions]
        return [loss for loss in range(len(impacts)) if levels[loss] < below]

    alone = [singles.members_of(loss)[0] for loss in cut(singles)]
    enough = set(alone)
    found = []
    for loss in cut(pairs):
        first, second = pairs.members_of(loss)
        if first not in enough and second not in enough:
            found.append((min(first, second), max(first, second)))
    return CutSets(function, below, tuple(alone), tuple(sorted(found)))
