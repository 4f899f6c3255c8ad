"""Circles that keep a city down, and alternatives that are none: found beforehand (rules 7.5, 9.5 and 9.6).

Who stays down is asked of the engine, so that the answer means what a run would do; the circle behind it is then read
from the needs that nothing fills. The city is taken bare: no buffers, no fallbacks, no waiting.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import networkx as nx

from city_model.effects import Damage, Selector
from city_model.graph import dependency_graph
from city_model.schema import City, PlacedNeed
from city_model.values import DistributionFigure
from resilience.base.language import _
from resilience.simulation.engine import Simulation
from resilience.simulation.explain import name_of
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.model import Duration, Group, JobRule, Model, Part, compile_city
from resilience.simulation.orders import Order
from resilience.simulation.trace import What

if TYPE_CHECKING:
    Graph = nx.DiGraph[str]

AT_ONCE = Duration((0, 0, 0))
A_MINUTE = Duration((1, 1, 1))
"""The shortest work there is."""
Role = Literal["repair", "rebuild"]
ROLES: tuple[Role, ...] = ("repair", "rebuild")
Say = Callable[[str, str], str]
"""Puts a circle and the needs that break it in words."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Components of which each waits for the next, and the last for the first."""

    components: tuple[str, ...]
    needs: tuple[str, ...]
    """The keys of the needs along the circle, in the same order."""
    breakable: tuple[str, ...]
    """Those of them that ``supply`` can fill from outside to break this circle; one is enough, for long enough."""
    dependents: tuple[str, ...]
    """Who else stays down because of it, in code-point order."""
    unrepaired: tuple[str, ...]
    """Black starts: who else is not repaired because of it, once it has failed too."""
    alone: tuple[str, ...]
    """Repair circles: the components whose own failure is enough; none where several must fail together."""
    sentence: str


@dataclass(frozen=True, slots=True)
class CircularRedundancy:
    """An alternative that itself falls when the component that counts on it falls."""

    dependent: str
    need: str
    alternative: str
    level: int
    """What is left of the alternative, 0..99."""
    path: tuple[str, ...]
    """From the alternative to the dependent, each needing the next."""
    sentence: str


def black_starts(city: City) -> frozenset[str]:
    """Return the components that do not come back by themselves after everything stopped (rule 9.5)."""
    return _Stuck.after_full_stop(city, bare(compile_city(city))).down


def black_start_circles(city: City) -> tuple[Circle, ...]:
    """Return the circles behind black_starts: whoever is in that set is in a circle or depends on one."""
    model = bare(compile_city(city))
    stuck = _Stuck.after_full_stop(city, model)
    breakable = {
        placed.key for placed in city.placed_needs if placed.role == "level" and placed.need.effective_phase != "run"
    }

    def say(circle: str, needs: str) -> str:
        return _(
            "After a full stop nothing of this restarts, because each waits for the next: {circle}. "
            "Help from outside breaks the circle at: {needs}.",
            circle=circle,
            needs=needs,
        )

    circles = tuple(stuck.circles(breakable, say))
    failed = [_Stuck.after_failure(city, model, role) for role in ROLES] if circles else []
    return tuple(
        replace(circle, unrepaired=tuple(sorted({n for one in failed for n in one.waiting_for(circle)} - stuck.down)))
        for circle in circles
    )


def repair_circles(city: City) -> tuple[Circle, ...]:
    """Return the circles in which a repair or a rebuild waits for what it is to repair (rule 7.5)."""
    model = bare(compile_city(city))
    breakable = {placed.key for placed in city.placed_needs if placed.role in ROLES}

    def say(circle: str, needs: str) -> str:
        return _(
            "The repair waits for ever when these fail together, because each waits for the next: {circle}. "
            "Help from outside breaks the circle at: {needs}.",
            circle=circle,
            needs=needs,
        )

    def say_alone(circle: str, needs: str) -> str:
        return _(
            "The repair waits for what it is to repair, because each waits for the next: {circle}. "
            "Help from outside breaks the circle at: {needs}.",
            circle=circle,
            needs=needs,
        )

    found: dict[tuple[str, ...], Circle] = {}
    for role in ROLES:
        stuck = _Stuck.after_failure(city, model, role)
        for circle in stuck.circles(breakable, say):
            alone = tuple(
                name for name in circle.components if name in _Stuck.after_failure(city, model, role, [name]).damaged
            )
            sentence = _sentence(city, circle, say_alone) if alone else circle.sentence
            found.setdefault(circle.needs, replace(circle, alone=alone, sentence=sentence))
    return tuple(sorted(found.values(), key=lambda circle: (circle.components, circle.needs)))


def left_after_repairs(city: City) -> frozenset[str]:
    """Return who is still down when everything failed and every repair that can start is done.

    Black starts are in it; whoever else is in it is so because of a repair circle, or needs a black start for repair.
    """
    model = bare(compile_city(city))
    return frozenset().union(*(_Stuck.after_failure(city, model, role).down for role in ROLES))


def circular_redundancies(city: City) -> tuple[CircularRedundancy, ...]:
    """Return every alternative, and every provider of a fallback, that falls when its dependent falls (rule 9.6).

    It falls when it comes below its own minimum level; nothing else fails, and no buffer or fallback helps.
    """
    chain = dependency_graph(city, ("level",))
    circle_of = {
        name: frozenset(members)
        for members in nx.strongly_connected_components(dependency_graph(city, ("level", "fallback")))
        for name in members
    }
    model_of = cache(lambda circle: bare(compile_city(_only(city, circle))))
    other_ways: dict[str, list[tuple[PlacedNeed, str]]] = {}
    for placed in filter(_offers_another_way, city.placed_needs):
        for provider in placed.need.provider_ids:
            if provider in circle_of[placed.dependent]:
                other_ways.setdefault(placed.dependent, []).append((placed, provider))
    found = []
    for dependent, ways in other_ways.items():
        circle = circle_of[dependent]
        run = Simulation(model_of(circle), [_failure([dependent])], horizon=0)
        run.advance(0)
        short = chain.subgraph(name for name in circle if run.level(name) < 100)
        for placed, provider in ways:
            level = run.level(provider)
            if level < minimum_level_of(city.component_by_id[provider]):
                path = tuple(nx.shortest_path(short, provider, dependent))
                found.append(_redundancy(city, placed, provider, level, path))
    return tuple(found)


def bare(model: Model) -> Model:
    """Return *model* without buffers, fallbacks, backlog, lags and detection."""
    return replace(
        model,
        groups=tuple(replace(group, full=0) for group in model.groups),
        parts=tuple(replace(part, fallback=None, lag=0, backlog_percent=0, detection=AT_ONCE) for part in model.parts),
    )


@dataclass(frozen=True)
class _Stuck:
    """A bare city in which nothing more comes back: who is down, who is damaged, and who waits for whom."""

    city: City
    model: Model
    down: frozenset[str]
    damaged: frozenset[str]
    role: Role

    @classmethod
    def after_full_stop(cls, city: City, model: Model) -> "_Stuck":
        """Stop everything for a minute."""
        return cls._after(city, model, _failure([part.id for part in model.parts], lasts=1), 1, "repair")

    @classmethod
    def after_failure(cls, city: City, model: Model, role: Role, components: Collection[str] = ()) -> "_Stuck":
        """Damage *components*, or all; whatever can be repaired is, in a minute, with a team for every job."""

        def quick(part: Part) -> Part:
            job = JobRule(A_MINUTE, None, getattr(part, role).groups)
            return replace(part, repair=job, rebuild=job)

        plan = replace(model, parts=tuple(quick(part) for part in model.parts))
        order = _failure(components or [part.id for part in model.parts])
        return cls._after(city, plan, order, len(model.parts) + 1, role)  # every minute ends a repair, or none follows

    @classmethod
    def _after(cls, city: City, model: Model, order: Order, horizon: int, role: Role) -> "_Stuck":
        run = Simulation(model, [order], horizon=horizon)
        run.advance(horizon)
        records = run.trace.records
        repaired = {record.subject for record in records if record.what is What.DAMAGE_ENDED}
        damaged = {record.subject for record in records if record.what is What.DAMAGE} - repaired
        down = frozenset(part.id for part in model.parts if run.level(part.id) == 0)
        return cls(city, model, down, frozenset(damaged), role)

    def circles(self, breakable: Collection[str], say: Say) -> Iterator[Circle]:
        """Yield the shortest circle through each *breakable* need, each circle once."""
        waiting = self._waiting()
        graph = self._graph(waiting)
        seen = set()
        for members in sorted(map(sorted, nx.strongly_connected_components(graph))):
            if len(members) == 1 and not graph.has_edge(members[0], members[0]):
                continue
            inside = graph.subgraph(members)
            for first, second in sorted(inside.edges):
                if waiting[first, second] not in breakable:
                    continue
                around = nx.shortest_path(inside, second, first)
                components = _from_the_lowest([first, *around[:-1]] if first != second else [first])
                if components not in seen:
                    seen.add(components)
                    yield self._circle(components, graph, waiting, breakable, say)

    def waiting_for(self, circle: Circle) -> set[str]:
        """Return who waits for *circle*, also through others."""
        graph = self._graph(self._waiting())
        return {name for member in circle.components if member in graph for name in nx.ancestors(graph, member)}

    def _circle(
        self,
        components: tuple[str, ...],
        graph: "Graph",
        waiting: dict[tuple[str, str], str],
        breakable: Collection[str],
        say: Say,
    ) -> Circle:
        needs = tuple(waiting[edge] for edge in pairwise((*components, components[0])))
        others = tuple(sorted(nx.ancestors(graph, components[0]) - set(components)))
        help_at = tuple(key for key in needs if key in breakable)
        circle = Circle(components, needs, help_at, others, (), (), "")
        return replace(circle, sentence=_sentence(self.city, circle, say))

    def _graph(self, waiting: Iterable[tuple[str, str]]) -> "Graph":
        """Return the graph of who waits for whom; a copy, because every step through a view asks its filter."""
        graph: Graph = dependency_graph(self.city).edge_subgraph(waiting).copy()
        return graph

    def _waiting(self) -> dict[tuple[str, str], str]:
        """Return who waits for whom, with the key of the need; a need that must be filled first goes before others."""
        found: dict[tuple[str, str], str] = {}
        for part in self.model.parts:
            if part.id in self.down:
                for group in self._missing(part):
                    for provider in group.providers:
                        name = self.model.parts[provider].id
                        if name in self.down:
                            found.setdefault((part.id, name), group.key)
        return found

    def _missing(self, part: Part) -> list[Group]:
        """Return what *part* waits for: the needs of its repair, else those of its restart, else those it runs on."""
        if part.id in self.damaged:
            return self._at_zero(getattr(part, self.role).groups)
        return self._at_zero((*part.both_groups, *part.start_groups)) or self._at_zero(part.level_groups)

    def _at_zero(self, groups: Iterable[int]) -> list[Group]:
        return [group for group in map(self.model.groups.__getitem__, groups) if self._is_at_zero(group)]

    def _is_at_zero(self, group: Group) -> bool:
        """Return whether nothing of this need is felt (rules 3.1 to 3.4, where only zero or more counts)."""
        there = sum(self.model.parts[provider].id not in self.down for provider in group.providers)
        enough = there > 0 if group.shares is not None else there >= group.at_least
        return not enough and (group.strength == 100 or group.criticality == 0)


def _failure(components: Iterable[str], *, lasts: int | None = None) -> Order:
    """Return the outage of *components* in minute 0: until repaired, or for a while."""
    figure = None if lasts is None else DistributionFigure.model_validate({"fixed": f"{lasts}m", "source": "question"})
    ends: Literal["repair", "duration"] = "repair" if lasts is None else "duration"
    effect = Damage(effect="damage", select=Selector(ids=tuple(components)), ends=ends, lasts=figure)
    return Order("question", "incident", 0, (effect,))


def _only(city: City, circle: Collection[str]) -> City:
    """Return what a failure in *circle* does there: its components, on providers that stand by themselves.

    Who does not need the circle, it cannot take down; who does and is needed by it, is in it.
    """
    no_help = {"fallback": None, "detection": None, "repair": None, "rebuild": None, "backup": None}
    members = [city.component_by_id[name].model_copy(update=no_help) for name in sorted(circle)]
    beside = {provider for member in members for need in member.needs for provider in need.provider_ids}.difference(
        circle
    )
    others = [city.component_by_id[name].model_copy(update={**no_help, "needs": ()}) for name in sorted(beside)]
    return City(id=city.id, name=city.name, sources=city.sources, components=(*members, *others))


def _from_the_lowest(components: list[str]) -> tuple[str, ...]:
    start = components.index(min(components))
    return tuple(components[start:] + components[:start])


def _sentence(city: City, circle: Circle, say: Say) -> str:
    return say(_arrows(city, (*circle.components, circle.components[0])), ", ".join(circle.breakable))


def _arrows(city: City, components: Iterable[str]) -> str:
    return " → ".join(name_of(city, component) for component in components)


def _offers_another_way(placed: PlacedNeed) -> bool:
    need = placed.need
    if placed.role == "fallback":
        return True
    count = len(need.providers)
    spare = sum(need.shares.values()) > 100 if need.shares else (need.at_least or count) < count
    return placed.role == "level" and spare


def _redundancy(
    city: City, placed: PlacedNeed, alternative: str, level: int, path: tuple[str, ...]
) -> CircularRedundancy:
    sentence = _(
        "{alternative} is no alternative for {dependent}: without {dependent} it has {level}% left ({path}).",
        alternative=name_of(city, alternative),
        dependent=name_of(city, placed.dependent),
        level=level,
        path=_arrows(city, path),
    )
    return CircularRedundancy(placed.dependent, placed.key, alternative, level, path, sentence)
