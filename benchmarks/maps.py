"""Generated maps for benchmarks: any number of components, three needs each, with the structure of the shipped cities.

From bottom to top infrastructure, applications, services and city functions, in municipalities of about 400 components
on one national core, so that few components carry many. The shares are those of Utrecht and Enschede: one need in eight
has an alternative, half of them leave something when they are gone, four in ten have a buffer, a third of the
components has a fallback, half says what it asks. One need in fifty runs against the stream, so that there are circles.
"""

import random

from city_model.schema import Biv, City, Component, Fallback, Need
from city_model.values import ComponentKind, RequiredCapable
from tests.builders import Assumed, city, component, fallback, need, team, work

NEEDS = 3
"""Of each component; what stands lowest has fewer."""
CORE = 60
MUNICIPALITY = 400
FUNCTIONS = 10
TEAM = "crew"
BUFFERS = (0,) * 12 + (15, 60, 60, 240, 240, 480, 1440, 4320)
TIMES = (60, 240, 480, 1440, 4320)
"""Minutes that are asked or promised."""


def generated_map(size: int, seed: int = 1) -> City:
    """Return a map of *size* components, always the same for a seed."""
    luck = random.Random(seed)
    names = [f"c{place:05}" for place in range(size)]
    return city(team(TEAM, 5), *(_component(luck, names, place) for place in range(size)))


def _component(luck: random.Random, names: list[str], place: int) -> Component:
    kind = _kind(luck, place, len(names))
    owner = None if kind == "function" else f"o{place % (len(names) // 4):04}"
    asks, says = luck.random() < 0.5, luck.random() < 0.3
    return component(
        names[place],
        kind=kind,
        organisation=owner,
        supplier=f"o{luck.randrange(len(names) // 20):04}" if luck.random() < 0.2 else None,
        needs=_needs(luck, names, place),
        repair=work((30, 120, luck.choice(TIMES) + 120), TEAM) if kind != "function" else None,
        fallback=_fallback(luck, names, place) if luck.random() < 0.35 else None,
        residents=Assumed(luck.randrange(1000)) if kind in {"service", "function"} else None,
        rto=_pair(None, luck.choice(TIMES)) if says else None,
        biv=_biv(luck) if luck.random() < 0.45 else None,
        rpo=_pair(luck.choice(TIMES), luck.choice(TIMES)) if luck.random() < 0.1 else None,
        mtd=luck.choice(TIMES) if asks else None,
    )


def _kind(luck: random.Random, place: int, size: int) -> ComponentKind:
    if place >= size - FUNCTIONS:
        return "function"
    height = place / size
    low: tuple[ComponentKind, ...] = ("infrastructure", "facility")
    return luck.choice(low) if height < 0.3 else "application" if height < 0.5 else "service"


def _needs(luck: random.Random, names: list[str], place: int) -> list[Need]:
    found: list[Need] = []
    for number in range(min(NEEDS, place)):
        alternatives = luck.random() < 0.12 and place > 3
        providers = _below(luck, names, place, 2 if alternatives else 1)
        upstream = luck.random() < 0.02 and place + 1 < len(names)
        found.append(
            need(
                *([names[luck.randrange(place + 1, len(names))]] if upstream else providers),
                at_least=1,
                kind=luck.choice(("power", "data", "data", "network", "hosting")),
                strength=luck.choice((30, 50, 80)) if luck.random() < 0.5 else None,
                buffer=luck.choice(BUFFERS) or None,
                source=luck.choice(("fact", "guess")),
                key=f"{names[place]}-{number}",
            )
        )
    return found


def _below(luck: random.Random, names: list[str], place: int, count: int) -> list[str]:
    """Return providers that stand lower: of the national core, or of the same municipality, the lowest most often."""
    municipalities = max(1, len(names) // MUNICIPALITY)
    found: list[str] = []
    while len(found) < count:
        if place < 2 * CORE or luck.random() < 0.25:
            provider = int(min(place, CORE) * luck.random() ** 2)
        else:
            near = range(place % municipalities, place, municipalities)
            provider = near[int(len(near) * luck.random() ** 2)]
        if names[provider] not in found:
            found.append(names[provider])
    return found


def _fallback(luck: random.Random, names: list[str], place: int) -> Fallback:
    needs = _below(luck, names, place, 1) if place and luck.random() < 0.8 else []
    return fallback(luck.choice((20, 40, 60)), duration=luck.choice((None, 480, 1440)), needs=needs)


def _pair(required: int | None, capable: int) -> RequiredCapable:
    said = {"required": required, "capable": capable}
    return RequiredCapable.model_validate(
        {side: {"value": f"{minutes}m", "source": "fact"} for side, minutes in said.items() if minutes}
    )


def _biv(luck: random.Random) -> Biv:
    one, two, three = (luck.choice((1, 2, 2, 3)) for _aspect in range(3))
    return Biv(availability=one, integrity=two, confidentiality=three, reason="drawn", source="guess")
