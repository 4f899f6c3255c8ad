"""Who stands next to whom in the chain: the index over all needs that walks, trees and screens read.

A filter leaves components out and never a link: who is linked only through what is left out stays linked, indirectly.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias

from city_model.schema import City, PlacedNeed

Direction = Literal["up", "down"]
"""up: from what fails to what feels it; down: from a component to what it needs."""
Way: TypeAlias = tuple[str, ...]
"""What a filter left out between two components, on a shortest way; empty for a link that is there by itself."""
DIRECT: Way = ()
NOTHING: Mapping[str, Sequence[PlacedNeed]] = {}


class Chain:
    """The links of a city in one direction; made once, and asked as often as one likes."""

    def __init__(self, city: City, direction: Direction) -> None:
        self._links: dict[str, dict[str, list[PlacedNeed]]] = {}
        for placed in city.placed_needs:
            for provider in placed.need.provider_ids:
                here, there = (provider, placed.dependent) if direction == "up" else (placed.dependent, provider)
                self._links.setdefault(here, {}).setdefault(there, []).append(placed)

    def links(self, component: str) -> Mapping[str, Sequence[PlacedNeed]]:
        """Return the components next to *component*, in the order of the file, each with the needs that link them."""
        return self._links.get(component, NOTHING)

    def ways(self, component: str, shown: Collection[str] | None = None) -> dict[str, Way]:
        """Return who comes next after *component* among *shown* (None: all), with what is left out in between."""
        if shown is None:
            return dict.fromkeys(self.links(component), DIRECT)
        found: dict[str, Way] = {}
        met = {component}
        ways: deque[Way] = deque([DIRECT])
        while ways:
            way = ways.popleft()
            for name in sorted(self.links(way[-1] if way else component)):
                if name not in met:
                    met.add(name)
                    if name in shown:
                        found[name] = way
                    else:
                        ways.append((*way, name))
        return found

    def reach(self, component: str) -> frozenset[str]:
        """Return everything that is linked with *component*, directly or further on; itself only in a circle."""
        met: set[str] = set()
        waiting = [component]
        while waiting:
            new = self.links(waiting.pop()).keys() - met
            met |= new
            waiting += new
        return frozenset(met)
