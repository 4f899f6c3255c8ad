"""The best choice under a budget where effects add up: the 0/1 knapsack problem, solved exactly.

Branch and bound over items by value per euro. The bound fills the rest of the budget with the next items, the last one
in part: no choice can do better, so a branch that does not beat the best so far by that is left alone. Whole numbers
only, so the answer does not depend on rounding.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Priced(NamedTuple):
    """Something that can be chosen; *value* and *cost* are whole numbers of at least 0."""

    id: str
    cost: int
    value: int


def best_portfolio(items: Iterable[Priced], budget: int) -> tuple[str, ...]:
    """Return the ids, in their order, of the choice of most value that costs at most *budget*.

    Of choices of equal value the cheapest. What is worth nothing is never chosen.
    """
    every = list(items)
    free = [item for item in every if item.value > 0 and item.cost == 0]
    priced = [item for item in every if item.value > 0 and 0 < item.cost <= budget]
    priced.sort(key=lambda item: (-item.value / item.cost, item.cost, item.id))
    chosen = {item.id for item in (*free, *_search(priced, budget))}
    return tuple(item.id for item in every if item.id in chosen)


def _search(items: list[Priced], budget: int) -> tuple[Priced, ...]:
    best: tuple[int, int, tuple[Priced, ...]] = (0, 0, ())
    stack: list[tuple[int, int, int, tuple[Priced, ...]]] = [(0, 0, 0, ())]
    while stack:
        place, value, cost, taken = stack.pop()
        if (value, -cost) > (best[0], -best[1]):
            best = (value, cost, taken)
        if place == len(items) or not _can_beat(items, place, value, budget - cost, best[0]):
            continue
        item = items[place]
        stack.append((place + 1, value, cost, taken))
        if cost + item.cost <= budget:
            stack.append((place + 1, value + item.value, cost + item.cost, (*taken, item)))
    return best[2]


def _can_beat(items: list[Priced], place: int, value: int, room: int, best: int) -> bool:
    """Return whether what is left from *place* on can bring *value* to *best*: equal value may still be cheaper."""
    for item in items[place:]:
        if item.cost > room:
            return (value - best) * item.cost + item.value * room >= 0
        value += item.value
        room -= item.cost
    return value >= best
