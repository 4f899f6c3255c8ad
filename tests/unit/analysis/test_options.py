"""What each option of a decision does, on a city small enough to do in one's head."""

import pytest

from city_model.schema import City
from resilience.analysis.options import (
    as_data,
    as_markdown,
    compare_options,
    decision_orders,
    number_of_runs,
    replay,
)
from resilience.base.language import in_language
from scenarios.loader import load_scenario_from_text
from scenarios.schema import Scenario
from tests.builders import city, component
from tests.builders import function as function_of
from tests.runs import levels

TEXT = """\
id: klein
name: {nl: Klein, en: Small}
summary: {nl: a, en: a}
fiction: {nl: Verzonnen., en: Invented.}
city: testcity
blocks:
  cause: {nl: a, en: a}
  source: {nl: a, en: a}
  actors: {nl: a, en: a}
  domain: {nl: a, en: a}
  area: {nl: a, en: a}
  perspective: {nl: a, en: a}
start: '2027-01-22T23:00'
horizon: 100m
rounds:
  - {id: een, name: {nl: Een, en: One}, starts: 0m, ends: 100m}
cells:
  - {id: it, name: {nl: IT, en: IT}, role: {nl: a, en: a}}
incidents:
  - id: storing
    name: {nl: a, en: a}
    kind: outage
    at: 10m
    effects:
      - {effect: damage, select: {ids: [web, mail]}, ends: duration, lasts: {fixed: 80m, source: fact}}
decisions:
  - id: eerst
    title: {nl: Wat eerst, en: What first}
    question: {nl: Wat eerst?, en: 'What first?'}
    decides: it
    opens: 10m
    deadline: 50m
    options:
      - id: web
        name: {nl: Web, en: Web}
        text: {nl: a, en: a}
        effects: [{effect: end_damage, components: [web]}]
      - id: mail
        name: {nl: Mail, en: Mail}
        text: {nl: a, en: a}
        effects: [{effect: end_damage, components: [mail]}]
      - {id: niets, name: {nl: Niets, en: Nothing}, text: {nl: a, en: a}}
    default: niets
  - id: melden
    title: {nl: Melden, en: Report}
    question: {nl: Melden?, en: 'Report?'}
    decides: it
    opens: 10m
    deadline: 30m
    options:
      - {id: nu, name: {nl: Nu, en: Now}, text: {nl: a, en: a}}
      - {id: later, name: {nl: Later, en: Later}, text: {nl: a, en: a}}
    default: nu
    deliberately_neutral:
      - {options: [nu, later], reason: {nl: Geen systeem., en: No system.}}
"""


@pytest.fixture(scope="module")
def place() -> City:
    """Two functions, each on one service."""
    return city(
        function_of("informeren", needs=["web"], residents=10),
        function_of("schrijven", needs=["mail"], residents=20),
        component("web"),
        component("mail"),
    )


@pytest.fixture(scope="module")
def small(place: City) -> Scenario:
    """Both services out during 10..90, and one of them can be brought back at 50."""
    return load_scenario_from_text(TEXT, "klein.yaml", place)


def test_decisions_are_taken_at_their_deadline_in_that_order(small: Scenario) -> None:
    """The default of each, unless another option is chosen."""
    orders = decision_orders(small, {"eerst": "mail"})

    assert [(order.id, order.minute, len(order.effects)) for order in orders] == [("melden", 30, 0), ("eerst", 50, 1)]


@pytest.mark.parametrize("choice", [{"eerst": "alles"}, {"laatst": "web"}])
def test_a_choice_that_does_not_exist_is_refused(choice: dict[str, str], small: Scenario) -> None:
    """Neither an unknown decision nor an unknown option is quietly the default."""
    with pytest.raises(KeyError):
        decision_orders(small, choice)


def test_a_replay_takes_the_choice(place: City, small: Scenario) -> None:
    """The service that was chosen is back at the deadline, the other one when its outage ends."""
    trace = replay(place, small, {"eerst": "web"})

    assert (levels(trace, "web"), levels(trace, "mail")) == ({10: 0, 50: 100}, {10: 0, 90: 100})


def test_each_option_is_compared_with_the_others_at_their_default(place: City, small: Scenario) -> None:
    """Lost service per function: 100 per cent, 80 or 40 minutes, times the residents."""
    first, second = compare_options(place, small)

    assert {
        (point.point.id, option.option.id): (option.lost, option.is_default)
        for point in (first, second)
        for option in point.options
    } == {
        ("eerst", "web"): ((100 * 40 * 10, 100 * 80 * 20), False),
        ("eerst", "mail"): ((100 * 80 * 10, 100 * 40 * 20), False),
        ("eerst", "niets"): ((100 * 80 * 10, 100 * 80 * 20), True),
        ("melden", "nu"): ((100 * 80 * 10, 100 * 80 * 20), True),
        ("melden", "later"): ((100 * 80 * 10, 100 * 80 * 20), False),
    }


def test_a_dilemma_has_no_option_that_is_best_for_every_function(place: City, small: Scenario) -> None:
    """Options that nothing beats anywhere are named; where options differ in what they save there is none."""
    first, second = compare_options(place, small)

    assert (first.best_for_every_function, second.best_for_every_function) == ((), ("nu", "later"))


def test_options_that_give_the_same_levels_are_named_beside_those_said_to(place: City, small: Scenario) -> None:
    """What the model cannot tell apart, and what the author says it cannot."""
    first, second = compare_options(place, small)

    assert [(point.alike, point.said_to_be_alike) for point in (first, second)] == [
        ((), ()),
        ((("nu", "later"),), (("nu", "later"),)),
    ]


def test_progress_counts_every_run(place: City, small: Scenario) -> None:
    """One run with every default, and one for each other option."""
    steps: list[int] = []
    compare_options(place, small, done=steps.append)

    assert (sum(steps), number_of_runs(small)) == (4, 4)


def test_the_page_marks_the_least_loss_and_the_default(place: City, small: Scenario) -> None:
    """Numbers are thousands of resident-hours with one decimal, rounded by whole numbers."""
    points = compare_options(place, small)
    with in_language("en"):
        lines = as_markdown(place, small, points, command="x").splitlines()

    assert [line for line in lines if line.startswith("|")][:5] == [
        "| option | informeren | schrijven | all |",
        "|---|---:|---:|---:|",
        "| Web | **0.0** | 0.0 | 0.0 |",
        "| Mail | 0.0 | **0.0** | **0.0** |",
        "| Nothing * | 0.0 | 0.0 | 0.0 |",
    ]


def test_the_data_are_the_numbers_of_the_engine(place: City, small: Scenario) -> None:
    """For programs nothing is rounded."""
    points = compare_options(place, small)

    assert as_data(place, points)[1] == {
        "decision": "melden",
        "best_for_every_function": ["nu", "later"],
        "options": [
            {"option": "nu", "default": True, "lost": {"informeren": 80_000, "schrijven": 160_000}},
            {"option": "later", "default": False, "lost": {"informeren": 80_000, "schrijven": 160_000}},
        ],
    }
