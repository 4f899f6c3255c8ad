"""Figures that nobody confirmed, drawn anew in each replication from a range that follows their confidence.

A figure that both ends confirmed stays what it is. The other ranges are conventions of this program, printed with every
answer that rests on them; they are no measured error. Draws are those of rule 13, purpose 9, subject `place/field`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from city_model.schema import City
from city_model.values import Provenance
from resilience.simulation.luck import Purpose, draw, triangular
from resilience.simulation.model import FallbackRule, Model

RANGES: dict[str, tuple[int, int]] = {
    "confirmed": (100, 100),
    "one_sided": (80, 125),
    "derived": (75, 133),
    "assumed": (50, 200),
    "unknown": (25, 400),
}
"""Per confidence the lowest and highest value, in per cent of the figure (of the default where it is unknown)."""
Field = Literal[
    "buffer", "stock", "recharge", "strength", "lag", "backlog", "catch_up", "fallback_level", "fallback_delay",
    "fallback_duration",
]  # fmt: skip
"""stock: a buffer without a recharge of its own, which then follows it (rule 5.3)."""


class Uncertain(NamedTuple):
    """One figure that is drawn: where it is, and between which whole numbers."""

    subject: str
    """``component/field`` or ``need/field``: the subject of its draw and its name in answers."""
    field: Field
    number: int
    """The group for buffer, recharge and strength; the part otherwise."""
    low: int
    likely: int
    high: int
    confidence: str


@dataclass(frozen=True)
class _Site:
    subject: str
    field: Field
    number: int
    value: int
    figure: Provenance


def uncertain_figures(model: Model) -> tuple[Uncertain, ...]:
    """Return every figure of *model* that is drawn, in the order of needs and parts; minutes, per cents or levels."""
    found = []
    for site in _sites(model):
        confidence = _confidence(model.city, site.figure)
        low, high = (site.value * per_cent // 100 for per_cent in RANGES[confidence])
        if site.field in {"strength", "fallback_level"}:
            low, high = max(1, low), min(100, high)
        elif site.field == "catch_up":
            low, high = max(1, low), min(99, high)
        elif site.field == "backlog":
            high = min(1000, high)
        if low < high:
            likely = min(max(site.value, low), high)
            found.append(Uncertain(site.subject, site.field, site.number, low, likely, high, confidence))
    return tuple(found)


def drawn(figure: Uncertain, seed: int, replication: int) -> int:
    """Return the value of *figure* in one replication."""
    u = draw(seed, replication, figure.subject, Purpose.UNCERTAIN_FIGURE, 0)
    return triangular(u, figure.low, figure.likely, figure.high)


def vary(model: Model, seed: int, replication: int) -> Model:
    """Return *model* as it is in one replication."""
    return with_values(model, {figure: drawn(figure, seed, replication) for figure in uncertain_figures(model)})


def with_values(model: Model, values: dict[Uncertain, int]) -> Model:
    """Return *model* with these figures set."""
    groups, parts = list(model.groups), list(model.parts)
    for figure, value in values.items():
        number = figure.number
        match figure.field:
            case "buffer":
                groups[number] = replace(groups[number], full=100 * value)
            case "stock":
                groups[number] = replace(groups[number], full=100 * value, recharge=max(1, value))
            case "recharge":
                groups[number] = replace(groups[number], recharge=max(1, value))
            case "strength":
                groups[number] = replace(groups[number], strength=value)
            case "lag":
                parts[number] = replace(parts[number], lag=value)
            case "backlog":
                parts[number] = replace(parts[number], backlog_percent=value)
            case "catch_up":
                parts[number] = replace(parts[number], catch_up_level=value)
            case _:
                parts[number] = replace(parts[number], fallback=_fallback(parts[number].fallback, figure.field, value))
    return replace(model, groups=tuple(groups), parts=tuple(parts))


def _fallback(rule: FallbackRule | None, field: Field, value: int) -> FallbackRule:
    assert rule is not None
    match field:
        case "fallback_level":
            return replace(rule, level=value)
        case "fallback_delay":
            return replace(rule, delay=value)
        case _:
            return replace(rule, duration=max(1, value))


def _sites(model: Model) -> Iterator[_Site]:
    """Yield every figure whose value can be drawn: those that the engine reads as one whole number."""
    for placed in model.city.placed_needs:
        number, need = model.group_index[placed.key], placed.need
        rule = model.groups[number]
        stock: Field = "buffer" if need.recharge else "stock"
        figures: tuple[tuple[Field, int, Provenance | None], ...] = (
            (stock, rule.full // 100, need.buffer),
            ("recharge", rule.recharge, need.recharge),
            ("strength", rule.strength, need.strength),
        )
        yield from _named(placed.key, number, figures)
    for component in model.city.components:
        number = model.index[component.id]
        part, fallback = model.parts[number], component.fallback
        yield from _named(
            component.id,
            number,
            (
                ("lag", part.lag, component.restart_lag),
                ("backlog", part.backlog_percent, component.backlog),
                ("catch_up", part.catch_up_level, component.catch_up_level),
            ),
        )
        if fallback and part.fallback:
            rule_of = part.fallback
            limit = None if rule_of.duration is None else fallback.duration
            yield from _named(
                component.id,
                number,
                (
                    ("fallback_level", rule_of.level, fallback.level),
                    ("fallback_delay", rule_of.delay, fallback.delay),
                    ("fallback_duration", rule_of.duration or 0, limit),
                ),
            )


def _named(owner: str, number: int, figures: tuple[tuple[Field, int, Provenance | None], ...]) -> Iterator[_Site]:
    for kind, value, figure in figures:
        if figure is not None:
            yield _Site(f"{owner}/{kind}", kind, number, value, figure)


def _confidence(city: City, figure: Provenance) -> str:
    """Return the key of RANGES that holds for *figure*."""
    if getattr(figure, "value", None) == "unknown":
        return "unknown"
    return city.confidence_of(figure)
