"""Published cases and closed forms, computed with cities as users write them and the engine that they run.

- Fault trees with every number printed (SCRAM's benchmark inputs): a basic event is a component that fails, an or-gate
  needs all, an and-gate needs any. The engine runs every set of failures; the sets and probabilities follow.
- k out of n: the binomial sum, by the same enumeration. A buffer against an exponential outage: exp(-b/m).
- Resilience triangle (Bruneau et al. 2003): the lost area of a step and of a straight recovery.
- FDNA (Garvey and Pinto): the identities of strength and criticality for one feeder. For several the engine takes the
  weakest need, where the original takes the mean of the strength terms; these cases do not depend on that.
- Machine repair (M machines, c teams, exponential times): the birth-death figures. The moments of failure are drawn
  beforehand; one that finds its machine down is dropped, which changes nothing because the exponential has no memory.
"""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, pairwise

import pytest

from city_model.schema import City, Work
from resilience.simulation.engine import Simulation
from resilience.simulation.metrics import lost_service, queue_lengths, time_to
from resilience.simulation.model import Model, compile_city
from resilience.simulation.trace import Trace, What
from tests.builders import city, component, need, team
from tests.runs import levels, outage, run

TOP = "top"
Failures = frozenset[str]
Chances = Mapping[str, str]
"""Per basic event the probability of failure."""


def failing_sets(made: City, events: Chances) -> list[Failures]:
    """Return every set of failures that brings the top to 0, from the smallest on."""
    model = compile_city(made)
    subsets = chain.from_iterable(combinations(sorted(events), size) for size in range(len(events) + 1))
    return [frozenset(subset) for subset in subsets if _fails(model, subset)]


def _fails(model: Model, failed: tuple[str, ...]) -> bool:
    simulation = Simulation(model, [outage(" ".join(failed), 0)] if failed else [], horizon=0)
    simulation.advance(0)
    return simulation.level(TOP) == 0


def minimal(sets: list[Failures]) -> list[Failures]:
    """Return the sets that hold no other one."""
    return [one for one in sets if not any(other < one for other in sets)]


def chance(failed: Failures, events: Chances) -> Fraction:
    """Return the probability that exactly *failed* fail."""
    chances = {name: Fraction(value) for name, value in events.items()}
    return math.prod((p if name in failed else 1 - p for name, p in chances.items()), start=Fraction(1))


def rare(failed: Failures, events: Chances) -> Fraction:
    """Return the probability that *failed* fail, whatever the others do."""
    return math.prod((Fraction(events[name]) for name in failed), start=Fraction(1))


ABC = {"a": "0.1", "b": "0.2", "c": "0.3"}
THEATRE = {"generator": "0.02", "mains": "0.03", "relay": "0.05"}


@dataclass(frozen=True)
class Tree:
    """A fault tree with what was published of it."""

    city: City
    events: Chances
    cut_sets: list[set[str]]
    exact: str
    rare_event: str


TREES = {
    "A or B or C": Tree(
        city(*(component(name) for name in ABC), component(TOP, needs=[need("a", "b", "c")])),
        ABC, [{"a"}, {"b"}, {"c"}], "0.496", "0.6",
    ),
    "AB or BC": Tree(
        city(
            *(component(name) for name in ABC),
            component("ab", needs=[need("a", "b", at_least=1)]),
            component("bc", needs=[need("b", "c", at_least=1)]),
            component(TOP, needs=["ab", "bc"]),
        ),
        ABC, [{"a", "b"}, {"b", "c"}], "0.074", "0.08",
    ),
    "2 of 3": Tree(
        city(*(component(name) for name in ABC), component(TOP, needs=[need("a", "b", "c", at_least=2)])),
        ABC, [{"a", "b"}, {"a", "c"}, {"b", "c"}], "0.098", "0.11",
    ),
    "theatre power": Tree(
        city(
            *(component(name) for name in THEATRE),
            component("backup", needs=["generator", "relay"]),
            component(TOP, needs=[need("mains", "backup", at_least=1, kind="power")]),
        ),
        THEATRE, [{"generator", "mains"}, {"mains", "relay"}], "0.00207", "0.0021",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_fault_trees_have_their_published_cut_sets_and_probabilities(tree: Tree) -> None:
    """Running every set of failures gives the minimal cut sets, the exact and the rare-event probability."""
    sets = failing_sets(tree.city, tree.events)
    cuts = minimal(sets)
    exact = sum((chance(one, tree.events) for one in sets), Fraction(0))
    rare_event = sum((rare(one, tree.events) for one in cuts), Fraction(0))
    found = ([set(one) for one in cuts], exact, rare_event)

    assert found == (tree.cut_sets, Fraction(tree.exact), Fraction(tree.rare_event))


@pytest.mark.parametrize(
    ("at_least", "count", "works", "expected"),
    [(2, 3, "0.9", "0.972"), (2, 3, "0.97", "0.997354"), (3, 5, "0.9", "0.99144"), (2, 4, "0.95", "0.99951875")],
)
def test_k_out_of_n_works_with_the_binomial_probability(at_least: int, count: int, works: str, expected: str) -> None:
    """The sum over i >= k of C(n, i) p^i (1-p)^(n-i), by running every set of failures."""
    events = {f"p{number}": str(1 - Fraction(works)) for number in range(count)}
    made = city(*(component(name) for name in events), component(TOP, needs=[need(*events, at_least=at_least)]))

    assert 1 - sum(chance(one, events) for one in failing_sets(made, events)) == Fraction(expected)


def test_a_buffer_meets_an_exponential_outage() -> None:
    """A buffer of 4 h against outages of 8 h on average: exp(-1/2) is noticed, and 8 h times that is lost.

    Tolerance: 4 standard errors of 2,000 outages.
    """
    runs, mean, buffer = 2000, 480, 240
    model = compile_city(city(component("p"), component("d", needs=[need("p", buffer=buffer)])))
    hit = outage("p", 0, ends="duration", lasts={"exponential": f"{mean}m", "source": "fact"})
    lost = []
    for seed in range(runs):
        simulation = Simulation(model, [hit], horizon=20 * mean, seed=seed)
        simulation.advance(20 * mean)
        lost.append(lost_service(simulation.trace, "d") / 100 / mean)
    share = math.exp(-buffer / mean)
    errors = (math.sqrt(share * (1 - share) / runs), math.sqrt((2 * share - share**2) / runs))
    found = (sum(one > 0 for one in lost) / runs, sum(lost) / runs)

    assert [abs(one - share) < 4 * error for one, error in zip(found, errors, strict=True)] == [True, True]


@pytest.mark.parametrize("level", [0, 40, 99])
def test_a_step_recovery_loses_the_whole_rectangle(level: int) -> None:
    """Resilience triangle: down to q at once, back to 100 at once after T: (100 - q) T is lost."""
    trace = run(city(component("a")), outage("a", 10, 250, cap=level))

    assert lost_service(trace, "a") == (100 - level) * 240


def test_a_straight_recovery_loses_the_triangle() -> None:
    """Down to 0 and back by one point every 6 minutes: (100 - 0)(T + 6) / 2, and X % after X/100 of T = 600."""
    step, duration = 6, 600
    hits = [outage("a", 0, (cap + 1) * step, name=f"hit-{cap}", cap=cap) for cap in range(100)]
    trace = run(city(component("a")), *hits)
    found = [lost_service(trace, "a"), *(time_to(trace, "a", percent) for percent in (50, 80, 95, 100))]

    assert found == [100 * (duration + step) // 2, 300, 480, 570, 600]


def fdna(strength: int, criticality: int, provider: int) -> int:
    """Return what the engine makes of one feeder at level *provider*."""
    made = city(component("p"), component("d", needs=[need("p", strength=strength, criticality=criticality)]))
    orders = [outage("p", 0, cap=provider)] if provider < 100 else []
    return levels(run(made, *orders, horizon=0), "d").get(0, 100)


@pytest.mark.parametrize("strength", [1, 30, 60, 100])
@pytest.mark.parametrize("criticality", [0, 30, 100])
def test_fdna_identities_hold_for_one_feeder(strength: int, criticality: int) -> None:
    """100 gives 100; 0 gives min(100(1-a), b); between, min(a P + 100(1-a), P + b), rounded up; never falling in P."""
    providers = (0, 1, 25, 50, 75, 99, 100)
    found = [fdna(strength, criticality, provider) for provider in providers]
    formula = [
        min(math.ceil(Fraction(strength * provider, 100)) + 100 - strength, provider + criticality, 100)
        for provider in providers
    ]

    assert found == formula == sorted(found)
    assert (found[0], found[-1]) == (min(100 - strength, criticality), 100)


def test_fdna_check_values() -> None:
    """Strength 60 and criticality 30: 50 gives 70, 0 gives 30; strength 100 or criticality 0 passes through."""
    found = [fdna(*case) for case in ((60, 30, 50), (60, 30, 0), (100, 100, 37), (60, 0, 50))]

    assert found == [70, 30, 37, 50]


UNIT = 1000
"""Minutes in one unit of time: the mean repair; rounding down to a minute is half a per mille of it."""
FAILURE_RATE = 0.1
MACHINES = 5
BIRTH_DEATH = {1: (0.639522, 0.203474, 0.466632), 2: (0.464794, 0.011274, 0.024858)}
"""Per number of teams: mean machines down, mean jobs that wait, mean wait in units of time."""


def failures(rate: float, until: int, luck: random.Random) -> Iterator[tuple[int, str]]:
    """Yield (minute, machine) of Poisson failures of every machine together."""
    moment = 0.0
    while True:
        moment += luck.expovariate(MACHINES * rate) * UNIT
        if moment >= until:
            return
        yield int(moment), f"machine-{luck.randrange(MACHINES)}"


def machine_repair(teams: int, units: int) -> Trace:
    """Return the trace of machines that fail again and again, over that many units of time."""
    length = {"exponential": f"{UNIT}m", "source": "fact"}
    job = Work.model_validate({"duration": length, "team": "crew"})
    machines = [component(f"machine-{number}", repair=job) for number in range(MACHINES)]
    simulation = Simulation(city(team("crew", teams), *machines), [], horizon=units * UNIT, seed=teams)
    for number, (minute, machine) in enumerate(failures(FAILURE_RATE, units * UNIT, random.Random(teams))):
        simulation.advance(minute - 1)
        if simulation.next_minute <= minute and simulation.level(machine) == 100:
            simulation.order(outage(machine, minute, name=f"failure-{number}"))
    simulation.advance(units * UNIT)
    return simulation.trace


def figures(trace: Trace) -> tuple[float, float, float]:
    """Return the mean machines down, the mean jobs that wait, and the mean wait in units."""
    down = sum(lost_service(trace, f"machine-{number}") for number in range(MACHINES)) / 100 / trace.horizon
    changes = [*queue_lengths(trace)["crew"], (trace.horizon, 0)]
    waiting = sum(length * (end - start) for (start, length), (end, _) in pairwise(changes))
    began: dict[str, int] = {}
    waits = []
    for record in trace.with_what(What.JOB_WAITS, What.REPAIR_STARTS):
        if record.what is What.JOB_WAITS:
            began[record.subject] = record.minute
        else:
            waits.append(record.minute - began[record.subject])
    return down, waiting / trace.horizon, sum(waits) / len(waits) / UNIT


UNITS = 4_000
SPREAD = {1: (0.025, 0.016, 0.038), 2: (0.018, 0.0023, 0.005)}
"""Standard deviations of the three figures over runs of 4,000 units, measured on 40 runs."""


@pytest.mark.parametrize("teams", [1, 2])
def test_machine_repair_has_the_birth_death_figures(teams: int) -> None:
    """Rule 7.2: five machines, rate 0.1, repair rate 1. Tolerance: 4 standard deviations.

    A run over ten times longer, of the failures that a city can have by itself, is a case of docs/validation.md.
    """
    found = figures(machine_repair(teams, UNITS))
    tolerances = [4 * spread for spread in SPREAD[teams]]
    off = [abs(one - other) for one, other in zip(found, BIRTH_DEATH[teams], strict=True)]

    assert [one for one, most in zip(off, tolerances, strict=True) if one > most] == []
