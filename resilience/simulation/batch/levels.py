"""Levels: what follows from the memory at one minute (rules 3, 4, 5.1, 6.4, 8.4 and 9).

The same algorithm as resilience/simulation/levels.py: providers first, a circle as one.
"""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.tables import State, Tables


@compiled
def use_part(s: State, part: int) -> None:
    """Note that this run changed something of *part*, which must be put back afterwards."""
    if s.standing[part * at.STANDING_ROW + at.USED_STAMP] != s.n[at.RUN]:
        s.standing[part * at.STANDING_ROW + at.USED_STAMP] = s.n[at.RUN]
        s.lists[s.n[at.AT_PART_LIST] + s.n[at.N_USED_PARTS]] = part
        s.n[at.N_USED_PARTS] += 1


@compiled
def use_need(s: State, need: int) -> None:
    """Note that this run changed something of *need*."""
    if s.charged[need * at.CHARGED_ROW + at.NEED_USED] != s.n[at.RUN]:
        s.charged[need * at.CHARGED_ROW + at.NEED_USED] = s.n[at.RUN]
        s.lists[s.n[at.AT_NEED_LIST] + s.n[at.N_USED_NEEDS]] = need
        s.n[at.N_USED_NEEDS] += 1


@compiled
def charge(t: Tables, s: State, need: int, minute: int) -> int:
    """Return the buffer's charge in level-minutes (rules 5.1 to 5.3)."""
    row = need * at.CHARGED_ROW
    stored = s.charged[row + at.CHARGE]
    loss = 100 - s.charged[row + at.INPUT]
    elapsed = minute - s.charged[row + at.CHARGE_AT]
    if loss:
        return max(0, stored - loss * elapsed)
    full = t.need[need * at.NEED_ROW + at.FULL]
    if stored >= full or not elapsed:
        return stored
    return min(full, stored + full * elapsed // t.need[need * at.NEED_ROW + at.RECHARGE])


@compiled
def _kth(t: Tables, s: State, first: int, last: int, k: int) -> int:
    """Return the k-th highest level of the providers that are on."""
    bound = 101
    while True:
        best, count = -1, 0
        for place in range(first, last):
            level = s.level[t.rows[place]]
            if s.on[place] and level < bound:
                if level > best:
                    best, count = level, 1
                elif level == best:
                    count += 1
        k -= count
        if k <= 0 or best <= 0:
            return max(best, 0)
        bound = best


@compiled
def offered(t: Tables, s: State, need: int) -> int:
    """Return what the providers offer: the k-th highest level, or the sum of shares (rules 3.1 and 3.2)."""
    row = need * at.NEED_ROW
    first, last, how = t.need[row + at.FROM], t.need[row + at.TO], t.need[row + at.HOW]
    if how == at.ALL:
        found = 100
        for place in range(first, last):
            level = s.level[t.rows[place]]
            if level < found:
                found = level
        return found
    if how == at.ANY:
        found = 0
        for place in range(first, last):
            level = s.level[t.rows[place]]
            if level > found:
                found = level
        return found
    if how == at.SHARES:
        total = 0
        for place in range(first, last):
            if s.on[place]:
                total += s.on[s.n[at.AT_SHARES] + place] * s.level[t.rows[place]]
        return min(100, (total + 99) // 100)
    whole = 0
    k = t.need[row + at.AT_LEAST]
    for place in range(first, last):
        if s.level[t.rows[place]] == 100 and s.on[place]:
            whole += 1
            if whole == k:
                return 100
    return _kth(t, s, first, last, k)


@compiled
def felt_of(t: Tables, s: State, need: int, found: int, minute: int) -> int:
    """Return what the dependent feels when its providers offer *found* (rules 3.3 and 3.4)."""
    loss = 100 - found
    if not loss:
        return 100
    row = need * at.NEED_ROW
    has_buffer = t.need[row + at.FULL] or s.charged[need * at.CHARGED_ROW + at.CHARGE]
    if has_buffer and charge(t, s, need, minute) > 0:
        return 100
    return 100 - max(t.need[row + at.STRENGTH] * loss // 100, loss - t.need[row + at.CRITICALITY], 0)


@compiled
def felt(t: Tables, s: State, need: int, minute: int) -> int:
    """Return what the dependent feels of this need."""
    return felt_of(t, s, need, offered(t, s, need), minute)


@compiled
def backlog(t: Tables, s: State, part: int, minute: int) -> int:
    """Return the backlog in minutes, the running outage counted (rules 8.3 and 8.4)."""
    row = part * at.STANDING_ROW
    since = s.standing[row + at.OUT_SINCE]
    if since != at.NEVER:
        return s.standing[row + at.BACKLOG] + t.part[part * at.PART_ROW + at.BACKLOG_PERCENT] * (minute - since) // 100
    return max(0, s.standing[row + at.BACKLOG] - (minute - s.standing[row + at.BACKLOG_AT]))


@compiled
def is_startable(t: Tables, s: State, part: int, minute: int) -> bool:
    """Return whether own cap, every both need and every start need are above 0 (rule 8.2)."""
    if not s.standing[part * at.STANDING_ROW + at.OWN_CAP]:
        return False
    row = part * at.PART_ROW
    for place in range(t.part[row + at.LEVEL_NEEDS], t.part[row + at.FALLBACK_NEEDS]):
        need = t.rows[place]
        must = t.need[need * at.NEED_ROW + at.STOPS] or t.need[need * at.NEED_ROW + at.ROLE] == at.ROLE_START
        if must and not felt(t, s, need, minute):
            return False
    return True


@compiled
def used_at(s: State, part: int, minute: int) -> int:
    """Return the minutes of the fallback that are used (rule 6.5)."""
    row = part * at.STANDING_ROW
    return max(0, s.standing[row + at.USED] + s.standing[row + at.DIRECTION] * (minute - s.standing[row + at.COUNTED]))


@compiled
def fallback_is_ready(t: Tables, s: State, part: int, minute: int) -> bool:
    """Return whether the delay has been served and time is left (rule 6.2)."""
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    limit = t.part[rule + at.FB_DURATION]
    if s.standing[row + at.USED_UP] or (limit != at.NEVER and used_at(s, part, minute) >= limit):
        return False
    if s.standing[row + at.SERVED]:
        return True
    below, prepared = s.standing[row + at.BELOW], s.standing[row + at.PREPARED]
    start = minute
    if below != at.NEVER and prepared != at.NEVER:
        start = min(below, prepared)
    elif below != at.NEVER:
        start = below
    elif prepared != at.NEVER:
        start = prepared
    return minute >= start + t.part[rule + at.FB_DELAY]


@compiled
def _formula(t: Tables, s: State, part: int, minute: int) -> int:
    """Return the level of *part* for the levels reached so far, and note its normal level (rule 4.1)."""
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    normal = 0
    if not s.standing[row + at.STOPPED]:
        normal = s.standing[row + at.OWN_CAP]
        pending = s.standing[row + at.BACKLOG] or s.standing[row + at.OUT_SINCE] != at.NEVER
        if pending and t.part[rule + at.BACKLOG_PERCENT] and backlog(t, s, part, minute) > 0:
            normal = min(normal, t.part[rule + at.CATCH_UP])
        for place in range(t.part[rule + at.LEVEL_NEEDS], t.part[rule + at.START_NEEDS]):
            need = t.rows[place]
            found = offered(t, s, need)
            if found < normal:  # what is felt is never less than what is offered
                normal = min(normal, felt_of(t, s, need, found, minute))
                if not normal:
                    break
    s.standing[row + at.NORMAL] = normal
    level = normal
    own = t.part[rule + at.FB_LEVEL]
    if own > normal and s.standing[row + at.IN_USE] and fallback_is_ready(t, s, part, minute):
        other = own
        for place in range(t.part[rule + at.FALLBACK_NEEDS], t.part[rule + at.REPAIR_NEEDS]):
            other = min(other, felt(t, s, t.rows[place], minute))
        level = max(normal, other)
    return min(level, s.standing[row + at.ALL_CAP])


@compiled
def _push(s: State, place: int, size: int) -> None:
    """Add a place to the heap of places in s.queue, which holds *size*."""
    while size > 0:
        parent = (size - 1) >> 1
        if s.lists[s.n[at.AT_QUEUE] + parent] <= place:
            break
        s.lists[s.n[at.AT_QUEUE] + size] = s.lists[s.n[at.AT_QUEUE] + parent]
        size = parent
    s.lists[s.n[at.AT_QUEUE] + size] = place


@compiled
def _pop(s: State, size: int) -> int:
    """Take the lowest place from the heap in s.queue, which holds *size*."""
    queue = s.n[at.AT_QUEUE]
    found = s.lists[queue]
    size -= 1
    entry, place = s.lists[queue + size], 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and s.lists[queue + child + 1] < s.lists[queue + child]:
            child += 1
        if s.lists[queue + child] >= entry:
            break
        s.lists[queue + place] = s.lists[queue + child]
        place = child
    s.lists[queue + place] = entry
    return found


@compiled
def _note_evaluated(s: State, part: int) -> None:
    if s.standing[part * at.STANDING_ROW + at.EVALUATED_STAMP] != s.n[at.STAMP]:
        s.standing[part * at.STANDING_ROW + at.EVALUATED_STAMP] = s.n[at.STAMP]
        s.lists[s.n[at.AT_EVALUATED] + s.n[at.N_EVALUATED]] = part
        s.n[at.N_EVALUATED] += 1
        use_part(s, part)


@compiled
def _note_before(s: State, part: int, was: int) -> None:
    if s.standing[part * at.STANDING_ROW + at.BEFORE_STAMP] != s.n[at.STAMP]:
        s.standing[part * at.STANDING_ROW + at.BEFORE_STAMP] = s.n[at.STAMP]
        s.standing[part * at.STANDING_ROW + at.BEFORE] = was
        s.lists[s.n[at.AT_CHANGED] + s.n[at.N_BEFORE]] = part
        s.n[at.N_BEFORE] += 1


@compiled
def _spread(t: Tables, s: State, part: int, was: int, rank: int, size: int) -> int:
    """Queue the dependents of *part*, which changed; return the new size of the queue."""
    end = 100 if s.level[part] > was else 0
    for place in range(t.part[part * at.PART_ROW + at.DOWN], t.part[part * at.PART_ROW + at.DOWN_END]):
        dependent = t.rows[place]
        if s.level[dependent] == end and s.standing[dependent * at.STANDING_ROW + at.NORMAL] == end:
            if not end:  # it cannot fall any further
                _note_evaluated(s, dependent)
            continue
        row = dependent * at.PART_ROW
        if (
            t.part[row + at.RANK] != rank
            and s.standing[dependent * at.STANDING_ROW + at.QUEUED_STAMP] != s.n[at.N_QUEUE]
        ):
            s.standing[dependent * at.STANDING_ROW + at.QUEUED_STAMP] = s.n[at.N_QUEUE]
            _push(s, t.part[row + at.PLACE], size)
            size += 1
    return size


@compiled
def solve(t: Tables, s: State, first: int, count: int, minute: int) -> None:
    """Bring the levels to the greatest solution; only the memory of the *count* parts at s.lists[first] changed."""
    s.n[at.N_QUEUE] += 1
    size = 0
    for number in range(first, first + count):
        part = s.lists[number]
        if s.standing[part * at.STANDING_ROW + at.QUEUED_STAMP] != s.n[at.N_QUEUE]:
            s.standing[part * at.STANDING_ROW + at.QUEUED_STAMP] = s.n[at.N_QUEUE]
            _push(s, t.part[part * at.PART_ROW + at.PLACE], size)
            size += 1
    while size:
        part = t.part[(_pop(s, size)) * at.PART_ROW + at.AT_PLACE]
        size -= 1
        row = part * at.PART_ROW
        if t.part[row + at.IN_CIRCLE]:
            size = _solve_circle(t, s, part, size, minute)
            continue
        s.standing[part * at.STANDING_ROW + at.QUEUED_STAMP] = 0
        _note_evaluated(s, part)
        reached, was = _formula(t, s, part, minute), s.level[part]
        if reached != was:
            _note_before(s, part, was)
            s.level[part] = reached
            size = _spread(t, s, part, was, t.part[row + at.RANK], size)


@compiled
def _is_below(s: State, part: int) -> bool:
    return s.level[part] < 100 or s.standing[part * at.STANDING_ROW + at.NORMAL] < 100


@compiled
def _solve_circle(t: Tables, s: State, first: int, size: int, minute: int) -> int:
    """Solve the circle that *first* is in (rule 9.4); return the new size of the queue.

    What can rise, the parts below 100 that lead on from those that are fed, is set to 100; then everything is lowered
    to its formula. s.cone holds first the cone, then those that must be looked at, then those that changed.
    """
    rank = t.part[first * at.PART_ROW + at.RANK]
    room, cone = t.n[at.PARTS], s.n[at.AT_CONE]
    fed, count = 2 * room, 0
    part = first
    while True:
        s.standing[part * at.STANDING_ROW + at.QUEUED_STAMP] = 0
        s.lists[cone + fed + count] = part
        count += 1
        if not size:
            break
        part = t.part[(s.lists[s.n[at.AT_QUEUE] + 0]) * at.PART_ROW + at.AT_PLACE]
        if t.part[part * at.PART_ROW + at.RANK] != rank:
            break
        _pop(s, size)
        size -= 1
    cones = 0
    for number in range(count):
        if _is_below(s, s.lists[cone + fed + number]):
            s.standing[(s.lists[cone + fed + number]) * at.STANDING_ROW + at.OLD] = s.level[
                s.lists[cone + fed + number]
            ]
            s.lists[cone + cones] = s.lists[cone + fed + number]
            cones += 1
    looked = 0
    while looked < cones:
        part = s.lists[cone + looked]
        looked += 1
        for place in range(t.part[part * at.PART_ROW + at.DOWN], t.part[part * at.PART_ROW + at.DOWN_END]):
            dependent = t.rows[place]
            if (
                t.part[dependent * at.PART_ROW + at.RANK] == rank
                and s.standing[dependent * at.STANDING_ROW + at.OLD] < 0
                and _is_below(s, dependent)
            ):
                s.standing[dependent * at.STANDING_ROW + at.OLD] = s.level[dependent]
                s.lists[cone + cones] = dependent
                cones += 1
    changed = cones
    # Now a ring of parts to look at, in the middle third; s.queued_stamp marks who is in it.
    head, waiting = 0, 0
    mark = -s.n[at.N_QUEUE]
    for number in range(cones):
        s.level[s.lists[cone + number]] = 100
        s.lists[cone + room + waiting] = s.lists[cone + number]
        s.standing[(s.lists[cone + number]) * at.STANDING_ROW + at.QUEUED_STAMP] = mark
        waiting += 1
    for number in range(count):
        if s.standing[(s.lists[cone + fed + number]) * at.STANDING_ROW + at.QUEUED_STAMP] != mark:
            s.standing[(s.lists[cone + fed + number]) * at.STANDING_ROW + at.QUEUED_STAMP] = mark
            s.lists[cone + room + waiting] = s.lists[cone + fed + number]
            waiting += 1
    while waiting:
        part = s.lists[cone + room + head]
        head = head + 1 if head + 1 < room else 0
        waiting -= 1
        s.standing[part * at.STANDING_ROW + at.QUEUED_STAMP] = 0
        _note_evaluated(s, part)
        reached = _formula(t, s, part, minute)
        if reached >= s.level[part]:
            continue
        if s.standing[part * at.STANDING_ROW + at.OLD] < 0:
            s.standing[part * at.STANDING_ROW + at.OLD] = s.level[part]
            s.lists[cone + changed] = part
            changed += 1
        s.level[part] = reached
        for place in range(t.part[part * at.PART_ROW + at.DOWN], t.part[part * at.PART_ROW + at.DOWN_END]):
            dependent = t.rows[place]
            if (
                t.part[dependent * at.PART_ROW + at.RANK] == rank
                and s.standing[dependent * at.STANDING_ROW + at.QUEUED_STAMP] != mark
            ):
                s.standing[dependent * at.STANDING_ROW + at.QUEUED_STAMP] = mark
                tail = head + waiting
                s.lists[cone + room + (tail if tail < room else tail - room)] = dependent
                waiting += 1
    for number in range(changed):
        part = s.lists[cone + number]
        if s.level[part] == s.standing[part * at.STANDING_ROW + at.OLD]:
            s.standing[part * at.STANDING_ROW + at.OLD] = at.NEVER
            continue
        _note_before(s, part, s.standing[part * at.STANDING_ROW + at.OLD])
        s.lists[cone + room + waiting] = part
        waiting += 1
    for number in range(waiting):
        part = s.lists[cone + room + number]
        was = s.standing[part * at.STANDING_ROW + at.OLD]
        s.standing[part * at.STANDING_ROW + at.OLD] = at.NEVER
        size = _spread(t, s, part, was, rank, size)
    return size
