"""Stand-ins: what a reader sees in the place of what a mark hides from that reader.

Things that are hidden are taken together, so that neither their number nor the number of their links shows. A
stand-in names a sector ("a telecom provider"), and what kind of thing it is, only where at least CROWD organisations
could be meant; all the rest is one "provider" of which nothing more is said. Ids never depend on what is hidden.
"""

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from city_model.schema import Component, Organisation, Team
from city_model.values import CountFigure, Source, SourceKind, Text

BLANK: Final = "verborgen"
"""What stands in the place of a hidden word; every id of a stand-in starts with it."""
CROWD: Final = 3
"""Organisations that must share a description before it is given: one or two can be guessed."""
LONG_AGO: Final = dt.date(1970, 1, 1)
"""The date of what has no date to show."""

Group = tuple[str | None, str | None]
"""Sector and kind of component, as far as a stand-in gives them."""
NOBODY: Final[Group] = (None, None)

_PROVIDER: Final = Text(nl="een aanbieder", en="a provider")
_ORGANISATION: Final = Text(nl="een organisatie", en="an organisation")
_NOT_VISIBLE: Final = Text(nl="Niet zichtbaar voor deze lezer.", en="Not visible to this reader.")
_SECTORS: Final[Mapping[str, Text]] = {
    "government": Text(nl="een overheidsorganisatie", en="a government organisation"),
    "crisis": Text(nl="een crisisorganisatie", en="a crisis organisation"),
    "safety": Text(nl="een veiligheidsorganisatie", en="a safety organisation"),
    "care": Text(nl="een zorgaanbieder", en="a care provider"),
    "education": Text(nl="een onderwijsinstelling", en="an educational institution"),
    "mobility": Text(nl="een vervoersorganisatie", en="a transport organisation"),
    "energy": Text(nl="een energiebedrijf", en="an energy company"),
    "water": Text(nl="een waterorganisatie", en="a water organisation"),
    "telecom": Text(nl="een telecomaanbieder", en="a telecom provider"),
    "finance": Text(nl="een financiële instelling", en="a financial institution"),
    "housing": Text(nl="een woonorganisatie", en="a housing organisation"),
    "economy": Text(nl="een bedrijf of brancheorganisatie", en="a business or trade association"),
    "culture": Text(nl="een culturele organisatie", en="a cultural organisation"),
    "knowledge": Text(nl="een kennisinstelling", en="a knowledge institution"),
    "supervision": Text(nl="een toezichthouder", en="a supervisor"),
    "ict": Text(nl="een ICT-leverancier", en="an ICT supplier"),
}
_KINDS: Final[Mapping[str, Text]] = {
    "service": Text(nl="een dienst van {owner}", en="a service of {owner}"),
    "application": Text(nl="een toepassing van {owner}", en="an application of {owner}"),
    "infrastructure": Text(nl="infrastructuur van {owner}", en="infrastructure of {owner}"),
    "facility": Text(nl="een locatie van {owner}", en="a facility of {owner}"),
}


@dataclass(frozen=True)
class Hidden:
    """One hidden organisation or component, as far as its stand-in may depend on it."""

    id: str
    owner: str
    """The organisation itself, or that of the component; the component where it has none."""
    sector: str | None
    kind: str | None = None
    """Of a component; None for an organisation."""


@dataclass(frozen=True)
class StandIns:
    """The stand-ins of one view, made as they are asked for."""

    groups: Mapping[tuple[str, bool], Group]
    """The group of each hidden thing, by its id and whether it is a component."""
    taken: Container[str]
    """Ids that the reader sees; a stand-in never takes one of them."""
    _talks: dict[SourceKind, Source] = field(default_factory=dict)

    def component(self, name: str) -> Component:
        """Return what stands for the hidden component *name*."""
        return self.component_of(self.groups[name, True])

    def organisation(self, name: str) -> Organisation:
        """Return what stands for the hidden organisation *name*."""
        return self.organisation_of(self.groups[name, False])

    def component_of(self, group: Group) -> Component:
        """Return the component that stands for all that is hidden in *group*."""
        sector, kind = group
        called = _SECTORS[sector] if sector else _PROVIDER
        if kind:
            pattern = _KINDS[kind]
            called = Text(nl=pattern.nl.format(owner=called.nl), en=pattern.en.format(owner=called.en))
        return Component.model_validate(
            {
                "id": self.fresh(BLANK, sector, kind),
                "name": called,
                "kind": kind or "service",
                "organisation": self.organisation_of((sector, None)).id,
            }
        )

    def organisation_of(self, group: Group) -> Organisation:
        """Return the organisation that stands for all that are hidden in *group*."""
        sector = group[0]
        return Organisation.model_validate(
            {
                "id": self.fresh(BLANK, sector),
                "name": _SECTORS[sector] if sector else _ORGANISATION,
                "sector": sector or "ict",
                "role": _NOT_VISIBLE,
                "source": self.nobody.id,
            }
        )

    @property
    def team(self) -> Team:
        """Return the team that stands for every hidden one."""
        called = Text(nl="een team van een organisatie", en="a team of an organisation")
        count = CountFigure(value="unknown", source=self.nobody.id)
        owner = self.organisation_of(NOBODY).id
        return Team(id=self.fresh(BLANK, "team"), name=called, organisation=owner, count=count)

    @cached_property
    def nobody(self) -> Source:
        """Return the source that stands for every hidden one."""
        return self._source("assumption", "bron", BLANK, BLANK)

    def partner_source(self, kind: SourceKind) -> Source:
        """Return what stands for every talk or exercise with partners: who took part is nobody's business."""
        if kind not in self._talks:
            reference = "Opgave van een partner / Statement of a partner"
            self._talks[kind] = self._source(kind, kind, reference, "partner")
        return self._talks[kind]

    def fresh(self, *parts: str | None) -> str:
        """Return an id made of *parts* that nothing which the reader sees has."""
        name = "-".join(part for part in parts if part)
        tries = (name if number == 1 else f"{name}-{number}" for number in range(1, 1_000_000))
        return next(found for found in tries if found not in self.taken)

    def _source(self, kind: SourceKind, name: str, reference: str, by: str) -> Source:
        return Source(
            id=self.fresh(BLANK, name),
            kind=kind,
            reference=reference,
            date=LONG_AGO,
            by=by,
            confidence="assumed",
        )


def groups_of(hidden: Iterable[Hidden]) -> dict[tuple[str, bool], Group]:
    """Return in which group each of *hidden* goes: as exact as a crowd of owners allows."""
    waiting = list(hidden)
    found: dict[tuple[str, bool], Group] = {}
    for level in (_kind_and_sector, _sector):
        owners: dict[Group, set[str]] = {}
        for item in waiting:
            owners.setdefault(level(item), set()).add(item.owner)
        named = {group for group, crowd in owners.items() if group != NOBODY and len(crowd) >= CROWD}
        found |= {(item.id, item.kind is not None): level(item) for item in waiting if level(item) in named}
        waiting = [item for item in waiting if level(item) not in named]
    return found | {(item.id, item.kind is not None): NOBODY for item in waiting}


def _kind_and_sector(item: Hidden) -> Group:
    return (item.sector, item.kind) if item.sector and item.kind in _KINDS else NOBODY


def _sector(item: Hidden) -> Group:
    return (item.sector, None)
