"""Which needs matter for what is watched: the others carry nothing that anybody asks for, and are left out of the runs.

A part matters when it is watched, when an order may harm it (its work then depends on its level or its marks), or when
it provides to one that matters. What a repair needs matters wherever there may be a repair, because a team that waits
keeps others waiting.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from resilience.simulation.model import Model

_WORK = {"repair", "rebuild"}


def needs_that_matter(
    model: Model, providers: Sequence[Sequence[int]], start: Iterable[int], *, all_may_fail: bool
) -> set[int]:
    """Return the needs that lead to the parts of *start*, by the *providers* that each may come to have."""
    needs_of = defaultdict[int, list[int]](list)
    for need, group in enumerate(model.groups):
        needs_of[group.dependent].append(need)
    found = set[int]()
    if all_may_fail:
        found |= {need for need, group in enumerate(model.groups) if group.role in _WORK}
    known = {*start, *(part for need in found for part in providers[need])}
    stack = list(known)
    while stack:
        for need in needs_of[stack.pop()]:
            found.add(need)
            new = set(providers[need]) - known
            known |= new
            stack += new
    return found
