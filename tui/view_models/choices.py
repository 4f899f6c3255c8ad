"""What each choice of an exercise changed, line by line: below every decision the city functions that differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.evaluation.counterfactuals import Counterfactual
from resilience.exercise.evaluation.course import Course
from resilience.exercise.evaluation.paired import Band, Paired
from resilience.exercise.evaluation.saved_words import band_words, how_words, left_out_words, signed
from tui.view_models.rows import Tone

UNKNOWN_YET = "…"


@dataclass(frozen=True)
class Choices:
    """What is known of it by now."""

    course: Course
    effects: tuple[Counterfactual, ...]
    """In the exercise as it was played."""
    bands: tuple[Paired | None, ...] | None = None
    """In many tries, what leaving each out saves; None while they are being tried."""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A decision with what it saved in all, or below it one city function."""

    key: str
    name: str
    once: str
    band: str
    tone: Tone


def choice_rows(found: Choices) -> tuple[ChoiceRow, ...]:
    """Return a heading, then every decision with the functions that differ; resident-hours that it saved."""
    if not found.effects:
        return ()
    heading = ChoiceRow("heading", _("Without"), _("in this exercise"), _("in 90 of 100 tries"), Tone.MUTED)
    bands = found.bands or (None,) * len(found.effects)
    pairs = enumerate(zip(found.effects, bands, strict=True))
    return (heading, *(row for place, (one, tried) in pairs for row in _rows(found, str(place), one, tried)))


def choices_note(found: Choices) -> str:
    """Return how the figures were made."""
    if not found.effects:
        return _("No decision in this exercise has an effect in the model.")
    return how_words(next((one for one in found.bands or () if one), None))


def _rows(found: Choices, key: str, one: Counterfactual, tried: Paired | None) -> Iterator[ChoiceRow]:
    total = tried.total.turned if tried else None
    yield ChoiceRow(key, left_out_words(found.course, one), signed(one.saved), _band(found, total), Tone.STRONG)
    for component, saved, band in _functions(one, tried):
        name = str(found.course.city.component_by_id[component].name)
        yield ChoiceRow(f"{key}/{component}", f"  {name}", signed(saved), _band(found, band), Tone.PLAIN)


def _functions(one: Counterfactual, tried: Paired | None) -> Sequence[tuple[str, int, Band | None]]:
    """Return the functions that differ in the exercise, and then those that differ in some of the tries only."""
    bands = {component: band.turned for component, band in tried.functions} if tried else {}
    differ = [(row.component, row.saved_resident_hours) for row in one.changed]
    known = {component for component, _saved in differ}
    others = [(name, 0) for name, band in bands.items() if name not in known and band.verdict != "same"]
    return [(component, saved, bands.get(component)) for component, saved in (*differ, *others)]


def _band(found: Choices, band: Band | None) -> str:
    return UNKNOWN_YET if found.bands is None else band_words(band)
