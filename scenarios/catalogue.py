"""The scenarios that come with the program, by name."""

from importlib import resources
from importlib.resources.abc import Traversable

SUFFIX = ".yaml"


def bundled_scenarios() -> tuple[str, ...]:
    """Return the names of the bundled scenarios, in alphabetical order."""
    found = (entry.name for entry in _library().iterdir() if entry.is_file())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


def bundled_text(name: str) -> str:
    """Return the text of the bundled scenario *name*; raises KeyError when there is none."""
    if name not in bundled_scenarios():
        raise KeyError(name)
    return _library().joinpath(name + SUFFIX).read_text(encoding="utf-8")


def reference_text(name: str) -> str:
    """Return the text of a reference file, such as ``clocks``."""
    return resources.files("scenarios").joinpath("reference", name + SUFFIX).read_text(encoding="utf-8")


def _library() -> Traversable:
    return resources.files("scenarios").joinpath("library")
