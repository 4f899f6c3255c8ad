"""What the providers of a need offer, and what its dependent feels of that (rules 3.1 to 3.4 and 5.1 to 5.3).

Both are kept per need, and renewed when a level, a charge or a provider changes; nobody asks all providers again.
"""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled, inlined
from resilience.simulation.batch.figures import vary_need
from resilience.simulation.batch.tables import State, Tables


@inlined
def use_need(t: Tables, s: State, need: int) -> None:
    """Note that this run uses *need*: its figures are drawn now, and it must be put back afterwards."""
    if not s.charged[need * at.CHARGED_ROW + at.USED_NEED]:
        s.charged[need * at.CHARGED_ROW + at.USED_NEED] = 1
        s.lists[s.at[at.AT_NEED_LIST] + s.n[at.N_USED_NEEDS]] = need
        s.n[at.N_USED_NEEDS] += 1
        vary_need(t, s, need)


@inlined
def has_buffer(t: Tables, s: State, need: int) -> bool:
    """Return whether *need* has a buffer, be it one that a decision brought."""
    return t.need[need * at.NEED_ROW + at.FULL] > 0 or s.charged[need * at.CHARGED_ROW + at.CHARGE] > 0


@inlined
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


@inlined
def _kth(t: Tables, s: State, first: int, last: int, k: int) -> int:
    """Return the k-th highest level of the providers that are on: the highest that at least k of them reach."""
    found = 0
    for place in range(first, last):
        level = s.level[t.rows[place]]
        if level > found:
            reaching = 0
            for other in range(first, last):
                reaching += int(s.level[t.rows[other]] >= level) & s.on[other]
            if reaching >= k:
                found = level
    return found


@inlined
def _asked(t: Tables, s: State, need: int) -> int:
    """Ask all providers: return the k-th highest level, or the sum of shares (rules 3.1 and 3.2)."""
    row = need * at.NEED_ROW
    first, last, how = t.need[row + at.FROM], t.need[row + at.TO], t.need[row + at.HOW]
    if how == at.ALL:
        found = 100
        for place in range(first, last):
            found = min(found, s.level[t.rows[place]])
        return found
    if how == at.ANY:
        found = 0
        for place in range(first, last):
            found = max(found, s.level[t.rows[place]])
        return found
    if how == at.SHARES:
        total = 0
        for place in range(first, last):
            if s.on[place]:
                total += s.on[s.at[at.AT_SHARES] + place] * s.level[t.rows[place]]
        return min(100, (total + 99) // 100)
    on = last - first
    if how == at.CHOSEN:
        on = 0
        for place in range(first, last):
            on += s.on[place]
    return _kth(t, s, first, last, on - t.need[row + at.SPARE])


@inlined
def offered(t: Tables, s: State, need: int) -> int:
    """Return what the providers of *need* offer now; nobody is asked where it is enough to count who is missing."""
    row = need * at.NEED_ROW
    spare = t.need[row + at.SPARE]
    if t.need[row + at.HOW] < at.CHOSEN:
        if s.lacking[need] & (at.ONE_GONE - 1) <= spare:
            return 100
        if s.lacking[need] // at.ONE_GONE > spare:
            return 0
    return _asked(t, s, need)


@inlined
def feel(t: Tables, s: State, need: int, minute: int) -> bool:
    """Renew what the dependent feels (rules 3.3 and 3.4); return whether that changed."""
    rule = need * at.NEED_ROW
    loss = 100 - s.offer[need]
    felt = 100
    if loss and not (has_buffer(t, s, need) and charge(t, s, need, minute) > 0):
        felt = 100 - max(t.need[rule + at.STRENGTH] * loss // 100, loss - t.need[rule + at.CRITICALITY], 0)
    if felt == s.felt[need]:
        return False
    s.felt[need] = felt
    return True


@compiled
def renew(t: Tables, s: State, need: int, minute: int) -> None:
    """Renew both for *need*, whose providers or charge an order changed."""
    use_need(t, s, need)
    s.offer[need] = _asked(t, s, need)
    feel(t, s, need, minute)
