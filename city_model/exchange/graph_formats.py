"""Graphs for other programs: GraphML, GEXF, DOT and Mermaid, written the same way every time.

Names come from files of others: each format has its own way to keep a name from becoming code, and uses it always.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from city_model.exchange.graph_view import Edge, GraphView, Node
from city_model.exchange.xml_text import escaped
from resilience.base.language import language

_NODE_FIELDS: Final = (
    ("label_nl", "string", lambda node: node.nl),
    ("label_en", "string", lambda node: node.en),
    ("kind", "string", lambda node: node.kind),
    ("organisation", "string", lambda node: node.organisation),
    ("outside", "boolean", lambda node: _truth(node.outside)),
)
_EDGE_FIELDS: Final = (
    ("need", "string", lambda edge: edge.key),
    ("kind", "string", lambda edge: edge.kind),
    ("role", "string", lambda edge: edge.role),
    ("phase", "string", lambda edge: edge.phase),
    ("at_least", "int", lambda edge: str(edge.at_least)),
    ("group", "int", lambda edge: str(edge.group)),
    ("share", "int", lambda edge: str(edge.share)),
    ("buffer_minutes", "int", lambda edge: str(edge.buffer)),
    ("confidence", "string", lambda edge: edge.confidence),
    ("indirect", "boolean", lambda edge: _truth(edge.indirect)),
)
_DOT_SHAPES: Final = {
    "function": "house",
    "service": "ellipse",
    "application": "box",
    "infrastructure": "hexagon",
    "facility": "folder",
}
_MERMAID_SHAPES: Final = {
    "function": ("([", "])"),
    "service": ("(", ")"),
    "application": ("[", "]"),
    "infrastructure": ("{{", "}}"),
    "facility": ("[/", "/]"),
}
_MERMAID_ESCAPES: Final = str.maketrans(
    {character: f"#{ord(character)};" for character in "#\"<>&`\\|[](){};:*_~^$%@!?=+/'"}
    | {"\n": " ", "\r": " ", "\t": " "}
)


def graphml(view: GraphView) -> str:
    """Return *view* as GraphML; an edge runs from dependent to provider."""
    return "\n".join(_graphml(view)) + "\n"


def gexf(view: GraphView) -> str:
    """Return *view* as GEXF 1.3, which Gephi reads."""
    return "\n".join(_gexf(view)) + "\n"


def dot(view: GraphView) -> str:
    """Return *view* for Graphviz, grouped by organisation; a dotted line runs through things left out."""
    return "\n".join(_dot(view)) + "\n"


def mermaid(view: GraphView) -> str:
    """Return *view* as a Mermaid flowchart, grouped by organisation."""
    return "\n".join(_mermaid(view)) + "\n"


def _graphml(view: GraphView) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for owner, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        for name, type_, _value in fields:
            yield f'  <key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>'
    yield f'  <graph id="{escaped(view.id)}" edgedefault="directed">'
    for node in view.nodes:
        yield f'    <node id="{escaped(node.id)}">'
        for name, _type, value in _NODE_FIELDS:
            yield f'      <data key="node_{name}">{escaped(value(node))}</data>'
        yield "    </node>"
    for edge in view.edges:
        yield f'    <edge id="{edge.id}" source="{escaped(edge.dependent)}" target="{escaped(edge.provider)}">'
        for name, _type, value in _EDGE_FIELDS:
            yield f'      <data key="edge_{name}">{escaped(value(edge))}</data>'
        yield "    </edge>"
    yield "  </graph>"
    yield "</graphml>"


def _gexf(view: GraphView) -> Iterator[str]:
    types = {"int": "integer"}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield f"  <meta><description>{escaped(view.nl)} / {escaped(view.en)}</description></meta>"
    yield '  <graph defaultedgetype="directed" mode="static">'
    for owner, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        yield f'    <attributes class="{owner}" mode="static">'
        for place, (name, type_, _value) in enumerate(fields):
            yield f'      <attribute id="{place}" title="{name}" type="{types.get(type_, type_)}"/>'
        yield "    </attributes>"
    yield "    <nodes>"
    for node in view.nodes:
        yield f'      <node id="{escaped(node.id)}" label="{escaped(node.label(language()))}">'
        yield f"        <attvalues>{''.join(_attvalues(_NODE_FIELDS, node))}</attvalues>"
        yield "      </node>"
    yield "    </nodes>"
    yield "    <edges>"
    for edge in view.edges:
        ends = f'source="{escaped(edge.dependent)}" target="{escaped(edge.provider)}"'
        yield f'      <edge id="{edge.id}" {ends}>'
        yield f"        <attvalues>{''.join(_attvalues(_EDGE_FIELDS, edge))}</attvalues>"
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _attvalues(fields: tuple[tuple[str, str, Callable[..., str]], ...], item: Node | Edge) -> Iterator[str]:
    for place, (_name, _type, value) in enumerate(fields):
        yield f'<attvalue for="{place}" value="{escaped(value(item))}"/>'


def _dot(view: GraphView) -> Iterator[str]:
    yield f"digraph {_quoted(view.id)} {{"
    yield f"  label={_quoted(view.nl if language() == 'nl' else view.en)};"
    yield "  rankdir=LR;"
    yield '  node [fontname="sans-serif"];'
    for number, (name, nodes) in enumerate(_by_owner(view), start=1):
        indent = "  "
        if name:
            yield f"  subgraph cluster_{number} {{"
            yield f"    label={_quoted(name)};"
            indent = "    "
        for node in nodes:
            style = ', style="dashed"' if node.outside else ""
            shape = _DOT_SHAPES[node.kind]
            yield f"{indent}{_quoted(node.id)} [label={_quoted(node.label(language()))}, shape={shape}{style}];"
        if name:
            yield "  }"
    for (dependent, provider), edges in _by_ends(view).items():
        kinds = ", ".join(dict.fromkeys(edge.kind for edge in edges if edge.kind))
        style = ', style="dotted"' if all(edge.indirect for edge in edges) else ""
        yield f"  {_quoted(dependent)} -> {_quoted(provider)} [label={_quoted(kinds)}{style}];"
    yield "}"


def _mermaid(view: GraphView) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(view.nodes, start=1)}
    yield "flowchart LR"
    for number, (name, nodes) in enumerate(_by_owner(view), start=1):
        indent = "  "
        if name:
            yield f'  subgraph g{number}["{_plain(name)}"]'
            indent = "    "
        for node in nodes:
            left, right = _MERMAID_SHAPES[node.kind]
            yield f'{indent}{names[node.id]}{left}"{_plain(node.label(language()))}"{right}'
        if name:
            yield "  end"
    for (dependent, provider), edges in _by_ends(view).items():
        kinds = ", ".join(dict.fromkeys(edge.kind for edge in edges if edge.kind))
        arrow = "-.->" if all(edge.indirect for edge in edges) else "-->"
        label = f"|{kinds}|" if kinds else ""
        yield f"  {names[dependent]} {arrow}{label} {names[provider]}"
    outside = [names[node.id] for node in view.nodes if node.outside]
    if outside:
        yield "  classDef outside stroke-dasharray: 4 3"
        yield f"  class {','.join(outside)} outside"


def _by_owner(view: GraphView) -> list[tuple[str, list[Node]]]:
    """Return the nodes by the name of their owner, those without one last."""
    names = {owner: nl if language() == "nl" else en for owner, nl, en in view.owners}
    groups: dict[str, list[Node]] = {owner: [] for owner in names}
    for node in view.nodes:
        groups.setdefault(node.organisation if node.organisation in names else "", []).append(node)
    owned = [(names[owner], nodes) for owner, nodes in groups.items() if owner and nodes]
    return [*owned, *([("", groups[""])] if groups.get("") else [])]


def _by_ends(view: GraphView) -> Mapping[tuple[str, str], list[Edge]]:
    found: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in view.edges:
        found[edge.dependent, edge.provider].append(edge)
    return found


def _quoted(text: str) -> str:
    """Return *text* as a string of DOT."""
    one_line = " ".join(text.split())
    return '"' + one_line.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(text: str) -> str:
    """Return *text* for a label of Mermaid, with every character that could mean something written as a number."""
    return text.translate(_MERMAID_ESCAPES)


def _truth(value: bool) -> str:  # noqa: FBT001 - a value, not a switch
    return "true" if value else "false"
