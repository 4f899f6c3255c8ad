"""Round numbers for an axis."""


def ticks_of(highest: int, lowest: int = 0, *, most: int = 6) -> tuple[int, ...]:
    """Return some *most* round numbers, evenly from at or below *lowest* up to *highest*."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if highest - lowest <= step * power * most:
                first = lowest // (step * power) * step * power
                return tuple(range(first, highest + 1, step * power))
        power *= 10
