"""Where the boxes of a picture go: columns from cause to consequence, few crossings, nothing on top of anything.

A layered layout after Sugiyama in plain Python, because the layouts of networkx need numpy and start from random
places. The same nodes and edges in the same order give the same picture.
"""

import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]

_BEND_HEIGHT = 0.3
"""The room, in rows, that a line takes where it passes a column between boxes."""
_SWEEPS = 16
"""Passes over the columns; more no longer changes pictures of up to forty boxes."""


@dataclass(frozen=True)
class Layout:
    """Column (from 0, left) and row (from 0, top) of every node, and the points by which each edge goes."""

    places: dict[str, tuple[int, float]]
    routes: dict[Edge, tuple[tuple[float, float], ...]]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 + max((column for column, _row in self.places.values()), default=-1)

    @property
    def rows(self) -> float:
        """The height from the first to the last row, boxes included."""
        ends = [row for points in self.routes.values() for _column, row in points]
        return 1 + max([row for _column, row in self.places.values()] + ends, default=0.0)


@dataclass(frozen=True)
class _Item:
    """A node, or the bend of an edge (with its number from the start of the edge)."""

    name: str
    edge: Edge | None = None
    number: int = 0

    @property
    def height(self) -> float:
        return 1.0 if self.edge is None else _BEND_HEIGHT


def layered(nodes: Sequence[str], edges: Iterable[Edge], *, last: Collection[str] = (), tallest: int = 10) -> Layout:
    """Return a layout of *nodes*, where an edge (a, b) puts b to the right of a unless a circle forbids it.

    Nodes named in *last* come to the right of all others as far as the edges allow; a column holds at most *tallest*
    nodes, and what does not fit moves one column on.
    """
    known = set(nodes)
    wanted = tuple(dict.fromkeys(edge for edge in edges if edge[0] != edge[1] and set(edge) <= known))
    forward = _without_circles(nodes, wanted)
    column_of = _columns(nodes, forward, frozenset(last), tallest)
    columns, links = _with_bends(nodes, forward, column_of)
    columns = _few_crossings(columns, links)
    row_of = _rows(columns, links)
    places = {node: (column_of[node], row_of[_Item(node)]) for node in nodes}
    routes = {edge: _route(edge, set(forward), column_of, row_of) for edge in wanted}
    return Layout(places=places, routes=routes)


def _without_circles(nodes: Sequence[str], edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """Return the edges with those turned round that close a circle on a walk in the order of *nodes*."""
    following: dict[str, list[str]] = {node: [] for node in nodes}
    for origin, target in edges:
        following[origin].append(target)
    state: dict[str, int] = {}
    turned: set[Edge] = set()
    has_cause = {target for _origin, target in edges}
    for start in [node for node in nodes if node not in has_cause] + list(nodes):
        if start in state:
            continue
        state[start] = 1
        walk = [(start, iter(following[start]))]
        while walk:
            node, rest = walk[-1]
            for target in rest:
                if state.get(target) == 1:
                    turned.add((node, target))
                elif target not in state:
                    state[target] = 1
                    walk.append((target, iter(following[target])))
                    break
            else:
                state[node] = 2
                walk.pop()
    return tuple(dict.fromkeys((b, a) if (a, b) in turned else (a, b) for a, b in edges))


def _columns(nodes: Sequence[str], edges: Sequence[Edge], last: frozenset[str], tallest: int) -> dict[str, int]:
    causes: dict[str, list[str]] = {node: [] for node in nodes}
    effects: dict[str, list[str]] = {node: [] for node in nodes}
    for origin, target in edges:
        causes[target].append(origin)
        effects[origin].append(target)
    order = _topological(nodes, causes, effects)
    pinned: set[str] = set()
    for node in reversed(order):
        if node in last and all(effect in pinned for effect in effects[node]):
            pinned.add(node)
    found: dict[str, int] = {}
    filled: dict[int, int] = {}
    first_pinned = 0
    for group in ([node for node in order if node not in pinned], [node for node in order if node in pinned]):
        for node in group:
            column = max([found[cause] + 1 for cause in causes[node]] + [first_pinned if node in pinned else 0])
            while filled.get(column, 0) >= tallest:
                column += 1
            found[node] = column
            filled[column] = filled.get(column, 0) + 1
        first_pinned = 1 + max(found.values(), default=-1)
    return found


def _topological(nodes: Sequence[str], causes: dict[str, list[str]], effects: dict[str, list[str]]) -> tuple[str, ...]:
    missing = {node: len(causes[node]) for node in nodes}
    ready = [node for node in nodes if not missing[node]]
    order: list[str] = []
    while ready:
        node = ready.pop(0)
        order.append(node)
        for effect in effects[node]:
            missing[effect] -= 1
            if not missing[effect]:
                ready.append(effect)
    return tuple(order)


def _with_bends(
    nodes: Sequence[str], edges: Sequence[Edge], column_of: dict[str, int]
) -> tuple[list[list[_Item]], list[tuple[_Item, _Item]]]:
    """Return the items per column, and the links between neighbouring columns that the edges become."""
    columns: list[list[_Item]] = [[] for _ in range(1 + max(column_of.values(), default=-1))]
    for node in nodes:
        columns[column_of[node]].append(_Item(node))
    links: list[tuple[_Item, _Item]] = []
    for edge in edges:
        origin, target = edge
        chain = [_Item(origin)]
        for number in range(1, column_of[target] - column_of[origin]):
            bend = _Item("", edge, number)
            columns[column_of[origin] + number].append(bend)
            chain.append(bend)
        chain.append(_Item(target))
        links += itertools.pairwise(chain)
    return columns, links


def _neighbours(links: Sequence[tuple[_Item, _Item]]) -> tuple[dict[_Item, list[_Item]], dict[_Item, list[_Item]]]:
    before: dict[_Item, list[_Item]] = {}
    after: dict[_Item, list[_Item]] = {}
    for left, right in links:
        before.setdefault(right, []).append(left)
        after.setdefault(left, []).append(right)
    return before, after


def _few_crossings(columns: list[list[_Item]], links: Sequence[tuple[_Item, _Item]]) -> list[list[_Item]]:
    """Return the columns with their items sorted by the barycentre of their neighbours, the best pass kept."""
    before, after = _neighbours(links)
    best, best_crossings = columns, _crossings(columns, after)
    current = columns
    for sweep in range(_SWEEPS):
        if not best_crossings:
            break
        towards, numbers = (
            (before, range(1, len(current))) if sweep % 2 == 0 else (after, range(len(current) - 2, -1, -1))
        )
        current = list(current)
        for number in numbers:
            fixed = current[number - 1] if sweep % 2 == 0 else current[number + 1]
            position = {item: place for place, item in enumerate(fixed)}
            keys = {
                item: _mean([position[other] for other in towards.get(item, ())], place)
                for place, item in enumerate(current[number])
            }
            current[number] = sorted(current[number], key=keys.__getitem__)
        crossings = _crossings(current, after)
        if crossings < best_crossings:
            best, best_crossings = current, crossings
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else float(otherwise)


def _crossings(columns: Sequence[Sequence[_Item]], after: dict[_Item, list[_Item]]) -> int:
    total = 0
    for left, right in itertools.pairwise(columns):
        position = {item: place for place, item in enumerate(right)}
        ends = [sorted(position[other] for other in after.get(item, ())) for item in left]
        flat = [place for places in ends for place in places]
        starts = [start for start, places in enumerate(ends) for _ in places]
        total += sum(
            starts[one] < starts[two] and flat[one] > flat[two]
            for one in range(len(flat))
            for two in range(one + 1, len(flat))
        )
    return total


def _rows(columns: Sequence[Sequence[_Item]], links: Sequence[tuple[_Item, _Item]]) -> dict[_Item, float]:
    """Return a row per item: as near to its neighbours as the order and the heights in its column allow."""
    before, after = _neighbours(links)
    rows: dict[_Item, float] = {}
    for column in columns:
        top = -sum(item.height for item in column) / 2
        for item in column:
            rows[item] = top + item.height / 2
            top += item.height
    alone = {item for item in rows if item not in before and item not in after}
    for sweep in range(_SWEEPS):
        towards = before if sweep % 2 == 0 else after
        middle = _mean([row for item, row in rows.items() if item not in alone], 0.0)
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wished = [
                middle if item in alone else _mean([rows[other] for other in towards.get(item, ())], rows[item])
                for item in column
            ]
            rows.update(zip(column, _apart(column, wished), strict=True))
    highest = min((row - item.height / 2 for item, row in rows.items()), default=0.0)
    return {item: round(row - highest - 0.5, 4) for item, row in rows.items()}


def _apart(column: Sequence[_Item], wished: Sequence[float]) -> list[float]:
    """Return rows nearest to *wished* (least squares) at which neighbours do not overlap."""
    offsets: list[float] = []
    used = 0.0
    for item in column:
        offsets.append(used + item.height / 2)
        used += item.height
    blocks: list[list[float]] = []  # [sum of wishes, how many]
    for wish, offset in zip(wished, offsets, strict=True):
        blocks.append([wish - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    level = [total / count for total, count in blocks for _ in range(int(count))]
    return [base + offset for base, offset in zip(level, offsets, strict=True)]


def _route(
    edge: Edge, forward: set[Edge], column_of: dict[str, int], row_of: dict[_Item, float]
) -> tuple[tuple[float, float], ...]:
    is_turned = edge not in forward
    origin, target = reversed(edge) if is_turned else edge
    points = [(float(column_of[origin]), row_of[_Item(origin)])]
    points += [
        (float(column_of[origin] + number), row_of[_Item("", (origin, target), number)])
        for number in range(1, column_of[target] - column_of[origin])
    ]
    points.append((float(column_of[target]), row_of[_Item(target)]))
    return tuple(reversed(points)) if is_turned else tuple(points)
