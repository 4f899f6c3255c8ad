"""What `resilience city show CITY ID` says about one component: every field, with who says so."""

from collections.abc import Callable, Iterator, Mapping

from city_model.field_words import field_word
from city_model.figure_text import figure_words, group_words
from city_model.schema import (
    Backup,
    Biv,
    Certificate,
    City,
    Component,
    Fallback,
    OfflineAlternative,
    PersonalData,
    PlacedNeed,
    Substitution,
    Work,
)
from city_model.values import Provenance, RequiredCapable
from city_model.words import (
    backup_word,
    component_kind_word,
    confidence_word,
    data_role_word,
    ease_word,
    need_kind_word,
    personal_data_word,
    phase_word,
)
from resilience.base.language import _
from resilience.cli.city.text import Page, Row, Table

SHOWN = (
    "organisation", "operator", "supplier", "product", "substitution", "contract_end", "certificates", "district",
    "functions", "biv", "residents", "vulnerable", "minimum_level", "mtd", "rto", "rpo", "detection", "repair",
    "rebuild", "restart_lag", "backlog", "catch_up_level", "fallback", "offline_alternative", "backup",
    "personal_data", "data_role", "owner", "steward", "approver", "tags", "tlp",
)  # fmt: skip
"""The fields in the order in which they are shown; contacts have a command of their own."""
_PARTS: Mapping[type, tuple[str, ...]] = {
    RequiredCapable: ("required", "capable"),
    Work: ("duration", "team"),
    Fallback: ("name", "level", "delay", "duration"),
    Backup: ("kind", "kept_on", "tested_on"),
    Biv: ("availability", "integrity", "confidentiality", "reason"),
    Substitution: ("ease", "exit"),
    PersonalData: ("kind", "people"),
    OfflineAlternative: ("description", "capacity"),
}
"""Fields that have parts, with the parts that are shown."""
_FIRST: Mapping[type, str] = {kind: parts[0] for kind, parts in _PARTS.items() if kind not in {RequiredCapable, Biv}}
"""The part that stands behind the name of the field itself."""
_WORDS: Mapping[str, Callable[[str], str]] = {
    "substitution": ease_word,
    "backup": backup_word,
    "personal_data": personal_data_word,
    "data_role": data_role_word,
}


def component_page(city: City, component: Component) -> Page:
    """Return a component: every figure with who says so, what it needs and what needs it."""
    above = [placed for placed in city.placed_needs if component.id in placed.need.provider_ids]
    needs = [placed for placed in city.placed_needs if placed.dependent == component.id]
    above_rows = tuple((placed.dependent, need_kind_word(placed.need.kind), _role(placed)) for placed in above)
    parts: list[str | Table] = [f"{component.name} ({component.id}), {component_kind_word(component.kind)}"]
    if component.description:
        parts.append(str(component.description))
    parts += ["", Table((_("Field"), _("Value"), _("Certainty")), tuple(_field_rows(city, component)))]
    if needs:
        headers = (_("Need"), _("What"), _("When"), _("Buffer"), _("For"), _("Certainty"))
        parts += ["", _("Depends on:"), Table(headers, tuple(_need_row(city, placed) for placed in needs))]
    if above_rows:
        parts += ["", _("Is needed by:"), Table((_("Component"), _("What"), _("For")), above_rows)]
    data = component.model_dump(mode="json", exclude_none=True)
    return Page(tuple(parts), {**data, "needed_by": [placed.key for placed in above]})


def _need_row(city: City, placed: PlacedNeed) -> Row:
    need = placed.need
    buffer = figure_words(need.buffer) if need.buffer else ""
    return (group_words(need), need_kind_word(need.kind), phase_word(need.effective_phase), buffer, _role(placed),
            _certainty(city, need))  # fmt: skip


def _role(placed: PlacedNeed) -> str:
    """Return what a need is for; nothing where it is for the work itself."""
    return "" if placed.role == "level" else field_word(placed.role)


def _field_rows(city: City, component: Component) -> Iterator[Row]:
    """Yield a row for everything that the map says about the component itself."""
    for name in SHOWN:
        for path, value, said in _leaves(getattr(component, name), name):
            part = path.rpartition(".")[2]
            label = field_word(name) if path == name else f"{field_word(name)}: {field_word(part)}"
            yield label, _value_words(path, value), _certainty(city, said)


def _leaves(value: object, path: str, said: object = None) -> Iterator[tuple[str, object, object]]:
    """Yield what stands in one cell, with the path to it and what it has its source from; what is empty is left out."""
    if value is None or value in ((), ""):
        return
    if type(value) in _PARTS:
        said = value if hasattr(value, "source") else None
        for name in _PARTS[type(value)]:
            below = path if name == _FIRST.get(type(value)) else f"{path}.{name}"
            yield from _leaves(getattr(value, name), below, said)
    elif path == "certificates" and isinstance(value, tuple):
        yield from ((path, certificate, certificate) for certificate in value)
    else:
        yield path, value, value if isinstance(value, Provenance) else said


def _value_words(path: str, value: object) -> str:
    if isinstance(value, Provenance):
        return figure_words(value)
    if isinstance(value, Certificate):
        return _("{name}, valid until {day}", name=value.name, day=value.valid_until)
    word = _WORDS.get(path, str)
    return ", ".join(map(word, value)) if isinstance(value, tuple) else word(str(value))


def _certainty(city: City, said: object) -> str:
    """Return how sure a figure is and by which source; nothing for what has none."""
    if isinstance(said, Provenance):
        return f"{confidence_word(city.confidence_of(said))} ({said.source})"
    if isinstance(said, Backup | Biv | Substitution | Certificate):
        return f"{confidence_word(city.source_by_id[said.source].confidence)} ({said.source})"
    return ""
