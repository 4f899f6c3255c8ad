"""ArchiMate as a folder of small files, which coArchi keeps in git: one file for each element and relation.

A reference to another file is only ever used for the id behind its ``#``; no path in a file is opened.
"""

from collections.abc import Mapping
from xml.etree.ElementTree import Element as Node

from city_model.exchange.archimate_model import RELATION_TYPES, ArchiModel, Element, Notice, clean, known_type, words
from city_model.exchange.archimate_xml import (
    add_to,
    attribute,
    junction_type,
    local,
    native_properties,
    native_relation,
)
from city_model.exchange.safe_input import parse_xml
from resilience.base.language import _
from resilience.base.problems import InputError

HEADER = "folder.xml"
_VIEWS = ("DiagramModel", "SketchModel", "CanvasModel")


def is_grafico(names: Mapping[str, bytes]) -> bool:
    """Return whether files of these names are a model in this form: the header stands in ``model/``."""
    return any(name == f"model/{HEADER}" or name.endswith(f"/model/{HEADER}") for name in names)


def model_of(files: Mapping[str, bytes], name: str) -> ArchiModel:
    """Return the model in *files* (path below the folder, content); *name* is the folder as problems show it.

    A file that cannot be read is left out and told about: one broken merge must not hide the rest of the model.
    """
    header = min((path for path in files if path.endswith(f"model/{HEADER}")), key=len)
    folder = header.removesuffix(HEADER)
    model = ArchiModel("Grafico", access_without_type="Write")
    root = parse_xml(files[header], f"{name}/{header}")
    model.name = words([("", attribute(root, "name"))])
    model.documentation = words([("", attribute(root, "purpose", "documentation"))])
    model.properties = native_properties(root)
    profiles = {attribute(node, "id"): attribute(node, "name") for node in root if local(node.tag) == "profiles"}
    for path in sorted(files):
        if not path.startswith(folder) or not path.endswith(".xml") or path.rpartition("/")[2] == HEADER:
            continue
        try:
            _add(model, parse_xml(files[path], path), profiles)
        except InputError as error:
            model.notices.append(Notice(path, _("left out: {reason}", reason=error.problems[0].what)))
    return model


def _add(model: ArchiModel, node: Node, profiles: Mapping[str, str]) -> None:
    written = local(node.tag)
    if written.endswith(_VIEWS):
        return
    named = (profiles.get(_reference(child), "") for child in node if local(child.tag) == "profiles")
    item = Element(
        attribute(node, "id"),
        junction_type(known_type(written), node),
        words([("", attribute(node, "name"))]),
        words([("", attribute(node, "documentation"))]),
        (*native_properties(node), *(("specialization", clean(profile)) for profile in named if profile)),
    )
    ends = {local(child.tag): _reference(child) for child in node if local(child.tag) in {"source", "target"}}
    if item.type in RELATION_TYPES or ends:
        add_to(model, native_relation(item, node, ends.get("source", ""), ends.get("target", "")))
    else:
        add_to(model, item)


def _reference(node: Node) -> str:
    """Return the id behind the ``#`` of a reference."""
    return attribute(node, "href").rpartition("#")[2]
