"""What changed in one record: its fields side by side, as values that people read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from city_model.field_words import field_word
from city_model.figure_text import figure_words
from city_model.schema import City, Component, District, Organisation, Team
from city_model.summary import is_unknown
from city_model.values import Confidence, Provenance, Text
from city_model.words import confidence_word
from resilience.base.language import _, ngettext

APART = frozenset({"id", "needs", "effects"})
"""Fields that have sentences of their own."""
PROSE = frozenset({"description", "reason", "note", "role", "exit"})
"""Texts too long to show side by side."""


@dataclass(frozen=True)
class FieldChange:
    """One field that says something else than before."""

    path: str
    before: str | None
    """As people read it; None: not there."""
    after: str | None
    sentence: str
    """What changed, without whose field it is."""


def field_changes(old: City, new: City, before: BaseModel, after: BaseModel) -> Iterator[FieldChange]:
    """Yield what differs between two versions of one record; figures that were only looked at again come as one."""
    was, now = dict(leaves(before, "")), dict(leaves(after, ""))
    looked_at = 0
    for path in [*was, *(path for path in now if path not in was)]:
        one, other = was.get(path), now.get(path)
        if one == other:
            continue
        if isinstance(one, Provenance) and isinstance(other, Provenance):
            change = _figure_change(old, new, path, one, other)
            looked_at += change is None
            if change:
                yield change
        else:
            yield _plain_change(path, _called(old, path, one), _called(new, path, other))
    if looked_at:
        sentence = ngettext(
            "{number} figure was looked at again and stays", "{number} figures were looked at again and stay", looked_at
        )
        yield FieldChange("", None, None, sentence)


def confidence(city: City, said: Provenance) -> Confidence:
    """Return how sure a figure is by itself or by its source."""
    return said.confidence or city.source_by_id[said.source].confidence


def leaves(value: BaseModel, path: str) -> Iterator[tuple[str, object]]:
    """Yield what stands in a record, down to figures, texts and bare values; what is not filled in is left out."""
    for name in type(value).model_fields:
        inside = getattr(value, name)
        place = f"{path}.{name}" if path else name
        if inside is None or inside == () or name in APART:
            continue
        if isinstance(inside, BaseModel) and not isinstance(inside, (Provenance, Text)):
            yield from leaves(inside, place)
        elif name != "source":
            yield place, inside


def _figure_change(old: City, new: City, path: str, one: Provenance, other: Provenance) -> FieldChange | None:
    """Return how a figure changed: its value, else where it comes from; None when it was only looked at again."""
    field, was, now = field_word(path), figure_words(one), figure_words(other)
    sure = (confidence(old, one), confidence(new, other))
    if was != now:
        sentence = _("{field}: {before} → {after}", field=field, before=was, after=now)
        if sure[0] != sure[1] and not is_unknown(one) and not is_unknown(other):
            sentence += f" ({confidence_word(sure[0])} → {confidence_word(sure[1])})"
    elif one.source != other.source or one.confidence != other.confidence:
        sentence = _("{field}: still {value}, now from {source} ({confidence})", field=field, value=now,
                     source=other.source, confidence=confidence_word(sure[1]))  # fmt: skip
    else:
        return None
    return FieldChange(path, was, now, sentence)


def _plain_change(path: str, one: object, other: object) -> FieldChange:
    field = field_word(path)
    was, now = (None if value is None else _shown(value) for value in (one, other))
    if was == now and isinstance(one, Text) and isinstance(other, Text):
        was, now = f"{one.nl} / {one.en}", f"{other.nl} / {other.en}"
    if path == "name":
        sentence = _("was called {before}", before=was)
    elif was is None:
        sentence = _("{field}: now {after}", field=field, after=now)
    elif now is None:
        sentence = _("{field}: no longer {before}", field=field, before=was)
    elif path.rpartition(".")[2] in PROSE:
        sentence = _("{field}: rewritten", field=field)
    else:
        sentence = _("{field}: {before} → {after}", field=field, before=was, after=now)
    return FieldChange(path, was, now, sentence)


def _called(city: City, path: str, value: object) -> object:
    """Return *value* with the names of organisations, components, teams and districts in place of their ids."""
    lists: dict[str, Sequence[Organisation | Component | Team | District]] = {
        "organisation": city.organisations,
        "operator": city.organisations,
        "supplier": city.organisations,
        "functions": city.components,
        "kept_on": city.components,
        "team": city.teams,
        "district": city.districts,
    }
    names = {thing.id: str(thing.name) for thing in lists.get(path.rpartition(".")[2], ())}
    if isinstance(value, tuple):
        return tuple(names.get(str(name), name) for name in value)
    return names.get(str(value), value)


def _shown(value: object) -> str:
    """Return a value that is no figure as people read it."""
    if isinstance(value, Provenance):
        return figure_words(value)
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, BaseModel) and not isinstance(value, Text):
        return " ".join(_shown(inside) for inside in (getattr(value, name) for name in type(value).model_fields)
                        if inside not in (None, ()))  # fmt: skip
    return str(value)
