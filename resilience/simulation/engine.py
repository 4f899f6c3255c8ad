"""The engine: lets orders cascade through a city, minute by minute at which something is due (semantics, The minute).

It touches only what the cascade touches, and never keeps a waiting process per component.
"""

from collections.abc import Iterable, Mapping

from city_model import effects as fx
from city_model.schema import City
from resilience.simulation.agenda import Agenda, Due, Timer
from resilience.simulation.chronicle import Chronicle
from resilience.simulation.damages import Damages
from resilience.simulation.effects import Crew, Effects, Given
from resilience.simulation.levels import Levels
from resilience.simulation.luck import Luck
from resilience.simulation.malware import Malware
from resilience.simulation.marks import Marks
from resilience.simulation.memory import CLEANING, NEVER, VERIFICATION, Memory
from resilience.simulation.model import Model, compile_city
from resilience.simulation.orders import Order
from resilience.simulation.remember import Remember
from resilience.simulation.repairs import Repairs
from resilience.simulation.trace import Record, Trace, What

SEMANTICS_VERSION = 2
"""Raised when a rule changes what a run computes; an exercise that was played with another one is not recomputed."""


class Simulation:
    """One run over the minutes 0..horizon, both included, that can be continued and decided upon.

    *orders* are incidents and decisions in the order of the file or log; *clocks* gives per deadline its minutes.
    """

    def __init__(
        self,
        city: City | Model,
        orders: Iterable[Order],
        *,
        horizon: int,
        seed: int = 0,
        replication: int = 0,
        clocks: Mapping[str, int] | None = None,
    ) -> None:
        self.model = city if isinstance(city, Model) else compile_city(city)
        self.horizon = horizon
        self.seed = seed
        self.next_minute = 0
        """The first minute that has not been evaluated."""
        self._memory = Memory(self.model)
        self._agenda = Agenda(horizon, self._evaluate)
        self._levels = Levels(self.model, self._memory)
        self._chronicle = Chronicle(self.model, self._memory, self._levels)
        luck = Luck(seed, replication)
        self._repairs = Repairs(self.model, self._memory, self._levels, self._chronicle, self._agenda, luck)
        self._damages = Damages(self.model, self._memory, self._chronicle, self._agenda, self._repairs)
        self._marks = Marks(self.model, self._memory, self._chronicle, self._repairs)
        self._malware = Malware(
            self.model, self._memory, self._chronicle, self._agenda, self._repairs, self._damages, self._marks, luck
        )
        crew = Crew(self._repairs, self._damages, self._malware, self._marks)
        self._effects = Effects(
            self.model, self._memory, self._levels, self._chronicle, self._agenda, crew, luck, dict(clocks or {})
        )
        self._remember = Remember(self.model, self._memory, self._levels, self._chronicle, self._agenda)
        self._orders: list[Order] = []
        self._order_record: dict[int, int] = {}
        for order in orders:
            self._schedule(order)

    def order(self, order: Order) -> None:
        """Take a decision during the run.

        Raises ValueError when the minute of *order* has already been evaluated.
        """
        if order.minute < self.next_minute:
            msg = f"minute {order.minute} has been evaluated; the first one still open is {self.next_minute}"
            raise ValueError(msg)
        self._schedule(order)

    def advance(self, minute: int) -> tuple[Record, ...]:
        """Evaluate everything due up to and including *minute*, at most the horizon; return the new records."""
        known = len(self._chronicle.records)
        minute = min(minute, self.horizon)
        self._agenda.advance(minute)
        self.next_minute = max(self.next_minute, minute + 1)
        return tuple(self._chronicle.records[known:])

    def level(self, component: str) -> int:
        """Return the level of *component* now, 0..100."""
        return self._memory.level[self.model.index[component]]

    @property
    def trace(self) -> Trace:
        """All records so far."""
        return Trace(self.model.city.id, self.seed, self.horizon, tuple(self._chronicle.records))

    def _schedule(self, order: Order) -> None:
        number = len(self._orders)
        self._orders.append(order)
        self._agenda.set(Timer(Due.ORDER, number, ORDER_ITSELF), order.minute)
        for place, effect in enumerate(order.effects):
            self._agenda.set(Timer(Due.ORDER, number, place), order.minute + effect.delay)

    def _evaluate(self, minute: int, timers: list[Timer]) -> None:
        self._levels.begin()
        self._chronicle.begin(minute)
        self._effects.begin()
        self._damages.begin()
        self._apply(minute, timers)
        touched = self._damages.touched | self._run_out(minute, timers)
        self._levels.solve(touched, minute)
        stood, carried = self._switch_on(touched, minute)
        self._chronicle.levels(minute, stood, carried)
        changed = self._levels.changed()
        self._remember.after(minute, touched, changed, carried, self._effects.touched_groups)
        self._marks.spread(minute)
        self._repairs.repair_needs(changed)
        self._repairs.step(minute)

    def _apply(self, minute: int, timers: list[Timer]) -> None:
        """Apply what is due in four classes: decisions, ends, malware, new damage (semantics, The minute)."""
        decisions, malware, harm = [], [], []
        for timer in timers:
            if timer.due is Due.ORDER:
                order = self._orders[timer.number]
                if order.kind == "decision":
                    decisions.append(timer)
                elif timer.place == ORDER_ITSELF or _is_malware(order.effects[timer.place]):
                    malware.append(timer)
                else:
                    harm.append(timer)
        self._give(decisions, minute)
        self._end(timers, minute)
        self._malware.arrive(timers, minute)
        self._give(malware, minute)
        for timer in timers:
            if timer.due is Due.DETONATES:
                self._malware.detonate(timer.source, minute)
        self._give(harm, minute)
        for timer in timers:
            if timer.due is Due.STRIKES:
                self._damages.strike_again(timer.number, timer.source, minute)

    def _end(self, timers: list[Timer], minute: int) -> None:
        """End the damage and the work that is over now."""
        for timer in timers:
            if timer.due is Due.DAMAGE_ENDS:
                damage = self._memory.damages[timer.number].get(timer.source)
                if damage is not None and damage.until == minute:
                    self._damages.end(timer.number, timer.source, minute, [])
            elif timer.due is Due.REPAIR_ENDS and self._repairs.is_done(timer.number, timer.source, minute):
                self._work_done(timer.number, timer.source, minute)

    def _work_done(self, part: int, source: str, minute: int) -> None:
        """End a damage whose repair is done, the cleaning or the verification of a part."""
        started = self._repairs.repair_record(part, source)
        self._repairs.free_team(part, source)
        if source == VERIFICATION:
            self._marks.verified(part, minute, started)
        elif source == CLEANING:
            self._malware.cleaned(part, minute, started)
        else:
            self._memory.rebuild_chosen[part] = False
            self._damages.end(part, source, minute, [started])
            self._malware.cleaned(part, minute, started, source)

    def _give(self, timers: list[Timer], minute: int) -> None:
        for timer in timers:
            order = self._orders[timer.number]
            if timer.place == ORDER_ITSELF:
                what = What.DECISION if order.kind == "decision" else What.INCIDENT
                self._order_record[timer.number] = self._chronicle.write(minute, order.id, what)
            else:
                given = Given(order.id, minute, self._order_record[timer.number])
                self._effects.apply(order.effects[timer.place], given)

    def _run_out(self, minute: int, timers: list[Timer]) -> set[int]:
        """Let what is used up by now be so; return the parts that this touches."""
        touched = set()
        for timer in timers:
            if timer.due is Due.BUFFER_EMPTY:
                if self._remember.buffer_ran_empty(timer.number, minute):
                    self._repairs.review(self.model.groups[timer.number].dependent)
                    touched.add(self.model.groups[timer.number].dependent)
            elif timer.due is Due.DETECTED:
                self._repairs.detected(timer.number, timer.source, minute)
            elif timer.due in _PART_TIMERS:
                self._remember.run_out(timer, minute)
                touched.add(timer.number)
        return touched

    def _switch_on(self, touched: set[int], minute: int) -> tuple[set[int], set[int]]:
        """Stand up and fall back where that is possible now, until nothing more comes back (rule 9.2)."""
        levels, stopped, fallback = self._levels, self._memory.stopped, self._memory.fallback
        stood: set[int] = set()
        carried: set[int] = set()
        while True:
            candidates = touched | levels.evaluated | self._remember.start_dependents(levels.before)
            standing = {part for part in candidates if stopped[part] and self._can_stand(part, minute)}
            falling_back = {part for part in candidates if fallback[part] and self._can_fall_back(part, minute)}
            if not standing and not falling_back:
                return stood, carried
            for part in standing:
                stopped[part] = False
            for part in falling_back:
                state = fallback[part]
                assert state is not None
                state.in_use = True
            stood |= standing
            carried |= falling_back
            levels.solve(standing | falling_back, minute)

    def _can_stand(self, part: int, minute: int) -> bool:
        lag, since = self.model.parts[part].lag, self._memory.startable_since[part]
        served = lag == 0 or (since != NEVER and minute - since >= lag)
        return served and self._levels.is_startable(part, minute)

    def _can_fall_back(self, part: int, minute: int) -> bool:
        rule, state = self.model.parts[part].fallback, self._memory.fallback[part]
        if rule is None or state is None or state.in_use or self._memory.normal[part] >= rule.level:
            return False
        ready = self._levels.fallback_is_ready(part, minute)
        return ready and all(self._levels.group_level(group, minute) > 0 for group in rule.groups)


ORDER_ITSELF = -1
_PART_TIMERS = frozenset({Due.CAUGHT_UP, Due.FALLBACK_USED_UP, Due.FALLBACK_READY, Due.LAG_SERVED})


def _is_malware(effect: fx.Effect) -> bool:
    detonates = isinstance(effect, fx.Damage) and (effect.destroys_data or effect.reach == "paths")
    return detonates or isinstance(effect, fx.Infect)


def simulate(
    city: City | Model,
    orders: Iterable[Order],
    *,
    horizon: int,
    seed: int = 0,
    replication: int = 0,
    clocks: Mapping[str, int] | None = None,
) -> Trace:
    """Return the trace of a whole run."""
    simulation = Simulation(city, orders, horizon=horizon, seed=seed, replication=replication, clocks=clocks)
    simulation.advance(horizon)
    return simulation.trace
