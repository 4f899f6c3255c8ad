"""``resilience exercise survey``: on a terminal, from a file, and what it shows."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from resilience.cli import terminal
from resilience.cli.main import cli
from resilience.exercise.evaluation.survey import Survey
from tests.cli.test_exercise import ask, refusal
from tests.unit.exercise.small_exercise import new_session


@pytest.fixture
def ended(tmp_path: Path) -> Path:
    """An exercise after ENDEX."""
    path = tmp_path / "a.exercise"
    session, _wall = new_session(tmp_path, path)
    session.start()
    session.end()
    session.close()
    return path


def test_answers_come_from_a_form_that_it_writes(ended: Path, tmp_path: Path) -> None:
    """The empty form has a column per question; filled in, it comes in; closed, its outcome is shown."""
    form = tmp_path / "form.csv"
    ask("survey", ended, "--form", form)
    rows = ["nooit;4;5;4;5;3;4;Shorter"] * 5 + ["vaak;2;1;2;1;3;2;"] * 5
    form.write_text(form.read_text(encoding="utf-8") + "\r\n".join(rows), encoding="utf-8")
    before = json.loads(ask("survey", ended, "--answers", form, "--json").stdout)
    ask("survey", ended, "--close")
    after = json.loads(ask("survey", ended, "--json").stdout)
    by_id = {one["id"]: one for one in after["questions"]}

    assert {
        "before": before,
        "people": after["people"],
        "rol": (by_id["rol"]["mean"], by_id["rol"]["mean_by_group"]),
        "beter": by_id["beter"]["remarks"],
    } == {
        "before": {"closed": False, "people": None, "questions": []},
        "people": 10,
        "rol": (3.0, {"nooit": 4.0, "soms": None, "vaak": 2.0}),
        "beter": ["Shorter"] * 5,
    }


def test_people_answer_one_after_the_other(ended: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter leaves a question open, a wrong key is asked again, and whoever answers nothing does not count."""
    monkeypatch.setattr(terminal, "require_terminal", lambda *_words: None)
    first = ["1", "9", "4", "", "", "", "", "", "fine", ""]
    nobody = ["", "", "", "", "", "", "", "", "n"]
    words = ["--lang", "en", "exercise", "survey", str(ended)]
    said = CliRunner().invoke(cli, words, input="\n".join([*first, *nobody]) + "\n", standalone_mode=False)

    assert (said.exception, Survey(ended).answered(), "Answer one of: 1, 2, 3, 4, 5" in said.output) == (None, 1, True)


def test_a_file_that_holds_no_answers_is_refused(ended: Path, tmp_path: Path) -> None:
    """With what it should look like."""
    path = tmp_path / "answers.json"
    path.write_text('["yes"]', encoding="utf-8")

    assert "write a list with an object for each person" in refusal("survey", ended, "--answers", path)


def test_it_is_asked_after_the_exercise(tmp_path: Path) -> None:
    """Not during play, and not where there is no terminal and no file."""
    path = tmp_path / "b.exercise"
    session, _wall = new_session(tmp_path, path)
    session.start()
    session.close()

    assert "this exercise has not ended" in refusal("survey", path)
