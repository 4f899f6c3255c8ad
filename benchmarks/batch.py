"""How fast the batch engine is beside the lean engine and the naive baseline, with every rule of the generated cities.

The very kernel that tests/property/test_batch.py proves equal; before a figure is printed, its levels are compared with
those of the lean engine once more. Light and heavy incidents on 1,000 components, all pairs of failures, two threads,
and the cost as the city grows. Processor time on one core, but for the rows that say otherwise; compiling is apart.
Run: python -m benchmarks.batch [--pairs N] [--plot FILE]
"""

import argparse
import math
import os
import platform
import resource
import statistics
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from benchmarks import naive
from benchmarks.cities import HORIZON, LOADS, SIZE, Load, generated_city, incident
from benchmarks.growth_plot import plot
from city_model.effects import Damage
from city_model.schema import City
from resilience.analysis.closure import chain_of, pair_levels
from resilience.analysis.sweep import SLICE
from resilience.simulation.batch.compiled import IS_COMPILED
from resilience.simulation.batch.engine import Batch
from resilience.simulation.engine import simulate
from resilience.simulation.many import Plan, Run, tally_traces
from resilience.simulation.model import Model, compile_city

WATCHED = 10
ROUNDS = 9
RUNS = 10_000
"""Runs in a turn, divided by how many components the incident hits."""
SIZES = (1_000, 10_000, 100_000)


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the processor time that *work* takes, or the time on another *clock*."""
    began = clock()
    work()
    return clock() - began


def peak() -> float:
    """Return the most memory that this process had at once, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def plan_of(model: Model, load: Load | None, size: int = SIZE) -> Plan:
    """Return the plan of one incident that watches the components that most others feed."""
    watch = tuple(component.id for component in model.city.components[-WATCHED:])
    return Plan(model, HORIZON, incident(load, size=size) if load else (), watch)


def shares(city: City) -> str:
    """Say how much of each rule the generated city uses."""
    count = len(city.components)
    needs = [placed.need for placed in city.placed_needs]
    parts = {
        "fallback": sum(c.fallback is not None for c in city.components) / count,
        "catch-up": sum(c.backlog is not None for c in city.components) / count,
        "k of n": sum(1 < (n.at_least or 0) < len(n.provider_ids) for n in needs) / len(needs),
        "capacity shares": sum(n.shares is not None for n in needs) / len(needs),
        "start need": sum(n.effective_phase == "start" for n in needs) / len(needs),
        "buffer": sum(n.buffer is not None and n.buffer.value != 0 for n in needs) / len(needs),
        "access path": len(city.access_paths) / count,
    }
    return ", ".join(f"{name} {share:.0%}" for name, share in parts.items())


def compare(model: Model, load: Load) -> None:
    """Print one row: the three engines on one incident, the batch engine with the whole city as the others do.

    Then the batch engine as its users run it: without what leads to nothing that is watched.
    """
    plan = plan_of(model, load)
    effect = plan.orders[0].effects[0]
    assert isinstance(effect, Damage)
    failing = effect.select.ids
    told = tally_traces(plan, [simulate(model, plan.orders, horizon=HORIZON)])
    whole, batch = Batch(plan, whole=True), Batch(plan)
    for engine in (whole, batch):
        found = engine.run([Run()])
        assert {k: [int(x) for x in v] for k, v in found.values.items()} == told.values, "the engines do not agree"
    runs = [Run(number) for number in range(RUNS // load.hits)]
    works: tuple[Callable[[], object], ...] = (
        lambda: naive.run(model, failing, HORIZON),
        lambda: simulate(model, plan.orders, horizon=HORIZON),
        lambda: whole.run(runs),
        lambda: batch.run(runs),
    )
    # They take turns, and what is compared is what was measured beside each other: the machine is not always as fast.
    turns = [[seconds(work) for work in works] for _round in range(ROUNDS)]
    slow, lean, fast, needed = (statistics.median(column) for column in zip(*turns, strict=True))
    best = 10_000 * min(turn[3] for turn in turns) / len(runs)
    to_naive, to_lean = (statistics.median(len(runs) * turn[one] / turn[2] for turn in turns) for one in (0, 1))
    print(
        f"| {load.name}, {load.hits} hits | {1000 * slow:.1f} | {1000 * lean:.1f} | {1e6 * fast / len(runs):.0f} "
        f"| {to_naive:,.0f} | {to_lean:.0f} | {1e6 * needed / len(runs):.0f} | {10_000 * needed / len(runs):.2f} "
        f"| {best:.2f} |"
    )


def print_pairs(model: Model, limit: int | None) -> None:
    """Print how long the loss of every pair takes, or of the first so many, on one core and on two."""
    names = [component.id for component in model.city.components]
    pairs = list(combinations(names, 2))
    chosen = pairs if limit is None else pairs[:: max(1, len(pairs) // limit)]
    runs = [Run(0, pair) for pair in chosen]
    plan = plan_of(model, None)
    batch = Batch(plan, fails=True)

    def every(threads: int = 1) -> None:
        for start in range(0, len(runs), SLICE):  # as a sweep does, which keeps only the rows that it needs
            batch.run(runs[start : start + SLICE], threads=threads)

    batch.run(runs[:10], threads=2)
    taken = sorted(seconds(every) for _ in range(ROUNDS // 2))
    best, one = taken[0], statistics.median(taken)
    works: tuple[Callable[[], object], ...] = (every, lambda: every(2))
    turns = [[seconds(work, time.perf_counter) for work in works] for _round in range(ROUNDS // 2)]
    beside = statistics.median(wall / two for wall, two in turns)
    scale = len(pairs) / len(runs)
    note = "" if limit is None else f" ({len(runs):,} of them measured)"
    print(f"All {len(pairs):,} pairs{note}, dynamic, one core: {one * scale:.1f} s, at best {best * scale:.1f} s.")
    print(f"Two threads beside one, on the clock, median of {len(turns)}: {beside:.2f} times.")


def print_static(model: Model) -> None:
    """Print how long the closure of every pair takes: what falls when nothing holds it up, without time."""
    chain, parts = chain_of(model), range(len(model.parts))
    watch = parts[-WATCHED:]
    pair_levels(chain, 0, parts[1:3], watch)

    def every() -> None:
        for first in parts[:-1]:
            pair_levels(chain, first, parts[first + 1 :], watch)

    taken = statistics.median(seconds(every) for _ in range(ROUNDS))
    print(f"All {math.comb(len(parts), 2):,} pairs, static, one core: {taken:.2f} s.")


def print_growth(file: Path | None) -> None:
    """Print the cost of one light incident as the city grows, and the exponent that fits."""
    print("| Components | Level changes | A run (µs) | Laying out (s) |")
    print("|--:|--:|--:|--:|")
    points = []
    for size in SIZES:
        model = compile_city(generated_city(1, size=size))
        plan = plan_of(model, LOADS[0], size)
        began = time.process_time()
        batch = Batch(plan, log=1_000_000)
        batch.run([Run()])
        laying = time.process_time() - began
        changes = sum(row[1] == 0 for row in batch.log())
        runs = [Run(number) for number in range(50)]
        cost = seconds(lambda batch=batch, runs=runs: batch.run(runs)) / len(runs)  # type: ignore[misc]
        points.append((size, 1e6 * cost))
        print(f"| {size:,} | {changes} | {1e6 * cost:.0f} | {laying:.1f} |")
    logs = [(math.log(size), math.log(cost)) for size, cost in points]
    mean_x, mean_y = (statistics.mean(axis) for axis in zip(*logs, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)
    if file:
        file.write_text(plot(points, slope, "Components", "Microseconds for a light run"), encoding="utf-8")
    print()
    print(f"Fitted exponent of the cost in the number of components: {slope:.2f}.")


def main() -> None:
    """Print everything that docs/reference/benchmark-batch.md shows."""
    parser = argparse.ArgumentParser(description="Measure the batch engine.")
    parser.add_argument("--pairs", type=int, default=None, help="measure only so many pairs")
    parser.add_argument("--plot", type=Path, default=None, help="draw the cost as the city grows into this SVG")
    chosen = parser.parse_args()
    how = "compiled" if IS_COMPILED else "plain Python (numba is not installed)"
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {how}.")
    city = generated_city(1)
    model = compile_city(city)
    print(f"City of {SIZE} components; {shares(city)}.")
    starting = Batch(plan_of(model, LOADS[0]))
    print(f"First call, with compiling where nothing was kept: {seconds(lambda: starting.run([Run()])):.1f} s.")
    print()
    print(
        "| Incident | Naive (ms) | Lean (ms) | Batch (µs) | To naive | To lean | Watched (µs) | 10,000 (s) | at best |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for load in LOADS:
        compare(model, load)
    print()
    print_pairs(model, chosen.pairs)
    print_static(model)
    print(f"Peak memory so far, the compiler and the baselines included: {peak():.0f} MB.")
    print()
    print_growth(chosen.plot)
    print(f"Peak memory with the largest city: {peak():.0f} MB.")


if __name__ == "__main__":
    main()
