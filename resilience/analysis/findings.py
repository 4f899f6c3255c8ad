"""All findings of a city in one list: its structure and records, its gaps, its dates, and the circles a run reveals."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from city_model.deadlines import deadline_findings
from city_model.finding import Check, Finding
from city_model.gap_findings import gap_findings
from city_model.gaps import gaps
from city_model.lint import in_order, lint
from city_model.naming import responsible_for
from city_model.schema import City
from resilience.analysis.black_start import Circle, black_start_circles, circular_redundancies, repair_circles
from resilience.base.language import _
from resilience.base.progress import progress

STEPS = 6
"""How many parts all_findings has; it tells of each that is done."""


def lint_findings(city: City, done: Callable[[int], object] = lambda _steps: None) -> tuple[Finding, ...]:
    """Return what the structure of *city* shows, the circles included, the worst first."""
    found = list(lint(city))
    done(1)
    for part in (black_start_findings, repair_circle_findings, circular_redundancy_findings):
        found += part(city)
        done(1)
    return in_order(found)


def all_findings(city: City, on: dt.date, done: Callable[[int], object] = lambda _steps: None) -> tuple[Finding, ...]:
    """Return every finding of *city* as seen on the day *on*, the worst first."""
    found = [*lint_findings(city, done)]
    found += gap_findings(city, gaps(city))
    done(1)
    found += deadline_findings(city, on)
    done(1)
    return in_order(found)


def map_findings(city: City) -> tuple[Finding, ...]:
    """Return what the records and figures show without a run: all that quality asks for."""
    with progress(_("Checking the map"), 2) as done:
        found = lint(city)
        done(1)
        return in_order([*found, *gap_findings(city, gaps(city))])


def black_start_findings(city: City) -> Iterator[Finding]:
    """Yield the circles that stay down after a full stop (rule 9.5)."""
    yield from map(partial(_circle, city, "black-start"), black_start_circles(city))


def repair_circle_findings(city: City) -> Iterator[Finding]:
    """Yield the circles in which a repair waits for what it is to repair (rule 7.5)."""
    yield from map(partial(_circle, city, "repair-circle"), repair_circles(city))


def circular_redundancy_findings(city: City) -> Iterator[Finding]:
    """Yield the alternatives that fall with the component that counts on them (rule 9.6)."""
    for found in circular_redundancies(city):
        place = f"{found.need}/{found.alternative}"
        components = (found.dependent, *found.path)
        owner = responsible_for(city, found.dependent)
        yield Finding("circular-redundancy", place, "high", found.sentence, tuple(dict.fromkeys(components)), owner)


def _circle(city: City, check: Check, circle: Circle) -> Finding:
    place = ">".join(circle.components)
    return Finding(
        check, place, "high", circle.sentence, circle.components, responsible_for(city, circle.components[0])
    )
