"""One seat's hold on an exercise file: what it sees, how it keeps up with others, and how it writes.

The actions themselves are in session.py.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from city_model.effects import Effect
from city_model.schema import City
from resilience.base.language import Language, _
from resilience.base.problems import RunError
from resilience.exercise import agenda as agendas
from resilience.exercise.agenda import AgendaLine, PointLine
from resilience.exercise.conductor import Conductor
from resilience.exercise.evaluation.comparison import Comparison, compare
from resilience.exercise.events import Draft, Event, Kind
from resilience.exercise.keeping import frozen
from resilience.exercise.keeping.pseudonyms import pseudonymous
from resilience.exercise.keeping.storage_faults import damaged
from resilience.exercise.keeping.store import Store
from resilience.exercise.keeping.wall import Wall, wall_now
from resilience.exercise.moment import Moment, refuse
from resilience.exercise.records import Head, SentInject
from resilience.exercise.running import Running
from resilience.exercise.seats import FACILITATOR, Seat, scenario_for, visible_events
from resilience.exercise.sending import due_drafts
from resilience.exercise.state import ExerciseState, Phase, fold_all
from resilience.simulation.engine import SEMANTICS_VERSION, Simulation
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace
from scenarios.schema import DecisionPoint, Option, Scenario

Plan = Callable[[Moment], Sequence[Draft]]


class Seated:
    """One seat at one exercise: what it sees, and how it writes."""

    def __init__(self, store: Store, seat: Seat, wall_source: Callable[[], int], *, read_only: bool = False) -> None:
        self.seat = seat
        self.read_only = read_only
        self._store = store
        self._wall = Wall(wall_source)
        self._conductor = Conductor(store)
        self._wants_to_conduct = True
        self._all = ExerciseState()
        self._seen = self._all
        """What of it this seat may know: the fold over the events that it may see."""
        self._running: Running | None = None
        self._reached: int | None = None
        """The wall moment of the last tick or action."""
        self._absorb(store.events())

    @classmethod
    def create(
        cls,
        path: Path | None,
        city: str,
        scenario: str,
        *,
        seed: int = 0,
        lang: Language = "nl",
        group: str = "",
        keep_until: dt.date | None = None,
        wall_source: Callable[[], int] = wall_now,
    ) -> Self:
        """Make a new exercise at *path* (None: in memory only) and conduct it.

        City and scenario are read once and kept in the file. Raises InputError with every problem in them.
        """
        first = frozen.created(city, scenario, seed=seed, lang=lang, group=group, keep_until=keep_until)
        wall = wall_source()
        session = cls(Store.create(path, [first], wall=wall), FACILITATOR, wall_source)
        session._conduct(wall)
        return session

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        seat: Seat = FACILITATOR,
        conduct: bool = True,
        read_only: bool = False,
        wall_source: Callable[[], int] = wall_now,
    ) -> Self:
        """Take a seat at an existing exercise; a facilitator conducts it when nobody else does.

        A clock that ran when its conductor was killed is stopped at the last sign of life: that time was not played.
        """
        session = cls(Store.open(path, read_only=read_only), seat, wall_source, read_only=read_only)
        try:
            if seat.role == "cell" and seat.name not in {cell.id for cell in session._scenario.cells}:
                known = ", ".join(cell.id for cell in session._scenario.cells)
                refuse(_("{cell} does not play here", cell=seat.name), _("use one of: {words}", words=known))
            session._wants_to_conduct = conduct and not read_only
            session._wall.in_step_with(session._store.lease())
            session._conduct(session.wall())
        except BaseException:
            session._store.close()
            raise
        return session

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self, wall: int | None = None) -> None:
        """Leave; a conductor stops a running clock and gives the lease back, for nobody would send what is due."""
        try:
            if self._conductor.holds:
                self._act(self._conductor.leaving, wall)
        finally:
            self._store.close()

    # What stands

    @property
    def path(self) -> Path | None:
        """The exercise file; None in memory."""
        return self._store.path

    @property
    def state(self) -> ExerciseState:
        """The state as this seat may know it."""
        return self._all if self.seat.role == "facilitator" else self._seen

    @cached_property
    def city(self) -> City:
        """The city as it was when the exercise was made."""
        return frozen.thawed_city(self._all.events[0].payload, self._store.name)

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was, without what this seat may not know."""
        if self.seat.sees_all:
            return self._scenario
        ended = self.state.phase is Phase.ENDED
        return scenario_for(self._scenario, self.seat, self.minute(), self.state.deadlines, ended=ended)

    @property
    def language(self) -> Language:
        """The language in which the exercise is played."""
        return self._head.language

    @property
    def is_conductor(self) -> bool:
        """Whether this session drives the clock and sends the scheduled injects."""
        return self._conductor.holds

    @property
    def recomputable(self) -> bool:
        """Whether this program computes with the rules by which the exercise was played."""
        return self._head.semantics == SEMANTICS_VERSION

    @property
    def simulation(self) -> Simulation:
        """The simulation, as far as the exercise has come."""
        return self._run.simulation

    @property
    def trace(self) -> Trace:
        """What the simulation recorded so far; after ENDEX the whole run to the horizon, as it was recorded then."""
        self._allow("facilitator", "observer")
        if self._all.phase is not Phase.ENDED:
            return self._run.simulation.trace
        recorded = self._all.events_of(Kind.ENDEX)[-1].payload["trace"]
        content = self._store.attachment(recorded) if recorded else None
        if content is None:
            raise RunError(_("the recorded course of this exercise is missing from {file}", file=self._store.name))
        return Trace.from_json(json.loads(content))

    def level(self, component: str) -> int:
        """Return the level of *component* now."""
        return self.simulation.level(component)

    def wall(self) -> int:
        """Return the wall moment now."""
        return self._wall()

    def minute(self, wall: int | None = None) -> int:
        """Return the exercise minute at *wall*."""
        return self._all.clock.minute(self._at(wall))

    def hide_people(self) -> None:
        """Show people as numbers from here on: for what leaves the house. Only where nothing is written."""
        assert self.read_only, "names are hidden in what is shown, never in the log"  # noqa: S101 - our own use
        events = pseudonymous(self._all.events, self._scenario, self.city)
        self._all = fold_all(events)
        self._seen = fold_all(visible_events(events, self.seat))

    # What moves it on

    def has_news(self) -> bool:
        """Whether another process wrote since this was asked last; so cheap that it can be asked ten times a second."""
        return self._store.changed()

    def refresh(self) -> tuple[Event, ...]:
        """Read what other processes wrote; returns what this seat may see of it."""
        events = self._store.events(self._all.last_seq)
        self._absorb(events)
        return visible_events(events, self.seat, merged=self._all.merged)

    def tick(self, wall: int | None = None) -> tuple[Event, ...]:
        """Move on to *wall*: read what others wrote, conduct when it is ours to do, let the simulation follow.

        Meant to be called a few times a second; returns the new events that this seat may see.
        """
        at = self._reached = self._at(wall)
        known = self._all.last_seq
        self.refresh()
        if self._may_conduct():
            if self._conductor.was_asleep():
                self._act(self._conductor.stopped_clock, at)
            if self._conductor.is_due(at):
                self._act(self._conductor.sign_of_life, at)
            if self._conductor.holds and self._all.phase is Phase.RUNNING:
                self._send_due(at, conducting=True)
        self._follow(at)
        return visible_events(self._all.events[known:], self.seat, merged=self._all.merged)

    # Questions

    def agenda(self, wall: int | None = None) -> tuple[AgendaLine, ...]:
        """Return every inject and how it stands, what asks for attention first."""
        self._allow("facilitator", "observer")
        return agendas.agenda(self._scenario, self._all, self._moment(wall).minute, self._run.holds_from)

    def points(self, wall: int | None = None) -> tuple[PointLine, ...]:
        """Return the decision points: all of them, or those on the table of this cell."""
        self._allow("facilitator", "observer", "cell")
        lines = agendas.points(self.scenario, self.state, self._moment(wall).minute)
        return lines if self.seat.sees_all else tuple(line for line in lines if line.status != "later")

    def received(self, cell: str) -> tuple[SentInject, ...]:
        """Return the injects that *cell* received, in order."""
        return tuple(sent for sent in self.state.sent.values() if cell in sent.cells)

    def preview(self, effects: Sequence[Effect], *, order_id: str = "preview") -> Comparison:
        """Return what *effects*, decided now, would change per function until the horizon, computed on copies."""
        self._allow("facilitator", "observer")
        minute = self._moment(None).minute
        order = Order(order_id, "decision", minute + 1, tuple(effects))
        run = self._run
        return compare(run.to_horizon(), run.to_horizon_with(order), self.city.functions, minute)

    def preview_option(self, point_id: str, option_id: str) -> Comparison:
        """Return what an option, taken now, would change."""
        _point, option = self._option(point_id, option_id)
        return self.preview(option.effects, order_id=point_id)

    # Inside

    @cached_property
    def _scenario(self) -> Scenario:
        return frozen.thawed_scenario(self._all.events[0].payload, self.city, self._store.name)

    @property
    def _run(self) -> Running:
        self._allow("facilitator", "observer")
        return self._computed()

    def _computed(self) -> Running:
        if self._running is None:
            self._require_same_rules()
            self._running = Running(self.city, self._scenario, self._head.seed)
            self._running.take(self._all.decisions)
            self._follow(self.wall() if self._reached is None else self._reached)
        return self._running

    def _require_same_rules(self) -> None:
        if self.recomputable:
            return
        message = _(
            "this exercise was played with version {played} of the engine's rules and this program has version {now}: "
            "what was recorded can be shown, but not computed again",
            played=self._head.semantics,
            now=SEMANTICS_VERSION,
        )
        raise RunError(message)

    @property
    def _head(self) -> Head:
        if self._all.head is None:
            raise damaged(self._store.name, _("its first event is missing"))
        return self._all.head

    def _at(self, wall: int | None) -> int:
        return self.wall() if wall is None else wall

    def _moment(self, wall: int | None) -> Moment:
        return Moment(self._all, self._scenario, self.city, self._at(wall), self.seat)

    def _absorb(self, events: Sequence[Event]) -> None:
        """Fold committed events in, and tell the simulation of the decisions among them."""
        new = [event for event in events if event.seq > self._all.last_seq]
        if [event.seq for event in new] != list(range(self._all.last_seq + 1, self._all.last_seq + 1 + len(new))):
            raise damaged(self._store.name, _("an event is missing"))
        known = len(self._all.decisions)
        self._wall.not_before(max((event.wall for event in new), default=0))
        self._all = fold_all(new, self._all)
        if self.seat.role == "observer" and any(event.kind is Kind.MERGED for event in new):
            self._seen = fold_all(visible_events(self._all.events, self.seat))
        elif self.seat.role != "facilitator":
            self._seen = fold_all(visible_events(new, self.seat, merged=self._all.merged), self._seen)
        if self._running is not None and len(self._all.decisions) > known:
            self._running.take(self._all.decisions[known:])

    def _act(self, plan: Plan, wall: int | None) -> tuple[Event, ...]:
        """Write what *plan* makes of the newest state, in one transaction; returns what it wrote."""
        if self.read_only:
            raise RunError(_("{file} was opened to be read only", file=self._store.name))
        if self._all.phase is not Phase.ENDED:
            self._require_same_rules()
        at = self._reached = self._at(wall)
        unseen_until = self._all.last_seq
        self._moment(at)  # thaws map and scenario now, not while others wait for the file

        def make(unseen: tuple[Event, ...]) -> Sequence[Draft]:
            nonlocal unseen_until
            self._absorb(unseen)
            unseen_until = self._all.last_seq
            return plan(self._moment(at))

        events = self._store.transact(unseen_until, make, wall=at)
        self._absorb(events)
        return tuple(event for event in events if event.seq > unseen_until)

    def _one(self, plan: Plan, wall: int | None) -> Event:
        """Do what *plan* says and return the first event of it."""
        return self._act(plan, wall)[0]

    def _event(self, seq: int) -> Event:
        return self._all.events[seq - 1]

    def _conduct(self, wall: int) -> None:
        if self._may_conduct():
            self._act(self._conductor.sign_of_life, wall)

    def _may_conduct(self) -> bool:
        ours = self.seat.role == "facilitator" and self._wants_to_conduct
        return ours and self.recomputable and self._all.phase is not Phase.ENDED

    def _follow(self, wall: int) -> None:
        """Let the simulation, once somebody asked for it, follow the clock; before STARTEX nothing has happened."""
        if self._running is not None and self._all.phase is not Phase.PREPARED:
            self._running.advance(self._moment(wall).minute)

    def _send_due(self, wall: int, *, conducting: bool = False) -> None:
        """Send what is due at *wall*, each with the minute at which it was due."""
        self._computed()
        self._follow(wall)

        def plan(now: Moment) -> Sequence[Draft]:
            if conducting and not (self._conductor.still_holds() and now.state.phase is Phase.RUNNING):
                return []
            return self._due(now)

        if self._due(self._moment(wall)):
            self._act(plan, wall)

    def _due(self, now: Moment) -> tuple[Draft, ...]:
        return due_drafts(now, self._computed().holds_from)

    def _option(self, point_id: str, option_id: str | None) -> tuple[DecisionPoint, Option]:
        known = self._scenario.decision_by_id
        if point_id not in known:
            what = _("there is no decision {decision}", decision=point_id)
            refuse(what, _("use one of: {words}", words=", ".join(known)))
        point = known[point_id]
        for option in point.options:
            if option.id == option_id:
                return point, option
        what = _("{decision} has no option {option}", decision=point_id, option=option_id)
        return refuse(what, _("use one of: {words}", words=", ".join(option.id for option in point.options)))

    def _cell(self, cell: str | None) -> str | None:
        known = [known.id for known in self._scenario.cells]
        if cell is not None and cell not in known:
            refuse(_("{cell} does not play here", cell=cell), _("use one of: {words}", words=", ".join(known)))
        return cell

    def _allow(self, *roles: str) -> None:
        if self.seat.role not in roles:
            what = _("this seat cannot do that")
            refuse(what, _("ask the facilitator"))
