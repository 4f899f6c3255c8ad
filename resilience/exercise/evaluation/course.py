"""An exercise as it was played, with its whole run: what a report and a comparison read of it."""

from dataclasses import dataclass
from typing import Self

from city_model.schema import City, Component
from resilience.base.language import _
from resilience.base.problems import RunError
from resilience.exercise.records import Decision
from resilience.exercise.running import run_with
from resilience.exercise.session import Session
from resilience.exercise.state import ExerciseState, Phase
from resilience.simulation.trace import Trace
from scenarios.schema import Scenario


@dataclass(frozen=True)
class Course:
    """The log folded, and the run; *trace* runs to the horizon."""

    city: City
    scenario: Scenario
    state: ExerciseState
    trace: Trace
    recomputable: bool
    """Whether this program computes with the rules by which it was played."""

    @staticmethod
    def in_session(session: Session) -> "Course":
        """Read everything from *session*; the run after the end of play goes on without further decisions."""
        city, scenario, state = session.city, session.scenario, session.state
        is_recorded = state.phase is Phase.ENDED or not session.recomputable
        seed = state.head.seed if state.head else 0
        trace = session.trace if is_recorded else run_with(city, scenario, state.decisions, seed)
        return Course(city, scenario, state, trace, session.recomputable)

    @property
    def functions(self) -> tuple[Component, ...]:
        """The city functions that are looked at."""
        return self.city.functions

    def title(self, decision: Decision) -> str:
        """Return what was decided, in a few words."""
        point = self.scenario.decision_by_id.get(decision.point or "")
        if point is None:
            return decision.what
        option = next((one for one in point.options if one.id == decision.option), None)
        if option is None:
            return str(point.title)
        return _("{title} – {option}", title=point.title, option=option.name)

    def require_same_rules(self) -> Self:
        """Return this; raises RunError where it was played by other rules, and cannot be replayed."""
        if self.recomputable:
            return self
        raise RunError(_("this exercise was played by other rules of the engine: it can be shown, but not replayed"))
