"""How things of the map are called in sentences, in the current language."""

from collections.abc import Iterable, Sequence

from city_model.schema import City
from resilience.base.language import _, ngettext

MOST_NAMES = 5
"""More names than this make no sentence."""


def name_of(city: City, component: str) -> str:
    """Return the name of a component; an id that is not in the city stands for itself."""
    found = city.component_by_id.get(component)
    return str(found.name) if found else component


def organisation_name(city: City, organisation: str | None) -> str:
    """Return the name of an organisation; nothing where there is none."""
    found = city.organisation_by_id.get(organisation or "")
    return str(found.name) if found else organisation or ""


def responsible_for(city: City, component: str) -> str | None:
    """Return the organisation that runs a component, or else owns it."""
    found = city.component_by_id[component]
    return found.operator or found.organisation


def listed(names: Iterable[str], most: int = MOST_NAMES) -> str:
    """Return *names* as a list for a sentence; of a long one the first, and how many more there are."""
    every = list(names)
    if len(every) <= most + 1:
        return ", ".join(every)
    rest = ngettext("{number} more", "{number} more", len(every) - most)
    return _("{names} and {rest}", names=", ".join(every[:most]), rest=rest)


def names_of(city: City, components: Iterable[str], most: int = MOST_NAMES) -> str:
    """Return the names of *components* as a list for a sentence."""
    return listed((name_of(city, component) for component in components), most)


def arrows(city: City, components: Sequence[str]) -> str:
    """Return the names of *components* in order, with arrows between; of a long way the middle is left out."""
    names = [name_of(city, component) for component in components]
    if len(names) > 2 * MOST_NAMES:
        names = [*names[:MOST_NAMES], "…", *names[1 - MOST_NAMES :]]
    return " → ".join(names)
