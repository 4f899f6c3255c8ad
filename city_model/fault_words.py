"""The words for a value that does not fit its field: what is wrong with it, and what to write instead."""

import difflib
import re
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from city_model.values import (
    CountFigure,
    DistributionFigure,
    DurationFigure,
    PerCentFigure,
    RequiredCapable,
    Text,
)
from resilience.base.language import _
from resilience.base.units import LONGEST_MINUTES

Words = tuple[str, str]
"""What is wrong, and how to repair it."""

LONGEST_SHOWN = 40
"""Characters of a value that a message repeats."""
LONGEST_CHOICE = 30
"""Names of a list that a message repeats."""
NEAR = 0.6
"""Names at least so alike are taken for a typing error."""


def words_for(error: ErrorDetails, annotation: Any, value: object) -> Words:  # noqa: ANN401 - any annotation
    """Return the words for *error* about *value*, where something like *annotation* is expected."""
    if value is None and error["type"] not in {"value_error", "too_short"}:
        return _("no value stands here"), _("fill it in, or remove the line")
    family = error["type"].split("_")[0]
    rule = _RULES.get(error["type"]) or _RULES.get(family)
    if rule is None:
        return _("this value is not accepted"), _("write {example}", example=example_of(annotation))
    return rule(error, annotation, value)


def allowed_values(annotation: Any) -> list[Any]:  # noqa: ANN401 - any annotation
    """Return the values of a Literal, also inside a union; none for any other annotation."""
    origin = get_origin(annotation)
    if origin is Literal:
        return list(get_args(annotation))
    if origin in {Union, types.UnionType}:
        return [value for member in get_args(annotation) for value in allowed_values(member)]
    return []


def example_of(annotation: Any, value: object = None) -> str:  # noqa: ANN401 - any annotation
    """Return what a value for *annotation* looks like in a file, with *value* in it where it may be what was meant."""
    plain = "…" if value is None or isinstance(value, (Mapping, list)) else str(value)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _example_of_model(annotation, plain)
    allowed = allowed_values(annotation)
    if allowed:
        return " | ".join(map(str, allowed))
    if get_origin(annotation) in {tuple, list}:
        return f"[{plain}]"
    return "…"


def near(word: str, known: Iterable[str]) -> str | None:
    """Return the name in *known* that *word* most likely stands for, or None."""
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=NEAR)
    return found[0] if found else None


def alike(word: str, known: Iterable[str]) -> list[str]:
    """Return up to five names in *known* that *word* may stand for: near ones, and those that hold it as a part."""
    names = sorted(known)
    near_ones = difflib.get_close_matches(word, names, n=3, cutoff=NEAR)
    parts = [name for name in names if word.lower() in name] if len(word) > 1 else []
    return list(dict.fromkeys([*near_ones, *parts]))[:5]


def choice(word: str, known: Iterable[str]) -> str:
    """Return the advice to write one of *known* in place of *word*: the nearest, or all of a short list."""
    names = list(known)
    likely = near(word, names)
    one_of = _("choose one of {names}", names=", ".join(names)) if 0 < len(names) <= LONGEST_CHOICE else ""
    return " ".join(part for part in (_("did you mean {name}?", name=likely) if likely else "", one_of) if part)


def shown(value: object) -> str:
    """Return *value* short enough for a message."""
    if isinstance(value, Mapping):
        return _("a mapping")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _("a list")
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    text = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return f"'{text}'" if isinstance(value, str) else text


def _example_of_model(model: type[BaseModel], plain: str) -> str:
    source = _("<id of a source>")
    known: dict[type[BaseModel], str] = {
        Text: f"{{nl: {plain}, en: {plain}}}",
        DurationFigure: f"{{value: {'4h' if plain == '…' else plain}, source: {source}}}",
        PerCentFigure: f"{{value: {'80' if plain == '…' else plain}, source: {source}}}",
        CountFigure: f"{{value: {'1000' if plain == '…' else plain}, source: {source}}}",
        DistributionFigure: f"{{min: 1h, likely: 3h, max: 8h, source: {source}}}",
        RequiredCapable: f"{{required: {{value: 4h, source: {source}}}}}",
    }
    if model in known:
        return known[model]
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    return "{" + ", ".join(f"{name}: …" for name in required or list(model.model_fields)[:1]) + "}"


def _not_text(_error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    if isinstance(value, (bool, int, float)):
        what = _("{value} is read as a number or as true or false, and text is expected", value=shown(value))
        return what, _("put it in quotes: '{value}'", value=shown(value))
    return _("text is expected, not {value}", value=shown(value)), _("write it as text, on one line or in quotes")


def _not_whole(_error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    what = _("{value} is not a whole number", value=shown(value))
    return what, _("write a whole number, without quotes, unit or per cent sign")


def _not_mapping(_error: ErrorDetails, annotation: Any, value: object) -> Words:  # noqa: ANN401
    what = _("a mapping with fields is expected, not {value}", value=shown(value))
    return what, _("write {example}", example=example_of(annotation, value))


def _not_list(_error: ErrorDetails, annotation: Any, value: object) -> Words:  # noqa: ANN401
    what = _("a list is expected, not {value}", value=shown(value))
    return what, _(
        "write {example}, or each item on its own line after a hyphen", example=example_of(annotation, value)
    )


def _not_in_list(_error: ErrorDetails, annotation: Any, value: object) -> Words:  # noqa: ANN401
    allowed = [str(item) for item in allowed_values(annotation)]
    what = _("{value} is not in the list of allowed values", value=shown(value))
    return what, choice(str(value), allowed)


def _not_an_id(_error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    what = _("{value} is not a valid id", value=shown(value))
    slug = re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")
    if slug:
        repair = _("use small letters, digits and single hyphens: {example}", example=slug)
        return what, repair
    return what, _("use small letters, digits and single hyphens")


def _too_short(error: ErrorDetails, annotation: Any, _value: object) -> Words:  # noqa: ANN401
    if error["type"] == "string_too_short":
        return _("this text is empty"), _("fill it in, or remove the line")
    least = error.get("ctx", {}).get("min_length", 1)
    what = _("this list has too few items")
    return what, _("write at least {number}: {example}", number=least, example=example_of(annotation))


def _too_long(error: ErrorDetails, _annotation: Any, _value: object) -> Words:  # noqa: ANN401
    most = error.get("ctx", {}).get("max_length", 0)
    if error["type"] == "string_too_long":
        return _("this text is too long"), _("use at most {number} characters", number=most)
    return _("this list has too many items"), _("use at most {number}", number=most)


def _out_of_bounds(error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    context = error.get("ctx", {})
    if error["type"].startswith("greater"):
        what = _("{value} is too low", value=shown(value))
        return what, _("write at least {limit}", limit=context.get("ge", context.get("gt")))
    what = _("{value} is too high", value=shown(value))
    return what, _("write at most {limit}", limit=context.get("le", context.get("lt")))


def _not_a_date(_error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    what = _("{value} is not a date", value=shown(value))
    return what, _("write year, month and day, for example 2026-11-22")


def _not_a_moment(_error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    what = _("{value} is not a date with a time", value=shown(value))
    return what, _("write for example 2026-11-22T08:30")


def _our_own(error: ErrorDetails, _annotation: Any, value: object) -> Words:  # noqa: ANN401
    """Return the words for a ValueError that values.py, schema.py or the schema of scenarios raises."""
    message = str(error.get("ctx", {}).get("error", ""))
    if "a duration needs a unit" in message:
        what = _("{value} has no unit", value=shown(value))
        return what, _("write weeks, days, hours and minutes, for example 30m, 4h or 2d")
    if "is longer than" in message:
        what = _("{value} is longer than can be simulated", value=shown(value))
        return what, _("write at most {limit} minutes (two years)", limit=LONGEST_MINUTES)
    if "is not a duration" in message:
        what = _("{value} is not a duration", value=shown(value))
        return what, _("write weeks, days, hours and minutes, for example 30m, 4h or 2d")
    return _("these fields do not fit together"), _advice(message)


def _advice(message: str) -> str:
    """Return the translation of what a check of a whole mapping says; a check that is not listed stays English."""
    known = {
        "give either providers or shares": _("give either providers or shares"),
        "give either finding or findings": _("give either finding or findings"),
        "at_least goes with providers, not with shares": _("at_least goes with providers, not with shares"),
        "give exactly one of fixed; min, likely and max; exponential; empirical; unknown": _(
            "give exactly one of fixed; min, likely and max; exponential; empirical; unknown"
        ),
        "a triangular duration needs min, likely and max": _("a triangular duration needs min, likely and max"),
        "min must be at most likely, and likely at most max": _("min must be at most likely, and likely at most max"),
        "give exactly one of at, when, when_any, when_all, undecided, shelf": _(
            "give exactly one of at, when, when_any, when_all, undecided, shelf"
        ),
        "the points of a curve must come later and later, and grow": _(
            "the points of a curve must come later and later, and grow"
        ),
    }
    return known.get(message, message)


_RULES: Mapping[str, Callable[[ErrorDetails, Any, object], Words]] = {
    "string_type": _not_text,
    "string_pattern_mismatch": _not_an_id,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_short,
    "too_long": _too_long,
    "int": _not_whole,
    "model": _not_mapping,
    "dict": _not_mapping,
    "tuple": _not_list,
    "list": _not_list,
    "literal": _not_in_list,
    "greater": _out_of_bounds,
    "less": _out_of_bounds,
    "date": _not_a_date,
    "datetime": _not_a_moment,
    "value": _our_own,
}
"""By the type of pydantic's error, or by its first word."""
