"""What a total and lasting loss of one component does to every other, and after how long.

Everything else works, so a need with an alternative holds until too few of its providers are left. Only needs for
running count (phase ``run`` and ``both``), with their buffers; fallbacks and repairs are for the simulation.
"""

import heapq
from collections.abc import Container, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from city_model.confidence import need_confidence, weakest
from city_model.schema import City, PlacedNeed
from city_model.values import Confidence

Reach = Literal["lost", "weakened", "holds"]
REACHES: tuple[Reach, ...] = ("lost", "weakened", "holds")


class Effect(NamedTuple):
    """What a total and lasting loss of one component does to another."""

    reach: Reach
    minutes: int | None = None
    """After how long it is lost; None when it is not."""
    assumed: bool = False
    """Whether a need or buffer on the way was confirmed by nobody."""
    weakest: Confidence | None = None
    """The confidence of the weakest need or buffer on the way; None at the start, and when it is not lost."""
    need: str | None = None
    """The key of the need through which the loss arrives; None at the start, and when it is not lost."""
    provider: str | None = None
    """The provider of that need whose loss settled it."""


HOLDS = Effect("holds")
WEAKENED = Effect("weakened")
Effects = dict[str, Effect]
"""By component; who feels nothing is not in it."""


class NeedRule:
    """What one need means for a loss; worked out once for all the losses that come by."""

    def __init__(self, city: City, placed: PlacedNeed) -> None:
        self._city = city
        self.placed = placed
        self.key = placed.key
        self.dependent = placed.dependent
        self.providers = placed.need.provider_ids
        self.spare = spare_of(placed)

    def arrival(self, effects: Mapping[str, Effect]) -> tuple[int, bool, str] | None:
        """Return when the need alone takes its dependent to zero, given the *effects* on its providers.

        With it: whether that rests on an assumption, and the provider whose loss settles it. None: something is left.
        """
        gone = []
        for provider in self.providers:
            effect = effects.get(provider)
            if effect is not None and effect.minutes is not None:
                gone.append((effect.minutes, effect.assumed, provider))
        if len(gone) <= self.spare or self._leaves_something:
            return None
        minutes, assumed, provider = sorted(gone)[self.spare]
        return minutes + self._buffer, assumed or self._assumed, provider

    def is_met(self, feeling: Container[str]) -> bool:
        """Return whether the providers that are not among the *feeling* ones still meet the need in full."""
        whole = [provider for provider in self.providers if provider not in feeling]
        need = self.placed.need
        if need.shares:
            return sum(need.shares[provider] for provider in whole) >= 100
        return len(whole) >= len(self.providers) - self.spare

    @cached_property
    def confidence(self) -> Confidence:
        """How sure it is that the need is felt, and after how long."""
        return need_confidence(self._city, self.placed.need)

    @cached_property
    def _leaves_something(self) -> bool:
        return level_left(self.placed) > 0

    @cached_property
    def _buffer(self) -> int:
        return buffer_of(self.placed)

    @cached_property
    def _assumed(self) -> bool:
        need = self.placed.need
        return self._city.is_assumed(need) or (need.buffer is not None and self._city.is_assumed(need.buffer))


class Losses:
    """Answers what a total and lasting loss of one component does; the index over the city is made once."""

    def __init__(self, city: City) -> None:
        self._by_provider: dict[str, list[NeedRule]] = {}
        self._alone: dict[str, set[str]] = {}
        """Per provider the dependents with a need that is not met without it, whatever else works."""
        self._grouped: dict[str, list[NeedRule]] = {}
        """Per provider the needs that others may meet."""
        for placed in city.placed_needs:
            if placed.role == "level" and placed.need.effective_phase != "start":
                rule = NeedRule(city, placed)
                for provider in rule.providers:
                    self._by_provider.setdefault(provider, []).append(rule)
                    if rule.spare == 0:
                        self._alone.setdefault(provider, set()).add(rule.dependent)
                    else:
                        self._grouped.setdefault(provider, []).append(rule)

    def of(self, start: str) -> Effects:
        """Return the effect on every component that feels the loss of *start*, itself included, those lost first."""
        effects = self.lost(start)
        for name in sorted(self.felt(start) - effects.keys()):
            effects[name] = WEAKENED
        return effects

    def felt(self, start: str) -> set[str]:
        """Return every component that feels the loss of *start*, itself included."""
        met = {start}
        waiting = [start]
        while waiting:
            provider = waiting.pop()
            new = {name for name in self._alone.get(provider, ()) if name not in met}
            for rule in self._grouped.get(provider, ()):
                if rule.dependent not in met and not rule.is_met(met):
                    new.add(rule.dependent)
            met |= new
            waiting += new
        return met

    def lost(self, start: str) -> Effects:
        """Return the effect on every component that is wholly lost with *start*, itself first.

        In order of time, so that a group of k of n is settled by the providers that it loses first.
        """
        effects: Effects = {}
        rules: dict[str, NeedRule] = {}
        agenda: list[tuple[int, str, bool, str, str]] = [(0, start, False, "", "")]
        while agenda:
            minutes, component, assumed, need, provider = heapq.heappop(agenda)
            if component in effects:
                continue
            if provider:
                before, sure = effects[provider].weakest, rules[need].confidence
                least = sure if before is None else weakest((before, sure))
                effects[component] = Effect("lost", minutes, assumed, least, need, provider)
            else:
                effects[component] = Effect("lost", minutes, assumed)
            for rule in self._by_provider.get(component, ()):
                if rule.dependent not in effects and (arrival := rule.arrival(effects)):
                    when, on_assumption, last = arrival
                    rules[rule.key] = rule
                    heapq.heappush(agenda, (when, rule.dependent, on_assumption, rule.key, last))
        return effects


def spare_of(placed: PlacedNeed) -> int:
    """Return how many providers of a need can be gone while something is left of it."""
    number = len(placed.need.provider_ids)
    return number - 1 if placed.need.shares else number - (placed.need.at_least or number)


def buffer_of(placed: PlacedNeed) -> int:
    """Return the buffer of a need in minutes; an unknown one counts as none."""
    value = placed.need.buffer.value if placed.need.buffer else 0
    return value if isinstance(value, int) else 0


def level_left(placed: PlacedNeed) -> int:
    """Return the level that a need leaves its dependent when its providers are wholly gone (rule 3.4)."""
    strength = placed.need.strength.value if placed.need.strength else 100
    criticality = placed.need.criticality.value if placed.need.criticality else 100
    alpha = strength if isinstance(strength, int) else 100
    beta = criticality if isinstance(criticality, int) else 100
    return 100 - max(alpha, 100 - beta)
