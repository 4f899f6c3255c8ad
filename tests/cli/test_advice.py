"""`resilience advice` and `resilience scenario structure`, as a user asks them."""

import json

import pytest

from tests.cli.asking import Ask


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line."""
    return Ask(capsys)


def test_advice_follows_the_cascade(ask: Ask) -> None:
    """When telephony fails, 112 is down with it, and the advice says where to go instead."""
    said = json.loads(ask("advice", "utrecht", "--fail", "kpn-telefonie-kern", "--json").out)
    down = {row["channel"]: row["because"] for row in said["channels"] if not row["works"]}
    advice = {one["id"]: one["channels_that_work"] for one in said["advice"]}
    assert (down, said["subjects"], "geluidswagen" in advice["alleen-112-bij-nood"]) == (
        {"noodnummer": ["alarmnummer-112"]},
        ["alarmnummer", "loket"],
        True,
    )


def test_structure_shows_the_names_of_the_region(ask: Ask) -> None:
    """Both languages; the region's own team name."""
    said = [ask("scenario", "structure", "twente", lang=lang) for lang in ("nl", "en")]
    assert [("Regionaal Crisisteam (RCT)" in one.out, "Regional crisis team (RCT)" in one.out) for one in said] == [
        (True, False),
        (False, True),
    ]


def test_a_region_or_place_that_is_not_there_ends_with_one_sentence(ask: Ask) -> None:
    """Exit 2, and what to write instead."""
    said = [ask("scenario", "structure", "twent"), ask("advice", "nl")]
    assert [(one.code, one.err.count("\n")) for one in said] == [(2, 1), (2, 1)]
