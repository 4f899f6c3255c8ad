"""Which channels still work and which advice fits, given what is down: the libraries and the rules over them.

A channel or a subject of the advice rests on components of a city; which ones stands in ``places/CITY.yaml``.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from city_model.faults import Fault
from city_model.schema import City
from city_model.targets import unknown
from city_model.values import Frozen, Slug, Source, Text
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError
from scenarios.catalogue import SUFFIX, reference_text
from scenarios.checked import Model, checked

Audience = Literal["residents", "businesses", "officials", "visitors", "harder_to_reach"]
BEFORE, DURING = "before", "during"
"""Advice that fits ahead of any failure, and in any failure."""
IsDown = Callable[[str], bool]
"""Whether a component is below the level at which it still counts as working."""


class ReachChannel(Frozen):
    """A way to reach residents or each other."""

    id: Slug
    name: Text
    audience: Literal["public", "organisation"]
    offline: bool
    """Whether whoever is to be reached needs no internet or telephone for it."""
    note: Text | None = None
    source: Slug


class Advice(Frozen):
    """What an audience can do itself."""

    id: Slug
    audience: Audience
    fits: Annotated[tuple[str, ...], Field(min_length=1)]
    """``before``, ``during``, or the subjects that it fits."""
    text: Text
    channels: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Over which channels, best first."""
    publisher: Text
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    withdrawn_by: Slug | None = None
    """The advice that took its place."""
    source: Slug
    verify: bool = False

    def holds_on(self, day: dt.date) -> bool:
        """Return whether it may be given on *day*."""
        started = self.valid_from is None or self.valid_from <= day
        ended = self.valid_until is not None and self.valid_until < day
        return started and not ended and self.withdrawn_by is None


class ChannelFile(Frozen):
    """``channels.yaml``."""

    sources: tuple[Source, ...]
    channels: tuple[ReachChannel, ...]


class AdviceFile(Frozen):
    """``advice.yaml``."""

    sources: tuple[Source, ...]
    advice: tuple[Advice, ...]


class ChannelPlace(Frozen):
    """What a channel rests on in a city; neither *all* nor *any*: it works always."""

    channel: Slug
    all: tuple[Slug, ...] = ()
    any: tuple[Slug, ...] = ()

    @property
    def components(self) -> tuple[str, ...]:
        """Everything that it rests on."""
        return (*self.all, *self.any)

    def failing(self, is_down: IsDown) -> tuple[str, ...]:
        """Return the components that make it fail; empty: it works."""
        lost = tuple(component for component in self.all if is_down(component))
        spare = () if any(not is_down(component) for component in self.any) else self.any
        return (*lost, *spare)


class SubjectPlace(Frozen):
    """What a subject of the advice is in a city: components that are down, or data that leaked."""

    subject: Slug
    components: tuple[Slug, ...] = ()
    exposed: bool = False

    def is_on(self, is_down: IsDown, *, leaked: bool) -> bool:
        """Return whether this plays."""
        return (self.exposed and leaked) or any(is_down(component) for component in self.components)


class Places(Frozen):
    """``places/CITY.yaml``."""

    city: Slug
    region: Slug | None = None
    channels: tuple[ChannelPlace, ...]
    subjects: tuple[SubjectPlace, ...] = ()

    @cached_property
    def place_of(self) -> dict[str, ChannelPlace]:
        """What each channel rests on, by its id."""
        return {place.channel: place for place in self.channels}


def reach_channels() -> tuple[ReachChannel, ...]:
    """Return the channels that the reference knows."""
    return _bundled("channels", ChannelFile).channels


def advice_library() -> tuple[Advice, ...]:
    """Return all advice that the reference holds."""
    return _bundled("advice", AdviceFile).advice


def placed_cities() -> tuple[str, ...]:
    """Return the cities of which the program knows what their channels rest on."""
    folder = resources.files("scenarios").joinpath("reference", "places")
    return tuple(sorted(entry.name.removesuffix(SUFFIX) for entry in folder.iterdir() if entry.name.endswith(SUFFIX)))


def places_of(city: City, file: Path | None = None) -> Places:
    """Return what channels and subjects rest on in *city*, from *file* or from the reference.

    Raises InputError with every problem found, or when nobody wrote it down for this city.
    """
    if file is None and city.id not in placed_cities():
        what = _("nobody wrote down what the channels of {city} rest on", city=city.id)
        raise InputError.because(what, _("give a file of your own with --places, such as the one of utrecht"))
    name = f"{city.id}{SUFFIX}" if file is None else str(file)
    text = reference_text(f"places/{city.id}") if file is None else read_text(file)
    return checked(text, name, Places, lambda found: _place_faults(found, city))


def region_of(city: str) -> str | None:
    """Return the safety region in which the city with this id lies, whatever its map holds; None where unknown."""
    if city not in placed_cities():
        return None
    return checked(reference_text(f"places/{city}"), f"{city}{SUFFIX}", Places, lambda _found: iter(())).region


def working_channels(places: Places, is_down: IsDown) -> dict[str, tuple[str, ...]]:
    """Return for each channel of a city which components make it fail; an empty answer: it works."""
    return {place.channel: place.failing(is_down) for place in places.channels}


def subjects_now(places: Places, is_down: IsDown, *, leaked: bool = False) -> tuple[str, ...]:
    """Return the subjects of the advice that play now."""
    return tuple(place.subject for place in places.subjects if place.is_on(is_down, leaked=leaked))


def fitting_advice(
    library: tuple[Advice, ...], subjects: Collection[str], day: dt.date, *, calm: bool = False
) -> tuple[Advice, ...]:
    """Return what may be given on *day*: for *subjects* that play and for any failure, or beforehand when *calm*."""
    wanted = {BEFORE} if calm else {DURING, *subjects}
    return tuple(one for one in library if one.holds_on(day) and wanted.intersection(one.fits))


def _bundled(name: str, model: type[Model]) -> Model:
    return checked(reference_text(name), name + SUFFIX, model, _library_faults)


def _library_faults(found: BaseModel) -> Iterator[Fault]:
    """Yield every source, channel and successor that is not there."""
    if not isinstance(found, ChannelFile | AdviceFile):
        return
    sources = [source.id for source in found.sources]
    field = "channels" if isinstance(found, ChannelFile) else "advice"
    records: tuple[ReachChannel | Advice, ...] = found.channels if isinstance(found, ChannelFile) else found.advice
    for i, record in enumerate(records):
        if record.source not in sources:
            yield unknown((field, i, "source"), _("source"), record.source, sources)
    if isinstance(found, AdviceFile):
        channels, ids = [channel.id for channel in reach_channels()], [one.id for one in found.advice]
        for i, one in enumerate(found.advice):
            for j, channel in enumerate(one.channels):
                if channel not in channels:
                    yield unknown(("advice", i, "channels", j), _("channel"), channel, channels)
            if one.withdrawn_by is not None and one.withdrawn_by not in ids:
                yield unknown(("advice", i, "withdrawn_by"), _("advice"), one.withdrawn_by, ids)


def _place_faults(found: Places, city: City) -> Iterator[Fault]:
    channels = [channel.id for channel in reach_channels()]
    for i, place in enumerate(found.channels):
        if place.channel not in channels:
            yield unknown(("channels", i, "channel"), _("channel"), place.channel, channels)
        for field in ("all", "any"):
            for j, component in enumerate(getattr(place, field)):
                if component not in city.component_by_id:
                    yield unknown(("channels", i, field, j), _("component"), component, city.component_by_id)
    for i, subject in enumerate(found.subjects):
        for j, component in enumerate(subject.components):
            if component not in city.component_by_id:
                yield unknown(("subjects", i, "components", j), _("component"), component, city.component_by_id)
