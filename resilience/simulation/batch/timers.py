"""What is due when: a heap of minute and timer. A timer that was set anew or cancelled is skipped when it comes up."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled, inlined
from resilience.simulation.batch.tables import State

ONE_MINUTE = 1 << at.TIMER_BITS
TIMER = ONE_MINUTE - 1


@compiled
def _sink(s: State, place: int, size: int) -> None:
    heap = s.heap
    entry = heap[place]
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= entry:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = entry


@inlined
def _rise(s: State, place: int, entry: int) -> None:
    """Put *entry* at *place* or, where it is due earlier, above that."""
    while place > 0:
        parent = (place - 1) >> 1
        if s.heap[parent] <= entry:
            break
        s.heap[place] = s.heap[parent]
        place = parent
    s.heap[place] = entry


@compiled
def _tidy(s: State) -> None:
    """Drop the entries that are no longer due."""
    kept = 0
    for place in range(s.n[at.N_HEAP]):
        entry = s.heap[place]
        if s.due[entry & TIMER] == entry >> at.TIMER_BITS:
            s.heap[kept] = entry
            kept += 1
    s.n[at.N_HEAP] = kept
    for place in range(kept // 2 - 1, -1, -1):
        _sink(s, place, kept)


@compiled
def set_timer(s: State, timer: int, minute: int) -> None:
    """Let *timer* be due at *minute* instead of when it was; after the horizon it never is."""
    if minute > s.at[at.HORIZON]:
        s.due[timer] = at.NEVER
        return
    if s.due[timer] == minute:
        return
    s.due[timer] = minute
    if s.n[at.N_HEAP] == s.at[at.HEAP_ROOM]:
        _tidy(s)  # the heap has room for twice the number of timers, so this makes room
        s.due[timer] = minute
    s.n[at.N_HEAP] += 1
    _rise(s, s.n[at.N_HEAP] - 1, minute * ONE_MINUTE + timer)


@compiled
def next_minute(s: State) -> int:
    """Return the minute of the first timer that is really due, -1 when there is none."""
    while s.n[at.N_HEAP]:
        entry = s.heap[0]
        if s.due[entry & TIMER] == entry >> at.TIMER_BITS:
            return entry >> at.TIMER_BITS
        _drop_first(s)
    return at.NEVER


@inlined
def first_timer(s: State, minute: int) -> int:
    """Return the number of the first timer of *minute*, higher than any when there is none."""
    if s.n[at.N_HEAP] and s.heap[0] >> at.TIMER_BITS == minute:
        return s.heap[0] & TIMER
    return ONE_MINUTE


@inlined
def take(s: State, minute: int, below: int) -> int:
    """Take the next timer of *minute* with a number below *below*; -1 when there is none."""
    while s.n[at.N_HEAP]:
        entry = s.heap[0]
        timer = entry & TIMER
        if entry >> at.TIMER_BITS != minute or timer >= below:
            return at.NEVER
        _drop_first(s)
        if s.due[timer] == minute:
            s.due[timer] = at.NEVER
            return timer
    return at.NEVER


@inlined
def _drop_first(s: State) -> None:
    size = s.n[at.N_HEAP] - 1
    s.n[at.N_HEAP] = size
    heap, place, child = s.heap, 0, 2
    # The last entry nearly always goes back to the bottom, so the hole goes there first: fewer comparisons to guess.
    while child < size:
        child -= int(heap[child - 1] < heap[child])
        heap[place] = heap[child]
        place, child = child, 2 * child + 2
    if child == size:
        heap[place] = heap[child - 1]
        place = child - 1
    _rise(s, place, heap[size])


@compiled
def forget_all(s: State) -> None:
    """Cancel every timer."""
    for place in range(s.n[at.N_HEAP]):
        s.due[s.heap[place] & TIMER] = at.NEVER
    s.n[at.N_HEAP] = 0
