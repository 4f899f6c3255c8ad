"""Checks of what the map says about one thing: contradicting figures, markings, contacts, another way for residents."""

from collections.abc import Iterator

from pydantic import BaseModel

from city_model.finding import Finding
from city_model.naming import listed, names_of, responsible_for
from city_model.schema import City
from city_model.values import DurationFigure, Tlp
from resilience.base.language import _
from resilience.base.progress import followed
from resilience.base.units import format_duration

TLP_ORDER: tuple[Tlp, ...] = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def record_findings(city: City) -> Iterator[Finding]:
    """Yield what is wrong with single records."""
    yield from rto_above_mtd(city)
    yield from no_offline_alternative(city)
    yield from providers_without_contact(city)
    yield from markings_below_parts(city)


def rto_above_mtd(city: City) -> Iterator[Finding]:
    """A recovery time that is asked for, or reached, is at most what can be borne."""
    for component in city.components:
        borne = _minutes(component.mtd.required if component.mtd else None)
        asked = _minutes(component.rto.required if component.rto else None)
        if borne is not None and asked is not None and asked > borne:
            what = _(
                "{name} may take {rto} to recover (RTO) and be out for {mtd} at most (MTD)",
                name=component.name,
                rto=format_duration(asked),
                mtd=format_duration(borne),
            )
            owner = responsible_for(city, component.id)
            yield Finding("rto-above-mtd", component.id, "high", what, (component.id,), owner)


def no_offline_alternative(city: City) -> Iterator[Finding]:
    """A service that residents use has another way beside the digital one; a fallback of its own makes it less bad.

    Residents use what the map counts them for, and what a city function names directly.
    """
    named = {provider for function in city.functions for need in function.needs for provider in need.provider_ids}
    for component in city.components:
        for_residents = component.residents is not None or component.id in named
        if component.kind != "service" or component.offline_alternative or not for_residents:
            continue
        fallback = component.fallback is not None
        if fallback:
            what = _("{name} has a fallback, and no counter, telephone or paper way is written down",
                     name=component.name)  # fmt: skip
        else:
            what = _("{name} has no fallback and no counter, telephone or paper way", name=component.name)
        owner = responsible_for(city, component.id)
        yield Finding("no-offline-alternative", component.id, "low" if fallback else "medium", what,
                      (component.id,), owner)  # fmt: skip


def providers_without_contact(city: City) -> Iterator[Finding]:
    """An organisation on which others rest can be called: by a role of its own, or of each of those components."""
    resting: dict[str, dict[str, None]] = {}
    for placed in city.placed_needs:
        for provider in placed.need.provider_ids:
            runs = responsible_for(city, provider)
            if runs is not None and runs != responsible_for(city, placed.dependent):
                resting.setdefault(runs, {})[provider] = None
    for organisation in city.organisations:
        provided = resting.get(organisation.id, {})
        silent = [name for name in provided if not city.component_by_id[name].contacts]
        if silent and not organisation.contacts:
            what = _("{name} provides {components} and the map holds no contact",
                     name=organisation.name, components=names_of(city, silent, 3))  # fmt: skip
            yield Finding("provider-without-contact", organisation.id, "low", what, tuple(silent), organisation.id)


def markings_below_parts(city: City) -> Iterator[Finding]:
    """The marking (TLP) of a component or organisation is at least that of everything written in it."""
    for component in followed(_("Checking the map"), city.components, len(city.components)):
        yield from _below(city, component.id, str(component.name), component, responsible_for(city, component.id))
    for organisation in city.organisations:
        yield from _below(city, organisation.id, str(organisation.name), organisation, organisation.id)


def _below(city: City, place: str, name: str, whole: BaseModel, owner: str | None) -> Iterator[Finding]:
    own: Tlp = getattr(whole, "tlp")  # noqa: B009 - both kinds of record have one
    higher = {path: mark for path, mark in _marks(city, whole, "") if TLP_ORDER.index(mark) > TLP_ORDER.index(own)}
    if higher:
        parts = listed(f"{path} ({mark})" for path, mark in sorted(higher.items()))
        what = _("{name} is marked {mark} and holds {parts}", name=name, mark=own, parts=parts)
        components = (place,) if place in city.component_by_id else ()
        yield Finding("marking-below-parts", place, "medium", what, components, owner)


def _marks(city: City, value: object, path: str) -> Iterator[tuple[str, Tlp]]:
    """Yield each field inside *value* that has a marking of its own, or one from its source."""
    if isinstance(value, tuple):
        for item in value:
            yield from _marks(city, item, path)
    elif isinstance(value, BaseModel):
        source = city.source_by_id.get(getattr(value, "source", ""))
        mark: Tlp | None = getattr(value, "tlp", None) or (source.tlp if source else None)
        if path and mark:
            yield path, mark
        for field in type(value).model_fields:
            yield from _marks(city, getattr(value, field), f"{path}.{field}" if path else field)


def _minutes(figure: DurationFigure | None) -> int | None:
    return figure.value if figure and isinstance(figure.value, int) else None
