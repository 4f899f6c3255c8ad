"""Walking the chain from one component: up to what depends on it, or down to what it depends on.

Each step says how long a total loss takes to arrive when everything else works: the buffers on the way, added up.
Only needs for running count (phase ``run`` and ``both``); fallbacks and repairs are named and not counted, because
how far they carry is for the simulation. A partial loss is called weakened; how deep it goes is for the simulation too.
"""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import Literal

from city_model.chain import DIRECT, Chain, Direction, Way
from city_model.losses import HOLDS, REACHES, WEAKENED, Effect, Effects, Losses, level_left
from city_model.schema import City, PlacedNeed
from city_model.words import need_kind_word
from resilience.base.language import _
from resilience.base.progress import followed
from resilience.base.units import format_duration

Mark = Literal["", "circle", "shown", "deeper"]
"""circle: it stands above this step on the same way; shown: worked out elsewhere in the tree; deeper: cut off here."""

DEPTH = 20
"""Steps away from the start that are shown unless asked otherwise."""
DEEPEST = 100
"""A tree that is deeper is of no use to anybody, and JSON readers refuse it."""


@dataclass(frozen=True)
class Step:
    """One component in the tree, with the needs that link it to the step above it."""

    component: str
    needs: tuple[str, ...]
    effect: Effect
    """Upwards: what losing the start does to this. Downwards: what losing this does to the start."""
    why: str
    """What the link is, in the current language."""
    mark: Mark = ""
    children: tuple["Step", ...] = ()
    through: tuple[str, ...] = ()
    """What a filter left out between the step above and this one, on a shortest way; the link is indirect then."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value with the same tree."""
        return {
            "component": self.component,
            "needs": list(self.needs),
            "reach": self.effect.reach,
            "minutes": self.effect.minutes,
            "assumed": self.effect.assumed,
            "weakest": self.effect.weakest,
            "through": list(self.through),
            "why": self.why,
            "mark": self.mark,
            "children": [child.to_json() for child in self.children],
        }


def walk(
    city: City, component: str, direction: Direction, depth: int = DEPTH, *, only: Collection[str] | None = None
) -> Step:
    """Return the tree of all that *component* is needed by (up) or needs (down), what is lost first on top.

    Every component is worked out once, nearest to the start; elsewhere it carries a mark. Steps farther than *depth*
    are cut off. With *only* other components are left out, and a link through them stays as an indirect one.
    Raises KeyError when the city has no such component.
    """
    return _Walk(city, city.component_by_id[component].id, direction, min(depth, DEEPEST), only).tree()


class _Walk:
    """Builds the tree breadth first, so that every component is worked out where it is nearest to the start."""

    def __init__(self, city: City, start: str, direction: Direction, depth: int, only: Collection[str] | None) -> None:
        self.city = city
        self.start = start
        self.direction = direction
        self.depth = depth
        self.losses = Losses(city)
        self.felt: dict[str, tuple[Effects, set[str]]] = {}
        self.chain = Chain(city, direction)
        self.shown = None if only is None else {start, *only}
        self.ways: dict[str, dict[str, Way]] = {}
        """Per component the next ones, with what stands between and is not shown."""

    def tree(self) -> Step:
        children: dict[Way, list[Way]] = {}
        met = {self.start}
        ways: list[Way] = [(self.start,)]
        for way in followed(_("Walking the chain"), ways, len(self.city.components)):
            if len(way) > self.depth:
                continue
            children[way] = [(*way, name) for name in self._neighbours(way[-1])]
            for child in children[way]:
                if child[-1] not in met:
                    met.add(child[-1])
                    ways.append(child)
        steps: dict[Way, Step] = {}
        for way in reversed(ways):
            below = tuple(steps[child] if child in steps else self._leaf(child) for child in children.get(way, ()))
            steps[way] = self._step(way, "" if way in children or not self._ways(way[-1]) else "deeper", below)
        return steps[(self.start,)]

    def _leaf(self, way: Way) -> Step:
        """Return the step for a component that is worked out elsewhere."""
        if way[-1] in way[:-1]:
            return self._step(way, "circle")
        return self._step(way, "shown" if self._ways(way[-1]) else "")

    def _step(self, way: Way, mark: Mark, children: tuple[Step, ...] = ()) -> Step:
        component = way[-1]
        through = self._ways(way[-2])[component] if len(way) > 1 else DIRECT
        if through:
            why = _("indirectly, through {names}", names=", ".join(through))
            return Step(component, (), self._effect(component), why, mark, children, through)
        links = self.chain.links(way[-2])[component] if len(way) > 1 else []
        provider = way[-1] if self.direction == "down" or len(way) == 1 else way[-2]
        why = "; ".join(link_words(placed, self._felt(component)[1], provider) for placed in links)
        return Step(component, tuple(link.key for link in links), self._effect(component), why, mark, children)

    def _neighbours(self, component: str) -> list[str]:
        """Return the next steps from *component*: what is lost first on top, then what is weakened, then the rest."""

        def urgency(name: str) -> tuple[int, int, str]:
            effect = self._effect(name)
            return REACHES.index(effect.reach), effect.minutes or 0, name

        return sorted(self._ways(component), key=urgency)

    def _ways(self, component: str) -> dict[str, Way]:
        if component not in self.ways:
            self.ways[component] = self.chain.ways(component, self.shown)
        return self.ways[component]

    def _effect(self, component: str) -> Effect:
        lost, felt = self._felt(component)
        name = component if self.direction == "up" else self.start
        return lost.get(name) or (WEAKENED if name in felt else HOLDS)

    def _felt(self, component: str) -> tuple[Effects, set[str]]:
        """Return who is lost, and who feels anything, by the loss that the step of *component* is about."""
        failing = self.start if self.direction == "up" else component
        if failing not in self.felt:
            self.felt[failing] = self.losses.lost(failing), self.losses.felt(failing)
        return self.felt[failing]


def link_words(placed: PlacedNeed, feeling: Container[str], provider: str) -> str:
    """Return what one need says about the link between two steps, when those *feeling* a loss are no help."""
    need = placed.need
    if placed.role == "fallback":
        return _("only its fallback needs this")
    if placed.role != "level":
        return _("only its repair needs this")
    words = [need_kind_word(need.kind)]
    if need.effective_phase == "start":
        words.append(_("only to restart"))
    words += _group_words(placed, feeling, provider)
    left = level_left(placed)
    if left > 0:
        words.append(_("{level} per cent is left without it", level=left))
    if need.buffer is not None:
        unknown = not isinstance(need.buffer.value, int)
        length = _("unknown") if unknown else format_duration(int(need.buffer.value))
        words.append(_("buffer {length}", length=length))
    return ", ".join(words)


def _group_words(placed: PlacedNeed, feeling: Container[str], provider: str) -> Sequence[str]:
    """Return what the alternatives of a need mean: how many are enough, and which of them still work."""
    need = placed.need
    words = []
    if need.shares:
        words.append(_("carries {share} per cent", share=need.shares.get(provider, 0)))
    elif need.at_least is not None and need.at_least < len(need.providers):
        words.append(_("{enough} of {number} is enough", enough=need.at_least, number=len(need.providers)))
    whole = [name for name in need.provider_ids if name not in feeling]
    if words and whole:
        words.append(_("still has {names}", names=", ".join(whole)))
    return words
