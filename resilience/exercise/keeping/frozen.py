"""City and scenario as they were when the exercise was made: their full text goes into its first event.

An exercise is read from its own file only, so that editing a city never rewrites an exercise.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from typing import Any

from city_model.effects import Effect
from city_model.loader import city_texts, load_city_from_texts
from city_model.schema import City
from city_model.values import Text
from resilience.base.canonical import canonical_json, sha256_hex
from resilience.base.language import Language, _
from resilience.base.problems import InputError
from resilience.base.units import format_duration
from resilience.exercise.events import Draft, Kind
from resilience.exercise.moment import clean
from resilience.simulation.engine import SEMANTICS_VERSION
from scenarios.catalogue import reference_text
from scenarios.incident_kinds import FILE as KINDS_FILE
from scenarios.incident_kinds import kinds_in, uses_kinds
from scenarios.loader import load_scenario_from_text, scenario_text, shown_name
from scenarios.reference_data import shared_texts, uses_shared
from scenarios.schema import Scenario

PROGRAM = "keten-resilience"
_DURATIONS = frozenset({"delay", "minutes", "fixed", "min", "likely", "max", "exponential", "empirical"})


def created(
    city_name: str, scenario_name: str, *, seed: int, lang: Language, group: str = "", keep_until: dt.date | None = None
) -> Draft:
    """Return the first event of a new exercise, after checking that city and scenario can be read.

    Raises InputError with every problem found in them.
    """
    cities = dict(city_texts(city_name))
    text = scenario_text(scenario_name)
    city = load_city_from_texts(cities)
    scenario = load_scenario_from_text(text, shown_name(scenario_name), city)
    payload = {
        "name": plain_text(scenario.name),
        "city": city.id,
        "scenario": scenario.id,
        "city_texts": cities,
        "scenario_text": text,
        "city_hash": city_hash(cities),
        "scenario_hash": sha256_hex(text),
        "seed": seed,
        "language": lang,
        "semantics": SEMANTICS_VERSION,
        "program": metadata.version(PROGRAM),
    }
    if group:
        payload["group"] = clean(group, _("the group"))
    if keep_until is not None:
        payload["keep_until"] = keep_until.isoformat()
    if uses_kinds(scenario.incidents):
        payload["incident_kinds"] = reference_text(KINDS_FILE)
    if uses_shared(scenario):
        payload["shared"] = shared_texts()
    return Draft(Kind.CREATED, 0, "conductor", payload)


def thawed_city(payload: Mapping[str, Any], file: str = "") -> City:
    """Return the city that the first event holds; *file* is the exercise, for a message."""
    with _readable(payload, file):
        return load_city_from_texts(payload["city_texts"])


def thawed_scenario(payload: Mapping[str, Any], city: City, file: str = "") -> Scenario:
    """Return the scenario that the first event holds; *file* is the exercise, for a message."""
    kinds = payload.get("incident_kinds")
    text, name, shared = payload["scenario_text"], payload["scenario"], payload.get("shared")
    with _readable(payload, file):
        known = None if kinds is None else kinds_in(kinds)
        return load_scenario_from_text(text, name, city, known, shared, kept=True)


@contextmanager
def _readable(payload: Mapping[str, Any], file: str) -> Iterator[None]:
    """Say of a fault in what an exercise keeps which version reads it: nobody can mend it there."""
    try:
        yield
    except InputError as error:
        fault = error.problems[0]
        what = _(
            "this version of the program cannot read the map or the script that this exercise keeps ({place}: {fault})",
            place=fault.file,
            fault=fault.what,
        )
        repair = _("open it with version {version}, which made it", version=payload["program"])
        raise InputError.because(what, repair, file=file) from error


def city_hash(texts: Mapping[str, str]) -> str:
    """Return one hash for all files of a city, their names included."""
    return sha256_hex(canonical_json(texts))


def plain_text(text: Text) -> dict[str, str]:
    """Return *text* as the log keeps it."""
    return {"nl": text.nl, "en": text.en}


def plain_effect(effect: Effect) -> dict[str, Any]:
    """Return *effect* as a person would write it in a file: durations with their unit, without defaults."""
    written: dict[str, Any] = _with_units(effect.model_dump(mode="json", exclude_defaults=True))
    return written


def _with_units(value: Any, field: str = "") -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _with_units(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_units(item, field) for item in value]
    if field in _DURATIONS and isinstance(value, int):
        return format_duration(value)
    return value
