"""Where the boxes of a picture go."""

import itertools
import random

import pytest

from reports.layout import Edge, layered

TALLEST = 6


def random_graph(seed: int) -> tuple[list[str], list[Edge]]:
    """Return up to forty nodes with some circles in them."""
    luck = random.Random(seed)
    nodes = [f"n{number}" for number in range(luck.randrange(2, 41))]
    edges = [(luck.choice(nodes), luck.choice(nodes)) for _ in range(luck.randrange(0, 70))]
    return nodes, edges


def test_a_chain_runs_from_left_to_right_in_one_row() -> None:
    """Cause, link and consequence stand beside each other, each one column further."""
    layout = layered(["a", "b", "c"], [("a", "b"), ("b", "c")])

    assert layout.places == {"a": (0, 0.0), "b": (1, 0.0), "c": (2, 0.0)}


def test_last_nodes_stand_right_of_all_others() -> None:
    """Functions come at the end, even where their own chain is short; the long line gets bends to go by."""
    layout = layered("abcf", [("a", "b"), ("b", "c"), ("a", "f")], last={"f"})

    assert (layout.places["f"][0], [column for column, _row in layout.routes["a", "f"]]) == (3, [0.0, 1.0, 2.0, 3.0])


def test_a_circle_is_drawn_and_does_not_stop_the_layout() -> None:
    """Of two parts that need each other, the first named stands left; both lines are there."""
    layout = layered("ab", [("a", "b"), ("b", "a")])

    assert (layout.places, sorted(layout.routes)) == ({"a": (0, 0.0), "b": (1, 0.0)}, [("a", "b"), ("b", "a")])


def test_parallel_lines_do_not_cross() -> None:
    """Nodes that came in the wrong order are sorted to their partners."""
    layout = layered(["a", "b", "y", "x"], [("a", "x"), ("b", "y")])

    assert layout.places["x"][1] < layout.places["y"][1]


def test_nothing_at_all_is_an_empty_layout() -> None:
    """No node gives no place and no height problem."""
    layout = layered([], [])

    assert (layout.places, layout.columns, layout.rows) == ({}, 0, 1.0)


@pytest.mark.parametrize("seed", range(25))
def test_boxes_never_overlap_and_columns_stay_low(seed: int) -> None:
    """In every column boxes are at least a row apart and not too many; every line joins its two boxes."""
    nodes, edges = random_graph(seed)
    layout = layered(nodes, edges, tallest=TALLEST)
    columns: dict[int, list[float]] = {}
    for column, row in layout.places.values():
        columns.setdefault(column, []).append(row)

    gaps = [below - above for rows in columns.values() for above, below in itertools.pairwise(sorted(rows))]
    loose = [
        edge
        for edge, points in layout.routes.items()
        if (points[0], points[-1]) != (layout.places[edge[0]], layout.places[edge[1]])
    ]
    highest = min((row for rows in columns.values() for row in rows), default=0.0)
    assert (min(gaps, default=1.0) >= 0.999, max(map(len, columns.values())) <= TALLEST, loose, highest >= 0) == (
        True,
        True,
        [],
        True,
    )


def test_the_same_picture_every_time() -> None:
    """The layout holds no luck: twice the same input is twice the same picture."""
    nodes, edges = random_graph(7)

    assert layered(nodes, edges) == layered(nodes, list(edges))
