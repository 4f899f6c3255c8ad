"""``--incident`` and the options that go with it, read: which kind strikes, where, with which values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from city_model.effects import Effect, Infect, Selector
from city_model.fault_words import choice
from city_model.schema import City
from resilience.base.language import _
from resilience.base.problems import Problem
from resilience.simulation.orders import Order
from scenarios.incident_kinds import Strike, reference_kinds
from scenarios.kind_checks import strike_faults
from scenarios.schema import ParameterValue

_FIELDS = {field.removesuffix("s"): field for field in Selector.model_fields if field != "ids"}
"""What may stand before a colon in --at, and the field of the selector that it means."""
_WORDS = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nee": False}


@dataclass(frozen=True, slots=True)
class StrikeWords:
    """What the user wrote behind ``--incident``, ``--at`` and ``--param``."""

    kind: str
    at: Sequence[str] = ()
    given: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Striking:
    """A kind of incident that strikes at *minute* of the run."""

    strike: Strike
    minute: int
    effects: tuple[Effect, ...]

    @property
    def order(self) -> Order:
        """What the run is told to do."""
        return Order(self.strike.kind.id.replace("_", "-"), "incident", self.minute, self.effects)

    @property
    def last(self) -> int:
        """How long after it strikes its last effect comes, in minutes."""
        return max(_after(effect) for effect in self.effects)


def strike_asked(city: City, city_name: str, kind: str, words: StrikeWords, problems: list[Problem]) -> Strike | None:
    """Return what is asked; None, and more of *problems*, where it cannot be read or does not fit *city*."""
    kinds = reference_kinds().kind_by_id
    if kind not in kinds:
        what = _("there is no kind of incident '{kind}'", kind=kind)
        problems.append(Problem("", 0, 0, f"--incident {kind}", what, choice(kind, kinds)))
        return None
    found = kinds[kind]
    before = len(problems)
    values = dict(_given(words.given, problems))
    places = [place for written in words.at for place in _places(written)]
    if not places:
        what = _("it is not said where it strikes ({where})", where=str(found.where).rstrip("."))
        see = _("see {command}", command=f"resilience city show {city_name}")
        problems.append(Problem("", 0, 0, "--at", what, see))
    if len(problems) > before:
        return None
    if found.at == "teams":
        strike = Strike(found, None, tuple(places), values)
    else:
        strike = Strike(found, _selector(places, problems), (), values)
    faults = [] if len(problems) > before else list(strike_faults((), strike, city))
    for fault in faults:
        option = f"--param {fault.path[1]}" if fault.path[0] == "parameters" and len(fault.path) > 1 else "--at"
        problems.append(Problem("", 0, 0, option, fault.what, fault.repair))
    return None if len(problems) > before else strike


def _given(words: Iterable[str], problems: list[Problem]) -> Iterable[tuple[str, ParameterValue]]:
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value:
            what = _("this is not a name and a value")
            problems.append(Problem("", 0, 0, f"--param {word}", what, _("write for example lasts=4h")))
            continue
        yield name, int(value) if value.isdecimal() else _WORDS.get(value.lower(), value)


def _places(words: str) -> list[str]:
    """Return what stands in one --at: a field with its value, or ids with commas between them."""
    return [words] if ":" in words else [place for place in words.split(",") if place]


def _selector(places: Iterable[str], problems: list[Problem]) -> Selector:
    chosen: dict[str, list[str]] = {}
    for place in places:
        field, colon, value = place.partition(":")
        if colon and (field not in _FIELDS or not value):
            what = _("'{word}' says nothing about a component", word=place)
            repair = _("write an id, or one of {names}", names=", ".join(f"{name}:…" for name in _FIELDS))
            problems.append(Problem("", 0, 0, f"--at {place}", what, repair))
        else:
            chosen.setdefault(_FIELDS[field] if colon else "ids", []).append(value if colon else place)
    try:
        return Selector.model_validate({field: tuple(values) for field, values in chosen.items()})
    except ValueError:
        words = ", ".join(value for values in chosen.values() for value in values)
        what = _("'{word}' says nothing about a component", word=words)
        problems.append(Problem("", 0, 0, "--at", what, _("write ids of components, with commas between them")))
        return Selector()


def _after(effect: Effect) -> int:
    waits = effect.detonates_after if isinstance(effect, Infect) else None
    return effect.delay + (waits or 0)
