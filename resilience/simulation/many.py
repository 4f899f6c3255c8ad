"""Many runs of one plan: replications with their own luck, or sets of components that fail, or both.

The answer is a table of whole numbers per run and watched component; traces are not kept. Whoever wants to know why
runs the same replication once more with ``simulate``: luck depends on names only (rule 13), so it is the same run.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from city_model.effects import Damage, Selector
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import breaches, lost_service, minutes_on_suspect_data
from resilience.simulation.model import Model
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace
from resilience.simulation.uncertain import vary

FAILURE = "failure"
"""The id of the incident by which the components of a run fail."""
Measure = Literal["lost", "lowest", "below", "gone", "back", "breach", "suspect"]
MEASURES: tuple[Measure, ...] = ("lost", "lowest", "below", "gone", "back", "breach", "suspect")
"""lost: per cent-minutes below 100 (rule 15.1, not times residents). lowest: the lowest level, 0..100.
below, gone: the first minute below 100 and at 0. back: the minute from which it is at 100 for good.
breach: the first minute at which the MTD was passed (rule 15.3). suspect: minutes delivered on suspect data.
Minutes are -1 where it did not come to that: never below, not back within the run, no breach."""


class Run(NamedTuple):
    """One run: its replication, and the components that fail in minute 0 until repaired."""

    replication: int = 0
    failed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What is run many times, over the minutes 0..horizon."""

    model: Model
    horizon: int
    orders: tuple[Order, ...] = ()
    watch: tuple[str, ...] = ()
    """The components that are measured."""
    seed: int = 0
    uncertain: bool = False
    """Whether each replication draws the figures that nobody confirmed from the range of their confidence."""
    grid: int | None = None
    """Every how many minutes the level of the watched components is kept; None: never."""
    minimum_levels: dict[str, int] = field(default_factory=dict)
    """Per watched component the level below which it counts as down; default 50."""
    mtds: dict[str, int] = field(default_factory=dict)
    """Per watched component the maximum tolerable downtime in minutes; without it there is no breach."""


@dataclass(frozen=True)
class Tally:
    """What many runs did: per measure a flat row of whole numbers, run by run, in it component by component."""

    watch: tuple[str, ...]
    runs: int
    values: dict[Measure, Sequence[int]]
    levels: Sequence[int] = ()
    """Per run and component the levels at minutes 0, grid, 2 grid, … before the horizon."""
    steps: int = 0

    def of(self, measure: Measure, component: str) -> list[int]:
        """Return one measure of one component, run by run."""
        place, width = self.watch.index(component), len(self.watch)
        row = self.values[measure]
        return [int(row[run * width + place]) for run in range(self.runs)]

    def level_rows(self, component: str) -> Iterator[Sequence[int]]:
        """Yield the levels of one component on the grid, run by run."""
        place, width = self.watch.index(component), len(self.watch)
        for run in range(self.runs):
            start = (run * width + place) * self.steps
            yield self.levels[start : start + self.steps]


def run_many(
    plan: Plan, runs: Sequence[Run], *, threads: int = 1, progress: Callable[[int], None] | None = None
) -> Tally:
    """Return the table of *runs*; *progress* is told how many more were done, now and then."""
    del threads
    traces = []
    for run in runs:
        traces.append(trace_of(plan, run))
        if progress:
            progress(1)
    return tally_traces(plan, traces)


def trace_of(plan: Plan, run: Run) -> Trace:
    """Return the whole trace of one run of *plan*, with the luck that it has in the table."""
    orders = [*plan.orders, *([failure_order(run.failed)] if run.failed else [])]
    model = vary(plan.model, plan.seed, run.replication) if plan.uncertain else plan.model
    return simulate(model, orders, horizon=plan.horizon, seed=plan.seed, replication=run.replication)


def failure_order(failed: tuple[str, ...]) -> Order:
    """Return the incident by which *failed* fail in minute 0 until repaired."""
    return Order(FAILURE, "incident", 0, (Damage(effect="damage", select=Selector(ids=failed)),))


def tally_traces(plan: Plan, traces: Iterator[Trace] | Sequence[Trace]) -> Tally:
    """Return the table that these *traces* give: what every engine must agree on."""
    values: dict[Measure, list[int]] = {measure: [] for measure in MEASURES}
    levels: list[int] = []
    runs = 0
    for trace in traces:
        runs += 1
        for component in plan.watch:
            for measure, value in measured(plan, trace, component).items():
                values[measure].append(value)
            if plan.grid:
                levels += [trace.level_at(component, minute) for minute in range(0, plan.horizon, plan.grid)]
    steps = len(range(0, plan.horizon, plan.grid)) if plan.grid else 0
    return Tally(plan.watch, runs, dict(values), levels, steps)


def measured(plan: Plan, trace: Trace, component: str) -> dict[Measure, int]:
    """Return every measure of one component in one run."""
    segments = trace.segments(component)
    short = [(start, end) for start, end, level in segments if level < 100]
    gone = [start for start, _, level in segments if level == 0]
    mtd = plan.mtds.get(component)
    passed = () if mtd is None else breaches(trace, component, plan.minimum_levels.get(component, 50), mtd)
    return {
        "lost": lost_service(trace, component),
        "lowest": min(level for _, _, level in segments),
        "below": short[0][0] if short else -1,
        "gone": gone[0] if gone else -1,
        "back": short[-1][1] if short and short[-1][1] < plan.horizon else -1,
        "breach": passed[0].minute if passed else -1,
        "suspect": minutes_on_suspect_data(trace, component),
    }
