"""The board of city functions: how each one stands, since when, how long that may last, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from city_model.schema import City, Component
from resilience.base.language import _
from resilience.simulation.metrics import minimum_level_of, mtd_of
from resilience.simulation.trace import Trace, What
from tui.view_models.rows import FunctionRow, Tone
from tui.view_models.words import moment, span

BAR_CELLS = 5
_SHOWN_ON_STRIP = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """How a component stands at a minute."""

    level: int
    before: int
    """The level before the last change."""
    since: int
    """The minute of the last change; 0 when there was none."""
    below: int | None
    """Since when it has been below its minimum level."""


def standing(trace: Trace, component: Component, minute: int) -> Standing:
    """Return how *component* stands at *minute*."""
    level, before, since = 100, 100, 0
    below: int | None = None
    lowest = minimum_level_of(component)
    for changed, value in trace.levels.get(component.id, ()):
        if changed > minute:
            break
        before, level, since = level, value, changed
        if value >= lowest:
            below = None
        elif below is None:
            below = changed
    return Standing(level, before, since, below)


def function_rows(city: City, trace: Trace, minute: int, course: Trace | None) -> tuple[FunctionRow, ...]:
    """Return every city function in the order of the map; *course* is what the model foresees without decisions."""
    assumed = on_assumption(trace, minute)
    return tuple(
        _row(component, standing(trace, component, minute), minute, course, assumed=component.id in assumed)
        for component in city.functions
    )


def strip(rows: Sequence[FunctionRow]) -> tuple[str, Tone]:
    """Return the city in one line, the worst first; what still works is only counted."""
    hurt = [row for row in rows if row.tone is not Tone.GOOD]
    if not rows:
        return "", Tone.MUTED
    if not hurt:
        return _("● all {number} city functions normal", number=len(rows)), Tone.GOOD
    worst = sorted(hurt, key=lambda row: int(row.level.strip("≈%")))
    shown = [f"{row.mark} {row.name} {row.level.strip()}" for row in worst[:_SHOWN_ON_STRIP]]
    if len(worst) > _SHOWN_ON_STRIP:
        shown.append(_("+{number} more", number=len(worst) - _SHOWN_ON_STRIP))
    return "  ".join(shown), max((row.tone for row in hurt), key=list(Tone).index)


def mark_of(level: int, before: int, minimum: int) -> tuple[str, str, Tone]:
    """Return the mark, the word and the tone of a level."""
    if level == 100:
        return "●", _("normal"), Tone.GOOD
    if level == 0:
        return "✕", _("out"), Tone.ALERT
    mark = "▲" if level > before else "▼"
    if level < minimum:
        return mark, _("too low"), Tone.ALERT
    return mark, _("reduced"), Tone.WATCH


def bar(level: int) -> str:
    """Return a level as a bar; what is not nothing shows, and what is not all does not look full."""
    filled = round(level * BAR_CELLS / 100)
    if 0 < level < 100:
        filled = min(max(filled, 1), BAR_CELLS - 1)
    return "█" * filled + "░" * (BAR_CELLS - filled)


def _row(component: Component, now: Standing, minute: int, course: Trace | None, *, assumed: bool) -> FunctionRow:
    mark, word, tone = mark_of(now.level, now.before, minimum_level_of(component))
    limit, limit_tone = _limit(component, now, minute)
    ahead, ahead_tone = _ahead(component, now, minute, course)
    return FunctionRow(
        key=component.id,
        mark=mark,
        word=word,
        tone=tone,
        level=f"{'≈' if assumed else ''}{now.level}%",
        bar=bar(now.level),
        name=str(component.name),
        since="" if now.since == 0 and now.level == 100 else moment(now.since),
        limit=limit,
        limit_tone=limit_tone,
        ahead=ahead,
        ahead_tone=ahead_tone,
    )


def _limit(component: Component, now: Standing, minute: int) -> tuple[str, Tone]:
    allowed = mtd_of(component)
    if now.below is None:
        return "", Tone.MUTED
    if allowed is None:
        return _("too low {span}", span=span(minute - now.below)), Tone.ALERT
    left = now.below + allowed - minute
    if left < 0:
        return _("MTD passed {span}", span=span(left)), Tone.ALERT
    return _("MTD in {span}", span=span(left)), Tone.WATCH


def _ahead(component: Component, now: Standing, minute: int, course: Trace | None) -> tuple[str, Tone]:
    if course is None:
        return "", Tone.MUTED
    for changed, value in course.levels.get(component.id, ()):
        if changed > minute and value != now.level:
            falls = value < now.level
            tone = Tone.WATCH if falls else Tone.MUTED
            return f"{'▼' if falls else '▲'} {value}% {moment(changed)}", tone
    return "", Tone.MUTED


def on_assumption(trace: Trace, minute: int) -> set[str]:
    """Return whose level now rests on a figure that nobody confirmed."""
    found: dict[str, bool] = {}
    for record in trace.records:
        if record.minute > minute:
            break
        if record.what is What.LEVEL:
            found[record.subject] = record.assumed and record.value != 100
    return {subject for subject, assumed in found.items() if assumed}
