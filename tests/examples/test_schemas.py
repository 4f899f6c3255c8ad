"""The JSON Schemas for editors: current, and of one mind with the loader about every file that is shipped."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from city_model.side_files import SIDE_FILES
from city_model.yaml_source import read
from docs.run_examples import ExampleFile, documents, steps
from docs.write_schemas import MODELS, ONE_OF, text_of
from scenarios.file_schemas import NAMES, schema_of_file, schema_text
from scenarios.schema import IncidentKind
from tests.packaging.project import ROOT

CITIES = ROOT / "city_model" / "cities"
SHIPPED = sorted(path for path in CITIES.rglob("*.yaml"))
SMALL = 1800
"""Bytes."""
SCENARIOS = sorted((ROOT / "scenarios" / "library").glob("*.yaml"))


@cache
def validator(name: str) -> Draft202012Validator:
    """Return an independent validator with the shipped schema called *name*."""
    found = json.loads(schema_text(name))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def faults(name: str, text: str) -> list[str]:
    """Return where *text*, a file of that kind, does not fit its schema."""
    document = read(text, name).document
    assert document is not None
    return [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator(name).iter_errors(document.data)
    ]


def example_files() -> Iterator[tuple[str, ExampleFile]]:
    """Yield the files of cities and scenarios that the documents let a reader make.

    Answers of partners, and what the channels of a city rest on, are none.
    """
    for path in documents():
        for step in steps(path.read_text(encoding="utf-8")):
            if not isinstance(step, ExampleFile) or not step.name.endswith(".yaml"):
                continue
            if "\npack:" not in step.text and "\nchannels:" not in step.text:
                yield path.name, step


def kind_of(file: ExampleFile) -> str:
    """Return the name of the schema of an example: a scenario says in which city it plays."""
    return "scenario" if "\ncells:" in file.text else schema_of_file(Path(file.name).name)


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_current(name: str) -> None:
    """After a change of the models or their words run `python -m docs.write_schemas`."""
    assert schema_text(name) == text_of(name)


def test_every_file_that_people_edit_has_a_schema() -> None:
    """Those that are written are those that are handed out; the files beside the map have one of their own."""
    assert (tuple(MODELS), {schema_of_file(name) for name in SIDE_FILES} <= set(NAMES) - {"organisation"}) == (
        NAMES,
        True,
    )


def misfits(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Return each file of a city that does not fit its schema, with where."""
    found = {
        f"{path.parent.name}/{path.name}": faults(schema_of_file(path.name), path.read_text("utf-8")) for path in paths
    }
    return {name: said for name, said in found.items() if said}


def test_shipped_map_fits() -> None:
    """An independent validator finds nothing wrong in the smaller files of the bundled cities."""
    assert misfits([path for path in SHIPPED if path.stat().st_size <= SMALL]) == {}


@pytest.mark.full
@pytest.mark.parametrize("path", [path for path in SHIPPED if path.stat().st_size > SMALL], ids=lambda path: path.stem)
def test_large_shipped_map_fits(path: Path) -> None:
    """Nor in the larger ones, which take it seconds."""
    assert misfits([path]) == {}


@pytest.mark.full
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_shipped_scenario_fits(path: Path) -> None:
    """Nor in a bundled scenario."""
    assert faults("scenario", path.read_text(encoding="utf-8")) == []


def test_examples_in_the_documents_fit() -> None:
    """What a reader copies from a page is right for the editor too."""
    found = {(page, file.name): faults(kind_of(file), file.text) for page, file in example_files()}

    assert {place: said for place, said in found.items() if said} == {}


CITY = "id: a\nname: {nl: A, en: A}\n"
ORGANISATION = """\
organisation: {id: a, name: {nl: A, en: A}, sector: care, role: {nl: A, en: A}, source: s}
components:
  - id: b
    name: {nl: B, en: B}
    kind: service
    restart_lag: {value: 1h, source: s}
    needs: [{providers: [c], kind: data, source: s}]
"""
MISTAKES: dict[str, tuple[str, str, str]] = {
    "unknown field": ("organisation", "restart_lag", "restart_lagg"),
    "not in the list": ("organisation", "kind: service", "kind: servise"),
    "duration without a unit": ("organisation", "value: 1h", "value: 60"),
    "no duration": ("organisation", "value: 1h", "value: an hour"),
    "empty duration": ("organisation", "value: 1h", "value: ''"),
    "both ways": ("organisation", "providers: [c]", "providers: [c], shares: {c: 100}"),
    "neither way": ("organisation", "providers: [c], ", ""),
    "no id": ("organisation", "id: b", "id: B b"),
    "one language": ("city", "{nl: A, en: A}", "{nl: A}"),
    "a word too many": ("city", "id: a", "id: a\ncolour: red"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_editor_sees_the_mistake(mistake: str) -> None:
    """What the loader refuses in one file, the schema refuses too, so that it is seen while typing."""
    name, old, new = MISTAKES[mistake]
    right = CITY if name == "city" else ORGANISATION

    assert (faults(name, right), old in right, bool(faults(name, right.replace(old, new, 1)))) == ([], True, True)


def test_what_an_editor_shows_is_described() -> None:
    """Each field of each schema has words to show beside it."""

    def silent(value: Any, place: str) -> Iterator[str]:
        if isinstance(value, dict):
            for field, said in value.get("properties", {}).items():
                if not said.get("description"):
                    yield f"{place}.{field}"
            for key, inside in value.items():
                yield from silent(inside, f"{place}.{key}")

    assert [place for name in NAMES for place in silent(json.loads(schema_text(name)), name)] == []


def test_every_kind_of_incident_can_be_chosen() -> None:
    """The editor completes the kinds; a group of fields of which one must be there is known by name."""
    incident = json.loads(schema_text("scenario"))["$defs"]["Incident"]["properties"]
    known = {name for file in NAMES for name in json.loads(schema_text(file)).get("$defs", {})}

    assert (incident["kind"]["enum"], set(ONE_OF) <= known) == (list(get_args(IncidentKind)), True)
