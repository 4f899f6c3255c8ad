"""Whether the map says enough to rely on: per city function, and per department of an organisation.

A city function rests on everything in its chain, whoever owns it. A department is who owns the records of an
organisation; what it needs from other departments shows where one does not know what the other counts on.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from city_model.chain import Chain
from city_model.expected import missing_fields, number_expected
from city_model.quality import NOTHING, Share, said_of
from city_model.schema import City, Component

COMPLETE_ENOUGH = 80
"""Per cent of the expected fields that are filled, from which the order of events can be relied on."""
CONFIRMED_ENOUGH = 50
"""Per cent of figures and needs that somebody confirmed, from which the hours can be relied on."""


@dataclass(frozen=True)
class Known:
    """How much of some components is filled in, and how much of that is confirmed."""

    components: int
    completeness: Share
    confidence: Share

    @property
    def enough(self) -> bool:
        """Whether it suffices to rely on what is computed from it."""
        complete, confirmed = self.completeness.per_cent, self.confidence.per_cent
        return (complete is None or complete >= COMPLETE_ENOUGH) and (confirmed or 0) >= CONFIRMED_ENOUGH

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "components": self.components,
            "completeness": self.completeness.per_cent,
            "confidence": self.confidence.per_cent,
            "enough": self.enough,
        }


@dataclass(frozen=True)
class Department:
    """What one owner of records in an organisation has, and how it hangs together with the others."""

    owner: str | None
    """The role; None: components of which nobody is the owner."""
    known: Known
    needs_from: tuple[str, ...]
    """The owners in the same organisation whose components it needs, the most needed first."""
    needed_by: tuple[str, ...]
    """The owners in the same organisation that need its components, those with the most needs first."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        links = {"needs_from": list(self.needs_from), "needed_by": list(self.needed_by)}
        return {"owner": self.owner, **self.known.to_json(), **links}


def areas(city: City) -> dict[str, Known]:
    """Return for each city function, in the order of the map, what is known of it and of all that it rests on."""
    chain = Chain(city, "down")
    known = {component.id: _known(city, [component]) for component in city.components}
    return {
        function.id: _together(known[name] for name in {function.id, *chain.reach(function.id)})
        for function in city.functions
    }


def departments(city: City, organisation: str) -> tuple[Department, ...]:
    """Return the owners of records in *organisation*: what nobody owns first, then who has most components."""
    own = [one for one in city.components if one.organisation == organisation and one.kind != "function"]
    owner_of = {component.id: component.owner for component in own}
    groups: dict[str | None, list[Component]] = {}
    for component in own:
        groups.setdefault(component.owner, []).append(component)
    links: dict[tuple[str, str], int] = {}
    for placed in city.placed_needs:
        dependent = owner_of.get(placed.dependent)
        for provider in placed.need.provider_ids:
            supplier = owner_of.get(provider)
            if dependent and supplier and dependent != supplier:
                links[dependent, supplier] = links.get((dependent, supplier), 0) + 1
    found = [
        Department(
            owner,
            _known(city, components),
            _most_first({two: number for (one, two), number in links.items() if one == owner}),
            _most_first({one: number for (one, two), number in links.items() if two == owner}),
        )
        for owner, components in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.owner is not None, -one.known.components, one.owner or "")))


def _known(city: City, components: list[Component]) -> Known:
    expected = number_expected(None, components)
    said = [one for component in components for one in said_of(component)]
    missing = sum(1 for _field in missing_fields(None, components))
    sure = sum(not city.is_assumed(one) for one in said)
    return Known(len(components), Share(expected - missing, expected), Share(sure, len(said)))


def _together(parts: Iterable[Known]) -> Known:
    found = list(parts)
    return Known(
        sum(part.components for part in found),
        sum((part.completeness for part in found), NOTHING),
        sum((part.confidence for part in found), NOTHING),
    )


def _most_first(counted: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counted, key=lambda name: (-counted[name], name)))
