"""What the loss of every component, or of every pair, does to every city function.

The closure (no time, no buffer, no fallback, no repair) of all of them is quick and comes first: it gives the cut sets,
and the order in which pairs are run through time, those that hurt together first. So whoever stops a long sweep has
seen what matters most.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from city_model.schema import City
from resilience.analysis.city_plan import city_plan
from resilience.analysis.closure import Chain, chain_of, pair_levels, single_levels
from resilience.analysis.cut_sets import CutSets, cut_sets
from resilience.analysis.executor import Executor, Here, Progress, Stop
from resilience.analysis.impacts import Impacts, extra, pairs_of
from resilience.analysis.outlook import DEFAULT_HORIZON
from resilience.simulation.many import Run, Tally
from resilience.simulation.metrics import minimum_level_of, residents_of
from resilience.simulation.model import Model, compile_city

Order = Literal[1, 2]
SLICE = 20_000
"""Pairs of which every measure is held at once, before what is needed of them is kept."""
HERE, NEVER = Here(), Stop()
GRID_STEPS = 72
"""Into how many steps the run is divided where levels over time are kept."""


@dataclass(frozen=True)
class Asked:
    """What a sweep is to work out."""

    order: Order = 1
    static: bool = False
    """Only the closure: what falls when nothing holds it up, without time."""
    horizon: int = DEFAULT_HORIZON
    seed: int = 0


@dataclass
class Sweep:
    """Every loss with what it does; after an interruption as far as it came."""

    city: City
    asked: Asked
    failing: tuple[str, ...]
    """What is lost, one by one: every component that is no function, in the order of the city."""
    functions: tuple[str, ...]
    closed_singles: Impacts
    closed_pairs: Impacts
    singles: Impacts
    pairs: Impacts
    """The same two where the sweep is static."""
    tally: Tally | None = None
    """Every measure of the single losses over time, run by run in the order of *failing*."""
    stopped: bool = False
    """Whether somebody asked to stop before the end."""

    @property
    def all_pairs(self) -> int:
        """How many pairs there are to work out."""
        return len(self.failing) * (len(self.failing) - 1) // 2 if self.asked.order == 2 else 0

    @cached_property
    def residents(self) -> tuple[int, ...]:
        """How many residents each function serves; 1 where the map does not say."""
        return tuple(residents_of(self.city.component_by_id[name]) for name in self.functions)

    @cached_property
    def minimum_levels(self) -> tuple[int, ...]:
        """The level below which each function no longer counts as working."""
        return tuple(minimum_level_of(self.city.component_by_id[name]) for name in self.functions)

    def closed_extra(self, first: int, second: int) -> list[int]:
        """Return per function how many points more two components take together than apart when nothing holds it up."""
        number, before = len(self.failing), min(first, second)
        pair = before * (2 * number - before - 1) // 2 + max(first, second) - before - 1
        return extra(self.closed_singles, self.closed_pairs, pair)

    def cut_sets(self, below: int | None = None) -> tuple[CutSets, ...]:
        """Return the minimal cut sets of every function for the level *below*, or for its own minimum level."""
        levels = self.minimum_levels if below is None else [below] * len(self.functions)
        return cut_sets(self.closed_singles, self.closed_pairs, levels)


def steps(city: City, asked: Asked) -> int:
    """Return how many steps sweep tells of."""
    number = sum(component.kind != "function" for component in city.components)
    return number + (number * (number - 1) // 2 if asked.order == 2 else 0)


def sweep(
    city: City,
    asked: Asked,
    executor: Executor = HERE,
    stop: Stop = NEVER,
    done: Progress = lambda _steps: None,
) -> Sweep:
    """Return what every loss does; whoever asks to *stop* gets what was worked out until then.

    *executor* runs the losses through time, and heeds the same stop.
    """
    model = compile_city(city)
    failing = tuple(component.id for component in city.components if component.kind != "function")
    functions = tuple(function.id for function in city.functions)
    closed = [Impacts(order, len(functions)) for order in (1, 2)]
    timed = closed if asked.static else [Impacts(order, len(functions)) for order in (1, 2)]
    found = Sweep(city, asked, failing, functions, closed[0], closed[1], timed[0], timed[1])
    _close(found, model, stop, done if asked.static else _only_a_sign(done))
    if not asked.static and not found.stopped:
        _run(found, model, executor, done)
    return found


def grid_of(horizon: int) -> int:
    """Return every how many minutes levels over time are kept."""
    return max(1, -(-horizon // GRID_STEPS))


def _close(found: Sweep, model: Model, stop: Stop, done: Progress) -> None:
    """Work out the closure of every loss."""
    chain = chain_of(model)
    parts = [model.index[name] for name in found.failing]
    watch = [model.index[name] for name in found.functions]
    levels = single_levels(chain, parts, watch)
    found.closed_singles.add(range(len(parts)), [100 - level for level in levels], levels)
    done(len(parts))
    for first in range(len(parts) - 1 if found.asked.order == 2 else 0):
        if stop.asked:
            found.stopped = True
            return
        _close_pairs(found.closed_pairs, chain, parts, first, watch)
        done(len(parts) - first - 1)


def _close_pairs(closed: Impacts, chain: Chain, parts: list[int], first: int, watch: list[int]) -> None:
    """Add the closures of *first* with every later one."""
    levels = pair_levels(chain, parts[first], parts[first + 1 :], watch)
    members = [place for second in range(first + 1, len(parts)) for place in (first, second)]
    closed.add(members, [100 - level for level in levels], levels)


def _run(found: Sweep, model: Model, executor: Executor, done: Progress) -> None:
    """Run every loss through time."""
    asked = found.asked
    timed = city_plan(model, (), asked.horizon, seed=asked.seed, grid=grid_of(asked.horizon)).plan
    tally = executor.run_chunks(timed, [Run(failed=(name,)) for name in found.failing], progress=done)
    found.tally = tally
    found.singles.add(range(tally.runs), tally.values["lost"], tally.values["lowest"])
    found.stopped = tally.runs < len(found.failing)
    plan = replace(timed, grid=None)
    waiting = _worth_first(found) if asked.order == 2 and not found.stopped else []
    for start in range(0, len(waiting), SLICE):
        pairs = waiting[start : start + SLICE]
        runs = [Run(failed=(found.failing[first], found.failing[second])) for first, second in pairs]
        tally = executor.run_chunks(plan, runs, progress=done)
        members = [place for pair in pairs[: tally.runs] for place in pair]
        found.pairs.add(members, tally.values["lost"], tally.values["lowest"])
        if tally.runs < len(runs):
            found.stopped = True
            return


def _worth_first(found: Sweep) -> Sequence[tuple[int, int]]:
    """Return every pair, first those that take more together than apart when nothing holds them up."""

    def worth(pair: int) -> int:
        more = extra(found.closed_singles, found.closed_pairs, pair)
        return sum(weight * points for weight, points in zip(found.residents, more, strict=True) if points > 0)

    pairs = list(pairs_of(len(found.failing)))
    return [pairs[place] for place in sorted(range(len(pairs)), key=worth, reverse=True)]


def _only_a_sign(done: Progress) -> Progress:
    """Return a function that lets the bar be drawn without counting: the closure is a small part of the work."""
    return lambda _steps: done(0)
