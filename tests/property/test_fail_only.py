"""Without repair the moments of failure have an exact answer of their own: a shortest path with an order statistic.

A component falls when the first of its needs does; a need of k out of n falls, after its buffer, with the (n-k+1)-th of
its providers. Taking components in the order of time (Dijkstra; Knuth's superior functions) gives every moment, also
where needs run in circles. No fixed point, no levels, no clock: nothing in it resembles the engine.
"""

from dataclasses import dataclass
from heapq import heappop, heappush

from hypothesis import given
from hypothesis import strategies as st

from city_model.schema import City
from resilience.simulation.engine import simulate
from resilience.simulation.orders import Order
from tests.builders import city, component, need
from tests.runs import outage

HORIZON = 400
HIT = st.integers(0, 100)
BUFFER = st.just(0) | st.integers(0, 120)


@dataclass(frozen=True)
class Group:
    """A need: how many providers it asks for, and how long it goes without."""

    dependent: str
    providers: tuple[str, ...]
    at_least: int
    buffer: int


@dataclass(frozen=True)
class Failing:
    """Needs between components, and when some of them are hit, for good."""

    names: tuple[str, ...]
    groups: tuple[Group, ...]
    hits: dict[str, int]

    @property
    def city(self) -> City:
        """The same as a city; phases and lags are of no importance as long as nothing comes back."""
        return city(
            *(
                component(
                    name,
                    restart_lag=10,
                    needs=[
                        need(
                            *group.providers,
                            at_least=group.at_least,
                            buffer=group.buffer,
                            kind="power" if number % 2 else "data",
                            key=f"{name}-{number}",
                        )
                        for number, group in enumerate(self.groups)
                        if group.dependent == name
                    ],
                )
                for name in self.names
            )
        )

    @property
    def orders(self) -> list[Order]:
        """The hits as incidents that only a decision would end."""
        return [outage(name, minute, name=f"hit-{name}", ends="decision") for name, minute in self.hits.items()]

    def moments(self) -> dict[str, int]:
        """Return when each component falls that ever does."""
        waiting: list[tuple[int, str]] = []
        for name, minute in self.hits.items():
            heappush(waiting, (minute, name))
        lost = dict.fromkeys(self.groups, 0)
        down: dict[str, int] = {}
        while waiting:
            minute, name = heappop(waiting)
            if name in down:
                continue
            down[name] = minute
            for group in self.groups:
                if name in group.providers:
                    lost[group] += 1
                    if lost[group] == len(group.providers) - group.at_least + 1:
                        heappush(waiting, (minute + group.buffer, group.dependent))
        return down


@st.composite
def failing(draw: st.DrawFn) -> Failing:
    """Return up to 12 components with needs in any direction, circles included, and one to three hits."""
    names = [f"c{number:02}" for number in range(draw(st.integers(2, 12)))]
    groups = []
    for name in names:
        others = [other for other in names if other != name]
        for _number in range(draw(st.integers(0, 2))):
            providers = draw(st.lists(st.sampled_from(others), min_size=1, max_size=min(5, len(others)), unique=True))
            groups.append(Group(name, tuple(providers), draw(st.integers(1, len(providers))), draw(BUFFER)))
    hits = draw(st.dictionaries(st.sampled_from(names), HIT, min_size=1, max_size=3))
    return Failing(tuple(names), tuple(dict.fromkeys(groups)), hits)


@given(failing())
def test_everything_falls_when_the_shortest_path_says(case: Failing) -> None:
    """Rules 3.1, 4.1, 5.1, 5.2 and 9.1: every component falls to 0 at that minute and stays there; no other falls."""
    trace = simulate(case.city, case.orders, horizon=HORIZON)
    expected = {name: ((minute, 0),) for name, minute in case.moments().items() if minute <= HORIZON}

    assert trace.levels == expected
