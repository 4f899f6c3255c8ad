"""What happened, for those who compare engines: nothing is written when nobody asked."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.tables import State


@compiled
def write(s: State, minute: int, what: int, who: int, value: int) -> None:
    """Write one row, while there is room."""
    if s.n[at.N_LOG] == s.at[at.LOG_ROOM]:
        return
    place = s.at[at.AT_LOG] + s.n[at.N_LOG] * at.LOG_ROW
    s.lists[place], s.lists[place + 1], s.lists[place + 2], s.lists[place + 3] = minute, what, who, value
    s.n[at.N_LOG] += 1
