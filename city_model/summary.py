"""How big a map is, and how much of it rests on what nobody confirmed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pydantic import BaseModel

from city_model.schema import AccessPath, City, Need
from city_model.values import Provenance


@dataclass(frozen=True)
class Summary:
    """Counts of one city, its includes counted in."""

    organisations: int
    running: int
    """Organisations that own or run at least one component; the others sit at the table."""
    components: int
    functions: int
    needs: int
    access_paths: int
    teams: int
    districts: int
    sources: int
    figures: int
    assumed_figures: int
    """Figures that nobody confirmed: stated assumptions, and ``unknown``."""
    unknown_figures: int
    assumed_needs: int

    def to_json(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


def summarise(city: City) -> Summary:
    """Return the counts of *city*."""
    figures = list(figures_in(city))
    owners = {name for part in city.components for name in (part.organisation, part.operator) if name}
    return Summary(
        organisations=len(city.organisations),
        running=len(owners),
        components=len(city.components),
        functions=len(city.functions),
        needs=len(city.placed_needs),
        access_paths=len(city.access_paths),
        teams=len(city.teams),
        districts=len(city.districts),
        sources=len(city.sources),
        figures=len(figures),
        assumed_figures=sum(city.is_assumed(figure) for figure in figures),
        unknown_figures=sum(is_unknown(figure) for figure in figures),
        assumed_needs=sum(city.is_assumed(placed.need) for placed in city.placed_needs),
    )


def kinds_of(city: City) -> Counter[str]:
    """Return how many components there are of each kind."""
    return Counter(component.kind for component in city.components)


def is_unknown(figure: Provenance) -> bool:
    """Return whether *figure* says that nobody knows."""
    return figure.is_unknown


def figures_in(value: object) -> Iterator[Provenance]:
    """Yield every figure inside *value*; needs and access paths carry provenance too, and are not figures."""
    if isinstance(value, tuple):
        for item in value:
            yield from figures_in(item)
    elif isinstance(value, BaseModel):
        if isinstance(value, Provenance) and not isinstance(value, (Need, AccessPath)):
            yield value
        for name in type(value).model_fields:
            yield from figures_in(getattr(value, name))
