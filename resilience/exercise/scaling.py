"""Scaling up and down: which levels there are from here, and the signs that ask for each."""

from dataclasses import dataclass
from typing import Literal

from city_model.schema import City
from city_model.values import Text
from scenarios.crisis_structure import Structure, crisis_structure
from scenarios.reaching import region_of

Direction = Literal["up", "now", "down"]


@dataclass(frozen=True, slots=True)
class ScaleChoice:
    """A level that can be chosen, with what speaks for going there."""

    level: str
    name: Text
    direction: Direction
    signs: tuple[Text, ...]
    """Up: what asks for this level. Down: what must be so to leave the present one. Now: what would end it."""
    teams: tuple[Text, ...]


def structure_for(city: City) -> Structure:
    """Return the crisis organisation in which *city* lies; the national one where its region is not known."""
    return crisis_structure(region_of(city.id))


def scale_choices(structure: Structure, now: str | None) -> tuple[ScaleChoice, ...]:
    """Return every level, lowest first, as seen from level *now*, an id or a name; None or unknown: the lowest."""
    order = structure.levels
    here = next((i for i, level in enumerate(order) if now in {level.id, level.name.nl, level.name.en}), 0)
    found = []
    for place, level in enumerate(order):
        direction: Direction = "up" if place > here else "now" if place == here else "down"
        signs = level.scale_up if direction == "up" else order[here].scale_down
        teams = tuple(structure.team_by_id[team].name for team in level.teams)
        found.append(ScaleChoice(level.id, level.name, direction, signs, teams))
    return tuple(found)
