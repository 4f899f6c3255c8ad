"""The bundled cities: folders with a ``city.yaml`` inside the package.

``nl`` is among them: the national base layer that cities include, a map like any other.
"""

from importlib import resources
from importlib.resources.abc import Traversable

BASE_LAYER = "nl"
CITY_FILE = "city.yaml"


def bundled_cities() -> tuple[str, ...]:
    """Return the names of the bundled cities, in alphabetical order, the base layer included."""
    folder = _folder()
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.joinpath(CITY_FILE).is_file()))


def is_base_layer(name: str) -> bool:
    """Return whether the city called *name* is there to be included, not to be exercised on its own."""
    return name == BASE_LAYER


def bundled_folder(name: str) -> Traversable | None:
    """Return the folder of a bundled city, or None where there is none of that name."""
    return _folder().joinpath(name) if name in bundled_cities() else None


def _folder() -> Traversable:
    return resources.files("city_model").joinpath("cities")
