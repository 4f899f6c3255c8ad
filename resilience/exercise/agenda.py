"""What is still to come: which inject is due when, and which decision points are open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from resilience.exercise.records import Decision
from resilience.exercise.state import ExerciseState
from scenarios.schema import DecisionPoint, Inject, Scenario, Trigger

InjectStatus = Literal["overdue", "planned", "held", "waiting", "shelf", "sent", "skipped"]
PointStatus = Literal["later", "open", "overdue", "decided"]
_ORDER: tuple[InjectStatus, ...] = ("overdue", "planned", "held", "waiting", "shelf", "sent", "skipped")

HoldsFrom = Callable[[Trigger], int | None]
"""The first evaluated minute at which what a trigger waits for held."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One inject and how it stands."""

    inject: Inject
    status: InjectStatus
    due: int | None
    sent: int | None


@dataclass(frozen=True, slots=True)
class PointLine:
    """One decision point and how it stands."""

    point: DecisionPoint
    status: PointStatus
    decision: Decision | None


def due_minute(inject: Inject, holds_from: HoldsFrom) -> int | None:
    """Return the minute at which *inject* goes out by itself; None from the shelf, or while its condition waits.

    A condition that holds at a minute is an event of the next one (semantics, The minute).
    """
    trigger = inject.trigger
    if trigger.at is not None:
        return trigger.at
    held = holds_from(trigger)
    return None if held is None else held + 1


def agenda(scenario: Scenario, state: ExerciseState, minute: int, holds_from: HoldsFrom) -> tuple[AgendaLine, ...]:
    """Return every inject: overdue first, then by the minute it is due, then the rest, what is past last."""
    lines = [_line(inject, state, minute, due_minute(inject, holds_from)) for inject in scenario.injects]
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.status), line.sent or line.due or 0)))


def due_injects(
    scenario: Scenario, state: ExerciseState, minute: int, holds_from: HoldsFrom
) -> tuple[tuple[int, Inject], ...]:
    """Return the injects to send now with the minute each was due, in that order, then in that of the file."""
    found = []
    for inject in scenario.injects:
        if inject.id in state.sent or inject.id in state.held or inject.id in state.skipped:
            continue
        due = due_minute(inject, holds_from)
        if due is not None and due <= minute:
            found.append((due, inject))
    return tuple(sorted(found, key=lambda row: row[0]))


def points(scenario: Scenario, state: ExerciseState, minute: int) -> tuple[PointLine, ...]:
    """Return every decision point in the order of the file."""
    return tuple(_point(point, state, minute) for point in scenario.decisions)


def _line(inject: Inject, state: ExerciseState, minute: int, due: int | None) -> AgendaLine:
    sent = state.sent.get(inject.id)
    if sent is not None:
        return AgendaLine(inject, "sent", sent.due, sent.minute)
    if inject.id in state.held:
        return AgendaLine(inject, "held", due, None)
    if inject.id in state.skipped:
        return AgendaLine(inject, "skipped", due, None)
    if due is None:
        return AgendaLine(inject, "waiting" if inject.trigger.waits else "shelf", None, None)
    return AgendaLine(inject, "planned" if due > minute else "overdue", due, None)


def _point(point: DecisionPoint, state: ExerciseState, minute: int) -> PointLine:
    decision = state.decided(point.id)
    if decision is not None:
        return PointLine(point, "decided", decision)
    if minute < point.opens:
        return PointLine(point, "later", None)
    return PointLine(point, "open" if minute <= point.deadline else "overdue", None)
