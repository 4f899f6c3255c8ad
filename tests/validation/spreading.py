"""Malware against shortest paths and against the final size of an epidemic."""

import random
from functools import partial

import networkx as nx

from city_model.schema import City
from resilience.simulation.engine import simulate
from resilience.simulation.model import compile_city
from resilience.simulation.orders import Order
from resilience.simulation.trace import What
from tests.builders import city, component, path
from tests.runs import effect
from tests.validation.case import Case, Numbers

SIZE = 3000
DEGREE = 8
SEEDS = 10
RUNS = 8


def worm(*seeds: str) -> Order:
    """Return malware that has its first footholds at *seeds* and never detonates."""
    return Order("worm", "incident", 0, (effect("infect", select={"ids": seeds}),))


def arrivals() -> Numbers:
    """Return the largest difference between the minute of a foothold and the shortest path to it."""
    luck = random.Random(5)
    edges = {(luck.randrange(200), luck.randrange(200)): luck.randint(1, 600) for _ in range(900)}
    paths = [path(f"c{a:03}", f"c{b:03}", delay=delay) for (a, b), delay in sorted(edges.items()) if a != b]
    made = city(*(component(f"c{number:03}") for number in range(200)), *paths)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_weighted_edges_from((f"c{a:03}", f"c{b:03}", delay) for (a, b), delay in edges.items() if a != b)
    shortest = nx.single_source_dijkstra_path_length(graph, "c000")
    trace = simulate(made, [worm("c000")], horizon=20_000)
    found = {record.subject: record.minute for record in trace.with_what(What.FOOTHOLD)}
    return (max(abs(found.get(name, -1) - shortest.get(name, -1)) for name in {*found, *shortest}),)


def network(permille: int) -> City:
    """Return components with on average DEGREE neighbours, each passed on to with this chance."""
    luck = random.Random(11)
    pairs = {
        (a, b) for a, b in ((luck.randrange(SIZE), luck.randrange(SIZE)) for _ in range(SIZE * DEGREE // 2)) if a != b
    }
    both = sorted(pairs | {(b, a) for a, b in pairs})
    return city(
        *(component(f"c{number:04}") for number in range(SIZE)),
        *(path(f"c{a:04}", f"c{b:04}", success=permille, delay=1) for a, b in both),
    )


def final_size(permille: int) -> Numbers:
    """Return which share of the network the malware reaches from SEEDS first footholds, the mean of RUNS runs."""
    made, seeds = compile_city(network(permille)), [f"c{number:04}" for number in range(SEEDS)]
    reached = 0
    for replication in range(RUNS):
        trace = simulate(made, [worm(*seeds)], horizon=2000, seed=1, replication=replication)
        reached += len({record.subject for record in trace.with_what(What.FOOTHOLD)})
    return (reached / RUNS / SIZE,)


CASES = (
    Case("Malware arrives along the shortest path, 200 components, 900 paths: largest difference (minutes)",
         "first-passage percolation; Dijkstra by networkx", "`simulate`, `infect`", (0,), 0, arrivals, "exact"),
    *(
        Case(f"Final size on a random network, mean degree 8, chance {permille / 10:g} %",
             "z = 1 - (1 - s) e^(-K T z), s = 10 of 3,000", "`simulate`, `infect`", (size,), most,
             partial(final_size, permille), "four standard errors of eight runs", is_slow=True)
        for permille, size, most in ((375, 0.940721, 0.0075), (189, 0.594068, 0.033))
    ),
)  # fmt: skip
