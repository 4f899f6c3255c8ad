"""What the bundled scenario must hold to be worth an evening of a crisis organisation's time."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from pydantic import BaseModel

from city_model.effects import MeetClock, StartClock
from city_model.values import Text
from scenarios.loader import read_scenario
from scenarios.schema import Scenario

LONGEST_SILENCE = 14 * 60
"""Minutes: the night from Saturday to Sunday, which is played in one jump."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The bundled scenario."""
    return read_scenario("zwart-scherm")


def texts(value: object) -> Iterator[Text]:
    """Yield every text in *value*, however deep."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def test_it_has_enough_to_play_with(scenario: Scenario) -> None:
    """Three rounds for six cells, injects by time, on the city's state and on the shelf, and real choices."""
    triggers = [inject.trigger for inject in scenario.injects]
    found = {
        "rounds": len(scenario.rounds),
        "cells": len(scenario.cells),
        "objectives": len(scenario.objectives),
        "injects": len(triggers),
        "on time": sum(trigger.at is not None for trigger in triggers),
        "on a condition": sum(trigger.waits for trigger in triggers),
        "on the shelf": sum(trigger.shelf is not None for trigger in triggers),
        "decisions": len(scenario.decisions),
        "decisions with values": sum(bool(point.values) for point in scenario.decisions),
    }
    least = {
        "rounds": 3, "cells": 6, "objectives": 6, "injects": 26, "on time": 20, "on a condition": 3, "on the shelf": 4,
        "decisions": 11, "decisions with values": 4,
    }  # fmt: skip

    assert {name: number for name, number in found.items() if number < least[name]} == {}


def test_it_says_that_it_is_fiction(scenario: Scenario) -> None:
    """Nobody may take it for something that happened in Utrecht."""
    assert ("verzonnen" in scenario.fiction.nl, "invented" in scenario.fiction.en) == (True, True)


def test_every_text_is_there_in_both_languages(scenario: Scenario) -> None:
    """A text of more than three words is never the same in Dutch and English: then one was not translated."""
    assert [text.nl for text in texts(scenario) if text.nl == text.en and len(text.nl.split()) > 3] == []


def test_every_inject_asks_something_and_serves_an_objective(scenario: Scenario) -> None:
    """An inject without expected action cannot be evaluated, and one without objective trains nothing."""
    assert [inject.id for inject in scenario.injects if not inject.expected or inject.objective is None] == []


def test_every_objective_has_two_or_three_tasks_and_is_served(scenario: Scenario) -> None:
    """What is to be trained is asked for in injects and can be observed."""
    served = {inject.objective for inject in scenario.injects}

    assert [
        objective.id
        for objective in scenario.objectives
        if len(objective.critical_tasks) not in {2, 3} or objective.id not in served
    ] == []


def test_every_decision_is_put_on_the_table(scenario: Scenario) -> None:
    """A decision that no inject raises would be forgotten."""
    raised = {inject.decision for inject in scenario.injects}

    assert [point.id for point in scenario.decisions if point.id not in raised] == []


def test_there_is_something_to_decide_in_every_round(scenario: Scenario) -> None:
    """Each round has decisions that open in it, and every deadline lies inside the rounds."""
    opening = [
        sum(played.starts <= point.opens < played.ends for point in scenario.decisions) for played in scenario.rounds
    ]

    assert (min(opening) >= 3, max(point.deadline for point in scenario.decisions) <= scenario.rounds[-1].ends) == (
        True,
        True,
    )


def test_the_cells_all_have_work(scenario: Scenario) -> None:
    """No cell waits for hours: each gets at least five injects."""
    received = {
        cell.id: sum(cell.id in inject.cells for inject in scenario.injects if inject.trigger.at is not None)
        for cell in scenario.cells
    }

    assert {cell: number for cell, number in received.items() if number < 5} == {}


def test_timed_injects_stand_in_order_and_leave_no_long_silence(scenario: Scenario) -> None:
    """The file reads as the exercise goes."""
    minutes = [inject.trigger.at for inject in scenario.injects if inject.trigger.at is not None]

    silences = [later - earlier for earlier, later in pairwise(minutes)]

    assert (minutes == sorted(minutes), max(silences) <= LONGEST_SILENCE) == (True, True)


def test_deadlines_start_and_can_be_met(scenario: Scenario) -> None:
    """Every clock starts by an inject or a decision, and every one that ends within the exercise can be met."""
    effects = [effect for point in scenario.decisions for option in point.options for effect in option.effects]
    started = {clock for inject in scenario.injects for clock in inject.starts_clocks}
    started |= {effect.clock for effect in effects if isinstance(effect, StartClock)}
    met = {effect.clock for effect in effects if isinstance(effect, MeetClock)}

    assert (started, met) == (
        {clock.id for clock in scenario.clocks},
        {clock.id for clock in scenario.clocks} - {"nis2-maand"},
    )
