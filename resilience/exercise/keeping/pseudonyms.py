"""An exercise without the names of people: what is no role, team or organisation of the scenario becomes a number.

Asked for is always a function, but people type names. This looks at the fields in which somebody can stand, gives each
name there a number in order of appearance, and puts that wherever the name stands. What is only told in running text
("my neighbour at the fire brigade") it cannot know.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from city_model.schema import City
from resilience.base.language import _
from resilience.exercise.events import Event, Kind
from scenarios.schema import Scenario

PEOPLE = frozenset({"who", "owner", "told", "to", "sender", "observer"})
"""The fields of a payload in which somebody can stand."""
LONGEST_NAME = 4
"""Words; what is longer is running text."""
_SEATS = ("facilitator", "conductor", "observer", "spectator")
_FIXED = frozenset({Kind.CREATED, Kind.INJECT_SENT})
"""What stands in these was written by the scenario."""


def pseudonymous(events: Sequence[Event], scenario: Scenario, city: City) -> tuple[Event, ...]:
    """Return *events* with a number for each person; the hashes stay those of what was written."""
    known = {_plain(name) for name in _functions(scenario, city)}
    numbers: dict[str, str] = {}
    for event in events:
        for name in _named(event):
            if _plain(name) not in known and _plain(name) not in numbers:
                numbers[_plain(name)] = _("person {number}", number=len(numbers) + 1)
    if not numbers:
        return tuple(events)
    longest_first = sorted(numbers, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def hidden(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, str):
            return pattern.sub(lambda found: numbers[_plain(found[0])], value)
        if isinstance(value, list):
            return [hidden(item) for item in value]
        return {key: hidden(item) for key, item in value.items()} if isinstance(value, Mapping) else value

    return tuple(
        event if event.kind in _FIXED else replace(event, actor=hidden(event.actor), payload=hidden(event.payload))
        for event in events
    )


def _named(event: Event) -> Iterable[str]:
    """Yield whoever stands in *event*."""
    if event.kind in _FIXED:
        return
    role, _slash, name = event.actor.partition("/")
    if role == "observer" and name:
        yield name
    for field, value in event.payload.items():
        if field in PEOPLE and isinstance(value, str) and _may_be_a_name(value):
            yield value


def _may_be_a_name(text: str) -> bool:
    return len(_plain(text)) > 1 and "/" not in text and len(text.split()) <= LONGEST_NAME


def _functions(scenario: Scenario, city: City) -> Iterable[str]:
    """Yield how the scenario and the map call teams, roles and organisations, in both languages."""
    yield from _SEATS
    yield from (cell.id for cell in scenario.cells)
    yield from (organisation.id for organisation in city.organisations)
    texts = (
        *(cell.name for cell in scenario.cells),
        *(inject.sender for inject in scenario.injects),
        *(organisation.name for organisation in city.organisations),
        *(clock.recipient for clock in scenario.clocks),
    )
    for text in texts:
        yield from (text.nl, text.en)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
