"""Repairs in one run, read from its trace: how long each waited and took, and whether it was a rebuild."""

from typing import NamedTuple

from resilience.simulation.model import Model
from resilience.simulation.trace import Trace, What


class Job(NamedTuple):
    """One repair; all in minutes."""

    waited: int
    """From its detection until a team began."""
    works: int
    ready: int
    """The minute at which it is done, also beyond the end of the run."""


def jobs_of(trace: Trace) -> dict[str, tuple[Job, ...]]:
    """Return the repairs of each component, in their order."""
    since: dict[str, int] = {}
    found: dict[str, list[Job]] = {}
    for record in trace.with_what(What.JOB_WAITS, What.REPAIR_STARTS):
        if record.what is What.JOB_WAITS:
            since[record.subject] = record.minute
        else:
            ready = int(record.value or 0)
            waited = record.minute - since.get(record.subject, record.minute)
            found.setdefault(record.subject, []).append(Job(waited, ready - record.minute, ready))
    return {subject: tuple(jobs) for subject, jobs in found.items()}


def is_rebuild(model: Model, component: str, job: Job) -> bool:
    """Return whether a job took longer than any repair of its component can."""
    triangle = model.parts[model.index[component]].repair.duration.triangle
    return triangle is not None and job.works > triangle[2]
