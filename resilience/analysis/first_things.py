"""What to act on first: the worst weak points, each chain once."""

from collections.abc import Iterable

from resilience.analysis.rank import WeakPoint


def first_things(points: Iterable[WeakPoint], most: int) -> tuple[WeakPoint, ...]:
    """Return up to *most* of *points*, in their order, without those that say again what stands above them.

    That is: the same functions go down, and what fails in one fails in the other too or lies on its path.
    """
    kept: list[WeakPoint] = []
    for point in points:
        if len(kept) == most:
            break
        if not any(_says_again(point, before) for before in kept):
            kept.append(point)
    return tuple(kept)


def _says_again(point: WeakPoint, before: WeakPoint) -> bool:
    mine, theirs = ({hit.function for hit in one.felt.down} for one in (point, before))
    if mine != theirs:
        return False
    return not _way(point).isdisjoint(before.felt.failed) or not _way(before).isdisjoint(point.felt.failed)


def _way(point: WeakPoint) -> set[str]:
    return {*point.felt.failed, *point.felt.path}
