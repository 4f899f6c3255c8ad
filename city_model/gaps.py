"""What is asked against what can be reached, along the chain.

Times (MTD, RTO): a component is out as long as its slowest provider, less the buffers between; only providers whose
loss alone takes it down count, so an alternative that works is no gap. Data loss (RPO): the chain runs along the needs
for data and hosting. Classes (BIV): a provider is at least as available, correct and confidential as what loses that
through it. Fallbacks are not counted; a simulation counts them. A provider that states nothing is a class of its own.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from city_model.finding import Check
from city_model.losses import Effects, Losses, spare_of
from city_model.schema import City, Component, PlacedNeed
from city_model.values import DistributionFigure, DurationFigure, RequiredCapable
from resilience.base.language import _
from resilience.base.progress import followed

Measure = Literal["mtd", "rto", "rpo", "availability", "integrity", "confidentiality"]
Time = Literal["mtd", "rto"]
Aspect = Literal["availability", "integrity", "confidentiality"]
ASPECTS: tuple[Aspect, ...] = ("availability", "integrity", "confidentiality")
HOLDS_DATA = frozenset({"data", "hosting"})
CHECK_OF: dict[Measure, Check] = {
    "mtd": "gap-mtd",
    "rto": "gap-rto",
    "rpo": "gap-rpo",
    "availability": "gap-biv",
    "integrity": "gap-biv",
    "confidentiality": "gap-biv",
}
"""The check that reports a gap of each measure."""
Place = tuple[str, Measure]
"""A requirement: who asks a time; or, of a class, who is asked."""


@dataclass(frozen=True)
class Gap:
    """One provider that cannot do what is asked at the top of the path."""

    component: str
    """Who asks."""
    measure: Measure
    required: int
    """Minutes, or a class 1..3."""
    reached: int
    """The same for the provider; of a time what the component feels, buffers on the way taken off."""
    path: tuple[str, ...]
    """From who asks to the provider; one name when it is its own figure."""

    @property
    def provider(self) -> str:
        """Whose figure it is."""
        return self.path[-1]

    @property
    def place(self) -> Place:
        """The requirement that it belongs to."""
        return (self.provider if self.measure in ASPECTS else self.component), self.measure

    @property
    def excess(self) -> float:
        """How many times what is asked, for the order; a class that is too low by two is worse than by one."""
        if self.measure in ASPECTS:
            return 1 + self.required - self.reached
        return self.reached / max(self.required, 1)

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {**asdict(self), "path": list(self.path), "provider": self.provider}


@dataclass(frozen=True)
class Silent:
    """A provider that states no figure, with who asks something of it."""

    provider: str
    measures: tuple[Measure, ...]
    asked_by: tuple[str, ...]
    strictest: int | None
    """The least minutes that anybody asks of it, buffers added; None where only classes are asked."""
    estimate: int | None
    """What the map's repair figure would make of it at worst, in minutes; None where that is unknown too."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {**asdict(self), "measures": list(self.measures), "asked_by": list(self.asked_by)}


@dataclass(frozen=True)
class Gaps:
    """All that is asked in a city, against what is reached."""

    asked: int
    """Requirements: a component with one measure."""
    worst: tuple[Gap, ...]
    """Per requirement that is not met the worst path, the largest excess first."""
    shorter: dict[Place, int]
    """Per requirement in *worst* how many paths fall short."""
    silent: tuple[Silent, ...]
    """Providers without a figure, those most asked of first."""


def gaps(city: City) -> Gaps:
    """Return where the chain of *city* cannot do what is asked of it, and where nobody knows."""
    asking = _Asking(city)
    asking.times()
    asking.data_loss()
    asking.classes()
    worst = {key: max(found, key=_worse) for key, found in asking.short.items()}
    return Gaps(
        asked=len(asking.asked),
        worst=tuple(sorted(worst.values(), key=_worse, reverse=True)),
        shorter={key: len(found) for key, found in asking.short.items()},
        silent=tuple(sorted(map(asking.silent_provider, asking.silent), key=_most_asked)),
    )


def _worse(gap: Gap) -> tuple[float, int, str, str]:
    return gap.excess, -len(gap.path), gap.component, gap.provider


def _keeps_data(provider: Component) -> bool:
    """Return whether *provider* holds data that it can lose; what only carries it holds none."""
    return bool(provider.rpo or provider.backup or set(provider.data_role) - {"carries"})


def _most_asked(silent: Silent) -> tuple[int, str]:
    return -len(silent.asked_by), silent.provider


class _Asking:
    """Collects every requirement with what its chain reaches."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.asked: set[Place] = set()
        self.short: dict[Place, list[Gap]] = {}
        self.silent: dict[str, dict[Place, int | None]] = {}
        """Per provider without a figure who asks what, and the minutes that this leaves it."""
        self.needs: dict[str, list[PlacedNeed]] = {}
        for placed in city.placed_needs:
            if placed.role == "level":
                self.needs.setdefault(placed.dependent, []).append(placed)

    def times(self) -> None:
        """Compare the recovery of every provider with what those ask who are lost with it."""
        wanted: dict[str, list[tuple[Time, int]]] = {}
        for component in self.city.components:
            for measure in _TIMES:
                required = _minutes(_pair(component, measure, "required"))
                if required is not None:
                    wanted.setdefault(component.id, []).append((measure, required))
                    self.asked.add((component.id, measure))
        losses = Losses(self.city)
        providers = self.city.components
        for provider in followed(_("Following each loss"), providers, len(providers)):
            effects = losses.lost(provider.id)
            for name, effect in effects.items():
                if effect.minutes is not None and name in wanted:
                    path = _path(effects, name)
                    for measure, required in wanted[name]:
                        able = _recovery(provider, measure if name == provider.id else "rto")
                        self._compare(measure, required, able, path, effect.minutes)

    def data_loss(self) -> None:
        """Compare the data that a holder of data can lose with what is asked above it."""
        for component in self.city.components:
            required = _minutes(_pair(component, "rpo", "required"))
            if required is None:
                continue
            self.asked.add((component.id, "rpo"))
            for path in self._chains(component.id, lambda placed: placed.need.kind in HOLDS_DATA):
                provider = self.city.component_by_id[path[-1]]
                if len(path) == 1 or _keeps_data(provider):
                    self._compare("rpo", required, _minutes(_pair(provider, "rpo", "capable")), path, 0)

    def classes(self) -> None:
        """Compare the class of each provider with the highest that is asked through the needs that lose it."""
        for aspect in ASPECTS:
            known = [component for component in self.city.components if component.biv]
            self.asked |= {(component.id, aspect) for component in known}
            met: set[str] = set()
            for component in sorted(known, key=lambda one: -_class(one, aspect)):
                for path in self._chains(component.id, _loses(aspect), met)[1:]:
                    provider = self.city.component_by_id[path[-1]]
                    if provider.biv is None:
                        self.silent.setdefault(provider.id, {})[component.id, aspect] = None
                    elif _class(provider, aspect) < _class(component, aspect):
                        gap = Gap(component.id, aspect, _class(component, aspect), _class(provider, aspect), path)
                        self.short.setdefault(gap.place, []).append(gap)

    def silent_provider(self, name: str) -> Silent:
        """Return who asks what of the provider called *name*, which states nothing."""
        asked = self.silent[name]
        left = [minutes for minutes in asked.values() if minutes is not None]
        return Silent(
            provider=name,
            measures=tuple(sorted({measure for _component, measure in asked}, key=list(CHECK_OF).index)),
            asked_by=tuple(dict.fromkeys(component for component, _measure in asked)),
            strictest=min(left, default=None),
            estimate=_estimate(self.city.component_by_id[name]),
        )

    def _compare(self, measure: Measure, required: int, able: int | None, path: tuple[str, ...], buffer: int) -> None:
        if able is None:
            self.silent.setdefault(path[-1], {})[path[0], measure] = required + buffer
        elif able - buffer > required:
            gap = Gap(path[0], measure, required, able - buffer, path)
            self.short.setdefault(gap.place, []).append(gap)

    def _chains(
        self, start: str, follows: Callable[[PlacedNeed], bool], met: set[str] | None = None
    ) -> list[tuple[str, ...]]:
        """Return a shortest path to each provider along needs that have no alternative, *start* itself first.

        With *met*, providers in it are passed by, and those found are added.
        """
        seen = {start} if met is None else met
        seen.add(start)
        paths: list[tuple[str, ...]] = [(start,)]
        for path in paths:
            for placed in self.needs.get(path[-1], ()):
                if follows(placed) and spare_of(placed) == 0:
                    for provider in placed.need.provider_ids:
                        if provider not in seen:
                            seen.add(provider)
                            paths.append((*path, provider))
        return paths


def _loses(aspect: Aspect) -> Callable[[PlacedNeed], bool]:
    return lambda placed: aspect in placed.need.loses


def _path(effects: Effects, component: str) -> tuple[str, ...]:
    """Return the way from *component* down to the provider whose loss these are the effects of."""
    path = [component]
    while (provider := effects[path[-1]].provider) is not None:
        path.append(provider)
    return tuple(path)


def _pair(
    component: Component, measure: Literal["mtd", "rto", "rpo"], side: Literal["required", "capable"]
) -> DurationFigure | None:
    pair: RequiredCapable | None = getattr(component, measure)
    figure: DurationFigure | None = getattr(pair, side) if pair else None
    return figure


def _recovery(component: Component, first: Time) -> int | None:
    """Return how long a component says that it is out: its recovery time or downtime, the one asked for first."""
    other: Time = "rto" if first == "mtd" else "mtd"
    stated = [_minutes(_pair(component, measure, "capable")) for measure in (first, other)]
    return next((minutes for minutes in stated if minutes is not None), None)


def _estimate(component: Component) -> int | None:
    """Return the longest detection and repair in the map; None where no repair is stated."""
    repair = _longest(component.repair.duration) if component.repair else None
    detection = _longest(component.detection.duration) if component.detection else 0
    return None if repair is None else repair + (detection or 0)


def _longest(figure: DistributionFigure) -> int | None:
    if figure.empirical:
        return max(figure.empirical)
    return next((value for value in (figure.fixed, figure.max, figure.exponential) if value is not None), None)


def _minutes(figure: DurationFigure | None) -> int | None:
    return figure.value if figure and isinstance(figure.value, int) else None


def _class(component: Component, aspect: Aspect) -> int:
    value: int = getattr(component.biv, aspect)
    return value


_TIMES: tuple[Time, ...] = ("mtd", "rto")
