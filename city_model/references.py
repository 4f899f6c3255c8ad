"""Checks that need the whole city: ids that stand twice, names that lead nowhere.

One function per check; each returns every fault it finds, with the place of the offending value and how to repair
it. What a single component says about itself is checked in figures.py.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel

from city_model.draft import Draft, Item, Placed, needs_in, works_of
from city_model.fault_words import choice, near
from city_model.faults import Path
from city_model.figures import FIGURE_CHECKS
from city_model.impact_checks import impact_ids, impacts_like_a_theme, impacts_of_functions
from city_model.targets import effect_faults
from resilience.base.language import _
from resilience.base.problems import Problem
from resilience.base.progress import followed

if TYPE_CHECKING:
    from city_model.schema import AccessPath, City, Need

Check = Callable[[Draft], Iterator[Problem]]


def faults_in(draft: Draft) -> list[Problem]:
    """Return the faults of the whole city, in the order of its files."""
    checks = (*CHECKS, *FIGURE_CHECKS)
    found = [problem for check in followed(_("Checking the map"), checks, len(checks)) for problem in check(draft)]
    rank = {file.document.file: number for number, file in enumerate(draft.files)}
    return sorted(found, key=lambda problem: (rank[problem.file], problem))


def duplicate_ids(draft: Draft) -> Iterator[Problem]:
    """An id stands for one thing only."""
    yield from _twice(draft.sources, lambda source: source.id, _("source"))
    yield from _twice(draft.districts, lambda district: district.id, _("district"))
    yield from _twice(draft.organisations, lambda organisation: organisation.id, _("organisation"))
    yield from _twice(draft.teams, lambda team: team.id, _("team"))
    yield from _twice(draft.measures, lambda measure: measure.id, _("measure"))
    yield from _twice(draft.components, lambda component: component.id, _("component"))


def duplicate_paths(draft: Draft) -> Iterator[Problem]:
    """Effects name an access path by its key, so two may not share one."""
    first: dict[str, Placed[AccessPath]] = {}
    for path in draft.access_paths:
        if path.value.key in first:
            what = _("the access path '{key}' stands here a second time", key=path.value.key)
            what += " " + _("(the first is {place})", place=first[path.value.key].place)
            yield path.problem(what=what, repair=_("remove one, or give each an id of its own"))
        first.setdefault(path.value.key, path)


def duplicate_need_keys(draft: Draft) -> Iterator[Problem]:
    """Effects name a need by its key, so two may not share one."""
    first: dict[str, Placed[Need]] = {}
    for component in draft.components:
        for item in needs_in(component):
            if item.key in first:
                what = _("the need '{key}' stands here a second time", key=item.key)
                what += " " + _("(the first is {place})", place=first[item.key].place)
                yield item.need.problem(what=what, repair=_("give each an id of its own, or make one need of them"))
            first.setdefault(item.key, item.need)


def unknown_providers(draft: Draft) -> Iterator[Problem]:
    """A need points at components of the city."""
    known = {component.value.id for component in draft.components}
    for component in draft.components:
        for item in needs_in(component):
            field = "providers" if item.need.value.providers else "shares"
            for number, provider in enumerate(item.need.value.provider_ids):
                place = number if field == "providers" else provider
                yield from _unknown(item.need, (field, place), provider, known, _("component"))


def unknown_organisations(draft: Draft) -> Iterator[Problem]:
    """Owner, operator and supplier are organisations of the city."""
    known = {organisation.value.id for organisation in draft.organisations}
    for component in draft.components:
        for field in ("organisation", "operator", "supplier"):
            yield from _unknown(component, (field,), getattr(component.value, field), known, _("organisation"))
    for measure in draft.measures:
        yield from _unknown(measure, ("organisation",), measure.value.organisation, known, _("organisation"))
    for team in draft.teams:
        yield from _unknown(team, ("organisation",), team.value.organisation, known, _("organisation"))


def unknown_teams(draft: Draft) -> Iterator[Problem]:
    """Work is done by a kind of team of the city."""
    known = {team.value.id for team in draft.teams}
    for component in draft.components:
        for role, work in works_of(component.value):
            yield from _unknown(component, (role, "team"), work.team, known, _("team"))


def unknown_districts(draft: Draft) -> Iterator[Problem]:
    """A component stands in a district of the city."""
    known = {district.value.id for district in draft.districts}
    for component in draft.components:
        yield from _unknown(component, ("district",), component.value.district, known, _("district"))


def unknown_functions(draft: Draft) -> Iterator[Problem]:
    """A component belongs to city functions, not to other components."""
    components = {component.value.id for component in draft.components}
    functions = {component.value.id for component in draft.components if component.value.kind == "function"}
    for component in draft.components:
        for number, name in enumerate(component.value.functions):
            if name in components - functions:
                what = _("'{id}' is a component, not a city function", id=name)
                yield component.problem("functions", number, what=what, repair=choice(name, sorted(functions)))
            else:
                yield from _unknown(component, ("functions", number), name, functions, _("city function"))


def unknown_keepers(draft: Draft) -> Iterator[Problem]:
    """A backup is kept on a component of the city."""
    known = {component.value.id for component in draft.components}
    for component in draft.components:
        kept_on = component.value.backup.kept_on if component.value.backup else None
        yield from _unknown(component, ("backup", "kept_on"), kept_on, known, _("component"))


def unknown_path_ends(draft: Draft) -> Iterator[Problem]:
    """An access path leads from one component of the city to another."""
    known = {component.value.id for component in draft.components}
    for path in draft.access_paths:
        yield from _unknown(path, ("origin",), path.value.origin, known, _("component"))
        yield from _unknown(path, ("target",), path.value.target, known, _("component"))


def unknown_sources(draft: Draft) -> Iterator[Problem]:
    """Every need and every figure names a source that is declared in some file of the city or its includes."""
    known = {source.value.id for source in draft.sources}
    for file in draft.files:
        whole = Placed(file.content, file.document, ())
        for path, source in _sources_named(file.content, ()):
            yield from _unknown(whole, path, source, known, _("source"))


def _twice(items: Sequence[Placed[Item]], id_of: Callable[[Item], str], thing: str) -> Iterator[Problem]:
    first: dict[str, Placed[Item]] = {}
    for item in items:
        name = id_of(item.value)
        if name in first:
            what = _("the {thing} '{id}' stands here a second time", thing=thing, id=name)
            what += " " + _("(the first is {place})", place=first[name].place)
            yield item.problem("id", what=what, repair=_("remove one, or give it an id of its own"))
        first.setdefault(name, item)


def _unknown(
    owner: Placed[Item], path: Path, name: str | None, known: Collection[str], thing: str
) -> Iterator[Problem]:
    """Yield the fault that *name*, which stands at *path* inside *owner*, is not among the *known* ones."""
    if name is None or name in known:
        return
    names = sorted(known)
    what = _("the {thing} '{id}' does not exist", thing=thing, id=name)
    likely = near(name, names)
    repair = _("did you mean {name}?", name=likely) if likely else _("add it, or name one that exists")
    yield owner.problem(*path, what=what, repair=repair)


def _sources_named(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every field ``source`` in *value* with the path to it."""
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            inside = getattr(value, name)
            if name == "source" and isinstance(inside, str):
                yield (*path, name), inside
            elif isinstance(inside, (BaseModel, tuple)):
                yield from _sources_named(inside, (*path, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _sources_named(item, (*path, number))


CHECKS: tuple[Check, ...] = (
    duplicate_ids,
    duplicate_paths,
    duplicate_need_keys,
    unknown_providers,
    unknown_organisations,
    unknown_teams,
    unknown_districts,
    unknown_functions,
    unknown_keepers,
    unknown_path_ends,
    unknown_sources,
    impacts_of_functions,
    impacts_like_a_theme,
    impact_ids,
)


def measures_without_target(draft: Draft, city: "City") -> Iterator[Problem]:
    """A measure changes what is there; looked at when everything else of the city is right."""
    for measure in draft.measures:
        for number, effect in enumerate(measure.value.effects):
            for fault in effect_faults(("effects", number), effect, city):
                yield measure.problem(*fault.path, what=fault.what, repair=fault.repair)
