"""Draws inside a run: hits and durations (rules 13.3 to 13.5)."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled, draw, root
from resilience.simulation.batch.tables import Array, State, Tables

SCALE = 1 << 22


@compiled
def triangular(u: int, low: int, likely: int, high: int) -> int:
    """Return the triangular quantile of *u* (rule 13.4)."""
    if low == high:
        return low
    width = high - low
    if u * width < SCALE * (likely - low):
        return low + root(u * width * (likely - low) // SCALE)
    return high - root((SCALE - u) * width * (high - likely) // SCALE)


@compiled
def draws(t: Tables, duration: int) -> bool:
    """Return whether *duration* draws anything: a fixed one does not (rule 13.5)."""
    row = duration * at.DURATION_ROW
    return (
        t.rows[t.n[at.AT_DURATION] + row + at.SHAPE] != at.TRIANGLE
        or t.rows[t.n[at.AT_DURATION] + row + at.LOW] != t.rows[t.n[at.AT_DURATION] + row + at.HIGH]
    )


@compiled
def lasting(t: Tables, duration: int, u: int) -> int:
    """Return the minutes of *duration* for the draw *u*."""
    row = duration * at.DURATION_ROW
    shape, low = t.rows[t.n[at.AT_DURATION] + row + at.SHAPE], t.rows[t.n[at.AT_DURATION] + row + at.LOW]
    if shape == at.TRIANGLE:
        return triangular(
            u, low, t.rows[t.n[at.AT_DURATION] + row + at.LIKELY], t.rows[t.n[at.AT_DURATION] + row + at.HIGH]
        )
    if shape == at.EXPONENTIAL:
        return (low * t.rows[t.n[at.AT_QUANTILE] + (u >> 10)]) >> 20
    count = t.rows[t.n[at.AT_DURATION] + row + at.HIGH] - low
    return t.rows[low + (u * count >> 22)]


@compiled
def drawn(t: Tables, s: State, duration: int, key: int, purpose: int, counters: Array, counter: int) -> int:
    """Return a duration, drawn with the next number of its subject for *purpose*."""
    if not draws(t, duration):
        return t.rows[t.n[at.AT_DURATION] + duration * at.DURATION_ROW + at.LOW]
    n = counters[counter]
    counters[counter] = n + 1
    return lasting(t, duration, draw(s.luck[0], key, purpose, n))


@compiled
def hits(s: State, key: int, purpose: int, counters: Array, counter: int, permille: int) -> bool:
    """Return whether the next draw of a subject falls within *permille* (rule 13.3)."""
    n = counters[counter]
    counters[counter] = n + 1
    return draw(s.luck[0], key, purpose, n) * 1000 < permille * SCALE
