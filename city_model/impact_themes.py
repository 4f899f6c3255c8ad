"""The harms and costs of a city: its own, and those that it takes over from the themes of the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Generic, TypeVar

from city_model.impact import IMPACT_FILE, Cost, FunctionImpact, Harm, Themes
from city_model.schema import City
from city_model.values import Provenance, Source
from city_model.yaml_source import validate
from resilience.base.problems import InputError

Said = TypeVar("Said", Harm, Cost)


@dataclass(frozen=True)
class Known(Generic[Said]):
    """A harm or cost with the source that it comes from: of the city, or of the program."""

    said: Said
    source: Source
    assumed: bool
    """Whether nobody confirmed it."""


@dataclass(frozen=True)
class KnownImpact:
    """All that is known of being without one function."""

    function: str
    harms: tuple[Known[Harm], ...]
    costs: tuple[Known[Cost], ...]


@cache
def reference_themes() -> Themes:
    """Return the themes that come with the program."""
    text = resources.files("city_model").joinpath("reference", IMPACT_FILE).read_text(encoding="utf-8")
    found, problems = validate(Themes, text, IMPACT_FILE)
    if found is None:
        raise InputError(problems)
    return found


def known_impacts(city: City) -> tuple[KnownImpact, ...]:
    """Return what being without each function of *city* does, as far as anybody said, in the order of the file."""
    return tuple(_known(city, impact) for impact in city.impacts)


def _known(city: City, impact: FunctionImpact) -> KnownImpact:
    themes = reference_themes()
    theme = themes.theme_by_id.get(impact.like or "")
    theirs = {source.id: source for source in themes.sources}
    own = city.source_by_id
    return KnownImpact(
        impact.function,
        _together(impact.harms, own, theme.harms if theme else (), theirs),
        _together(impact.costs, own, theme.costs if theme else (), theirs),
    )


def _together(
    own: tuple[Said, ...], own_sources: Mapping[str, Source], theirs: tuple[Said, ...], sources: Mapping[str, Source]
) -> tuple[Known[Said], ...]:
    """Return those taken over, each replaced by the own one of that id, and then the other own ones."""
    replaced = {one.id for one in own}
    found: list[Known[Said]] = []
    placed = [(one, sources) for one in theirs if one.id not in replaced] + [(one, own_sources) for one in own]
    for said, known in placed:
        source = known[said.source]
        found.append(Known(said, source, _is_assumed(said, source)))
    return tuple(found)


def _is_assumed(said: Provenance, source: Source) -> bool:
    return (said.confidence or source.confidence) == "assumed"
