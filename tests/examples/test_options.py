"""The decisions of the bundled scenario are real ones: they change the city, and hardly any has one right answer."""

import pytest

from city_model.loader import load_city
from city_model.schema import City
from resilience.analysis.options import PointOutcome, as_markdown, compare_options, replay
from resilience.base.language import in_language
from resilience.simulation.trace import Trace, What
from scenarios.loader import load_scenario
from scenarios.schema import Scenario
from tests.packaging.project import ROOT

NAME = "zwart-scherm"
PAGE = "docs/reference/zwart-scherm-options.md"
COMMAND = f"resilience scenario options {NAME} --lang en --out {PAGE}"
SECOND_WAVE = 390
"""Saturday 05:30: the second charge goes off."""


@pytest.fixture(scope="module")
def utrecht() -> City:
    """The bundled city."""
    return load_city("utrecht")


@pytest.fixture(scope="module")
def scenario(utrecht: City) -> Scenario:
    """The bundled scenario."""
    return load_scenario(NAME, utrecht)


@pytest.fixture(scope="module")
def points(utrecht: City, scenario: Scenario) -> tuple[PointOutcome, ...]:
    """Every decision with what each of its options does."""
    return compare_options(utrecht, scenario)


def test_the_page_in_docs_is_current(utrecht: City, scenario: Scenario, points: tuple[PointOutcome, ...]) -> None:
    """The table that facilitators read is the one that the model gives; after a change run the command in COMMAND."""
    with in_language("en"):
        page = as_markdown(utrecht, scenario, points, command=COMMAND)

    assert (ROOT / PAGE).read_text(encoding="utf-8") == page, COMMAND


def test_options_differ_unless_they_are_said_not_to(points: tuple[PointOutcome, ...]) -> None:
    """Two options have the same levels everywhere exactly where the scenario says so, with a reason."""
    assert {point.point.id: point.alike for point in points} == {
        point.point.id: point.said_to_be_alike for point in points
    }


def test_few_decisions_have_one_best_answer(points: tuple[PointOutcome, ...]) -> None:
    """In at most three of ten decisions is one option best for every function of the city."""
    without_dilemma = [point.point.id for point in points if point.best_for_every_function]

    assert 10 * len(without_dilemma) <= 3 * len(points), without_dilemma


@pytest.mark.full
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_not_the_luck_of_one_seed(seed: int, utrecht: City, scenario: Scenario) -> None:
    """With other luck in the repairs there are still at most three of ten without a dilemma."""
    points = compare_options(utrecht, scenario, seed=seed)
    without_dilemma = [point.point.id for point in points if point.best_for_every_function]

    assert 10 * len(without_dilemma) <= 3 * len(points), without_dilemma


def hit_by_second_wave(trace: Trace) -> set[str]:
    """Return what the second charge damaged."""
    return {record.subject for record in trace.records if record.minute == SECOND_WAVE and record.what is What.DAMAGE}


def test_what_was_disconnected_in_time_is_spared(utrecht: City, scenario: Scenario) -> None:
    """The first decision decides how far the second wave gets: backup, money and cases, and the partners."""
    reached = {
        option.id: hit_by_second_wave(replay(utrecht, scenario, {"isoleren": option.id}))
        for option in scenario.decision_by_id["isoleren"].options
    }
    first_wave = {
        "utrecht-opslag",
        "utrecht-uitkeringenadministratie",
        "utrecht-sociaal-dossier",
        "utrecht-procesmotor",
    }

    assert {option: hit - first_wave for option, hit in reached.items()} == {
        "alles-los": set(),
        "segmenteren": {"buurtteams-hulpverlening", "save-dossiers"},
        "meekijken": {
            "buurtteams-hulpverlening",
            "save-dossiers",
            "utrecht-backup-online",
            "utrecht-betaalstraat",
            "utrecht-financien",
            "utrecht-zaaksysteem",
        },
    }


def test_a_warned_partner_is_spared(utrecht: City, scenario: Scenario) -> None:
    """Partners that were told in time closed their own end of the line."""
    trace = replay(utrecht, scenario, {"wie-informeren": "breed-melden"})

    assert hit_by_second_wave(trace) & {"buurtteams-hulpverlening", "save-dossiers"} == set()


@pytest.mark.parametrize(("option", "back_in"), [("snel-terugzetten", True), ("inloggen-schoon", False)])
def test_a_quick_restore_lets_the_attacker_in_again(
    option: str, back_in: bool, utrecht: City, scenario: Scenario
) -> None:
    """On Sunday the attacker returns with the stolen account; a log-in service that was built clean keeps him out."""
    trace = replay(utrecht, scenario, {"herstelwijze": option})
    hit = {record.subject for record in trace.records if record.minute == 42 * 60 and record.what is What.DAMAGE}

    assert ("utrecht-identiteit" in hit) is back_in


def test_injects_on_a_condition_come_only_when_it_is_true(utrecht: City, scenario: Scenario) -> None:
    """A partner says that it was hit through the fixed line only where that happened, and so for the other choices."""

    def comes(inject: str, **choices: str) -> bool:
        watched = scenario.inject_by_id[inject].trigger.when
        assert watched is not None
        assert watched.below is not None
        trace = replay(utrecht, scenario, {point.replace("_", "-"): option for point, option in choices.items()})
        spans = trace.segments(watched.component)
        return any(level < watched.below and end - start >= watched.lasting for start, end, level in spans)

    assert [
        comes("ook-bij-ons-zwart"),
        comes("ook-bij-ons-zwart", isoleren="alles-los"),
        comes("ook-bij-ons-zwart", wie_informeren="breed-melden"),
        comes("crisisapp-weg"),
        comes("crisisapp-weg", herstelwijze="snel-terugzetten"),
        comes("geld-op"),
        comes("geld-op", uitkeringen_betalen="wachten-op-herstel"),
    ] == [True, False, False, False, True, False, True]
