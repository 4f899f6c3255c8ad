"""The same runs on a cluster of this machine: equal to the last number, also when a worker dies on the way."""

import os
import signal

import pytest

from resilience.analysis import cluster
from resilience.analysis.cluster import open_cluster
from resilience.analysis.executor import Here, Stop, replications
from resilience.base.language import in_language
from resilience.base.problems import RunError
from resilience.simulation.many import Plan
from resilience.simulation.model import compile_city
from tests.builders import assumed, city, component, function, need, work
from tests.runs import outage

pytestmark = pytest.mark.full
RUNS = replications(2000)


def plan() -> Plan:
    """Return a plan with luck and with figures that are drawn."""
    made = city(
        component("a", repair=work((10, 30, 90))),
        component("b", needs=[need("a", buffer=assumed(20))], restart_lag=assumed(5)),
        function("f", needs=[need("b", strength=assumed(60))]),
    )
    return Plan(compile_city(made), 200, (outage("a", 5),), ("f",), seed=3, uncertain=True, grid=20)


def test_a_lost_worker_costs_a_retry_and_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of two workers is killed while it works; the table is the one that this process makes."""
    monkeypatch.setattr(cluster, "CHUNK_SECONDS", 0.05)
    killed: list[int] = []
    with open_cluster("local", Stop(), workers=2) as found:

        def kill_one(_runs: int) -> None:
            if not killed:
                killed.append(next(iter(found.client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        there = found.run_chunks(plan(), RUNS, progress=kill_one)

    assert (len(killed), there) == (1, Here().run_chunks(plan(), RUNS))


def test_a_stop_keeps_the_first_runs_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came back out of turn and misses one before it is let go."""
    monkeypatch.setattr(cluster, "CHUNK_SECONDS", 0.05)
    stop = Stop()

    def ask(_runs: int) -> None:
        stop.asked = True

    with open_cluster("local", stop, workers=2) as found:
        there = found.run_chunks(plan(), RUNS, progress=ask)

    assert there == Here().run_chunks(plan(), RUNS[: there.runs])
    assert 0 < there.runs < len(RUNS)


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that names the address, and how to start a scheduler there."""
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 0.5)

    with in_language("en"), pytest.raises(RunError) as caught, open_cluster("tcp://127.0.0.1:9", Stop()):
        pass

    said = "no Dask scheduler answers at tcp://127.0.0.1:9; start one with: dask scheduler"
    assert str(caught.value) == said
