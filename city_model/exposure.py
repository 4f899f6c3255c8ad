"""What an organisation does to others when something of it fails, and what others do to it.

Each loss alone, while everything else works: buffers are counted, fallbacks and repairs are for the simulation.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from city_model.losses import REACHES, Effect, Effects, Losses
from city_model.schema import City, Component


@dataclass(frozen=True)
class Touch:
    """What the failure of one component does to another."""

    failing: str
    felt: str
    effect: Effect

    @property
    def urgency(self) -> tuple[int, int, str, str]:
        """For an order in which what is lost first comes first, then what is weakened."""
        return REACHES.index(self.effect.reach), self.effect.minutes or 0, self.felt, self.failing


@dataclass(frozen=True)
class Exposure:
    """One organisation between the others."""

    own: tuple[str, ...]
    """The components that it owns or runs; city functions belong to everybody."""
    does: tuple[Touch, ...]
    """Per component of another organisation, and per city function, the first way in which it reaches it."""
    feels: tuple[Touch, ...]
    """Per component of another organisation the first of its own that this reaches."""


def exposure(city: City, organisation: str) -> Exposure:
    """Return how *organisation* hangs between the others in *city*, the most urgent first."""
    losses = Losses(city)
    own = {part.id for part in city.components if _is_own(part, organisation)}
    others = [part.id for part in city.components if part.id not in own and part.kind != "function"]
    outward = {name: losses.of(name) for name in sorted(own)}
    inward = {name: losses.of(name) for name in others}
    return Exposure(
        own=tuple(part.id for part in city.components if part.id in own),
        does=_first((touch for touch in _touches(outward) if touch.felt not in own), lambda touch: touch.felt),
        feels=_first((touch for touch in _touches(inward) if touch.felt in own), lambda touch: touch.failing),
    )


def _is_own(part: Component, organisation: str) -> bool:
    return part.kind != "function" and organisation in {part.organisation, part.operator}


def _touches(effects: Mapping[str, Effects]) -> Iterable[Touch]:
    for failing, felt in effects.items():
        yield from (Touch(failing, name, effect) for name, effect in felt.items() if name != failing)


def _first(touches: Iterable[Touch], key: Callable[[Touch], str]) -> tuple[Touch, ...]:
    """Return for each *key* the most urgent of *touches*, and these in order."""
    found: dict[str, Touch] = {}
    for touch in sorted(touches, key=lambda one: one.urgency):
        found.setdefault(key(touch), touch)
    return tuple(found.values())
