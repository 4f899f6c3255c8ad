"""What falls in a city after a loss: computed from the map, kept as a page, and refused in plain words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from city_model.loader import load_city
from city_model.schema import City
from resilience.analysis.fall_table import LossFall, fall_table, losses_of, services_of
from resilience.base.problems import InputError
from resilience.cli.city.outages import outages
from resilience.cli.city.outages_page import page
from tests.packaging.project import ROOT

KEPT = ROOT / "docs" / "reference" / "utrecht-outages.md"
COMMAND = f"resilience city outages utrecht --out {KEPT.name}"

CITY = """\
id: small
name: {nl: Klein, en: Small}
sources:
  - {id: guess, kind: assumption, reference: Schatting, date: 2026-11-22, by: kaartbeheerder, confidence: assumed}
functions:
  - id: light
    name: {nl: Licht, en: Light}
    kind: function
    organisation: owner
    needs:
      - shares: {lamp: 60, candle: 40}
        kind: supplier
        source: guess
"""
OWNER = """\
organisation: {id: owner, name: {nl: Eigenaar, en: Owner}, sector: energy, role: {nl: Alles, en: All}, source: guess}
components:
  - {id: grid, name: {nl: Net, en: Grid}, kind: infrastructure}
  - id: lamp
    name: {nl: Lamp, en: Lamp}
    kind: service
    minimum_level: {value: 30, source: guess}
    fallback: {level: {value: 40, source: guess}, delay: {value: 12h, source: guess}}
    needs:
      - {providers: [grid], kind: power, buffer: {value: 2h, source: guess}, source: guess}
  - {id: candle, name: {nl: Kaars, en: Candle}, kind: service}
"""
LOSSES = """\
losses:
  - {id: dark, name: {nl: Donker, en: Dark}, components: [grid]}
"""


@pytest.fixture(scope="module")
def utrecht() -> City:
    """The shipped city."""
    return load_city("utrecht")


@pytest.fixture(scope="module")
def kept(utrecht: City) -> tuple[LossFall, ...]:
    """The table of the shipped city."""
    return fall_table(utrecht, losses_of("utrecht", utrecht))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A city of one function with two services, one of which needs the grid."""
    folder = tmp_path / "small"
    (folder / "analysis").mkdir(parents=True)
    (folder / "city.yaml").write_text(CITY, encoding="utf-8")
    (folder / "owner.yaml").write_text(OWNER, encoding="utf-8")
    (folder / "analysis" / "outages.yaml").write_text(LOSSES, encoding="utf-8")
    return folder


def failed(kept: tuple[LossFall, ...], loss: str, hour: int) -> set[str]:
    """Return every service that is below its minimum level so many hours after that loss, whatever its function."""
    fall = next(fall for fall in kept if fall.loss.id == loss)
    standings = (standing for function in fall.functions for standing in function.standings if standing.hour == hour)
    return {name for standing in standings for name in standing.failed}


def test_kept_page_is_current(utrecht: City, kept: tuple[LossFall, ...]) -> None:
    """The page in docs is what the map says today; after changing the map, make it again with the command in it."""
    assert KEPT.read_text(encoding="utf-8") == page(utrecht, kept, COMMAND)


def test_losses_are_those_that_were_promised(kept: tuple[LossFall, ...]) -> None:
    """Power, telecom, telephony alone, the national login and the city's own login each have their table."""
    assert [fall.loss.id for fall in kept] == ["stedin", "kpn", "telefonie", "digid", "identiteit"]


def test_standing_by_hand(small: Path) -> None:
    """Example (by hand): the lamp holds 2 hours, is dark at 4 and at 40 from 14 hours on; the light follows."""
    city = load_city(str(small))
    (fall,) = fall_table(city, losses_of(str(small), city))
    rows = [(standing.hour, standing.level, standing.failed) for standing in fall.functions[0].standings]

    assert rows == [(1, 100, ()), (4, 40, ("lamp",)), (24, 64, ()), (72, 64, ())]


def test_services_are_what_a_function_rests_on(utrecht: City) -> None:
    """The services of a function are what its needs name; another function among them is not its service."""
    found = [service.id for service in services_of(utrecht, utrecht.component_by_id["utrecht-onderwijs"])]

    assert ("pcou-basisscholen" in found, "utrecht-mobiliteit" in found) == (True, False)


def test_power_loss_follows_the_clock_of_the_city(kept: tuple[LossFall, ...]) -> None:
    """Trams, tills and the water in high flats go at once, masts within hours, hospitals only after days; taps run."""
    at_once = {"transdev-tram", "ns-treindienst-utrecht", "winkels-pinbetaling", "boex-liften-hoogbouw"}
    hospitals = {"umcu-spoedzorg", "antonius-seh", "diakonessenhuis-seh"}
    seen = (
        at_once <= failed(kept, "stedin", 1),
        "inwoners-bereikbaarheid" in failed(kept, "stedin", 4) - failed(kept, "stedin", 1),
        "pcou-basisscholen" in failed(kept, "stedin", 4),
        hospitals & failed(kept, "stedin", 24),
        hospitals <= failed(kept, "stedin", 72),
        "vitens-drinkwater-utrecht" in failed(kept, "stedin", 72),
    )

    assert seen == (True, True, True, set(), True, False)


def test_telecom_loss_takes_the_ways_to_call_for_help(kept: tuple[LossFall, ...]) -> None:
    """Without KPN 112, 0900-8844 and personal alarms go together, card payment in part, and the radios stay."""
    gone = failed(kept, "kpn", 1)
    calls = {"alarmnummer-112", "politie-0900-8844", "thuiszorg-alarmcentrale", "winkels-pinbetaling"}

    assert (calls <= gone, "c2000" in gone) == (True, False)


def test_digid_loss_takes_only_the_digital_counter(kept: tuple[LossFall, ...]) -> None:
    """Without DigiD nothing but the digital counters fails: desks and telephone are still there."""
    assert failed(kept, "digid", 4) == {"utrecht-digitaal-loket", "mijnoverheid"}


def test_identity_loss_puts_the_desks_on_paper(kept: tuple[LossFall, ...]) -> None:
    """Without its own login the city issues no passports, while births and deaths go on on paper."""
    gone = failed(kept, "identiteit", 24)

    assert ("utrecht-balie-reisdocumenten" in gone, "utrecht-burgerlijke-stand" in gone) == (True, False)


def test_command_gives_json(small: Path) -> None:
    """For a program: per loss and function the level after each hour and the ids of what failed."""
    answer = CliRunner().invoke(outages, [str(small), "--json"])
    (loss,) = json.loads(answer.stdout)["losses"]

    assert loss["functions"][0]["hours"][1] == {"hour": 4, "level": 40, "failed": ["lamp"]}


def test_command_tells_what_fails_and_comes_back(small: Path) -> None:
    """For a person: the levels, and in words which service failed when and when it came back."""
    answer = CliRunner().invoke(outages, [str(small)])

    assert "Licht: Na 4 uur: Lamp. Na 24 uur weer erboven: Lamp." in answer.stdout.splitlines()


def test_command_writes_the_page_in_both_languages(small: Path, tmp_path: Path) -> None:
    """With --out one page holds Dutch and English, whatever the language of the screen."""
    CliRunner().invoke(outages, [str(small), "--out", str(tmp_path / "page.md")])
    text = (tmp_path / "page.md").read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if line.startswith("| Li")] == [
        "| Licht | 50 | 100 | **40** | 64 | 64 |",
        "| Light | 50 | 100 | **40** | 64 | 64 |",
    ]


def test_city_without_losses_is_refused(small: Path) -> None:
    """A city that names no losses gets one sentence that says which file to write."""
    (small / "analysis" / "outages.yaml").unlink()
    city = load_city(str(small))

    with pytest.raises(InputError, match=r"small/analysis/outages\.yaml"):
        losses_of(str(small), city)


def test_unknown_component_is_refused_with_its_place(small: Path) -> None:
    """A loss that names what the city does not have is refused with file, line and the name that was meant."""
    (small / "analysis" / "outages.yaml").write_text(LOSSES.replace("[grid]", "[gird]"), encoding="utf-8")
    city = load_city(str(small))

    with pytest.raises(InputError) as caught:
        losses_of(str(small), city)

    (problem,) = caught.value.problems
    assert (problem.line, "gird" in problem.what, "grid" in problem.repair) == (2, True, True)
