"""From a name or a file to a checked scenario: every fault of the file at once, each with its place and remedy."""

from pathlib import Path

from city_model.catalogue import bundled_cities
from city_model.fault_words import choice, near
from city_model.loader import load_city
from city_model.schema import City
from city_model.yaml_source import Document, fit, read
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError
from scenarios.catalogue import SUFFIX, bundled_scenarios, bundled_text
from scenarios.checks import faults_of, misses_in
from scenarios.incident_kinds import KindReference, expanded, reference_kinds
from scenarios.kind_checks import kind_faults
from scenarios.reference_data import Texts, shared_faults, with_shared
from scenarios.role_checks import role_faults
from scenarios.schema import Scenario

FILE_SUFFIXES = frozenset({SUFFIX, ".yml"})


def load_scenario(name_or_file: str, city: City | None = None) -> Scenario:
    """Return the scenario with this name or in this file, checked against *city* (default: the city it names).

    Raises InputError with every problem found.
    """
    return load_scenario_from_text(scenario_text(name_or_file), shown_name(name_or_file), city)


def read_scenario(name_or_file: str) -> Scenario:
    """Return the scenario as its file says, not checked against a city: enough for a list, and much faster.

    Raises InputError with every problem found.
    """
    return _read(scenario_text(name_or_file), shown_name(name_or_file))[0]


def scenario_text(name_or_file: str) -> str:
    """Return the text of the bundled scenario, or of the file, that *name_or_file* means.

    Whatever ends in .yaml or .yml or holds a path separator is a file. Raises InputError when there is none.
    """
    if _is_file(name_or_file):
        return read_text(Path(name_or_file))
    try:
        return bundled_text(name_or_file)
    except KeyError as error:
        what = _("there is no scenario {name}", name=name_or_file)
        raise InputError.because(what, _instead_of(name_or_file)) from error


def shown_name(name_or_file: str) -> str:
    """Return how problems call the scenario; a file in one way, whether it cannot be read or holds a fault."""
    return str(Path(name_or_file)) if _is_file(name_or_file) else name_or_file + SUFFIX


def load_scenario_from_text(
    text: str,
    name: str,
    city: City | None = None,
    kinds: KindReference | None = None,
    shared: Texts | None = None,
    *,
    kept: bool = False,
) -> Scenario:
    """Return the scenario in *text*, checked, each incident with the effects of its kind among its effects.

    *name* is the file that problems show; *kinds* and the *shared* lists are those of the program unless an exercise
    *kept* others, and its roles with them (role_checks.py).
    Raises InputError with every problem found.
    """
    scenario, document = _read(text, name, shared)
    place = _own_city(scenario, document) if city is None else city
    known = kinds or reference_kinds()
    of_kinds = tuple(kind_faults(scenario, place, known))
    faults = sorted(
        document.problem(fault.path, fault.what, fault.repair, key=fault.at_key)
        for fault in (*faults_of(scenario, place), *of_kinds, *(() if kept else role_faults(scenario)))
    )
    if scenario.city != place.id and (of_kinds or misses_in(scenario, place)):
        what = _("this scenario is written for the city '{own}', not for '{given}'", own=scenario.city, given=place.id)
        faults.insert(0, document.problem(("city",), what, _("give that city")))
    if faults:
        raise InputError(faults)
    return expanded(scenario, place, known)


def _own_city(scenario: Scenario, document: Document) -> City:
    """Return the city that *scenario* names; raises InputError with the place of that name when there is none."""
    if scenario.city in bundled_cities() or Path(scenario.city).exists():
        return load_city(scenario.city)
    likely = near(scenario.city, bundled_cities())
    meant = _("did you mean {name}?", name=likely) if likely else ""
    repair = _("give the city before the scenario, such as: resilience scenario check CITY SCENARIO")
    what = _("there is no city or folder called '{name}'", name=scenario.city)
    raise InputError([document.problem(("city",), what, f"{meant} {repair}".lstrip())])


def _read(text: str, name: str, shared: Texts | None = None) -> tuple[Scenario, Document]:
    reading = read(text, name)
    if reading.document is None:
        raise InputError(reading.problems)
    scenario, problems = fit(Scenario, reading.document)
    if scenario is None:
        raise InputError(problems)
    faults = [
        reading.document.problem(fault.path, fault.what, fault.repair) for fault in shared_faults(scenario, shared)
    ]
    if faults:
        raise InputError(faults)
    return with_shared(scenario, shared), reading.document


def _is_file(name_or_file: str) -> bool:
    return Path(name_or_file).suffix in FILE_SUFFIXES or len(Path(name_or_file).parts) > 1


def _instead_of(name: str) -> str:
    """Return which bundled scenario to give; a single one that is near is named once."""
    names = bundled_scenarios()
    if [*names] == [near(name, names)]:
        return _("did you mean {name}?", name=names[0])
    return choice(name, names)
