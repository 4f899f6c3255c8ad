"""What it costs to do many runs on a cluster: the time that its workers do not spend on runs.

The scenario of Utrecht, on a Dask cluster of this machine; the answer must be that of this process. The overhead is
the part of the workers' time, from the first chunk to the last, in which none of them did a run: handing out, packing,
waiting for the next chunk, and the end, when one waits for the other. Run: python -m benchmarks.cluster [RUNS]
"""

import sys
import time

from city_model.loader import load_city
from resilience.analysis.city_plan import city_plan
from resilience.analysis.cluster import open_cluster
from resilience.analysis.executor import Here, Stop, replications
from resilience.simulation.orders import incident_orders
from scenarios.loader import load_scenario

WORKERS = 2
SCENARIO = "zwart-scherm"
TENTH = 10
"""The part of the runs that this process does too, to compare answers and to say what all would take it."""


def main() -> None:
    """Measure and print one row per number of workers."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300_000
    city = load_city("utrecht")
    scenario = load_scenario(SCENARIO, city)
    plan = city_plan(city, incident_orders(scenario), scenario.horizon, uncertain=True).plan
    runs = replications(number)
    here = Here()
    here.run_chunks(plan, runs[:100])  # whatever is compiled once is not counted
    some = runs[: number // TENTH]
    began = time.perf_counter()
    expected = here.run_chunks(plan, some)
    alone = TENTH * (time.perf_counter() - began)
    print("| workers | runs | chunks | runs a chunk | seconds | of the workers' time not on runs |")
    print("|---:|---:|---:|---:|---:|---:|")
    print(f"| this process | {number} | | | {alone:.1f} | |")
    for workers in range(1, WORKERS + 1):
        with open_cluster("local", Stop(), workers=workers) as cluster:
            assert cluster.run_chunks(plan, some) == expected, "the cluster gives another answer"
            began = time.perf_counter()
            answers = [answer for _number, answer in cluster.answers(plan, runs)]
            seconds = time.perf_counter() - began
        busy = sum(answer[3] for answer in answers)
        idle = 100 * (1 - busy / (workers * seconds))
        size = number // len(answers)
        print(f"| {workers} | {number} | {len(answers)} | {size} | {seconds:.1f} | {idle:.1f}% |")


if __name__ == "__main__":
    main()
