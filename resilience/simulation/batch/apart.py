"""Two losses that meet nowhere: what both do together is what each does alone.

A loss touches the parts that a run evaluates, and the needs that those feed whose level it changes. Where two losses
touch nothing in common and wait for no team in common, neither can notice the other, and luck depends on names only
(rule 13): nobody need run them together. Four pairs in five of a city are like that.
"""

from typing import NamedTuple

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.tables import Array, Out, State, Tables

UNUSED, LEARN, USE = range(3)


class Alone(NamedTuple):
    """What the loss of each part alone does, part by part."""

    touched: Array
    """A bit for each part, then for each need, in 64-bit words."""
    measures: Array
    n: Array
    """What to do with this (one of the three above), and how many words a part has."""


@compiled
def _touch(a: Alone, row: int, bit: int) -> None:
    a.touched[row + (bit >> 6)] |= 1 << (bit & 63)


@compiled
def learn(t: Tables, s: State, a: Alone, part: int) -> None:
    """Note what the run that just ended touched; in it *part* was lost."""
    first = part * a.n[1]
    for number in range(s.n[at.N_USED_PARTS]):
        used = s.lists[s.at[at.AT_PART_LIST] + number]
        _touch(a, first, used)
        if s.standing[used * at.STANDING_ROW + at.BEFORE_STAMP]:
            row = used * at.PART_ROW
            for place in range(t.part[row + at.FEED], t.part[row + at.FEED_END]):
                need = t.rows[place]
                _touch(a, first, t.n[at.PARTS] + need)
                if t.need[need * at.NEED_ROW + at.ROLE] >= at.ROLE_REPAIR:  # work on that part may have to wait
                    _touch(a, first, t.need[need * at.NEED_ROW + at.DEPENDENT])


@compiled
def are_apart(t: Tables, s: State, a: Alone, one: int, other: int) -> bool:
    """Return whether the losses of these two parts meet nowhere."""
    team = t.part[one * at.PART_ROW + at.REPAIR_TEAM]
    same = team >= 0 and team == t.part[other * at.PART_ROW + at.REPAIR_TEAM]
    if same and s.lists[s.at[at.AT_TEAM_TOTAL] + team] < 2:
        return False
    words = a.n[1]
    for word in range(words):
        if a.touched[one * words + word] & a.touched[other * words + word]:
            return False
    return True


@compiled
def add_up(t: Tables, a: Alone, out: Out, run: int, one: int, other: int) -> None:
    """Take over for *run* what each of the two losses does: of every watched part at most one changes anything."""
    width = t.n[at.WATCHED_COUNT]
    for watched in range(width):
        part = t.rows[t.n[at.AT_WATCHED] + watched]
        by = one if a.touched[one * a.n[1] + (part >> 6)] >> (part & 63) & 1 else other
        row, found = (by * width + watched) * at.MEASURE_ROW, (run * width + watched) * at.MEASURE_ROW
        for measure in range(at.MEASURE_ROW):
            out.measures[found + measure] = a.measures[row + measure]
