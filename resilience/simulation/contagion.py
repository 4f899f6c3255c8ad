"""What malware, suspect data and leaks did to each component, read from the trace alone (rules 10 and 11)."""

from dataclasses import dataclass
from typing import Final

from city_model.schema import City
from resilience.simulation.trace import Trace, What

CONTAGIOUS: Final = (
    What.FOOTHOLD, What.DETONATED, What.BACKUP_LOST, What.CLEANED, What.SUSPECT, What.VERIFIED, What.EXPOSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contagion:
    """What happened to one component; each minute is the first one, None where it never happened."""

    component: str
    foothold: int | None
    struck: int | None
    """When the malware struck here."""
    backup_lost: int | None
    cleaned: int | None
    """When the malware was gone for good; None also where it still is there."""
    suspect: int | None
    verified: int | None
    """When its data was trusted again for good; None also where it still is suspect."""
    exposed: int | None
    """When data of it had leaked."""


@dataclass(frozen=True, slots=True)
class Leak:
    """Of how many people data leaked. Registers overlap, so the true number lies between the two."""

    components: int
    at_least: int
    """People in the largest register that leaked."""
    at_most: int
    """All registers that leaked added up."""
    unknown: int
    """Components with personal data of which the map does not say how many people it is about."""
    assumed: bool
    """Whether one of these numbers was confirmed by nobody."""


def contagions(trace: Trace) -> tuple[Contagion, ...]:
    """Return every component that malware, suspect data or a leak reached, in the order in which that began."""
    minutes: dict[str, dict[What, list[int]]] = {}
    for record in trace.with_what(*CONTAGIOUS):
        minutes.setdefault(record.subject, {}).setdefault(record.what, []).append(record.minute)
    return tuple(_contagion(component, found) for component, found in minutes.items())


def leak(city: City, trace: Trace, *, special: bool = False) -> Leak | None:
    """Return of how many people data leaked that *city* knows of, or only *special* personal data; None without any."""
    known: list[int] = []
    unknown = 0
    assumed = False
    for record in trace.with_what(What.EXPOSED):
        part = city.component_by_id.get(record.subject)
        data = part.personal_data if part else None
        if data is None or data.kind == "none" or (special and data.kind != "special"):
            continue
        people = data.people.value if data.people else None
        if data.people is not None and isinstance(people, int):
            known.append(people)
            assumed = assumed or city.is_assumed(data.people)
        else:
            unknown += 1
    if not known and not unknown:
        return None
    return Leak(len(known) + unknown, max(known, default=0), sum(known), unknown, assumed)


def _contagion(component: str, minutes: dict[What, list[int]]) -> Contagion:
    def first(what: What) -> int | None:
        return minutes[what][0] if what in minutes else None

    def over(ends: What, begins: What) -> int | None:
        """Return when it ended for good: as often as it began."""
        ended, begun = minutes.get(ends, []), minutes.get(begins, [])
        return ended[-1] if ended and len(ended) == len(begun) else None

    return Contagion(
        component=component,
        foothold=first(What.FOOTHOLD),
        struck=first(What.DETONATED),
        backup_lost=first(What.BACKUP_LOST),
        cleaned=over(What.CLEANED, What.FOOTHOLD),
        suspect=first(What.SUSPECT),
        verified=over(What.VERIFIED, What.SUSPECT),
        exposed=first(What.EXPOSED),
    )
