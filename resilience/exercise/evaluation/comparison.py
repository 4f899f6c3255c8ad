"""What a decision would change: the same run with and without it, laid side by side per function."""

from collections.abc import Iterable
from dataclasses import dataclass

from city_model.schema import Component
from city_model.values import Text
from resilience.simulation.trace import Trace


@dataclass(frozen=True, slots=True)
class ComparedFunction:
    """One function, from now to the horizon; losses in per cent-minutes (100 is one minute wholly lost)."""

    component: str
    name: Text
    loss_without: int
    loss_with: int
    first_difference: int | None
    """The first minute at which the two runs differ for it; None when they never do."""

    @property
    def saved(self) -> int:
        """The per cent-minutes that the decision saves; negative is what it costs."""
        return self.loss_without - self.loss_with


@dataclass(frozen=True, slots=True)
class Comparison:
    """A decision weighed at *minute*: model output, with no other decision after it."""

    minute: int
    horizon: int
    rows: tuple[ComparedFunction, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether no function differs at any minute."""
        return all(row.first_difference is None for row in self.rows)


def compare(without: Trace, with_it: Trace, components: Iterable[Component], minute: int) -> Comparison:
    """Return how *components* fare in both runs after *minute*."""
    start = minute + 1
    rows = tuple(
        ComparedFunction(
            component.id,
            component.name,
            _loss(without, component.id, start),
            _loss(with_it, component.id, start),
            _first_difference(without, with_it, component.id),
        )
        for component in components
    )
    return Comparison(minute, without.horizon, rows)


def _loss(trace: Trace, component: str, start: int) -> int:
    return sum(
        (until - max(since, start)) * (100 - level)
        for since, until, level in trace.segments(component)
        if until > start
    )


def _first_difference(one: Trace, other: Trace, component: str) -> int | None:
    """Both change only where they have a record, so the first difference is at one of those minutes."""
    minutes = sorted({minute for trace in (one, other) for minute, _level in trace.levels.get(component, ())})
    return next((at for at in minutes if one.level_at(component, at) != other.level_at(component, at)), None)
