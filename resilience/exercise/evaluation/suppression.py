"""Small numbers that are not shown, so that nobody can be picked out: not from a group, and not by subtracting.

What is hidden together is nobody, or at least `FEWEST` people: a reader who takes all that is shown from the total
gets no smaller group. Pure rules over counts.
"""

from collections.abc import Mapping

FEWEST = 5
"""The smallest group of which anything is shown."""


def shown(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return each count as it may be shown beside their total; None: hidden.

    A count from 1 to 4 is hidden. Where all that is hidden would be fewer than `FEWEST` people, the smallest group that
    could be shown is hidden with them.
    """
    hidden = {name for name, count in counts.items() if 0 < count < FEWEST}
    left = sum(counts[name] for name in hidden)
    if 0 < left < FEWEST:
        rest = [name for name, count in counts.items() if count >= FEWEST]
        hidden |= {min(rest, key=lambda name: (counts[name], name))} if rest else set()
    return {name: None if name in hidden else count for name, count in counts.items()}


def total_shown(counts: Mapping[str, int]) -> int | None:
    """Return the total as it may be shown; None for fewer than `FEWEST` people, of whom nothing is."""
    total = sum(counts.values())
    return total if total == 0 or total >= FEWEST else None
