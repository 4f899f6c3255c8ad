"""What an exercise showed of the map: estimates give way, words stand, and all of it is an assumption."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from city_model.partner import sheets
from city_model.partner.merge import Merging
from city_model.partner.sightings import Applying, Sighting, patch, patch_text, read_sightings, sighting_faults
from resilience.base.problems import InputError
from tests.unit.partner.conftest import Fill
from tests.unit.partner.test_editing import changed_lines

DAY = dt.date(2026, 11, 25)
SOURCE = "oefening-nacht-2026-11-25"
ESTIMATE = {"sort": "figure", "subject": "net", "field": "residents", "value": "40.000"}
WORD = {"sort": "figure", "subject": "operatiekamer>net", "field": "buffer", "value": "1 uur"}


def applying(folder: Path, *sightings: dict[str, Any], accepted: tuple[int, ...] = ()) -> Applying:
    """Weigh sightings that went through a file."""
    found = [Sighting(entry=place, why="seen", **one) for place, one in enumerate(sightings, 1)]
    text = patch_text(patch("klein", "Nacht", "nacht", DAY, found))
    return Applying(str(folder), read_sightings(text, "patch.yaml", "klein"), accepted)


def lines(applying: Applying) -> list[str]:
    """Return the lines of the map that change, without those of the new source."""
    return [
        line for name in applying.changed_files() for line in changed_lines(applying.before[name], applying.texts[name])
    ]


def test_an_estimate_gives_way_to_what_was_seen(folder: Path) -> None:
    """The figure rests on the exercise, which is an assumption; nothing is written before it is asked for."""
    found = applying(folder, ESTIMATE)
    part = found.city.component_by_id["net"].residents
    source = found.city.source_by_id[SOURCE]

    assert part is not None
    kept = (folder / "netbeheer.yaml").read_text("utf-8") == found.before["klein/netbeheer.yaml"]
    assert (part.value, part.source, source.kind, source.confidence, kept) == (
        40000, SOURCE, "exercise", "assumed", True,
    )  # fmt: skip


def test_what_somebody_said_stands_until_it_is_accepted(folder: Path) -> None:
    """A figure that its owner gave is shown beside what was seen, and changes only when its number is given."""
    left, taken = applying(folder, WORD), applying(folder, WORD, accepted=(1,))
    [one] = left.weighed

    assert (one.standing, one.ours_by, left.changed_files(), len(taken.changed_files())) == (
        "against", "ziekenhuis", (), 1,
    )  # fmt: skip


def test_a_dependency_is_never_taken_away_by_itself(folder: Path) -> None:
    """Even one that only rests on an estimate: to leave it out makes the map look stronger than it may be."""
    refuted = {"sort": "refuted", "subject": "net>telefonie"}
    left, taken = applying(folder, refuted), applying(folder, refuted, accepted=(1,))

    assert (left.changed_files(), "net>telefonie" in taken.city.need_by_key) == ((), False)


def test_a_missing_dependency_comes_in_with_its_source(folder: Path) -> None:
    """As an assumption with the reason; one that is there already changes nothing."""
    missing = {"sort": "missing", "subject": "net", "provider": "operatiekamer", "kind": "place", "value": "2h"}
    found = applying(folder, missing, {**missing, "provider": "telefonie"})
    placed = found.city.need_by_key["net>operatiekamer"]

    assert (
        found.city.confidence_of(placed.need), placed.need.note, [one.standing for one in found.weighed],
    ) == ("assumed", "seen", ["change", "same"])  # fmt: skip


def test_a_list_that_loses_and_gains_keeps_its_layout(folder: Path) -> None:
    """One need removed and one added in the same list, beside a changed figure: only those lines change."""
    missing = {"sort": "missing", "subject": "net", "provider": "operatiekamer", "kind": "place"}
    found = applying(folder, {"sort": "refuted", "subject": "net>telefonie"}, missing, ESTIMATE, accepted=(1,))
    removed = [line for line in lines(found) if line.startswith("-")]

    assert (removed, set(found.city.need_by_key) >= {"net>operatiekamer"}) == (
        [
            "-    residents: {value: 50000, source: schatting}  # geschat",
            "-      - providers: [telefonie]",
            "-        kind: network",
            "-        source: schatting",
        ],
        True,
    )


def test_the_owner_confirms_what_was_seen(folder: Path, fill: Fill, merge: Callable[..., Merging]) -> None:
    """The questionnaire shows a sighting as an estimate; its owner says that it is right, and then it is their word."""
    applying(folder, ESTIMATE).write()
    key = "net | parts residents"
    merging = merge(fill("netbeheer", {key: {sheets.VERDICT: "klopt"}}))
    part = merging.city.component_by_id["net"].residents

    assert part is not None
    assert (part.value, merging.city.confidence_of(part), merging.faults) == (40000, "one_sided", [])


def test_what_left_the_map_since_is_passed_over(folder: Path) -> None:
    """The map goes on while an exercise is evaluated: what is gone is told, and the rest comes in."""
    found = applying(folder, {"sort": "refuted", "subject": "was>gone"}, ESTIMATE, accepted=(1,))

    assert ([one.standing for one in found.weighed], len(found.changed_files())) == (["gone", "change"], 1)


def test_a_patch_is_for_its_own_map(folder: Path) -> None:
    """Ids of two cities may be the same."""
    text = patch_text(patch("groot", "Nacht", "nacht", DAY, []))
    with pytest.raises(InputError, match="not of klein"):
        read_sightings(text, "patch.yaml", "klein")


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        ({"sort": "refuted", "subject": "net>telefoon"}, "did you mean net>telefonie"),
        ({"sort": "missing", "subject": "net", "provider": "net", "kind": "data"}, "name another provider"),
        ({"sort": "figure", "subject": "net", "field": "name", "value": "x"}, "choose one of residents"),
        ({"sort": "figure", "subject": "net", "field": "restart_lag", "value": "long"}, "write for example"),
    ],
)
def test_what_cannot_be_on_the_map_is_refused(folder: Path, seen: dict[str, Any], said: str) -> None:
    """With what it might have been."""
    city = applying(folder).city
    faults = [fault.repair for fault in sighting_faults(Sighting(entry=1, why="seen", **seen), city)]

    assert (len(faults), said in faults[0]) == (1, True)
