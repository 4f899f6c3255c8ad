"""One run after another: minute by minute at which something is due (semantics, The minute)."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.apart import LEARN, USE, Alone, add_up, are_apart, learn
from resilience.simulation.batch.bundle import opener
from resilience.simulation.batch.compiled import begin_luck, compiled, entry, inlined
from resilience.simulation.batch.events import apply, strike
from resilience.simulation.batch.levels import fallback_is_ready, is_startable, lowest_felt, solve
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
from resilience.simulation.batch.timers import first_timer, forget_all, next_minute, take
from resilience.simulation.batch.work import end_damage, finish_job, note_detected, step_teams, touch

open_tables = opener(Tables, keys=("key",), need=64)
open_state = opener(State, keys=("luck",), level=8, offer=8, felt=8, charged=64, on=8, heap=64, queue=64)
open_out = opener(Out, measures=64, levels=8)
open_alone = opener(Alone, touched=64, measures=64)


@inlined
def _give(t: Tables, s: State, minute: int, kind: int) -> None:
    """Apply the events of this minute that are of *kind*; they are sorted by minute, then kind."""
    while s.n[at.N_EVENT] < t.n[at.EVENTS]:
        row = s.n[at.N_EVENT] * at.EVENT_ROW
        if t.rows[t.n[at.AT_EVENT] + row + at.MINUTE] != minute or t.rows[t.n[at.AT_EVENT] + row + at.CLASS] != kind:
            return
        apply(t, s, s.n[at.N_EVENT], minute)
        s.n[at.N_EVENT] += 1


@inlined
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


@inlined
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
    return lowest_felt(t, s, t.part[rule + at.FALLBACK_NEEDS], t.part[rule + at.REPAIR_NEEDS]) > 0


@inlined
def _comes_on(t: Tables, s: State, part: int, minute: int) -> bool:
    """Stand *part* up, or let it fall back, where that is possible now; return whether it was."""
    row = part * at.STANDING_ROW
    came = False
    if s.standing[row + at.STOPPED]:
        lag, since = t.part[part * at.PART_ROW + at.LAG], s.standing[row + at.SINCE]
        served = lag == 0 or (since != at.NEVER and minute - since >= lag)
        if served and is_startable(t, s, part):
            s.standing[row + at.STOPPED] = 0
            write(s, minute, at.LOG_STANDING, part, 0)
            came = True
    if t.part[part * at.PART_ROW + at.FB_LEVEL] and _can_fall_back(t, s, part, minute):
        s.standing[row + at.IN_USE] = 1
        s.standing[row + at.CARRIED_STAMP] = s.n[at.STAMP]
        came = True
    return came


@inlined
def _switch_on(t: Tables, s: State, minute: int) -> None:
    """Stand up and fall back where that is possible now, until nothing more comes back (rule 9.2)."""
    while s.n[at.N_LOOK]:
        count = 0
        for number in range(s.at[at.AT_LOOK], s.at[at.AT_LOOK] + s.n[at.N_LOOK]):
            if _comes_on(t, s, s.lists[number], minute):
                s.lists[s.at[at.AT_CONE] + count] = s.lists[number]
                count += 1
        s.n[at.N_LOOK] = 0
        s.n[at.LOOK] += 1
        solve(t, s, s.at[at.AT_CONE], count, minute)


@compiled
def _minute(
    t: Tables, s: State, out: Out, run: int, minute: int, fails: Array, first: int, last: int, is_ordered: bool
) -> None:
    s.n[at.STAMP] += 1
    s.n[at.LOOK] += 1
    s.n[at.N_TOUCHED] = s.n[at.N_EVALUATED] = s.n[at.N_BEFORE] = s.n[at.N_NEEDS] = s.n[at.N_OFFERS] = s.n[at.N_LOOK] = 0
    first_due = first_timer(s, minute)
    if is_ordered:
        _give(t, s, minute, at.DECISION)
    if first_due < t.n[at.AT_TIMERS + at.T_ARRIVES]:
        _end(t, s, minute)
    while first_due < t.n[at.AT_TIMERS + at.T_DETONATES]:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_DETONATES])
        if timer < 0:
            break
        knock(t, s, timer)
    if s.n[at.N_AT_DOOR]:
        arrive(t, s, minute)
    if is_ordered:
        _give(t, s, minute, at.MALWARE)
    while first_due < t.n[at.AT_TIMERS + at.T_STRIKES]:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_STRIKES])
        if timer < 0:
            break
        detonate(t, s, timer - t.n[at.AT_TIMERS + at.T_DETONATES], minute)
    if is_ordered:
        _give(t, s, minute, at.HARM)
    if minute == 0:
        for number in range(first, last):
            slot = t.part[fails[number] * at.PART_ROW + at.FAILURE_SLOT]
            if not s.damaged[slot * at.DAMAGED_ROW + at.ACTIVE]:  # named twice
                strike(t, s, t.n[at.FAILURE], slot, minute)
    while first_due < t.n[at.AT_TIMERS + at.T_DETECTED]:
        timer = take(s, minute, t.n[at.AT_TIMERS + at.T_DETECTED])
        if timer < 0:
            break
        slot = timer - t.n[at.AT_TIMERS + at.T_STRIKES]
        strike(t, s, s.damaged[slot * at.DAMAGED_ROW + at.RECURS] - 1, slot, minute)
    _run_out(t, s, minute)
    solve(t, s, s.at[at.AT_TOUCHED], s.n[at.N_TOUCHED], minute)
    _switch_on(t, s, minute)
    for number in range(s.n[at.N_BEFORE]):
        part = s.lists[s.at[at.AT_CHANGED] + number]
        if s.level[part] != s.standing[part * at.STANDING_ROW + at.BEFORE]:
            if t.part[part * at.PART_ROW + at.WATCHED] >= 0:
                change(t, s, out, run, part, minute)
            write(s, minute, at.LOG_LEVEL, part, s.level[part])
    remember(t, s, minute)
    if s.n[at.N_SUSPECT] or s.n[at.N_EXPOSED]:
        spread_marks(t, s, minute)
    settle_marks(t, s, out, run, minute)
    step_teams(t, s, minute)


@compiled
def _put_back(t: Tables, s: State, blank: Array) -> None:
    """Put everything that the last run used back to the start."""
    for number in range(s.n[at.N_USED_PARTS]):
        part = s.lists[s.at[at.AT_PART_LIST] + number]
        row = part * at.PART_ROW
        if s.level[part] != 100:
            s.level[part] = 100
            for place in range(t.part[row + at.FEED], t.part[row + at.FEED_END]):
                s.lacking[t.rows[place]] = 0
        row = part * at.STANDING_ROW
        for place in range(at.STANDING):
            s.standing[row + place] = blank[place]
    for number in range(s.n[at.N_USED_NEEDS]):
        need = s.lists[s.at[at.AT_NEED_LIST] + number]
        row, rule = need * at.CHARGED_ROW, need * at.NEED_ROW
        s.offer[need] = s.felt[need] = 100
        s.charged[row + at.CHARGE], s.charged[row + at.CHARGE_AT] = t.need[rule + at.FULL], 0
        s.charged[row + at.INPUT], s.charged[row + at.USED_NEED] = 100, 0
        s.charged[row + at.OFFER_STAMP] = s.charged[row + at.NEED_STAMP] = 0
        if s.n[at.PROVIDERS_DIRTY]:
            for place in range(t.need[rule + at.FROM], t.need[rule + at.TO]):
                s.on[place] = t.rows[t.n[at.AT_ON] + place]
                s.on[s.at[at.AT_SHARES] + place] = t.rows[t.n[at.AT_SHARE] + place]
    for number in range(s.n[at.N_USED_SLOTS]):
        row = s.lists[s.at[at.AT_SLOT_LIST] + number] * at.DAMAGED_ROW
        for place in range(at.DAMAGED_ROW):
            s.damaged[row + place] = 0
    for number in range(s.n[at.N_FOOTHOLDS]):
        s.lists[s.at[at.AT_FOOTHOLD] + s.lists[s.at[at.AT_FOOTHOLDS] + number]] = 0
    for number in range(s.n[at.N_AT_DOOR]):
        s.lists[s.at[at.AT_AT_DOOR] + s.lists[s.at[at.AT_DOORS] + number]] = 0
    for outbreak in range(t.n[at.OUTBREAKS]):
        s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak] = 0
    for team in range(t.n[at.TEAMS_COUNT]):
        s.lists[s.at[at.AT_TEAM_TOTAL] + team], s.lists[s.at[at.AT_TEAM_BUSY] + team] = (
            t.rows[t.n[at.AT_TEAM] + team],
            0,
        )
    if s.n[at.PATHS_DIRTY]:
        for path in range(t.n[at.PATHS]):
            s.lists[s.at[at.AT_PATH_CLOSED] + path], s.lists[s.at[at.AT_PATH_CONTROL] + path] = 0, 100
    forget_all(s)
    for place in range(at.N_LOG + 1):
        s.n[place] = 0
    s.n[at.STAMP] = s.n[at.LOOK] = s.n[at.N_CIRCLE] = 0
    s.n[at.N_SEQUENCE] = s.n[at.TEAMS_DIRTY] = s.n[at.PATHS_DIRTY] = s.n[at.MARKS_DIRTY] = s.n[at.PROVIDERS_DIRTY] = 0


@inlined
def _next_event(t: Tables, s: State) -> int:
    """Return the minute of the next event, -1 when there is none."""
    if s.n[at.N_EVENT] == t.n[at.EVENTS]:
        return at.NEVER
    return t.rows[t.n[at.AT_EVENT] + s.n[at.N_EVENT] * at.EVENT_ROW + at.MINUTE]


@inlined
def _sooner(one: int, other: int) -> int:
    """Return the earlier of two minutes that may be -1, never."""
    return max(one, other) if one < 0 or other < 0 else min(one, other)


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
    known: Alone,
    first: int,
    last: int,
) -> None:
    """Do the runs from *first* up to *last*."""
    t, s, out, alone = open_tables(tables), open_state(state), open_out(results), open_alone(known)
    for run in range(first, last):
        failing = fail_from[run]
        if (
            alone.n[0] == USE
            and fail_from[run + 1] == failing + 2
            and are_apart(t, s, alone, fails[failing], fails[failing + 1])
        ):
            add_up(t, alone, out, run, fails[failing], fails[failing + 1])
            continue
        _put_back(t, s, blank)
        s.luck[0] = begin_luck(seed[0], replications[run])
        begin_measures(t, s, out, run)
        minute, event = 0, _next_event(t, s)
        if failing == fail_from[run + 1]:
            minute = _sooner(next_minute(s), event)
        while 0 <= minute <= s.at[at.HORIZON]:
            _minute(t, s, out, run, minute, fails, failing, fail_from[run + 1], minute == event)
            event = _next_event(t, s)
            minute = _sooner(next_minute(s), event)
        end_measures(t, s, out, run)
        if alone.n[0] == LEARN:
            learn(t, s, alone, fails[failing])
