"""``resilience simulate --incident`` and ``resilience scenario kinds``: a kind of incident asked without a scenario."""

import json
from pathlib import Path

import pytest

from tests.cli.asking import Ask
from tests.cli.test_simulate import TOWN

OFFICE = """\
organisation:
  id: office
  name: {nl: Kantoor, en: Office}
  sector: government
  role: {nl: Werkt., en: Works.}
  source: made-up
components:
  - id: laptop
    name: {nl: Laptop, en: Laptop}
    kind: infrastructure
    product: Notebook
    backup: {kind: none, source: made-up}
    repair: {duration: {fixed: 1h, source: made-up}}
  - id: register
    name: {nl: Register, en: Register}
    kind: application
    backup: {kind: online, source: made-up}
    personal_data: {kind: special, people: {value: 1200, source: made-up}}
    repair: {duration: {fixed: 2h, source: made-up}}
"""
CITY = """\
id: office
name: {nl: Kantoor, en: Office}
sources:
  - {id: made-up, kind: assumption, reference: test, date: 2026-01-01, by: test, confidence: assumed}
functions:
  - id: counter
    name: {nl: Loket, en: Counter}
    kind: function
    residents: {value: 1000, source: made-up}
    needs:
      - {providers: [register], kind: data, loses: [availability, integrity], source: made-up}
"""
ACCESS = """\
paths:
  - {origin: laptop, target: register, kind: network, delay: {fixed: 30m, source: made-up}, source: made-up}
"""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A laptop that reaches a register, and the counter that rests on it."""
    for name, text in (("city", CITY), ("office", OFFICE), ("access", ACCESS)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_kind_is_answered_on_one_screen(ask: Ask, office: Path) -> None:
    """What strikes where with which values, also those that nobody chose; what falls; malware, backups and leaks.

    By hand: in at 0 and 0:30, it strikes at 2:00; the register, whose backup went too, and the laptop, which had none,
    are rebuilt: six changes of level, of which the laptop's fall alone rests on no figure.
    """
    said = ask("simulate", office, "--incident", "ransomware", "--at", "laptop", "--param", "strikes_after=2h")

    assert said == (
        0,
        """\
Ransomware at +00:00: Laptop (strikes_after=2h, struck=1000, steals=true).

falls   city function  lowest  down    why
+02:00  Counter        0%      +02:00  needs Register
Malware gets into 2 components, the last at +00:30; it strikes 2, from +02:00 on; 1 backup is lost.
Data of 2 components leaks, the first at +00:00: ≈1,200 people, with special personal data of ≈1,200 people.

2 components fall short after +00:00. The whole list: --all
+02:00  Laptop         0%      +02:00  struck by malware
+02:00  Register       0%      +02:00  struck by malware

Call Office: no contact in the map
Repair times are one draw; 5 of 6 changes rest on figures nobody confirmed.
""",
        "",
    )


def test_what_works_on_can_be_what_is_wrong(ask: Ask, office: Path) -> None:
    """With data that cannot be trusted nothing falls, and the answer says for how long the counter worked with it."""
    said = ask("simulate", office, "--incident", "data_corruption@1h", "--at", "register", "--until", "10h")
    outcome = json.loads(
        ask("simulate", office, "--incident", "data_corruption@1h", "--at", "register", "--until", "10h", "--json").out
    )["functions"][0]

    assert (said.out.splitlines()[:4], outcome["on_suspect_data"], outcome["lost"]) == (
        [
            "Data corruption at +01:00: Register (stops=false).",
            "",
            "No city function falls short within 10h.",
            "Data of 2 components is suspect, the first at +01:00; 2 not verified within the run.",
        ],
        540,
        0,
    )


def test_a_run_goes_on_past_the_last_effect(ask: Ask, office: Path) -> None:
    """The three days that are looked ahead count from when it strikes, or from when it is over."""
    words = ["--incident", "precautionary_disconnection@2h", "--at", "register", "--param", "lasts=8d"]
    trace = json.loads(ask("simulate", office, *words, "--json").out)["trace"]

    assert trace["horizon"] == 120 + 8 * 1440 + 3 * 1440


@pytest.mark.parametrize("place", ["laptop,register", "product:Notebook", "kind:infrastructure"])
def test_where_it_strikes_can_be_said_in_many_ways(ask: Ask, office: Path, place: str) -> None:
    """Ids with commas between them, or what the components have in common."""
    said = ask("simulate", office, "--incident", "outage", "--at", place, "--param", "lasts=1h", "--json")
    struck = {row[1] for row in json.loads(said.out)["trace"]["records"] if row[2] == "damage"}

    assert struck == ({"laptop", "register"} if "," in place else {"laptop"})


@pytest.mark.parametrize("form", [[], ["--all"]])
def test_nothing_on_the_dutch_screen_is_english(ask: Ask, office: Path, form: list[str]) -> None:
    """Line by line the languages differ, but for names and figures."""
    words = ["--incident", "ransomware", "--at", "laptop", *form]
    shown = {lang: ask("simulate", office, *words, lang=lang).out.splitlines() for lang in ("nl", "en")}
    same = {line for line in shown["nl"] if line in shown["en"] and set(line) - set(" -")}

    assert (len(shown["nl"]) - len(shown["en"]), same) == (0, set())


def test_kinds_are_listed_and_shown(ask: Ask) -> None:
    """A row for each kind; of one kind what it is, and for each parameter its default, its range and why."""
    listed = ask("scenario", "kinds").out.splitlines()
    shown = ask("scenario", "kinds", "telecom_failure").out
    data = json.loads(ask("scenario", "kinds", "telecom_failure", "--json").out)

    assert (len(listed), [row.split()[0] for row in listed[2:4]], data[0]["parameters"][1]["default"]) == (
        17, ["outage", "power_failure"], "3h18m",
    )  # fmt: skip
    assert [part in shown for part in ("Telecom failure (telecom_failure)", "1m..30d", "from 15:34 to 18:52")] == [
        True, True, True,
    ]  # fmt: skip


def test_the_town_of_the_other_tests_can_be_asked_too(ask: Ask) -> None:
    """A power failure lets every buffer do its work, as the failure of the grid does."""
    asked = ask("simulate", TOWN, "--incident", "power_failure", "--at", "grid", "--param", "lasts=12h", "--json")
    failed = ask("simulate", TOWN, "--fail", "grid", "--for", "12h", "--json")

    assert json.loads(asked.out)["falls"] == json.loads(failed.out)["falls"]
