"""Days in the map that come or have passed: contracts and certificates that end, figures that are due for review."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from city_model.finding import Check, Finding, Severity
from city_model.naming import organisation_name, responsible_for
from city_model.quality import due_on, said_of
from city_model.schema import City
from resilience.base.language import _, ngettext

SOON = dt.timedelta(days=90)
"""So long before a contract or certificate ends it is named."""
Kind = Literal["contract", "certificate", "review"]
KINDS: tuple[Kind, ...] = ("contract", "certificate", "review")


@dataclass(frozen=True)
class Deadline:
    """One day by which somebody must have done something."""

    day: dt.date
    kind: Kind
    organisation: str | None
    """Who is to act: who runs the component; for a review who owns the record."""
    place: str
    """The component; for a review the organisation whose figures they are, or the city."""
    name: str
    """Of the certificate; empty otherwise."""
    number: int = 1
    """How many figures and needs fall due that day."""

    def is_past(self, on: dt.date) -> bool:
        """Return whether on the day *on* it is too late."""
        return self.day < on

    def to_json(self, on: dt.date) -> dict[str, object]:
        """Return a JSON value, as seen on the day *on*."""
        return {
            "day": self.day.isoformat(),
            "kind": self.kind,
            "organisation": self.organisation,
            "place": self.place,
            "name": self.name,
            "number": self.number,
            "past": self.is_past(on),
        }


def deadlines(city: City, on: dt.date, within: dt.timedelta = SOON) -> tuple[Deadline, ...]:
    """Return what has passed on the day *on* or comes *within* that time, the earliest first.

    Reviews are counted together per organisation and day.
    """
    reviews: dict[tuple[dt.date, str | None], int] = {}
    found: list[Deadline] = []
    for component in city.components:
        runs = responsible_for(city, component.id)
        if component.contract_end:
            found.append(Deadline(component.contract_end, "contract", runs, component.id, ""))
        found += [
            Deadline(one.valid_until, "certificate", runs, component.id, one.name) for one in component.certificates
        ]
        for said in said_of(component):
            key = (due_on(city, said), component.organisation)
            reviews[key] = reviews.get(key, 0) + 1
    found += [Deadline(day, "review", owner, owner or city.id, "", number) for (day, owner), number in reviews.items()]
    near = (one for one in found if one.day <= on + within)
    return tuple(sorted(near, key=lambda one: (one.day, KINDS.index(one.kind), one.place, one.name)))


def deadline_findings(city: City, on: dt.date) -> Iterator[Finding]:
    """Yield a finding for each contract and certificate that ended or soon will, and for each overdue review."""
    overdue: dict[str, list[Deadline]] = {}
    for one in deadlines(city, on):
        if one.kind != "review":
            yield _end(city, one, on)
        elif one.is_past(on):
            overdue.setdefault(one.place, []).append(one)
    for place, found in overdue.items():
        number = sum(one.number for one in found)
        what = ngettext(
            "{number} figure or need of {name} was due for review on {day}",
            "{number} figures and needs of {name} were due for review, the first on {day}",
            number,
            name=organisation_name(city, found[0].organisation) or city.name,
            day=found[0].day,
        )
        yield Finding("review-overdue", place, "low", what, (), found[0].organisation)


def _end(city: City, one: Deadline, on: dt.date) -> Finding:
    severity: Severity = "medium" if one.is_past(on) else "low"
    component = city.component_by_id[one.place]
    values: dict[str, object] = {"component": component.name, "day": one.day, "name": one.name}
    if one.kind == "contract":
        past = _("the contract for {component} ended on {day}", **values)
        soon = _("the contract for {component} ends on {day}", **values)
        place = one.place
    else:
        past = _("{name} of {component} was valid until {day}", **values)
        soon = _("{name} of {component} is valid until {day}", **values)
        place = f"{one.place}/{one.name}"
    what = past if one.is_past(on) else soon
    check: Check = "contract-ends" if one.kind == "contract" else "certificate-ends"
    return Finding(check, place, severity, what, (one.place,), one.organisation)
