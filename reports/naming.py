"""The names that a reader may see for what a trace calls by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from city_model.schema import City
from resilience.base.language import _
from resilience.base.units import format_clock
from resilience.simulation.explain import Step
from resilience.simulation.trace import Record, Trace, What
from scenarios.schema import Scenario

_VALUE_IS_NO_WORD = frozenset(
    {What.BUFFER_EMPTY, What.DAMAGE_ENDED, What.JOB_WAITS, What.FOOTHOLD, What.CLEANED, What.EXPOSED}
)
"""Kinds of record whose value is an id or a key, which no reader needs, or a number that not every reader may see."""


@dataclass(frozen=True)
class Names:
    """Looks names up in the reader's view of the city; what is not in it stays nameless instead of leaking its id."""

    view: City
    scenario: Scenario | None = None
    decided: Mapping[str, str] = field(default_factory=dict)
    """What each decision of the run is called, by the id of its order."""
    orders: frozenset[str] = frozenset()
    """The incidents and decisions of the run; one that nobody named goes by its id."""

    @cached_property
    def _known(self) -> dict[str, str]:
        found = {order: order.replace("-", " ") for order in self.orders}
        found |= {team.id: str(team.name) for team in self.view.teams}
        if self.scenario is not None:
            found |= {clock.id: str(clock.name) for clock in self.scenario.clocks}
            found |= {incident.id: str(incident.name) for incident in self.scenario.incidents}
            for point in self.scenario.decisions:
                found[point.id] = str(point.title)
                found |= {f"{point.id}/{option.id}": str(option.name) for option in point.options}
        found |= {component.id: str(component.name) for component in self.view.components}
        return found | dict(self.decided)

    def of(self, subject: str) -> str:
        """Return the name of *subject*."""
        return self._known.get(subject) or _("a part that is not shown")

    def is_shown(self, subject: str) -> bool:
        """Whether the reader may know that *subject* exists."""
        return subject in self._known

    def organisation_of(self, component: str) -> str:
        """Return the name of the organisation that owns *component*, or a dash where none is named."""
        found = self.view.component_by_id.get(component)
        owner = found.organisation if found else None
        organisation = self.view.organisation_by_id.get(owner) if owner else None
        return str(organisation.name) if organisation else "–"

    def readable(self, trace: Trace) -> Trace:
        """Return *trace* with names for ids that the city does not know, and nothing that the reader may not see.

        Only for explanations: parts that are not shown share one name.
        """
        return replace(trace, records=tuple(self._readable(record) for record in trace.records))

    def _readable(self, record: Record) -> Record:
        if record.subject in self.view.component_by_id:
            shown = record
        else:
            shown = record._replace(subject=self.of(record.subject))
        return shown._replace(value=None) if shown.what in _VALUE_IS_NO_WORD else shown


def without_moment(step: Step) -> str:
    """Return the sentence of *step* without the time that it opens with, for places where that stands beside it."""
    rest = step.sentence.removeprefix(format_clock(step.minute)).lstrip()
    return rest[:1].upper() + rest[1:]
