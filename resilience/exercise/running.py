"""The simulation of a running exercise: the scenario's incidents and the decisions in the log, and nothing else.

A decision counts from the first minute that was not evaluated when it was taken. Where the simulation has already
passed that minute (another process was ahead), it is computed anew from minute zero, so that playing on and
re-running from the log always give the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from city_model.schema import City
from resilience.exercise.conditions import held_from
from resilience.exercise.records import Decision
from resilience.simulation.engine import Simulation, simulate
from resilience.simulation.model import compile_city
from resilience.simulation.orders import Order, clock_lengths, incident_orders
from resilience.simulation.trace import Record, Trace, What
from scenarios.schema import Scenario, Trigger


class Running:
    """Keeps a simulation in step with the log."""

    def __init__(self, city: City, scenario: Scenario, seed: int) -> None:
        self._model = compile_city(city)
        self._scenario = scenario
        self._seed = seed
        self._decisions: list[Order] = []
        self._watched = {condition.component for inject in scenario.injects for condition in inject.trigger.conditions}
        self._decided: dict[str, int] = {}
        """The minute at which each decision point was decided first."""
        self._levels: dict[str, list[tuple[int, int]]] = {}
        self._whole: Trace | None = None
        self.simulation = self._from_zero()

    @property
    def horizon(self) -> int:
        """The last minute of the simulation."""
        return self._scenario.horizon

    def advance(self, minute: int) -> None:
        """Evaluate up to and including *minute*, at most the horizon."""
        if self.simulation.next_minute <= min(minute, self.horizon):
            self._note(self.simulation.advance(minute))

    def take(self, decisions: Iterable[Decision]) -> None:
        """Take decisions from the log, in its order; goes back to zero where one comes late."""
        late = False
        for decision in decisions:
            if decision.point is not None:
                self._decided.setdefault(decision.point, decision.minute)
            order = order_of(decision)
            if order.minute > self.horizon:
                continue
            self._decisions.append(order)
            self._whole = None
            late = late or order.minute < self.simulation.next_minute
            if not late:
                self.simulation.order(order)
        if late:
            reached = self.simulation.next_minute - 1
            self.simulation = self._from_zero()
            self.advance(reached)

    def to_horizon(self) -> Trace:
        """Return the whole run with the decisions so far, computed apart."""
        if self._whole is not None:
            return self._whole
        known = len(self._decisions)
        whole = self.to_horizon_with()
        if len(self._decisions) == known:  # asked for beside the clock, a decision may have come in meanwhile
            self._whole = whole
        return whole

    def to_horizon_with(self, *extra: Order) -> Trace:
        """Return the whole run with *extra* decisions after those so far, computed apart."""
        simulation = self._new(extra)
        simulation.advance(self.horizon)
        return simulation.trace

    def holds_from(self, trigger: Trigger) -> int | None:
        """Return the first evaluated minute at which what *trigger* waits for held, or None when it has not yet."""
        return held_from(trigger, self._levels, self._decided, self.simulation.next_minute - 1)

    def _from_zero(self) -> Simulation:
        self._levels = {}
        return self._new(())

    def _new(self, extra: Sequence[Order]) -> Simulation:
        orders = (*incident_orders(self._scenario), *self._decisions, *extra)
        clocks: Mapping[str, int] = clock_lengths(self._scenario)
        return Simulation(self._model, orders, horizon=self.horizon, seed=self._seed, clocks=clocks)

    def _note(self, records: Iterable[Record]) -> None:
        for record in records:
            if record.what is What.LEVEL and record.subject in self._watched and isinstance(record.value, int):
                self._levels.setdefault(record.subject, []).append((record.minute, record.value))


def orders_with(scenario: Scenario, decisions: Iterable[Decision]) -> tuple[Order, ...]:
    """Return the incidents of *scenario* and these *decisions*, as far as they count before its end."""
    taken = [order_of(decision) for decision in decisions if decision.effective <= scenario.horizon]
    return (*incident_orders(scenario), *taken)


def run_with(city: City, scenario: Scenario, decisions: Iterable[Decision], seed: int) -> Trace:
    """Return the whole run of *scenario* with *decisions* and no others."""
    orders = orders_with(scenario, decisions)
    return simulate(city, orders, horizon=scenario.horizon, seed=seed, clocks=clock_lengths(scenario))


def order_of(decision: Decision) -> Order:
    """Return what the simulation is told to do by *decision*."""
    return Order(decision.order_id, "decision", decision.effective, decision.effects)
