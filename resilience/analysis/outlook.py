"""What falls, when, why, and whom to call: the officer's question, answered from a trace."""

from dataclasses import dataclass

from city_model.effects import Damage, Selector
from city_model.schema import City, Contact
from city_model.values import DistributionFigure
from resilience.base.units import MINUTES_PER_DAY, format_duration
from resilience.simulation.explain import name_of, reason
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.orders import Order
from resilience.simulation.trace import Record, Trace, What

DEFAULT_HORIZON = 3 * MINUTES_PER_DAY
"""How far to look ahead, in minutes, where nobody says."""


@dataclass(frozen=True, slots=True)
class Fall:
    """One component that falls short in a run."""

    minute: int
    """When it first is below 100."""
    component: str
    name: str
    kind: str
    down: int | None
    """When it first is below the level at which it still counts as working; None: never."""
    lowest: int
    """Its lowest level in the run."""
    back: int | None
    """When it is at 100 again for good; None: not within the run."""
    why: str
    """Why it falls short first, in a few words."""
    why_down: str
    """Why it goes down; empty where it never does."""
    organisation: str
    """The name of who runs it."""
    call: tuple[str, ...]
    """Whom to call, by role; empty when the map holds no contact."""
    assumed: bool
    """Whether one of these two changes of level rests on a figure that nobody confirmed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom to call at one organisation, and about what."""

    organisation: str
    minute: int
    """When the first of its components falls short."""
    components: tuple[str, ...]
    """The names of its components that fall short, in that order."""
    call: tuple[str, ...]


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
    """Return everything that falls short, by the first minute below 100, then in the order of the trace: causes first.

    Within the run only: what happens in its last minute is there, what a longer run would bring is not.
    """
    records: dict[str, list[Record]] = {}
    for record in trace.with_what(What.LEVEL):
        records.setdefault(record.subject, []).append(record)
    return tuple(sorted((_fall(city, trace, changes) for changes in records.values()), key=lambda fall: fall.minute))


def fall_of(city: City, trace: Trace, component: str) -> Fall | None:
    """Return how *component* falls short; None where it holds."""
    changes = [record for record in trace.with_what(What.LEVEL) if record.subject == component]
    return _fall(city, trace, changes) if changes else None


def desks(falls: tuple[Fall, ...]) -> tuple[Desk, ...]:
    """Return whom to call about *falls*: who runs what failed first comes first, each organisation once."""
    owned: dict[str, list[Fall]] = {}
    for fall in falls:
        if fall.organisation:
            owned.setdefault(fall.organisation, []).append(fall)
    return tuple(
        Desk(
            organisation=organisation,
            minute=mine[0].minute,
            components=tuple(fall.name for fall in mine),
            call=tuple(dict.fromkeys(contact for fall in mine for contact in fall.call)),
        )
        for organisation, mine in owned.items()
    )


def _fall(city: City, trace: Trace, changes: list[Record]) -> Fall:
    component = city.component_by_id[changes[0].subject]
    levels = [int(record.value or 0) for record in changes]
    minimum = minimum_level_of(component)
    down = next((record for record, level in zip(changes, levels, strict=True) if level < minimum), None)
    owner = city.organisation_by_id.get(component.operator or component.organisation or "")
    return Fall(
        minute=changes[0].minute,
        component=component.id,
        name=name_of(city, component.id),
        kind=component.kind,
        down=down.minute if down else None,
        lowest=min(levels),
        back=changes[-1].minute if levels[-1] == 100 else None,
        why=reason(city, trace, changes[0]),
        why_down=reason(city, trace, down) if down else "",
        organisation=str(owner.name) if owner else "",
        call=tuple(_contact(contact) for contact in (*component.contacts, *(owner.contacts if owner else ()))),
        assumed=changes[0].assumed or (down is not None and down.assumed),
    )


def _contact(contact: Contact) -> str:
    reached = " ".join(part for part in (contact.phone, contact.email) if part)
    return f"{contact.role}: {reached}" if reached else str(contact.role)
