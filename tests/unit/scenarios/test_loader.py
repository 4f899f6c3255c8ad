"""From a name or a file to a scenario; names and files that are not there."""

from pathlib import Path

import pytest

from city_model.loader import load_city
from resilience.base.language import in_language
from resilience.base.problems import InputError
from scenarios import loader
from scenarios.catalogue import bundled_scenarios, reference_text
from scenarios.loader import load_scenario, load_scenario_from_text, read_scenario, scenario_text
from scenarios.reference_data import reference_clocks, reference_values, with_shared
from tests.builders import city, component


def refused(name: str) -> list[str]:
    """Return why the scenario called *name* is refused, in English."""
    with in_language("en"), pytest.raises(InputError) as caught:
        scenario_text(name)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("known", "advice"),
    [
        (("zwart-scherm",), "did you mean zwart-scherm?"),
        (("flood", "zwart-scherm"), "did you mean zwart-scherm? choose one of flood, zwart-scherm"),
        (("flood",), "choose one of flood"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_one(
    monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...], advice: str
) -> None:
    """Who mistypes a name is told which one was meant, and what else there is; nothing is named twice."""
    monkeypatch.setattr(loader, "bundled_scenarios", lambda: known)

    assert refused("zwart-scerm") == [f"there is no scenario zwart-scerm: {advice}"]


@pytest.mark.parametrize("name", ["nergens.yaml", "map/nergens.yml", "map/nergens"])
def test_what_looks_like_a_file_is_a_file(name: str) -> None:
    """A path is never looked up among the bundled names."""
    said = refused(name)

    assert [line.startswith(f"{name}: cannot be read") for line in said] == [True]


def test_a_file_gives_the_same_scenario_as_its_bundled_name(tmp_path: Path) -> None:
    """A copy of a bundled scenario in a folder of one's own is that scenario."""
    copy = tmp_path / "eigen.yaml"
    copy.write_text(scenario_text("zwart-scherm"), encoding="utf-8")

    assert read_scenario(str(copy)) == read_scenario("zwart-scherm")


def test_a_fault_names_the_file_as_it_was_given() -> None:
    """The place in a problem can be opened: it is the name that the user gave, with line and column."""
    with in_language("en"), pytest.raises(InputError) as caught:
        load_scenario_from_text("id: a b\n", "map/eigen.yaml")
    first = caught.value.problems[0]

    assert (first.file, first.line > 0) == ("map/eigen.yaml", True)


def test_text_that_is_not_yaml_is_refused() -> None:
    """A broken file gives its syntax fault and nothing else."""
    with pytest.raises(InputError) as caught:
        load_scenario_from_text("id: [a\n", "eigen.yaml")

    assert len(caught.value.problems) == 1


def test_a_file_is_called_the_same_whatever_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that opens the named file finds one name, for a file that is missing and for one with a fault."""
    monkeypatch.chdir(tmp_path)
    missing = refused("./s.yaml")[0]
    Path("s.yaml").write_text("id: a b\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario("./s.yaml")

    assert (missing.startswith("s.yaml: "), {problem.file for problem in caught.value.problems}) == (True, {"s.yaml"})


def test_a_scenario_for_another_city_says_so_first() -> None:
    """The one cause comes before the faults that follow from it; a city that has all it names is no fault."""
    theirs = load_city("utrecht")
    alike = theirs.model_copy(update={"id": "copy"})
    with in_language("en"), pytest.raises(InputError) as caught:
        load_scenario("zwart-scherm", city(component("web")))
    first, *others = caught.value.problems

    said = "this scenario is written for the city 'utrecht', not for 'testcity'"
    assert (first.path, first.what, first.repair, len(others) > 1, load_scenario("zwart-scherm", alike).city) == (
        "city", said, "give that city", True, "utrecht",
    )  # fmt: skip


@pytest.mark.parametrize(("named", "meant"), [("nowhere-at-all", ""), ("utrechd", "did you mean utrecht? ")])
def test_a_city_that_is_not_found_has_its_place_in_the_scenario(named: str, meant: str) -> None:
    """Whose city is a folder of his own is told how to give it."""
    spoilt = scenario_text("zwart-scherm").replace("\ncity: utrecht\n", f"\ncity: {named}\n")
    with in_language("en"), pytest.raises(InputError) as caught:
        load_scenario_from_text(spoilt, "my.yaml")
    line = spoilt.splitlines().index(f"city: {named}") + 1

    assert str(caught.value) == (
        f"my.yaml:{line}:7: city: there is no city or folder called '{named}': "
        f"{meant}give the city before the scenario, such as: resilience scenario check CITY SCENARIO"
    )


def test_a_scenario_for_another_city_names_what_is_missing_there() -> None:
    """Checked against a city without its components, every name that it uses is a fault with its line."""
    with pytest.raises(InputError) as caught:
        load_scenario("zwart-scherm", city(component("web")))

    assert {problem.line > 0 for problem in caught.value.problems} == {True}


@pytest.mark.parametrize("name", bundled_scenarios())
def test_bundled_scenarios_are_right_and_called_after_their_file(name: str) -> None:
    """What is shipped passes every check, and its id is its name."""
    assert load_scenario(name).id == name


@pytest.mark.parametrize("name", bundled_scenarios())
def test_bundled_scenarios_take_clocks_and_values_over_from_the_reference(name: str) -> None:
    """A scenario names them and holds no copy of its own; they say what the reference says."""
    scenario = read_scenario(name)
    known = {*reference_clocks(), *reference_values().values}

    assert {*scenario.clocks, *scenario.values} - known == set()


def test_what_is_taken_over_is_named_once_and_known() -> None:
    """A name that no list knows, and one that stands in the file as well: place and remedy."""
    text = scenario_text("zwart-scherm")
    spoilt = text.replace("clocks: [avg-72h,", "clocks: [avg-72, avg-72h, avg-72h,").replace(
        "\ndebrief:\n", "\nvalues:\n  - {id: privacy, name: {nl: A, en: A}}\ndebrief:\n"
    )
    with in_language("en"), pytest.raises(InputError) as caught:
        load_scenario_from_text(spoilt, "my.yaml")
    assert [(problem.path, problem.what) for problem in caught.value.problems] == [
        ("shared.clocks#1", "clock avg-72 does not exist"),
        ("shared.clocks#3", "avg-72h is used twice"),
        ("shared.values#1", "privacy is used twice"),
    ]


def test_an_exercise_keeps_the_lists_as_they_were() -> None:
    """A later edition of a law changes no exercise that was made before."""
    then = {"clocks": reference_text("clocks").replace("minutes: 72h", "minutes: 71h", 1)}
    kept = with_shared(read_scenario("zwart-scherm").model_copy(update={"clocks": (), "values": ()}), then)
    assert kept.clocks[0].minutes == 71 * 60


def test_reference_clocks_were_looked_up_on_a_day() -> None:
    """Whoever doubts a deadline sees when it was last checked."""
    assert [clock.id for clock in reference_clocks() if clock.checked is None] == []


def test_reference_clocks_are_dated_and_those_of_nis2_are_to_be_verified() -> None:
    """No text says that the Dutch act is in force, so its deadlines carry that doubt."""
    clocks = {clock.id: (clock.minutes // 60, clock.status) for clock in reference_clocks()}

    assert {name: found for name, found in clocks.items() if name.startswith(("avg-72h", "nis2"))} == {
        "avg-72h": (72, "in_force"),
        "nis2-24h": (24, "verify"),
        "nis2-72h": (72, "verify"),
        "nis2-maand": (720, "verify"),
    }


def test_reference_values_are_the_seven_of_rathenau_and_health() -> None:
    """The list is an inference and says so; the four questions stand beside it."""
    reference = reference_values()

    assert (
        [value.id for value in reference.values],
        [str(question.text) for question in reference.questions],
        "afleiding" in reference.note.nl,
    ) == (
        [
            "privacy",
            "autonomie",
            "veiligheid",
            "controle-over-technologie",
            "menselijke-waardigheid",
            "rechtvaardigheid",
            "machtsverhoudingen",
            "gezondheid",
        ],
        ["Kan het?", "Mag het?", "Willen we het?", "Kunnen we het met goed fatsoen aan onze inwoners uitleggen?"],
        True,
    )
