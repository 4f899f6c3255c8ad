"""Who must be looked at in a minute, providers first: a set of places, as bits of words, with a bit for each word."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import inlined, lowest_bit
from resilience.simulation.batch.tables import State, Tables


@inlined
def push(t: Tables, s: State, part: int) -> None:
    """Add *part* to those that must be looked at."""
    place = t.part[part * at.PART_ROW + at.PLACE]
    s.queue[place >> 6] |= 1 << (place & 63)
    s.queue[t.n[at.AT_WORDS] + (place >> 12)] |= 1 << ((place >> 6) & 63)


@inlined
def first_of(t: Tables, s: State) -> int:
    """Return the first of those that must be looked at, -1 when there is none."""
    words = t.n[at.AT_WORDS]
    for number in range(t.n[at.WORDS]):
        if s.queue[words + number]:
            word = 64 * number + lowest_bit(s.queue[words + number])
            return t.rows[t.n[at.AT_ORDER] + 64 * word + lowest_bit(s.queue[word])]
    return at.NEVER


@inlined
def drop(t: Tables, s: State, part: int) -> None:
    """Take out *part*, which is the first."""
    word = t.part[part * at.PART_ROW + at.PLACE] >> 6
    s.queue[word] &= s.queue[word] - 1
    if not s.queue[word]:
        place = t.n[at.AT_WORDS] + (word >> 6)
        s.queue[place] &= s.queue[place] - 1
