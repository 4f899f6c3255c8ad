"""Where everything that the map says about a component comes from: each need and figure with its source."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from city_model.compare_fields import leaves
from city_model.confidence import figure_confidence
from city_model.field_words import field_word
from city_model.figure_text import figure_words
from city_model.naming import names_of
from city_model.quality import due_on
from city_model.schema import City, PlacedNeed, needs_of
from city_model.summary import is_unknown
from city_model.values import Provenance
from city_model.words import confidence_word, need_kind_word
from resilience.base.language import _
from tui.view_models.map_tree import role_word
from tui.view_models.rows import Block, Sheet, Tone

UNKNOWN, ASSUMED, CONFIRMED, OTHER = "?", "≈", "✓", "·"


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """One need or figure, with how sure it is and by when it is to be looked at again."""

    key: str
    mark: str
    label: str
    value: str
    confidence: str
    review: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the map says, with who says so."""

    key: str
    label: str
    value: str
    by: Provenance


def provenance_rows(city: City, component: str, on: dt.date) -> tuple[ProvenanceRow, ...]:
    """Return every need and figure of *component*; what is due for review on the day *on* is marked."""
    return tuple(_row(city, said, on) for said in said_about(city, component))


def said_about(city: City, component: str) -> Iterator[Said]:
    """Yield each figure of *component* and each of its needs, the figures of a need below it."""
    part = city.component_by_id[component]
    yield from _figures(part, "", "")
    for placed in needs_of(part):
        yield Said(placed.key, need_label(city, placed), need_kind_word(placed.need.kind), placed.need)
        yield from _figures(placed.need, f"{placed.key}/", "└ ")


def need_label(city: City, placed: PlacedNeed) -> str:
    """Return a need as its providers, with what it is for where that is not the daily work."""
    names = names_of(city, placed.need.provider_ids)
    role = role_word(placed.role)
    return f"→ {names} ({role})" if role else f"→ {names}"


def source_sheet(city: City, said: Said, on: dt.date) -> Sheet:
    """Return the whole provenance of one need or figure."""
    by, source = said.by, city.source_by_id[said.by.source]
    due = due_on(city, by)
    when = _("{day}, has passed", day=due) if due < on else str(due)
    facts = [
        (_("Certainty"), confidence_word(figure_confidence(city, by))),
        (_("Source"), f"{source.reference} ({source.id})"),
        (_("Recorded"), _("{day}, by {role}", day=by.date or source.date, role=by.by or source.by)),
        (_("Review by"), when),
    ]
    notes = tuple(note for note in (by.note, source.note) if note)
    title = f"{said.label.removeprefix('└ ')}: {said.value}"
    return Sheet(title, facts=tuple(facts), blocks=(Block("", notes),) if notes else ())


def _figures(value: BaseModel, key: str, indent: str) -> Iterator[Said]:
    for path, inside in leaves(value, ""):
        if isinstance(inside, Provenance):
            yield Said(f"{key}{path}", f"{indent}{field_word(path)}", figure_words(inside), inside)


def _row(city: City, said: Said, on: dt.date) -> ProvenanceRow:
    confidence = figure_confidence(city, said.by)
    unsure = confidence == "assumed"
    mark = UNKNOWN if is_unknown(said.by) else ASSUMED if unsure else CONFIRMED if confidence == "confirmed" else OTHER
    due = due_on(city, said.by)
    return ProvenanceRow(
        key=said.key,
        mark=mark,
        label=said.label,
        value=said.value,
        confidence=confidence_word(confidence),
        review=f"! {due}" if due < on else str(due),
        tone=Tone.WATCH if unsure else Tone.GOOD if confidence == "confirmed" else Tone.PLAIN,
    )
