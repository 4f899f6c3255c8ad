"""What play showed of the map: a dependency refuted, another figure, a dependency missing; proposals, not facts."""

import datetime as dt

from pydantic import TypeAdapter, ValidationError

from city_model.faults import Fault
from city_model.partner.sightings import Sighting, SightingFile, patch, sighting_faults
from city_model.values import Line
from resilience.base.language import _
from resilience.base.problems import InputError, Problem
from resilience.exercise.clock import EARLIEST_REAL_WALL
from resilience.exercise.events import Draft, Kind
from resilience.exercise.moment import PLAYED, Moment, clean, refuse
from resilience.exercise.state import ExerciseState, Phase

_LINE: TypeAdapter[str] = TypeAdapter(Line)


def proposed(now: Moment, seen: Sighting) -> list[Draft]:
    """Write down what was seen of the map; the number of *seen* is that of the entry, once it is written."""
    now.require(*PLAYED, Phase.ENDED)
    faults = list(sighting_faults(seen, now.city))
    if faults:
        raise InputError([_problem(fault) for fault in faults])
    payload = {name: value for name, value in seen.model_dump(mode="json").items() if name != "entry"}
    return [Draft(Kind.PROPOSAL, now.minute, now.seat.key, payload)]


def sighting(**said: str | None) -> Sighting:
    """Return a sighting that has no number yet; raises InputError for words that cannot be kept on one line."""
    why = " ".join(clean(said.get("why") or "", _("the reason"), required=True).split())
    try:
        return Sighting.model_validate({**said, "entry": 1, "why": _LINE.validate_python(why)})
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"])) or "why"
        return refuse(_("{field} cannot be kept", field=place), _("use a word from the map, or a shorter text"))


def proposals(state: ExerciseState) -> tuple[Sighting, ...]:
    """Return what was proposed, in order; what a correction took back is still there, with its number."""
    return tuple(
        Sighting.model_validate({**event.payload, "entry": event.seq}) for event in state.events_of(Kind.PROPOSAL)
    )


def patch_of(state: ExerciseState, today: dt.date) -> SightingFile:
    """Return the patch for the keeper of the map, dated when it was played, or *today* for a rehearsal."""
    found = proposals(state)
    head = state.head
    if not found or head is None:
        refuse(_("nothing was proposed in this exercise"), _("add it with 'resilience exercise propose'"))
    started = next((event.wall for event in state.events_of(Kind.STARTEX)), 0)
    real = started >= EARLIEST_REAL_WALL
    played = dt.datetime.fromtimestamp(started / 1000, tz=dt.UTC).date() if real else today
    return patch(head.city, head.name.within(head.language), head.scenario, played, found)


def _problem(fault: Fault) -> Problem:
    return Problem("", 0, 0, ".".join(map(str, fault.path)), fault.what, fault.repair)
