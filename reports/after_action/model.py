"""An exercise as its after-action report reads it: the log folded, the whole run, and the words for both."""

from dataclasses import dataclass
from functools import cached_property

from city_model.redaction import Reader, view_for
from city_model.schema import City
from reports.run import Run
from resilience.base.language import _
from resilience.exercise.records import Decision
from resilience.exercise.running import orders_with
from resilience.exercise.session import Session
from resilience.exercise.state import ExerciseState, Phase
from resilience.exercise.wording import who
from resilience.simulation.engine import simulate
from resilience.simulation.orders import clock_lengths
from resilience.simulation.trace import Trace
from scenarios.schema import Cell, Scenario


@dataclass(frozen=True)
class Played:
    """What the report needs of an exercise; *trace* runs to the horizon."""

    city: City
    view: City
    scenario: Scenario
    state: ExerciseState
    trace: Trace
    recomputable: bool

    @classmethod
    def of(cls, session: Session, reader: Reader) -> "Played":
        """Read everything from *session*; the run after the end of play goes on without further decisions."""
        city, scenario, state = session.city, session.scenario, session.state
        is_recorded = state.phase is Phase.ENDED or not session.recomputable
        seed = state.head.seed if state.head else 0
        trace = session.trace if is_recorded else run_with(city, scenario, state.decisions, seed)
        return cls(city, view_for(city, reader), scenario, state, trace, session.recomputable)

    @cached_property
    def run(self) -> Run:
        """The run, with the decisions named."""
        names = {one.order_id: self.title(one) for one in self.state.decisions}
        shown = {one.order_id for one in self.state.taken}
        return Run(self.view, self.trace, self.scenario, names, unshown=frozenset(names) - shown)

    @property
    def minute(self) -> int:
        """The exercise minute up to which was played."""
        return min(self.state.last_minute, self.scenario.horizon)

    @cached_property
    def signs(self) -> dict[int, str]:
        """The short name of every decision in charts and tables, by its number in the log."""
        return {decision.seq: _("D{number}", number=place) for place, decision in enumerate(self.state.taken, 1)}

    def title(self, decision: Decision) -> str:
        """Return what was decided, in a few words."""
        point = self.scenario.decision_by_id.get(decision.point or "")
        if point is None:
            return decision.what
        option = next((one for one in point.options if one.id == decision.option), None)
        if option is None:
            return str(point.title)
        return _("{title} – {option}", title=point.title, option=option.name)

    def cell(self, cell_id: str | None) -> str:
        """Return the name of a cell."""
        found = next((str(cell.name) for cell in self.scenario.cells if cell.id == cell_id), None)
        return found or (who(f"cell/{cell_id}", self.scenario) if cell_id else _("facilitator"))

    def cells(self, ids: tuple[str, ...]) -> str:
        """Return the names of cells; every seat where the entry was for all."""
        return _("everyone") if ids == ("*",) else ", ".join(self.cell(one) for one in ids)

    @property
    def players(self) -> tuple[Cell, ...]:
        """The cells that played."""
        return self.scenario.cells


def run_with(city: City, scenario: Scenario, decisions: tuple[Decision, ...], seed: int) -> Trace:
    """Return the whole run of *scenario* with *decisions* and no others."""
    return simulate(
        city,
        orders_with(scenario, decisions),
        horizon=scenario.horizon,
        seed=seed,
        clocks=clock_lengths(scenario),
    )
