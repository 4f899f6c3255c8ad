"""The state of an exercise: a pure fold over its events, and nothing else.

Whoever holds the same events holds the same state; a seat's state is the fold over the events that it may see.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from city_model.effects import Effect
from city_model.values import Text
from resilience.exercise.clock import ExerciseClock
from resilience.exercise.events import Event, Kind
from resilience.exercise.records import (
    Correction,
    Deadline,
    Decision,
    Finding,
    Head,
    Message,
    PictureItem,
    Rating,
    Reflection,
    Scale,
    SentInject,
    Task,
)

Change = dict[str, Any]
"""The fields of the state that an event changes."""

EFFECTS: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(tuple[Effect, ...])


class Phase(StrEnum):
    """Where the exercise stands."""

    PREPARED = "prepared"
    RUNNING = "running"
    PAUSED = "paused"
    NO_DUFF = "no_duff"
    ENDED = "ended"


@dataclass(frozen=True)
class ExerciseState:
    """Everything that the events say, ready to be shown; *events* are in order of their sequence."""

    events: tuple[Event, ...] = ()
    head: Head | None = None
    phase: Phase = Phase.PREPARED
    clock: ExerciseClock = field(default_factory=ExerciseClock)
    last_minute: int = 0
    sent: Mapping[str, SentInject] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    reminded: Mapping[str, int] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    picture: tuple[PictureItem, ...] = ()
    messages: tuple[Message, ...] = ()
    read: frozenset[tuple[str, int]] = frozenset()
    """Which seat opened which message or inject: pairs of an actor and the number of an event."""
    tasks: tuple[Task, ...] = ()
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    scales: tuple[Scale, ...] = ()
    ratings: tuple[Rating, ...] = ()
    findings: tuple[Finding, ...] = ()
    merged: bool = False
    """Whether the sheets of the observers were laid together."""
    reflections: tuple[Reflection, ...] = ()
    """The last answer of each team to each question of the debrief."""
    corrections: Mapping[int, tuple[Correction, ...]] = field(default_factory=dict)
    no_duff: str | None = None

    @property
    def last_seq(self) -> int:
        """The number of the last event; 0 before the first."""
        return self.events[-1].seq if self.events else 0

    @property
    def scale(self) -> Scale | None:
        """The level of the crisis organisation now."""
        return self.scales[-1] if self.scales else None

    @property
    def rate_before_pause(self) -> int:
        """The rate with which a paused clock goes on."""
        return next((segment.rate for segment in reversed(self.clock.segments) if segment.rate), 1)

    def decided(self, point: str) -> Decision | None:
        """Return the decision taken at this decision point."""
        return next((decision for decision in self.decisions if decision.point == point), None)

    def current_picture(self, cell: str | None = None) -> tuple[PictureItem, ...]:
        """Return the lines of the picture that are not renewed, of one *cell* or of all."""
        renewed = {item.replaces for item in self.picture}
        return tuple(item for item in self.picture if item.seq not in renewed and cell in (None, item.cell))

    def current_tasks(self, cell: str | None = None) -> tuple[Task, ...]:
        """Return the lines of the action list that are not renewed, of one *cell* or of all."""
        renewed = {task.replaces for task in self.tasks}
        return tuple(task for task in self.tasks if task.seq not in renewed and cell in (None, task.cell))

    @property
    def taken(self) -> tuple[Decision, ...]:
        """Every decision once, in the order in which they took effect.

        One that a cell wrote down has the effects that the facilitator worked out for it later.
        """
        worked = {one.works_out: one for one in self.decisions if one.works_out is not None}
        found: list[tuple[int, Decision]] = []
        for one in self.decisions:
            late = worked.get(one.seq)
            if late is not None:
                one_whole = replace(one, effects=late.effects, order_id=late.order_id, effective=late.effective)
                found.append((late.seq, one_whole))
            elif one.works_out is None:
                found.append((one.seq, one))
        return tuple(one for _seq, one in sorted(found, key=lambda row: row[0]))

    def to_work_out(self) -> tuple[Decision, ...]:
        """Return the decisions that cells wrote down and to which nobody gave effects in the model yet."""
        done = {decision.works_out for decision in self.decisions}
        return tuple(
            decision
            for decision in self.decisions
            if decision.point is None
            and decision.actor.startswith("cell/")
            and decision.seq not in done
            and not decision.effects
        )

    def events_of(self, *kinds: Kind) -> tuple[Event, ...]:
        """Return the events of these kinds, in order."""
        return tuple(event for event in self.events if event.kind in kinds)

    def event(self, seq: int) -> Event | None:
        """Return the event with this number."""
        return next((event for event in self.events if event.seq == seq), None)


def fold_all(events: Iterable[Event], state: ExerciseState | None = None) -> ExerciseState:
    """Return *state* (or the empty one) after *events*."""
    current = state or ExerciseState()
    for event in events:
        current = fold(current, event)
    return current


def fold(state: ExerciseState, event: Event) -> ExerciseState:
    """Return *state* after *event*."""
    changes = _FOLDS[event.kind](state, event, event.payload)
    return replace(state, events=(*state.events, event), last_minute=max(state.last_minute, event.minute), **changes)


def _created(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del state, event
    fixed = {name: said[name] for name in ("city", "scenario", "seed", "language", "semantics", "program")}
    day = said.get("keep_until")
    last = dt.date.fromisoformat(day) if day else None
    return {"head": Head(Text(**said["name"]), **fixed, group=said.get("group", ""), keep_until=last)}


def _startex(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    return {"clock": state.clock.with_rate(event.wall, said["rate"]), "phase": Phase.RUNNING}


def _clock(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    clock = state.clock
    if said["to"] is not None:
        clock = clock.jumped(event.wall, said["to"])
    if said["rate"] != clock.rate:
        clock = clock.with_rate(event.wall, said["rate"])
    return {"clock": clock, "phase": Phase.RUNNING if said["rate"] else Phase.PAUSED}


def _sent(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    inject = said["inject"]
    sent = SentInject(
        inject, event.seq, event.minute, said["due"], said["how"],
        Text(**said["title"]), Text(**said["text"]), Text(**said["sender"]),
        said["channel"], event.audience, said["decision"],
    )  # fmt: skip
    return {
        "sent": {**state.sent, inject: sent},
        "held": _without(state.held, inject),
        "skipped": _without(state.skipped, inject),
    }


def _held(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    return {
        "held": {**state.held, said["inject"]: event.minute},
        "skipped": _without(state.skipped, said["inject"]),
    }


def _released(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del event
    return {"held": _without(state.held, said["inject"]), "skipped": _without(state.skipped, said["inject"])}


def _skipped(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    return {
        "skipped": {**state.skipped, said["inject"]: event.minute},
        "held": _without(state.held, said["inject"]),
    }


def _reminder(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    return {"reminded": {**state.reminded, said["inject"]: event.minute}}


def _decision(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    point = said["point"]
    if point is None or state.decided(point):
        order_id = f"free-decision-{sum(1 for decision in state.decisions if decision.point is None) + 1}"
    else:
        order_id = point
    decision = Decision(
        event.seq, event.minute, said["effective"], event.actor, event.audience[0] if event.audience else None,
        point, said["option"], said["who"], said["what"], said["why"], said["information"],
        EFFECTS.validate_python(said["effects"]), said["values"], order_id,
        said.get("owner", ""), said.get("by", ""), said.get("told", ""), said.get("works_out"),
    )  # fmt: skip
    return {"decisions": (*state.decisions, decision)}


def _picture(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    item = PictureItem(
        event.seq, event.minute, said["cell"], said["status"], said["text"], said["source"], said["replaces"],
        said.get("about"), said.get("says"),
    )  # fmt: skip
    return {"picture": (*state.picture, item)}


def _message(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    message = Message(
        event.seq, event.minute, event.actor, said["sender"], said["text"], event.audience,
        said.get("answers"), said.get("to", ""),
    )  # fmt: skip
    return {"messages": (*state.messages, message)}


def _read(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    return {"read": state.read | {(event.actor, said["opened"])}}


def _task(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    names = ("cell", "what", "owner", "by", "done", "replaces")
    return {"tasks": (*state.tasks, Task(event.seq, event.minute, *(said[name] for name in names)))}


def _scale(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    return {
        "scales": (
            *state.scales,
            Scale(event.seq, event.minute, said["level"], said["reason"], tuple(said.get("signs", ()))),
        )
    }


def _clock_started(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    if said["clock"] in state.deadlines:
        return {}
    deadline = Deadline(said["clock"], event.seq, said["from"], said["due"], None, said["cause"])
    return {"deadlines": {**state.deadlines, said["clock"]: deadline}}


def _clock_met(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del event
    return _deadline(state, said["clock"], lambda running: replace(running, met=said["at"]))


def _clock_extended(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del event
    return _deadline(state, said["clock"], lambda running: replace(running, due=said["due"]))


def _deadline(state: ExerciseState, clock: str, change: Callable[[Deadline], Deadline]) -> Change:
    running = state.deadlines.get(clock)
    if running is None:  # a seat that did not see it start does not learn of it now
        return {}
    return {"deadlines": {**state.deadlines, clock: change(running)}}


def _no_duff(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    clock = state.clock.with_rate(event.wall, 0) if state.clock.rate else state.clock
    return {"clock": clock, "phase": Phase.NO_DUFF, "no_duff": said["reason"]}


def _resumed(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del event, said
    return {"phase": Phase.PAUSED if state.clock.segments else Phase.PREPARED, "no_duff": None}


def _rating(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    names = ("objective", "task", "grade", "observation", "observer")
    new = Rating(event.seq, event.minute, *(said[name] for name in names))
    others = (one for one in state.ratings if (one.observer, one.task) != (new.observer, new.task))
    return {"ratings": (*others, new)}


def _finding(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    names = ("sort", "text", "task", "action", "owner", "by")
    finding = Finding(event.seq, event.minute, event.actor, *(said[name] for name in names))
    return {"findings": (*state.findings, finding)}


def _merged(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del state, event, said
    return {"merged": True}


def _reflection(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    names = ("cell", "question", "asked", "text")
    new = Reflection(event.seq, event.minute, event.actor, *(said[name] for name in names))
    others = (one for one in state.reflections if (one.cell, one.question) != (new.cell, new.question))
    return {"reflections": (*others, new)}


def _correction(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    corrected = said["corrects"]
    entry = Correction(event.seq, event.minute, event.actor, said["text"])
    return {"corrections": {**state.corrections, corrected: (*state.corrections.get(corrected, ()), entry)}}


def _nothing(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del state, event, said
    return {}


def _forked(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del said
    phase = Phase.PAUSED if state.phase is Phase.RUNNING else state.phase
    return {"clock": state.clock.stood_at(event.minute), "phase": phase}


def _endex(state: ExerciseState, event: Event, said: Mapping[str, Any]) -> Change:
    del said
    clock = state.clock.with_rate(event.wall, 0) if state.clock.rate else state.clock
    return {"clock": clock, "phase": Phase.ENDED}


def _without(mapping: Mapping[str, int], key: str) -> Mapping[str, int]:
    return {name: value for name, value in mapping.items() if name != key} if key in mapping else mapping


_FOLDS: dict[Kind, Callable[[ExerciseState, Event, Mapping[str, Any]], Change]] = {
    Kind.CREATED: _created,
    Kind.STARTEX: _startex,
    Kind.CLOCK: _clock,
    Kind.INJECT_SENT: _sent,
    Kind.INJECT_HELD: _held,
    Kind.INJECT_RELEASED: _released,
    Kind.INJECT_SKIPPED: _skipped,
    Kind.REMINDER: _reminder,
    Kind.DECISION: _decision,
    Kind.PICTURE: _picture,
    Kind.MESSAGE: _message,
    Kind.READ: _read,
    Kind.TASK: _task,
    Kind.SCALE: _scale,
    Kind.CLOCK_STARTED: _clock_started,
    Kind.CLOCK_MET: _clock_met,
    Kind.CLOCK_EXTENDED: _clock_extended,
    Kind.NO_DUFF: _no_duff,
    Kind.RESUMED: _resumed,
    Kind.RATING: _rating,
    Kind.FINDING: _finding,
    Kind.PICTURE_READ: _nothing,
    Kind.PROPOSAL: _nothing,
    Kind.PUBLIC_DRAFTED: _nothing,
    Kind.PUBLIC_RELEASED: _nothing,
    Kind.PUBLIC_RETURNED: _nothing,
    Kind.MERGED: _merged,
    Kind.REFLECTION: _reflection,
    Kind.CORRECTION: _correction,
    Kind.LEASE: _nothing,
    Kind.ENDEX: _endex,
    Kind.FORKED: _forked,
}
