"""What the properties of foreign elements mean: those of GEMMA, of the Softwarecatalogus, and of the mapping file."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from city_model.exchange.archimate_mapping import ArchimateMapping, Properties
from city_model.exchange.archimate_model import ArchiModel, Element
from city_model.exchange.names import LONGEST_TAG, external_tag, slug
from resilience.base.language import _

GEMMA: Final = "gemma"
"""Whose ids the property `Object ID` holds; the tables of the Softwarecatalogus hold the same."""
ARCHI: Final = "archi"
YES: Final = frozenset({"ja", "j", "yes", "y", "true", "waar", "1"})
NO: Final = frozenset({"nee", "n", "no", "false", "onwaar", "0"})
LONGEST_LINE: Final = 2000
ASPECTS: Final = ("availability", "integrity", "confidentiality")
_SCORE = re.compile(r"\s*([1-3])\s*[-/ ]?\s*([1-3])\s*[-/ ]?\s*([1-3])\s*")
_INHERITED: Final = ("biv", "product", "owner", "steward")
"""What a special kind of something takes over from the general one."""
_ROLE: Final = {
    "nl": "Overgenomen uit een ArchiMate-model; waarvoor de stad ervan afhangt, moet nog worden ingevuld.",
    "en": "Taken from an ArchiMate model; what the city depends on it for is still to be filled in.",
}


def component_fields(
    element: Element, properties: Properties, source: str, file: str
) -> tuple[dict[str, Any], list[str]]:
    """Return the fields that the properties of *element* fill, and remarks about those that they could not."""
    fields: dict[str, Any] = {}
    biv, remarks = _biv(element, properties, source, file)
    if biv:
        fields["biv"] = biv
    for name in ("product", "owner", "steward"):
        said = _first(element, getattr(properties, name))
        if said:
            fields[name] = said[:LONGEST_LINE]
    fields["tags"] = list(dict.fromkeys([_external(element, properties), *_tags(element, properties)]))
    return fields, remarks


def organisation_fields(element: Element, source: str, *, supplier: bool) -> dict[str, Any]:
    """Return what an organisation must have besides its name."""
    said = element.documentation
    texts = {"nl": said.first, "en": said.within("en") or said.first} if said.first else _ROLE
    role = {language: text[:LONGEST_LINE] for language, text in texts.items()}
    return {"sector": "ict" if supplier else "government", "role": role, "source": source}


def copied_down(kinds: Iterable[tuple[str, str]], components: Mapping[str, dict[str, Any]], model: ArchiModel) -> None:
    """Let every special kind have the fields of the general one that it lacks; circles are passed over."""
    general_of: dict[str, list[str]] = {}
    for special, general in kinds:
        general_of.setdefault(special, []).append(general)
    inherited = {name: _inherited(name, general_of, components, model) for name in general_of if name in components}
    for name, fields in inherited.items():
        components[name].update(fields)


def used_keys(mapping: ArchimateMapping) -> frozenset[str]:
    """Return the keys of properties that fill a field or decide something."""
    properties = mapping.properties
    named = {key for name in type(properties).model_fields for key in getattr(properties, name)}
    return frozenset({*named, *mapping.leave_out, *mapping.supplier_when, mapping.couplings.direction,
                      mapping.couplings.broker})  # fmt: skip


def _inherited(
    name: str, general_of: Mapping[str, list[str]], components: Mapping[str, dict[str, Any]], model: ArchiModel
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting, seen = list(general_of[name]), {name}
    while waiting:
        general = waiting.pop(0)
        if general in seen:
            continue
        seen.add(general)
        waiting += general_of.get(general, [])
        for field in _INHERITED:
            value = components.get(general, {}).get(field)
            if value is not None and field not in components[name] and field not in found:
                found[field] = value
                if field == "biv":
                    title = " ".join(model.elements[general].name.first.split())[:200]
                    found[field] = {**value, "reason": f"Afgeleid van '{title}': {value['reason']}"[:LONGEST_LINE]}
    return found


def _biv(element: Element, properties: Properties, source: str, file: str) -> tuple[dict[str, Any] | None, list[str]]:
    """Return availability, integrity and confidentiality: from the three properties, else from the score in one."""
    said = {aspect: _first(element, getattr(properties, aspect)) for aspect in ASPECTS}
    levels = {aspect: int(text) for aspect, text in said.items() if text in {"1", "2", "3"}}
    score = _SCORE.fullmatch(_first(element, properties.biv_score))
    if len(levels) < len(ASPECTS) and score:
        levels = {aspect: int(level) for aspect, level in zip(ASPECTS, score.groups(), strict=True)} | levels
    if not levels and not any(said.values()):
        return None, []
    if len(levels) < len(ASPECTS):
        lacking = ", ".join(aspect for aspect in ASPECTS if aspect not in levels)
        return None, [_("its BIV was not taken: no level from 1 to 3 for {names}", names=lacking)]
    reasons = [
        f"{key}: {value}"
        for aspect in ASPECTS
        for base in getattr(properties, aspect)
        for key, value in element.properties
        if value.strip() and key != base and base.casefold() in key.casefold()
    ]
    level = _first(element, properties.biv_level)
    parts = [*dict.fromkeys(reasons), *([f"BBN {level.removeprefix('BBN').strip()}"] if level else [])]
    reason = "; ".join(" ".join(part.split()) for part in parts) or f"Overgenomen uit {file}"
    return {**levels, "reason": reason[:LONGEST_LINE], "source": source}, []


def _external(element: Element, properties: Properties) -> str:
    said = _first(element, properties.external_id)
    return external_tag(said, GEMMA) if said else external_tag(element.id, ARCHI)


def _tags(element: Element, properties: Properties) -> Iterable[str]:
    for key in properties.tags:
        value = element.get(key).strip()
        if value.casefold() in YES:
            yield slug(key, LONGEST_TAG)
        elif value and value.casefold() not in NO and slug(value):
            yield slug(value, LONGEST_TAG)


def _first(element: Element, keys: Iterable[str]) -> str:
    """Return the first of these properties that says something."""
    return next((value.strip() for value in map(element.get, keys) if value.strip()), "")
