"""Writes the reference of the file formats: every field of a city and of a scenario, from the models that read them.

Which fields there are, what may stand in them and which must be there come from the models themselves; what a field
means stands in its docstring or, in plain words, in ``field_words.yaml`` beside this script.

    python docs/write_fields.py      writes reference/{city-files,scenario-files,effects}.md
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import ast
import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import yaml
from annotated_types import Ge, Le
from pydantic import BaseModel, BeforeValidator, StringConstraints
from pydantic.fields import FieldInfo

from city_model import effects, schema, values
from city_model.accepted import AcceptedFile
from city_model.contacts import ContactsFile
from city_model.impact import ImpactFile
from city_model.values import Frozen, Line, Minutes, Provenance, Slug
from resilience.analysis.fall_table import LossesFile
from resilience.base.files import write_text
from scenarios import schema as scenario_schema

HERE = Path(__file__).parent
WORDS = HERE / "field_words.yaml"
EFFECTS = tuple(get_args(get_args(effects.Effect)[0]))
SMALL_EFFECTS = tuple(model for model in EFFECTS if model is not effects.Damage)
PAGES: dict[str, tuple[type[Frozen], ...]] = {
    "effects.md": (effects.Damage, *SMALL_EFFECTS),
    "city-files.md": (
        schema.CityFile,
        schema.OrganisationFile,
        schema.AccessFile,
        ImpactFile,
        LossesFile,
        AcceptedFile,
        ContactsFile,
    ),
    "scenario-files.md": (scenario_schema.Scenario,),
}
EFFECTS_PAGE, CITY_PAGE, SCENARIO_PAGE = PAGES
Words = Mapping[str, Any]
"""What field_words.yaml says."""
Places = Mapping[type, str]
"""The link to the chapter of each model."""
PLAIN: Mapping[object, str] = {
    Slug: "id",
    Line: "text",
    Minutes: "duration",
    str: "text",
    bool: "`true` or `false`",
    int: "whole number",
    dt.date: "date",
    dt.datetime: "date and time",
}


def page(name: str) -> str:
    """Return the page called *name*, in Markdown."""
    words = _words()
    homes = _homes()
    places = {model: _link(model, words, home, name) for model, home in homes.items()}
    chapters = [
        _chapter(model, words, places) for model, home in homes.items() if home == name and model not in SMALL_EFFECTS
    ]
    if name == EFFECTS_PAGE:
        chapters.insert(0, _effects_chapter(words, places))
    return f"{words['pages'][name].rstrip()}\n\n" + "\n".join(chapters)


def every_field() -> set[str]:
    """Return every field of a city or scenario file, as ``Model.field``."""
    return {f"{model.__name__}.{field}" for model in _homes() for field in model.model_fields}


def undescribed() -> list[str]:
    """Return every field that no docstring and no word describes, and every word that describes no field."""
    words = _words()
    models = _homes()
    fields = {(model, field) for model in models for field in model.model_fields}
    silent = {f"{model.__name__}.{field}" for model, field in fields if not _meaning(model, field, words)}
    names = {name for model, field in fields for name in _names(model, field)} | {model.__name__ for model in models}
    return sorted(silent | {name for name in [*words["fields"], *words["models"]] if name not in names})


def meaning(model: type[Frozen], field: str) -> str:
    """Return what a field means, in Markdown."""
    return _meaning(model, field, _words())


def reached(root: type[Frozen]) -> list[type[Frozen]]:
    """Return *root* and every model that its fields lead to, each once."""
    return _reached((root,))


def main() -> None:
    """Write the pages."""
    for name in PAGES:
        write_text(HERE / "reference" / name, page(name))


@cache
def _words() -> dict[str, Any]:
    content = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    assert isinstance(content, dict)  # noqa: S101 - our own file
    return content


def _homes() -> dict[type[Frozen], str]:
    """Return on which page each model has its chapter: effects on their own, the rest where it is reached first."""
    homes: dict[type[Frozen], str] = dict.fromkeys((*EFFECTS, effects.Selector), EFFECTS_PAGE)
    for name in (CITY_PAGE, SCENARIO_PAGE):
        for model in _reached(PAGES[name]):
            homes.setdefault(model, name)
    return homes


def _reached(roots: Iterable[type[Frozen]]) -> list[type[Frozen]]:
    """Return *roots* and every model that their fields lead to, each once, nearest first; shared small ones last."""
    found: list[type[Frozen]] = []
    waiting = list(roots)
    while waiting:
        model = waiting.pop(0)
        if model in found:
            continue
        found.append(model)
        waiting += [part for hint in _hints(model).values() for part in _models_in(hint)]
    if any(issubclass(model, Provenance) for model in found):
        found.append(Provenance)
    return sorted(found, key=lambda model: model.__module__ == values.__name__)


def _models_in(hint: object) -> Iterator[type[Frozen]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        assert issubclass(hint, Frozen)  # noqa: S101 - every model of a file is
        yield hint
    for part in get_args(hint):
        yield from _models_in(part)


def _hints(model: type[Frozen]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {field: hints[field] for field in model.model_fields}


def _chapter(model: type[Frozen], words: Words, places: Places) -> str:
    lines = [f"## {_title(model, words)}", "", _intro(model, words), ""]
    lines += ["| Field | What stands there | Must | Meaning |", "|---|---|---|---|"]
    rows = _rows(model, words, places)
    if model is not Provenance and issubclass(model, Provenance):
        rows = {field: row for field, row in rows.items() if field not in Provenance.model_fields}
    for field, (shape, must, meaning) in rows.items():
        lines.append(f"| `{field}` | {shape} | {must} | {meaning} |")
    if len(rows) < len(model.model_fields):
        lines.append(f"| `source` and more | {places[Provenance]} | yes | Who says so. |")
    return "\n".join(lines) + "\n"


def _effects_chapter(words: Words, places: Places) -> str:
    """Return one table with the small effects, and below it what their fields mean."""
    lines = ["## All effects", "", "| `effect` | What it does | Fields |", "|---|---|---|"]
    damage = _intro(effects.Damage, words)
    lines.append(f"| `damage` | {damage} | see {places[effects.Damage]} |")
    meanings: dict[str, str] = {}
    for model in SMALL_EFFECTS:
        rows = _rows(model, words, places)
        kind = rows.pop("effect")[0]
        fields = "; ".join(f"`{field}`: {row[0]}" for field, row in rows.items() if field != "delay")
        lines.append(f"| {kind} | {_intro(model, words)} | {fields} |")
        meanings |= {field: meaning for field, (_shape, _must, meaning) in rows.items()}
    lines += ["", "Every effect may have a `delay`.", "", "| Field | Meaning |", "|---|---|"]
    lines += [f"| `{field}` | {meaning} |" for field, meaning in meanings.items()]
    return "\n".join(lines) + "\n"


def _rows(model: type[Frozen], words: Words, places: Places) -> dict[str, tuple[str, str, str]]:
    """Return for each field of *model* what stands there, whether it must, and what it means."""
    hints = _hints(model)
    return {
        field: (
            _shape(hints[field], places) + _default(info, hints[field]),
            "yes" if info.is_required() else "",
            _meaning(model, field, words),
        )
        for field, info in model.model_fields.items()
    }


def _intro(model: type[Frozen], words: Words) -> str:
    said = words["models"].get(model.__name__, {})
    return str(said.get("intro") or _plain(inspect.getdoc(model) or ""))


def _title(model: type[Frozen], words: Words) -> str:
    said = words["models"].get(model.__name__, {})
    return str(said.get("title") or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).capitalize())


def _link(model: type[Frozen], words: Words, place: str, here: str) -> str:
    title = _title(model, words)
    anchor = re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")
    return f"[{title}]({'' if place == here else place}#{anchor})"


def _meaning(model: type[Frozen], field: str, words: Words) -> str:
    said = words["fields"]
    found = next((said[name] for name in _names(model, field) if name in said and not name.startswith("*")), None)
    return found or _docstrings(_owner(model, field)).get(field) or said.get(f"*.{field}", "")


def _names(model: type[Frozen], field: str) -> tuple[str, ...]:
    """Return under which names the words may speak of a field."""
    return (f"{model.__name__}.{field}", f"{_owner(model, field).__name__}.{field}", f"*.{field}")


def _owner(model: type[Frozen], field: str) -> type[Frozen]:
    """Return the class that adds *field*: *model* or one above it."""
    return next(kind for kind in reversed(model.__mro__) if issubclass(kind, Frozen) and field in kind.model_fields)


@cache
def _docstrings(model: type[Frozen]) -> dict[str, str]:
    """Return the text under each field of *model* that has one."""
    body = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - a model is a class
    found = {}
    for field, text in zip(body.body, body.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(said))):
                found[name] = _plain(said)
    return found


def _plain(text: str) -> str:
    joined = " ".join(text.replace("``", "`").split())
    named = re.sub(r"(?<!\*)\*(\w+)\*(?!\*)", r"`\1`", joined)
    ruled = re.sub(r"\(rule ([\d.]+)\)", r"([rule \1](../semantics.md))", named)
    return re.sub(r"\bNone: ", "left out: ", re.sub(r"^None: ", "Left out: ", ruled))


def _default(info: FieldInfo, hint: object) -> str:
    if info.is_required() or info.default_factory or info.default in (None, (), {}):
        return ""
    said = ", ".join(map(str, info.default)) if isinstance(info.default, tuple) else _yaml(info.default)
    return f"; left out: `{said}{'m' if hint == Minutes else ''}`"


def _shape(hint: object, places: Places) -> str:
    """Return in words what may stand in a field."""
    known = next((text for plain, text in PLAIN.items() if hint == plain), None)
    if known or (isinstance(hint, type) and hint in places):
        return known or places[hint]  # type: ignore[index]
    if hint == effects.Effect:
        return f"[effect]({EFFECTS_PAGE})"
    parts = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
    origin = get_origin(hint)
    if origin is Literal:
        return " or ".join(f"`{_yaml(part)}`" for part in parts)
    words = [_shape(part, places) for part in parts if not _is_limit(part)]
    joined = {
        Annotated: f"{words[0]}{_bounds(parts)}",
        tuple: f"list of {words[0]}",
        dict: f"{words[-1]} for each {words[0]}",
        Union: " or ".join(words),
        UnionType: " or ".join(words),
    }
    return joined[origin]


def _is_limit(part: object) -> bool:
    return isinstance(part, FieldInfo | StringConstraints | BeforeValidator)


def _bounds(parts: Iterable[object]) -> str:
    """Return the limits of a whole number, in words; those of texts and lists are not worth a word."""
    limits = [limit for part in parts if isinstance(part, FieldInfo) for limit in part.metadata]
    low = next((limit.ge for limit in limits if isinstance(limit, Ge)), None)
    high = next((limit.le for limit in limits if isinstance(limit, Le)), None)
    if low is None:
        return ""
    return f" {low}..{high}" if high is not None else f", {low} or more"


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    main()
