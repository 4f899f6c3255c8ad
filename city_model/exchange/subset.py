"""A part of a city to export: chosen by what things are, or by where they stand in the chain.

What is left out does not vanish: a provider that was not chosen stays as a name without further needs, so that no
link is hidden, and a chain that runs through things left out is kept as an indirect link.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from city_model.effects import Selector
from city_model.fault_words import alike, choice
from city_model.hiding import sources_in
from city_model.schema import City, Component, needs_of
from city_model.selection import selected
from resilience.base.language import _
from resilience.base.problems import InputError

FIELDS: Mapping[str, str] = {
    "id": "ids",
    "organisation": "organisations",
    "supplier": "suppliers",
    "product": "products",
    "kind": "kinds",
    "function": "functions",
    "district": "districts",
    "tag": "tags",
}
"""What can be asked for, and the field of a selector that it fills."""
WALKS = ("down", "up", "around")
"""Along the chain: what something depends on, what depends on it, and its neighbours on both sides."""


@dataclass(frozen=True)
class Subset:
    """A part of a city that is a city itself."""

    city: City
    outside: frozenset[str] = frozenset()
    """Components that are there only as a name, because something chosen needs them."""
    indirect: tuple[tuple[str, str], ...] = ()
    """Dependent and provider that are joined only through what was left out."""


def subset_of(city: City, asked: Iterable[str]) -> Subset:
    """Return the part of *city* that *asked* (such as ``kind=service``) chooses; nothing asked is the whole city.

    The same word twice means either, different words must all hold. Raises InputError for a word or value that
    chooses nothing.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for expression in asked:
        word, equals, value = expression.partition("=")
        if not equals or word.strip() not in {*FIELDS, *WALKS}:
            what = _("'{text}' is not a selection", text=expression)
            raise InputError.because(what, choice(word.strip(), [*FIELDS, *WALKS]))
        wanted[word.strip()] += [part.strip() for part in value.split(",") if part.strip()]
    if not wanted:
        return Subset(city)
    chosen = {part.id for part in city.components}
    fields = {FIELDS[word]: tuple(values) for word, values in wanted.items() if word in FIELDS}
    if fields:
        chosen &= set(selected(city, _selector(city, fields)))
    for word in WALKS:
        if word in wanted:
            chosen &= {name for start in wanted[word] for name in _walked(city, start, word)}
    if not chosen:
        what = _("nothing in {city} fits {selection}", city=city.name, selection=" ".join(asked))
        raise InputError.because(what, _("choose less strictly, or see {command}", command="resilience city show"))
    return _kept(city, chosen)


def _selector(city: City, fields: Mapping[str, tuple[str, ...]]) -> Selector:
    kinds = sorted({part.kind for part in city.components})
    wrong = [kind for kind in fields.get("kinds", ()) if kind not in kinds]
    if wrong:
        what = _("there is no component of kind '{kind}'", kind=wrong[0])
        raise InputError.because(what, choice(wrong[0], kinds))
    try:
        return Selector.model_validate(fields)
    except ValueError as error:
        what = _("'{text}' is not an id", text=", ".join(value for values in fields.values() for value in values))
        raise InputError.because(what, _("use small letters, digits and single hyphens")) from error


def _walked(city: City, start: str, word: str) -> set[str]:
    """Return what is reached from *start* along the chain, *start* included."""
    if start not in city.component_by_id:
        what = _("{city} has no component '{id}'", city=city.name, id=start)
        likely = ", ".join(alike(start, city.component_by_id))
        repair = _("did you mean {names}?", names=likely) if likely else _("use the id of a component")
        raise InputError.because(what, repair)
    down, up = _neighbours(city)
    if word == "around":
        return {start, *down[start], *up[start]}
    onward = down if word == "down" else up
    found = {start}
    waiting = deque([start])
    while waiting:
        fresh = [name for name in onward[waiting.popleft()] if name not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return found


def _neighbours(city: City) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the providers and the dependents of every component, each once, in the order of the city."""
    down: dict[str, list[str]] = defaultdict(list)
    up: dict[str, list[str]] = defaultdict(list)
    for placed in city.placed_needs:
        for provider in placed.need.provider_ids:
            if provider not in down[placed.dependent]:
                down[placed.dependent].append(provider)
                up[provider].append(placed.dependent)
    return down, up


def _kept(city: City, chosen: set[str]) -> Subset:
    parts = [part for part in city.components if part.id in chosen]
    named = {name for part in parts for placed in needs_of(part) for name in placed.need.provider_ids}
    named |= {part.backup.kept_on for part in parts if part.backup and part.backup.kept_on}
    outside = frozenset(named - chosen)
    kept = chosen | outside
    components = tuple(
        _only_present(part, kept) if part.id in chosen else _bare(part) for part in city.components if part.id in kept
    )
    teams = {work.team for part in parts for work in (part.detection, part.repair, part.rebuild) if work}
    kept_teams = tuple(team for team in city.teams if team.id in teams)
    districts = {part.district for part in parts}
    owners = {owner for part in components for owner in (part.organisation, part.operator, part.supplier)}
    owners |= {team.organisation for team in kept_teams}
    made = city.model_copy(
        update={
            "components": components,
            "teams": kept_teams,
            "districts": tuple(item for item in city.districts if item.id in districts),
            "organisations": tuple(item for item in city.organisations if item.id in owners),
            "access_paths": tuple(path for path in city.access_paths if {path.origin, path.target} <= chosen),
            "measures": (),
            "impacts": tuple(impact for impact in city.impacts if impact.function in chosen),
        }
    )
    # A copy keeps what was worked out about the original, so a new city is made of its fields.
    made = City(**{name: getattr(made, name) for name in City.model_fields})
    sources = set(sources_in(made))
    fields = {name: getattr(made, name) for name in City.model_fields if name != "sources"}
    whole = City(**fields, sources=tuple(source for source in city.sources if source.id in sources))
    return Subset(whole, outside, tuple(_indirect(city, chosen, outside)))


def _bare(part: Component) -> Component:
    """Return *part* as a name, an owner and a mark, without anything that it needs."""
    return Component(id=part.id, name=part.name, kind=part.kind, organisation=part.organisation, tlp=part.tlp)


def _only_present(part: Component, kept: set[str]) -> Component:
    functions = tuple(name for name in part.functions if name in kept)
    return part if functions == part.functions else part.model_copy(update={"functions": functions})


def _indirect(city: City, chosen: set[str], outside: frozenset[str]) -> list[tuple[str, str]]:
    """Return from each outside provider the chosen things that it needs, straight or through others left out."""
    down, _up = _neighbours(city)
    found = []
    for start in sorted(outside):
        seen, waiting = {start}, deque([start])
        while waiting:
            for name in down[waiting.popleft()]:
                if name in seen:
                    continue
                seen.add(name)
                if name in chosen:
                    found.append((start, name))
                else:
                    waiting.append(name)
    return found
