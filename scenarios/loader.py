"""From a name or a file to a checked scenario: every fault of the file at once, each with its place and remedy."""

from pathlib import Path

from city_model.fault_words import choice
from city_model.loader import load_city
from city_model.schema import City
from city_model.yaml_source import Document, fit, read
from resilience.base.files import read_text
from resilience.base.language import _
from resilience.base.problems import InputError
from scenarios.catalogue import SUFFIX, bundled_scenarios, bundled_text
from scenarios.checks import faults_of
from scenarios.schema import Scenario

FILE_SUFFIXES = frozenset({SUFFIX, ".yml"})


def load_scenario(name_or_file: str, city: City | None = None) -> Scenario:
    """Return the scenario with this name or in this file, checked against *city* (default: the city it names).

    Raises InputError with every problem found.
    """
    return load_scenario_from_text(scenario_text(name_or_file), _shown_name(name_or_file), city)


def read_scenario(name_or_file: str) -> Scenario:
    """Return the scenario as its file says, not checked against a city: enough for a list, and much faster.

    Raises InputError with every problem found.
    """
    return _read(scenario_text(name_or_file), _shown_name(name_or_file))[0]


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
        raise InputError.because(what, choice(name_or_file, bundled_scenarios())) from error


def load_scenario_from_text(text: str, name: str, city: City | None = None) -> Scenario:
    """Return the scenario in *text*, checked; *name* is the file that problems show.

    Raises InputError with every problem found.
    """
    scenario, document = _read(text, name)
    place = load_city(scenario.city) if city is None else city
    faults = [document.problem(fault.path, fault.what, fault.repair) for fault in faults_of(scenario, place)]
    if faults:
        raise InputError(sorted(faults))
    return scenario


def _read(text: str, name: str) -> tuple[Scenario, Document]:
    reading = read(text, name)
    if reading.document is None:
        raise InputError(reading.problems)
    scenario, problems = fit(Scenario, reading.document)
    if scenario is None:
        raise InputError(problems)
    return scenario, reading.document


def _is_file(name_or_file: str) -> bool:
    return Path(name_or_file).suffix in FILE_SUFFIXES or len(Path(name_or_file).parts) > 1


def _shown_name(name_or_file: str) -> str:
    return name_or_file if _is_file(name_or_file) else name_or_file + SUFFIX
