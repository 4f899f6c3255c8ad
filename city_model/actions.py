"""What somebody does about a finding, and by when: ``actions`` in ``accepted.yaml``, followed per organisation.

An action takes nothing out of sight either: as long as the check finds it, the finding is listed, also when the action
is said to be done.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from city_model.finding import SEVERITIES, Finding, Severity
from city_model.values import Frozen, Line, Slug

EVERY = "*"
"""In place of a place: all findings of that check."""
Standing = Literal["late", "coming", "done"]
STANDINGS: tuple[Standing, ...] = ("late", "coming", "done")


class Action(Frozen):
    """Who does what about which finding, by when."""

    finding: Line
    """Id of the finding; ``check:*`` for all of one check."""
    what: Line
    """What will be done, in one line."""
    organisation: Slug | None = None
    """Who does it; left out: the organisation that the finding names."""
    by: Line
    """The role that promised it, never a person's name."""
    until: dt.date
    """The day by which it is done."""
    done: dt.date | None = None
    """The day on which it was done."""

    def covers(self, finding: Finding) -> bool:
        """Return whether this is about *finding*."""
        return self.finding in {finding.id, f"{finding.check}:{EVERY}"}

    def standing(self, on: dt.date) -> Standing:
        """Return how it stands on the day *on*."""
        if self.done is not None and self.done <= on:
            return "done"
        return "late" if self.until < on else "coming"


@dataclass(frozen=True)
class Tracked:
    """An action with what it is about, as seen on one day."""

    action: Action
    standing: Standing
    organisation: str | None
    """Who does it."""
    findings: tuple[Finding, ...]
    """What is still found of it."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            **self.action.model_dump(mode="json"),
            "standing": self.standing,
            "organisation": self.organisation,
            "still_found": [one.id for one in self.findings],
        }


@dataclass(frozen=True)
class Unassigned:
    """How many findings of one organisation nobody accepted or does anything about."""

    organisation: str | None
    counts: dict[Severity, int]

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {"organisation": self.organisation, "findings": dict(self.counts)}


def tracked(findings: Sequence[Finding], actions: Iterable[Action], on: dt.date) -> tuple[Tracked, ...]:
    """Return every action with how it stands on the day *on*: late ones first, then by their day."""
    found = []
    for action in actions:
        about = tuple(one for one in findings if action.covers(one))
        owner = action.organisation or next((one.organisation for one in about if one.organisation), None)
        found.append(Tracked(action, action.standing(on), owner, about))
    return tuple(sorted(found, key=lambda one: (STANDINGS.index(one.standing), one.action.until, one.action.finding)))


def unassigned(still_open: Iterable[Finding], actions: Sequence[Action]) -> tuple[Unassigned, ...]:
    """Return per organisation what of *still_open* has no action, those with the most severe findings first."""
    counts: dict[str | None, dict[Severity, int]] = {}
    for finding in still_open:
        if finding.severity != "info" and not any(action.covers(finding) for action in actions):
            mine = counts.setdefault(finding.organisation, dict.fromkeys(SEVERITIES[:-1], 0))
            mine[finding.severity] += 1
    found = [Unassigned(organisation, mine) for organisation, mine in counts.items()]
    return tuple(sorted(found, key=lambda one: (*(-number for number in one.counts.values()), one.organisation or "")))
