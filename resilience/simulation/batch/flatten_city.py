"""Lays a model out in flat arrays: parts, needs, providers, paths, durations."""

from collections.abc import Iterable, Sequence
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


def flatten_city(model: Model, durations: Durations, joining: Sequence[tuple[int, int]]) -> FlatCity:
    """Return the arrays of *model*; *joining* are the (need, part) pairs that orders may bring together."""
    providers = [list(group.providers) for group in model.groups]
    for need, part in joining:
        if part not in providers[need]:
            providers[need].append(part)
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
    part_rows = _parts(model, durations, providers, rows)
    paths = list[int]()
    for path in model.paths:
        paths += [path.origin, path.target, path.success, durations.number(path.delay)]
    return FlatCity(part_rows, need_rows, rows, len(flat), share, on, paths, new_places)


def _need(group: Group, first: int, last: int, *, switches: bool) -> list[int]:
    how = at.KTH
    if group.shares is not None:
        how = at.SHARES
    elif not switches and group.at_least == len(group.providers):
        how = at.ALL
    elif not switches and group.at_least == 1:
        how = at.ANY
    return [
        group.dependent, first, last, how, group.at_least, group.strength, group.criticality, group.full,
        group.recharge, _ROLES[group.role], int(group.stops), int(group.spoils), int(group.leaks), int(switches),
    ]  # fmt: skip


def _parts(model: Model, durations: Durations, providers: Sequence[Sequence[int]], rows: list[int]) -> list[int]:
    """Return the rows of the parts, and add their lists to *rows*."""
    groups, count = model.groups, len(model.parts)
    feed: list[list[int]] = [[] for _ in range(count)]
    for need, row in enumerate(providers):
        for provider in row:
            feed[provider].append(need)
    down = [
        list(dict.fromkeys(groups[need].dependent for need in row if groups[need].role in {"level", "fallback"}))
        for row in feed
    ]
    kept: list[list[int]] = [[] for _ in range(count)]
    for number, part in enumerate(model.parts):
        kept[part.kept_on].append(number)
    flow = flow_of(down)
    at_place = sorted(range(count), key=lambda part: (flow.rank[part], part))
    place_of = {part: place for place, part in enumerate(at_place)}
    teams = {name: number for number, name in enumerate(model.teams)}
    found = list[int]()
    for number, part in enumerate(model.parts):
        found += _needs_of(part, rows)
        found += _figures_of(part, durations, teams)
        feeds_repair = any(groups[need].role in {"repair", "rebuild"} for need in feed[number])
        rank = flow.rank[number]
        found += [int(part.backup in {"online", "unknown"}), int(part.backup == "none"), int(feeds_repair)]
        found += [rank, int(rank in flow.circles), place_of[number], at.NEVER, at.NEVER, 50]
        for listed in (feed[number], down[number], kept[number], model.paths_from[number]):
            found += _put(listed, rows)
        found += [0, 0, at_place[number], at.NEVER]
    return found


def _needs_of(part: Part, rows: list[int]) -> list[int]:
    """Put the needs of *part* behind *rows*, role by role; return where each role begins, and the end."""
    found = list[int]()
    fallback = part.fallback.groups if part.fallback else ()
    for needs in (part.level_groups, part.start_groups, fallback, part.repair.groups, part.rebuild.groups):
        found.append(len(rows))
        rows += needs
    return [*found, len(rows)]


def _figures_of(part: Part, durations: Durations, teams: dict[str, int]) -> list[int]:
    fallback = part.fallback
    limit = fallback.duration if fallback else None
    return [
        fallback.level if fallback else 0,
        fallback.delay if fallback else 0,
        at.NEVER if limit is None else limit,
        part.lag,
        part.backlog_percent,
        part.catch_up_level,
        *(teams[work.team] if work.team else at.NEVER for work in (part.repair, part.rebuild)),
        *map(durations.number, (part.detection, part.repair.duration, part.rebuild.duration)),
    ]


def _put(listed: Iterable[int], rows: list[int]) -> tuple[int, int]:
    """Put a list behind *rows*; return where it begins and ends."""
    first = len(rows)
    rows += listed
    return first, len(rows)
