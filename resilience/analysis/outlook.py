"""What falls, when, why, and whom to call: the officer's question, answered from a trace."""

from dataclasses import dataclass

from city_model.effects import Damage, Selector
from city_model.schema import City, Contact
from city_model.values import DistributionFigure
from resilience.base.units import format_duration
from resilience.simulation.explain import name_of, reason
from resilience.simulation.orders import Order
from resilience.simulation.trace import Record, Trace, What


@dataclass(frozen=True, slots=True)
class Fall:
    """One component that falls short in a run."""

    minute: int
    """When it first is below 100."""
    component: str
    name: str
    kind: str
    lowest: int
    """Its lowest level in the run."""
    back: int | None
    """When it is at 100 again for good; None: not within the run."""
    why: str
    """The reason of its first loss, in a few words."""
    organisation: str
    call: tuple[str, ...]
    """Whom to call, by role; empty when the map holds no contact."""
    assumed: bool


def failure_order(component: str, *, minute: int = 0, lasts: int | None = None) -> Order:
    """Return the outage of *component* from *minute*, for *lasts* minutes or until repaired."""
    figure = None
    if lasts is not None:
        figure = DistributionFigure.model_validate({"fixed": format_duration(lasts), "source": "question"})
    effect = Damage(
        effect="damage",
        select=Selector(ids=(component,)),
        ends="repair" if lasts is None else "duration",
        lasts=figure,
    )
    return Order(f"fail-{component}", "incident", minute, (effect,))


def outlook(city: City, trace: Trace) -> tuple[Fall, ...]:
    """Return everything that falls, by the first minute below 100, then in the order of the trace."""
    found = []
    seen: set[str] = set()
    for record in trace.with_what(What.LEVEL):
        if record.subject not in seen:
            seen.add(record.subject)
            found.append(_fall(city, trace, record))
    return tuple(sorted(found, key=lambda fall: fall.minute))


def _fall(city: City, trace: Trace, first: Record) -> Fall:
    subject = first.subject
    component = city.component_by_id[subject]
    changes = trace.levels[subject]
    owner = city.organisation_by_id.get(component.operator or component.organisation or "")
    return Fall(
        minute=changes[0][0],
        component=subject,
        name=name_of(city, subject),
        kind=component.kind,
        lowest=min(level for _, level in changes),
        back=changes[-1][0] if changes[-1][1] == 100 else None,
        why=reason(city, trace, first),
        organisation=str(owner.name) if owner else "",
        call=tuple(_contact(contact) for contact in (*component.contacts, *(owner.contacts if owner else ()))),
        assumed=first.assumed,
    )


def _contact(contact: Contact) -> str:
    reached = " ".join(part for part in (contact.phone, contact.email) if part)
    return f"{contact.role}: {reached}" if reached else str(contact.role)
