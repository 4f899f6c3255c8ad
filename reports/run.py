"""One run as its reader may see it, with the words for it; what every section of a report is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from city_model.naming import organisation_name
from city_model.partner.redacted import how_much
from city_model.redaction import OFFICER, View
from city_model.schema import City
from reports.chart_spec import Mark
from reports.naming import Names
from reports.words import Moments, duration, number
from resilience.base.language import _
from resilience.simulation.metrics import Outcome, outcomes
from resilience.simulation.trace import Record, Trace, What
from scenarios.schema import Scenario


@dataclass(frozen=True)
class Run:
    """One run as its reader may see it: the city in view, the trace, and the words for both."""

    view: City
    trace: Trace
    scenario: Scenario | None = None
    decided: Mapping[str, str] = field(default_factory=dict)
    unshown: frozenset[str] = frozenset()
    """Orders that stand for a decision which another order carries out."""

    @cached_property
    def names(self) -> Names:
        """The names that the reader may see."""
        orders = frozenset(record.subject for record in self.trace.with_what(What.INCIDENT, What.DECISION))
        return Names(self.view, self.scenario, self.decided, orders)

    @cached_property
    def moments(self) -> Moments:
        """How minutes are said."""
        return Moments(self.scenario.start if self.scenario else None)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of every function, in the order of the map."""
        return outcomes(self.view, self.trace)

    @cached_property
    def fallen(self) -> tuple[Outcome, ...]:
        """The functions that fell, first one first."""
        fell = [outcome for outcome in self.outcomes if outcome.first_below_100 is not None]
        return tuple(sorted(fell, key=lambda outcome: outcome.first_below_100 or 0))

    @cached_property
    def decisions(self) -> tuple[Record, ...]:
        """The decisions that took effect."""
        return tuple(one for one in self.trace.with_what(What.DECISION) if one.subject not in self.unshown)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The decisions as marks in charts, numbered in the order in which they took effect."""
        return tuple(
            Mark(record.minute, _("D{number}", number=place), self.names.of(record.subject))
            for place, record in enumerate(self.decisions, 1)
        )

    @cached_property
    def readable(self) -> Trace:
        """The trace with names in it, for explanations."""
        return self.names.readable(self.trace)


def facts(run: Run) -> tuple[tuple[str, str], ...]:
    """Return what the report is about and what it was computed from."""
    found = [(_("City"), str(run.view.name))]
    if run.scenario is not None:
        found.append((_("Scenario"), str(run.scenario.name)))
        found.append((_("Start"), _("{day}, {time}", day=run.moments.day(), time=run.moments.local(0))))
    found += [
        (_("Length of the run"), duration(run.trace.horizon)),
        (_("Parts on the map"), number(len(run.view.components))),
        (_("Seed"), str(run.trace.seed)),
    ]
    return tuple(found)


def reader_facts(view: View) -> tuple[tuple[str, str], ...]:
    """Return for whom the report is and how much is hidden from them; nothing for the officer, who sees all."""
    if view.reader.role == OFFICER.role:
        return ()
    return ((_("For"), reader_name(view)), (_("Hidden"), str(how_much(view))))


def reader_name(view: View) -> str:
    """Return what the reader of *view* is called."""
    organisation = view.reader.organisation
    return organisation_name(view.city, organisation) if organisation else _("everybody")


def closing(run: Run) -> str:
    """Return how to make the same report again."""
    return _("The same map, scenario and seed ({seed}) give this same report, byte for byte.", seed=run.trace.seed)
