"""Where many runs are done: on this machine, or on the workers of a cluster (``cluster.py``).

Runs are cut into chunks of about half a second. A run depends on its plan and its replication only (rule 13), so the
answer is the same whatever the chunks, the threads or the workers were.
"""

import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from resilience.simulation.many import MEASURES, Plan, Run, Tally, run_many

Progress = Callable[[int], object]
"""Is told how many more runs are done."""
CHUNK_SECONDS = 0.5
"""How long a chunk should take: long enough to hide what it costs to hand out, short enough to be stopped soon."""
FIRST_CHUNK = 17
"""Runs in the first chunk, before anybody knows how long a run takes, and the fewest in any."""
GROWTH = 8
"""How many times larger than the one before a chunk can be."""
LARGEST_CHUNK = 50_000
SMALLEST = 32
"""The last chunks, which are smaller where several take them, are at least this part of the others."""


class Executor(Protocol):
    """Does many runs of one plan."""

    def run_chunks(self, plan: Plan, runs: Sequence[Run], *, progress: Progress | None = None, of: int = 0) -> Tally:
        """Return the table of *runs*, in their order; *of* is how many a whole question takes, of plans like this.

        Somebody may ask to stop: then it holds the first of the runs only, fewer than were asked for.
        """


class Stop:
    """Whether somebody asked to stop; what is done by then is kept."""

    asked = False


class Chunks:
    """Cuts runs into chunks that take about as long as they should."""

    def __init__(self, runs: Sequence[Run], *, seconds: float = CHUNK_SECONDS, takers: int = 1) -> None:
        self._runs = runs
        self._seconds = seconds
        self._takers = takers
        self._next = 0
        self._size = FIRST_CHUNK

    def cut(self) -> Sequence[Run]:
        """Return the next chunk; empty when there is none left.

        Where several take chunks the last ones are smaller, so that nobody waits long for the last of another.
        """
        size = self._size
        if self._takers > 1:
            least = max(FIRST_CHUNK, size // SMALLEST)
            size = min(size, max(least, (len(self._runs) - self._next) // (2 * self._takers)))
        chunk = self._runs[self._next : self._next + size]
        self._next += len(chunk)
        return chunk

    def took(self, runs: int, seconds: float) -> None:
        """Note how long a chunk of so many *runs* took."""
        fitting = round(runs * self._seconds / max(seconds, 1e-9))
        self._size = max(FIRST_CHUNK, min(fitting, GROWTH * runs, LARGEST_CHUNK))


@dataclass(frozen=True)
class Here:
    """This machine, with so many threads."""

    threads: int = 1
    stop: Stop = field(default_factory=Stop)

    def run_chunks(self, plan: Plan, runs: Sequence[Run], *, progress: Progress | None = None, of: int = 0) -> Tally:
        """Return the table of *runs*; the first of them only where somebody asked to stop."""
        return joined(plan, self._chunks(plan, runs, progress, max(of, len(runs))))

    def _chunks(self, plan: Plan, runs: Sequence[Run], progress: Progress | None, of: int) -> Iterator[Tally]:
        chunks = Chunks(runs)
        while not self.stop.asked and (chunk := chunks.cut()):
            began = time.perf_counter()
            yield run_many(plan, chunk, threads=self.threads, of=of)
            chunks.took(len(chunk), time.perf_counter() - began)
            if progress:
                progress(len(chunk))


def joined(plan: Plan, tallies: Iterator[Tally] | Sequence[Tally]) -> Tally:
    """Return the tables of chunks of *plan*, in their order, as one; small whole numbers in flat arrays."""
    values = {measure: array("q") for measure in MEASURES}
    levels = array("b")
    runs = 0
    for tally in tallies:
        runs += tally.runs
        levels.frombytes(flat("b", tally.levels))
        for measure in MEASURES:
            values[measure].frombytes(flat("q", tally.values[measure]))
    steps = len(range(0, plan.horizon, plan.grid)) if plan.grid else 0
    return Tally(plan.watch, runs, dict(values), levels, steps)


def flat(code: Literal["q", "b"], row: Sequence[int]) -> bytes:
    """Return *row* as the bytes of a flat array with numbers of this *code*; at once where it is one of numpy."""
    if hasattr(row, "tobytes"):
        found: bytes = row.tobytes()
        return found
    return array(code, row).tobytes()


def replications(number: int) -> list[Run]:
    """Return so many runs that differ in their luck only."""
    return [Run(replication) for replication in range(number)]
