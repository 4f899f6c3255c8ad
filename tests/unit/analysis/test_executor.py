"""Chunks that can be stopped, and joined again without a trace."""

from collections.abc import Sequence

import pytest

from resilience.analysis.cluster import _ranges, open_cluster, pack, unpack
from resilience.analysis.executor import FIRST_CHUNK, Chunks, Here, Stop, replications
from resilience.base import extras
from resilience.base.problems import RunError
from resilience.simulation.many import Plan, Run, Tally, run_many
from resilience.simulation.model import compile_city
from tests.builders import city, component, function, need, work
from tests.runs import outage


def plan(**fields: object) -> Plan:
    """Return a plan whose runs differ: one part that fails, and takes 10 to 90 minutes to repair."""
    made = city(component("a", repair=work((10, 30, 90))), function("f", needs=[need("a", strength=60)]))
    return Plan(compile_city(made), 200, (outage("a", 5),), ("f",), seed=3, grid=20, **fields)  # type: ignore[arg-type]


def plain(tally: Tally) -> tuple[int, dict[str, list[int]], list[int], int]:
    """Return a table as plain lists."""
    values = {str(name): [int(one) for one in row] for name, row in tally.values.items()}
    return tally.runs, values, [int(one) for one in tally.levels], tally.steps


def test_chunks_make_the_same_table() -> None:
    """What comes out of chunks is what one call gives."""
    asked = replications(3 * FIRST_CHUNK + 1)

    assert plain(Here().run_chunks(plan(), asked)) == plain(run_many(plan(), asked))


def test_progress_is_told_of_every_run() -> None:
    """The bar ends where the work does."""
    told: list[int] = []
    Here().run_chunks(plan(), replications(30), progress=told.append)

    assert (sum(told), told[0]) == (30, FIRST_CHUNK)


def test_a_stop_keeps_the_first_runs() -> None:
    """Whoever asks to stop gets whole chunks, in order, and the rest is not done."""
    stop = Stop()

    def ask(_done: int) -> None:
        stop.asked = True

    found = Here(stop=stop).run_chunks(plan(), replications(30), progress=ask)

    assert plain(found) == plain(run_many(plan(), replications(FIRST_CHUNK)))


def test_no_runs_make_an_empty_table() -> None:
    """Nothing was asked for, or somebody stopped before anything was done."""
    assert plain(Here().run_chunks(plan(), []))[:1] == (0,)


def test_chunks_grow_to_the_time_they_should_take() -> None:
    """Fast runs go in large chunks, at most eight times the one before; slow ones in the smallest."""
    runs = replications(1000)
    chunks = Chunks(runs, seconds=1)
    sizes: list[int] = []
    for seconds in (0.001, 0.5, 64, 1):
        sizes.append(len(chunks.cut()))
        chunks.took(sizes[-1], seconds)

    assert (sizes, chunks.cut()[0]) == ([17, 136, 272, 17], Run(442))


def test_a_plan_travels_whole() -> None:
    """What a worker unpacks gives the same runs; the functions in a model do not travel, and are made anew."""
    sent = plan(uncertain=True)

    arrived = unpack(pack(sent))

    assert plain(run_many(arrived, replications(5))) == plain(run_many(sent, replications(5)))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run(0), Run(1), Run(2)], [(0, 3, ())]),
        ([Run(0, ("a",)), Run(0, ("b",)), Run(1, ("b",))], [(0, 1, ("a",)), (0, 2, ("b",))]),
        ([Run(5), Run(3)], [(5, 1, ()), (3, 1, ())]),
        ([], []),
    ],
)
def test_runs_travel_as_ranges(runs: Sequence[Run], expected: list[tuple[int, int, tuple[str, ...]]]) -> None:
    """Replications in a row go as one range."""
    assert _ranges(runs) == expected


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what to install."""

    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(extras, "import_module", absent)

    with (
        pytest.raises(RunError, match="'cluster'"),
        open_cluster("local", Stop()),
    ):
        pass
