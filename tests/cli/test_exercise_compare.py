"""``resilience exercise compare`` with other choices, bands and groups: what it shows people and programs."""

import json
from pathlib import Path

import pytest

from resilience.exercise.session import Session
from tests.cli.asking import Ask
from tests.unit.exercise.small_exercise import write_files

FEW = ("--tries", "8")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """The command line."""
    return Ask(capsys)


@pytest.fixture
def groups(tmp_path: Path) -> tuple[Path, Path]:
    """Two groups that played the same: one connected the generator, the other waited."""
    files = write_files(tmp_path / "files")
    made = []
    for group, option in (("Blue", "connect"), ("Red", "wait")):
        path = tmp_path / f"{option}.exercise"
        with Session.create(path, *files, group=group, wall_source=lambda: 1) as session:
            session.start()
            session.jump(20)
            session.decide("open-hall", option, who="team")
            session.jump(600)
            session.end()
        made.append(path)
    return made[0], made[1]


def test_another_choice_comes_with_its_band(ask: Ask, groups: tuple[Path, Path]) -> None:
    """What it saves in this exercise is the difference with the group that took it; the page and the JSON agree."""
    page = groups[0].with_name("page.html")
    words = ("exercise", "compare", groups[0], "--change", "open-hall=wait", *FEW)
    said, found = ask(*words, "--out", page), json.loads(ask(*words, "--json").out)
    lost = json.loads(ask("exercise", "compare", *groups, "--json").out)
    saved = sum(lost[str(groups[0])].values()) - sum(lost[str(groups[1])].values())

    assert {
        "first": said.out.splitlines()[0],
        "together": any(line.startswith("together ") for line in said.out.splitlines()),
        "how": "8 tries" in said.out,
        "once": (found["changes"], abs(found["saved_resident_hours"] - saved) <= 1),
        "tried": (found["tried"]["tries"], found["tried"]["together"]["better"], found["tried"]["functions"]["phone"]),
        "page": "instead of &#39;Connect&#39;" in page.read_text(encoding="utf-8"),
    } == {
        "first": "Generator: 'Wait' instead of 'Connect'",
        "together": True,
        "how": True,
        "once": ({"open-hall": "wait"}, True),
        "tried": (8, "worse", {"better": "same", "high": 0, "low": 0, "middle": 0}),
        "page": True,
    }


def test_what_each_decision_saved_can_have_a_band(ask: Ask, groups: tuple[Path, Path]) -> None:
    """The band is of what the decision saves, as is the number beside it."""
    (connect, nothing) = json.loads(ask("exercise", "compare", groups[0], *FEW, "--json").out)
    shown = ask("exercise", "compare", groups[0], *FEW).out

    assert (connect["tries"], connect["band"]["better"], connect["band"], "in 90 of 100 tries" in shown) == (
        8, "better", nothing["band"], True,
    )  # fmt: skip


def test_groups_are_called_by_their_label(ask: Ask, groups: tuple[Path, Path]) -> None:
    """In both tables; against the first, with its band."""
    shown = ask("exercise", "compare", *groups, *FEW).out.splitlines()
    found = json.loads(ask("exercise", "compare", *groups, *FEW, "--json").out)

    assert {
        "lost": shown[1].split()[-2:],
        "against": "Saved against Blue, in 90 of 100 tries:" in shown,
        "json": (found["saved_against"], found["saved"][str(groups[1])]["together"]["better"]),
    } == {"lost": ["Blue", "Red"], "against": True, "json": (str(groups[0]), "worse")}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ONE", "TWO", "--change", "open-hall=wait"], "--change works on one exercise"),
        (["ONE", "--out", "page.html"], "--out needs --change"),
        (["ONE", "--change", "open-hall"], "write --change as DECISION=OPTION"),
        (["ONE", "--change", "nope=wait"], "nope was not decided in this exercise: use one of: open-hall"),
        (
            ["ONE", "--change", "open-hall=wait", "--change", "open-hall=wait"],
            "--change names decision open-hall twice",
        ),
    ],
)
def test_a_comparison_that_cannot_be_made_is_one_line(
    ask: Ask, groups: tuple[Path, Path], words: list[str], said: str
) -> None:
    """What is wrong and what would do; exit code 2."""
    places = {"ONE": str(groups[0]), "TWO": str(groups[1])}
    found = ask("exercise", "compare", *(places.get(word, word) for word in words))

    assert (found.code, said in found.err, len(found.err.splitlines()), found.out) == (2, True, 1, "")
