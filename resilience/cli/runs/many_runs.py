"""What every command with many runs has in common: its options, where the runs are done, and how it is stopped."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from resilience.cli import diagnostics
from resilience.cli.translated import later

if TYPE_CHECKING:
    from resilience.analysis.executor import Executor, Stop

Function = TypeVar("Function", bound=Callable[..., Any])

seed_option = click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Luck of these runs.")
)
threads_option = click.option(
    "--threads", type=click.IntRange(min=1, max=1024), metavar="N",
    help=later("How many runs are done at once; default one for each processor. The answer does not depend on it."),
)  # fmt: skip
cluster_option = click.option(
    "--cluster", metavar="ADDRESS",
    help=later("Do the runs on this Dask cluster, such as tcp://10.0.0.1:8786; 'local' starts one here, to try it."),
)  # fmt: skip


def executor_options(command: Function) -> Function:
    """Add --seed, --threads and --cluster to *command*."""
    return seed_option(threads_option(cluster_option(command)))


@contextmanager
def executor(threads: int | None, cluster: str | None) -> Iterator[tuple["Executor", "Stop"]]:
    """Give what does the runs, and whether somebody asked to stop with Ctrl-C."""
    from resilience.analysis.cluster import open_cluster
    from resilience.analysis.executor import Here

    with stoppable() as stop:
        if cluster is None:
            yield Here(threads or os.cpu_count() or 1, stop), stop
            return
        with open_cluster(cluster, stop, workers=threads) as found:
            yield found, stop


@contextmanager
def stoppable() -> Iterator["Stop"]:
    """Let the first Ctrl-C ask to stop, so that what is done is kept, and the second end the program."""
    from resilience.analysis.executor import Stop
    from resilience.base.language import _

    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.asked:
            signal.default_int_handler(number, frame)
        stop.asked = True
        if diagnostics.can_show_progress():
            diagnostics.redraw("")
        diagnostics.note(_("stopping; what is done is kept (Ctrl-C once more ends at once)"))

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def exit_code(*, stopped: bool) -> int:
    """Return how a command ends that gave its answer, a part of it where it was *stopped*."""
    return diagnostics.ExitCode.INTERRUPTED if stopped else diagnostics.ExitCode.OK
