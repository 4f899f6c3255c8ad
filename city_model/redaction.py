"""What one reader may see of a city (Traffic Light Protocol): every output passes through a view.

The officer sees all. Anybody else gets a City that says nothing of what a mark forbids: needs point at a stand-in for
all that is hidden in one group (stand_ins.py), hidden needs, access paths and figures are left out, a hidden id or
name that somebody wrote in a free text is blanked, and who took part in making the map does not show. Apart from the
groups, nothing in a view depends on what is hidden: not a number, an id or an order.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from city_model.hiding import OFFICER, Hiding, Reader, may_see, sources_in
from city_model.impact import FunctionImpact
from city_model.partner.sources import answered_by
from city_model.schema import (
    AccessPath,
    Backup,
    Biv,
    Certificate,
    City,
    Component,
    District,
    Measure,
    Need,
    NeedRole,
    Organisation,
    Substitution,
    Team,
    need_key,
    needs_of,
)
from city_model.stand_ins import BLANK, NOBODY
from city_model.targets import effect_faults
from city_model.values import CountFigure, DistributionFigure, PerCentFigure, Provenance, Source
from resilience.base.language import _
from resilience.base.progress import followed

__all__ = ["BLANK", "OFFICER", "Reader", "View", "may_see", "view_for", "view_of"]

_FROM_SOURCE = (Provenance, Backup, Biv, Certificate, Substitution)
"""What is hidden with the source that it comes from."""
_GONE: Final = object()
"""Stands for a value of which nothing may be left."""
_VOCABULARY: Final = {
    "kind", "phase", "loses", "tlp", "confidence", "sector", "ease", "data_role", "effect", "providers", "shares",
    "function", "like",
}  # fmt: skip
"""Fields with words of the schema itself, and those whose ids are seen to elsewhere."""
_ID_OF: Final[Mapping[str, type[BaseModel]]] = {
    "organisation": Organisation,
    "operator": Organisation,
    "supplier": Organisation,
    "functions": Component,
    "team": Team,
    "district": District,
    "source": Source,
}
"""Which fields hold an id, and of what."""
_WHOLE_OR_NOT: Final = {"product", "tags", "controls"}
"""Labels, which are left out when a part of them would be blanked."""
_NEEDS: Final[tuple[NeedRole, ...]] = ("fallback", "detection", "repair", "rebuild")
"""Fields of a component that hold needs of their own."""


@dataclass(frozen=True)
class View:
    """A city as one reader may see it; the rest is for whoever keeps the map, never for the reader."""

    city: City
    origin: Mapping[str, str]
    """The key in the map of every need in the view, by its key in the view."""
    stand_ins: frozenset[str] = frozenset()
    """The components in the view that stand for something hidden."""
    hidden: Mapping[str, int] = field(default_factory=dict)
    """How many organisations, components and needs the reader does not see."""
    owners: int = 0
    """How many organisations own what is hidden."""
    reader: Reader = OFFICER
    words: re.Pattern[str] | None = None
    """The words that would give away what is hidden; None for who sees all."""

    def clean(self, text: str) -> str:
        """Return *text* with what would give away something hidden blanked."""
        return text if self.words is None else self.words.sub(BLANK, text)


def view_for(city: City, reader: Reader) -> City:
    """Return the part of *city* that *reader* may see, with stand-ins for the rest; the officer gets *city* itself."""
    return view_of(city, reader).city


def view_of(city: City, reader: Reader) -> View:
    """Return the view of *reader* on *city*, with what it was made of."""
    if reader.role == OFFICER.role:
        return View(city, {key: key for key in city.need_by_key})
    return _Writing(city, reader).view()


class _Writing:
    """Writes a city without what is hidden."""

    def __init__(self, city: City, reader: Reader) -> None:
        self.original = city
        self.reader = reader
        self.hiding = Hiding(city, reader)
        self.stand_ins = self.hiding.stand_ins
        self.words = self.hiding.words
        self.origin: dict[str, str] = {}

    def view(self) -> View:
        """Return the view."""
        city = self.original
        seen = self.hiding.seen(city.components)
        components = [self._component(item) for item in followed(_("Hiding what marks forbid"), seen, len(seen))]
        unseen = self._stand_in_components(components)
        made = City(
            id=city.id,
            name=city.name,
            description=self._clean(city.description, "description", own=False),
            population=self._clean(city.population, "population", own=False),
            districts=tuple(self._cleaned(item) for item in self.hiding.seen(city.districts)),
            teams=self._teams_needed(components),
            components=(*components, *unseen),
            access_paths=self._paths(),
            impacts=self._impacts(),
        )
        made = made.model_copy(update={"measures": self._measures(made)})
        made = made.model_copy(update={"organisations": self._organisations_needed(made)})
        made = made.model_copy(update={"sources": self._sources(made)})
        counts = {
            "organisations": len(city.organisations) - len(self.hiding.seen(city.organisations)),
            "components": len(city.components) - len(self.hiding.seen(city.components)),
            "needs": len(city.placed_needs) - len(self.origin),
        }
        owners = {item.owner for item in self.hiding.hidden_things()}
        parts = frozenset(part.id for part in unseen)
        return View(made, self.origin, parts, counts, len(owners), self.reader, self.words)

    def _component(self, component: Component) -> Component:
        """Return a visible component with what the reader may see of it."""
        own = self.hiding.is_own(component)
        bare = component.model_copy(update={"needs": (), **{name: _bare(getattr(component, name)) for name in _NEEDS}})
        shown: Component = self._cleaned(bare)
        needs: dict[NeedRole, list[Need]] = {}
        for placed in needs_of(component):
            need = self._clean(placed.need, "", own=own)
            if need is _GONE:
                continue
            need = self._with_stand_ins(need)
            key = need_key(component.id, placed.role, need)
            if key in self.origin:
                number = next(place for place in range(2, 10_000) if f"{component.id}#{place}" not in self.origin)
                need = need.model_copy(update={"id": f"{component.id}#{number}"})
                key = f"{component.id}#{number}"
            self.origin[key] = placed.key
            needs.setdefault(placed.role, []).append(need)
        if component.kind == "function" and not needs.get("level"):
            needs["level"] = [self._something()]
        changes: dict[str, object] = {"needs": tuple(needs.get("level", ()))}
        for role in _NEEDS:
            work = getattr(shown, role)
            changes[role] = work and work.model_copy(update={"needs": tuple(needs.get(role, ()))})
        return shown.model_copy(update=changes)

    def _with_stand_ins(self, need: Need) -> Need:
        """Return *need* with stand-ins for its hidden providers, of which it then says nothing in words."""
        names = [self._provider(name) for name in need.provider_ids]
        if names == list(need.provider_ids):
            return need
        changes: dict[str, object] = {"id": None, "note": None, "contract": None}
        if need.shares:
            together = dict.fromkeys(names, 0)
            for name, share in zip(names, need.shares.values(), strict=True):
                together[name] = min(together[name] + share, 100)
            return need.model_copy(update={**changes, "shares": together})
        providers = tuple(dict.fromkeys(names))
        least = need.at_least if need.at_least is not None and need.at_least < len(providers) else None
        return need.model_copy(update={**changes, "providers": providers, "at_least": least})

    def _provider(self, name: str) -> str:
        return self.stand_ins.component(name).id if self.hiding.hides(Component, name) else name

    def _something(self) -> Need:
        """Return the need that says of a function that it rests on something hidden, and no more."""
        provider = self.stand_ins.component_of(NOBODY).id
        return Need(providers=(provider,), kind="supplier", source=self.stand_ins.nobody.id)

    def _stand_in_components(self, shown: Iterable[Component]) -> list[Component]:
        """Return the stand-ins that *shown* components point at, in an order of their own."""
        named = {name for part in shown for placed in needs_of(part) for name in placed.need.provider_ids}
        named |= {part.backup.kept_on for part in shown if part.backup and part.backup.kept_on}
        groups = {*self.stand_ins.groups.values(), NOBODY}
        made = {item.id: item for item in map(self.stand_ins.component_of, groups)}
        return [made[name] for name in sorted(made) if name in named]

    def _teams_needed(self, components: Iterable[Component]) -> tuple[Team, ...]:
        """Return the teams that visible work waits for, and the reader's own."""
        named = {getattr(part, role).team for part in components for role in _NEEDS[1:] if getattr(part, role)}
        teams = [self._cleaned(item) for item in self.hiding.seen(self.original.teams)]
        kept = [team for team in teams if team.id in named or self.hiding.is_own(team)]
        unseen = self.stand_ins.team
        return (*kept, unseen) if unseen.id in named else tuple(kept)

    def _organisations_needed(self, view: City) -> tuple[Organisation, ...]:
        """Return who owns, runs or supplies what is visible, and the reader: who only sits at the table stays out."""
        named = {name for part in view.components for name in (part.organisation, part.operator, part.supplier)}
        named |= {team.organisation for team in view.teams} | {measure.organisation for measure in view.measures}
        seen = [self._cleaned(item) for item in self.hiding.seen(self.original.organisations)]
        kept = [item for item in seen if item.id in named or self.hiding.is_own(item)]
        groups = {*self.stand_ins.groups.values(), NOBODY}
        made = {item.id: item for item in map(self.stand_ins.organisation_of, groups)}
        return (*kept, *(made[name] for name in sorted(made) if name in named))

    def _paths(self) -> tuple[AccessPath, ...]:
        """Return the access paths between visible components; an id that tells something makes place for a number."""
        ends = [path for path in self.original.access_paths if not self._touches_hidden(path)]
        kept: dict[str, AccessPath] = {}
        for path in self._clean(tuple(ends), "access_paths", own=False):
            plain = f"{path.origin}>{path.target}"
            names = (plain if number == 1 else f"{plain}#{number}" for number in range(1, 1_000_000))
            key = path.key if path.key not in kept else next(name for name in names if name not in kept)
            kept[key] = path if key == path.key else path.model_copy(update={"id": key})
        return tuple(kept.values())

    def _touches_hidden(self, path: AccessPath) -> bool:
        return any(self.hiding.hides(Component, end) for end in (path.origin, path.target))

    def _impacts(self) -> tuple[FunctionImpact, ...]:
        """Return what being without each visible function does; a harm or cost whose id tells something stays out."""
        found = []
        for impact in self.original.impacts:
            if not self.hiding.hides(Component, impact.function):
                own = self.hiding.is_own(self.original.component_by_id[impact.function])
                shown = self._clean_model(impact, own=own)
                kept = {
                    name: tuple(one for one in getattr(shown, name) if not self.words.search(one.id))
                    for name in ("harms", "costs")
                }
                found.append(shown.model_copy(update=kept))
        return tuple(found)

    def _measures(self, view: City) -> tuple[Measure, ...]:
        """Return the measures of which every effect is on something in *view*."""
        return tuple(
            self._cleaned(measure)
            for measure in self.original.measures
            if not self.hiding.hides(Organisation, measure.organisation)
            and not self.words.search(" ".join(_strings((measure.id, measure.effects))))
            and not any(fault for effect in measure.effects for fault in effect_faults((), effect, view))
        )

    def _sources(self, view: City) -> tuple[Source, ...]:
        """Return the sources that *view* names: visible ones in their order, then stand-ins."""
        named = set(sources_in(view))
        kept = [self._cleaned(item) for item in self.hiding.seen(self.original.sources) if item.id in named]
        made = [self.stand_ins.nobody, self.stand_ins.partner_source("interview"),
                self.stand_ins.partner_source("exercise")]  # fmt: skip
        return (*kept, *(source for source in made if source.id in named))

    def _cleaned(self, item: Any) -> Any:  # noqa: ANN401 - the same kind of thing
        return self._clean_model(item, own=self.hiding.is_own(item))

    def _clean(self, value: Any, field: str, *, own: bool) -> Any:  # noqa: ANN401 - whatever a field holds
        """Return *value* without what is hidden; _GONE when nothing may be left of it."""
        if isinstance(value, str):
            return self._clean_text(value, field)
        if isinstance(value, tuple):
            kept = (self._clean(item, field, own=own) for item in value)
            return tuple(item for item in kept if item is not _GONE)
        if isinstance(value, Mapping):
            return {self._clean_text(key, field): inside for key, inside in value.items()}
        return self._clean_model(value, own=own) if isinstance(value, BaseModel) else value

    def _clean_text(self, text: str, field: str) -> Any:  # noqa: ANN401 - text, or _GONE
        if field in _VOCABULARY:
            return text
        if field in _ID_OF:
            return self._clean_reference(text, _ID_OF[field])
        if field in _WHOLE_OR_NOT:
            return _GONE if self.words.search(text) else text
        return self.words.sub(BLANK, text)

    def _clean_reference(self, name: str, kind: type[BaseModel]) -> Any:  # noqa: ANN401 - an id, or _GONE
        """Return the id to write for the *kind* of thing called *name*."""
        if kind is Source:
            return self._source_of(name)
        if not self.hiding.hides(kind, name):
            return name
        if kind is Organisation:
            return self.stand_ins.organisation(name).id
        return self.stand_ins.team.id if kind is Team else _GONE

    def _source_of(self, name: str) -> str:
        if self.hiding.hides(Source, name):
            return self.stand_ins.nobody.id
        if name in self.hiding.shared_talks:
            return self.stand_ins.partner_source(self.original.source_by_id[name].kind).id
        return name

    def _clean_model(self, value: BaseModel, *, own: bool) -> Any:  # noqa: ANN401 - the same model, or _GONE
        if isinstance(value, _FROM_SOURCE):
            said_by = answered_by(getattr(value, "source", ""))
            own = own and said_by in {None, self.reader.organisation}
            if not own and not may_see(self.reader, self._mark_of(value)):
                return _GONE
        changes: dict[str, object] = {}
        for name, said in type(value).model_fields.items():
            before = getattr(value, name)
            if name == "id":
                changes[name] = self._clean_id(value, before)
            elif name == "kept_on":
                changes[name] = before and self._provider(before)
            elif name == "contacts" and self.reader.organisation is None:
                changes[name] = ()
            else:
                after = self._clean(before, name, own=own)
                changes[name] = after if after is not _GONE else self._unknown(before) if said.is_required() else None
        if isinstance(value, Provenance) and changes["source"] != value.source:
            changes |= self._said(value)
        return value.model_copy(update=changes)

    def _said(self, value: Provenance) -> dict[str, object]:
        """Return what *value* itself must say when its source no longer does: how sure, and when; not who."""
        source = self.original.source_by_id[value.source]
        said: dict[str, object] = {"confidence": value.confidence or source.confidence, "by": None}
        if not self.hiding.hides(Source, source.id):
            said |= {"date": value.date or source.date, "review_by": value.review_by or source.review_by}
        return said

    def _clean_id(self, value: BaseModel, name: str | None) -> str | None:
        """Return the id of a need or path unless it tells something; other things that do are stand-ins already."""
        if name and isinstance(value, (Need, AccessPath)) and self.words.search(name):
            return None
        return name

    def _mark_of(self, value: BaseModel) -> str:
        own_mark: str | None = getattr(value, "tlp", None)
        return own_mark or self.original.source_by_id[getattr(value, "source", "")].tlp

    def _unknown(self, figure: object) -> object:
        """Return the unknown figure in the place of one that must be there and may not be seen."""
        if isinstance(figure, DistributionFigure):
            return DistributionFigure(unknown=True, source=self.stand_ins.nobody.id)
        kind = PerCentFigure if isinstance(figure, PerCentFigure) else CountFigure
        return kind(value="unknown", source=self.stand_ins.nobody.id)


def _bare(work: Any) -> Any:  # noqa: ANN401 - a fallback, work, or None
    """Return a fallback or work without its needs."""
    return work and work.model_copy(update={"needs": ()})


def _strings(value: object) -> Iterator[str]:
    """Yield every text inside *value*."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in _VOCABULARY:
                yield from _strings(getattr(value, name))
