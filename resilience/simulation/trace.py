"""The one product of a simulation: an ordered list of flat records.

Metrics, explanations, charts, screens and tests read only this.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class What(StrEnum):
    """What changed. The value of the record is given after the colon; none where nothing is said."""

    DAMAGE = "damage"  # the cap
    DAMAGE_ENDED = "damage ended"  # the incident
    LEVEL = "level"  # the level, 0..100
    STOPPED = "stopped"
    STANDING = "standing"
    BUFFER_RUNNING = "buffer running"  # the minute at which it would be empty
    BUFFER_EMPTY = "buffer empty"
    FALLBACK_IN_USE = "fallback in use"
    FALLBACK_OUT = "fallback out"
    FALLBACK_USED_UP = "fallback used up"
    CATCH_UP = "catch-up"  # the minute at which it would end
    CAUGHT_UP = "caught up"
    JOB_WAITS = "job waits"
    REPAIR_STARTS = "repair starts"  # the minute at which it ends
    QUEUE = "queue"  # jobs that wait for a team of this kind; the subject is the kind of team
    FOOTHOLD = "foothold"  # the incident whose malware came in
    DETONATED = "detonated"
    BACKUP_LOST = "backup lost"
    CLEANING_STARTS = "cleaning starts"  # the minute at which it ends
    CLEANED = "cleaned"  # the incident whose malware is gone
    SUSPECT = "suspect"
    VERIFICATION_STARTS = "verification starts"  # the minute at which it ends
    VERIFIED = "verified"
    EXPOSED = "exposed"  # kind of personal data and number of people, where known
    CLOCK_STARTED = "clock started"  # the minute of the deadline; the subject is the clock
    CLOCK_EXTENDED = "clock extended"  # the minute of the deadline
    CLOCK_MET = "clock met"
    INCIDENT = "incident"  # the subject is the incident
    DECISION = "decision"  # the subject is the decision
    NO_EFFECT = "no effect"  # which effect of the decision found nothing to change


class Record(NamedTuple):
    """One change. *causes* are the places of earlier records in the trace, the binding reason first."""

    minute: int
    subject: str
    what: What
    value: int | str | None = None
    causes: tuple[int, ...] = ()
    assumed: bool = False
    """Whether it rests on a figure that nobody confirmed."""


@dataclass(frozen=True)
class Trace:
    """All records of one run over the minutes 0..horizon, both included."""

    city: str
    seed: int
    horizon: int
    records: tuple[Record, ...] = field(repr=False)

    @cached_property
    def levels(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Per component that ever changed: (minute, level from that minute on), without the 100 at the start."""
        found: dict[str, list[tuple[int, int]]] = {}
        for record in self.records:
            if record.what is What.LEVEL and isinstance(record.value, int):
                found.setdefault(record.subject, []).append((record.minute, record.value))
        return {subject: tuple(changes) for subject, changes in found.items()}

    def level_at(self, component: str, minute: int) -> int:
        """Return the level of *component* during [minute, minute + 1)."""
        level = 100
        for changed, value in self.levels.get(component, ()):
            if changed > minute:
                break
            level = value
        return level

    def segments(self, component: str) -> tuple[tuple[int, int, int], ...]:
        """Return (from, to, level) over the whole run; the last one ends at the horizon."""
        rows: list[tuple[int, int, int]] = []
        start, level = 0, 100
        for minute, value in self.levels.get(component, ()):
            if minute >= self.horizon:
                break
            if minute > start:
                rows.append((start, minute, level))
            start, level = minute, value
        rows.append((start, self.horizon, level))
        return tuple(rows)

    def with_what(self, *wanted: What) -> tuple[Record, ...]:
        """Return the records of these kinds, in order."""
        return tuple(record for record in self.records if record.what in wanted)

    def to_json(self) -> dict[str, object]:
        """Return a JSON value that from_json reads back."""
        return {
            "city": self.city,
            "seed": self.seed,
            "horizon": self.horizon,
            "records": [
                [record.minute, record.subject, str(record.what), record.value, list(record.causes), record.assumed]
                for record in self.records
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, object]) -> "Trace":
        """Return the trace that to_json wrote."""
        rows = data["records"]
        assert isinstance(rows, list)
        records = tuple(Record(row[0], row[1], What(row[2]), row[3], tuple(row[4]), row[5]) for row in rows)
        return cls(str(data["city"]), int(str(data["seed"])), int(str(data["horizon"])), records)


def subjects_in_order(records: Iterable[Record]) -> Sequence[str]:
    """Return every subject once, in the order in which it first appears."""
    return tuple(dict.fromkeys(record.subject for record in records))
