"""What people wrote down: the picture, the deadlines, and the log."""

from collections.abc import Sequence

from resilience.base.language import _
from resilience.exercise.events import Event, Kind
from resilience.exercise.records import Deadline, PictureItem
from resilience.exercise.state import ExerciseState
from resilience.exercise.wording import sentence, who
from scenarios.schema import Clock, Scenario
from tui.view_models.injects import cells_text
from tui.view_models.rows import Block, ClockRow, LogRow, PictureRow, Sheet, Tone
from tui.view_models.words import countdown, moment, span, wall_clock

_MARKS = {
    Kind.INJECT_SENT: "►",
    Kind.DECISION: "◆",
    Kind.PICTURE: "○",
    Kind.MESSAGE: "»",
    Kind.TASK: "□",
    Kind.SCALE: "▲",
    Kind.CLOCK_STARTED: "◷",
    Kind.CLOCK_MET: "◷",
    Kind.CLOCK_EXTENDED: "◷",
    Kind.NO_DUFF: "✕",
    Kind.CORRECTION: "*",
    Kind.REMINDER: "?",
}
_TONES = {
    Kind.INJECT_SENT: Tone.PLAIN,
    Kind.DECISION: Tone.STRONG,
    Kind.SCALE: Tone.STRONG,
    Kind.NO_DUFF: Tone.ALERT,
    Kind.RESUMED: Tone.WATCH,
    Kind.STARTEX: Tone.STRONG,
    Kind.ENDEX: Tone.STRONG,
}
_QUIET = (
    Kind.CLOCK, Kind.LEASE, Kind.CREATED, Kind.INJECT_HELD, Kind.INJECT_RELEASED, Kind.INJECT_SKIPPED,
)  # fmt: skip


def picture_rows(state: ExerciseState, scenario: Scenario) -> tuple[PictureRow, ...]:
    """Return the lines of the picture that count now, the newest first."""
    return tuple(_picture_row(item, scenario) for item in reversed(state.current_picture()))


def picture_words() -> dict[str, tuple[str, str, Tone]]:
    """Return per status its mark, its word and its tone."""
    return {
        "known": ("✓", _("known"), Tone.PLAIN),
        "assumed": ("~", _("assumed"), Tone.WATCH),
        "unknown": ("?", _("unknown"), Tone.ALERT),
    }


def clock_rows(state: ExerciseState, scenario: Scenario, minute: int) -> tuple[ClockRow, ...]:
    """Return the deadlines that run by when they are due, then those not started, then those met."""
    clocks = [clock for clock in scenario.clocks if clock.status != "off"]
    rows = [(_clock_order(state.deadlines.get(clock.id)), _clock_row(clock, state, minute)) for clock in clocks]
    return tuple(row for _order, row in sorted(rows, key=lambda pair: pair[0]))


def clock_sheet(clock: Clock, deadline: Deadline | None, minute: int) -> Sheet:
    """Return what a deadline is, and how it stands."""
    facts = [
        (_("Basis"), str(clock.basis)),
        (_("Runs from"), str(clock.starts)),
        (_("Length"), span(clock.minutes)),
        (_("Tell"), str(clock.recipient)),
    ]
    if clock.status == "verify":
        facts.append((_("Note"), _("check whether this applies")))
    if deadline is None:
        facts.append((_("Now"), _("not started")))
    else:
        facts.append((_("Started"), moment(deadline.started)))
        facts.append((_("Because"), deadline.cause or "–"))
        facts.append((_("Due"), moment(deadline.due)))
        facts.append((_("Now"), _clock_now(deadline, minute)))
    return Sheet(str(clock.name), facts=tuple(facts))


def log_rows(state: ExerciseState, scenario: Scenario) -> tuple[LogRow, ...]:
    """Return the log, the oldest first, without who opened what."""
    return tuple(log_row(event, scenario) for event in state.events if event.kind is not Kind.READ)


def is_to_facilitator(event: Event) -> bool:
    """Whether a team wrote to somebody whom the facilitator plays."""
    return event.kind is Kind.MESSAGE and not event.audience and event.actor.startswith("cell/")


def log_row(event: Event, scenario: Scenario) -> LogRow:
    """Return one entry of the log."""
    tone = Tone.MUTED if event.kind in _QUIET else _TONES.get(event.kind, Tone.PLAIN)
    mark = _MARKS.get(event.kind, "·")
    if is_to_facilitator(event):
        mark, tone = "«", Tone.STRONG
    return LogRow(str(event.seq), mark, tone, moment(event.minute), sentence(event, scenario))


def log_sheet(event: Event, state: ExerciseState, scenario: Scenario) -> Sheet:
    """Return one entry of the log, with what was corrected in it."""
    facts = (
        (_("Exercise time"), moment(event.minute)),
        (_("Wall time"), wall_clock(event.wall)),
        (_("By"), who(event.actor, scenario)),
        (_("Seen by"), cells_text(event.audience, scenario) or _("facilitator and observers")),
    )
    blocks = [Block("", (sentence(event, scenario),))]
    corrected = tuple(
        f"{moment(correction.minute)} {correction.text}" for correction in state.corrections.get(event.seq, ())
    )
    if corrected:
        blocks.append(Block(_("Corrected"), corrected))
    return Sheet(_("Entry {number} of the log", number=event.seq), facts=facts, blocks=tuple(blocks))


def pressing(rows: Sequence[ClockRow]) -> int:
    """Return how many deadlines were missed."""
    return sum(1 for row in rows if row.tone is Tone.ALERT)


def _picture_row(item: PictureItem, scenario: Scenario) -> PictureRow:
    mark, word, tone = picture_words()[item.status]
    text = _("{text} (source: {source})", text=item.text, source=item.source) if item.source else item.text
    cell = cells_text((item.cell,), scenario) if item.cell else ""
    return PictureRow(str(item.seq), mark, word, tone, moment(item.minute), text, cell)


def _clock_order(deadline: Deadline | None) -> tuple[int, int]:
    if deadline is None:
        return 1, 0
    return (2, deadline.met) if deadline.met is not None else (0, deadline.due)


def _clock_row(clock: Clock, state: ExerciseState, minute: int) -> ClockRow:
    deadline = state.deadlines.get(clock.id)
    name = str(clock.name)
    if deadline is None:
        word = _("look up first") if clock.status == "verify" else _("not yet")
        return ClockRow(clock.id, "·", word, Tone.MUTED, "", span(clock.minutes), name)
    left = _clock_now(deadline, minute)
    marks = {
        "running": ("►", _("running"), Tone.PLAIN if deadline.margin(minute) > 60 else Tone.WATCH),
        "met": ("✓", _("met"), Tone.GOOD),
        "late": ("▼", _("late"), Tone.WATCH),
        "missed": ("✕", _("missed"), Tone.ALERT),
    }
    mark, word, tone = marks[deadline.status(minute)]
    return ClockRow(clock.id, mark, word, tone, moment(deadline.due), left, name)


def _clock_now(deadline: Deadline, minute: int) -> str:
    margin = deadline.margin(minute)
    if deadline.met is None:
        return countdown(margin)
    return _("{span} early", span=span(margin)) if margin >= 0 else _("{span} late", span=span(margin))
