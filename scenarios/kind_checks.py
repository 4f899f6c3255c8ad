"""What must hold where an incident says where its kind strikes: the same for a scenario and for a question."""

from collections.abc import Iterator, Sequence

from city_model.fault_words import choice, shown
from city_model.faults import Fault, Path
from city_model.schema import City, NeedKind
from city_model.selection import selected
from city_model.targets import select_faults, unknown
from resilience.base.language import _
from scenarios.incident_kinds import KindReference, Parameter, Strike, strike_of
from scenarios.schema import Incident, ParameterValue, Scenario

_MOST_NAMES = 8
"""Components that a message names."""


def kind_faults(scenario: Scenario, city: City, kinds: KindReference) -> Iterator[Fault]:
    """An incident does something: its kind strikes what is there, with values that fit, or it has effects."""
    for place, incident in enumerate(scenario.incidents):
        yield from _incident_faults(("incidents", place), incident, city, kinds)


def strike_faults(loc: Path, strike: Strike, city: City) -> Iterator[Fault]:
    """Yield the faults of *strike*, whose select, teams and parameters stand at *loc*."""
    yield from _place_faults(loc, strike, city)
    faults = list(_value_faults(loc, strike))
    yield from faults
    if not faults and not strike.lines:
        what = _("with these parameters this kind does nothing")
        yield Fault((*loc, "parameters"), what, _("set one of them to true"))


def value_fault(loc: Path, parameter: Parameter, written: ParameterValue) -> Fault | None:
    """Return the fault of *written* as the value of *parameter*, or None."""
    try:
        parameter.value(written)
    except ValueError:
        what = _("{value} does not fit {parameter}", value=shown(written), parameter=parameter.id)
        return Fault(loc, what, _("write {form}", form=form_of(parameter)))
    return None


def form_of(parameter: Parameter) -> str:
    """Return in words what may be written for *parameter*."""
    if parameter.type == "yes_no":
        return _("true or false")
    values = {"least": parameter.least, "most": parameter.most}
    if parameter.type == "duration":
        return _("a duration from {least} to {most}, such as 4h", **values)
    return _("a whole number from {least} to {most}", **values)


def _incident_faults(loc: Path, incident: Incident, city: City, kinds: KindReference) -> Iterator[Fault]:
    strike = strike_of(incident, kinds)
    if strike is not None:
        yield from strike_faults(loc, strike, city)
    elif incident.parameters:
        what = _("it is not said where this kind strikes")
        yield Fault((*loc, "parameters"), what, _("add select, or leave parameters out"))
    elif not incident.effects:
        yield Fault(loc, _("this incident does nothing"), _("add select: where it strikes, or effects"))


def _place_faults(loc: Path, strike: Strike, city: City) -> Iterator[Fault]:
    kind = strike.kind
    if strike.teams and kind.at != "teams":
        yield Fault((*loc, "teams"), _("{kind} strikes components, not teams", kind=kind.name), _("write select"))
    if strike.select is not None and kind.at != "components":
        yield Fault((*loc, "select"), _("{kind} strikes teams, not components", kind=kind.name), _("write teams"))
    known = [team.id for team in city.teams]
    for place, team in enumerate(strike.teams):
        if kind.at == "teams" and team not in known:
            yield unknown((*loc, "teams", place), _("team"), team, known)
    if strike.select is None or kind.at != "components":
        return
    faults = list(select_faults(loc, strike.select, city))
    yield from faults
    if not faults and kind.provides:
        yield from _provider_faults(loc, selected(city, strike.select), kind.provides, city)


def _provider_faults(loc: Path, components: Sequence[str], provides: NeedKind, city: City) -> Iterator[Fault]:
    """Yield that nothing needs this of one of *components*: it then strikes past every buffer (rule 2.3)."""
    providers = {name for one in city.placed_needs if one.need.kind == provides for name in one.need.provider_ids}
    for component in components:
        if component not in providers:
            what = _("nothing in {city} needs {what} of {component}", city=city.id, what=provides, component=component)
            names = sorted(providers)
            some = choice(component, names) or _("for example {names}", names=", ".join(names[:_MOST_NAMES]))
            yield Fault((*loc, "select"), what, some if names else _("take the kind outage"))


def _value_faults(loc: Path, strike: Strike) -> Iterator[Fault]:
    known = strike.kind.parameter_by_id
    for name, written in strike.given.items():
        here = (*loc, "parameters", name)
        if name not in known:
            what = _("{kind} has no parameter {name}", kind=strike.kind.name, name=name)
            yield Fault(here, what, choice(name, known) or _("leave it out"), at_key=True)
        elif fault := value_fault(here, known[name], written):
            yield fault
