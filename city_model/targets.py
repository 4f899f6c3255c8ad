"""Whether effects have an object: what they name exists, what they select is there."""

from collections.abc import Iterable, Iterator

from city_model.effects import (
    AddProvider,
    AddTeams,
    ClosePath,
    Control,
    Corrupt,
    Damage,
    Effect,
    EndDamage,
    Expose,
    Infect,
    OpenPath,
    Selector,
    Supply,
    SwitchProvider,
    WithdrawTeams,
)
from city_model.fault_words import choice
from city_model.faults import Fault, Path
from city_model.schema import City
from city_model.selection import selected
from resilience.base.language import _


def effect_faults(loc: Path, effect: Effect, city: City, incidents: Iterable[str] = ()) -> Iterator[Fault]:
    """Yield the faults of one effect at *loc*: whatever it names that is not in *city* or among the *incidents*."""
    yield from _component_faults(loc, effect, city)
    match effect:
        case Damage():
            yield from select_faults(loc, effect.select, city)
            yield from _damage_faults(loc, effect, city)
        case Infect():
            yield from select_faults(loc, effect.select, city)
            yield from _infect_faults(loc, effect, city)
        case Corrupt() | Expose():
            yield from select_faults(loc, effect.select, city)
        case EndDamage(incident=str(incident)):
            yield from _names((*loc, "incident"), _("incident"), incident, incidents)
        case AddTeams() | WithdrawTeams():
            yield from _names((*loc, "team"), _("team"), effect.team, [team.id for team in city.teams])
        case Supply() | AddProvider():
            yield from _names((*loc, "need"), _("need"), effect.need, city.need_by_key)
        case SwitchProvider():
            yield from _switch_faults(loc, effect, city)
        case ClosePath() | OpenPath() | Control():
            known = [path.key for path in city.access_paths]
            for i, path in enumerate(effect.paths):
                yield from _names((*loc, "paths", i), _("access path"), path, known)
        case _:
            pass


def _component_faults(loc: Path, effect: Effect, city: City) -> Iterator[Fault]:
    for i, component in enumerate(getattr(effect, "components", ())):
        yield from _names((*loc, "components", i), _("component"), component, city.component_by_id)
    for field in ("provider", "new"):
        component = getattr(effect, field, None)
        if component is not None:
            yield from _names((*loc, field), _("component"), component, city.component_by_id)


def _switch_faults(loc: Path, effect: SwitchProvider, city: City) -> Iterator[Fault]:
    placed = city.need_by_key.get(effect.need)
    if placed is None:
        yield from _names((*loc, "need"), _("need"), effect.need, city.need_by_key)
    elif effect.old not in placed.need.provider_ids:
        what = _("{old} is no provider of {need}", old=effect.old, need=effect.need)
        yield Fault((*loc, "old"), what, _advice(effect.old, placed.need.provider_ids))


def select_faults(loc: Path, select: Selector, city: City) -> Iterator[Fault]:
    """Yield the faults of *select*, whose fields stand in ``select`` at *loc*: it must mean something in *city*."""
    faults = [
        fault
        for field, (kind, known) in selectable(city).items()
        for i, word in enumerate(getattr(select, field))
        for fault in _names((*loc, "select", field, i), kind, word, known)
    ]
    yield from faults
    if not faults and not selected(city, select):
        what = _("this selects nothing in {city}", city=city.id)
        yield Fault((*loc, "select"), what, _("fields together must all hold: leave one out or name other values"))


def selectable(city: City) -> dict[str, tuple[str, Iterable[str]]]:
    """Return by field of a selector what it is called and which values mean something in *city*."""
    return {
        "ids": (_("component"), city.component_by_id),
        "organisations": (_("organisation"), city.organisation_by_id),
        "suppliers": (_("supplier"), {c.supplier for c in city.components if c.supplier}),
        "products": (_("product"), {c.product for c in city.components if c.product}),
        "functions": (_("function"), [component.id for component in city.functions]),
        "districts": (_("district"), [district.id for district in city.districts]),
        "tags": (_("tag"), {tag for c in city.components for tag in c.tags}),
    }


def _damage_faults(loc: Path, effect: Damage, city: City) -> Iterator[Fault]:
    for field, figure in (("lasts", effect.lasts), ("again", effect.again)):
        if figure is not None:
            yield from _names((*loc, field, "source"), _("source"), figure.source, city.source_by_id)
    if (effect.ends == "duration") != (effect.lasts is not None):
        yield Fault((*loc, "ends"), _("lasts and ends: duration go together"), _("give both or neither"))


def _infect_faults(loc: Path, effect: Infect, city: City) -> Iterator[Fault]:
    if effect.dwell is not None:
        yield from _names((*loc, "dwell", "source"), _("source"), effect.dwell.source, city.source_by_id)
    if effect.dwell is not None and effect.detonates_after is not None:
        what = _("detonates_after and dwell both say when it detonates")
        yield Fault((*loc, "dwell"), what, _("give one of them, or neither when it never detonates"))


def unknown(loc: Path, kind: str, word: str, known: Iterable[str]) -> Fault:
    """Return the fault that *word*, a *kind* of thing, is not among the *known* ones."""
    return Fault(loc, _("{kind} {word} does not exist", kind=kind, word=word), _advice(word, known))


def _names(loc: Path, kind: str, word: str, known: Iterable[str]) -> Iterator[Fault]:
    words = tuple(known)
    if word not in words:
        yield unknown(loc, kind, word, words)


def _advice(word: str, known: Iterable[str]) -> str:
    names = sorted(set(known))
    if not names:
        return _("there is none yet: add it first, or leave this out")
    return choice(word, names) or _("choose one of the {number} that exist", number=len(names))
