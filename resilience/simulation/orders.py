"""What a run is told to do: the effects of an incident or a decision, ordered at a minute."""

from dataclasses import dataclass
from typing import Literal

from city_model.effects import Effect
from scenarios.schema import Scenario

OrderKind = Literal["incident", "decision"]


@dataclass(frozen=True, slots=True)
class Order:
    """Effects that start at *minute*; each may wait its own delay."""

    id: str
    kind: OrderKind
    minute: int
    effects: tuple[Effect, ...]


def incident_orders(scenario: Scenario) -> tuple[Order, ...]:
    """Return the incidents of *scenario*, in the order of the file."""
    return tuple(Order(incident.id, "incident", incident.at, incident.effects) for incident in scenario.incidents)


def clock_lengths(scenario: Scenario) -> dict[str, int]:
    """Return the minutes that each deadline of *scenario* runs, for those that are switched on."""
    return {clock.id: clock.minutes for clock in scenario.clocks if clock.status != "off"}
