"""What is left of every city function at fixed hours after a loss, and which of its services have failed by then.

The losses are data of the city: ``analysis/outages.yaml`` in its folder, below what the loader reads as the map.
A loss lasts the whole run and nobody decides anything, so the table shows what the map alone says.
"""

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated

from pydantic import Field

from city_model.catalogue import bundled_folder
from city_model.effects import Damage, Selector
from city_model.fault_words import near
from city_model.schema import City, Component
from city_model.values import Frozen, Slug, Text
from city_model.yaml_source import Document, fit, read
from resilience.base.files import decode_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem
from resilience.base.units import MINUTES_PER_HOUR
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.model import compile_city
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace

HOURS = (1, 4, 24, 72)
LOSSES_FILE = ("analysis", "outages.yaml")
"""Where a city folder keeps its losses."""


class Loss(Frozen):
    """What falls together at minute 0 and stays away."""

    id: Slug
    name: Text
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]
    note: Text | None = None


class LossesFile(Frozen):
    """``analysis/outages.yaml``."""

    losses: Annotated[tuple[Loss, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Standing:
    """One function after so many hours."""

    hour: int
    level: int
    failed: tuple[str, ...]
    """Its services that are below their minimum level then, in the order of the map."""


@dataclass(frozen=True, slots=True)
class FunctionFall:
    """One function over the hours of the table."""

    function: str
    minimum_level: int
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class LossFall:
    """One loss with all functions of the city, in the order of the map."""

    loss: Loss
    functions: tuple[FunctionFall, ...]

    def to_json(self) -> dict[str, object]:
        """Return a JSON value; components are named by id."""
        return {
            "loss": self.loss.id,
            "components": list(self.loss.components),
            "functions": [
                {
                    "function": fall.function,
                    "minimum_level": fall.minimum_level,
                    "hours": [
                        {"hour": standing.hour, "level": standing.level, "failed": list(standing.failed)}
                        for standing in fall.standings
                    ],
                }
                for fall in self.functions
            ],
        }


def losses_of(name_or_folder: str, city: City) -> tuple[Loss, ...]:
    """Return the losses that the folder of *city* names; raises InputError with every problem in that file."""
    bundled = bundled_folder(name_or_folder)
    file = (bundled or Path(name_or_folder)).joinpath(*LOSSES_FILE)
    shown = "/".join((name_or_folder, *LOSSES_FILE))
    reading = read(_text(file, shown), shown)
    content, problems = fit(LossesFile, reading.document) if reading.document else (None, [])
    problems = [*reading.problems, *problems]
    if content is not None and reading.document is not None and not problems:
        problems = _unknown_components(content, reading.document, city)
    if content is None or problems:
        raise InputError(problems)
    return content.losses


def fall_table(city: City, losses: tuple[Loss, ...]) -> tuple[LossFall, ...]:
    """Return what each of *losses* does to every function of *city*."""
    model = compile_city(city)
    horizon = HOURS[-1] * MINUTES_PER_HOUR
    found = []
    for loss in losses:
        effect = Damage(effect="damage", select=Selector(ids=loss.components), ends="decision")
        trace = simulate(model, [Order(loss.id, "incident", 0, (effect,))], horizon=horizon)
        found.append(LossFall(loss, tuple(_fall(city, trace, function) for function in city.functions)))
    return tuple(found)


def services_of(city: City, function: Component) -> tuple[Component, ...]:
    """Return what *function* directly rests on, in the order of its needs; another function is not its service."""
    ids = dict.fromkeys(provider for need in function.needs for provider in need.provider_ids)
    services = (city.component_by_id[name] for name in ids)
    return tuple(service for service in services if service.kind != "function")


def _fall(city: City, trace: Trace, function: Component) -> FunctionFall:
    services = services_of(city, function)
    standings = []
    for hour in HOURS:
        minute = hour * MINUTES_PER_HOUR
        failed = tuple(one.id for one in services if trace.level_at(one.id, minute) < minimum_level_of(one))
        standings.append(Standing(hour, trace.level_at(function.id, minute), failed))
    return FunctionFall(function.id, minimum_level_of(function), tuple(standings))


def _text(file: Traversable, shown: str) -> str:
    if not file.is_file():
        what = _("this city names no losses to make a table of")
        repair = _("write that file; the bundled city of Utrecht holds an example")
        raise InputError.because(what, repair, file=shown)
    return decode_text(file.read_bytes(), shown)


def _unknown_components(content: LossesFile, document: Document, city: City) -> list[Problem]:
    problems = []
    for number, loss in enumerate(content.losses):
        for place, name in enumerate(loss.components):
            if name not in city.component_by_id:
                guess = near(name, city.component_by_id)
                what = _("the city {city} has no component {name}", city=city.id, name=name)
                repair = _("did you mean {guess}?", guess=guess) if guess else _("name one that exists")
                problems.append(document.problem(("losses", number, "components", place), what, repair))
    return problems
