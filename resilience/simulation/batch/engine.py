"""Runs a plan many times on flat arrays: the same levels as the SimPy engine, minute for minute."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from queue import SimpleQueue

from resilience.simulation.batch import layout as at
from resilience.simulation.batch.apart import LEARN, UNUSED, USE, Alone
from resilience.simulation.batch.bundle import handle
from resilience.simulation.batch.compiled import blank, keys, numbers
from resilience.simulation.batch.lay_out import LaidOut, blank_standing, running_total, words_for
from resilience.simulation.batch.run import run_all
from resilience.simulation.batch.tables import Out, State, Tables
from resilience.simulation.plan import MEASURES, Plan, Run, Tally

PAIR, PAYS, ROOM = 2, 2, 16_000_000
"""From so many pairs per part, and up to so many numbers in memory, it is worked out what each loss does alone."""
CHUNK = 1024
"""Most runs of one thread between two reports of progress."""
PIECES = 8
"""Into how many chunks the runs of a thread are cut at least, so that none waits long for the last of another."""
Row = tuple[int, int, int, int]
"""A row of the log: minute, what, who, value (layout.py)."""


class Batch:
    """A plan that is ready to be run any number of times.

    What does not matter for the watched components is left out, unless the *whole* city is asked for or a log of it.
    """

    def __init__(self, plan: Plan, *, fails: bool = False, log: int = 0, whole: bool = False) -> None:
        self._laid_out = LaidOut(plan, fails=fails, whole=whole or log > 0)
        self._log = log
        self._threads: list[tuple[Tables, State]] = []
        self._alone = Alone(blank(1, bits=64), blank(1, bits=64), numbers([UNUSED, 0]))
        self._alone_in: int | None = None
        """The replication in which it is known what each loss does alone."""

    def run(self, runs: Sequence[Run], *, threads: int = 1, progress: Callable[[int], None] | None = None) -> Tally:
        """Return the table of *runs*; each of the *threads* takes the next chunk when it is done with one."""
        plan, steps = self._laid_out.plan, self._laid_out.steps
        cells = len(runs) * len(plan.watch)
        while len(self._threads) < threads:
            self._threads.append((self._laid_out.tables(), self._laid_out.state(self._log)))
        if self._pays_alone(runs):
            self._learn_alone(runs[0].replication)
        out = Out(blank(cells * at.MEASURE_ROW, bits=64), blank(cells * steps, 100, bits=8))
        self._run(runs, out, self._alone, threads, progress)
        values = {measure: out.measures[place :: at.MEASURE_ROW][:cells] for place, measure in enumerate(MEASURES)}
        return Tally(plan.watch, len(runs), values, out.levels[: cells * steps], steps)

    def _run(
        self, runs: Sequence[Run], out: Out, alone: Alone, threads: int, progress: Callable[[int], None] | None = None
    ) -> None:
        plan = self._laid_out.plan
        numbered, failed = _columns(runs)
        replications = numbers(numbered, bits=64)
        fails = numbers(list(map(plan.model.index.__getitem__, chain.from_iterable(failed))))
        fail_from = numbers(running_total(map(len, failed)))
        results, known = handle(out), handle(alone)
        seed, empty = keys([plan.seed & (1 << 64) - 1]), numbers(blank_standing())
        free = SimpleQueue[tuple[Tables, State]]()
        for made in self._threads[:threads]:
            free.put(made)
        size = max(1, min(CHUNK, -(-len(runs) // (PIECES * threads))))

        def work(first: int) -> int:
            last = min(len(runs), first + size)
            tables, state = free.get()
            try:
                run_all(
                    handle(tables), handle(state), results, empty, seed, replications, fail_from, fails, known,
                    first, last,
                )  # fmt: skip
            finally:
                free.put((tables, state))
            return last - first

        with ThreadPoolExecutor(threads) as pool:
            for count in pool.map(work, range(0, len(runs), size)):
                if progress:
                    progress(count)

    def _pays_alone(self, runs: Sequence[Run]) -> bool:
        """Return whether these are so many pairs that it pays to know what each loss does alone; then they are quick.

        Only where nothing else happens and no level over time is kept.
        """
        parts, fed = len(self._laid_out.plan.model.parts), self._laid_out
        if self._laid_out.plan.orders or fed.steps or self._log or len(runs) < PAYS * parts:
            return False
        room = parts * (words_for(parts + len(fed.plan.model.groups)) + at.MEASURE_ROW * len(fed.plan.watch))
        numbered, failed = _columns(runs)
        return room <= ROOM and len(set(numbered)) == 1 and set(map(len, failed)) == {PAIR}

    def _learn_alone(self, replication: int) -> None:
        """Run the loss of every part alone, once for each replication."""
        if self._alone_in == replication:
            return
        model, watched = self._laid_out.plan.model, len(self._laid_out.plan.watch)
        parts, words = len(model.parts), words_for(len(model.parts) + len(model.groups))
        measures = blank(parts * watched * at.MEASURE_ROW, bits=64)
        learned = Alone(blank(parts * words, bits=64), measures, numbers([LEARN, words]))
        singles = [Run(replication, (part.id,)) for part in model.parts]
        self._run(singles, Out(measures, blank(1, bits=8)), learned, 1)
        self._alone, self._alone_in = learned._replace(n=numbers([USE, words])), replication

    def log(self) -> list[Row]:
        """Return what the last run of the first thread did, as far as there was room."""
        state = self._threads[0][1]
        start, count = int(state.at[at.AT_LOG]), int(state.n[at.N_LOG])
        rows = [int(state.lists[start + place]) for place in range(count * at.LOG_ROW)]
        return [(rows[i], rows[i + 1], rows[i + 2], rows[i + 3]) for i in range(0, len(rows), at.LOG_ROW)]

    def slot(self, number: int) -> tuple[int, str]:
        """Return the part and the source of a slot."""
        return self._laid_out.orders.slots[number]


def _columns(runs: Sequence[Run]) -> tuple[Sequence[int], Sequence[tuple[str, ...]]]:
    """Return the replications and what fails, each in a row; there may be a million."""
    numbered, failed = zip(*runs, strict=True) if runs else ((), ())
    return numbered, failed


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
