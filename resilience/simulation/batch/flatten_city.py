"""Lays a model out in flat arrays: parts, needs, providers, paths, durations."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from resilience.simulation.batch import layout as at
from resilience.simulation.flow import flow_of
from resilience.simulation.model import Duration, Group, Model, Part

_ROLES = {
    "level": at.ROLE_LEVEL,
    "start": at.ROLE_START,
    "fallback": at.ROLE_FALLBACK,
    "repair": at.ROLE_REPAIR,
    "rebuild": at.ROLE_REBUILD,
    "detection": at.ROLE_DETECTION,
}


@dataclass
class Durations:
    """Every distribution that is used, numbered; equal ones share a number."""

    rows: list[int] = field(default_factory=list)
    observed: list[int] = field(default_factory=list)
    _known: dict[Duration, int] = field(default_factory=dict)

    def number(self, duration: Duration) -> int:
        """Return the number of *duration*."""
        if duration not in self._known:
            self._known[duration] = len(self.rows) // at.DURATION_ROW
            if duration.triangle is not None:
                self.rows += [at.TRIANGLE, *duration.triangle]
            elif duration.observed:
                start = len(self.observed)
                self.observed += duration.observed
                self.rows += [at.EMPIRICAL, start, 0, len(self.observed)]
            else:
                self.rows += [at.EXPONENTIAL, duration.mean, 0, 0]
        return self._known[duration]

    def placed(self, observed: int) -> list[int]:
        """Return the rows, given that the observed values stand from *observed* on."""
        rows = list(self.rows)
        for row in range(0, len(rows), at.DURATION_ROW):
            if rows[row + at.SHAPE] == at.EMPIRICAL:
                rows[row + at.LOW] += observed
                rows[row + at.HIGH] += observed
        return rows


@dataclass
class FlatCity:
    """The arrays of a city, as lists."""

    part: list[int]
    need: list[int]
    rows: list[int]
    """Providers, shares, whether they are there from the start; then the lists of parts."""
    providers: int
    share: list[int]
    provider_on: list[int]
    path: list[int]
    new_places: dict[tuple[int, int], int]
    """Where a part that may join a need stands among its providers."""
    order: list[int]
    """The parts, providers first."""


def all_providers(model: Model, joining: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return per need its providers, and those that the (need, part) pairs of *joining* may bring to it."""
    providers = [list(group.providers) for group in model.groups]
    for need, part in joining:
        if part not in providers[need]:
            providers[need].append(part)
    return providers


def flatten_city(
    model: Model,
    durations: Durations,
    joining: Sequence[tuple[int, int]],
    providers: Sequence[Sequence[int]],
    fed: Container[int],
) -> FlatCity:
    """Return the arrays of *model*, in which only the needs in *fed* notice what becomes of their providers."""
    switching = {need for need, _part in joining}
    need_rows, flat, share, on = list[int](), list[int](), list[int](), list[int]()
    new_places: dict[tuple[int, int], int] = {}
    for number, group in enumerate(model.groups):
        row, given = providers[number], group.shares or ()
        need_rows += _need(group, len(flat), len(flat) + len(row), switches=number in switching)
        new_places |= {(number, part): len(flat) + place for place, part in enumerate(row) if number in switching}
        flat += row
        share += [*given, *([0] * (len(row) - len(given)))]
        on += [1] * len(group.providers) + [0] * (len(row) - len(group.providers))
    rows = [*flat, *share, *on]
    part_rows, order = _parts(model, durations, providers, fed, rows)
    paths = list[int]()
    for path in model.paths:
        paths += [path.origin, path.target, path.success, durations.number(path.delay)]
    return FlatCity(part_rows, need_rows, rows, len(flat), share, on, paths, new_places, order)


def _need(group: Group, first: int, last: int, *, switches: bool) -> list[int]:
    how = at.CHOSEN if switches else at.KTH
    if group.shares is not None:
        how = at.SHARES
    elif not switches and group.at_least == len(group.providers):
        how = at.ALL
    elif not switches and group.at_least == 1:
        how = at.ANY
    return _row(at.NEED_ROW, {
        at.DEPENDENT: group.dependent, at.FROM: first, at.TO: last, at.HOW: how,
        at.SPARE: len(group.providers) - group.at_least,
        at.STRENGTH: group.strength, at.CRITICALITY: group.criticality, at.FULL: group.full,
        at.RECHARGE: group.recharge, at.ROLE: _ROLES[group.role], at.STOPS: group.stops, at.SPOILS: group.spoils,
        at.LEAKS: group.leaks,
    })  # fmt: skip


def _row(length: int, values: dict[int, int]) -> list[int]:
    return [int(values.get(place, 0)) for place in range(length)]


def _parts(
    model: Model, durations: Durations, providers: Sequence[Sequence[int]], fed: Container[int], rows: list[int]
) -> tuple[list[int], list[int]]:
    """Return the rows of the parts and their order, providers first, and add their lists to *rows*."""
    groups, count = model.groups, len(model.parts)
    feed: list[list[int]] = [[] for _ in range(count)]
    for need, row in enumerate(providers):
        for provider in row if need in fed else ():
            feed[provider].append(need)
    down = [
        list(dict.fromkeys(groups[need].dependent for need in row if groups[need].role in {"level", "fallback"}))
        for row in feed
    ]
    kept: list[list[int]] = [[] for _ in range(count)]
    for number, part in enumerate(model.parts):
        kept[part.kept_on].append(number)
    flow = flow_of(down)
    order = sorted(range(count), key=lambda part: (flow.rank[part], part))
    place_of = {part: place for place, part in enumerate(order)}
    teams = {name: number for number, name in enumerate(model.teams)}
    found = list[int]()
    for number, part in enumerate(model.parts):
        counted = [need for need in feed[number] if groups[need].shares is None]
        summed = [need for need in feed[number] if groups[need].shares is not None]
        values = _needs_of(part, rows) | _figures_of(part, durations, teams)
        values[at.FEED], values[at.FEED_SHARES] = _put(counted, rows)
        _, values[at.FEED_END] = _put(summed, rows)
        mine = flow.rank[number]
        circled = [part for part in down[number] if flow.rank[part] in flow.circles]
        values[at.DOWN], values[at.DOWN_END] = _put([part for part in circled if flow.rank[part] == mine], rows)
        entered = [part for part in circled if flow.rank[part] != mine]
        values[at.ENTERS], values[at.ENTERS_END] = _put(entered, rows) if entered else (at.NEVER, at.NEVER)
        values[at.KEPT], values[at.KEPT_END] = _put(kept[number], rows)
        values[at.PATHS_OUT], values[at.PATHS_OUT_END] = _put(model.paths_from[number], rows)
        values[at.PLACE], values[at.CIRCLE] = place_of[number], mine if mine in flow.circles else at.NEVER
        found += _row(at.PART_ROW, values)
    return found, order


def _needs_of(part: Part, rows: list[int]) -> dict[int, int]:
    """Put the needs of *part* behind *rows*, role by role; return where each role begins, and the end."""
    found = dict[int, int]()
    fallback = part.fallback.groups if part.fallback else ()
    roles = (part.level_groups, part.start_groups, fallback, part.repair.groups, part.rebuild.groups)
    for place, needs in enumerate(roles):
        found[place] = len(rows)
        rows += needs
    return found | {at.NEEDS_END: len(rows)}


def _figures_of(part: Part, durations: Durations, teams: dict[str, int]) -> dict[int, int]:
    fallback = part.fallback
    limit = fallback.duration if fallback else None
    return {
        at.FB_LEVEL: fallback.level if fallback else 0,
        at.FB_DELAY: fallback.delay if fallback else 0,
        at.FB_DURATION: at.NEVER if limit is None else limit,
        at.LAG: part.lag,
        at.BACKLOG_PERCENT: part.backlog_percent,
        at.CATCH_UP: part.catch_up_level,
        at.REPAIR_TEAM: teams[part.repair.team] if part.repair.team else at.NEVER,
        at.REBUILD_TEAM: teams[part.rebuild.team] if part.rebuild.team else at.NEVER,
        at.DETECTION: durations.number(part.detection),
        at.REPAIR: durations.number(part.repair.duration),
        at.REBUILD: durations.number(part.rebuild.duration),
        at.AT_RISK: part.backup in {"online", "unknown"},
        at.NO_BACKUP: part.backup == "none",
        at.WATCHED: at.NEVER,
        at.MTD: at.NEVER,
        at.MINIMUM: 50,
        at.FAILURE_SLOT: at.NEVER,
    }


def _put(listed: Iterable[int], rows: list[int]) -> tuple[int, int]:
    """Put a list behind *rows*; return where it begins and ends."""
    first = len(rows)
    rows += listed
    return first, len(rows)
