"""Fault trees, k of n, buffers, repair queues and the resilience triangle, on cities as users write them."""

import math
from collections.abc import Sequence
from functools import partial

from city_model.schema import City, Work
from resilience.analysis.sweep import Asked, sweep
from resilience.simulation.many import Plan, Run, run_many
from resilience.simulation.metrics import lost_service
from resilience.simulation.model import compile_city
from resilience.simulation.orders import Order
from tests.builders import city, component, function, need, team
from tests.runs import effect, levels, outage, run
from tests.validation.case import Case, Numbers

TOP = "top"
RUNS = 20_000
SCRAM = "SCRAM, bench_*.cc (Rakhimov, b85b789)"
UNIT = 1000
"""Minutes in one unit of time of the repair queue."""


def failing(chances: dict[str, int]) -> tuple[Order, ...]:
    """Return one incident in which each component fails with its own chance per mille, for good."""
    hits = [
        effect("damage", select={"ids": (name,)}, share=permille, ends="decision") for name, permille in chances.items()
    ]
    return (Order("chance", "incident", 0, tuple(hits)),)


def share_down(made: City, chances: dict[str, int], watched: str = TOP) -> float:
    """Return in which share of the runs *watched* is gone."""
    plan = Plan(compile_city(made), 1, failing(chances), (watched,), seed=2026)
    gone = run_many(plan, [Run(number) for number in range(RUNS)]).of("gone", watched)
    return sum(minute == 0 for minute in gone) / RUNS


def top_down(made: City, chances: dict[str, int]) -> Numbers:
    """Return the same for the top, as a list of one number."""
    return (share_down(made, chances),)


def error(chance: float, runs: int = RUNS) -> float:
    """Return four standard errors of an estimated chance."""
    return 4 * math.sqrt(chance * (1 - chance) / runs)


def cuts(made: City, events: Sequence[str]) -> Numbers:
    """Return how many minimal cut sets of order one and two the sweep finds among the basic *events*."""
    (found,) = sweep(made, Asked(order=2, static=True)).cut_sets(1)
    names = [part.id for part in made.components if part.kind != "function"]
    single = [place for place in found.single if names[place] in events]
    pairs = [pair for pair in found.pairs if all(names[place] in events for place in pair)]
    return len(single), len(pairs)


def tree(*gates: object, top: Sequence[str], at_least: int | None = None, basic: Sequence[str]) -> City:
    """Return a fault tree as a city: the top is a function that needs what *top* names."""
    parts = [component(name) for name in basic]
    return city(*parts, *gates, function(TOP, needs=[need(*top, at_least=at_least)]))  # type: ignore[arg-type]


ABC = ("a", "b", "c")
ABC_CHANCES = {"a": 100, "b": 200, "c": 300}
THEATRE = {"mains": 30, "generator": 20, "relay": 50}
TREES: tuple[tuple[str, City, dict[str, int], tuple[int, int], float], ...] = (
    ("A or B or C", tree(top=ABC, basic=ABC), ABC_CHANCES, (3, 0), 0.496),
    (
        "AB or BC",
        tree(
            component("ab", needs=[need("a", "b", at_least=1)]), component("bc", needs=[need("b", "c", at_least=1)]),
            top=("ab", "bc"), basic=ABC,
        ),
        ABC_CHANCES, (0, 2), 0.074,
    ),
    ("2 of 3", tree(top=ABC, at_least=2, basic=ABC), ABC_CHANCES, (0, 3), 0.098),
    (
        "theatre power",
        tree(
            component("spare", needs=["generator", "relay"]),
            top=("mains", "spare"), at_least=1, basic=tuple(THEATRE),
        ),
        THEATRE, (0, 2), 0.00207,
    ),
)  # fmt: skip
K_OF_N = ((2, 3, 100, 0.972), (2, 3, 30, 0.997354), (3, 5, 100, 0.99144), (2, 4, 50, 0.99951875))


def working(at_least: int, count: int, permille: int) -> Numbers:
    """Return in which share of the runs k of n still work."""
    names = [f"p{number}" for number in range(count)]
    made = city(*map(component, names), function(TOP, needs=[need(*names, at_least=at_least)]))
    return (1 - share_down(made, dict.fromkeys(names, permille)),)


def buffered() -> Numbers:
    """Return the share of outages that get through a buffer, and the hours lost by them on average."""
    made = city(component("p"), component("d", needs=[need("p", buffer=240)]))
    lasts = {"exponential": "480m", "source": "fact"}
    plan = Plan(compile_city(made), 20_000, (outage("p", 0, ends="duration", lasts=lasts),), ("d",), seed=7)
    lost = run_many(plan, [Run(number) for number in range(RUNS)]).of("lost", "d")
    return sum(one > 0 for one in lost) / RUNS, sum(lost) / 100 / 60 / RUNS


def repair_queue(teams: int) -> Numbers:
    """Return the mean number of machines down and the availability: 5 machines, failure rate 0.1, repair rate 1."""
    length = {"exponential": f"{UNIT}m", "source": "fact"}
    job = Work.model_validate({"duration": length, "team": "crew"})
    names = tuple(f"m{number}" for number in range(5))
    made = city(team("crew", teams), *(component(name, repair=job) for name in names))
    again = {"exponential": f"{10 * UNIT}m", "source": "fact"}
    wear = Order("wear", "incident", 0, (effect("damage", select={"ids": names}, again=again),))
    units, runs = 500, 200
    tally = run_many(Plan(compile_city(made), units * UNIT, (wear,), names, seed=3), [Run(n) for n in range(runs)])
    down = sum(sum(tally.of("lost", name)) for name in names) / 100 / (units * UNIT) / runs
    return down, 1 - down / len(names)


def rectangle() -> Numbers:
    """Return what a step to 40 per cent for 240 minutes loses."""
    return (lost_service(run(city(component("a")), outage("a", 10, 250, cap=40)), "a"),)


def triangle() -> Numbers:
    """Return what falling to 0 and climbing one point every 6 minutes loses."""
    hits = [outage("a", 0, (cap + 1) * 6, name=f"hit-{cap}", cap=cap) for cap in range(100)]
    return (lost_service(run(city(component("a")), *hits), "a"),)


def fdna() -> Numbers:
    """Return what one feeder gives: strength 60, criticality 30, at 50 and at 0; strength 100 passes through."""
    found = []
    for strength, criticality, provider in ((60, 30, 50), (60, 30, 0), (100, 100, 37)):
        made = city(component("p"), component("d", needs=[need("p", strength=strength, criticality=criticality)]))
        found.append(levels(run(made, outage("p", 0, cap=provider), horizon=0), "d")[0])
    return found


SAMPLED = f"four standard errors of {RUNS:,} runs"
CASES = (
    *(
        Case(f"Fault tree {name}: minimal cut sets of order 1 and 2", SCRAM, "`resilience sweep --static --order 2`",
             sets, 0, partial(cuts, made, tuple(chances)), "exact")
        for name, made, chances, sets, _exact in TREES
    ),
    *(
        Case(f"Fault tree {name}: chance of the top", SCRAM, "`run_many` (as `resilience montecarlo`)", (exact,),
             error(exact), partial(top_down, made, chances), SAMPLED, is_slow=True)
        for name, made, chances, _sets, exact in TREES
    ),
    *(
        Case(f"{k} of {n}, each failing {permille / 10:g} % of the time", "binomial sum", "`run_many`", (works,),
             error(works), partial(working, k, n, permille), SAMPLED, is_slow=True)
        for k, n, permille, works in K_OF_N
    ),
    Case("A buffer of 4 h against exponential outages of 8 h: noticed, hours lost", "e^(-b/m), m e^(-b/m)",
         "`run_many`", (0.606531, 4.852245), 0.23, buffered, SAMPLED + " of the hours", is_slow=True),
    *(
        Case(f"Machine repair, 5 machines, {teams} team(s): machines down, availability",
             "birth-death process", "`run_many`, `damage` with `again`", expected, 0.02,
             partial(repair_queue, teams), "four standard errors of 100,000 units", is_slow=True)
        for teams, expected in ((1, (0.639522, 0.872096)), (2, (0.464794, 0.907041)))
    ),
    Case("Resilience triangle: a step to 40 % for 240 minutes", "Bruneau et al. 2003", "`simulate`", (60 * 240,), 0,
         rectangle, "exact"),
    Case("Resilience triangle: to 0 and back by a point every 6 minutes", "Bruneau et al. 2003", "`simulate`",
         (100 * 606 / 2,), 0, triangle, "exact"),
    Case("FDNA, one feeder: (60, 30) at 50 and at 0; pass-through at 37", "Garvey and Pinto 2009, identities",
         "`simulate`", (70, 30, 37), 0, fdna, "exact"),
)  # fmt: skip
