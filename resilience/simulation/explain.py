"""Why a component is down, in words: the path from the incident, read back from the causes in the trace."""

from dataclasses import dataclass

from city_model.schema import City
from resilience.base.language import _
from resilience.base.units import format_clock
from resilience.simulation.trace import Record, Trace, What


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the path: what happened, to whom, when."""

    minute: int
    subject: str
    what: What
    sentence: str
    assumed: bool


def explain(city: City, trace: Trace, component: str, minute: int | None = None) -> tuple[Step, ...]:
    """Return the path from the incident or decision to the level of *component* at *minute* (default: the end).

    Empty when the component never changed until then. Each step names the binding cause; where several losses were
    needed together, the sentence says so.
    """
    until = trace.horizon if minute is None else minute
    found = None
    for place, record in enumerate(trace.records):
        if record.minute > until:
            break
        if record.subject == component and record.what is What.LEVEL:
            found = place
    return () if found is None else path_to(city, trace, found)


def explain_fall(city: City, trace: Trace, component: str) -> tuple[Step, ...]:
    """Return the path to the first loss of *component*; empty when it never fell."""
    for place, record in enumerate(trace.records):
        if record.subject == component and record.what is What.LEVEL:
            return path_to(city, trace, place)
    return ()


def path_to(city: City, trace: Trace, place: int) -> tuple[Step, ...]:
    """Return the steps from the first cause to the record at *place*, following the binding causes."""
    chain: list[Record] = []
    current: int | None = place
    while current is not None:
        record = trace.records[current]
        chain.append(record)
        current = record.causes[0] if record.causes else None
    chain.reverse()
    return tuple(
        Step(record.minute, record.subject, record.what, sentence(city, trace, record), record.assumed)
        for record in chain
    )


def sentence(city: City, trace: Trace, record: Record) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    """Return one record as a sentence in the current language."""
    subject = name_of(city, record.subject)
    when = format_clock(record.minute)
    values: dict[str, object] = {"when": when, "subject": subject, "value": record.value}
    match record.what:
        case What.INCIDENT:
            return _("{when} the incident {subject} starts.", **values)
        case What.DECISION:
            return _("{when} the decision {subject} takes effect.", **values)
        case What.DETONATED:
            return _("{when} the malware strikes at {subject}.", **values)
        case What.DAMAGE if record.value:
            return _("{when} {subject} is damaged and works at {value}% at most.", **values)
        case What.DAMAGE:
            return _("{when} {subject} is out of action.", **values)
        case What.DAMAGE_ENDED:
            return _("{when} {subject} has been repaired or released.", **values)
        case What.LEVEL:
            return _level_sentence(city, trace, record, values)
        case What.STOPPED:
            return _("{when} {subject} stops.", **values)
        case What.STANDING:
            return _("{when} {subject} has started again.", **values)
        case What.BUFFER_RUNNING:
            values["until"] = format_clock(int(record.value or 0))
            return _("{when} {subject} runs on its buffer, until {until}.", **values)
        case What.BUFFER_EMPTY:
            return _("{when} the buffer of {subject} is used up.", **values)
        case What.FALLBACK_IN_USE:
            return _("{when} {subject} goes over to its fallback.", **values)
        case What.FALLBACK_OUT:
            return _("{when} the fallback of {subject} is no longer in use.", **values)
        case What.FALLBACK_USED_UP:
            return _("{when} the fallback of {subject} has reached its limit.", **values)
        case What.CATCH_UP:
            values["until"] = format_clock(int(record.value or 0))
            return _("{when} {subject} works off its backlog, until {until}.", **values)
        case What.CAUGHT_UP:
            return _("{when} {subject} has worked off its backlog.", **values)
        case What.JOB_WAITS:
            return _("{when} the fault at {subject} is found; repair waits for a team.", **values)
        case What.REPAIR_STARTS:
            values["until"] = format_clock(int(record.value or 0))
            return _("{when} repair of {subject} starts, ready at {until}.", **values)
        case What.QUEUE:
            return _("{when} {value} jobs wait for {subject}.", **values)
        case What.BACKUP_LOST:
            return _("{when} the backup of {subject} is lost.", **values)
        case What.FOOTHOLD:
            return _("{when} the malware gets a foothold at {subject}.", **values)
        case What.CLEANING_STARTS:
            values["until"] = format_clock(int(record.value or 0))
            return _("{when} cleaning of {subject} starts, ready at {until}.", **values)
        case What.CLEANED:
            return _("{when} {subject} is clean of the malware.", **values)
        case What.SUSPECT:
            return _("{when} the data of {subject} is suspect.", **values)
        case What.VERIFICATION_STARTS:
            values["until"] = format_clock(int(record.value or 0))
            return _("{when} verification of the data of {subject} starts, ready at {until}.", **values)
        case What.VERIFIED:
            return _("{when} the data of {subject} has been verified.", **values)
        case What.EXPOSED:
            return _("{when} data of {subject} has leaked.", **values)
        case What.CLOCK_STARTED | What.CLOCK_EXTENDED:
            values["until"] = format_clock(int(record.value or 0))
            return _("{when} the deadline {subject} runs, until {until}.", **values)
        case What.CLOCK_MET:
            return _("{when} the deadline {subject} is met.", **values)
        case What.NO_EFFECT:
            return _("{when} {subject}: “{value}” has no effect in the model.", **values)


def name_of(city: City, subject: str) -> str:
    """Return the name of a component, or of a kind of team, in the current language; otherwise *subject* itself."""
    component = city.component_by_id.get(subject)
    if component is not None:
        return str(component.name)
    return next((str(team.name) for team in city.teams if team.id == subject), subject)


def reason(city: City, trace: Trace, record: Record) -> str:
    """Return in a few words why a level changed: its own damage, or the providers that it lost."""
    causes = [trace.records[place] for place in record.causes]
    providers = _providers(city, trace, record)
    if providers and any(cause.what is What.BUFFER_EMPTY for cause in causes):
        return _("needs {providers}, buffer used up", providers=providers)
    if providers:
        return _("needs {providers}", providers=providers)
    whats = {cause.what for cause in causes}
    if What.DAMAGE in whats:
        return _hit(trace, causes)
    if What.FALLBACK_USED_UP in whats:
        return _("fallback used up")
    return _("because of a decision") if What.DECISION in whats else ""


def _hit(trace: Trace, causes: list[Record]) -> str:
    """Return in a few words by what a component was hit: malware that was there, wiping from elsewhere, or a fault."""
    struck = [trace.records[place] for cause in causes if cause.what is What.DAMAGE for place in cause.causes]
    if not any(record.what is What.DETONATED for record in struck):
        return _("hit itself")
    behind = {trace.records[place].what for record in struck for place in record.causes}
    return _("struck by malware") if What.FOOTHOLD in behind else _("data wiped or locked")


def _providers(city: City, trace: Trace, record: Record) -> str:
    """Return the names of the other components behind a change of level, the binding one first."""
    causes = [trace.records[place] for place in record.causes]
    names = [name_of(city, cause.subject) for cause in causes if cause.what is What.LEVEL]
    own = name_of(city, record.subject)
    return ", ".join(name for name in dict.fromkeys(names) if name != own)


def _level_sentence(city: City, trace: Trace, record: Record, values: dict[str, object]) -> str:
    values["providers"] = _providers(city, trace, record)
    empty = any(trace.records[place].what is What.BUFFER_EMPTY for place in record.causes)
    if record.value == 100:
        return _("{when} {subject} is back at 100%.", **values)
    if not values["providers"]:
        return _("{when} {subject} is at {value}%.", **values)
    if empty:
        return _("{when} {subject} is at {value}%: it needs {providers} and its buffer is used up.", **values)
    return _("{when} {subject} is at {value}%: it needs {providers}.", **values)
