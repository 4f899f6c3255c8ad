"""Files of people change only where they must."""

import difflib

import pytest

from city_model.yaml_edit import APPEND, Edit, edited
from resilience.base.problems import InputError
from tests.unit.partner.partner_city import GRID, HOSPITAL


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that went and came."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in {"---", "+++"}]


def edits(*pairs: tuple[tuple[str | int, ...], object]) -> list[Edit]:
    """Return edits of path and value."""
    return [Edit(path, value) for path, value in pairs]


def test_a_figure_changes_on_its_own_line() -> None:
    """Also inside braces, with the comment behind it."""
    after = edited(GRID, edits((("components", 0, "residents"), {"value": 49000, "source": "telling"})))

    assert changed_lines(GRID, after) == [
        "-    residents: {value: 50000, source: schatting}  # geschat",
        "+    residents: {value: 49000, source: telling}  # geschat",
    ]


def test_new_fields_go_before_the_needs() -> None:
    """Fields of one owner together, whatever their order; an owner that is not there yet is made."""
    after = edited(
        GRID,
        edits(
            (("components", 0, "rto", "capable"), {"value": "4h", "source": "s"}),
            (("components", 0, "rto", "required"), {"value": "2h", "source": "s"}),
            (("components", 0, "tlp"), "AMBER"),
        ),
    )

    assert changed_lines(GRID, after) == [
        "+    rto:",
        "+      capable: {value: 4h, source: s}",
        "+      required: {value: 2h, source: s}",
        "+    tlp: AMBER",
    ]


def test_a_field_is_added_inside_braces_and_at_the_end_of_a_block() -> None:
    """A flow mapping stays one."""
    after = edited(
        HOSPITAL,
        edits(
            (("components", 0, "mtd", "capable"), {"value": "8h", "source": "s"}),
            (("components", 1, "needs", 0, "note"), "Via de kelder"),
            (("components", 0, "needs", 0, "confidence"), "confirmed"),
        ),
    )

    assert changed_lines(HOSPITAL, after) == [
        "+      capable: {value: 8h, source: s}",
        "+        confidence: confirmed",
        "-      - {providers: [net], kind: power, source: schatting}",
        "+      - {providers: [net], kind: power, source: schatting, note: Via de kelder}",
    ]


def test_a_list_is_made_or_grows() -> None:
    """A source for a file that had none stands above what uses it."""
    source = {"id": "telling", "kind": "interview"}
    need = {"providers": ["telefonie"], "kind": "network", "source": "telling"}
    after = edited(GRID, edits((("sources", APPEND), source), (("components", 0, "needs", APPEND), need)))

    assert changed_lines(GRID, after) == [
        "+sources:",
        "+  - id: telling",
        "+    kind: interview",
        "+",
        "+      - providers: [telefonie]",
        "+        kind: network",
        "+        source: telling",
    ]


def test_an_item_is_taken_out_with_its_lines() -> None:
    """The last one takes the key along."""
    one_less = edited(HOSPITAL, edits((("components", 1, "needs", 1), None)))
    none_left = edited(GRID, edits((("components", 0, "needs", 0), None)))

    assert changed_lines(HOSPITAL, one_less) == [
        "-      - providers: [operatiekamer, net]",
        "-        at_least: 1",
        "-        kind: place",
        "-        source: schatting",
    ]
    assert changed_lines(GRID, none_left) == [
        "-    needs:",
        "-      - providers: [telefonie]",
        "-        kind: network",
        "-        source: schatting",
    ]


def test_line_ends_and_a_missing_last_one_stay() -> None:
    """A file from Windows stays one."""
    text = "organisation:\r\n  id: a\r\n  tlp: GREEN"
    after = edited(text, edits((("organisation", "tlp"), "RED"), (("sources", APPEND), {"id": "s"})))

    assert after == "organisation:\r\n  id: a\r\n  tlp: RED\r\n\r\nsources:\r\n  - id: s\r\n"


def test_a_layout_that_cannot_be_changed_is_refused() -> None:
    """Rather than written wrong."""
    text = "components:\n  - {id: a,\n     needs: [{providers: [b]}]}\n"

    with pytest.raises(InputError, match="change it by hand"):
        edited(text, edits((("components", 0, "needs", 0), None)), "a.yaml")
