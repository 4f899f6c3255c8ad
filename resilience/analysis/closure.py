"""What falls when components are lost and nothing holds it up: no time, no buffer, no fallback, no repair.

This is the greatest fixed point of rule 9.1 with the lost components at 0 and every buffer empty. Losing more only
lowers it, so a second loss goes on from the closure of the first, and is undone to try the next.

Everything is a flat row of whole numbers and the loops touch nothing else, so that they can be compiled as they are.
"""

from typing import NamedTuple

from resilience.simulation.model import Model


class Chain(NamedTuple):
    """The needs by which levels sink, numbered as parts and groups of the model."""

    feed_from: list[int]
    """Per part where its row in *feeds* begins; one more at the end."""
    feeds: list[int]
    """Part after part the groups that it is a provider of."""
    provider_from: list[int]
    """Per group where its row in *providers* and *shares* begins; one more at the end."""
    providers: list[int]
    shares: list[int]
    at_least: list[int]
    """Per group; 0 where it has shares."""
    dependent: list[int]
    strength: list[int]
    criticality: list[int]


def chain_of(model: Model) -> Chain:
    """Return the needs for running of *model*; those of fallbacks, restarts and repairs carry nothing here."""
    groups = [group for group in model.groups if group.role == "level"]
    fed: list[list[int]] = [[] for _part in model.parts]
    chain = Chain([0], [], [0], [], [], [], [], [], [])
    for number, group in enumerate(groups):
        for provider in group.providers:
            fed[provider].append(number)
        chain.providers.extend(group.providers)
        chain.shares.extend(group.shares or [0] * len(group.providers))
        chain.provider_from.append(len(chain.providers))
        chain.at_least.append(0 if group.shares else group.at_least)
        chain.dependent.append(group.dependent)
        chain.strength.append(group.strength)
        chain.criticality.append(group.criticality)
    for row in fed:
        chain.feeds.extend(row)
        chain.feed_from.append(len(chain.feeds))
    return chain


def closure(chain: Chain, lost: tuple[int, ...]) -> list[int]:
    """Return the level of every part when the parts in *lost* are gone."""
    level = [100] * (len(chain.feed_from) - 1)
    undo: list[int] = []
    for part in lost:
        lose(chain, level, part, undo)
    return level


def single_levels(chain: Chain, failing: list[int], watch: list[int]) -> list[int]:
    """Return the level of each part in *watch* for the loss of each of *failing* alone, loss by loss."""
    level = [100] * (len(chain.feed_from) - 1)
    return _levels_of(chain, level, failing, watch)


def pair_levels(chain: Chain, first: int, others: list[int], watch: list[int]) -> list[int]:
    """Return the level of each part in *watch* for the loss of *first* together with each of *others*."""
    return _levels_of(chain, closure(chain, (first,)), others, watch)


def lose(chain: Chain, level: list[int], part: int, undo: list[int]) -> None:
    """Take *part* away and let *level* sink to its fixed point; *undo* gets each part that sank and its level before.

    Only what sank is looked at again, so the cost is that of the cascade and not of the city.
    """
    feed_from, feeds, dependent = chain.feed_from, chain.feeds, chain.dependent
    if level[part] == 0:
        return
    undo += (part, level[part])
    level[part] = 0
    sunk = [part]
    done = 0
    while done < len(sunk):
        provider = sunk[done]
        done += 1
        for place in range(feed_from[provider], feed_from[provider + 1]):
            group = feeds[place]
            left = _group_level(chain, level, group)
            felt_by = dependent[group]
            if left < level[felt_by]:
                undo += (felt_by, level[felt_by])
                level[felt_by] = left
                sunk.append(felt_by)


def take_back(level: list[int], undo: list[int]) -> None:
    """Put back into *level* what *undo* holds, the last change first; *undo* is empty then."""
    while undo:
        before = undo.pop()
        level[undo.pop()] = before


def _levels_of(chain: Chain, level: list[int], failing: list[int], watch: list[int]) -> list[int]:
    found: list[int] = []
    undo: list[int] = []
    for part in failing:
        lose(chain, level, part, undo)
        for watched in watch:
            found.append(level[watched])  # noqa: PERF401 - a plain loop, which compiles
        take_back(level, undo)
    return found


def _group_level(chain: Chain, level: list[int], group: int) -> int:
    """Return what the dependent feels of one need whose buffer is empty (rules 3.1 to 3.4)."""
    loss = 100 - _offer(chain, level, group)
    felt = chain.strength[group] * loss // 100
    beyond = loss - chain.criticality[group]
    return 100 - max(felt, beyond, 0)


def _offer(chain: Chain, level: list[int], group: int) -> int:
    """Return the k-th highest level of the providers of *group*, or the sum of their shares."""
    start, end = chain.provider_from[group], chain.provider_from[group + 1]
    wanted = chain.at_least[group]
    if wanted == 0:
        carried = 0
        for place in range(start, end):
            carried += chain.shares[place] * level[chain.providers[place]]
        return min(100, -(-carried // 100))
    if wanted == end - start:
        lowest = 100
        for place in range(start, end):
            lowest = min(lowest, level[chain.providers[place]])
        return lowest
    # The k-th highest is the highest level that at least k of them reach.
    found = 0
    for place in range(start, end):
        candidate = level[chain.providers[place]]
        if candidate > found:
            reaching = 0
            for other in range(start, end):
                if level[chain.providers[other]] >= candidate:
                    reaching += 1
            if reaching >= wanted:
                found = candidate
    return found
