"""What a scenario must satisfy beyond its schema: one function per rule, each with the place and the remedy.

No check runs a simulation; whether a decision changes anything is for resilience.analysis.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from city_model.effects import Effect, ExtendClock, MeetClock, StartClock
from city_model.faults import Fault, Path
from city_model.schema import City
from city_model.targets import effect_faults, unknown
from resilience.base.language import _
from resilience.base.units import format_duration
from scenarios.schema import Condition, Scenario

Check = Callable[[Scenario, City], Iterator[Fault]]


def all_effects(scenario: Scenario) -> Iterator[tuple[Path, Effect]]:
    """Yield every effect of *scenario* with its place in the file."""
    for i, incident in enumerate(scenario.incidents):
        for k, effect in enumerate(incident.effects):
            yield ("incidents", i, "effects", k), effect
    for i, decision in enumerate(scenario.decisions):
        for j, option in enumerate(decision.options):
            for k, effect in enumerate(option.effects):
                yield ("decisions", i, "options", j, "effects", k), effect


def duplicate_ids(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Ids are unique in their list; those of incidents, injects and decisions among each other too."""
    del city
    events: list[tuple[Path, str]] = [
        *((("incidents", i, "id"), incident.id) for i, incident in enumerate(scenario.incidents)),
        *((("injects", i, "id"), inject.id) for i, inject in enumerate(scenario.injects)),
        *((("decisions", i, "id"), decision.id) for i, decision in enumerate(scenario.decisions)),
    ]
    yield from _repeated(events)
    for field in ("rounds", "cells", "objectives", "clocks", "values"):
        items = getattr(scenario, field)
        yield from _repeated(((field, i, "id"), item.id) for i, item in enumerate(items))
    yield from _repeated(
        (("objectives", i, "critical_tasks", j, "id"), task.id)
        for i, objective in enumerate(scenario.objectives)
        for j, task in enumerate(objective.critical_tasks)
    )
    for i, decision in enumerate(scenario.decisions):
        yield from _repeated((("decisions", i, "options", j, "id"), o.id) for j, o in enumerate(decision.options))


def _repeated(placed: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for loc, identity in placed:
        if identity in seen:
            yield Fault(loc, _("{id} is used twice", id=identity), _("give one of them another id"))
        seen.add(identity)


def round_order(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Rounds follow each other without overlap or gap, and end at the horizon at the latest."""
    del city
    for i, played in enumerate(scenario.rounds):
        if played.ends <= played.starts:
            what = _("round {id} ends before it starts", id=played.id)
            yield Fault(("rounds", i, "ends"), what, _("let it end after {time}", time=format_duration(played.starts)))
    for i, (before, after) in enumerate(pairwise(scenario.rounds), start=1):
        if after.starts != before.ends:
            form = (
                _("rounds {before} and {after} overlap", before=before.id, after=after.id)
                if after.starts < before.ends
                else _("between rounds {before} and {after} is a gap", before=before.id, after=after.id)
            )
            repair = _("let {after} start at {time}", after=after.id, time=format_duration(before.ends))
            yield Fault(("rounds", i, "starts"), form, repair)


def after_the_horizon(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Nothing of the scenario lies after its horizon: it would never happen."""
    del city
    placed: list[tuple[Path, str, int]] = [
        *((("rounds", i, "ends"), r.id, r.ends) for i, r in enumerate(scenario.rounds)),
        *((("incidents", i, "at"), x.id, x.at) for i, x in enumerate(scenario.incidents)),
        *(
            (("injects", i, "trigger", "at"), x.id, x.trigger.at)
            for i, x in enumerate(scenario.injects)
            if x.trigger.at is not None
        ),
        *((("decisions", i, "deadline"), x.id, x.deadline) for i, x in enumerate(scenario.decisions)),
    ]
    for loc, identity, minute in placed:
        if minute > scenario.horizon:
            what = _("{id} lies at {time}, after the horizon", id=identity, time=format_duration(minute))
            repair = _("move it to {time} or earlier, or move the horizon", time=format_duration(scenario.horizon))
            yield Fault(loc, what, repair)


def cells_exist(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Injects, decisions and critical tasks name cells of the scenario."""
    del city
    cells = [cell.id for cell in scenario.cells]
    for i, inject in enumerate(scenario.injects):
        for j, cell in enumerate(inject.cells):
            if cell not in cells:
                yield unknown(("injects", i, "cells", j), _("cell"), cell, cells)
    for i, decision in enumerate(scenario.decisions):
        if decision.decides not in cells:
            yield unknown(("decisions", i, "decides"), _("cell"), decision.decides, cells)
    for i, objective in enumerate(scenario.objectives):
        for j, task in enumerate(objective.critical_tasks):
            for k, cell in enumerate(task.cells):
                if cell not in cells:
                    yield unknown(("objectives", i, "critical_tasks", j, "cells", k), _("cell"), cell, cells)


def objectives_exist(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Injects and decisions name objectives of the scenario."""
    del city
    known = [objective.id for objective in scenario.objectives]
    named: list[tuple[Path, str | None]] = [
        *((("injects", i, "objective"), inject.objective) for i, inject in enumerate(scenario.injects)),
        *((("decisions", i, "objective"), decision.objective) for i, decision in enumerate(scenario.decisions)),
    ]
    for loc, objective in named:
        if objective is not None and objective not in known:
            yield unknown(loc, _("objective"), objective, known)


def values_exist(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Decisions name values of the scenario."""
    del city
    known = [value.id for value in scenario.values]
    for i, decision in enumerate(scenario.decisions):
        for j, value in enumerate(decision.values):
            if value not in known:
                yield unknown(("decisions", i, "values", j), _("value"), value, known)


def clocks_exist(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Injects and effects name clocks of the scenario."""
    del city
    known = [clock.id for clock in scenario.clocks]
    for i, inject in enumerate(scenario.injects):
        for j, clock in enumerate(inject.starts_clocks):
            if clock not in known:
                yield unknown(("injects", i, "starts_clocks", j), _("clock"), clock, known)
    for loc, effect in all_effects(scenario):
        if isinstance(effect, StartClock | MeetClock | ExtendClock) and effect.clock not in known:
            yield unknown((*loc, "clock"), _("clock"), effect.clock, known)


def decision_windows(scenario: Scenario, city: City) -> Iterator[Fault]:
    """A decision opens before its deadline."""
    del city
    for i, decision in enumerate(scenario.decisions):
        if decision.deadline <= decision.opens:
            what = _("the deadline of {id} is not after its opening", id=decision.id)
            repair = _("move the deadline to after {time}", time=format_duration(decision.opens))
            yield Fault(("decisions", i, "deadline"), what, repair)


def defaults_are_options(scenario: Scenario, city: City) -> Iterator[Fault]:
    """The default of a decision is one of its options."""
    del city
    for i, decision in enumerate(scenario.decisions):
        options = [option.id for option in decision.options]
        if decision.default not in options:
            yield unknown(("decisions", i, "default"), _("option"), decision.default, options)


def neutral_options_exist(scenario: Scenario, city: City) -> Iterator[Fault]:
    """What is marked as deliberately neutral are options of that decision."""
    del city
    for i, decision in enumerate(scenario.decisions):
        options = [option.id for option in decision.options]
        for j, neutral in enumerate(decision.deliberately_neutral):
            for k, option in enumerate(neutral.options):
                if option not in options:
                    loc: Path = ("decisions", i, "deliberately_neutral", j, "options", k)
                    yield unknown(loc, _("option"), option, options)


def injects_for_open_decisions(scenario: Scenario, city: City) -> Iterator[Fault]:
    """An inject that puts a decision on the table comes while that decision is open."""
    del city
    for i, inject in enumerate(scenario.injects):
        if inject.decision is None:
            continue
        decision = scenario.decision_by_id.get(inject.decision)
        if decision is None:
            loc: Path = ("injects", i, "decision")
            yield unknown(loc, _("decision"), inject.decision, scenario.decision_by_id)
        elif inject.trigger.at is not None and not decision.opens <= inject.trigger.at <= decision.deadline:
            what = _("decision {id} is not open when this inject comes", id=decision.id)
            repair = _(
                "send it between {opens} and {deadline}, or move the decision",
                opens=format_duration(decision.opens),
                deadline=format_duration(decision.deadline),
            )
            yield Fault(("injects", i, "trigger", "at"), what, repair)


def conditions_name_components(scenario: Scenario, city: City) -> Iterator[Fault]:
    """The conditions of an inject watch components of the city."""
    for i, inject in enumerate(scenario.injects):
        trigger = inject.trigger
        watched: list[tuple[Path, Condition]] = [
            *((("when",), one) for one in (trigger.when,) if one is not None),
            *((("when_any", j), one) for j, one in enumerate(trigger.when_any or ())),
            *((("when_all", j), one) for j, one in enumerate(trigger.when_all or ())),
        ]
        for where, condition in watched:
            if condition.component not in city.component_by_id:
                loc: Path = ("injects", i, "trigger", *where, "component")
                yield unknown(loc, _("component"), condition.component, city.component_by_id)


def missing_decisions(scenario: Scenario, city: City) -> Iterator[Fault]:
    """An inject that waits for a missing decision names one that is open by then, and comes before the horizon."""
    del city
    for i, inject in enumerate(scenario.injects):
        waits = inject.trigger.undecided
        if waits is None:
            continue
        loc: Path = ("injects", i, "trigger", "undecided")
        decision = scenario.decision_by_id.get(waits.decision)
        if decision is None:
            yield unknown((*loc, "decision"), _("decision"), waits.decision, scenario.decision_by_id)
        elif not decision.opens < waits.by < scenario.horizon:
            what = _("decision {id} cannot be missing at {time}", id=decision.id, time=format_duration(waits.by))
            times = {"opens": format_duration(decision.opens), "end": format_duration(scenario.horizon)}
            yield Fault((*loc, "by"), what, _("take a time after {opens} and before {end}", **times))


def new_uses_are_weighed(scenario: Scenario, city: City) -> Iterator[Fault]:
    """A new use of data asks the four questions, so its decision has values."""
    del city
    for i, decision in enumerate(scenario.decisions):
        for j, option in enumerate(decision.options):
            if option.new_use is not None and not decision.values:
                what = _("this option uses data for something new, and its decision weighs no values")
                loc: Path = ("decisions", i, "options", j, "new_use")
                yield Fault(loc, what, _("name the values at stake below the decision"))


def reminders_say_something(scenario: Scenario, city: City) -> Iterator[Fault]:
    """A reminder reminds of expected actions."""
    del city
    for i, inject in enumerate(scenario.injects):
        if inject.remind_after is not None and not inject.expected:
            what = _("there is nothing to remind of")
            yield Fault(("injects", i, "remind_after"), what, _("write the expected actions, or leave this out"))


def effects_have_targets(scenario: Scenario, city: City) -> Iterator[Fault]:
    """Every effect names components, teams, needs and paths of the city, and incidents of the scenario."""
    for loc, effect in all_effects(scenario):
        yield from effect_faults(loc, effect, city, [incident.id for incident in scenario.incidents])


OF_THE_CITY: Sequence[Check] = (conditions_name_components, effects_have_targets)
"""What a scenario for another city fails."""
CHECKS: Sequence[Check] = (
    duplicate_ids,
    round_order,
    after_the_horizon,
    cells_exist,
    objectives_exist,
    values_exist,
    clocks_exist,
    decision_windows,
    defaults_are_options,
    neutral_options_exist,
    injects_for_open_decisions,
    missing_decisions,
    new_uses_are_weighed,
    reminders_say_something,
    *OF_THE_CITY,
)


def faults_of(scenario: Scenario, city: City) -> tuple[Fault, ...]:
    """Return every fault that the checks find in *scenario*, played in *city*."""
    return tuple(fault for check in CHECKS for fault in check(scenario, city))


def misses_in(scenario: Scenario, city: City) -> bool:
    """Return whether *scenario* names something that *city* does not have."""
    return any(True for check in OF_THE_CITY for _fault in check(scenario, city))
