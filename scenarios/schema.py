"""What a scenario file may say: what goes wrong, who plays, which injects come, what can be decided.

The head follows the six scenario blocks of the Dutch national digital crisis plan. Times are durations from the
scenario's start ("3h30m").
"""

import datetime as dt
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from city_model.effects import Effect, Selector
from city_model.values import Frozen, Level, Line, Minutes, Slug, Text

IncidentKind = Literal[
    "outage", "power_failure", "telecom_failure", "ddos", "ransomware", "wiper", "data_breach", "data_corruption",
    "faulty_update", "supplier_compromise", "certificate_expiry", "insider", "precautionary_disconnection",
    "staff_loss", "recurring",
]  # fmt: skip
ParameterName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]
ParameterValue = Annotated[bool, Field(strict=True)] | Annotated[int, Field(strict=True)] | Line
"""A yes or no, a number, or a duration such as 4h."""
Channel = Literal["in_person", "phone", "email", "messenger", "news", "social_media", "letter", "system", "picture"]


class Blocks(Frozen):
    """The six scenario blocks."""

    cause: Text
    source: Text
    actors: Text
    domain: Text
    area: Text
    perspective: Text


class CriticalTask(Frozen):
    """Something that a good team does, and what an observer must see to rate it."""

    id: Slug
    text: Text
    observation: Text
    cells: tuple[Slug, ...] = ()
    """The cells that do it; none: every one."""


class Objective(Frozen):
    """What the exercise is to train or test."""

    id: Slug
    text: Text
    critical_tasks: Annotated[tuple[CriticalTask, ...], Field(min_length=1)]


class Cell(Frozen):
    """A seat group in the exercise."""

    id: Slug
    name: Text
    role: Text
    """What this cell does and may decide."""
    roles: tuple[Slug, ...] = ()
    """Who sits in it, by the roles of the crisis structure: their learning goals stand in the report."""


class Round(Frozen):
    """A part of the exercise that is played in one go."""

    id: Slug
    name: Text
    starts: Minutes
    ends: Minutes


class Incident(Frozen):
    """What starts, or worsens, the cascade, at minute *at*.

    It says where its kind strikes (*select* or *teams*, with *parameters*), or gives *effects* of its own, or both.
    """

    id: Slug
    name: Text
    kind: IncidentKind
    at: Minutes
    select: Selector | None = None
    """Where it strikes; it then does what its kind does."""
    teams: tuple[Slug, ...] = ()
    """The same for a kind that strikes teams."""
    parameters: dict[ParameterName, ParameterValue] = Field(default_factory=dict)
    """What is chosen about its kind."""
    effects: tuple[Effect, ...] = ()
    """What it does besides; in a scenario that was loaded the effects of its kind come before these."""
    note: Text | None = None


class Condition(Frozen):
    """Holds once *component* has been below *below*, or at *at_least* or above, for *lasting* minutes."""

    component: Slug
    below: Level | None = None
    at_least: Level | None = None
    lasting: Minutes = 0
    not_before: Minutes = 0
    """What was before this minute does not count."""

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.below is None) == (self.at_least is None):
            msg = "give exactly one of below, at_least"
            raise ValueError(msg)
        return self

    def fits(self, level: int) -> bool:
        """Return whether a component at *level* is as this condition wants it."""
        return level < self.below if self.below is not None else level >= (self.at_least or 0)


class Undecided(Frozen):
    """Holds when *decision* was not taken by minute *by*."""

    decision: Slug
    by: Minutes


class Trigger(Frozen):
    """When an inject is due: at a time, when the city or a missing decision asks for it, or never by itself."""

    at: Minutes | None = None
    when: Condition | None = None
    when_any: Annotated[tuple[Condition, ...], Field(min_length=2)] | None = None
    when_all: Annotated[tuple[Condition, ...], Field(min_length=2)] | None = None
    undecided: Undecided | None = None
    shelf: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.at, self.when, self.when_any, self.when_all, self.undecided, self.shelf)
        if sum(way is not None for way in ways) != 1:
            msg = "give exactly one of at, when, when_any, when_all, undecided, shelf"
            raise ValueError(msg)
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions on the city that it waits for."""
        return (self.when,) if self.when is not None else self.when_any or self.when_all or ()

    @property
    def needs_all(self) -> bool:
        """Whether all of its conditions must hold at the same minute."""
        return self.when_all is not None

    @property
    def waits(self) -> bool:
        """Whether it depends on how the exercise goes."""
        return bool(self.conditions) or self.undecided is not None


class Inject(Frozen):
    """A message or event given to players."""

    id: Slug
    title: Text
    text: Text
    sender: Text
    """Who it seems to come from: a function, never a real person."""
    cells: Annotated[tuple[Slug, ...], Field(min_length=1)]
    channel: Channel
    trigger: Trigger
    expected: tuple[Text, ...] = ()
    """Actions that the evaluator hopes to see."""
    remind_after: Minutes | None = None
    """How long after it was sent the evaluator is reminded of them."""
    objective: Slug | None = None
    decision: Slug | None = None
    """The decision point that this inject puts on the table."""
    starts_clocks: tuple[Slug, ...] = ()
    """Deadlines that start to run when this inject is sent: it is the recorded moment of awareness."""


class Option(Frozen):
    """One way to decide, with its effects in the model."""

    id: Slug
    name: Text
    text: Text
    """What it means and what speaks for and against it."""
    new_use: Text | None = None
    """Which data it uses for what they were not collected for: that asks for a new assessment."""
    effects: tuple[Effect, ...] = ()


class Neutral(Frozen):
    """Says that options have, on purpose, the same effect in the model."""

    options: Annotated[tuple[Slug, ...], Field(min_length=2)]
    reason: Text


class DecisionPoint(Frozen):
    """A question that a team must decide, with listed options; a free decision is always possible beside them."""

    id: Slug
    title: Text
    question: Text
    decides: Slug
    """The cell that decides."""
    opens: Minutes
    deadline: Minutes
    options: Annotated[tuple[Option, ...], Field(min_length=2)]
    default: Slug
    """The option that an unattended rehearsal takes, at the deadline of the decision."""
    values: tuple[Slug, ...] = ()
    """Public values at stake; a decision with values asks the four questions."""
    deliberately_neutral: tuple[Neutral, ...] = ()
    objective: Slug | None = None


class Clock(Frozen):
    """A statutory or contractual deadline: a dated, switchable record."""

    id: Slug
    name: Text
    basis: Text
    """Law or contract, with the article."""
    starts: Text
    """The recorded moment from which it runs."""
    minutes: Minutes
    recipient: Text
    applies_from: dt.date | None = None
    status: Literal["in_force", "verify", "off"]
    checked: dt.date | None = None
    """When somebody last looked up whether this holds."""
    suspended: Text | None = None
    """When it stands still; whoever leads the exercise then moves the deadline."""


class Value(Frozen):
    """A public value that can be at stake in a decision."""

    id: Slug
    name: Text
    note: Text | None = None


class Shared(Frozen):
    """What a scenario takes over, by id, from the lists that come with the program."""

    clocks: tuple[Slug, ...] = ()
    values: tuple[Slug, ...] = ()


class Scenario(Frozen):
    """A whole scenario, checked against its city."""

    id: Slug
    name: Text
    summary: Text
    fiction: Text
    """Says that the events are invented."""
    city: Slug
    blocks: Blocks
    start: dt.datetime
    """Local time of minute 0."""
    horizon: Minutes
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    cells: Annotated[tuple[Cell, ...], Field(min_length=1)]
    objectives: tuple[Objective, ...] = ()
    incidents: Annotated[tuple[Incident, ...], Field(min_length=1)]
    injects: tuple[Inject, ...] = ()
    decisions: tuple[DecisionPoint, ...] = ()
    shared: Shared = Shared()
    """Deadlines and values of the program; in a scenario that was loaded they stand after its own."""
    clocks: tuple[Clock, ...] = ()
    values: tuple[Value, ...] = ()
    debrief: tuple[Text, ...] = ()

    @cached_property
    def inject_by_id(self) -> dict[str, Inject]:
        """Every inject by its id."""
        return {inject.id: inject for inject in self.injects}

    @cached_property
    def decision_by_id(self) -> dict[str, DecisionPoint]:
        """Every decision point by its id."""
        return {decision.id: decision for decision in self.decisions}
