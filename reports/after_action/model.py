"""An exercise as its after-action report reads it: the log folded, the whole run, and the words for both."""

from dataclasses import dataclass
from functools import cached_property

from city_model.redaction import Reader, view_for
from city_model.schema import City, Component
from reports.run import Run
from resilience.base.language import _
from resilience.exercise.evaluation.course import Course
from resilience.exercise.session import Session
from resilience.exercise.wording import who
from scenarios.schema import Cell


@dataclass(frozen=True)
class Played(Course):
    """What the report needs of an exercise."""

    view: City
    """The city as the reader may see it."""

    @classmethod
    def of(cls, session: Session, reader: Reader) -> "Played":
        """Read everything from *session*."""
        found = Course.in_session(session)
        view = view_for(found.city, reader)
        return cls(found.city, found.scenario, found.state, found.trace, found.recomputable, view)

    @property
    def functions(self) -> tuple[Component, ...]:
        """The city functions that the reader may see."""
        return self.view.functions

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
