"""Single failures that take at once what was meant to stand apart: all alternatives of a need, or a fallback too.

Every component is taken away once, everything else works, and what is lost with it is read from the walk. What the
components share on paper (supplier, product, organisation, district) is a second, weaker sign.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from city_model.losses import Losses, NeedRule, spare_of
from city_model.schema import City, Component, PlacedNeed
from resilience.base.language import _
from resilience.base.progress import followed

Alternatives = tuple[tuple[str, ...], int]
"""Providers of which some can be missed, in code-point order, with how many."""


class Root(NamedTuple):
    """A component whose own failure is enough."""

    minutes: int
    """After how long everything is gone."""
    breadth: int
    """How many components feel its loss; the fewest first is the nearest cause."""
    component: str


@dataclass(frozen=True)
class Redundancy:
    """Alternatives that count as redundancy, with what they have in common."""

    providers: tuple[str, ...]
    spare: int
    dependents: tuple[str, ...]
    """Who counts on them, in the order of the city."""
    roots: tuple[Root, ...]
    """The nearest first."""
    shared: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Field of the schema, its value, and the providers that have it: too many of them to be alternatives."""


@dataclass(frozen=True)
class SharedFallback:
    """A component whose fallback a single failure takes together with its normal way of working."""

    component: str
    roots: tuple[tuple[Root, int], ...]
    """Each with the minute at which the component loses its normal way; Root.minutes is that of the fallback."""


SHARED_FIELDS = ("supplier", "product", "operator", "organisation", "district")


def common_roots(city: City) -> tuple[tuple[Redundancy, ...], tuple[SharedFallback, ...]]:
    """Return every group of alternatives and every fallback that one failure, or one common party, can take."""
    groups = [placed for placed in city.placed_needs if _is_redundant(placed)]
    fallbacks = [placed for placed in city.placed_needs if placed.role == "fallback"]
    found: dict[Alternatives, set[Root]] = {_alternatives(placed): set() for placed in groups}
    dependents: dict[Alternatives, dict[str, None]] = {}
    for placed in groups:
        dependents.setdefault(_alternatives(placed), {})[placed.dependent] = None
    shared: dict[str, dict[Root, int]] = {}
    losses = Losses(city)
    breadth = cache(lambda name: len(losses.felt(name)))
    by_provider = _by_provider(city, [*groups, *fallbacks])
    for component in followed(_("Following each loss"), city.components, len(city.components)):
        effects = losses.lost(component.id)
        touched = {rule.key: rule for name in effects for rule in by_provider.get(name, ())}
        for rule in touched.values():
            arrival, dependent = rule.arrival(effects), rule.dependent
            if arrival is None:
                continue
            if rule.placed.role != "fallback":
                found[_alternatives(rule.placed)].add(Root(arrival[0], breadth(component.id), component.id))
            elif dependent in effects and dependent != component.id:
                root = Root(arrival[0], breadth(component.id), component.id)
                shared.setdefault(dependent, {})[root] = effects[dependent].minutes or 0
    redundancies = (_redundancy(city, key, roots, tuple(dependents[key])) for key, roots in found.items())
    failing = (_shared_fallback(city.component_by_id[name], roots) for name, roots in shared.items())
    return (
        tuple(item for item in redundancies if item.roots or item.shared),
        tuple(item for item in failing if item.roots),
    )


def _is_redundant(placed: PlacedNeed) -> bool:
    """Whether the map counts on alternatives; shares that only carry the need together are none."""
    if placed.role != "level" or placed.need.effective_phase == "start":
        return False
    if placed.need.shares:
        return sum(placed.need.shares.values()) - max(placed.need.shares.values()) >= 100
    return spare_of(placed) > 0


def _alternatives(placed: PlacedNeed) -> Alternatives:
    return tuple(sorted(placed.need.provider_ids)), spare_of(placed)


def _by_provider(city: City, needs: Iterable[PlacedNeed]) -> dict[str, list[NeedRule]]:
    found: dict[str, list[NeedRule]] = {}
    for placed in needs:
        rule = NeedRule(city, placed)
        for provider in rule.providers:
            found.setdefault(provider, []).append(rule)
    return found


def _redundancy(city: City, key: Alternatives, roots: set[Root], dependents: tuple[str, ...]) -> Redundancy:
    providers, spare = key
    earliest: dict[str, Root] = {}
    for root in sorted(roots):
        earliest.setdefault(root.component, root)
    return Redundancy(
        providers=providers,
        spare=spare,
        dependents=dependents,
        roots=tuple(sorted(earliest.values(), key=lambda root: (root.breadth, root.component))),
        shared=tuple(_shared(city, providers, spare)),
    )


def _shared(city: City, providers: tuple[str, ...], spare: int) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Yield what so many of *providers* have in common that losing it leaves too few."""
    for field in SHARED_FIELDS:
        having: dict[str, list[str]] = {}
        for provider in providers:
            value = getattr(city.component_by_id[provider], field)
            if value is not None:
                having.setdefault(value, []).append(provider)
        for value, names in having.items():
            if len(names) > max(spare, 1):
                yield field, value, tuple(names)


def _shared_fallback(component: Component, roots: dict[Root, int]) -> SharedFallback:
    """Return the roots that take the fallback before it has given all that it can, the worst first."""
    limit = component.fallback.duration.value if component.fallback and component.fallback.duration else None
    kept = [
        (root, normal) for root, normal in roots.items() if not isinstance(limit, int) or root.minutes < normal + limit
    ]
    worst: dict[str, tuple[Root, int]] = {}
    for root, normal in sorted(kept, key=lambda item: (item[0].minutes - item[1], item[0])):
        worst.setdefault(root.component, (root, normal))
    return SharedFallback(component.id, tuple(worst.values()))
