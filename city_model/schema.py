"""What a city file may say: organisations, components, needs, access paths, teams.

A city is a folder: ``city.yaml`` (CityFile), one file per organisation (OrganisationFile) and ``access.yaml``
(AccessFile). The loader reads all of them, and those of the included cities, into one frozen City.
Defaults of the engine stand in docs/semantics.md, section Fields; an absent field means that default.
"""

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from city_model.effects import Effect
from city_model.impact import FunctionImpact
from city_model.values import (
    ComponentKind,
    CountFigure,
    DistributionFigure,
    DurationFigure,
    Frozen,
    Line,
    PerCentFigure,
    Provenance,
    RequiredCapable,
    Slug,
    Source,
    Text,
    Tlp,
)

NeedKind = Literal["data", "identity", "network", "power", "hosting", "supplier", "staff", "payment", "place"]
Phase = Literal["run", "start", "both"]
Loss = Literal["availability", "integrity", "confidentiality"]
Sector = Literal[
    "government", "crisis", "safety", "care", "education", "mobility", "energy", "water", "telecom", "finance",
    "housing", "economy", "culture", "knowledge", "supervision", "ict",
]  # fmt: skip
STOPPING_KINDS: frozenset[str] = frozenset({"power", "hosting", "place"})
"""Kinds of need whose loss stops the dependent (phase ``both`` by default, rule 4.2)."""


class Need(Provenance):
    """What one component requires of others: one group of providers.

    Give *providers* (with *at_least* k of them, default all) or *shares* (per provider the whole per cent of the
    need that it can carry, together at least 100).
    """

    id: Annotated[str, Field(max_length=200)] | None = None
    """Only to tell two needs with the same providers apart; otherwise ``dependent>provider+provider``."""
    providers: tuple[Slug, ...] = ()
    at_least: Annotated[int, Field(ge=1, strict=True)] | None = None
    shares: dict[Slug, Annotated[int, Field(ge=1, le=100, strict=True)]] | None = None
    kind: NeedKind
    phase: Phase | None = None
    """None: ``both`` for power, hosting and place, ``run`` for the rest (rule 4.2)."""
    loses: tuple[Loss, ...] = ("availability",)
    strength: PerCentFigure | None = None
    """How much of the provider's loss is felt, 1..100 per cent (rule 3.4)."""
    criticality: PerCentFigure | None = None
    """What still works at most when it is wholly gone, in levels 0..100 (rule 3.4)."""
    buffer: DurationFigure | None = None
    recharge: DurationFigure | None = None
    contract: Line | None = None

    @model_validator(mode="after")
    def _one_group(self) -> Self:
        if bool(self.providers) == bool(self.shares):
            msg = "give either providers or shares"
            raise ValueError(msg)
        if self.shares and self.at_least is not None:
            msg = "at_least goes with providers, not with shares"
            raise ValueError(msg)
        return self

    @property
    def provider_ids(self) -> tuple[str, ...]:
        """The providers in the order of the file."""
        return self.providers or tuple(self.shares or ())

    @property
    def effective_phase(self) -> Phase:
        """The phase, or the default of its kind."""
        return self.phase or ("both" if self.kind in STOPPING_KINDS else "run")


class Work(Frozen):
    """Detection, repair or rebuild: how long it takes, which team does it, what it needs."""

    duration: DistributionFigure
    team: Slug | None = None
    """The kind of team; None: nobody to wait for."""
    needs: tuple[Need, ...] = ()


class Fallback(Frozen):
    """Another way of working, at a lower level, for a limited time (rule 6)."""

    name: Text | None = None
    level: PerCentFigure
    delay: DurationFigure | None = None
    duration: DurationFigure | None = None
    """None: without limit."""
    needs: tuple[Need, ...] = ()


class Backup(Frozen):
    """Where copies of the data are kept (rule 10.5)."""

    kind: Literal["none", "online", "offline", "immutable", "unknown"]
    kept_on: Slug | None = None
    tested_on: dt.date | None = None
    source: Slug


class Biv(Frozen):
    """Availability, integrity and confidentiality, 1 (low) to 3 (high), as GEMMA uses them."""

    availability: Annotated[int, Field(ge=1, le=3, strict=True)]
    integrity: Annotated[int, Field(ge=1, le=3, strict=True)]
    confidentiality: Annotated[int, Field(ge=1, le=3, strict=True)]
    reason: Line
    source: Slug


class PersonalData(Frozen):
    """Whether personal data is held, and of about how many people."""

    kind: Literal["none", "ordinary", "special"]
    people: CountFigure | None = None


class Certificate(Frozen):
    """A certificate or audit statement with its end date."""

    name: Line
    valid_until: dt.date
    source: Slug


class OfflineAlternative(Frozen):
    """What residents can still use without the digital service, and how much of normal demand it carries."""

    description: Text
    capacity: PerCentFigure | None = None


class Contact(Frozen):
    """Whom to call, by role; shipped contacts are empty or on a reserved example domain."""

    role: Text
    email: Line | None = None
    phone: Line | None = None


class Substitution(Frozen):
    """How hard it is to replace this, and what leaving would take."""

    ease: Literal["easy", "hard", "none", "unknown"]
    exit: Text | None = None
    source: Slug


class Component(Frozen):
    """Anything that can fail."""

    id: Slug
    name: Text
    kind: ComponentKind
    description: Text | None = None
    organisation: Slug | None = None
    """Who owns it; in an organisation's file that organisation, which the loader fills in."""
    operator: Slug | None = None
    supplier: Slug | None = None
    product: Line | None = None
    """Components with the same product share what goes wrong with it (rule 12)."""
    district: Slug | None = None
    functions: tuple[Slug, ...] = ()
    biv: Biv | None = None
    residents: CountFigure | None = None
    vulnerable: CountFigure | None = None
    minimum_level: PerCentFigure | None = None
    mtd: RequiredCapable | None = None
    rto: RequiredCapable | None = None
    rpo: RequiredCapable | None = None
    detection: Work | None = None
    repair: Work | None = None
    rebuild: Work | None = None
    restart_lag: DurationFigure | None = None
    backlog: CountFigure | None = None
    """Backlog in per cent of the outage, 0..1000 (rule 8.3)."""
    catch_up_level: PerCentFigure | None = None
    fallback: Fallback | None = None
    backup: Backup | None = None
    tags: tuple[Slug, ...] = ()
    personal_data: PersonalData | None = None
    substitution: Substitution | None = None
    contract_end: dt.date | None = None
    certificates: tuple[Certificate, ...] = ()
    offline_alternative: OfflineAlternative | None = None
    contacts: tuple[Contact, ...] = ()
    owner: Line | None = None
    steward: Line | None = None
    approver: Line | None = None
    data_role: tuple[Literal["generates", "carries", "stores", "processes"], ...] = ()
    tlp: Tlp = "CLEAR"
    needs: tuple[Need, ...] = ()


class Organisation(Frozen):
    """Who owns or runs components, or sits at the table."""

    id: Slug
    name: Text
    sector: Sector
    role: Text
    """What the city depends on it for, or why it sits at the table."""
    several: bool = False
    """Whether it stands for several organisations that share no failure, such as all shops; no concentration then."""
    contacts: tuple[Contact, ...] = ()
    tlp: Tlp = "CLEAR"
    source: Slug


class Team(Frozen):
    """A pool of people who repair; *count* of them can work at once (rule 7)."""

    id: Slug
    name: Text
    organisation: Slug | None = None
    count: CountFigure


class Measure(Frozen):
    """A change to the city that costs money and improves resilience: effects that hold from the start of a run."""

    id: Slug
    name: Text
    description: Text | None = None
    organisation: Slug | None = None
    """Who would take it; in an organisation's file that organisation, which the loader fills in."""
    cost_once: CountFigure | None = None
    """Euros, once."""
    cost_yearly: CountFigure | None = None
    """Euros a year."""
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]


class District(Frozen):
    """A part of the city where people live."""

    id: Slug
    name: Text
    residents: CountFigure | None = None


class Population(Frozen):
    """The city's residents in one year."""

    year: Annotated[int, Field(ge=1900, le=2100, strict=True)]
    residents: CountFigure


class AccessPath(Provenance):
    """A route along which an attacker or malware can move from *origin* to *target* (rule 10)."""

    id: Annotated[str, Field(max_length=200)] | None = None
    """Default ``origin>target``."""
    origin: Slug
    target: Slug
    kind: Literal["identity-domain", "remote-maintenance", "update-channel", "partner-link", "network"]
    success: CountFigure | None = None
    """Chance per mille that an attempt succeeds; default 1000."""
    delay: DistributionFigure | None = None
    controls: tuple[Line, ...] = ()

    @property
    def key(self) -> str:
        """The id, or ``origin>target``."""
        return self.id or f"{self.origin}>{self.target}"


class CityFile(Frozen):
    """``city.yaml``."""

    id: Slug
    name: Text
    description: Text | None = None
    includes: tuple[Slug, ...] = ()
    population: tuple[Population, ...] = ()
    sources: tuple[Source, ...] = ()
    districts: tuple[District, ...] = ()
    functions: tuple[Component, ...] = ()


class OrganisationFile(Frozen):
    """One file per organisation."""

    organisation: Organisation
    sources: tuple[Source, ...] = ()
    teams: tuple[Team, ...] = ()
    components: tuple[Component, ...] = ()
    measures: tuple[Measure, ...] = ()


class AccessFile(Frozen):
    """``access.yaml``."""

    sources: tuple[Source, ...] = ()
    paths: tuple[AccessPath, ...] = ()


NeedRole = Literal["level", "fallback", "detection", "repair", "rebuild"]


class PlacedNeed(Frozen):
    """A need with its dependent, its place in the dependent, and the key by which effects name it."""

    key: str
    dependent: Slug
    role: NeedRole
    need: Need


class City(Frozen):
    """The whole map, checked: every reference in it resolves."""

    id: Slug
    name: Text
    description: Text | None = None
    population: tuple[Population, ...] = ()
    sources: tuple[Source, ...] = ()
    districts: tuple[District, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    teams: tuple[Team, ...] = ()
    components: tuple[Component, ...] = ()
    access_paths: tuple[AccessPath, ...] = ()
    measures: tuple[Measure, ...] = ()
    impacts: tuple[FunctionImpact, ...] = ()

    @cached_property
    def component_by_id(self) -> dict[str, Component]:
        """Every component by its id."""
        return {component.id: component for component in self.components}

    @cached_property
    def organisation_by_id(self) -> dict[str, Organisation]:
        """Every organisation by its id."""
        return {organisation.id: organisation for organisation in self.organisations}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Every source by its id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def functions(self) -> tuple[Component, ...]:
        """The city functions, in the order of the file."""
        return tuple(component for component in self.components if component.kind == "function")

    @cached_property
    def placed_needs(self) -> tuple[PlacedNeed, ...]:
        """Every need of every component, in the order of the file."""
        return tuple(placed for component in self.components for placed in needs_of(component))

    @cached_property
    def need_by_key(self) -> dict[str, PlacedNeed]:
        """Every need by the key that effects use."""
        return {placed.key: placed for placed in self.placed_needs}

    def confidence_of(self, said: Provenance) -> str:
        """Return the confidence of a figure or need: its own, or that of its source."""
        return said.confidence or self.source_by_id[said.source].confidence

    def is_assumed(self, said: Provenance) -> bool:
        """Return whether nobody confirmed this figure or need: a stated assumption, or ``unknown``."""
        return said.is_unknown or self.confidence_of(said) == "assumed"


def needs_of(component: Component) -> tuple[PlacedNeed, ...]:
    """Return the needs of *component* in the order of the file, those of its fallback and its repairs included."""
    places: list[tuple[NeedRole, tuple[Need, ...]]] = [("level", component.needs)]
    if component.fallback:
        places.append(("fallback", component.fallback.needs))
    for role in ("detection", "repair", "rebuild"):
        work: Work | None = getattr(component, role)
        if work:
            places.append((role, work.needs))
    return tuple(
        PlacedNeed(key=need_key(component.id, role, need), dependent=component.id, role=role, need=need)
        for role, needs in places
        for need in needs
    )


def need_key(dependent: str, role: NeedRole, need: Need) -> str:
    """Return the key of a need: its id, or ``dependent>providers`` with the role where it is not the level."""
    if need.id:
        return need.id
    owner = dependent if role == "level" else f"{dependent}/{role}"
    return f"{owner}>{'+'.join(need.provider_ids)}"
