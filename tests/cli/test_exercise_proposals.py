"""From the table to the map: ``exercise propose``, ``exercise proposals`` and ``city apply`` in one line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from resilience.base.problems import ResilienceError
from resilience.cli.main import cli
from tests.unit.exercise.small_exercise import new_session


def ask(*arguments: str | Path) -> Result:
    """Return what the command did, in English."""
    return CliRunner().invoke(cli, ["--lang", "en", *map(str, arguments)], standalone_mode=False)


def test_what_play_showed_reaches_the_map(tmp_path: Path) -> None:
    """Written down by a team during play, carried over as a file, looked at, applied; the map then names its source."""
    exercise, patch, town = tmp_path / "a.exercise", tmp_path / "patch.yaml", tmp_path / "town"
    session, _wall = new_session(tmp_path, exercise)
    session.start()
    session.close()
    told = ask("exercise", "propose", exercise, "--as", "it", "--figure", "server>power", "buffer", "40 min",
               "--why", "The battery held")  # fmt: skip
    ask("exercise", "propose", exercise, "--missing", "phone", "power", "--kind", "power", "--why", "It went dead")
    ask("exercise", "proposals", exercise, "--out", patch)
    before = (town / "grid-company.yaml").read_text(encoding="utf-8")
    looked = json.loads(ask("city", "apply", town, patch, "--json").stdout)
    untouched = (town / "grid-company.yaml").read_text(encoding="utf-8") == before
    applied = ask("city", "apply", town, patch, "--apply")
    again = json.loads(ask("city", "apply", town, patch, "--json").stdout)

    assert {
        "told": told.stdout.partition(": ")[2],
        "looked": [(one["standing"], one["taken"], one["ours"]) for one in looked["sightings"]],
        "source": (looked["source"]["kind"], looked["source"]["confidence"]),
        "untouched": untouched,
        "written": applied.stderr.count("written:"),
        "again": [one["standing"] for one in again["sightings"]],
    } == {
        "told": "Proposal for the map: buffer of server>power is 40 min (The battery held)\n",
        "looked": [("change", True, "20m"), ("change", True, "")],
        "source": ("exercise", "assumed"),
        "untouched": True,
        "written": 2,
        "again": ["same", "same"],
    }


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--refuted", "server>powr"), "did you mean server>power"),
        (("--refuted", "server>power", "--buffer", "2h"), "--kind and --buffer belong to --missing"),
        ((), "give one of --refuted, --missing, --figure"),
    ],
)
def test_a_proposal_names_things_on_the_map(tmp_path: Path, more: tuple[str, ...], said: str) -> None:
    """What is not there is refused with what it might have been."""
    exercise = tmp_path / "a.exercise"
    session, _wall = new_session(tmp_path, exercise)
    session.start()
    session.close()
    fault = ask("exercise", "propose", exercise, *more, "--why", "seen").exception

    assert fault is not None
    assert said in (str(fault) if isinstance(fault, ResilienceError) else fault.format_message())  # type: ignore[attr-defined]
