"""Levels: what follows from the memory at one minute (rules 4, 6.4, 8.4 and 9).

The same algorithm as resilience/simulation/levels.py: providers first, a circle as one.
"""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled, inlined
from resilience.simulation.batch.figures import vary_part
from resilience.simulation.batch.offers import feel, offered, use_need
from resilience.simulation.batch.places import drop, first_of, push
from resilience.simulation.batch.tables import State, Tables


@inlined
def use_part(t: Tables, s: State, part: int) -> None:
    """Note that this run uses *part*: its figures are drawn now, and it must be put back afterwards."""
    if not s.standing[part * at.STANDING_ROW + at.USED_PART]:
        s.standing[part * at.STANDING_ROW + at.USED_PART] = 1
        s.lists[s.at[at.AT_PART_LIST] + s.n[at.N_USED_PARTS]] = part
        s.n[at.N_USED_PARTS] += 1
        vary_part(t, s, part)


@inlined
def backlog(t: Tables, s: State, part: int, minute: int) -> int:
    """Return the backlog in minutes, the running outage counted (rules 8.3 and 8.4)."""
    row = part * at.STANDING_ROW
    since = s.standing[row + at.OUT_SINCE]
    if since != at.NEVER:
        return s.standing[row + at.BACKLOG] + t.part[part * at.PART_ROW + at.BACKLOG_PERCENT] * (minute - since) // 100
    return max(0, s.standing[row + at.BACKLOG] - (minute - s.standing[row + at.BACKLOG_AT]))


@inlined
def lowest_felt(t: Tables, s: State, first: int, last: int) -> int:
    """Return the lowest of what is felt of the needs from place *first* to *last*; 100 when there are none."""
    found = 100
    for place in range(first, last):
        found = min(found, s.felt[t.rows[place]])
    return found


@compiled
def is_startable(t: Tables, s: State, part: int) -> bool:
    """Return whether own cap, every both need and every start need are above 0 (rule 8.2)."""
    if not s.standing[part * at.STANDING_ROW + at.OWN_CAP]:
        return False
    row = part * at.PART_ROW
    for place in range(t.part[row + at.LEVEL_NEEDS], t.part[row + at.FALLBACK_NEEDS]):
        need = t.rows[place]
        if not s.felt[need]:
            rule = need * at.NEED_ROW
            if t.need[rule + at.STOPS] or t.need[rule + at.ROLE] == at.ROLE_START:
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


@inlined
def _normal(t: Tables, s: State, part: int, felt: int, minute: int) -> int:
    """Return the normal level of *part* when *felt* is the lowest that it feels of its needs (rule 4.1)."""
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    if s.standing[row + at.STOPPED]:
        return 0
    normal = min(felt, s.standing[row + at.OWN_CAP])
    pending = s.standing[row + at.BACKLOG] or s.standing[row + at.OUT_SINCE] != at.NEVER
    if pending and t.part[rule + at.BACKLOG_PERCENT] and backlog(t, s, part, minute) > 0:
        normal = min(normal, t.part[rule + at.CATCH_UP])
    return normal


@inlined
def _formula(t: Tables, s: State, part: int, minute: int) -> int:
    """Return the level of *part* for the levels reached so far, and note its normal level (rules 4.1 and 6.4)."""
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    felt = lowest_felt(t, s, t.part[rule + at.LEVEL_NEEDS], t.part[rule + at.START_NEEDS])
    normal = _normal(t, s, part, felt, minute)
    s.standing[row + at.NORMAL] = normal
    level = normal
    own = t.part[rule + at.FB_LEVEL]
    if own > normal and s.standing[row + at.IN_USE] and fallback_is_ready(t, s, part, minute):
        other = lowest_felt(t, s, t.part[rule + at.FALLBACK_NEEDS], t.part[rule + at.REPAIR_NEEDS])
        level = max(normal, min(own, other))
    return min(level, s.standing[row + at.ALL_CAP])


@inlined
def _ceiling(t: Tables, s: State, part: int, minute: int) -> int:
    """Return the level that *part* would have if it felt nothing of any loss: it cannot be higher."""
    level = _normal(t, s, part, 100, minute)
    if s.standing[part * at.STANDING_ROW + at.IN_USE]:
        level = max(level, t.part[part * at.PART_ROW + at.FB_LEVEL])
    return min(level, s.standing[part * at.STANDING_ROW + at.ALL_CAP])


@inlined
def _note_evaluated(t: Tables, s: State, part: int) -> None:
    row = part * at.STANDING_ROW
    if s.standing[row + at.EVALUATED_STAMP] != s.n[at.STAMP]:
        s.standing[row + at.EVALUATED_STAMP] = s.n[at.STAMP]
        s.lists[s.at[at.AT_EVALUATED] + s.n[at.N_EVALUATED]] = part
        s.n[at.N_EVALUATED] += 1
        use_part(t, s, part)


@inlined
def _may_come_on(t: Tables, s: State, part: int) -> None:
    """Let it be tried whether *part* can stand up or fall back, where it is stopped or could fall back."""
    row = part * at.STANDING_ROW
    falls = t.part[part * at.PART_ROW + at.FB_LEVEL] > s.standing[row + at.NORMAL] and not s.standing[row + at.IN_USE]
    if (falls or s.standing[row + at.STOPPED]) and s.standing[row + at.LOOK_STAMP] != s.n[at.LOOK]:
        s.standing[row + at.LOOK_STAMP] = s.n[at.LOOK]
        s.lists[s.at[at.AT_LOOK] + s.n[at.N_LOOK]] = part
        s.n[at.N_LOOK] += 1


@inlined
def _note_before(s: State, part: int, was: int) -> None:
    row = part * at.STANDING_ROW
    if s.standing[row + at.BEFORE_STAMP] != s.n[at.STAMP]:
        s.standing[row + at.BEFORE_STAMP] = s.n[at.STAMP]
        s.standing[row + at.BEFORE] = was
        s.lists[s.at[at.AT_CHANGED] + s.n[at.N_BEFORE]] = part
        s.n[at.N_BEFORE] += 1


@compiled
def _join(t: Tables, s: State, part: int) -> None:
    """Let *part* join the ring of those to look at in its circle, unless it is there."""
    row = part * at.STANDING_ROW
    if s.standing[row + at.QUEUED_STAMP] != s.n[at.N_CIRCLE]:
        s.standing[row + at.QUEUED_STAMP] = s.n[at.N_CIRCLE]
        room, tail = t.n[at.PARTS], s.n[at.RING_HEAD] + s.n[at.N_RING]
        s.lists[s.at[at.AT_CONE] + room + (tail if tail < room else tail - room)] = part
        s.n[at.N_RING] += 1


@inlined
def _offer(t: Tables, s: State, need: int, offer: int, circle: int, minute: int) -> None:
    """Note what the providers of *need* offer now; whoever feels a difference is to be looked at."""
    row, rule = need * at.CHARGED_ROW, need * at.NEED_ROW
    s.offer[need] = offer
    if s.charged[row + at.OFFER_STAMP] != s.n[at.STAMP]:
        use_need(t, s, need)
        s.charged[row + at.OFFER_STAMP] = s.n[at.STAMP]
        s.lists[s.at[at.AT_OFFERS] + s.n[at.N_OFFERS]] = need
        s.n[at.N_OFFERS] += 1
    was = s.felt[need]
    if not feel(t, s, need, minute):
        return
    role, dependent = t.need[rule + at.ROLE], t.need[rule + at.DEPENDENT]
    standing = dependent * at.STANDING_ROW
    if role >= at.ROLE_REPAIR:
        s.n[at.TEAMS_DIRTY] = 1
    elif role == at.ROLE_START or (role == at.ROLE_FALLBACK and not s.standing[standing + at.IN_USE]):
        _note_evaluated(t, s, dependent)  # its level is the same, but it may start or fall back now
        _may_come_on(t, s, dependent)
    elif s.felt[need] < was and not s.level[dependent] and not s.standing[standing + at.NORMAL]:
        _note_evaluated(t, s, dependent)  # it cannot fall any further
    elif t.part[dependent * at.PART_ROW + at.CIRCLE] == circle:
        _join(t, s, dependent)
    else:
        push(t, s, dependent)


@compiled
def _set_level(t: Tables, s: State, part: int, level: int, circle: int, minute: int) -> None:
    """Set the level of *part*, and renew what is offered where it provides; *circle* is the circle being solved."""
    was, row = s.level[part], part * at.PART_ROW
    s.level[part] = level
    lacking = int(level != 100) - int(was != 100) + at.ONE_GONE * (int(level == 0) - int(was == 0))
    # The k-th highest moves only where it was this one or lies between the two levels: from bottom, so many points.
    bottom, points = (was, level - was) if level > was else (level + 1, was - level)
    shares, moved, count = t.part[row + at.FEED_SHARES], s.at[at.AT_MOVED], 0
    for place in range(t.part[row + at.FEED], t.part[row + at.FEED_END]):
        need = t.rows[place]
        s.lacking[need] += lacking
        s.lists[moved + count] = need
        count += int(0 <= s.offer[need] - bottom < points) | int(place >= shares)
    for number in range(moved, moved + count):
        need = s.lists[number]
        offer = offered(t, s, need)
        if offer != s.offer[need]:
            _offer(t, s, need, offer, circle, minute)
    if level > was and t.part[row + at.ENTERS] >= 0:
        for place in range(t.part[row + at.ENTERS], t.part[row + at.ENTERS_END]):
            # Its providers may offer no more only because its circle holds itself down.
            if s.level[t.rows[place]] < _ceiling(t, s, t.rows[place], minute):
                push(t, s, t.rows[place])


@compiled
def solve(t: Tables, s: State, first: int, count: int, minute: int) -> None:
    """Bring the levels to the greatest solution; only the memory of the *count* parts at s.lists[first] changed."""
    for number in range(first, first + count):
        push(t, s, s.lists[number])
    while True:
        part = first_of(t, s)
        if part < 0:
            return
        drop(t, s, part)
        if t.part[part * at.PART_ROW + at.CIRCLE] >= 0:
            _solve_circle(t, s, part, minute)
            continue
        _note_evaluated(t, s, part)
        reached, was = _formula(t, s, part, minute), s.level[part]
        _may_come_on(t, s, part)
        if reached != was:
            _note_before(s, part, was)
            _set_level(t, s, part, reached, at.NOWHERE, minute)


@compiled
def _can_rise(t: Tables, s: State, part: int, size: int, minute: int) -> int:
    """Let *part* be the next of the cone, which holds *size*, if it is below its ceiling; return how many it holds."""
    row = part * at.STANDING_ROW
    if s.standing[row + at.OLD] >= 0 or s.level[part] >= _ceiling(t, s, part, minute):
        return size
    s.standing[row + at.OLD] = s.level[part]
    s.lists[s.at[at.AT_CONE] + size] = part
    return size + 1


@compiled
def _cone(t: Tables, s: State, fed: int, count: int, minute: int) -> int:
    """Put at the cone what can rise, and leads on from the *count* parts at *fed*; return how many that are."""
    size, looked = 0, 0
    for number in range(fed, fed + count):
        size = _can_rise(t, s, s.lists[number], size, minute)
    while looked < size:
        row = s.lists[s.at[at.AT_CONE] + looked] * at.PART_ROW
        looked += 1
        for place in range(t.part[row + at.DOWN], t.part[row + at.DOWN_END]):
            size = _can_rise(t, s, t.rows[place], size, minute)
    return size


@compiled
def _solve_circle(t: Tables, s: State, first: int, minute: int) -> None:
    """Solve the circle that *first* is in (rule 9.4).

    What can rise is set to its ceiling; then everything is lowered to its formula. s.lists holds at the cone first the
    cone and those that changed, then the ring of those to look at, then those that were fed from outside.
    """
    circle, cone = t.part[first * at.PART_ROW + at.CIRCLE], s.at[at.AT_CONE]
    fed, count, part = cone + 2 * t.n[at.PARTS], 0, first
    while True:
        s.lists[fed + count] = part
        count += 1
        part = first_of(t, s)
        if part < 0 or t.part[part * at.PART_ROW + at.CIRCLE] != circle:
            break
        drop(t, s, part)
    s.n[at.N_CIRCLE] += 1
    s.n[at.RING_HEAD] = s.n[at.N_RING] = 0
    changed = _cone(t, s, fed, count, minute)
    for number in range(cone, cone + changed):
        _join(t, s, s.lists[number])
    for number in range(fed, fed + count):
        _join(t, s, s.lists[number])
    for number in range(cone, cone + changed):
        _set_level(t, s, s.lists[number], _ceiling(t, s, s.lists[number], minute), circle, minute)
    while s.n[at.N_RING]:
        part = s.lists[cone + t.n[at.PARTS] + s.n[at.RING_HEAD]]
        s.n[at.RING_HEAD] = s.n[at.RING_HEAD] + 1 if s.n[at.RING_HEAD] + 1 < t.n[at.PARTS] else 0
        s.n[at.N_RING] -= 1
        s.standing[part * at.STANDING_ROW + at.QUEUED_STAMP] = 0
        _note_evaluated(t, s, part)
        reached = _formula(t, s, part, minute)
        _may_come_on(t, s, part)
        if reached >= s.level[part]:
            continue
        if s.standing[part * at.STANDING_ROW + at.OLD] < 0:
            s.standing[part * at.STANDING_ROW + at.OLD] = s.level[part]
            s.lists[cone + changed] = part
            changed += 1
        _set_level(t, s, part, reached, circle, minute)
    for number in range(cone, cone + changed):
        part = s.lists[number]
        was = s.standing[part * at.STANDING_ROW + at.OLD]
        s.standing[part * at.STANDING_ROW + at.OLD] = at.NEVER
        if s.level[part] != was:
            _note_before(s, part, was)
