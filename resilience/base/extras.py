"""Optional libraries: installed as an extra, imported only where they are used."""

from importlib import import_module
from types import ModuleType

from resilience.base.language import _
from resilience.base.problems import RunError


def library(name: str, extra: str) -> ModuleType:
    """Return the optional library *name*; raises RunError that names the *extra* that holds it where it is absent."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        package = name.partition(".")[0]
        command = f'pip install "keten-resilience[{extra}]"'
        text = _("this needs the library {library}: install the extra '{extra}' with {command}",
                 library=package, extra=extra, command=command)  # fmt: skip
        raise RunError(text) from error
