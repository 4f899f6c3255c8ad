"""What was decided about findings: ``accepted.yaml`` in the folder of a city, with who accepted what until a date.

An acceptance takes nothing out of sight: the finding stays listed, with who took the risk, why, and until when. After
that day it is open again. What somebody does about a finding stands in the same file (actions.py).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Self

from pydantic import model_validator

from city_model.actions import EVERY, Action
from city_model.fault_words import choice
from city_model.finding import CHECKS, Finding
from city_model.values import Frozen, Line, Text
from city_model.yaml_source import Document
from resilience.base.language import _
from resilience.base.problems import Problem

ACCEPTED_FILE = "accepted.yaml"
Status = Literal["open", "accepted", "expired"]


class Decided(Frozen):
    """Who decided, for how long and why."""

    by: Line
    """The role that took the decision, never a person's name."""
    on: dt.date
    until: dt.date
    """The last day on which it holds."""
    why: Line | Text


class Acceptance(Decided):
    """Who lives with one finding, why and until when."""

    finding: Line
    """Its id; ``check:*`` for all of one check."""

    @property
    def check(self) -> str:
        """The check that the finding is of."""
        return self.finding.partition(":")[0]

    def covers(self, finding: Finding) -> bool:
        """Return whether this is about *finding*."""
        return self.finding in {finding.id, f"{finding.check}:{EVERY}"}


class Decision(Decided):
    """One decision, about one finding or several."""

    finding: Line | None = None
    findings: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _names_some(self) -> Self:
        if bool(self.finding) == bool(self.findings):
            msg = "give either finding or findings"
            raise ValueError(msg)
        return self

    def named(self) -> Iterator[tuple[str, tuple[str | int, ...]]]:
        """Yield each finding that it names, with its place in the decision."""
        if self.finding:
            yield self.finding, ("finding",)
        for number, name in enumerate(self.findings):
            yield name, ("findings", number)


class AcceptedFile(Frozen):
    """``accepted.yaml``."""

    accepted: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def acceptances(self) -> tuple[Acceptance, ...]:
        """What was accepted, finding by finding."""
        return tuple(
            Acceptance(finding=name, by=one.by, on=one.on, until=one.until, why=one.why)
            for one in self.accepted
            for name, _place in one.named()
        )


@dataclass(frozen=True)
class Judged:
    """A finding with what was decided about it, seen on one day."""

    finding: Finding
    status: Status
    acceptance: Acceptance | None = None
    """The one that holds, or the last one that held."""
    action: Action | None = None
    """What somebody does about it; of several the one that is ready last."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        decided = self.acceptance.model_dump(mode="json") if self.acceptance else None
        doing = self.action.model_dump(mode="json") if self.action else None
        return {**self.finding.to_json(), "status": self.status, "acceptance": decided, "action": doing}


def faults_of(content: AcceptedFile, document: Document) -> Iterator[Problem]:
    """Yield what is wrong beyond its form: unknown checks, days in the wrong order, a finding accepted twice."""
    for number, decision in enumerate(content.accepted):
        for name, place in decision.named():
            yield from _names_a_finding(name, document, ("accepted", number, *place))
        if decision.until < decision.on:
            what = _("this ends before it begins")
            repair = _("write a day after {day}", day=decision.on)
            yield document.problem(("accepted", number, "until"), what, repair)
    for number, action in enumerate(content.actions):
        yield from _names_a_finding(action.finding, document, ("actions", number, "finding"))
    seen: dict[str, int] = {}
    for number, decision in enumerate(content.accepted):
        for name, place in decision.named():
            if name in seen:
                what = _("this finding stands here a second time (the first is number {number})",
                         number=seen[name] + 1)  # fmt: skip
                yield document.problem(("accepted", number, *place), what, _("keep one of the two"))
            seen.setdefault(name, number)


def _names_a_finding(name: str, document: Document, path: tuple[str | int, ...]) -> Iterator[Problem]:
    check, _colon, place = name.partition(":")
    if check not in CHECKS:
        yield document.problem(path, _("there is no check '{name}'", name=check), choice(check, CHECKS))
    elif not place:
        what = _("this names a check and not a finding")
        repair = _("write the id of a finding, or {all} for all of them", all=f"{check}:{EVERY}")
        yield document.problem(path, what, repair)


def judged(
    findings: Iterable[Finding], acceptances: Iterable[Acceptance], on: dt.date, actions: Iterable[Action] = ()
) -> tuple[Judged, ...]:
    """Return each finding with its status on the day *on*; of several acceptances the one that lasts longest."""
    latest_first = sorted(acceptances, key=lambda item: item.until, reverse=True)
    last_first = sorted(actions, key=lambda item: item.until, reverse=True)
    return tuple(
        replace(_judge(one, latest_first, on), action=next((item for item in last_first if item.covers(one)), None))
        for one in findings
    )


def without_finding(findings: Iterable[Finding], acceptances: Iterable[Acceptance]) -> tuple[Acceptance, ...]:
    """Return the acceptances that are about nothing that was found: solved, or gone from the map."""
    known = list(findings)
    return tuple(item for item in acceptances if not any(item.covers(finding) for finding in known))


def _judge(finding: Finding, latest_first: list[Acceptance], on: dt.date) -> Judged:
    about = [item for item in latest_first if item.covers(finding)]
    holds = next((item for item in about if item.on <= on <= item.until), None)
    if holds:
        return Judged(finding, "accepted", holds)
    over = next((item for item in about if item.until < on), None)
    return Judged(finding, "expired" if over else "open", over)
