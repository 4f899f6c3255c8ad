"""Measures the watched components while they change (rule 15): nothing is kept of the others."""

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import compiled
from resilience.simulation.batch.tables import Out, State, Tables


@compiled
def _pass(t: Tables, s: State, out: Out, run: int, watched: int, minute: int) -> None:
    """Count the minutes since the last change of a watched component, up to *minute*."""
    row = watched * at.WATCH_ROW
    since, level = s.lists[s.at[at.AT_WATCH] + row + at.W_SINCE], s.lists[s.at[at.AT_WATCH] + row + at.W_LEVEL]
    until = min(minute, s.at[at.HORIZON])
    if until > since:
        found = (run * t.n[at.WATCHED_COUNT] + watched) * at.MEASURE_ROW
        out.measures[found + at.LOST] += (100 - level) * (until - since)
        if level and s.lists[s.at[at.AT_WATCH] + row + at.W_SUSPECT]:
            out.measures[found + at.ON_SUSPECT] += until - since
        grid = t.n[at.GRID]
        if grid and level < 100:
            base = (run * t.n[at.WATCHED_COUNT] + watched) * t.n[at.STEPS]
            for step in range((since + grid - 1) // grid, (until + grid - 1) // grid):
                out.levels[base + step] = level
    s.lists[s.at[at.AT_WATCH] + row + at.W_SINCE] = max(since, minute)


@compiled
def change(t: Tables, s: State, out: Out, run: int, part: int, minute: int) -> None:
    """Note the new level of *part*, which is watched."""
    watched = t.part[part * at.PART_ROW + at.WATCHED]
    _pass(t, s, out, run, watched, minute)
    row, level = watched * at.WATCH_ROW, s.level[part]
    was = s.lists[s.at[at.AT_WATCH] + row + at.W_LEVEL]
    s.lists[s.at[at.AT_WATCH] + row + at.W_LEVEL] = level
    found = (run * t.n[at.WATCHED_COUNT] + watched) * at.MEASURE_ROW
    if minute < s.at[at.HORIZON]:
        out.measures[found + at.LOWEST] = min(out.measures[found + at.LOWEST], level)
        if level < 100 and out.measures[found + at.FIRST_BELOW] == at.NEVER:
            out.measures[found + at.FIRST_BELOW] = minute
        if not level and out.measures[found + at.FIRST_GONE] == at.NEVER:
            out.measures[found + at.FIRST_GONE] = minute
        if level == 100:
            out.measures[found + at.BACK] = minute
        elif was == 100:
            out.measures[found + at.BACK] = at.NEVER
    minimum = t.part[part * at.PART_ROW + at.MINIMUM]
    if level < minimum and s.lists[s.at[at.AT_WATCH] + row + at.W_DOWN_SINCE] == at.NEVER:
        s.lists[s.at[at.AT_WATCH] + row + at.W_DOWN_SINCE] = minute
    elif level >= minimum:
        _came_back(t, s, out, found, row, part, minute)


@compiled
def _came_back(t: Tables, s: State, out: Out, found: int, row: int, part: int, minute: int) -> None:
    since, mtd = s.lists[s.at[at.AT_WATCH] + row + at.W_DOWN_SINCE], t.part[part * at.PART_ROW + at.MTD]
    s.lists[s.at[at.AT_WATCH] + row + at.W_DOWN_SINCE] = at.NEVER
    if since != at.NEVER and mtd != at.NEVER and minute - since > mtd and out.measures[found + at.BREACH] == at.NEVER:
        out.measures[found + at.BREACH] = since + mtd


@compiled
def before_mark(t: Tables, s: State, part: int, suspect: int) -> None:
    """Note that the suspect mark of *part* changes, if it is watched; its minutes so far are counted later."""
    watched = t.part[part * at.PART_ROW + at.WATCHED]
    if watched >= 0:
        s.lists[s.at[at.AT_WATCH] + t.n[at.WATCHED_COUNT] * at.WATCH_ROW + watched] = suspect + 1
        s.n[at.MARKS_DIRTY] = 1


@compiled
def settle_marks(t: Tables, s: State, out: Out, run: int, minute: int) -> None:
    """Let the marks that changed this minute count from now on."""
    if not s.n[at.MARKS_DIRTY]:
        return
    s.n[at.MARKS_DIRTY] = 0
    for watched in range(t.n[at.WATCHED_COUNT]):
        place = t.n[at.WATCHED_COUNT] * at.WATCH_ROW + watched
        if s.lists[s.at[at.AT_WATCH] + place]:
            _pass(t, s, out, run, watched, minute)
            s.lists[s.at[at.AT_WATCH] + watched * at.WATCH_ROW + at.W_SUSPECT] = s.lists[s.at[at.AT_WATCH] + place] - 1
            s.lists[s.at[at.AT_WATCH] + place] = 0


@compiled
def begin_measures(t: Tables, s: State, out: Out, run: int) -> None:
    """Start to measure: everything is at 100."""
    for watched in range(t.n[at.WATCHED_COUNT]):
        row = watched * at.WATCH_ROW
        s.lists[s.at[at.AT_WATCH] + row + at.W_SINCE], s.lists[s.at[at.AT_WATCH] + row + at.W_LEVEL] = 0, 100
        s.lists[s.at[at.AT_WATCH] + row + at.W_DOWN_SINCE], s.lists[s.at[at.AT_WATCH] + row + at.W_SUSPECT] = (
            at.NEVER,
            0,
        )
        found = (run * t.n[at.WATCHED_COUNT] + watched) * at.MEASURE_ROW
        out.measures[found + at.LOWEST] = 100
        for measure in range(at.FIRST_BELOW, at.ON_SUSPECT):
            out.measures[found + measure] = at.NEVER


@compiled
def end_measures(t: Tables, s: State, out: Out, run: int) -> None:
    """Count up to the horizon, and see who was down for too long by then."""
    for watched in range(t.n[at.WATCHED_COUNT]):
        row = watched * at.WATCH_ROW
        if s.lists[s.at[at.AT_WATCH] + row + at.W_LEVEL] < 100 or s.lists[s.at[at.AT_WATCH] + row + at.W_SUSPECT]:
            _pass(t, s, out, run, watched, s.at[at.HORIZON])
            found = (run * t.n[at.WATCHED_COUNT] + watched) * at.MEASURE_ROW
            _came_back(t, s, out, found, row, t.rows[t.n[at.AT_WATCHED] + watched], s.at[at.HORIZON] + 1)
