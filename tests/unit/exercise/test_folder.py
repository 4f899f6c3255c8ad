"""The folder of exercises: names that never clash, the last one first, and a broken file does not hide the rest."""

import datetime as dt
from pathlib import Path

import pytest

from resilience.base.problems import InputError
from resilience.exercise.keeping.folder import default_folder, exercises, latest, new_path
from tests.unit.exercise.small_exercise import MINUTE, new_session

NOON = dt.datetime(2026, 11, 23, 12, 0, 5, tzinfo=dt.UTC)


def test_a_new_name_is_free(tmp_path: Path) -> None:
    """City, scenario and moment, made fit for a file name; a number where that is taken."""
    first = new_path("./my city", "/x/Zwart scherm.yaml", tmp_path, NOON)
    first.touch()
    second = new_path("./my city", "/x/Zwart scherm.yaml", tmp_path, NOON)

    assert (first.name, second.name) == (
        "my-city-Zwart-scherm-20261123-120005.exercise", "my-city-Zwart-scherm-20261123-120005-2.exercise",
    )  # fmt: skip


def test_a_folder_that_cannot_be_made_names_the_option(tmp_path: Path) -> None:
    """Who has no home of his own can still start an exercise elsewhere."""
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "exercises"
    with pytest.raises(InputError) as caught:
        new_path("town", "blackout", place, NOON)

    assert str(caught.value) == (
        f"{place}: exercises cannot be kept here: a file stands where a folder should be: name a place with --file"
    )


def test_the_folder_is_the_users_own() -> None:
    """Without another choice, exercises are kept below the user's data folder."""
    assert default_folder().is_relative_to(Path.home())


def test_the_last_one_written_comes_first(tmp_path: Path) -> None:
    """Ended ones are listed but not resumed; a broken file says what is wrong; looking leaves nothing behind."""
    for number, name in enumerate(["old", "mid", "ended"]):
        session, wall = new_session(tmp_path, tmp_path / f"{name}.exercise")
        wall.now += number * MINUTE
        session.start()
        if name == "ended":
            session.end()
        session.close()
    (tmp_path / "broken.exercise").write_text("nothing", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    found = exercises(tmp_path)

    assert {
        "order": [one.path.stem for one in found],
        "faults": [bool(one.fault) for one in found],
        "latest": latest(tmp_path).stem,
        "left": sorted(tmp_path.iterdir()),
    } == {
        "order": ["ended", "mid", "old", "broken"],
        "faults": [False, False, False, True],
        "latest": "mid",
        "left": before,
    }


def test_nothing_to_resume_is_said(tmp_path: Path) -> None:
    """Also when the folder does not exist."""
    with pytest.raises(InputError, match="there is no exercise to resume"):
        latest(tmp_path / "nowhere")
