"""One run after another: minute by minute at which something is due (semantics, The minute)."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.chance import triangular
from resilience.simulation.batch.compiled import begin_luck, compiled, draw, entry, pointer
from resilience.simulation.batch.events import apply, strike
from resilience.simulation.batch.levels import fallback_is_ready, felt, is_startable, solve
from resilience.simulation.batch.log import write
from resilience.simulation.batch.measure import begin_measures, change, end_measures, settle_marks
from resilience.simulation.batch.remember import buffer_ran_empty, caught_up, remember, used_up
from resilience.simulation.batch.spread import (
    arrive,
    cleaned,
    cleaned_of_all,
    detonate,
    knock,
    spread_marks,
    verified,
)
from resilience.simulation.batch.tables import Array, Out, State, Tables
from resilience.simulation.batch.timers import forget_all, next_minute, take
from resilience.simulation.batch.work import end_damage, finish_job, note_detected, step_teams, touch
from resilience.simulation.luck import Purpose

UNCERTAIN = int(Purpose.UNCERTAIN_FIGURE)
FIGURE_ROW = 6
F_STOCK, F_BUFFER = 1, 0


@compiled
def _give(t: Tables, s: State, minute: int, kind: int) -> None:
    """Apply the events of this minute that are of *kind*; they are sorted by minute, then kind."""
    while s.n[at.N_EVENT] < t.n[at.EVENTS]:
        row = s.n[at.N_EVENT] * at.EVENT_ROW
        if t.rows[t.n[at.AT_EVENT] + row + at.MINUTE] != minute or t.rows[t.n[at.AT_EVENT] + row + at.CLASS] != kind:
            return
        apply(t, s, s.n[at.N_EVENT], minute)
        s.n[at.N_EVENT] += 1


@compiled
def _end(t: Tables, s: State, minute: int) -> None:
    """End the damage and the work that is over now."""
    while True:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_ARRIVES])
        if timer < 0:
            return
        if timer < t.n[at.AT_TIMERS + at.T_REPAIR_ENDS]:
            end_damage(t, s, timer, minute)
            continue
        slot = timer - t.n[at.AT_TIMERS + at.T_REPAIR_ENDS]
        kind, part = (
            t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_KIND],
            t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART],
        )
        finish_job(s, slot)
        if kind == at.VERIFICATION:
            verified(t, s, part, minute)
        elif kind == at.CLEANING:
            cleaned_of_all(t, s, part, minute)
        else:
            s.standing[part * at.STANDING_ROW + at.REBUILD_CHOSEN] = 0
            end_damage(t, s, slot, minute)
            cleaned(t, s, slot, minute)


@compiled
def _run_out(t: Tables, s: State, minute: int) -> None:
    """Let what is used up by now be so."""
    while True:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_END])
        if timer < 0:
            return
        if timer < t.n[at.AT_TIMERS + at.T_BUFFER_EMPTY]:
            note_detected(s, timer - t.n[at.AT_TIMERS + at.T_DETECTED])
        elif timer < t.n[at.AT_TIMERS + at.T_CAUGHT_UP]:
            need = timer - t.n[at.AT_TIMERS + at.T_BUFFER_EMPTY]
            if buffer_ran_empty(t, s, need, minute):
                if t.need[need * at.NEED_ROW + at.ROLE] >= at.ROLE_REPAIR:
                    s.n[at.TEAMS_DIRTY] = 1
                touch(s, t.need[need * at.NEED_ROW + at.DEPENDENT])
        elif timer < t.n[at.AT_TIMERS + at.T_USED_UP]:
            part = timer - t.n[at.AT_TIMERS + at.T_CAUGHT_UP]
            caught_up(s, part, minute)
            touch(s, part)
        elif timer < t.n[at.AT_TIMERS + at.T_READY]:
            part = timer - t.n[at.AT_TIMERS + at.T_USED_UP]
            used_up(s, part, minute)
            touch(s, part)
        elif timer < t.n[at.AT_TIMERS + at.T_LAG]:
            touch(s, timer - t.n[at.AT_TIMERS + at.T_READY])
        else:
            touch(s, timer - t.n[at.AT_TIMERS + at.T_LAG])


@compiled
def _can_fall_back(t: Tables, s: State, part: int, minute: int) -> bool:
    row, rule = part * at.STANDING_ROW, part * at.PART_ROW
    if s.standing[row + at.IN_USE] or s.standing[row + at.NORMAL] >= t.part[rule + at.FB_LEVEL]:
        return False
    if not fallback_is_ready(t, s, part, minute):
        return False
    for place in range(t.part[rule + at.FALLBACK_NEEDS], t.part[rule + at.REPAIR_NEEDS]):
        if felt(t, s, t.rows[place], minute) == 0:
            return False
    return True


@compiled
def _look(t: Tables, s: State, part: int, minute: int, count: int) -> int:
    """Stand *part* up, or let it fall back, where that is possible now; s.cone holds the *count* that came on."""
    row = part * at.STANDING_ROW
    came = False
    if s.standing[row + at.STOPPED]:
        lag, since = t.part[part * at.PART_ROW + at.LAG], s.standing[row + at.SINCE]
        served = lag == 0 or (since != at.NEVER and minute - since >= lag)
        if served and is_startable(t, s, part, minute):
            s.standing[row + at.STOPPED] = 0
            write(s, minute, at.LOG_STANDING, part, 0)
            came = True
    if t.part[part * at.PART_ROW + at.FB_LEVEL] and _can_fall_back(t, s, part, minute):
        s.standing[row + at.IN_USE] = 1
        s.standing[part * at.STANDING_ROW + at.CARRIED_STAMP] = s.n[at.STAMP]
        came = True
    if came:
        s.lists[s.n[at.AT_CONE] + count] = part
        return count + 1
    return count


@compiled
def _switch_on(t: Tables, s: State, minute: int) -> None:
    """Stand up and fall back where that is possible now, until nothing more comes back (rule 9.2)."""
    while True:
        count = 0
        for number in range(s.n[at.N_TOUCHED]):
            count = _look(t, s, s.lists[s.n[at.AT_TOUCHED] + number], minute, count)
        for number in range(s.n[at.N_EVALUATED]):
            count = _look(t, s, s.lists[s.n[at.AT_EVALUATED] + number], minute, count)
        for number in range(s.n[at.N_BEFORE]):
            part = s.lists[s.n[at.AT_CHANGED] + number]
            for place in range(t.part[part * at.PART_ROW + at.FEED], t.part[part * at.PART_ROW + at.FEED_END]):
                need = t.rows[place] * at.NEED_ROW
                if t.need[need + at.ROLE] == at.ROLE_START:
                    count = _look(t, s, t.need[need + at.DEPENDENT], minute, count)
        if not count:
            return
        solve(t, s, s.n[at.AT_CONE], count, minute)


@compiled
def _minute(t: Tables, s: State, out: Out, run: int, minute: int, fails: Array, first: int, last: int) -> None:
    s.n[at.STAMP] += 1
    s.n[at.N_TOUCHED] = s.n[at.N_EVALUATED] = s.n[at.N_BEFORE] = s.n[at.N_NEEDS] = 0
    _give(t, s, minute, at.DECISION)
    _end(t, s, minute)
    while True:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_DETONATES])
        if timer < 0:
            break
        knock(t, s, timer)
    if s.n[at.N_AT_DOOR]:
        arrive(t, s, minute)
    _give(t, s, minute, at.MALWARE)
    while True:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_STRIKES])
        if timer < 0:
            break
        detonate(t, s, timer - t.n[at.AT_TIMERS + at.T_DETONATES], minute)
    _give(t, s, minute, at.HARM)
    if minute == 0:
        for number in range(first, last):
            strike(t, s, t.n[at.FAILURE], t.part[(fails[number]) * at.PART_ROW + at.FAILURE_SLOT], minute)
    while True:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_DETECTED])
        if timer < 0:
            break
        slot = timer - t.n[at.AT_TIMERS + at.T_STRIKES]
        strike(t, s, s.damaged[slot * at.DAMAGED_ROW + at.RECURS] - 1, slot, minute)
    _run_out(t, s, minute)
    solve(t, s, s.n[at.AT_TOUCHED], s.n[at.N_TOUCHED], minute)
    _switch_on(t, s, minute)
    for number in range(s.n[at.N_BEFORE]):
        part = s.lists[s.n[at.AT_CHANGED] + number]
        if s.level[part] != s.standing[part * at.STANDING_ROW + at.BEFORE]:
            change(t, s, out, run, part, minute)
            write(s, minute, at.LOG_LEVEL, part, s.level[part])
    remember(t, s, minute)
    if s.n[at.N_SUSPECT] or s.n[at.N_EXPOSED]:
        spread_marks(t, s, minute)
    settle_marks(t, s, out, run, minute)
    step_teams(t, s, minute)


@compiled
def _vary(t: Tables, s: State) -> None:
    """Draw the uncertain figures of this replication (resilience/simulation/uncertain.py)."""
    for number in range(t.n[at.FIGURES]):
        row = number * at.FIGURE_ROW
        u = draw(s.luck[0], t.key[t.n[at.AT_FIGURE_KEY] + number], UNCERTAIN, 0)
        value = triangular(
            u,
            t.rows[t.n[at.AT_FIGURE] + row + 3],
            t.rows[t.n[at.AT_FIGURE] + row + 4],
            t.rows[t.n[at.AT_FIGURE] + row + 5],
        )
        kind, who, place = (
            t.rows[t.n[at.AT_FIGURE] + row],
            t.rows[t.n[at.AT_FIGURE] + row + 1],
            t.rows[t.n[at.AT_FIGURE] + row + 2],
        )
        if kind <= F_STOCK:
            t.need[who * at.NEED_ROW + at.FULL] = 100 * value
            s.charged[who * at.CHARGED_ROW + at.CHARGE] = 100 * value
            if kind == F_STOCK:
                t.need[who * at.NEED_ROW + at.RECHARGE] = max(1, value)
        elif place == at.RECHARGE and kind == 2:
            t.need[who * at.NEED_ROW + place] = max(1, value)
        elif kind == 2:
            t.need[who * at.NEED_ROW + place] = value
        elif place == at.FB_DURATION:
            t.part[who * at.PART_ROW + place] = max(1, value)
        else:
            t.part[who * at.PART_ROW + place] = value


@compiled
def _put_back(t: Tables, s: State, blank: Array) -> None:
    """Put everything that the last run used back to the start."""
    for number in range(s.n[at.N_USED_PARTS]):
        part = s.lists[s.n[at.AT_PART_LIST] + number]
        s.level[part] = 100
        row = part * at.STANDING_ROW
        for place in range(at.PUT_BACK):
            s.standing[row + place] = blank[place]
    for number in range(s.n[at.N_USED_NEEDS]):
        need = s.lists[s.n[at.AT_NEED_LIST] + number]
        row = need * at.CHARGED_ROW
        s.charged[row + at.CHARGE] = t.need[need * at.NEED_ROW + at.FULL]
        s.charged[row + at.CHARGE_AT], s.charged[row + at.INPUT] = 0, 100
        for place in range(t.need[need * at.NEED_ROW + at.FROM], t.need[need * at.NEED_ROW + at.TO]):
            s.on[place], s.on[s.n[at.AT_SHARES] + place] = (
                t.rows[t.n[at.AT_ON] + place],
                t.rows[t.n[at.AT_SHARE] + place],
            )
    for number in range(s.n[at.N_USED_SLOTS]):
        row = s.lists[s.n[at.AT_SLOT_LIST] + number] * at.DAMAGED_ROW
        for place in range(at.SLOT_USED):
            s.damaged[row + place] = 0
    for number in range(s.n[at.N_FOOTHOLDS]):
        s.lists[s.n[at.AT_FOOTHOLD] + s.lists[s.n[at.AT_FOOTHOLDS] + number]] = 0
    for number in range(s.n[at.N_AT_DOOR]):
        s.lists[s.n[at.AT_AT_DOOR] + s.lists[s.n[at.AT_DOORS] + number]] = 0
    for outbreak in range(t.n[at.OUTBREAKS]):
        s.lists[s.n[at.AT_OUTBREAK_ON] + outbreak] = 0
    for team in range(t.n[at.TEAMS_COUNT]):
        s.lists[s.n[at.AT_TEAM_TOTAL] + team], s.lists[s.n[at.AT_TEAM_BUSY] + team] = t.rows[t.n[at.AT_TEAM] + team], 0
    if s.n[at.PATHS_DIRTY]:
        for path in range(t.n[at.PATHS]):
            s.lists[s.n[at.AT_PATH_CLOSED] + path], s.lists[s.n[at.AT_PATH_CONTROL] + path] = 0, 100
    forget_all(s)
    for place in range(at.N_LOG):
        s.n[place] = 0
    s.n[at.N_SEQUENCE] = s.n[at.TEAMS_DIRTY] = s.n[at.PATHS_DIRTY] = s.n[at.MARKS_DIRTY] = 0


@entry
def run_all(
    tables: Tables,
    state: State,
    results: Out,
    blank: Array,
    seed: Array,
    replications: Array,
    fail_from: Array,
    fails: Array,
    first: int,
    last: int,
) -> None:
    """Do the runs from *first* up to *last*."""
    t = Tables(pointer(tables.part), pointer(tables.need), pointer(tables.rows), pointer(tables.key), pointer(tables.n))
    s = State(
        pointer(state.level), pointer(state.standing), pointer(state.charged), pointer(state.damaged),
        pointer(state.on), pointer(state.due), pointer(state.heap), pointer(state.lists), pointer(state.n),
        pointer(state.luck),
    )  # fmt: skip
    out = Out(pointer(results.measures), pointer(results.levels))
    for run in range(first, last):
        _put_back(t, s, blank)
        s.n[at.RUN] += 1
        s.luck[0] = begin_luck(seed[0], replications[run])
        _vary(t, s)
        begin_measures(t, s, out, run)
        minute = -1
        if fail_from[run] < fail_from[run + 1]:
            minute = 0
        while True:
            if minute < 0:
                minute = next_minute(s)
                if s.n[at.N_EVENT] < t.n[at.EVENTS]:
                    event = t.rows[t.n[at.AT_EVENT] + s.n[at.N_EVENT] * at.EVENT_ROW + at.MINUTE]
                    if minute < 0 or event < minute:
                        minute = event
            if minute < 0 or minute > s.n[at.HORIZON]:
                break
            _minute(t, s, out, run, minute, fails, fail_from[run], fail_from[run + 1])
            minute = -1
        end_measures(t, s, out, run)
