"""Every check of the whole city: one consistent city, one spoilt line, the exact message."""

from pathlib import Path
from typing import Any

import pytest

from city_model.figures import FIGURE_CHECKS
from city_model.loader import load_city_from_texts
from city_model.references import CHECKS
from city_model.yaml_source import read
from resilience.base.problems import InputError

CASES_FILE = Path(__file__).with_name("spoilt_lines.yaml")


def cases() -> list[dict[str, Any]]:
    """Return the cases: the check they are about, what to replace by what in which file, the lines of the faults."""
    document = read(CASES_FILE.read_text(encoding="utf-8"), CASES_FILE.name).document
    assert document is not None
    assert isinstance(document.data, list)
    return document.data


def spoilt(texts: dict[str, str], file: str, old: str, new: str) -> dict[str, str]:
    """Return *texts* with the one occurrence of *old* in *file* replaced."""
    assert texts[file].count(old) == 1, f"{old!r} stands {texts[file].count(old)} times in {file}"
    return {**texts, file: texts[file].replace(old, new)}


def faults(texts: dict[str, str]) -> list[str]:
    """Return the lines that a user sees."""
    with pytest.raises(InputError) as caught:
        load_city_from_texts(texts)
    return [str(problem) for problem in caught.value.problems]


def test_the_small_city_has_no_faults(small: dict[str, str]) -> None:
    """What the cases spoil is whole before."""
    assert load_city_from_texts(small).id == "small"


def test_every_check_has_a_case() -> None:
    """A check that no case spoils a city for would never be seen to work."""
    assert {case["check"] for case in cases()} == {check.__name__ for check in (*CHECKS, *FIGURE_CHECKS)}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["check"])
def test_one_spoilt_line_gives_one_clear_fault(small: dict[str, str], case: dict[str, Any]) -> None:
    """Each fault names its place, what is wrong, and how to repair it."""
    assert faults(spoilt(small, case["file"], case["old"], case["new"])) == case["faults"]


def test_faults_of_several_files_come_together_in_the_order_of_the_files(small: dict[str, str]) -> None:
    """Nobody has to repair one fault to see the next."""
    texts = spoilt(small, "base/grid.yaml", "    kind: infrastructure", "    kind: infrastructure\n    district: north")
    texts = spoilt(texts, "small/town.yaml", "team: grid-crew", "team: crew")
    texts = spoilt(texts, "small/access.yaml", "value: 900", "value: 1900")

    assert [line.split(": ")[0] for line in faults(texts)] == [
        "base/grid.yaml:15:15",
        "small/access.yaml:5:22",
        "small/town.yaml:33:13",
    ]
