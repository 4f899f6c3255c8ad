"""The JSON Schemas of the files that people edit, for editors: data that ``docs/write_schemas.py`` writes."""

from importlib import resources
from importlib.resources.abc import Traversable

SUFFIX = ".schema.json"
NAMES = ("city", "organisation", "access", "impact", "outages", "accepted", "contacts", "scenario")
_OF_FILE = {
    "city.yaml": "city",
    "access.yaml": "access",
    "impact.yaml": "impact",
    "outages.yaml": "outages",
    "accepted.yaml": "accepted",
    "contacts.local.yaml": "contacts",
}


def schema_text(name: str) -> str:
    """Return the JSON Schema called *name*, one of NAMES."""
    return _folder().joinpath(name + SUFFIX).read_text(encoding="utf-8")


def schema_of_file(file_name: str) -> str:
    """Return the name of the schema of a file in the folder of a city; any other name is that of an organisation."""
    return _OF_FILE.get(file_name, "organisation")


def _folder() -> Traversable:
    return resources.files("scenarios").joinpath("reference", "schema")
