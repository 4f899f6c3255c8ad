"""Uncertain figures of a replication, drawn for a part or a need when a run first uses it (uncertain.py).

The others would be drawn for nothing: a draw depends on names only (rule 13), not on what was drawn before it.
"""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.chance import triangular
from resilience.simulation.batch.compiled import compiled, draw, inlined
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.luck import Purpose

UNCERTAIN = int(Purpose.UNCERTAIN_FIGURE)


@compiled
def _vary(t: Tables, s: State, number: int, who: int) -> None:
    """Draw one figure of *who*, a part or a need."""
    row = t.n[at.AT_FIGURE] + number * at.FIGURE_ROW
    u = draw(s.luck[0], t.key[t.n[at.AT_FIGURE_KEY] + number], UNCERTAIN, 0)
    value = triangular(u, t.rows[row + at.FIG_LOW], t.rows[row + at.FIG_LIKELY], t.rows[row + at.FIG_HIGH])
    kind, place = t.rows[row + at.FIG_KIND], t.rows[row + at.FIG_PLACE]
    if t.rows[row + at.FIG_POSITIVE]:
        value = max(1, value)
    if kind == at.FIG_PART:
        t.part[who * at.PART_ROW + place] = value
    elif kind == at.FIG_NEED:
        t.need[who * at.NEED_ROW + place] = value
    else:
        t.need[who * at.NEED_ROW + at.FULL] = 100 * value
        s.charged[who * at.CHARGED_ROW + at.CHARGE] = 100 * value
        if kind == at.FIG_STOCK:
            t.need[who * at.NEED_ROW + at.RECHARGE] = max(1, value)


@inlined
def vary_need(t: Tables, s: State, need: int) -> None:
    """Draw the uncertain figures of *need*."""
    row = need * at.NEED_ROW
    for number in range(t.need[row + at.NEED_FIGURES], t.need[row + at.NEED_FIGURES_END]):
        _vary(t, s, number, need)


@inlined
def vary_part(t: Tables, s: State, part: int) -> None:
    """Draw the uncertain figures of *part*."""
    row = part * at.PART_ROW
    for number in range(t.part[row + at.PART_FIGURES], t.part[row + at.PART_FIGURES_END]):
        _vary(t, s, number, part)
