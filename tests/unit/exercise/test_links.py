"""Secret links: each opens one seat, none can be guessed, and any can be withdrawn."""

import stat
from pathlib import Path

import pytest

from resilience.base.problems import InputError
from resilience.exercise.keeping.links import TOKEN_BYTES, Links
from resilience.exercise.seats import Seat

SEATS = [Seat("cell", "gbt"), Seat("observer", "red"), Seat("spectator")]


def test_a_link_opens_its_own_seat(tmp_path: Path) -> None:
    """Each token opens one seat, no other text opens any; a token holds at least 128 bits, for its owner's eyes."""
    links = Links(tmp_path / "a.exercise")
    tokens = links.offer(SEATS)

    assert (
        [links.seat(tokens[seat.key]) for seat in SEATS],
        [links.seat(word) for word in ("", "x", "é", tokens["spectator"][:-1], tokens["spectator"] + "A")],
        TOKEN_BYTES * 8 >= 128,
        len(set(tokens.values())),
        stat.S_IMODE(links.path.stat().st_mode),
    ) == (SEATS, [None] * 5, True, 3, 0o600)


def test_a_link_lasts_until_it_is_withdrawn(tmp_path: Path) -> None:
    """Offered again it is the same; withdrawn, also by another process, the old one opens nothing and others stay."""
    serving, other = Links(tmp_path / "a.exercise"), Links(tmp_path / "a.exercise")
    before = dict(serving.offer(SEATS))
    again = dict(serving.offer(SEATS))
    other.renew("cell/gbt")

    assert (again, serving.seat(before["cell/gbt"]), serving.seat(before["spectator"])) == (
        before, None, Seat("spectator"),
    )  # fmt: skip
    assert serving.seat(other.tokens()["cell/gbt"]) == SEATS[0]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2, "seats": {}}'])
def test_a_damaged_file_opens_nothing(content: str, tmp_path: Path) -> None:
    """It is refused in one sentence with the way out; it never counts as no links at all."""
    links = Links(tmp_path / "a.exercise")
    links.path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="new links are made"):
        links.seat("x")


def test_only_a_seat_with_a_link_can_be_withdrawn(tmp_path: Path) -> None:
    """A mistyped seat is said, and no link changes."""
    links = Links(tmp_path / "a.exercise")
    before = dict(links.offer(SEATS))
    with pytest.raises(InputError, match="cell/bgt has no link"):
        links.renew("cell/bgt")

    assert links.tokens() == before
