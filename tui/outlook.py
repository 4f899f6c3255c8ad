"""The course that the model foresees when nobody decides anything more: what is about to fall, and when.

Computed apart from the running exercise, in a thread, each time a decision was taken; the exercise itself never waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from city_model.schema import City
from resilience.exercise.agenda import due_minute
from resilience.exercise.records import Decision
from resilience.exercise.running import Running
from resilience.simulation.trace import Trace
from scenarios.schema import Scenario


@dataclass(frozen=True)
class Outlook:
    """The whole run with the decisions so far."""

    decisions: tuple[Decision, ...]
    """On which it rests; with another list of decisions it is out of date."""
    trace: Trace
    due: Mapping[str, int]
    """Inject on a condition -> the minute at which it would go out."""


def foresee(city: City, scenario: Scenario, seed: int, decisions: tuple[Decision, ...]) -> Outlook:
    """Return the course to the horizon, with *decisions* and no others."""
    run = Running(city, scenario, seed)
    run.take(decisions)
    run.advance(scenario.horizon)
    waiting = {inject.id: due_minute(inject, run.holds_from) for inject in scenario.injects if inject.trigger.waits}
    due = {inject: minute for inject, minute in waiting.items() if minute is not None}
    return Outlook(decisions, run.simulation.trace, due)
