"""What hangs on one supplier, product, district, building or source of energy: sets of components that fail as one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from city_model.schema import City, NeedKind
from city_model.suppliers import shared_products

Aspect = Literal["supplier", "product", "district", "place", "energy"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
PLACE: tuple[NeedKind, ...] = ("place", "hosting")
ENERGY: tuple[NeedKind, ...] = ("power",)


@dataclass(frozen=True)
class Shared:
    """One thing that several components have in common."""

    aspect: Aspect
    value: str
    """Id of an organisation, district or component, or the name of a product."""
    failing: tuple[str, ...]
    """What fails when it fails, in the order of the city."""
    resting: tuple[str, ...]
    """What has it in common or rests on it, in the order of the city."""


def shared(city: City) -> tuple[Shared, ...]:
    """Return everything that at least two components of *city* have in common."""
    found = [*_suppliers(city), *_products(city), *_districts(city)]
    found += [*_rested_on(city, "place", PLACE), *_rested_on(city, "energy", ENERGY)]
    return tuple(one for one in found if len(one.resting) > 1)


def _suppliers(city: City) -> Iterator[Shared]:
    """Yield what each organisation owns, runs or supplies; not what stands for several, which fail one by one."""
    many = {organisation.id for organisation in city.organisations if organisation.several}
    having: dict[str, list[str]] = {}
    for component in city.components:
        parties = (component.organisation, component.operator, component.supplier)
        for party in dict.fromkeys(parties):
            if party and party not in many and component.kind != "function":
                having.setdefault(party, []).append(component.id)
    for party, names in having.items():
        yield Shared("supplier", party, tuple(names), tuple(names))


def _products(city: City) -> Iterator[Shared]:
    for product in shared_products(city):
        yield Shared("product", product.product, product.components, product.components)


def _districts(city: City) -> Iterator[Shared]:
    for district in city.districts:
        names = tuple(one.id for one in city.components if one.district == district.id and one.kind != "function")
        yield Shared("district", district.id, names, names)


def _rested_on(city: City, aspect: Aspect, kinds: tuple[NeedKind, ...]) -> Iterator[Shared]:
    """Yield what rests on each provider of needs of these *kinds*, also through others that rest on it."""
    above: dict[str, set[str]] = {}
    for placed in city.placed_needs:
        if placed.role == "level" and placed.need.kind in kinds:
            for provider in placed.need.provider_ids:
                above.setdefault(provider, set()).add(placed.dependent)
    for component in city.components:
        if component.id in above and (aspect == "energy" or component.kind == "facility"):
            resting = _reach(above, component.id)
            yield Shared(aspect, component.id, (component.id,), _in_order(city, resting))


def _reach(above: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for dependent in above.get(waiting.pop(), ()):
            if dependent not in found:
                found.add(dependent)
                waiting.append(dependent)
    return found - {start}


def _in_order(city: City, names: Iterable[str]) -> tuple[str, ...]:
    chosen = set(names)
    return tuple(component.id for component in city.components if component.id in chosen)
