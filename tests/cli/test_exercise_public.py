"""``resilience exercise public``: what the table does with four eyes, and what the exercise says of channels."""

import json
from pathlib import Path

import pytest

from tests.cli.test_exercise import ask, refusal
from tests.unit.exercise.small_exercise import MINUTE, new_session

PLACES = """\
city: town
channels:
  - {channel: website, all: [web]}
  - {channel: pamflet}
subjects:
  - {subject: loket, components: [web]}
"""


@pytest.fixture
def running(tmp_path: Path) -> Path:
    """An exercise that stands at minute 40, when the counter is down."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start(rate=60)
    session.jump(40)
    session.pause()
    wall.now += MINUTE
    session.close()
    return path


def test_one_writes_and_another_lets_it_go(running: Path) -> None:
    """What nobody released stands there as not sent."""
    for text in ("Closed", "Closed until noon"):
        ask("public", "draft", running, text, "--as", "it", "--check", "gbt", "--channel", "pamflet")
    drafts = [one["entry"] for one in json.loads(ask("public", "list", running, "--json").stdout)]
    ask("public", "return", running, str(drafts[0]), "--as", "gbt", "--reason", "until when?")
    refused = refusal("public", "release", running, str(drafts[1]), "--as", "it")
    released = ask("public", "release", running, str(drafts[1]), "--as", "gbt").stdout
    found = json.loads(ask("public", "list", running, "--json").stdout)

    assert {
        "refused": refused.partition(":")[0],
        "told": "released the public message" in released,
        "found": [(one["status"], one["note"], one["worked"], one["failed"]) for one in found],
    } == {
        "refused": "another seat must read this message",
        "told": True,
        "found": [("returned", "until when?", None, None), ("released", "", ["pamflet"], None)],
    }


def test_channels_are_those_of_this_moment(running: Path, tmp_path: Path) -> None:
    """What is down in the run takes its channel with it, and advice on it fits."""
    places = tmp_path / "places.yaml"
    places.write_text(PLACES, encoding="utf-8")
    found = json.loads(ask("public", "channels", running, "--places", places, "--json").stdout)

    assert ({one["channel"]: one["works"] for one in found["channels"]}, found["subjects"]) == (
        {"website": False, "pamflet": True}, ["loket"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "checker", "said"),
    [("pamflt", "gbt", "pamflt is not a channel to residents here"), ("pamflet", "gbtt", "gbtt does not play here")],
)
def test_a_draft_names_what_there_is(running: Path, channel: str, checker: str, said: str) -> None:
    """A channel of the reference, and a seat that plays."""
    assert said in refusal("public", "draft", running, "x", "--as", "it", "--check", checker, "--channel", channel)
