"""Runs a plan many times on flat arrays: the same levels as the SimPy engine, minute for minute."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import blank, keys, small, whole_numbers
from resilience.simulation.batch.lay_out import LaidOut, blank_standing, running_total
from resilience.simulation.batch.run import run_all
from resilience.simulation.batch.tables import Out, State, Tables
from resilience.simulation.plan import MEASURES, Plan, Run, Tally

CHUNK = 1024
"""Most runs of one thread between two reports of progress."""
PIECES = 8
"""Into how many chunks the runs of a thread are cut at least, so that none waits long for the last of another."""
Row = tuple[int, int, int, int]
"""A row of the log: minute, what, who, value (layout.py)."""


class Batch:
    """A plan that is ready to be run any number of times."""

    def __init__(self, plan: Plan, *, fails: bool = False, log: int = 0) -> None:
        self._laid_out = LaidOut(plan, fails=fails)
        self._log = log
        self._threads: list[tuple[Tables, State]] = []

    def run(self, runs: Sequence[Run], *, threads: int = 1, progress: Callable[[int], None] | None = None) -> Tally:
        """Return the table of *runs*; each of the *threads* takes the next chunk when it is done with one."""
        plan, steps = self._laid_out.plan, self._laid_out.steps
        index, cells = plan.model.index, len(runs) * len(plan.watch)
        out = Out(blank(cells * at.MEASURE_ROW), small(cells * steps, 100))
        replications = whole_numbers([run.replication for run in runs])
        fails = whole_numbers([part for run in runs for part in sorted({index[name] for name in run.failed})])
        fail_from = whole_numbers(running_total(len(set(run.failed)) for run in runs))
        seed, empty = keys([plan.seed & (1 << 64) - 1]), whole_numbers(blank_standing())
        while len(self._threads) < threads:
            self._threads.append((self._laid_out.tables(), self._laid_out.state(self._log)))
        free = SimpleQueue[tuple[Tables, State]]()
        for made in self._threads[:threads]:
            free.put(made)
        size = max(1, min(CHUNK, -(-len(runs) // (PIECES * threads))))

        def work(first: int) -> int:
            last = min(len(runs), first + size)
            tables, state = free.get()
            try:
                run_all(tables, state, out, empty, seed, replications, fail_from, fails, first, last)
            finally:
                free.put((tables, state))
            return last - first

        with ThreadPoolExecutor(threads) as pool:
            for count in pool.map(work, range(0, len(runs), size)):
                if progress:
                    progress(count)
        values = {measure: out.measures[place :: at.MEASURE_ROW][:cells] for place, measure in enumerate(MEASURES)}
        return Tally(plan.watch, len(runs), values, out.levels[: cells * steps], steps)

    def log(self) -> list[Row]:
        """Return what the last run of the first thread did, as far as there was room."""
        state = self._threads[0][1]
        start, count = int(state.n[at.AT_LOG]), int(state.n[at.N_LOG])
        rows = [int(state.lists[start + place]) for place in range(count * at.LOG_ROW)]
        return [(rows[i], rows[i + 1], rows[i + 2], rows[i + 3]) for i in range(0, len(rows), at.LOG_ROW)]

    def slot(self, number: int) -> tuple[int, str]:
        """Return the part and the source of a slot."""
        return self._laid_out.orders.slots[number]


_LAST = threading.local()
"""The plan that this thread ran last, laid out."""


def batch_tally(
    plan: Plan, runs: Sequence[Run], *, threads: int = 1, progress: Callable[[int], None] | None = None
) -> Tally:
    """Return the table of *runs* of *plan*; chunks of one plan, one after the other, are laid out once."""
    fails = any(run.failed for run in runs)
    kept: tuple[Plan, bool, Batch] | None = getattr(_LAST, "kept", None)
    if kept is None or kept[0] is not plan or kept[1] is not fails:
        kept = _LAST.kept = (plan, fails, Batch(plan, fails=fails))
    return kept[2].run(runs, threads=threads, progress=progress)
