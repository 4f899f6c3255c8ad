"""Pairs of generated cities that differ in one thing, of which the second is meant never to be worse.

The cities are those of tests/strategies.py within the limits of docs/semantics.md, "What never hurts, and when": ample
teams, and fallbacks without delay or none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from city_model.schema import City, Component, Fallback, Need, PlacedNeed, Work
from resilience.simulation.engine import simulate
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace
from tests.builders import fallback, team
from tests.strategies import HORIZON, LEVELS, SOME_MINUTES, Case, cases

AMPLE = 100
"""More teams than there can be jobs."""
Worse = tuple[int, str, int, int]
"""Minute, component, level in the first city, lower level in the second."""


@dataclass(frozen=True)
class Pair:
    """What happens to two cities; the second has one thing more, or less, of what never hurts."""

    first: City
    second: City
    orders: tuple[Order, ...]

    def worse(self) -> list[Worse]:
        """Return where and when the second city is worse off; the same orders and the same luck in both."""
        first = simulate(self.first, self.orders, horizon=HORIZON)
        second = simulate(self.second, orders_for(self.second, self.orders), horizon=HORIZON)
        return list(worse_moments(first, second, [component.id for component in self.first.components]))


def worse_moments(first: Trace, second: Trace, components: Iterable[str]) -> Iterable[Worse]:
    """Yield every moment, at a change of either, at which a component is lower in *second*."""
    for name in components:
        for minute in sorted({m for trace in (first, second) for m, _ in trace.levels.get(name, ())}):
            before, after = first.level_at(name, minute), second.level_at(name, minute)
            if after < before:
                yield minute, name, before, after


def orders_for(made: City, orders: Iterable[Order]) -> tuple[Order, ...]:
    """Return those of *orders* whose needs are there in *made*."""
    kept = {None, *made.need_by_key}
    return tuple(order for order in orders if all(getattr(e, "need", None) in kept for e in order.effects))


def with_components(made: City, change: Callable[[Component], Component], *, teams: int | None = None) -> City:
    """Return *made* with every component changed, and *teams* of its one kind."""
    crews = made.teams if teams is None else (team("crew", teams),)
    fields = {name: getattr(made, name) for name in City.model_fields}
    return City(**{**fields, "teams": crews, "components": tuple(change(part) for part in made.components)})


def with_need(made: City, key: str, change: Callable[[Need], Need | None]) -> City:
    """Return *made* with the need *key* changed, or gone where *change* returns None."""
    placed = made.need_by_key[key]

    def changed(needs: tuple[Need, ...]) -> tuple[Need, ...]:
        found = (change(need) if need is placed.need else need for need in needs)
        return tuple(need for need in found if need is not None)

    def in_component(part: Component) -> Component:
        if part.id != placed.dependent:
            return part
        if placed.role == "level":
            return part.model_copy(update={"needs": changed(part.needs)})
        owner: Fallback | Work = getattr(part, placed.role)
        return part.model_copy(update={placed.role: owner.model_copy(update={"needs": changed(owner.needs)})})

    return with_components(made, in_component)


def with_component(made: City, name: str, **fields: Any) -> City:
    """Return *made* with *fields* of one component set."""
    return with_components(made, lambda part: part.model_copy(update=fields) if part.id == name else part)


def minutes(value: int) -> Any:
    """Return a figure of whole minutes."""
    made = fallback(1, delay=value).delay
    assert made is not None
    return made


def number(value: int) -> Any:
    """Return a figure without unit."""
    return team("any", value).count


@st.composite
def quiet_cases(draw: st.DrawFn) -> Case:
    """Return a case within the limits: ample teams, no fallback or fallbacks as far as nothing is known against them.

    No fallback has a delay (a). One with needs of its own has no limited duration (d), and its needs do not run through
    its own dependents (e).
    """
    case = draw(cases())
    allowed = draw(st.booleans())
    circular = set(circular_fallbacks(case.city))

    def quiet(part: Component) -> Component:
        if part.fallback is None or not allowed:
            return part.model_copy(update={"fallback": None})
        needs = () if part.id in circular else part.fallback.needs
        duration = None if needs else part.fallback.duration
        way = part.fallback.model_copy(update={"delay": None, "needs": needs, "duration": duration})
        return part.model_copy(update={"fallback": way})

    made = with_components(case.city, quiet, teams=AMPLE)
    return Case(made, orders_for(made, case.orders))


def circular_fallbacks(made: City) -> list[str]:
    """Return the components whose fallback needs something that is fed by the component itself."""
    found = []
    for part in made.components:
        reached = set() if part.fallback is None else {p for need in part.fallback.needs for p in need.provider_ids}
        waiting = list(reached)
        while waiting:
            provider = made.component_by_id[waiting.pop()]
            needs = [need for need in provider.needs if need.effective_phase != "start"]
            needs += provider.fallback.needs if provider.fallback else ()
            new = {name for need in needs for name in need.provider_ids} - reached
            reached |= new
            waiting += new
        if part.id in reached:
            found.append(part.id)
    return found


@st.composite
def changed_component(draw: st.DrawFn, field: str, first: st.SearchStrategy[int], figure: Callable[[int], Any]) -> Pair:
    """Return a pair in which *field* of one component is less in the second."""
    case = draw(quiet_cases())
    name = draw(st.sampled_from([part.id for part in case.city.components]))
    more = draw(first)
    less = draw(st.integers(0, more - 1))
    one, other = (with_component(case.city, name, **{field: figure(value)}) for value in (more, less))
    return Pair(one, other, case.orders)


@st.composite
def shorter_repair(draw: st.DrawFn) -> Pair:
    """Return a pair in which the repair of one component is shorter in the second."""
    case = draw(quiet_cases())
    part = draw(st.sampled_from(case.city.components))
    assert part.repair is not None
    more = draw(st.integers(2, 120))
    less = draw(st.integers(1, more - 1))
    lengths = (part.repair.duration.model_copy(update={"fixed": value}) for value in (more, less))
    works = [part.repair.model_copy(update={"duration": length}) for length in lengths]
    one, other = (with_component(case.city, part.id, repair=job) for job in works)
    return Pair(one, other, case.orders)


def _placed(draw: st.DrawFn, made: City, *, roles: tuple[str, ...]) -> PlacedNeed:
    found = [placed for placed in made.placed_needs if placed.role in roles]
    assume(found)
    return draw(st.sampled_from(found))


@st.composite
def larger_buffer(draw: st.DrawFn) -> Pair:
    """Return a pair in which one buffer is larger in the second, with the same refill rate; or is there at all."""
    case = draw(quiet_cases())
    key = _placed(draw, case.city, roles=("level", "fallback", "repair")).key
    buffer, recharge = draw(st.sampled_from([0, 1, 5, 20, 60])), draw(st.sampled_from([1, 3, 30, 60, 120]))
    factor = draw(st.integers(2, 4))
    larger = buffer * factor or draw(SOME_MINUTES)
    one = with_need(case.city, key, lambda need: _buffered(need, buffer, recharge))
    other = with_need(case.city, key, lambda need: _buffered(need, larger, recharge * factor))
    return Pair(one, other, case.orders)


def _buffered(need: Need, buffer: int, recharge: int) -> Need:
    return need.model_copy(update={"buffer": minutes(buffer), "recharge": minutes(recharge)})


@st.composite
def one_more_alternative(draw: st.DrawFn) -> Pair:
    """Return a pair in which one need has one more provider in the second, and asks for no more of them."""
    case = draw(quiet_cases())
    placed = _placed(draw, case.city, roles=("level", "fallback", "repair"))
    others = [part.id for part in case.city.components if part.id not in {placed.dependent, *placed.need.provider_ids}]
    assume(others)
    new, share = draw(st.sampled_from(others)), draw(st.integers(1, 100))

    def extended(need: Need) -> Need:
        if need.shares:
            return need.model_copy(update={"shares": {**need.shares, new: share}})
        enough = need.at_least or len(need.providers)
        return need.model_copy(update={"providers": (*need.providers, new), "at_least": enough})

    return Pair(case.city, with_need(case.city, placed.key, extended), case.orders)


@st.composite
def run_instead_of_both(draw: st.DrawFn) -> Pair:
    """Return a pair in which one need no longer stops its dependent in the second."""
    case = draw(quiet_cases())
    key = _placed(draw, case.city, roles=("level",)).key
    one, other = (
        with_need(case.city, key, lambda need, phase=phase: need.model_copy(update={"phase": phase}))  # type: ignore[misc]
        for phase in ("both", "run")
    )
    return Pair(one, other, case.orders)


@st.composite
def one_need_less(draw: st.DrawFn) -> Pair:
    """Return a pair in which one need is gone in the second, whatever it was for."""
    case = draw(quiet_cases())
    key = _placed(draw, case.city, roles=("level", "fallback", "repair")).key
    return Pair(case.city, with_need(case.city, key, lambda _: None), case.orders)


@st.composite
def higher_fallback(draw: st.DrawFn) -> Pair:
    """Return a pair in which one fallback has a higher level in the second; no fallback has a limit."""
    case = draw(quiet_cases())
    unlimited = with_components(
        case.city,
        lambda part: part.model_copy(
            update={"fallback": part.fallback and part.fallback.model_copy(update={"duration": None})}
        ),
    )
    part = draw(st.sampled_from(unlimited.components))
    low = draw(st.integers(1, 99))
    high = draw(st.integers(low + 1, 100))
    needs = part.fallback.needs if part.fallback else ()
    one, other = (with_component(unlimited, part.id, fallback=fallback(level, needs=needs)) for level in (low, high))
    return Pair(one, other, orders_for(one, case.orders))


@st.composite
def longer_fallback(draw: st.DrawFn) -> Pair:
    """Return a pair in which one fallback can be used longer in the second, or without limit."""
    case = draw(quiet_cases())
    part = draw(st.sampled_from(case.city.components))
    level, short = draw(LEVELS), draw(st.integers(1, 100))
    longer = draw(st.none() | st.integers(short + 1, 200))
    needs = part.fallback.needs if part.fallback else ()
    one, other = (
        with_component(case.city, part.id, fallback=fallback(level, duration=limit, needs=needs))
        for limit in (short, longer)
    )
    return Pair(one, other, orders_for(one, case.orders))
