"""The picture of the affected chain as a plotly figure: boxes with words inside, lines from cause to consequence."""

import itertools

from plotly import graph_objects

from reports import palette
from reports.chart_spec import LayeredPicture, Node, NodeTone, Route
from reports.plotly_words import escaped, wrapped

COLUMN_PIXELS = 130
"""The least width of a column: a box with eighteen characters per line."""
_ROW_PIXELS = 76
_HALF_WIDTH = 0.42
_HALF_HEIGHT = 0.43
_CHARACTERS = 18

FILLS: dict[NodeTone, str] = {
    "cause": palette.CAUSE_FILL,
    "down": palette.DOWN_FILL,
    "reduced": palette.REDUCED_FILL,
    "held": palette.HELD_FILL,
    "whole": palette.WHOLE_FILL,
}


def layered_picture(spec: LayeredPicture) -> graph_objects.Figure:
    """Return the figure: lines first, so that boxes cover where they pass beneath."""
    made = graph_objects.Figure()
    columns = 1 + max((node.column for node in spec.nodes), default=0)
    bottom = max([node.row for node in spec.nodes] + [row for r in spec.routes for _c, row in r.points], default=0.0)
    shapes = [_line(route) for route in sorted(spec.routes, key=lambda route: route.is_binding)]
    shapes += [_box(node) for node in spec.nodes]
    annotations = [_arrow(route) for route in spec.routes]
    annotations += [_words(node) for node in spec.nodes]
    made.add_scatter(
        x=[node.column for node in spec.nodes],
        y=[node.row for node in spec.nodes],
        mode="markers",
        marker={"size": 40, "opacity": 0},
        hovertext=[f"<b>{escaped(node.name)}</b><br>{escaped(node.detail)}" for node in spec.nodes],
        hoverinfo="text",
    )
    hidden = {"visible": False, "fixedrange": True}
    made.update_layout(
        shapes=shapes,
        annotations=annotations,
        height=round(24 + _ROW_PIXELS * (bottom + 1)),
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis={"range": [-0.5, columns - 0.5], **hidden},
        yaxis={"range": [bottom + 0.55, -0.55], **hidden},
        meta={"least_width": COLUMN_PIXELS * columns},
    )
    return made


def _line(route: Route) -> dict[str, object]:
    """A line that runs straight where it passes a column of boxes and bends only between columns."""
    side = _HALF_WIDTH if route.points[-1][0] >= route.points[0][0] else -_HALF_WIDTH
    places = [(route.points[0][0] + side, route.points[0][1])]
    for column, row in route.points[1:-1]:
        places += [(column - side, row), (column + side, row)]
    places.append((route.points[-1][0] - side, route.points[-1][1]))
    path = f"M {places[0][0]:.3f},{places[0][1]:.3f}"
    for number, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(places)):
        middle = (x0 + x1) / 2
        is_straight = number % 2 == 1
        path += (
            f" L {x1:.3f},{y1:.3f}"
            if is_straight
            else f" C {middle:.3f},{y0:.3f} {middle:.3f},{y1:.3f} {x1:.3f},{y1:.3f}"
        )
    return {
        "type": "path",
        "path": path,
        "xref": "x",
        "yref": "y",
        "layer": "below",
        "line": {
            "color": palette.LOSS if route.is_binding else palette.AXIS,
            "width": 2 if route.is_binding else 1,
            "dash": "solid" if route.is_binding else "dot",
        },
    }


def _arrow(route: Route) -> dict[str, object]:
    forward = route.points[-1][0] >= route.points[0][0]
    tip = route.points[-1][0] - (_HALF_WIDTH if forward else -_HALF_WIDTH)
    row = route.points[-1][1]
    return {
        "text": "",
        "showarrow": True,
        "x": tip,
        "y": row,
        "ax": tip - (0.04 if forward else -0.04),
        "ay": row,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "arrowhead": 2,
        "arrowsize": 1.1,
        "arrowwidth": 1.4,
        "arrowcolor": palette.LOSS if route.is_binding else palette.AXIS,
    }


def _box(node: Node) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": node.column - _HALF_WIDTH,
        "x1": node.column + _HALF_WIDTH,
        "y0": node.row - _HALF_HEIGHT,
        "y1": node.row + _HALF_HEIGHT,
        "xref": "x",
        "yref": "y",
        "layer": "below",
        "fillcolor": FILLS[node.tone],
        "line": {"color": palette.INK if node.is_function else palette.AXIS, "width": 2.5 if node.is_function else 1},
    }


def _words(node: Node) -> dict[str, object]:
    name = wrapped(node.name, _CHARACTERS, 3)
    detail = wrapped(node.detail, _CHARACTERS + 2, 1)
    colour = palette.CAUSE_TEXT if node.tone == "cause" else palette.INK
    return {
        "text": f"<b>{name}</b><br>{detail}" if node.is_function else f"{name}<br><i>{detail}</i>",
        "x": node.column,
        "y": node.row,
        "xref": "x",
        "yref": "y",
        "showarrow": False,
        "align": "center",
        "font": {"size": 10.5, "color": colour},
    }
