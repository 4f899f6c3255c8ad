"""What a run does to people and money beyond lost service, read from the trace alone.

At level 60 four in ten residents are without. It is assumed that who is served first stays served first: the residents
of a function fall into layers of one per cent, and layer n is without while the level is below n. Whether somebody is
in trouble depends on the longest time without a break that they were without.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

from city_model.impact import HARM_KINDS, Curve, Harm, per_thousand
from city_model.impact_themes import Known, known_impacts
from city_model.schema import City, Component
from city_model.values import CountFigure
from resilience.base.units import MINUTES_PER_HOUR
from resilience.simulation.contagion import Leak, leak
from resilience.simulation.metrics import outcomes
from resilience.simulation.trace import Trace

Spell = tuple[int, int]
"""From when until when somebody is without, in minutes."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Residents who are without at the same times."""

    per_cent: int
    """How many of the function's residents they are, 1..100."""
    spells: tuple[Spell, ...]

    def longest(self, until: int) -> int:
        """Return the longest time without a break that they were without before minute *until*."""
        return max((min(end, until) - start for start, end in self.spells if start < until), default=0)


@dataclass(frozen=True, slots=True)
class HarmDone:
    """How many are in trouble by one kind of harm, at the end of the run."""

    function: str
    harm: Harm
    number: int | None
    """Of what the harm counts, vulnerable ones among them; None where nobody knows how many residents there are."""
    vulnerable: int | None
    """The vulnerable ones; None where nobody knows how many there are."""
    first: int | None
    """The minute at which the first one is in trouble; None: nobody is."""
    assumed: bool

    @property
    def shown(self) -> int | None:
        """The number as it may be shown: two figures of it where it rests on an assumption."""
        return rounded(self.number) if self.assumed else self.number

    @property
    def shown_vulnerable(self) -> int | None:
        """The same for the vulnerable ones."""
        return rounded(self.vulnerable) if self.assumed else self.vulnerable

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "function": self.function,
            "id": self.harm.id,
            "kind": self.harm.kind,
            "name": self.harm.name.model_dump(),
            "number": self.number,
            "vulnerable": self.vulnerable,
            "first": self.first,
            "assumed": self.assumed,
        }


@dataclass(frozen=True, slots=True)
class CostDone:
    """What one cost came to."""

    function: str
    id: str
    name: str
    euros: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything together; people of different functions are never added up, for they are the same people."""

    harms: tuple[HarmDone, ...]
    """Of functions that fell, in the order of the map; those that harm nobody within the run are among them."""
    costs: tuple[CostDone, ...]
    unsaid: tuple[str, ...]
    """Functions that fell and of which nobody said whom that harms."""
    unpriced: tuple[str, ...]
    """Functions that fell and of which nobody said what that costs."""
    leak: Leak | None
    special: Leak | None
    """The same, of special personal data only."""

    @property
    def euros(self) -> int:
        """All costs that are known."""
        return sum(cost.euros for cost in self.costs)

    @property
    def heaviest(self) -> tuple[HarmDone, ...]:
        """The harms that are there, by kind, those with the most in trouble first."""
        found = [done for done in self.harms if done.number]
        return tuple(sorted(found, key=lambda done: (HARM_KINDS.index(done.harm.kind), -(done.number or 0))))

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "harms": [done.to_json() for done in self.harms],
            "costs": [asdict(cost) for cost in self.costs],
            "euros": self.euros,
            "unsaid": list(self.unsaid),
            "unpriced": list(self.unpriced),
            "leak": asdict(self.leak) if self.leak else None,
            "special_leak": asdict(self.special) if self.special else None,
        }


def rounded(number: int | None) -> int | None:
    """Return *number* down to its first two figures: more of them would say more than an assumption can."""
    if number is None or number < 100:
        return number
    unit: int = 10 ** (len(str(number)) - 2)
    return number // unit * unit


def impact(city: City, trace: Trace) -> Impact:
    """Return what *trace* does to people and money, as far as *city* says."""
    fell = {one.component: one for one in outcomes(city, trace) if one.first_below_100 is not None}
    known = {one.function: one for one in known_impacts(city)}
    harms, costs = [], []
    for function, outcome in fell.items():
        if function in known:
            component, found = city.component_by_id[function], layers(trace, function)
            harms += [
                _done(city, component, one, found, trace.horizon, assumed=outcome.assumed)
                for one in known[function].harms
            ]
            costs += [
                CostDone(function, one.said.id, str(one.said.name), _euros(trace, function, one.said.per_hour),
                         one.assumed or outcome.assumed)
                for one in known[function].costs
            ]  # fmt: skip
    return Impact(
        harms=tuple(harms),
        costs=tuple(costs),
        unsaid=tuple(name for name in fell if name not in known or not known[name].harms),
        unpriced=tuple(name for name in fell if name not in known or not known[name].costs),
        leak=leak(city, trace),
        special=leak(city, trace, special=True),
    )


def growth(city: City, trace: Trace, done: HarmDone, moments: Sequence[int]) -> tuple[int | None, ...]:
    """Return how many are in trouble at each of *moments*, as *done* says it of the end of the run."""
    component, found = city.component_by_id[done.function], layers(trace, done.function)
    counts = (in_trouble(component, done.harm, found, minute) for minute in moments)
    return tuple(None if counted is None else counted[0] for counted in counts)


def layers(trace: Trace, function: str) -> tuple[Layer, ...]:
    """Return the residents of *function* by when they are without, those who are never without left out."""
    segments = trace.segments(function)
    bounds = sorted({0, 100, *(level for _start, _end, level in segments)})
    found = (Layer(high - low, _spells(segments, high)) for low, high in pairwise(bounds))
    return tuple(layer for layer in found if layer.spells)


def in_trouble(component: Component, harm: Harm, found: Sequence[Layer], until: int) -> tuple[int, int] | None:
    """Return how many are in trouble at minute *until*, and the vulnerable ones among them.

    Each rounded down; None where nobody knows how many residents the function has.
    """
    residents = _number(component.residents)
    if residents is None:
        return None
    vulnerable = min(_number(component.vulnerable) or 0, residents)
    per = 100 * 1000 * max(1, _number(harm.people_each) or 1)
    of_them = vulnerable * _weight(harm.vulnerable or harm.curve, found, until)
    of_others = (residents - vulnerable) * _weight(harm.curve, found, until)
    return (of_them + of_others) // per, of_them // per


def _done(
    city: City, component: Component, known: Known[Harm], found: Sequence[Layer], horizon: int, *, assumed: bool
) -> HarmDone:
    harm = known.said
    counted = in_trouble(component, harm, found, horizon)
    figures = (component.residents, component.vulnerable)
    knows_vulnerable = _number(component.vulnerable) is not None
    return HarmDone(
        function=component.id,
        harm=harm,
        number=None if counted is None else counted[0],
        vulnerable=counted[1] if counted is not None and knows_vulnerable else None,
        first=_first(component, harm, found, horizon) if counted and counted[0] else None,
        assumed=assumed or known.assumed or any(one is not None and city.is_assumed(one) for one in figures),
    )


def _first(component: Component, harm: Harm, found: Sequence[Layer], horizon: int) -> int:
    """Return the first minute at which somebody is in trouble: the number never falls, so halving finds it."""
    low, high = 0, horizon
    while low < high:
        middle = (low + high) // 2
        counted = in_trouble(component, harm, found, middle)
        low, high = (low, middle) if counted and counted[0] else (middle + 1, high)
    return low


def _weight(curve: Curve, found: Sequence[Layer], until: int) -> int:
    """Return the per cent of residents times the per thousand of those that are in trouble."""
    return sum(layer.per_cent * per_thousand(curve, layer.longest(until)) for layer in found)


def _spells(segments: Sequence[tuple[int, int, int]], height: int) -> tuple[Spell, ...]:
    """Return when the level is below *height*, stretches that touch as one."""
    spells: list[Spell] = []
    for start, end, level in segments:
        if level < height:
            joined = spells.pop()[0] if spells and spells[-1][1] == start else start
            spells.append((joined, end))
    return tuple(spells)


def _euros(trace: Trace, function: str, per_hour: int) -> int:
    lost = sum((100 - level) * (end - start) for start, end, level in trace.segments(function))
    return lost * per_hour // (100 * MINUTES_PER_HOUR)


def _number(figure: CountFigure | None) -> int | None:
    value = figure.value if figure else None
    return value if isinstance(value, int) else None
