"""Applies the effects of orders (rules 12 and 16): one small function per effect, on targets found beforehand."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.chance import hits
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.levels import use_part
from resilience.simulation.batch.offers import charge, renew, use_need
from resilience.simulation.batch.spread import (
    can_be_cleaned,
    corrupt,
    expose,
    gain_foothold,
    infect,
    reach,
    slot_of,
    take_backups,
)
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.batch.timers import set_timer
from resilience.simulation.batch.work import await_failure, drop_job, end_damage, inflict, open_work, touch, use_slot
from resilience.simulation.luck import Purpose

INCIDENT_HITS = int(Purpose.INCIDENT_HITS)
WHOLE = 1000


@compiled
def _is_hit(t: Tables, s: State, slot: int, share: int) -> bool:
    if share == WHOLE:
        return True
    use_slot(s, slot)
    return hits(
        s, t.key[t.n[at.AT_SLOT_KEY] + slot], INCIDENT_HITS, s.damaged, slot * at.DAMAGED_ROW + at.N_HITS, share
    )


@compiled
def _damage(t: Tables, s: State, event: int, minute: int) -> None:
    """A, B, …: cap, covers all, isolates, how it ends, lasts, share, destroys + 2 * reaches; H: recurs after."""
    row = event * at.EVENT_ROW
    first, last = t.rows[t.n[at.AT_EVENT] + row + at.TARGET_FROM], t.rows[t.n[at.AT_EVENT] + row + at.TARGET_TO]
    reaches, destroys = t.rows[t.n[at.AT_EVENT] + row + at.G] // 2, t.rows[t.n[at.AT_EVENT] + row + at.G] % 2
    hit = 0
    for place in range(first, last):
        slot = t.rows[place]
        if _is_hit(t, s, slot, t.rows[t.n[at.AT_EVENT] + row + at.F]):
            part = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART]
            s.lists[s.at[at.AT_CONE] + hit] = part
            s.standing[part * at.STANDING_ROW + at.VISITED_STAMP] = s.n[at.STAMP]
            hit += 1
    if reaches:
        hit = reach(t, s, 0, hit)
    for number in range(hit):
        part = s.lists[s.at[at.AT_CONE] + number]
        s.standing[part * at.STANDING_ROW + at.VISITED_STAMP] = 0
        slot = slot_of(t, part, t.rows[t.n[at.AT_SLOT] + t.rows[first] * at.SLOT_ROW + at.SLOT_SOURCE])
        if t.rows[t.n[at.AT_EVENT] + row + at.H] >= 0:
            use_slot(s, slot)
            s.damaged[slot * at.DAMAGED_ROW + at.RECURS] = event + 1
            await_failure(t, s, slot, minute)
        else:
            strike(t, s, event, slot, minute)
    if destroys and t.rows[t.n[at.AT_EVENT] + row + at.H] < 0:
        for number in range(hit):
            take_backups(
                t,
                s,
                slot_of(
                    t,
                    s.lists[s.at[at.AT_CONE] + number],
                    t.rows[t.n[at.AT_SLOT] + t.rows[first] * at.SLOT_ROW + at.SLOT_SOURCE],
                ),
            )


@compiled
def strike(t: Tables, s: State, event: int, slot: int, minute: int) -> None:
    """Damage the part of *slot* as *event* says."""
    row = t.n[at.AT_EVENT] + event * at.EVENT_ROW
    cap, covers_all, isolates = t.rows[row + at.A], t.rows[row + at.B], t.rows[row + at.C]
    ends, lasts, destroys = t.rows[row + at.D], t.rows[row + at.E], t.rows[row + at.G] % 2
    inflict(t, s, slot, minute, cap, covers_all, isolates, ends, destroys, lasts)


@compiled
def _infect(t: Tables, s: State, event: int, minute: int) -> None:
    """A: outbreak, B: share, C: goes off after, D: dwell."""
    row = event * at.EVENT_ROW
    outbreak, begun = t.rows[t.n[at.AT_EVENT] + row + at.A], False
    for place in range(t.rows[t.n[at.AT_EVENT] + row + at.TARGET_FROM], t.rows[t.n[at.AT_EVENT] + row + at.TARGET_TO]):
        slot = t.rows[place]
        if _is_hit(t, s, slot, t.rows[t.n[at.AT_EVENT] + row + at.B]):
            if not begun:
                infect(
                    t, s, outbreak, t.rows[t.n[at.AT_EVENT] + row + at.C], t.rows[t.n[at.AT_EVENT] + row + at.D], minute
                )
                begun = True
            gain_foothold(t, s, outbreak, t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART], minute)


@compiled
def _change_need(t: Tables, s: State, need: int, minute: int) -> None:
    renew(t, s, need, minute)
    if s.charged[need * at.CHARGED_ROW + at.NEED_STAMP] != s.n[at.STAMP]:
        s.charged[need * at.CHARGED_ROW + at.NEED_STAMP] = s.n[at.STAMP]
        s.lists[s.at[at.AT_NEEDS] + s.n[at.N_NEEDS]] = need
        s.n[at.N_NEEDS] += 1
    if t.need[need * at.NEED_ROW + at.ROLE] >= at.ROLE_REPAIR:
        s.n[at.TEAMS_DIRTY] = 1
    else:
        touch(s, t.need[need * at.NEED_ROW + at.DEPENDENT])


@compiled
def _has_part(t: Tables, s: State, need: int, part: int) -> bool:
    row = need * at.NEED_ROW
    if t.need[row + at.DEPENDENT] == part:
        return True
    for place in range(t.need[row + at.FROM], t.need[row + at.TO]):
        if t.rows[place] == part and s.on[place]:
            return True
    return False


@compiled
def _bring(t: Tables, s: State, need: int, old: int, new: int, share: int, minute: int) -> None:
    """Let the provider at place *new* join *need*, in the place of that at *old* unless that is -1 (16.4, 16.5)."""
    if _has_part(t, s, need, t.rows[new]) or (old != at.NEVER and not s.on[old]):
        return
    s.n[at.PROVIDERS_DIRTY] = 1
    if old != at.NEVER:
        s.on[old] = 0
    s.on[new] = 1
    s.on[s.at[at.AT_SHARES] + new] = s.on[s.at[at.AT_SHARES] + old] if old != at.NEVER else share
    _change_need(t, s, need, minute)


@compiled
def _supply(t: Tables, s: State, need: int, minutes: int, minute: int) -> None:
    use_need(t, s, need)
    row = need * at.CHARGED_ROW
    s.charged[row + at.CHARGE] = charge(t, s, need, minute) + 100 * minutes
    s.charged[row + at.CHARGE_AT] = minute
    _change_need(t, s, need, minute)


@compiled
def _prepare(t: Tables, s: State, part: int, minute: int) -> None:
    use_part(t, s, part)
    row = part * at.STANDING_ROW
    has = t.part[part * at.PART_ROW + at.FB_LEVEL] > 0
    if not has or s.standing[row + at.IN_USE] or s.standing[row + at.PREPARED] != at.NEVER:
        return
    touch(s, part)
    s.standing[row + at.PREPARED] = minute
    delay = t.part[part * at.PART_ROW + at.FB_DELAY]
    if delay and s.standing[row + at.BELOW] == at.NEVER:  # a clock that runs already ends no later
        set_timer(s, t.n[at.AT_TIMERS + at.T_READY] + part, minute + delay)


@compiled
def _waits(t: Tables, s: State, part: int) -> bool:
    """Return whether a repair of *part* has not been started."""
    for slot in range(t.part[part * at.PART_ROW + at.SLOTS_OF], t.part[part * at.PART_ROW + at.SLOTS_OF_END]):
        row = slot * at.DAMAGED_ROW
        stage = s.damaged[row + at.STAGE]
        if s.damaged[row + at.ACTIVE] and (stage == at.DETECTING or stage == at.WAITING):
            return True
    return False


@compiled
def _order_slot(t: Tables, s: State, code: int, slot: int, event: int, minute: int) -> None:
    """Carry out an order about one slot."""
    row = slot * at.DAMAGED_ROW
    part = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART]
    if code == at.STOP:
        if not s.damaged[row + at.ACTIVE]:
            covers, isolates = (
                t.rows[t.n[at.AT_EVENT] + event * at.EVENT_ROW + at.A],
                t.rows[t.n[at.AT_EVENT] + event * at.EVENT_ROW + at.B],
            )
            inflict(t, s, slot, minute, 0, covers, isolates, at.BY_DECISION, 0, at.NEVER)
    elif code == at.LIFT:
        if s.damaged[row + at.ACTIVE]:
            end_damage(t, s, slot, minute)
    elif code == at.END_DAMAGE:
        if s.damaged[row + at.ACTIVE]:
            drop_job(t, s, slot)
            end_damage(t, s, slot, minute)
    elif code == at.CLEAN:
        if s.damaged[row + at.STAGE] == at.NO_JOB and can_be_cleaned(t, s, part):
            open_work(s, slot, minute)
    elif code == at.VERIFY:
        if s.damaged[row + at.STAGE] == at.NO_JOB and s.standing[part * at.STANDING_ROW + at.SUSPECT]:
            open_work(s, slot, minute)


@compiled
def _order_part(t: Tables, s: State, code: int, part: int, event: int, minute: int) -> None:
    """Carry out an order about one part."""
    row = part * at.STANDING_ROW
    if code == at.CORRUPT:
        corrupt(t, s, part, minute)
    elif code == at.EXPOSE:
        expose(t, s, part, minute)
    elif code == at.PRIORITY:
        use_part(t, s, part)
        s.standing[row + at.PRIORITY_NOW] = t.rows[t.n[at.AT_EVENT] + event * at.EVENT_ROW + at.A]
        s.n[at.TEAMS_DIRTY] = 1
    elif code == at.PREPARE:
        _prepare(t, s, part, minute)
    elif code == at.CHOOSE_REBUILD and _waits(t, s, part):
        use_part(t, s, part)
        s.standing[row + at.REBUILD_CHOSEN] = 1
        s.n[at.TEAMS_DIRTY] = 1


@compiled
def _order_path(t: Tables, s: State, code: int, path: int, event: int) -> None:
    """Carry out an order about one access path."""
    s.n[at.PATHS_DIRTY] = 1
    if code == at.CONTROL:
        s.lists[s.at[at.AT_PATH_CONTROL] + path] = t.rows[t.n[at.AT_EVENT] + event * at.EVENT_ROW + at.A]
    else:
        s.lists[s.at[at.AT_PATH_CLOSED] + path] = 1 if code == at.CLOSE_PATH else 0


@compiled
def apply(t: Tables, s: State, event: int, minute: int) -> None:
    """Carry out one event."""
    row = event * at.EVENT_ROW
    code = t.rows[t.n[at.AT_EVENT] + row + at.CODE]
    if code == at.DAMAGE:
        _damage(t, s, event, minute)
    elif code == at.INFECT:
        _infect(t, s, event, minute)
    elif code == at.TEAMS:
        team = t.rows[t.n[at.AT_EVENT] + row + at.A]
        s.lists[s.at[at.AT_TEAM_TOTAL] + team] = max(
            0, s.lists[s.at[at.AT_TEAM_TOTAL] + team] + t.rows[t.n[at.AT_EVENT] + row + at.B]
        )
        s.n[at.TEAMS_DIRTY] = 1
    elif code == at.SUPPLY:
        _supply(t, s, t.rows[t.n[at.AT_EVENT] + row + at.A], t.rows[t.n[at.AT_EVENT] + row + at.B], minute)
    elif code == at.SWITCH or code == at.ADD:
        _bring(
            t,
            s,
            t.rows[t.n[at.AT_EVENT] + row + at.A],
            t.rows[t.n[at.AT_EVENT] + row + at.B],
            t.rows[t.n[at.AT_EVENT] + row + at.C],
            100,
            minute,
        )
    else:
        for place in range(
            t.rows[t.n[at.AT_EVENT] + row + at.TARGET_FROM], t.rows[t.n[at.AT_EVENT] + row + at.TARGET_TO]
        ):
            target = t.rows[place]
            if code == at.CLOSE_PATH or code == at.OPEN_PATH or code == at.CONTROL:
                _order_path(t, s, code, target, event)
            elif code in (at.STOP, at.LIFT, at.END_DAMAGE, at.CLEAN, at.VERIFY):
                _order_slot(t, s, code, target, event, minute)
            else:
                _order_part(t, s, code, target, event, minute)
