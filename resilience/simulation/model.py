"""A city as the engine reads it: numbered parts and groups, defaults filled in, nothing that can change.

Parts are numbered in the code-point order of their ids, so that the lower number is the lower id everywhere.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from city_model.schema import City, Component, Need, Work, needs_of
from city_model.values import DistributionFigure, Provenance
from resilience.simulation import luck
from resilience.simulation.flow import Flow, flow_of

DEFAULT_REPAIR = (60, 240, 1440)
"""Minutes, min / likely / max, where the file says nothing: an assumption (semantics, section Fields)."""
DEFAULT_PATH_DELAY = (60, 240, 1440)
"""Minutes from a foothold to the next, where the file says nothing: an assumption (section Fields)."""
REBUILD_FACTOR = 4
DEFAULT_CATCH_UP_LEVEL = 50
DEFAULT_MINIMUM_LEVEL = 50


@dataclass(frozen=True, slots=True)
class Duration:
    """A distribution of whole minutes: a triangle (a fixed figure is a triangle without width), a mean, or a list."""

    triangle: tuple[int, int, int] | None
    mean: int = 0
    observed: tuple[int, ...] = ()
    assumed: bool = True

    @property
    def is_fixed(self) -> bool:
        """Whether it draws nothing (rule 13.5)."""
        return self.triangle is not None and self.triangle[0] == self.triangle[2]

    def quantile(self, u: int) -> int:
        """Return the duration for the draw *u*, in minutes."""
        if self.triangle is not None:
            return luck.triangular(u, *self.triangle)
        if self.observed:
            return luck.empirical(u, self.observed)
        return luck.exponential(u, self.mean)

    def times(self, factor: int) -> "Duration":
        """Return the same distribution, *factor* times as long; the result is an assumption."""
        triangle = None if self.triangle is None else tuple(factor * corner for corner in self.triangle)
        observed = tuple(factor * minutes for minutes in self.observed)
        return Duration(triangle, factor * self.mean, observed, assumed=True)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Group:
    """One need: its providers and how their levels become the level that the dependent feels (rules 3 and 5)."""

    key: str
    dependent: int
    role: str
    """level, start, fallback, repair or rebuild."""
    stops: bool
    """Whether a total loss stops the dependent (phase both)."""
    providers: tuple[int, ...]
    at_least: int
    shares: tuple[int, ...] | None
    strength: int
    criticality: int
    full: int
    """The buffer's stock in level-minutes."""
    recharge: int
    assumed: bool
    buffer_assumed: bool
    spoils: bool
    """Whether suspect data of a provider makes that of the dependent suspect (rule 11.1)."""
    leaks: bool
    """Whether what leaks at a provider is data of the dependent too (rule 11.2)."""


@dataclass(frozen=True, slots=True)
class JobRule:
    """How a repair or a rebuild is done."""

    duration: Duration
    team: str | None
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FallbackRule:
    """The fallback of a part (rule 6)."""

    level: int
    delay: int
    duration: int | None
    groups: tuple[int, ...]
    assumed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One component."""

    id: str
    level_groups: tuple[int, ...]
    both_groups: tuple[int, ...]
    start_groups: tuple[int, ...]
    fallback: FallbackRule | None
    lag: int
    lag_assumed: bool
    backlog_percent: int
    catch_up_level: int
    catch_up_assumed: bool
    detection: Duration
    repair: JobRule
    rebuild: JobRule
    backup: str
    kept_on: int


@dataclass(frozen=True, slots=True)
class Path:
    """An access path (rule 10)."""

    key: str
    origin: int
    target: int
    success: int
    """Chance per mille."""
    delay: Duration
    assumed: bool


@dataclass(frozen=True, slots=True)
class Model:
    """The city, ready to run."""

    city: City
    parts: tuple[Part, ...]
    groups: tuple[Group, ...]
    index: dict[str, int]
    group_index: dict[str, int]
    paths: tuple[Path, ...]
    paths_from: tuple[tuple[int, ...], ...]
    """Per part the access paths that start there."""
    teams: dict[str, int]
    offers: tuple["Offer", ...]
    """Per group what its providers offer."""
    feeds: tuple[tuple[int, ...], ...]
    """Per part the groups that it is a provider of."""
    flow: Flow


_LEVEL_ROLES = frozenset({"level", "fallback"})
Offer = Callable[[Sequence[int]], int]
"""What the providers of one need offer, given the level of every part."""


def offer_of(providers: tuple[int, ...], at_least: int, shares: tuple[int, ...] | None) -> Offer:
    """Return the k-th highest level of *providers*, or the sum of their shares, as a function (rules 3.1 and 3.2)."""
    if shares is not None:
        rows = tuple(zip(shares, providers, strict=True))
        return lambda level: min(100, -(-sum([share * level[part] for share, part in rows]) // 100))
    if len(providers) == 1:
        return itemgetter(providers[0])
    levels_of = itemgetter(*providers)
    if at_least == len(providers):
        return lambda level: min(levels_of(level))
    if at_least == 1:
        return lambda level: max(levels_of(level))
    return lambda level: sorted(levels_of(level))[-at_least]


def feeds_of(parts: int, providers: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return per part the groups that it is a provider of, given the *providers* of every group."""
    found: list[list[int]] = [[] for _ in range(parts)]
    for group, row in enumerate(providers):
        for provider in row:
            found[provider].append(group)
    return [tuple(row) for row in found]


def level_flow(groups: Sequence[Group], feeds: Sequence[tuple[int, ...]]) -> Flow:
    """Return how levels flow when parts feed these groups."""
    carries = [group.role in _LEVEL_ROLES for group in groups]
    return flow_of([tuple(dict.fromkeys(groups[group].dependent for group in row if carries[group])) for row in feeds])


def _runs(role: str, need: Need) -> bool:
    return role == "level" and need.effective_phase != "start"


class _Compiler:
    def __init__(self, city: City) -> None:
        self.city = city
        self.components = sorted(city.components, key=lambda component: component.id)
        self.index = {component.id: number for number, component in enumerate(self.components)}
        self.groups: list[Group] = []
        self.group_index: dict[str, int] = {}

    def figure(self, figure: Provenance | None, default: int) -> tuple[int, bool]:
        """Return the value of a figure and whether it is assumed; unknown takes the default and is assumed."""
        if figure is None:
            return default, False
        value = getattr(figure, "value")  # noqa: B009 - every figure has a value, of differing type
        return (value if isinstance(value, int) else default), self.city.is_assumed(figure)

    def duration(self, figure: DistributionFigure | None, default: tuple[int, int, int]) -> Duration:
        if figure is None or figure.unknown:
            return Duration(default, assumed=True)
        return duration_of(figure, assumed=self.city.is_assumed(figure))

    def group(self, dependent: int, role: str, need: Need, key: str) -> int:
        strength, a = self.figure(need.strength, 100)
        criticality, b = self.figure(need.criticality, 100)
        buffer, buffer_assumed = self.figure(need.buffer, 0)
        recharge, _ = self.figure(need.recharge, buffer)
        ids = need.provider_ids
        number = len(self.groups)
        self.groups.append(
            Group(
                key=key,
                dependent=dependent,
                role="start" if role == "level" and need.effective_phase == "start" else role,
                stops=role == "level" and need.effective_phase == "both",
                providers=tuple(self.index[provider] for provider in ids),
                at_least=need.at_least or len(ids),
                shares=tuple(need.shares.values()) if need.shares else None,
                strength=strength,
                criticality=criticality,
                full=100 * buffer,
                recharge=max(1, recharge),
                assumed=self.city.is_assumed(need) or a or b,
                buffer_assumed=buffer_assumed,
                spoils="integrity" in need.loses and (role == "fallback" or _runs(role, need)),
                leaks="confidentiality" in need.loses and (role == "fallback" or _runs(role, need)),
            )
        )
        self.group_index[key] = number
        return number

    def groups_of(self, component: Component) -> dict[str, list[int]]:
        dependent = self.index[component.id]
        found: dict[str, list[int]] = {}
        for placed in needs_of(component):
            found.setdefault(placed.role, []).append(self.group(dependent, placed.role, placed.need, placed.key))
        return found

    def job(self, work: Work | None, groups: list[int], default: Duration) -> JobRule:
        if work is None:
            return JobRule(default, None, tuple(groups))
        triangle = default.triangle or DEFAULT_REPAIR
        return JobRule(self.duration(work.duration, triangle), work.team, tuple(groups))

    def part(self, component: Component) -> Part:
        found = self.groups_of(component)
        level = found.get("level", [])
        lag, lag_assumed = self.figure(component.restart_lag, 0)
        rho, rho_assumed = self.figure(component.backlog, 0)
        catch_up, catch_up_assumed = self.figure(component.catch_up_level, DEFAULT_CATCH_UP_LEVEL)
        repair = self.job(component.repair, found.get("repair", []), Duration(DEFAULT_REPAIR))
        rebuild = JobRule(repair.duration.times(REBUILD_FACTOR), repair.team, repair.groups)
        if component.rebuild is not None:
            rebuild = self.job(component.rebuild, found.get("rebuild", []), rebuild.duration)
        backup = component.backup
        return Part(
            id=component.id,
            level_groups=tuple(g for g in level if self.groups[g].role == "level"),
            both_groups=tuple(g for g in level if self.groups[g].stops),
            start_groups=tuple(g for g in level if self.groups[g].role == "start"),
            fallback=self.fallback(component, found.get("fallback", [])),
            lag=lag,
            lag_assumed=lag_assumed,
            backlog_percent=rho,
            catch_up_level=catch_up,
            catch_up_assumed=rho_assumed or catch_up_assumed,
            detection=self.detection(component),
            repair=repair,
            rebuild=rebuild,
            backup=backup.kind if backup else "unknown",
            kept_on=self.index[backup.kept_on if backup and backup.kept_on else component.id],
        )

    def detection(self, component: Component) -> Duration:
        if component.detection is None:
            return Duration((0, 0, 0), assumed=False)
        return self.duration(component.detection.duration, (0, 0, 0))

    def fallback(self, component: Component, groups: list[int]) -> FallbackRule | None:
        if component.fallback is None:
            return None
        level, a = self.figure(component.fallback.level, 0)
        delay, b = self.figure(component.fallback.delay, 0)
        limit = component.fallback.duration
        duration = limit.value if limit is not None and isinstance(limit.value, int) else None
        c = limit is not None and self.city.is_assumed(limit)
        if level == 0:
            return None
        return FallbackRule(level, delay, duration, tuple(groups), a or b or c)


def duration_of(figure: DistributionFigure, *, assumed: bool = True) -> Duration:
    """Return the distribution that a known *figure* gives."""
    if figure.exponential is not None:
        return Duration(None, mean=figure.exponential, assumed=assumed)
    if figure.empirical is not None:
        return Duration(None, observed=figure.empirical, assumed=assumed)
    if figure.fixed is not None:
        return Duration((figure.fixed, figure.fixed, figure.fixed), assumed=assumed)
    assert figure.min is not None
    assert figure.likely is not None
    assert figure.max is not None
    return Duration((figure.min, figure.likely, figure.max), assumed=assumed)


def compile_city(city: City) -> Model:
    """Return *city* ready to run; every reference in it must resolve (the loader has checked that)."""
    compiler = _Compiler(city)
    parts = tuple(compiler.part(component) for component in compiler.components)
    paths = tuple(
        Path(
            path.key,
            compiler.index[path.origin],
            compiler.index[path.target],
            compiler.figure(path.success, 1000)[0],
            compiler.duration(path.delay, DEFAULT_PATH_DELAY),
            city.is_assumed(path) or (path.success is not None and city.is_assumed(path.success)),
        )
        for path in sorted(city.access_paths, key=lambda path: path.key)
    )
    paths_from: list[list[int]] = [[] for _ in parts]
    for number, path in enumerate(paths):
        paths_from[path.origin].append(number)
    teams = {team.id: compiler.figure(team.count, 1)[0] for team in city.teams}
    groups = tuple(compiler.groups)
    offers = tuple(offer_of(group.providers, group.at_least, group.shares) for group in groups)
    feeds = tuple(feeds_of(len(parts), [group.providers for group in groups]))
    flow = level_flow(groups, feeds)
    leaving = tuple(map(tuple, paths_from))
    return Model(city, parts, groups, compiler.index, compiler.group_index, paths, leaving, teams, offers, feeds, flow)


def along_paths(model: Model, start: Iterable[int]) -> set[int]:
    """Return *start* and all parts that any access paths lead to from there."""
    found = set(start)
    stack = list(found)
    while stack:
        for number in model.paths_from[stack.pop()]:
            target = model.paths[number].target
            if target not in found:
                found.add(target)
                stack.append(target)
    return found
