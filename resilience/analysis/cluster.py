"""Many runs on the workers of a Dask cluster: chunks go out, tables come back, a lost worker costs a retry.

Only plain values travel: the compiled city once to each worker, then ranges of replications out and whole numbers
back. Which worker did what cannot be seen in the answer.
"""

import gc
import hashlib
import os
import pickle
import signal
import threading
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from itertools import repeat
from typing import Any

from resilience.analysis.executor import Chunks, Progress, Stop, flat, joined
from resilience.base.extras import library
from resilience.base.language import _
from resilience.base.problems import RunError
from resilience.simulation.engine import SEMANTICS_VERSION
from resilience.simulation.many import LITTLE, MEASURES, Measure, Plan, Run, Tally, run_many
from resilience.simulation.model import offer_of

EXTRA = "cluster"
LOCAL = "local"
"""The address that means: start workers on this machine."""
CHUNK_SECONDS = 4.0
"""Handing out a chunk costs some twenty milliseconds, which this makes half a per cent."""
AHEAD = 2
"""Chunks handed out to each thread of a worker, so that none waits for the next."""
SECONDS_TO_ANSWER = 10

Range = tuple[int, int, tuple[str, ...]]
"""First replication, how many in a row, what fails in them."""
Answer = tuple[int, dict[Measure, bytes], bytes, float, str]
"""Of one chunk: runs, measures, levels, seconds, and the version of the program that did it."""


@dataclass(frozen=True)
class Cluster:
    """The workers that a Dask scheduler hands work to."""

    client: Any
    """Of distributed, which publishes no types."""
    stop: Stop

    def run_chunks(
        self,
        plan: Plan,
        runs: Sequence[Run],
        *,
        progress: Progress | None = None,
        of: int = 0,  # noqa: ARG002 - a worker always starts the engine for many runs
    ) -> Tally:
        """Return the table of *runs*; the first of them only where somebody asked to stop."""
        distributed = library("distributed", EXTRA)
        done: dict[int, Tally] = {}
        try:
            for number, answer in self.answers(plan, runs):
                done[number] = _tally(plan, answer)
                if progress:
                    progress(done[number].runs)
        except distributed.KilledWorker as error:
            raise RunError(_("the workers of the cluster were lost again and again; look at their logs")) from error
        except (OSError, distributed.CancelledError) as error:
            raise RunError(_("the connection with the cluster was lost; try again")) from error
        except ModuleNotFoundError as error:
            raise RunError(_unequal(_("none"))) from error
        first = next(number for number in range(len(done) + 1) if number not in done)
        return joined(plan, [done[number] for number in range(first)])

    def answers(self, plan: Plan, runs: Sequence[Run]) -> Iterator[tuple[int, Answer]]:
        """Yield the number and answer of each chunk, in the order in which they come."""
        distributed = library("distributed", EXTRA)
        packed = pack(plan)
        # As the result of a task the plan is computed anew when every worker that holds it is lost.
        shipped = self.client.submit(_kept, packed, key=f"plan-{hashlib.sha256(packed).hexdigest()}", pure=True)
        chunks = Chunks(runs, seconds=CHUNK_SECONDS, takers=self._slots())
        coming = distributed.as_completed(with_results=True, loop=self.client.loop)
        numbers: dict[str, int] = {}

        def hand_out() -> None:
            if not self.stop.asked and (chunk := chunks.cut()):
                future = self.client.submit(_run, shipped, _ranges(chunk), pure=False)
                numbers[future.key] = len(numbers)
                coming.add(future)

        try:
            for _slot in range(AHEAD * self._slots()):
                hand_out()
            for future, answer in coming:
                if answer[-1] != _version():
                    raise RunError(_unequal(answer[-1]))
                chunks.took(answer[0], answer[3])
                yield numbers[future.key], answer
                hand_out()
        finally:
            self.client.cancel([shipped, *coming.futures])

    def _slots(self) -> int:
        return sum(self.client.nthreads().values()) or 1


@contextmanager
def open_cluster(address: str, stop: Stop, *, workers: int | None = None) -> Iterator[Cluster]:
    """Give the cluster at *address*; ``local`` starts as many *workers* on this machine, default one a processor.

    Raises RunError that names the extra where Dask is absent, or when nothing answers at *address*.
    """
    distributed = library("distributed", EXTRA)
    if address == LOCAL:
        with (
            _on_this_machine(distributed, workers or os.cpu_count() or 1) as local,
            distributed.Client(local, set_as_default=False) as client,
        ):
            yield Cluster(client, stop)
        return
    try:
        client = distributed.Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        what = _("no Dask scheduler answers at {address}; start one with: dask scheduler", address=address)
        raise RunError(what) from error
    with client:
        if not client.nthreads():
            what = _("the cluster at {address} has no workers; start some with: dask worker {address}", address=address)
            raise RunError(what)
        yield Cluster(client, stop)


@contextmanager
def _on_this_machine(distributed: Any, workers: int) -> Iterator[Any]:  # noqa: ANN401 - a module without types
    """Give a cluster of processes; Ctrl-C is for us alone, so that they finish the chunk that they are at."""
    in_charge = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if in_charge else None
    try:
        local = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
        )
    finally:
        if in_charge:
            signal.signal(signal.SIGINT, before)
    with local:
        yield local


def pack(plan: Plan) -> bytes:
    """Return *plan* as bytes for our own workers: all but the functions in its model, which `unpack` makes anew."""
    return pickle.dumps(replace(plan, model=replace(plan.model, offers=())))


@lru_cache(maxsize=4)
def unpack(packed: bytes) -> Plan:
    """Return the plan that `pack` packed; a worker does this once for all chunks of a plan."""
    if not gc.get_freeze_count():
        gc.freeze()  # the collector would go through a million objects that stay, every few chunks for 0.2 s
    plan: Plan = pickle.loads(packed)  # noqa: S301 - from our own process, by way of the cluster that it trusts
    offers = tuple(offer_of(group.providers, group.at_least, group.shares) for group in plan.model.groups)
    return replace(plan, model=replace(plan.model, offers=offers))


def _kept(packed: bytes) -> bytes:
    return packed


def _run(packed: bytes, ranges: list[Range]) -> Answer:
    """Do one chunk, on a worker."""
    plan = unpack(packed)
    runs = [run for first, count, failed in ranges for run in map(Run, range(first, first + count), repeat(failed))]
    began = time.perf_counter()
    tally = run_many(plan, runs, of=LITTLE + 1)
    seconds = time.perf_counter() - began
    values = {measure: flat("q", tally.values[measure]) for measure in MEASURES}
    return tally.runs, values, flat("b", tally.levels), seconds, _version()


def _ranges(chunk: Sequence[Run]) -> list[Range]:
    found: list[Range] = []
    for run in chunk:
        first, count, failed = found[-1] if found else (0, 0, ())
        if count and (first + count, failed) == run:
            found[-1] = (first, count + 1, failed)
        else:
            found.append((run.replication, 1, run.failed))
    return found


def _tally(plan: Plan, answer: Answer) -> Tally:
    runs, measured, levels, _seconds, _program = answer
    return Tally(plan.watch, runs, {measure: array("q", measured[measure]) for measure in MEASURES}, array("b", levels))


def _version() -> str:
    return f"{version('keten-resilience')} / {SEMANTICS_VERSION}"


def _unequal(theirs: str) -> str:
    return _(
        "the workers of the cluster have another version of this program ({theirs}) than you ({ours}); install the "
        "same one there",
        theirs=theirs,
        ours=_version(),
    )
