"""How good the map is, per organisation and per sector: complete, fresh, confirmed, without contradictions.

Each is a share of what could be: fields filled of fields that such a record ought to have, figures not due for review
of all figures, figures and needs that somebody confirmed of all, components without a contradiction of all components.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from city_model.expected import missing_fields, number_expected
from city_model.finding import Check, Finding
from city_model.naming import organisation_name
from city_model.schema import City, Component, needs_of
from city_model.summary import figures_in
from city_model.values import Provenance
from city_model.words import sector_word
from resilience.base.language import _
from resilience.base.progress import followed

REVIEW_AFTER = dt.timedelta(days=365)
"""A figure without a review date of its own or of its source is due this long after it was recorded."""
CONTRADICTIONS: frozenset[Check] = frozenset(
    {"rto-above-mtd", "gap-biv", "marking-below-parts", "function-without-provider", "nothing-needed"}
)


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    good: int
    of: int

    @property
    def per_cent(self) -> int | None:
        """The share in whole per cents, rounded down; None where there is nothing to count."""
        return 100 * self.good // self.of if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.good + other.good, self.of + other.of)


NOTHING = Share(0, 0)


@dataclass(frozen=True)
class Quality:
    """The four shares of a part of the map, and which fields it lacks."""

    id: str
    """Of the organisation or sector; of the city where it is the whole, or what nobody owns."""
    name: str
    components: int = 0
    completeness: Share = NOTHING
    freshness: Share = NOTHING
    confidence: Share = NOTHING
    consistency: Share = NOTHING
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Per field the components, or the organisation itself, that lack it; in the order of the table of fields."""
    overdue: tuple[int, dt.date | None] = (0, None)
    """How many figures and needs are due for review, and since when the first."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        shares = {name: getattr(self, name) for name in ("completeness", "freshness", "confidence", "consistency")}
        number, since = self.overdue
        return {
            "id": self.id,
            "name": self.name,
            "components": self.components,
            **{name: {"good": one.good, "of": one.of, "per_cent": one.per_cent} for name, one in shares.items()},
            "missing": {name: list(places) for name, places in self.missing.items()},
            "overdue": number,
            "overdue_since": since.isoformat() if since else None,
        }


@dataclass(frozen=True)
class QualityReport:
    """The quality of a whole map on one day."""

    on: dt.date
    whole: Quality
    organisations: tuple[Quality, ...]
    """Those that own components, and what nobody owns last; the worst completeness first."""
    sectors: tuple[Quality, ...]


def due_on(city: City, said: Provenance) -> dt.date:
    """Return the day by which a figure or need is to be looked at again."""
    source = city.source_by_id[said.source]
    return said.review_by or source.review_by or (said.date or source.date) + REVIEW_AFTER


def quality(city: City, on: dt.date, findings: Iterable[Finding]) -> QualityReport:
    """Return the quality of *city* on the day *on*; *findings* tell which components contradict themselves."""
    contradicted = {one.components[0] for one in findings if one.check in CONTRADICTIONS and one.components}
    owned: dict[str | None, list[Component]] = {}
    for component in city.components:
        owned.setdefault(component.organisation, []).append(component)
    parts = [
        _quality(city, on, owner, components, contradicted)
        for owner, components in followed(_("Counting what is filled in"), owned.items(), len(owned))
    ]
    sectors: dict[str, list[Quality]] = {}
    for part in parts:
        organisation = city.organisation_by_id.get(part.id)
        if organisation:
            sectors.setdefault(organisation.sector, []).append(part)
    return QualityReport(
        on=on,
        whole=_together(city.id, str(city.name), parts),
        organisations=tuple(sorted(parts, key=_worst_first)),
        sectors=tuple(_together(sector, sector_word(sector), found) for sector, found in sorted(sectors.items())),
    )


def _quality(
    city: City, on: dt.date, owner: str | None, components: list[Component], contradicted: set[str]
) -> Quality:
    organisation = city.organisation_by_id.get(owner or "")
    missing: dict[str, list[str]] = {}
    for name, place in missing_fields(organisation, components):
        missing.setdefault(name, []).append(place)
    expected = number_expected(organisation, components)
    said = [one for component in components for one in said_of(component)]
    overdue = [due for due in (due_on(city, one) for one in said) if due < on]
    wrong = sum(component.id in contradicted for component in components)
    return Quality(
        id=owner or city.id,
        name=organisation_name(city, owner) or str(city.name),
        components=len(components),
        completeness=Share(expected - sum(map(len, missing.values())), expected),
        freshness=Share(len(said) - len(overdue), len(said)),
        confidence=Share(sum(not city.is_assumed(one) for one in said), len(said)),
        consistency=Share(len(components) - wrong, len(components)),
        missing={name: tuple(places) for name, places in missing.items()},
        overdue=(len(overdue), min(overdue, default=None)),
    )


def said_of(component: Component) -> Iterator[Provenance]:
    """Yield every figure and need of a component: all that somebody said about it."""
    yield from figures_in(component)
    yield from (placed.need for placed in needs_of(component))


def _together(name: str, called: str, parts: list[Quality]) -> Quality:
    missing: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for lacking, places in part.missing.items():
            missing[lacking] = (*missing.get(lacking, ()), *places)
    since = [part.overdue[1] for part in parts if part.overdue[1] is not None]
    return Quality(
        id=name,
        name=called,
        components=sum(part.components for part in parts),
        completeness=sum((part.completeness for part in parts), NOTHING),
        freshness=sum((part.freshness for part in parts), NOTHING),
        confidence=sum((part.confidence for part in parts), NOTHING),
        consistency=sum((part.consistency for part in parts), NOTHING),
        missing=missing,
        overdue=(sum(part.overdue[0] for part in parts), min(since, default=None)),
    )


def _worst_first(part: Quality) -> tuple[int, int, str]:
    return part.completeness.per_cent or 0, -part.components, part.id
