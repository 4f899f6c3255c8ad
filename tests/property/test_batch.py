"""The batch engine does what the SimPy engine does, minute for minute, on generated cities of every kind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.analysis.executor import joined
from resilience.simulation.batch import layout as at
from resilience.simulation.batch.engine import Batch
from resilience.simulation.many import Run
from resilience.simulation.plan import Tally
from tests.builders import city, component, need
from tests.comparing import COMPILE, difference, plan_of
from tests.runs import outage
from tests.strategies import Case, cases

ALSO_COMPILED = [str(Path(__file__).with_name(name)) for name in ("test_closure.py", "test_left_out.py")]
SEEDS = st.integers(0, 2**64 - 1)


@given(cases(spread=True, lucky=True), SEEDS, st.integers(0, 1000))
def test_both_engines_do_the_same(case: Case, seed: int, replication: int) -> None:
    """Levels, stops, standings, starts of work, footholds, marks and every output of rule 15 are equal."""
    assert difference(plan_of(case, seed=seed), Run(replication)) == []


@given(cases(lucky=True, guesses=True), SEEDS, st.data())
def test_both_engines_draw_the_same_uncertain_figures(case: Case, seed: int, data: st.DataObject) -> None:
    """Unconfirmed figures are drawn alike, also when the run lets parts fail of its own."""
    names = [component.id for component in case.city.components]
    failed = tuple(data.draw(st.lists(st.sampled_from(names), max_size=2, unique=True)))

    assert difference(plan_of(case, seed=seed, uncertain=True), Run(3, failed)) == []


@given(cases(spread=True, lucky=True), SEEDS, st.integers(1, 5), st.integers(1, 3), st.sampled_from([None, 7]))
def test_chunks_threads_and_order_change_nothing(
    case: Case, seed: int, chunk: int, threads: int, grid: int | None
) -> None:
    """Rule 13: a replication has the same outcome whatever ran before it, with it or beside it."""
    plan = plan_of(case, seed=seed, uncertain=True, grid=grid)
    runs = [Run(number) for number in range(7)]
    whole = Batch(plan).run(runs)
    batch = Batch(plan)
    pieces = [batch.run(runs[first : first + chunk], threads=threads) for first in range(0, len(runs), chunk)]
    backwards = Batch(plan).run(runs[::-1])

    assert joined(plan, pieces) == joined(plan, [whole])
    assert [row for piece in pieces for row in _rows(piece)] == _rows(whole)
    assert _rows(backwards)[::-1] == _rows(whole)


def test_a_circle_that_holds_itself_down_rises_with_what_feeds_it() -> None:
    """Rule 9.4: p back at 100 offers x and y no more than they offer each other, and yet they are back with it."""
    parts = [component("x", needs=[need("p", "y")]), component("y", needs=[need("p", "x")])]
    case = Case(city(component("p"), *parts), (outage("p", 10, 30, cap=20),))

    batch = Batch(plan_of(case), log=100)
    batch.run([Run()])
    levels = [(minute, "pxy"[who], level) for minute, what, who, level in batch.log() if what == at.LOG_LEVEL]
    assert (levels, difference(plan_of(case), Run())) == (
        [(10, "p", 20), (10, "x", 20), (10, "y", 20), (30, "p", 100), (30, "x", 100), (30, "y", 100)],
        [],
    )


def _rows(tally: Tally) -> list[list[int]]:
    """Return per run everything that was measured."""
    width, steps = len(tally.watch), len(tally.watch) * tally.steps
    return [
        [int(value) for values in tally.values.values() for value in values[run * width : (run + 1) * width]]
        + [int(level) for level in tally.levels[run * steps : (run + 1) * steps]]
        for run in range(tally.runs)
    ]


@pytest.mark.full
def test_compiled_and_plain_code_do_the_same() -> None:
    """The same comparisons with the compiler on, in a process of its own: the other tests run the plain code.

    Those of the closure too, which is compiled likewise, and of what is left out.
    """
    pytest.importorskip("numba")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-m",
        "not full",
        "-p",
        "no:cacheprovider",
        __file__,
        *ALSO_COMPILED,
    ]
    environment = dict(os.environ) | {COMPILE: "1"}
    done = subprocess.run([*command, "--hypothesis-profile=more"], env=environment, capture_output=True, check=False)

    assert done.returncode == 0, done.stdout.decode()[-3000:]
