"""Who sits where, and what each seat may see: filtered before it is handed over, never on the screen."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from city_model.schema import City, Component
from city_model.values import Text
from resilience.exercise.events import EVERYONE, Event, Kind
from scenarios.schema import Blocks, DecisionPoint, Scenario

Role = Literal["facilitator", "cell", "observer", "spectator"]
_FIXED_AT_START = ("name", "city", "scenario", "seed", "language", "semantics", "program")
_WHOLE_LOG = frozenset({"facilitator", "observer"})


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the exercise; *name* is the id of the cell, or how the observer is called."""

    role: Role
    name: str = ""

    @property
    def key(self) -> str:
        """How the log names who sits here."""
        return f"{self.role}/{self.name}" if self.name else self.role

    @property
    def sees_all(self) -> bool:
        """Whether no word of the script and of what was played is held back from this seat."""
        return self.role in _WHOLE_LOG


FACILITATOR = Seat("facilitator")


def seat_called(word: str, name: str = "") -> Seat:
    """Return the seat that people call *word*: observer (with the *name* of a role), spectator, or the id of a cell."""
    if word == "observer":
        return Seat("observer", name)
    return Seat("spectator") if word == "spectator" else Seat("cell", word)


def visible_events(events: Sequence[Event], seat: Seat, *, merged: bool = False) -> tuple[Event, ...]:
    """Return what *seat* may see of *events*; *merged* says whether the sheets of the observers were, before them.

    A cell sees what it received or did and what is for everyone; a spectator only what is for everyone. Neither gets
    the text of city and scenario, in which the whole script stands, nor who else received a message. An observer sees
    all but the sheets of others, and those too once they are merged.
    """
    if seat.role == "facilitator":
        return tuple(events)
    if seat.role == "observer":
        together = merged or any(event.kind is Kind.MERGED for event in events)
        return tuple(event for event in events if together or event.actor == seat.key or not is_on_sheet(event))
    return tuple(_for_seat(event, seat) for event in events if may_see(event, seat))


def is_on_sheet(event: Event) -> bool:
    """Whether *event* is a rating or a finding, or may say what one should have been."""
    return event.kind in (Kind.RATING, Kind.FINDING) or (event.kind is Kind.CORRECTION and not event.audience)


def scenario_for(
    scenario: Scenario, seat: Seat, minute: int, known_clocks: Container[str] = (), *, ended: bool = False
) -> Scenario:
    """Return *scenario* without what *seat* may not know: the script, the decisions of others, what would come.

    Its summary and its blocks tell how it goes on; a round and a deadline (*known_clocks*) count once they began, and
    the questions of the debrief for teams once the exercise has *ended*.
    """
    if seat.sees_all:
        return scenario
    decisions = tuple(
        _without_effects(point) for point in scenario.decisions if _is_at(seat, point) and point.opens <= minute
    )
    fields = {name: getattr(scenario, name) for name in Scenario.model_fields}
    nothing = Text(nl="–", en="–")
    hidden: dict[str, object] = {
        **dict.fromkeys(("incidents", "injects", "objectives", "debrief"), ()),
        "summary": nothing,
        "blocks": Blocks(**dict.fromkeys(Blocks.model_fields, nothing)),
        "rounds": tuple(part for part in scenario.rounds if part.starts <= minute),
        "clocks": tuple(clock for clock in scenario.clocks if clock.id in known_clocks),
    }
    if ended and seat.role == "cell":
        hidden["debrief"] = scenario.debrief
    return Scenario.model_construct(**{**fields, **hidden, "decisions": decisions})


def nameable(city: City, seat: Seat) -> tuple[Component, ...]:
    """Return what *seat* may choose from, to say in its picture how it is: all of the map, or city functions only.

    Marks in the map say for which reader a component is; a team is no reader of the map, so it gets what residents
    notice.
    """
    return city.components if seat.sees_all else city.functions


def _is_at(seat: Seat, point: DecisionPoint) -> bool:
    return seat.role == "cell" and seat.name == point.decides


def _without_effects(point: DecisionPoint) -> DecisionPoint:
    options = tuple(option.model_copy(update={"effects": ()}) for option in point.options)
    return point.model_copy(update={"options": options, "deliberately_neutral": (), "objective": None})


def may_see(event: Event, seat: Seat) -> bool:
    """Whether anything of *event* is for *seat*."""
    if seat.sees_all or event.kind is Kind.CREATED or event.audience == EVERYONE:
        return True
    return seat.role == "cell" and (seat.name in event.audience or event.actor == seat.key)


def _for_seat(event: Event, seat: Seat) -> Event:
    if event.kind is Kind.CREATED:
        return replace(event, payload={name: event.payload[name] for name in _FIXED_AT_START})
    if event.kind is Kind.PUBLIC_RELEASED:  # which channels failed is what the model computes
        note = event.payload.get("note", "") if event.actor == seat.key else ""
        return replace(event, payload={**event.payload, "failed": None, "note": note})
    if event.kind is Kind.INJECT_SENT:
        hidden = {"due": None, "how": "received"}
        return replace(event, audience=(seat.name,), payload={**event.payload, **hidden})
    if event.kind is Kind.DECISION and (event.payload["point"] is not None or event.actor != seat.key):
        return replace(event, payload={**event.payload, "effects": []})
    if event.audience != EVERYONE and seat.name in event.audience and event.actor != seat.key:
        return replace(event, audience=(seat.name,))
    return event
