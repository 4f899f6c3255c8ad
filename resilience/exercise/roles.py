"""A role or a function where one is asked for, never a person: what gives a name away is refused."""

import re

from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.moment import clean

_PERSON = re.compile(r"@|^\s*(?:dhr|mevr|mw|de heer|mevrouw|mr|mrs|ms)\b\.?", re.IGNORECASE)
"""What gives away that it is a person: an address, or a form of address."""


def a_role(said: str, label: str) -> str:
    """Return *said* on one line, with single spaces; raises InputError where it looks like a person."""
    role = " ".join(clean(said, label).split())
    if _PERSON.search(role):
        what = _("'{owner}' looks like a person", owner=role)
        raise InputError.because(what, _("name the function, such as 'head of service desk'"))
    return role
