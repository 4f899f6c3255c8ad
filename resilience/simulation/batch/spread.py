"""Malware along access paths and marks on data (rules 10 and 11)."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.chance import drawn, hits
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.levels import use_part
from resilience.simulation.batch.log import write
from resilience.simulation.batch.measure import before_mark
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.batch.timers import set_timer
from resilience.simulation.batch.work import inflict, use_slot
from resilience.simulation.luck import Purpose

PATH_SUCCESS = int(Purpose.PATH_SUCCESS)
PATH_DELAY = int(Purpose.PATH_DELAY)
DWELL = int(Purpose.DWELL)
GOES_OFF = int(Purpose.DETONATES)
CLEAN, FOOTHOLD, CLEANED = range(3)
SPREADING, DETONATED = 1, 2


@compiled
def slot_of(t: Tables, part: int, source: int) -> int:
    """Return the slot of *part* for *source*, -1 when there is none."""
    for slot in range(t.part[part * at.PART_ROW + at.SLOTS_OF], t.part[part * at.PART_ROW + at.SLOTS_OF_END]):
        if t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_SOURCE] == source:
            return slot
    return at.NEVER


@compiled
def is_open(t: Tables, s: State, path: int) -> bool:
    """Return whether *path* can be used now (rules 10.2 and 10.3)."""
    row = path * at.PATH_ROW
    if (
        s.lists[s.at[at.AT_PATH_CLOSED] + path]
        or s.standing[t.rows[t.n[at.AT_PATH] + row + at.ORIGIN] * at.STANDING_ROW + at.ISOLATED]
    ):
        return False
    return not s.standing[t.rows[t.n[at.AT_PATH] + row + at.TARGET] * at.STANDING_ROW + at.ISOLATED]


@compiled
def chance(t: Tables, s: State, path: int) -> int:
    """Return the chance per mille to get along *path*, its control counted."""
    return t.rows[t.n[at.AT_PATH] + path * at.PATH_ROW + at.CHANCE] * s.lists[s.at[at.AT_PATH_CONTROL] + path] // 100


@compiled
def infect(t: Tables, s: State, outbreak: int, after: int, dwell: int, minute: int) -> None:
    """Begin an outbreak: when it goes off is known or drawn now."""
    if s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak]:
        return
    s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak] = SPREADING
    wait = after
    if after < 0 and dwell >= 0:
        s.n[at.DRAWS] = 0  # its only draw for this purpose
        wait = drawn(t, s, dwell, t.key[t.n[at.AT_OUTBREAK_KEY] + outbreak], DWELL, s.n, at.DRAWS)
    if wait == 0:
        s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak] = DETONATED
    elif wait > 0:
        set_timer(s, t.n[at.AT_TIMERS + at.T_DETONATES] + outbreak, minute + wait)


@compiled
def gain_foothold(t: Tables, s: State, outbreak: int, part: int, minute: int) -> None:
    """Give the malware of *outbreak* a foothold at *part*, unless it has been there."""
    place = outbreak * t.n[at.PARTS] + part
    if s.lists[s.at[at.AT_FOOTHOLD] + place] != CLEAN:
        return
    s.lists[s.at[at.AT_FOOTHOLD] + place] = FOOTHOLD
    s.lists[s.at[at.AT_FOOTHOLDS] + s.n[at.N_FOOTHOLDS]] = place
    s.n[at.N_FOOTHOLDS] += 1
    write(s, minute, at.LOG_FOOTHOLD, part, outbreak)
    if t.rows[t.n[at.AT_OUTBREAK] + outbreak * at.OUTBREAK_ROW + at.STEALS]:
        expose(t, s, part, minute)
    for number in range(t.part[part * at.PART_ROW + at.PATHS_OUT], t.part[part * at.PART_ROW + at.PATHS_OUT_END]):
        path = t.rows[number]
        key = t.key[t.n[at.AT_PATH_KEY] + outbreak * t.n[at.PATHS] + path]
        s.n[at.DRAWS] = 0  # each incident draws once for each path and purpose
        if hits(s, key, PATH_SUCCESS, s.n, at.DRAWS, chance(t, s, path)):
            s.n[at.DRAWS] = 0
            delay = max(
                1,
                drawn(
                    t, s, t.rows[t.n[at.AT_PATH] + path * at.PATH_ROW + at.PATH_DELAY], key, PATH_DELAY, s.n, at.DRAWS
                ),
            )
            set_timer(s, t.n[at.AT_TIMERS + at.T_ARRIVES] + outbreak * t.n[at.PATHS] + path, minute + delay)
    if s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak] == DETONATED:
        _go_off(t, s, outbreak, part, minute)


@compiled
def detonate(t: Tables, s: State, outbreak: int, minute: int) -> None:
    """Let an outbreak go off wherever it has a foothold; from now on also where it arrives (rule 10.4)."""
    s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak] = DETONATED
    first = outbreak * t.n[at.PARTS]
    for number in range(s.n[at.N_FOOTHOLDS]):
        place = s.lists[s.at[at.AT_FOOTHOLDS] + number]
        if first <= place < first + t.n[at.PARTS] and s.lists[s.at[at.AT_FOOTHOLD] + place] == FOOTHOLD:
            _go_off(t, s, outbreak, place - first, minute)


@compiled
def _go_off(t: Tables, s: State, outbreak: int, part: int, minute: int) -> None:
    row = outbreak * at.OUTBREAK_ROW
    slot = slot_of(t, part, t.rows[t.n[at.AT_OUTBREAK] + row + at.OUTBREAK_SOURCE])
    use_slot(s, slot)
    counter = slot * at.DAMAGED_ROW + at.N_DETONATES
    destroys = t.rows[t.n[at.AT_OUTBREAK] + row + at.DESTROYS]
    if hits(
        s,
        t.key[t.n[at.AT_SLOT_KEY] + slot],
        GOES_OFF,
        s.damaged,
        counter,
        t.rows[t.n[at.AT_OUTBREAK] + row + at.DETONATES],
    ):
        inflict(t, s, slot, minute, t.rows[t.n[at.AT_OUTBREAK] + row + at.CAP], 0, 0, at.BY_REPAIR, destroys, at.NEVER)
    if destroys:
        take_backups(t, s, slot)


@compiled
def take_backups(t: Tables, s: State, slot: int) -> None:
    """Lose the online backups that are kept where *slot* is (rule 10.5)."""
    use_slot(s, slot)
    part = t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART]
    use_part(t, s, part)
    if not s.damaged[slot * at.DAMAGED_ROW + at.TAKES]:
        s.damaged[slot * at.DAMAGED_ROW + at.TAKES] = 1
        s.standing[part * at.STANDING_ROW + at.TAKEN] += 1
    for place in range(t.part[part * at.PART_ROW + at.KEPT], t.part[part * at.PART_ROW + at.KEPT_END]):
        keeper = t.rows[place]
        use_part(t, s, keeper)
        if t.part[keeper * at.PART_ROW + at.AT_RISK]:
            s.standing[keeper * at.STANDING_ROW + at.BACKUP_LOST] = 1
            s.n[at.TEAMS_DIRTY] = 1


@compiled
def cleaned(t: Tables, s: State, slot: int, minute: int) -> None:
    """Note that the part of *slot* is clean of the malware of its source, and immune to it."""
    if slot < 0:
        return
    part, outbreak = (
        t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_PART],
        t.rows[t.n[at.AT_SLOT] + slot * at.SLOT_ROW + at.SLOT_OUTBREAK],
    )
    if outbreak >= 0 and s.lists[s.at[at.AT_FOOTHOLD] + outbreak * t.n[at.PARTS] + part] == FOOTHOLD:
        s.lists[s.at[at.AT_FOOTHOLD] + outbreak * t.n[at.PARTS] + part] = CLEANED
        write(s, minute, at.LOG_CLEANED, part, outbreak)
    if s.damaged[slot * at.DAMAGED_ROW + at.TAKES]:
        s.damaged[slot * at.DAMAGED_ROW + at.TAKES] = 0
        s.standing[part * at.STANDING_ROW + at.TAKEN] -= 1


@compiled
def cleaned_of_all(t: Tables, s: State, part: int, minute: int) -> None:
    """Note that *part* is clean of every malware that has come up."""
    for outbreak in range(t.n[at.OUTBREAKS]):
        if s.lists[s.at[at.AT_OUTBREAK_ON] + outbreak]:
            cleaned(
                t,
                s,
                slot_of(t, part, t.rows[t.n[at.AT_OUTBREAK] + outbreak * at.OUTBREAK_ROW + at.OUTBREAK_SOURCE]),
                minute,
            )


@compiled
def can_be_cleaned(t: Tables, s: State, part: int) -> bool:
    """Return whether *part* has a foothold that no repair will clean (rule 10.6)."""
    for outbreak in range(t.n[at.OUTBREAKS]):
        if s.lists[s.at[at.AT_FOOTHOLD] + outbreak * t.n[at.PARTS] + part] == FOOTHOLD:
            slot = slot_of(t, part, t.rows[t.n[at.AT_OUTBREAK] + outbreak * at.OUTBREAK_ROW + at.OUTBREAK_SOURCE])
            if not s.damaged[slot * at.DAMAGED_ROW + at.ACTIVE]:
                return True
    return False


@compiled
def knock(t: Tables, s: State, timer: int) -> None:
    """Note that something arrives along a path: it comes in when both ends are open."""
    place = timer - t.n[at.AT_TIMERS + at.T_ARRIVES]
    if not s.lists[s.at[at.AT_AT_DOOR] + place]:
        s.lists[s.at[at.AT_AT_DOOR] + place] = 1
        s.lists[s.at[at.AT_DOORS] + s.n[at.N_AT_DOOR]] = place
        s.n[at.N_AT_DOOR] += 1


@compiled
def arrive(t: Tables, s: State, minute: int) -> None:
    """Let in what waits for a door that is open now; forget what is there already or whose origin was cleaned."""
    paths, parts = t.n[at.PATHS], t.n[at.PARTS]
    kept = 0
    count = s.n[at.N_AT_DOOR]
    for number in range(1, count):  # by incident, then path: a few at most
        place = s.lists[s.at[at.AT_DOORS] + number]
        back = number
        while back > 0 and s.lists[s.at[at.AT_DOORS] + back - 1] > place:
            s.lists[s.at[at.AT_DOORS] + back] = s.lists[s.at[at.AT_DOORS] + back - 1]
            back -= 1
        s.lists[s.at[at.AT_DOORS] + back] = place
    for number in range(count):
        place = s.lists[s.at[at.AT_DOORS] + number]
        outbreak, path = place // paths, place % paths
        origin, target = (
            t.rows[t.n[at.AT_PATH] + path * at.PATH_ROW + at.ORIGIN],
            t.rows[t.n[at.AT_PATH] + path * at.PATH_ROW + at.TARGET],
        )
        there = s.lists[s.at[at.AT_FOOTHOLD] + outbreak * parts + target] != CLEAN
        if there or s.lists[s.at[at.AT_FOOTHOLD] + outbreak * parts + origin] != FOOTHOLD:
            s.lists[s.at[at.AT_AT_DOOR] + place] = 0
        elif is_open(t, s, path):
            s.lists[s.at[at.AT_AT_DOOR] + place] = 0
            gain_foothold(t, s, outbreak, target, minute)
        else:
            s.lists[s.at[at.AT_DOORS] + kept] = place
            kept += 1
    s.n[at.N_AT_DOOR] = kept


@compiled
def reach(t: Tables, s: State, first: int, count: int) -> int:
    """Add to the *count* parts from place *first* of the cone on what open paths lead to; return how many are there."""
    done = 0
    while done < count:
        part = s.lists[s.at[at.AT_CONE] + first + done]
        done += 1
        for number in range(t.part[part * at.PART_ROW + at.PATHS_OUT], t.part[part * at.PART_ROW + at.PATHS_OUT_END]):
            path = t.rows[number]
            target = t.rows[t.n[at.AT_PATH] + path * at.PATH_ROW + at.TARGET]
            if (
                s.standing[target * at.STANDING_ROW + at.VISITED_STAMP] == s.n[at.STAMP]
                or not is_open(t, s, path)
                or not chance(t, s, path)
            ):
                continue
            s.standing[target * at.STANDING_ROW + at.VISITED_STAMP] = s.n[at.STAMP]
            s.lists[s.at[at.AT_CONE] + first + count] = target
            count += 1
    return count


# Marks on data.


@compiled
def corrupt(t: Tables, s: State, part: int, minute: int) -> None:
    """Make the data of *part* suspect (rule 11.1)."""
    if s.standing[part * at.STANDING_ROW + at.SUSPECT]:
        return
    use_part(t, s, part)
    before_mark(t, s, part, 1)
    s.standing[part * at.STANDING_ROW + at.SUSPECT] = 1
    s.lists[s.at[at.AT_SUSPECTS] + s.n[at.N_SUSPECT]] = part
    s.n[at.N_SUSPECT] += 1
    write(s, minute, at.LOG_SUSPECT, part, 0)


@compiled
def verified(t: Tables, s: State, part: int, minute: int) -> None:
    """Clear the suspect mark of *part*."""
    before_mark(t, s, part, 0)
    s.standing[part * at.STANDING_ROW + at.SUSPECT] = 0
    for place in range(s.n[at.N_SUSPECT]):
        if s.lists[s.at[at.AT_SUSPECTS] + place] == part:
            s.n[at.N_SUSPECT] -= 1
            s.lists[s.at[at.AT_SUSPECTS] + place] = s.lists[s.at[at.AT_SUSPECTS] + s.n[at.N_SUSPECT]]
            break
    write(s, minute, at.LOG_VERIFIED, part, 0)


@compiled
def expose(t: Tables, s: State, part: int, minute: int) -> None:
    """Let the data of *part* leak (rule 11.2)."""
    if s.standing[part * at.STANDING_ROW + at.EXPOSED]:
        return
    use_part(t, s, part)
    s.standing[part * at.STANDING_ROW + at.EXPOSED] = 1
    s.lists[s.at[at.AT_EXPOSED] + s.n[at.N_EXPOSED]] = part
    s.n[at.N_EXPOSED] += 1
    write(s, minute, at.LOG_EXPOSED, part, 0)


@compiled
def _carries(t: Tables, s: State, need: int, provider: int) -> bool:
    """Return whether *need* is in use, and *provider* is one of its providers now."""
    row = need * at.NEED_ROW
    dependent = t.need[row + at.DEPENDENT]
    if t.need[row + at.ROLE] == at.ROLE_FALLBACK and not s.standing[dependent * at.STANDING_ROW + at.IN_USE]:
        return False
    for place in range(t.need[row + at.FROM], t.need[row + at.TO]):
        if t.rows[place] == provider and s.on[place]:
            return True
    return False


@compiled
def spread_marks(t: Tables, s: State, minute: int) -> None:
    """Let both marks travel on the final levels of this minute (rule 11)."""
    done = 0
    while done < s.n[at.N_SUSPECT]:
        provider = s.lists[s.at[at.AT_SUSPECTS] + done]
        done += 1
        if not s.level[provider]:
            continue
        for place in range(t.part[provider * at.PART_ROW + at.FEED], t.part[provider * at.PART_ROW + at.FEED_END]):
            need = t.rows[place]
            dependent = t.need[need * at.NEED_ROW + at.DEPENDENT]
            if t.need[need * at.NEED_ROW + at.SPOILS] and s.level[dependent] and _carries(t, s, need, provider):
                corrupt(t, s, dependent, minute)
    done = 0
    while done < s.n[at.N_EXPOSED]:
        provider = s.lists[s.at[at.AT_EXPOSED] + done]
        done += 1
        for place in range(t.part[provider * at.PART_ROW + at.FEED], t.part[provider * at.PART_ROW + at.FEED_END]):
            need = t.rows[place]
            if t.need[need * at.NEED_ROW + at.LEAKS] and _carries(t, s, need, provider):
                expose(t, s, t.need[need * at.NEED_ROW + at.DEPENDENT], minute)
