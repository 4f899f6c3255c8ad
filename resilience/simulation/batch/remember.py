"""What the final levels of a minute mean for the memory: buffers, stops, lags, backlogs, fallbacks (rules 5, 6, 8)."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled, inlined
from resilience.simulation.batch.levels import backlog, is_startable, lowest_felt, used_at
from resilience.simulation.batch.log import write
from resilience.simulation.batch.offers import charge, feel, has_buffer, use_need
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.batch.timers import set_timer


@compiled
def buffer_ran_empty(t: Tables, s: State, need: int, minute: int) -> bool:
    """Note that a buffer is empty, unless it was filled this very minute; return whether it is."""
    if charge(t, s, need, minute) > 0:
        return False
    use_need(t, s, need)
    s.charged[need * at.CHARGED_ROW + at.CHARGE] = 0
    s.charged[need * at.CHARGED_ROW + at.CHARGE_AT] = minute
    feel(t, s, need, minute)
    return True


@compiled
def _count(s: State, part: int, minute: int, direction: int) -> None:
    """From *minute* on, count the minutes of the fallback in *direction* (rule 6.5)."""
    row = part * at.STANDING_ROW
    s.standing[row + at.USED] = used_at(s, part, minute)
    s.standing[row + at.COUNTED], s.standing[row + at.DIRECTION] = minute, direction


@compiled
def caught_up(s: State, part: int, minute: int) -> None:
    """Note that a backlog has been worked off, unless an outage runs."""
    row = part * at.STANDING_ROW
    if s.standing[row + at.OUT_SINCE] == at.NEVER:
        s.standing[row + at.BACKLOG], s.standing[row + at.BACKLOG_AT] = 0, minute


@compiled
def used_up(s: State, part: int, minute: int) -> None:
    """Note that the time of a fallback is used up."""
    _count(s, part, minute, 0)
    s.standing[part * at.STANDING_ROW + at.IN_USE] = 0
    s.standing[part * at.STANDING_ROW + at.USED_UP] = 1


@inlined
def _buffer(t: Tables, s: State, need: int, minute: int) -> None:
    row = need * at.CHARGED_ROW
    found, left = s.offer[need], charge(t, s, need, minute)
    s.charged[row + at.CHARGE], s.charged[row + at.CHARGE_AT], s.charged[row + at.INPUT] = left, minute, found
    timer = t.n[at.AT_TIMERS + at.T_BUFFER_EMPTY] + need
    if found == 100 or left == 0:
        s.due[timer] = at.NEVER
    else:
        set_timer(s, timer, minute + (left + 99 - found) // (100 - found))


@compiled
def _stop(t: Tables, s: State, part: int, minute: int) -> None:
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    stops = s.standing[row + at.OWN_CAP] == 0
    if not stops:
        for place in range(t.part[rule + at.LEVEL_NEEDS], t.part[rule + at.START_NEEDS]):
            need = t.rows[place]
            if not s.felt[need] and t.need[need * at.NEED_ROW + at.STOPS]:
                stops = True
                break
    if stops:
        s.standing[row + at.STOPPED], s.standing[row + at.SINCE] = 1, at.NEVER
        write(s, minute, at.LOG_STOPPED, part, 0)


@compiled
def _await_restart(t: Tables, s: State, part: int, minute: int) -> None:
    row = part * at.STANDING_ROW
    since, timer = s.standing[row + at.SINCE], t.n[at.AT_TIMERS + at.T_LAG] + part
    if is_startable(t, s, part):
        if since == at.NEVER:
            s.standing[row + at.SINCE] = minute
            set_timer(s, timer, minute + t.part[part * at.PART_ROW + at.LAG])
    elif since != at.NEVER:
        s.standing[row + at.SINCE] = at.NEVER
        s.due[timer] = at.NEVER


@inlined
def _backlog(t: Tables, s: State, part: int, minute: int) -> None:
    row = part * at.STANDING_ROW
    down = s.standing[row + at.NORMAL] == 0
    if down == (s.standing[row + at.OUT_SINCE] != at.NEVER):
        return
    timer = t.n[at.AT_TIMERS + at.T_CAUGHT_UP] + part
    left = backlog(t, s, part, minute)
    s.standing[row + at.BACKLOG], s.standing[row + at.BACKLOG_AT] = left, minute
    s.standing[row + at.OUT_SINCE] = minute if down else at.NEVER
    if down or not left:
        s.due[timer] = at.NEVER
    else:
        set_timer(s, timer, minute + left)


@compiled
def _fallback(t: Tables, s: State, part: int, minute: int, carried: bool) -> None:
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    if s.standing[row + at.NORMAL] >= t.part[rule + at.FB_LEVEL]:
        _back_at_level(t, s, part, minute)
        return
    if s.standing[row + at.BELOW] == at.NEVER:
        s.standing[row + at.BELOW] = minute
        _count(s, part, minute, 0)
        prepared = s.standing[row + at.PREPARED]
        starts = minute if prepared == at.NEVER else min(minute, prepared)
        if starts + t.part[rule + at.FB_DELAY] > minute:
            set_timer(s, t.n[at.AT_TIMERS + at.T_READY] + part, starts + t.part[rule + at.FB_DELAY])
    if not s.standing[row + at.IN_USE]:
        return
    timer = t.n[at.AT_TIMERS + at.T_USED_UP] + part
    if not lowest_felt(t, s, t.part[rule + at.FALLBACK_NEEDS], t.part[rule + at.REPAIR_NEEDS]):
        s.standing[row + at.IN_USE] = 0
        _count(s, part, minute, 0)
        s.due[timer] = at.NEVER
        return
    if carried:
        s.standing[row + at.SERVED], s.standing[row + at.PREPARED] = 1, at.NEVER
        _count(s, part, minute, 1)
        if t.part[rule + at.FB_DURATION] != at.NEVER:
            set_timer(s, timer, minute + t.part[rule + at.FB_DURATION] - s.standing[row + at.USED])


@compiled
def _back_at_level(t: Tables, s: State, part: int, minute: int) -> None:
    row = part * at.STANDING_ROW
    if s.standing[row + at.IN_USE]:
        s.standing[row + at.IN_USE] = 0
        s.due[t.n[at.AT_TIMERS + at.T_USED_UP] + part] = at.NEVER
    if s.standing[row + at.BELOW] != at.NEVER or s.standing[row + at.DIRECTION] == 1:
        _count(s, part, minute, -1)
    s.standing[row + at.BELOW] = at.NEVER
    s.standing[row + at.SERVED] = s.standing[row + at.USED_UP] = 0


@inlined
def _visit(t: Tables, s: State, part: int, minute: int) -> None:
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    if s.standing[row + at.STOPPED]:
        _await_restart(t, s, part, minute)
    elif not s.standing[row + at.NORMAL]:  # while anything works nothing that stops it can be missing
        _stop(t, s, part, minute)
    if t.part[rule + at.BACKLOG_PERCENT]:
        _backlog(t, s, part, minute)
    if t.part[rule + at.FB_LEVEL]:
        _fallback(t, s, part, minute, s.standing[part * at.STANDING_ROW + at.CARRIED_STAMP] == s.n[at.STAMP])


@inlined
def remember(t: Tables, s: State, minute: int) -> None:
    """Update the memory of everything that this minute looked at."""
    for number in range(s.n[at.N_NEEDS]):
        need = s.lists[s.at[at.AT_NEEDS] + number]
        if has_buffer(t, s, need):
            _buffer(t, s, need, minute)
    for number in range(s.n[at.N_OFFERS]):
        need = s.lists[s.at[at.AT_OFFERS] + number]
        if s.offer[need] != s.charged[need * at.CHARGED_ROW + at.INPUT] and has_buffer(t, s, need):
            _buffer(t, s, need, minute)
    for number in range(s.n[at.N_EVALUATED]):
        _visit(t, s, s.lists[s.at[at.AT_EVALUATED] + number], minute)
