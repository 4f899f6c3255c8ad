"""What pydantic finds wrong with data, as faults that somebody who edits a file understands.

Follows every error through the types of the model to the place in the data (unions leave tags in pydantic's path
that are not in the data), makes one fault of the several errors of one value, and one of a missing and an unknown
field that are the same field with a typing error.
"""

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from city_model.fault_words import allowed_values, choice, example_of, near, words_for
from resilience.base.language import _

Path: TypeAlias = tuple[str | int, ...]
"""Keys and places in lists (from 0) that lead to a value."""


@dataclass(frozen=True)
class Fault:
    """One fault in data: where, what, how to repair it."""

    path: Path
    what: str
    repair: str
    at_key: bool = False
    """Whether the key is at fault, not its value."""


@dataclass(frozen=True)
class _Traced:
    """An error of pydantic with the place in the data and the types that lead there."""

    error: ErrorDetails
    path: Path
    annotation: Any
    """The type that was expected at *path*."""
    owner: type[BaseModel] | None
    """The model that has, or should have, the last name of *path* as a field."""
    at_key: bool


def value_at(data: object, path: Path) -> object:
    """Return the value at *path* in *data*; None where there is none."""
    for part in path:
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(data, Sequence) and not isinstance(data, str) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def path_text(path: Path, data: object) -> str:
    """Return *path* for people: list items by their id, else by their number from 1, as in ``needs#2``."""
    text = ""
    for place, part in enumerate(path):
        if isinstance(part, str):
            text += f".{part}" if text else part
            continue
        item = value_at(data, path[: place + 1])
        name = item.get("id") if isinstance(item, Mapping) else None
        text += f".{name}" if isinstance(name, str) and name else f"#{part + 1}"
    return text


def describe(model: type[BaseModel], data: object, errors: Iterable[ErrorDetails]) -> list[Fault]:
    """Return the faults that *errors* of validating *data* as *model* stand for."""
    traced = [_trace(model, error) for error in errors]
    unknown = [item for item in traced if item.error["type"] == "extra_forbidden"]
    missing = [item for item in traced if item.error["type"] == "missing"]
    faults = []
    for item in unknown:
        wanted = _meant_by(item, missing)
        if wanted is None:
            faults.append(_unknown_field(item))
        else:
            missing.remove(wanted)
            faults.append(_misspelt_field(item, wanted))
    faults += [_missing_field(item) for item in missing]
    values: dict[Path, list[_Traced]] = {}
    for item in traced:
        if item.error["type"] not in {"extra_forbidden", "missing"} and not _follows_from_items(item, data):
            values.setdefault(item.path, []).append(item)
    faults += [_wrong_value(path, items, value_at(data, path)) for path, items in values.items()]
    return faults


def _trace(model: type[BaseModel], error: ErrorDetails) -> _Traced:
    path: list[str | int] = []
    current: Any = model
    owner: type[BaseModel] | None = None
    at_key = False
    for part in error["loc"]:
        current = _bare(current)
        origin = get_origin(current)
        if part == "[key]":
            at_key = True
        elif isinstance(current, type) and issubclass(current, BaseModel):
            owner = current
            path.append(part)
            known = current.model_fields.get(str(part))
            current = known.annotation if known else None
        elif origin in {tuple, list, dict}:
            owner = None
            path.append(part)
            current = get_args(current)[1 if origin is dict else 0]
        elif origin in {Union, types.UnionType}:
            current = _member(current, str(part))
    return _Traced(error, tuple(path), current, owner, at_key)


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - annotations have no type of their own
    """Return *annotation* without its metadata and without "or None"."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, types.UnionType}:
        members = [member for member in get_args(annotation) if member is not types.NoneType]
        if len(members) == 1:
            return _bare(members[0])
    return annotation


def _member(union: Any, tag: str) -> Any:  # noqa: ANN401 - annotations have no type of their own
    """Return the member of *union* that pydantic calls *tag*: a model, by its class or its discriminator."""
    for member in map(_bare, get_args(union)):
        if not (isinstance(member, type) and issubclass(member, BaseModel)):
            continue
        tags = {value for known in member.model_fields.values() for value in allowed_values(known.annotation)}
        if tag == member.__name__ or tag in tags:
            return member
    return None


def _meant_by(unknown: _Traced, missing: Sequence[_Traced]) -> _Traced | None:
    """Return the missing field of the same mapping whose name the unknown field nearly is."""
    here = {str(item.path[-1]): item for item in missing if item.path[:-1] == unknown.path[:-1]}
    return here.get(near(str(unknown.path[-1]), here) or "")


def _misspelt_field(unknown: _Traced, wanted: _Traced) -> Fault:
    names = {"unknown": unknown.path[-1], "wanted": wanted.path[-1]}
    what = _("the field '{unknown}' is unknown, and '{wanted}' is missing", **names)
    return Fault(unknown.path, what, _("write {wanted} in place of {unknown}", **names), at_key=True)


def _unknown_field(item: _Traced) -> Fault:
    name = str(item.path[-1])
    known = list(item.owner.model_fields) if item.owner else []
    likely = near(name, known)
    if likely:
        repair = _("did you mean {name}?", name=likely)
    else:
        repair = _("remove it; the fields here are {names}", names=", ".join(known))
    return Fault(item.path, _("the field '{field}' is unknown", field=name), repair, at_key=True)


def _missing_field(item: _Traced) -> Fault:
    name = str(item.path[-1])
    what = _("the field '{field}' is missing", field=name)
    return Fault(item.path[:-1], what, _("add {line}", line=f"{name}: {example_of(_bare(item.annotation))}"))


def _follows_from_items(item: _Traced, data: object) -> bool:
    """Whether a list is said to be too short only because the items in it have faults of their own."""
    value = value_at(data, item.path)
    least = item.error.get("ctx", {}).get("min_length", 0)
    return item.error["type"] == "too_short" and isinstance(value, list) and len(value) >= least


def _wrong_value(path: Path, items: Sequence[_Traced], value: object) -> Fault:
    """Return one fault for all errors of one value; the alternatives of a union complain together."""
    alternatives = [literal for item in items for literal in _or_literal(item)]
    first = next((item for item in items if item.error["type"] != "literal_error"), items[0])
    error = first.error
    annotation = _bare(first.annotation)
    if error["type"] in {"union_tag_invalid", "union_tag_not_found"}:
        return _wrong_tag(path, error, value)
    what, repair = words_for(error, annotation, path[-1] if first.at_key else value)
    if first.error["type"] != "literal_error" and alternatives:
        repair = _("{repair}, or write {value}", repair=repair, value=" | ".join(alternatives))
    return Fault(path, what, repair, at_key=first.at_key)


def _or_literal(item: _Traced) -> list[str]:
    if item.error["type"] != "literal_error":
        return []
    return [str(value) for value in allowed_values(_bare(item.annotation))] or ["unknown"]


def _wrong_tag(path: Path, error: ErrorDetails, value: object) -> Fault:
    """Return the fault of a mapping whose kind (``effect: damage``) is missing or not in the list."""
    context = error.get("ctx", {})
    name = str(context.get("discriminator", "")).strip("'")
    if error["type"] == "union_tag_not_found":
        what = _("the field '{field}' is missing", field=name)
        return Fault(path, what, _("add {line}", line=f"{name}: …"))
    allowed = [tag.strip().strip("'") for tag in str(context.get("expected_tags", "")).split(",")]
    given = str(value.get(name) if isinstance(value, Mapping) else context.get("tag"))
    what = _("'{value}' is not a known {field}", value=given, field=name)
    return Fault((*path, name), what, choice(given, allowed))
