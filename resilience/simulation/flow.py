"""In which order levels can be computed: providers first, and the parts of one circle together (rule 9.4).

Outside circles the greatest solution then takes one look at each part that something changed for; only inside a
circle must everything that could rise be raised first.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """Who feeds whom with levels; all lists are indexed by the number of a part."""

    dependents: tuple[tuple[int, ...], ...]
    rank: tuple[int, ...]
    """A provider ranks below its dependents; parts of one circle share a rank."""
    circles: frozenset[int]
    """The ranks that are shared."""


def flow_of(dependents: Sequence[Sequence[int]]) -> Flow:
    """Return the order for parts that feed these *dependents*."""
    rank = [0] * len(dependents)
    circles = set()
    parts_in_order = _circles_first_to_last(dependents)
    for number, members in enumerate(parts_in_order):
        for part in members:
            rank[part] = number
        if len(members) > 1:
            circles.add(number)
    return Flow(tuple(tuple(row) for row in dependents), tuple(rank), frozenset(circles))


def _circles_first_to_last(dependents: Sequence[Sequence[int]]) -> list[list[int]]:  # noqa: C901 - one algorithm
    """Return the strongly connected components, providers before dependents (Tarjan, without recursion)."""
    count = len(dependents)
    number = [-1] * count
    low = [0] * count
    open_ = [False] * count
    stack: list[int] = []
    found: list[list[int]] = []
    next_number = 0
    for root in range(count):
        if number[root] != -1:
            continue
        number[root] = low[root] = next_number
        next_number += 1
        stack.append(root)
        open_[root] = True
        path = [(root, iter(dependents[root]))]
        while path:
            part, rest = path[-1]
            for dependent in rest:
                if number[dependent] == -1:
                    number[dependent] = low[dependent] = next_number
                    next_number += 1
                    stack.append(dependent)
                    open_[dependent] = True
                    path.append((dependent, iter(dependents[dependent])))
                    break
                if open_[dependent]:
                    low[part] = min(low[part], number[dependent])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[part])
                if low[part] == number[part]:
                    members = []
                    while True:
                        member = stack.pop()
                        open_[member] = False
                        members.append(member)
                        if member == part:
                            break
                    found.append(members)
    found.reverse()
    return found
