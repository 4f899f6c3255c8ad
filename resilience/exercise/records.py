"""What the state of an exercise is made of: one small frozen record for each thing that people did or received."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from city_model.effects import Effect
from city_model.values import Text
from resilience.base.language import Language

PictureStatus = Literal["known", "assumed", "unknown"]
PictureClaim = Literal["works", "hindered", "down", "at_risk"]
"""How a component is, or (at_risk) that it is going to fall."""
Grade = Literal["P", "S", "M", "U"]
"""Performed without challenges, with some, with major challenges, unable to be performed."""
FindingSort = Literal["strength", "improvement"]
DeadlineStatus = Literal["running", "met", "late", "missed"]


@dataclass(frozen=True, slots=True)
class Head:
    """What was fixed when the exercise was made."""

    name: Text
    city: str
    scenario: str
    seed: int
    language: Language
    semantics: int
    program: str
    group: str = ""
    """Which of the groups that play this scenario side by side."""
    keep_until: dt.date | None = None
    """The last day on which it is kept, where somebody chose one."""


@dataclass(frozen=True, slots=True)
class SentInject:
    """An inject as the players received it; *due* is None for one that was sent from the shelf."""

    inject: str
    seq: int
    minute: int
    due: int | None
    how: str
    title: Text
    text: Text
    sender: Text
    channel: str
    cells: tuple[str, ...]
    decision: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a team decided; the simulation takes it into account from minute *effective* on (rule 14.3)."""

    seq: int
    minute: int
    effective: int
    actor: str
    cell: str | None
    point: str | None
    option: str | None
    who: str
    what: str
    why: str
    information: str
    effects: tuple[Effect, ...]
    values: Mapping[str, str]
    order_id: str
    """The name of this decision in the trace: its decision point, or a number for a free one."""
    owner: str = ""
    """Who carries it out."""
    by: str = ""
    """By when, in the team's own words."""
    told: str = ""
    """Who was told."""
    works_out: int | None = None
    """The number of the written decision of a cell to which this one gives its effects in the model."""


@dataclass(frozen=True, slots=True)
class PictureItem:
    """A line of the picture that a cell keeps; *replaces* is the number of the event that it renews."""

    seq: int
    minute: int
    cell: str | None
    status: PictureStatus
    text: str
    source: str
    replaces: int | None
    about: str | None = None
    """The component or city function that it is about."""
    says: PictureClaim | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What one seat told others; without cells it is for whoever plays the outside world."""

    seq: int
    minute: int
    actor: str
    sender: str
    """The key of a seat, or the role that the facilitator played."""
    text: str
    cells: tuple[str, ...]
    answers: int | None = None
    """The number of the message or inject that it answers."""
    to: str = ""
    """Whom the outside world plays for this message."""


@dataclass(frozen=True, slots=True)
class Task:
    """A line of a cell's action list; *replaces* is the number of the event that it renews."""

    seq: int
    minute: int
    cell: str
    what: str
    owner: str
    by: str
    done: bool
    replaces: int | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A statutory or contractual deadline that runs from a recorded moment of awareness."""

    clock: str
    seq: int
    started: int
    due: int
    met: int | None
    cause: str

    def margin(self, minute: int) -> int:
        """Return the minutes left at *minute*, or at the moment it was met; negative is late."""
        return self.due - (minute if self.met is None else self.met)

    def status(self, minute: int) -> DeadlineStatus:
        """Return how it stands at *minute*; what is done in the minute of the deadline is in time."""
        if self.met is not None:
            return "met" if self.met <= self.due else "late"
        return "missed" if minute > self.due else "running"


@dataclass(frozen=True, slots=True)
class Scale:
    """A level of the crisis organisation, from a moment on."""

    seq: int
    minute: int
    level: str
    reason: str
    signs: tuple[str, ...] = ()
    """The criteria that were met, in the words of the structure."""


@dataclass(frozen=True, slots=True)
class Rating:
    """How an observer saw a critical task being performed."""

    seq: int
    minute: int
    objective: str
    task: str
    grade: Grade
    observation: str
    observer: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the exercise taught, with the action that repairs it where there is one."""

    seq: int
    minute: int
    actor: str
    sort: FindingSort
    text: str
    task: str | None
    action: str | None
    owner: str | None
    by: str | None
    """ISO date."""


@dataclass(frozen=True, slots=True)
class Reflection:
    """What a team answered in the hot debrief."""

    seq: int
    minute: int
    actor: str
    cell: str | None
    """None is the whole room."""
    question: str
    asked: str
    """The question in the words of that moment."""
    text: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What should have been recorded; the corrected event itself stays as it was."""

    seq: int
    minute: int
    actor: str
    text: str
