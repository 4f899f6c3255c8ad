"""The crisis organisation as data: levels, teams, roles, partners, and who warns whom, per region.

A region says only what differs from the national structure; a record with the same id takes the place of that one.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, model_validator

from city_model.fault_words import choice
from city_model.faults import Fault
from city_model.faults import Path as Place
from city_model.targets import unknown
from city_model.values import Frozen, Minutes, Slug, Source, Text
from city_model.yaml_source import fit, read
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError
from scenarios.catalogue import SUFFIX, reference_text

FOLDER = "crisis"
NATIONAL = "nl"


class Record(Frozen):
    """What every record of the structure carries."""

    id: Slug
    source: Slug
    verify: bool = False
    """Whether somebody must first check that this holds."""
    note: Text | None = None


class Track(Record):
    """One of the ways in which a municipality is part of a digital crisis; both can run at once."""

    name: Text
    what: Text


class ScaleLevel(Record):
    """A level of the crisis organisation, with what asks for it and what ends it."""

    name: Text
    reach: Text
    teams: Annotated[tuple[Slug, ...], Field(min_length=1)]
    head: Text
    """Who heads it in the administration."""
    scale_up: Annotated[tuple[Text, ...], Field(min_length=1)]
    """When to go to this level."""
    scale_down: Annotated[tuple[Text, ...], Field(min_length=1)]
    """When to leave it."""


class CrisisTeam(Record):
    """A team of the crisis organisation; *seats* are roles or partners."""

    name: Text
    track: Literal["victim", "involved"]
    work: Text
    chair: Text
    seats: tuple[Slug, ...] = ()


class Role(Record):
    """Somebody at a table, by function; *goals* are what an exercise lets this role learn."""

    name: Text
    does: Text
    decides: bool
    """False: advises, and does not decide."""
    goals: tuple[Text, ...] = ()


class CrisisPartner(Record):
    """An organisation that warns, is warned or helps; *organisation* is its id on a map."""

    name: Text
    does: Text
    organisation: Slug | None = None


class Takes(Frozen):
    """How long a warning takes, from knowing to being heard."""

    min: Minutes
    likely: Minutes
    max: Minutes

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.min <= self.likely <= self.max:
            msg = "the times must grow: min, likely, max"
            raise ValueError(msg)
        return self


class Warns(Record):
    """Who tells whom, and over which channels: any one of them that works is enough."""

    sender: Slug = Field(alias="from")
    to: Slug
    about: Text
    takes: Takes
    channels: Annotated[tuple[Slug, ...], Field(min_length=1)]


class CrisisFile(Frozen):
    """A file of the crisis organisation: ``crisis/nl.yaml``, a region, or your own."""

    region: Slug | None = None
    name: Text | None = None
    sources: tuple[Source, ...] = ()
    tracks: tuple[Track, ...] = ()
    levels: tuple[ScaleLevel, ...] = ()
    teams: tuple[CrisisTeam, ...] = ()
    roles: tuple[Role, ...] = ()
    partners: tuple[CrisisPartner, ...] = ()
    warnings: tuple[Warns, ...] = ()


_LISTS = ("tracks", "levels", "teams", "roles", "partners", "warnings")


class Structure(CrisisFile):
    """The whole crisis organisation of one region."""

    @cached_property
    def level_by_id(self) -> dict[str, ScaleLevel]:
        """Every level by its id, lowest first."""
        return {level.id: level for level in self.levels}

    @cached_property
    def team_by_id(self) -> dict[str, CrisisTeam]:
        """Every team by its id."""
        return {team.id: team for team in self.teams}

    def name_of(self, identity: str) -> Text | None:
        """Return the name of a role, partner or team."""
        named: tuple[Role | CrisisPartner | CrisisTeam, ...] = (*self.roles, *self.partners, *self.teams)
        return next((one.name for one in named if one.id == identity), None)


def bundled_regions() -> tuple[str, ...]:
    """Return the regions that come with the program, the national structure left out."""
    folder = resources.files("scenarios").joinpath("reference", FOLDER)
    names = (entry.name.removesuffix(SUFFIX) for entry in folder.iterdir() if entry.name.endswith(SUFFIX))
    return tuple(sorted(name for name in names if name != NATIONAL))


def crisis_structure(region: str | None = None, *, channels: Iterable[str] | None = None) -> Structure:
    """Return the structure of *region* (a bundled one or a .yaml file), or the national one.

    *channels* are those that exist, where that is to be checked. Raises InputError with every problem found.
    """
    base = _read(reference_text(f"{FOLDER}/{NATIONAL}"), NATIONAL + SUFFIX, None, channels)
    if region is None:
        return base
    if Path(region).suffix in {SUFFIX, ".yml"} or len(Path(region).parts) > 1:
        return _read(read_text(Path(region)), region, base, channels)
    if region not in bundled_regions():
        what = _("there is no region {name}", name=region)
        raise InputError.because(what, choice(region, bundled_regions()))
    return _read(reference_text(f"{FOLDER}/{region}"), region + SUFFIX, base, channels)


def warned(structure: Structure, start: str, works: Iterable[str]) -> dict[str, int]:
    """Return who hears of what *start* knows, and after how many minutes when all goes as is likely.

    *works* are the channels that work; a warning without one of its own does not get through, and a partner that is
    not in the answer stays unwarned.
    """
    open_channels = frozenset(works)
    heard: dict[str, int] = {}
    waiting = [(0, start)]
    while waiting:
        minute, who = heapq.heappop(waiting)
        if who in heard:
            continue
        heard[who] = minute
        for warning in structure.warnings:
            if warning.sender == who and open_channels.intersection(warning.channels):
                heapq.heappush(waiting, (minute + warning.takes.likely, warning.to))
    return heard


def _read(text: str, name: str, base: Structure | None, channels: Iterable[str] | None) -> Structure:
    reading = read(text, name)
    if reading.document is None:
        raise InputError(reading.problems)
    found, problems = fit(CrisisFile, reading.document)
    if found is None:
        raise InputError(problems)
    whole = _joined(base, found)
    faults = sorted(
        reading.document.problem(fault.path, fault.what, fault.repair, key=fault.at_key)
        for fault in _faults(found, whole, None if channels is None else tuple(channels))
    )
    if faults:
        raise InputError(faults)
    return whole


def _joined(base: Structure | None, own: CrisisFile) -> Structure:
    """Return *own* over *base*, not checked again: what is in both was."""
    values: dict[str, Any] = {name: getattr(own, name) for name in CrisisFile.model_fields}
    if base is not None:
        values |= {name: _over(getattr(base, name), getattr(own, name)) for name in ("sources", *_LISTS)}
    return Structure.model_construct(**values)


OneOf = TypeVar("OneOf", bound=Record | Source)


def _over(below: Sequence[OneOf], above: Sequence[OneOf]) -> tuple[OneOf, ...]:
    """Return *below*, with each record of *above* in the place of its namesake or else at the end."""
    own = {record.id: record for record in above}
    return (*(own.pop(record.id, record) for record in below), *own.values())


def _faults(own: CrisisFile, whole: Structure, channels: Sequence[str] | None) -> Iterator[Fault]:
    """Yield every name in *own* that means nothing in *whole*, and every id that is used twice."""
    sources = [source.id for source in whole.sources]
    for field in _LISTS:
        seen: set[str] = set()
        for i, record in enumerate(getattr(own, field)):
            if record.id in seen:
                what = _("{id} is used twice", id=record.id)
                yield Fault((field, i, "id"), what, _("give one of them another id"))
            seen.add(record.id)
            if record.source not in sources:
                yield unknown((field, i, "source"), _("source"), record.source, sources)
    for loc, kind, name, known in _references(own, whole, channels):
        if name not in known:
            yield unknown(loc, kind, name, known)


def _references(
    own: CrisisFile, whole: Structure, channels: Sequence[str] | None
) -> Iterator[tuple[Place, str, str, Sequence[str]]]:
    """Yield every name in *own* with its place, what kind of thing it names, and those that there are."""
    teams, people = list(whole.team_by_id), [one.id for one in (*whole.roles, *whole.partners)]
    for i, level in enumerate(own.levels):
        yield from ((("levels", i, "teams", j), _("team"), team, teams) for j, team in enumerate(level.teams))
    for i, one in enumerate(own.teams):
        yield from ((("teams", i, "seats", j), _("role"), seat, people) for j, seat in enumerate(one.seats))
    for i, warning in enumerate(own.warnings):
        for field, who in (("from", warning.sender), ("to", warning.to)):
            yield ("warnings", i, field), _("partner"), who, [*people, *teams]
        for j, channel in enumerate(warning.channels):
            yield ("warnings", i, "channels", j), _("channel"), channel, channels or [channel]
