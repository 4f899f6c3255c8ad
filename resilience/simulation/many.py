"""Many runs of one plan: replications with their own luck, or sets of components that fail, or both.

The answer is a table of whole numbers per run and watched component; traces are not kept. Whoever wants to know why
runs the same replication once more with ``simulate``: luck depends on names only (rule 13), so it is the same run.
"""

from collections.abc import Callable, Iterator, Sequence

from resilience.simulation.engine import simulate
from resilience.simulation.metrics import breaches, lost_service, minutes_on_suspect_data
from resilience.simulation.plan import FAILURE, MEASURES, Measure, Plan, Run, Tally, failure_order
from resilience.simulation.trace import Trace
from resilience.simulation.uncertain import vary

__all__ = ["FAILURE", "MEASURES", "Measure", "Plan", "Run", "Tally", "run_many", "tally_traces", "trace_of"]
LITTLE = 20_000
"""Runs times components up to which starting the compiled engine would cost more than it saves."""


def run_many(
    plan: Plan,
    runs: Sequence[Run],
    *,
    threads: int = 1,
    progress: Callable[[int], None] | None = None,
    of: int = 0,
) -> Tally:
    """Return the table of *runs*, on *threads* at once; *progress* is told now and then how many more were done.

    *of* is how many runs there are in all, where these are a part of them; also of plans that differ a little.
    """
    if max(of, len(runs)) * len(plan.model.parts) > LITTLE:
        from resilience.simulation.batch.engine import batch_tally  # noqa: PLC0415 - loading a compiler takes seconds

        return batch_tally(plan, runs, threads=threads, progress=progress)
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
