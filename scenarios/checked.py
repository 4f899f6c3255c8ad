"""Reads a file of the library: its fields, then what only a look at the whole can tell, with every fault at once."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from city_model.faults import Fault
from city_model.yaml_source import fit, read
from resilience.base.problems import InputError

Model = TypeVar("Model", bound=BaseModel)


def checked(text: str, name: str, model: type[Model], check: Callable[[Model], Iterator[Fault]]) -> Model:
    """Return the *model* in *text*, the file called *name*; raises InputError with every fault that *check* finds."""
    reading = read(text, name)
    if reading.document is None:
        raise InputError(reading.problems)
    found, problems = fit(model, reading.document)
    if found is None:
        raise InputError(problems)
    faults = [reading.document.problem(fault.path, fault.what, fault.repair) for fault in check(found)]
    if faults:
        raise InputError(sorted(faults))
    return found
