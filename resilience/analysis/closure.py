"""What falls when components are lost and nothing holds it up: no time, no buffer, no fallback, no repair.

This is the greatest fixed point of rule 9.1 with the lost components at 0 and every buffer empty. Losing more only
lowers it, so a second loss goes on from the closure of the first, and is undone to try the next.

Everything is a flat row of whole numbers, and the loops are compiled where numba is there.
"""

from collections.abc import Sequence
from typing import NamedTuple

from resilience.simulation.batch.bundle import handle, opener
from resilience.simulation.batch.compiled import blank, compiled, entry, numbers
from resilience.simulation.batch.tables import Array
from resilience.simulation.model import Model

UNCHANGED = -1


class Chain(NamedTuple):
    """The needs by which levels sink, numbered as parts and groups of the model."""

    feed_from: Array
    """Per part where its row in *feeds* begins; one more at the end."""
    feeds: Array
    """Part after part the groups that it is a provider of."""
    provider_from: Array
    """Per group where its row in *providers* and *shares* begins; one more at the end."""
    providers: Array
    shares: Array
    at_least: Array
    """Per group; 0 where it has shares."""
    dependent: Array
    strength: Array
    criticality: Array


class Sunk(NamedTuple):
    """Where the levels are, and what is needed to undo the last loss."""

    level: Array
    before: Array
    """Per part its level before the loss, UNCHANGED when it did not sink."""
    changed: Array
    """The parts that sank."""
    queue: Array
    """A ring of the parts whose dependents must be looked at; each is in it at most once."""
    queued: Array


class Losses(NamedTuple):
    """What is lost, and of what the level is asked."""

    given: Array
    """These are all gone."""
    failing: Array
    """With them each of these, one by one."""
    watch: Array
    counts: Array
    """How many parts there are, and how many of each of these; an array is never empty."""


open_chain, open_sunk, open_losses = opener(Chain), opener(Sunk), opener(Losses)


def chain_of(model: Model) -> Chain:
    """Return the needs for running of *model*; those of fallbacks, restarts and repairs carry nothing here."""
    groups = [group for group in model.groups if group.role == "level"]
    fed: list[list[int]] = [[] for _part in model.parts]
    providers, shares, provider_from = list[int](), list[int](), [0]
    for number, group in enumerate(groups):
        for provider in group.providers:
            fed[provider].append(number)
        providers.extend(group.providers)
        shares.extend(group.shares or [0] * len(group.providers))
        provider_from.append(len(providers))
    feed_from = [0]
    for row in fed:
        feed_from.append(feed_from[-1] + len(row))
    return Chain(
        numbers(feed_from), numbers([number for row in fed for number in row]),
        numbers(provider_from), numbers(providers), numbers(shares),
        numbers([0 if group.shares else group.at_least for group in groups]),
        numbers([group.dependent for group in groups]), numbers([group.strength for group in groups]),
        numbers([group.criticality for group in groups]),
    )  # fmt: skip


def closure(chain: Chain, lost: Sequence[int]) -> Sequence[int]:
    """Return the level of every part when the parts in *lost* are gone."""
    return _levels(chain, lost, (lost[0],) if lost else (), range(len(chain.feed_from) - 1))


def single_levels(chain: Chain, failing: Sequence[int], watch: Sequence[int]) -> Sequence[int]:
    """Return the level of each part in *watch* for the loss of each of *failing* alone, loss by loss."""
    return _levels(chain, (), failing, watch)


def pair_levels(chain: Chain, first: int, others: Sequence[int], watch: Sequence[int]) -> Sequence[int]:
    """Return the level of each part in *watch* for the loss of *first* together with each of *others*."""
    return _levels(chain, (first,), others, watch)


def _levels(chain: Chain, given: Sequence[int], failing: Sequence[int], watch: Sequence[int]) -> Sequence[int]:
    """Return the levels of *watch* for the loss of all of *given* together with each of *failing*."""
    parts = len(chain.feed_from) - 1
    sunk = Sunk(blank(parts, 100), blank(parts, UNCHANGED), blank(parts), blank(parts), blank(parts))
    cells = len(failing) * len(watch)
    found = blank(cells, 100, bits=8)
    counts = numbers([parts, len(given), len(failing), len(watch)])
    asked = Losses(numbers(given), numbers(failing), numbers(watch), counts)
    _lose_each(handle(chain), handle(sunk), handle(asked), found)
    return found[:cells]  # type: ignore[no-any-return] # a list or an array of numpy


@entry
def _lose_each(chain: Chain, sunk: Sunk, asked: Losses, found: Array) -> None:
    c, s, a = open_chain(chain), open_sunk(sunk), open_losses(asked)
    parts, given, failing, watched = a.counts[0], a.counts[1], a.counts[2], a.counts[3]
    for number in range(given):
        for place in range(_lose(c, s, a.given[number], parts)):
            s.before[s.changed[place]] = UNCHANGED  # the next losses go on from here
    for number in range(failing):
        count = _lose(c, s, a.failing[number], parts)
        for place in range(watched):
            found[number * watched + place] = s.level[a.watch[place]]
        for place in range(count):
            part = s.changed[place]
            s.level[part], s.before[part] = s.before[part], UNCHANGED


@compiled
def _lose(c: Chain, s: Sunk, part: int, parts: int) -> int:
    """Take *part* away and let the levels sink to their fixed point; return how many parts sank.

    Only what sank is looked at again, so the cost is that of the cascade and not of the city.
    """
    if s.level[part] == 0:
        return 0
    s.before[part], s.changed[0] = s.level[part], part
    s.level[part] = 0
    s.queue[0], s.queued[part] = part, 1
    count, head, waiting = 1, 0, 1
    while waiting:
        provider = s.queue[head]
        head = head + 1 if head + 1 < parts else 0
        waiting -= 1
        s.queued[provider] = 0
        for place in range(c.feed_from[provider], c.feed_from[provider + 1]):
            group = c.feeds[place]
            felt_by = c.dependent[group]
            if s.level[felt_by] == 0:
                continue
            left = _felt(c, s, group)
            if left >= s.level[felt_by]:
                continue
            if s.before[felt_by] == UNCHANGED:
                s.before[felt_by], s.changed[count] = s.level[felt_by], felt_by
                count += 1
            s.level[felt_by] = left
            if not s.queued[felt_by]:
                tail = head + waiting
                s.queue[tail if tail < parts else tail - parts] = felt_by
                s.queued[felt_by] = 1
                waiting += 1
    return count


@compiled
def _felt(c: Chain, s: Sunk, group: int) -> int:
    """Return what the dependent feels of one need whose buffer is empty (rules 3.1 to 3.4)."""
    loss = 100 - _offer(c, s, group)
    return 100 - max(c.strength[group] * loss // 100, loss - c.criticality[group], 0)


@compiled
def _offer(c: Chain, s: Sunk, group: int) -> int:
    """Return the k-th highest level of the providers of *group*, or the sum of their shares."""
    start, end = c.provider_from[group], c.provider_from[group + 1]
    wanted = c.at_least[group]
    if wanted == 0:
        carried = 0
        for place in range(start, end):
            carried += c.shares[place] * s.level[c.providers[place]]
        return min(100, (carried + 99) // 100)
    if wanted == end - start:
        lowest = 100
        for place in range(start, end):
            lowest = min(lowest, s.level[c.providers[place]])
        return lowest
    # The k-th highest is the highest level that at least k of them reach.
    found = 0
    for place in range(start, end):
        candidate = s.level[c.providers[place]]
        if candidate > found:
            reaching = 0
            for other in range(start, end):
                if s.level[c.providers[other]] >= candidate:
                    reaching += 1
            if reaching >= wanted:
                found = candidate
    return found
