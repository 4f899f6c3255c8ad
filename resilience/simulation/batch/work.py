"""Damage and the work on it: detection, teams, repair, cleaning, verification (rules 2 and 7)."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.chance import drawn
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.levels import lowest_felt, use_part
from resilience.simulation.batch.log import write
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.batch.timers import set_timer
from resilience.simulation.luck import Purpose

DETECTION = int(Purpose.DETECTION)
REPAIR = int(Purpose.REPAIR)
REBUILD = int(Purpose.REBUILD)
VERIFICATION = int(Purpose.VERIFICATION)
DAMAGE_LASTS = int(Purpose.DAMAGE_LASTS)
TIME_TO_FAILURE = int(Purpose.TIME_TO_FAILURE)


@compiled
def use_slot(s: State, slot: int) -> None:
    """Note that this run changed something of *slot*."""
    if not s.damaged[slot * at.DAMAGED_ROW + at.USED_SLOT]:
        s.damaged[slot * at.DAMAGED_ROW + at.USED_SLOT] = 1
        s.lists[s.at[at.AT_SLOT_LIST] + s.n[at.N_USED_SLOTS]] = slot
        s.n[at.N_USED_SLOTS] += 1


@compiled
def touch(s: State, part: int) -> None:
    """Note that this minute changed the memory of *part*, whose level will be looked at."""
    if s.standing[part * at.STANDING_ROW + at.TOUCHED_STAMP] != s.n[at.STAMP]:
        s.standing[part * at.STANDING_ROW + at.TOUCHED_STAMP] = s.n[at.STAMP]
        s.lists[s.at[at.AT_TOUCHED] + s.n[at.N_TOUCHED]] = part
        s.n[at.N_TOUCHED] += 1


@compiled
def _recount(t: Tables, s: State, part: int) -> None:
    """Set the caps of *part* to the lowest of its damages (rule 2.2)."""
    own, both, isolated = 100, 100, 0
    for slot in range(t.part[part * at.PART_ROW + at.SLOTS_OF], t.part[part * at.PART_ROW + at.SLOTS_OF_END]):
        row = slot * at.DAMAGED_ROW
        if s.damaged[row + at.ACTIVE]:
            cap = s.damaged[row + at.DAMAGE_CAP]
            own = min(own, cap)
            if s.damaged[row + at.COVERS_ALL]:
                both = min(both, cap)
            isolated += s.damaged[row + at.ISOLATES]
    row = part * at.STANDING_ROW
    s.standing[row + at.OWN_CAP], s.standing[row + at.ALL_CAP] = own, both
    s.standing[row + at.ISOLATED] = isolated


@compiled
def drop_job(t: Tables, s: State, slot: int) -> None:
    """Forget the job of *slot*; its team is free."""
    row = slot * at.DAMAGED_ROW
    stage, team = s.damaged[row + at.STAGE], s.damaged[row + at.TEAM]
    if stage == at.WAITING:
        _leave_queue(s, slot)
    if stage == at.WORKING and team >= 0:
        s.lists[s.at[at.AT_TEAM_BUSY] + team] -= 1
    if stage != at.NO_JOB:
        s.n[at.TEAMS_DIRTY] = 1
    s.damaged[row + at.STAGE] = at.NO_JOB
    s.due[t.n[at.AT_TIMERS + at.T_DETECTED] + slot] = at.NEVER
    s.due[t.n[at.AT_TIMERS + at.T_REPAIR_ENDS] + slot] = at.NEVER


@compiled
def _leave_queue(s: State, slot: int) -> None:
    for place in range(s.n[at.N_WAITING]):
        if s.lists[s.at[at.AT_WAITING] + place] == slot:
            s.n[at.N_WAITING] -= 1
            s.lists[s.at[at.AT_WAITING] + place] = s.lists[s.at[at.AT_WAITING] + s.n[at.N_WAITING]]
            return


@compiled
def open_work(s: State, slot: int, minute: int) -> None:
    """Let the work of *slot* wait for a team from this minute on."""
    use_slot(s, slot)
    row = slot * at.DAMAGED_ROW
    s.damaged[row + at.STAGE], s.damaged[row + at.DETECTED] = at.DETECTING, minute
    s.damaged[row + at.SEQUENCE] = s.n[at.N_SEQUENCE]
    s.n[at.N_SEQUENCE] += 1
    note_detected(s, slot)


@compiled
def note_detected(s: State, slot: int) -> None:
    """Note that the fault of *slot* is found; its job waits from the end of this minute on."""
    if not s.damaged[slot * at.DAMAGED_ROW + at.LISTED]:
        s.damaged[slot * at.DAMAGED_ROW + at.LISTED] = 1
        s.lists[s.at[at.AT_DETECTED] + s.n[at.N_DETECTED]] = slot
        s.n[at.N_DETECTED] += 1


@compiled
def inflict(
    t: Tables, s: State, slot: int, minute: int, cap: int, covers_all: int, isolates: int, ends: int, destroys: int,
    lasts: int,
) -> None:  # fmt: skip
    """Put damage on the part of *slot*; the same source hitting again starts its repair over (rule 2.2)."""
    use_slot(s, slot)
    part, row = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART], slot * at.DAMAGED_ROW
    lasting = 0
    if ends == at.BY_DURATION:
        lasting = 1
        if lasts >= 0:
            key = t.key[t.n[at.AT_SLOT_KEY] + slot]
            lasting = max(1, drawn(t, s, lasts, key, DAMAGE_LASTS, s.damaged, row + at.N_LASTS))
    if s.damaged[row + at.ACTIVE]:
        drop_job(t, s, slot)
    s.damaged[row + at.ACTIVE], s.damaged[row + at.DAMAGE_CAP] = 1, cap
    s.damaged[row + at.COVERS_ALL], s.damaged[row + at.ISOLATES] = covers_all, isolates
    s.damaged[row + at.DESTROYS_DATA] = destroys
    s.damaged[row + at.SEQUENCE] = s.n[at.N_SEQUENCE]
    s.n[at.N_SEQUENCE] += 1
    _recount(t, s, part)
    touch(s, part)
    ends_at = t.n[at.AT_TIMERS + at.T_DAMAGE_ENDS] + slot
    if lasting:
        set_timer(s, ends_at, minute + lasting)
    else:
        s.due[ends_at] = at.NEVER
    if ends == at.BY_REPAIR:
        counter = part * at.STANDING_ROW + at.N_DETECTION
        detection = t.part[part * at.PART_ROW + at.DETECTION]
        delay = drawn(t, s, detection, t.key[part], DETECTION, s.standing, counter)
        s.damaged[row + at.STAGE], s.damaged[row + at.DETECTED] = at.DETECTING, minute + delay
        if delay:
            set_timer(s, t.n[at.AT_TIMERS + at.T_DETECTED] + slot, minute + delay)
        else:
            note_detected(s, slot)


@compiled
def end_damage(t: Tables, s: State, slot: int, minute: int) -> None:
    """End the damage of *slot*; what recurs waits to strike again (rule 2.4)."""
    row, part = slot * at.DAMAGED_ROW, t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART]
    s.damaged[row + at.ACTIVE] = 0
    s.due[t.n[at.AT_TIMERS + at.T_DAMAGE_ENDS] + slot] = at.NEVER
    _recount(t, s, part)
    touch(s, part)
    if s.damaged[row + at.RECURS]:
        await_failure(t, s, slot, minute)


@compiled
def await_failure(t: Tables, s: State, slot: int, minute: int) -> None:
    """Let what recurs strike the part of *slot* after a drawn time."""
    row = slot * at.DAMAGED_ROW
    again = t.rows[t.n[at.AT_EVENT] + (s.damaged[row + at.RECURS] - 1) * at.EVENT_ROW + at.H]
    wait = max(
        1, drawn(t, s, again, t.key[t.n[at.AT_SLOT_KEY] + slot], TIME_TO_FAILURE, s.damaged, row + at.N_FAILURES)
    )
    set_timer(s, t.n[at.AT_TIMERS + at.T_STRIKES] + slot, minute + wait)


@compiled
def _rebuilds(t: Tables, s: State, slot: int) -> bool:
    """Return whether the job would be a rebuild if it started now (rule 7.4)."""
    part = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART]
    if t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_KIND] >= at.CLEANING:
        return False
    row = part * at.STANDING_ROW
    gone = t.part[part * at.PART_ROW + at.NO_BACKUP] or s.standing[row + at.BACKUP_LOST]
    lost = s.damaged[slot * at.DAMAGED_ROW + at.DESTROYS_DATA] and gone
    return bool(lost or s.standing[row + at.REBUILD_CHOSEN])


@compiled
def _can_begin(t: Tables, s: State, slot: int) -> bool:
    """Return whether a team is free and all that the job needs is there; note how it would be done (rule 7.1)."""
    rule = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART] * at.PART_ROW
    rebuild = _rebuilds(t, s, slot)
    team = t.part[rule + (at.REBUILD_TEAM if rebuild else at.REPAIR_TEAM)]
    if team >= 0 and s.lists[s.at[at.AT_TEAM_BUSY] + team] >= s.lists[s.at[at.AT_TEAM_TOTAL] + team]:
        return False
    row = slot * at.DAMAGED_ROW
    s.damaged[row + at.REBUILDS] = 1 if rebuild else 0
    s.damaged[row + at.TEAM] = team
    first = t.part[rule + (at.REBUILD_NEEDS if rebuild else at.REPAIR_NEEDS)]
    last = t.part[rule + (at.NEEDS_END if rebuild else at.REBUILD_NEEDS)]
    return lowest_felt(t, s, first, last) > 0


@compiled
def _goes_before(t: Tables, s: State, slot: int, other: int) -> bool:
    """Return whether the job of *slot* goes before that of *other* (rule 7.2)."""
    part, second = (
        t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART],
        t.rows[t.n[at.AT_SLOT] + other * at.SLOT_ROW + at.SLOT_PART],
    )
    mine, theirs = (
        s.standing[part * at.STANDING_ROW + at.PRIORITY_NOW],
        s.standing[second * at.STANDING_ROW + at.PRIORITY_NOW],
    )
    if mine != theirs:
        return mine > theirs
    row, other_row = slot * at.DAMAGED_ROW, other * at.DAMAGED_ROW
    if s.damaged[row + at.DETECTED] != s.damaged[other_row + at.DETECTED]:
        return s.damaged[row + at.DETECTED] < s.damaged[other_row + at.DETECTED]
    if part != second:
        return part < second
    return s.damaged[row + at.SEQUENCE] < s.damaged[other_row + at.SEQUENCE]


@compiled
def step_teams(t: Tables, s: State, minute: int) -> None:
    """Let teams take jobs on the final levels (rule 7.2)."""
    for number in range(s.n[at.N_DETECTED]):
        slot = s.lists[s.at[at.AT_DETECTED] + number]
        row = slot * at.DAMAGED_ROW
        s.damaged[row + at.LISTED] = 0
        if s.damaged[row + at.STAGE] == at.DETECTING and s.damaged[row + at.DETECTED] == minute:
            s.damaged[row + at.STAGE] = at.WAITING
            s.lists[s.at[at.AT_WAITING] + s.n[at.N_WAITING]] = slot
            s.n[at.N_WAITING] += 1
            s.n[at.TEAMS_DIRTY] = 1
    s.n[at.N_DETECTED] = 0
    if not s.n[at.TEAMS_DIRTY]:
        return
    s.n[at.TEAMS_DIRTY] = 0
    while s.n[at.N_WAITING]:
        chosen = at.NEVER
        for place in range(s.n[at.N_WAITING]):
            slot = s.lists[s.at[at.AT_WAITING] + place]
            if (chosen == at.NEVER or _goes_before(t, s, slot, chosen)) and _can_begin(t, s, slot):
                chosen = slot
        if chosen == at.NEVER:
            return
        _begin(t, s, chosen, minute)


@compiled
def _begin(t: Tables, s: State, slot: int, minute: int) -> None:
    _leave_queue(s, slot)
    part, row = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART], slot * at.DAMAGED_ROW
    use_part(t, s, part)
    rule, counters = part * at.PART_ROW, part * at.STANDING_ROW
    key, rebuild = t.key[part], s.damaged[row + at.REBUILDS]
    if t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_KIND] >= at.CLEANING:
        work = drawn(t, s, t.part[rule + at.REPAIR], key, VERIFICATION, s.standing, counters + at.N_VERIFICATION)
    elif rebuild:
        work = drawn(t, s, t.part[rule + at.REBUILD], key, REBUILD, s.standing, counters + at.N_REBUILD)
    else:
        work = drawn(t, s, t.part[rule + at.REPAIR], key, REPAIR, s.standing, counters + at.N_REPAIR)
    ends = minute + max(1, work)
    s.damaged[row + at.STAGE], s.damaged[row + at.JOB_ENDS] = at.WORKING, ends
    team = s.damaged[row + at.TEAM]
    if team >= 0:
        s.lists[s.at[at.AT_TEAM_BUSY] + team] += 1
    write(s, minute, at.LOG_STARTS, slot, ends)
    set_timer(s, t.n[at.AT_TIMERS + at.T_REPAIR_ENDS] + slot, ends)


@compiled
def finish_job(s: State, slot: int) -> None:
    """Free the team whose work on *slot* ends this minute."""
    row = slot * at.DAMAGED_ROW
    s.damaged[row + at.STAGE] = at.NO_JOB
    if s.damaged[row + at.TEAM] >= 0:
        s.lists[s.at[at.AT_TEAM_BUSY] + s.damaged[row + at.TEAM]] -= 1
    s.n[at.TEAMS_DIRTY] = 1
