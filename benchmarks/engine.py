"""How fast the engine is, and how much faster than the same rules with one SimPy process per component.

One incident on a generated city of 1,000 components (benchmarks/cities.py), light and heavy, with all rules and with
minimal ones; the naive baseline (benchmarks/naive.py), the lean engine and its compiled twin (the batch engine, asked
for one run) take turns, and must change the same levels at the same minutes. A run includes building its state, which
only the twin can use again; compiling the city is apart. Then the map of Utrecht: from the command line, and replayed
to hour 72 with 30 decisions. Run: python -m benchmarks.engine
"""

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from benchmarks import naive
from benchmarks.cities import (
    HORIZON,
    LOADS,
    MEAN_BUFFER,
    MEAN_PROVIDERS,
    NO_BUFFER,
    SIZE,
    TEAMS,
    Load,
    generated_city,
    incident,
)
from city_model.effects import Damage
from city_model.loader import load_city
from resilience.simulation.batch import layout
from resilience.simulation.batch.engine import Batch
from resilience.simulation.engine import simulate
from resilience.simulation.many import Plan, Run
from resilience.simulation.model import Model, compile_city
from resilience.simulation.orders import Order, clock_lengths, incident_orders
from resilience.simulation.trace import Trace
from scenarios.loader import load_scenario
from tests.runs import decide

ROUNDS = 9
CITY_SEED = 1
SCENARIO = "zwart-scherm"
HOUR_72 = 4320
LOG = 20_000
"""Room for what the compiled twin writes of a run."""
DECISIONS = 30


class Measured(NamedTuple):
    """One row of the table; times are medians in milliseconds."""

    rules: str
    load: Load
    fallen: int
    at_zero: int
    changes: int
    naive: float
    lean: float
    compiled: float


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the processor time that *work* takes, or the time on another *clock*."""
    began = clock()
    work()
    return 1000 * (clock() - began)


def levels_of(batch: Batch, model: Model) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return what the last run of *batch* wrote of levels: per component each minute and new level."""
    ids = [part.id for part in model.parts]
    found: dict[str, list[tuple[int, int]]] = {}
    for minute, what, who, value in batch.log():
        if what == layout.LOG_LEVEL:
            found.setdefault(ids[who], []).append((minute, value))
    return {name: tuple(changes) for name, changes in found.items()}


def measure(model: Model, rules: str, load: Load) -> Measured:
    """Return the medians of one incident, after asserting that all three engines change the same levels."""
    orders = incident(load)
    effect = orders[0].effects[0]
    assert isinstance(effect, Damage)
    failing = effect.select.ids

    def slow() -> object:
        return naive.run(model, failing, HORIZON)

    def lean() -> Trace:
        return simulate(model, orders, horizon=HORIZON)

    batch = Batch(Plan(model, HORIZON, orders), log=LOG)

    def compiled() -> object:
        return batch.run([Run()])

    levels = lean().levels
    assert slow() == levels, "the naive engine does not change the same levels"
    compiled()
    assert levels_of(batch, model) == levels, "the compiled engine does not change the same levels"
    times = [tuple(milliseconds(work) for work in (slow, lean, compiled)) for _round in range(ROUNDS)]
    return Measured(
        rules,
        load,
        len(levels),
        sum(any(level == 0 for _, level in changes) for changes in levels.values()),
        sum(map(len, levels.values())),
        *(statistics.median(column) for column in zip(*times, strict=True)),
    )


def decisions(model: Model) -> list[Order]:
    """Return decisions of six kinds spread over 72 hours, on components and needs all over the city."""
    components = [component.id for component in model.city.components]
    needs = [placed.key for placed in model.city.placed_needs if placed.role == "level"]
    found = []
    for number in range(DECISIONS):
        minute = 30 + number * HOUR_72 // DECISIONS
        component, need = components[number * 7 % len(components)], needs[number * 11 % len(needs)]
        before = components[(number - 1) * 7 % len(components)]
        made = (
            ("isolate", {"components": component}),
            ("reconnect", {"components": before}),
            ("supply", {"need": need, "minutes": 240}),
            ("prepare", {"components": component}),
            ("add_provider", {"need": need, "provider": component}),
            ("priority", {"components": component, "priority": 1}),
        )
        kind, fields = made[number % len(made)]
        found.append(decide(minute, kind, name=f"decision-{number}", **fields))
    return found


def print_generated() -> None:
    """Measure the generated cities and print the table."""
    print(
        "| Rules | Incident | Below 100 | At 0 | Level changes | Naive (ms) | Lean (ms) | Ratio | Twin (ms) | Ratio |"
    )
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for rules, minimal in (("all", False), ("minimal", True)):
        city = generated_city(CITY_SEED, minimal=minimal)
        compiling = milliseconds(lambda city=city: compile_city(city))  # type: ignore[misc]
        model = compile_city(city)
        for load in LOADS:
            row = measure(model, rules, load)
            print(
                f"| {row.rules} | {load.name}, {load.hits} hits | {row.fallen} | {row.at_zero} | {row.changes} "
                f"| {row.naive:.1f} | {row.lean:.1f} | {row.naive / row.lean:.1f} "
                f"| {row.compiled:.2f} | {row.naive / row.compiled:.0f} |"
            )
    print()
    print(f"Compiling the city of {SIZE} components, once for all runs: {compiling:.0f} ms.")


def simulate_from_the_command_line() -> None:
    """Start a fresh interpreter that loads the map, runs the scenario and prints the answer."""
    command = [sys.executable, "-m", "resilience", "simulate", "utrecht", SCENARIO]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def print_utrecht() -> None:
    """Measure the map of Utrecht: the command, a whole run, and a replay with decisions."""
    city = load_city("utrecht")
    scenario = load_scenario(SCENARIO, city)
    model = compile_city(city)
    incidents, clocks = incident_orders(scenario), clock_lengths(scenario)
    orders = [*incidents, *decisions(model)]
    rows: tuple[tuple[str, Callable[[], object], Callable[[], float]], ...] = (
        (f"`resilience simulate utrecht {SCENARIO}`, on the clock", simulate_from_the_command_line, time.perf_counter),
        (
            "the same run inside a program, city and scenario loaded",
            lambda: simulate(city, incidents, horizon=scenario.horizon, clocks=clocks),
            time.process_time,
        ),
        (
            f"replay to hour 72 with {DECISIONS} decisions, city compiled",
            lambda: simulate(model, orders, horizon=HOUR_72, clocks=clocks),
            time.process_time,
        ),
    )
    print(f"Utrecht, {len(city.components)} components, {len(city.placed_needs)} needs:")
    print()
    print("| What | Time (ms) |")
    print("|---|--:|")
    for name, work, clock in rows:
        print(f"| {name} | {statistics.median(milliseconds(work, clock) for _round in range(ROUNDS)):.0f} |")


def main() -> None:
    """Print everything that docs/reference/benchmark-engine.md shows."""
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; "
        f"medians of {ROUNDS} runs, processor time."
    )
    print(
        f"City: {SIZE} components, about {MEAN_PROVIDERS} providers each, half of the needs all of them and half k of "
        f"n, {NO_BUFFER:.0%} without buffer and the others {MEAN_BUFFER} minutes on average, {TEAMS} repair teams; "
        f"{HORIZON // 1440} days. Minimal rules: no buffers, fallbacks and catch-up."
    )
    print()
    print_generated()
    print()
    print_utrecht()


if __name__ == "__main__":
    main()
