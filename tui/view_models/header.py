"""What stands above every part: both times, how fast, who, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.agenda import AgendaLine, PointLine
from resilience.exercise.state import ExerciseState, Phase
from scenarios.schema import Scenario
from tui.view_models.rows import Header, Tone
from tui.view_models.words import calendar, moment, position_left, real_time, span, wall_clock


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something that will happen by itself."""

    minute: int
    word: str
    title: str


def upcoming(
    scenario: Scenario,
    state: ExerciseState,
    lines: Sequence[AgendaLine],
    points: Sequence[PointLine],
    minute: int,
    foreseen: Mapping[str, int],
) -> tuple[Upcoming, ...]:
    """Return what will happen after *minute*, the first first: injects, deadlines, incidents, ends of rounds."""
    found: list[Upcoming] = []
    for line in lines:
        if line.status in ("planned", "waiting"):
            due = line.due if line.due is not None else foreseen.get(line.inject.id)
            if due is not None:
                found.append(Upcoming(due, _("inject"), str(line.inject.title)))
    found += [
        Upcoming(line.point.deadline, _("decide before"), str(line.point.title))
        for line in points
        if line.decision is None
    ]
    names = {clock.id: str(clock.name) for clock in scenario.clocks}
    found += [
        Upcoming(deadline.due, _("deadline"), names.get(deadline.clock, deadline.clock))
        for deadline in state.deadlines.values()
        if deadline.met is None
    ]
    found += [Upcoming(incident.at, _("incident"), str(incident.name)) for incident in scenario.incidents]
    found += [Upcoming(part.ends, _("end of"), str(part.name)) for part in scenario.rounds]
    return tuple(sorted((event for event in found if event.minute > minute), key=lambda event: event.minute))


def header(scenario: Scenario, state: ExerciseState, wall: int, following: Upcoming | None, notice: str) -> Header:
    """Return the header at *wall*."""
    minute = max(state.clock.minute(wall), state.last_minute)
    phase, tone = phase_words(state)
    text, following_tone = _following(state, wall, minute, following)
    return Header(
        exercise=str(state.head.name) if state.head else str(scenario.name),
        phase=phase,
        phase_tone=tone,
        scale=state.scale.level if state.scale else "",
        wall=wall_clock(wall),
        time=moment(minute),
        calendar=calendar(scenario.start, minute),
        following=text,
        following_tone=following_tone,
        notice=notice,
    )


def phase_words(state: ExerciseState) -> tuple[str, Tone]:
    """Return where the exercise stands, with a mark and a word."""
    rate = state.clock.rate
    match state.phase:
        case Phase.PREPARED:
            return "○ " + _("READY TO START"), Tone.STRONG
        case Phase.RUNNING:
            return "► " + _("RUNNING ×{rate}", rate=rate), Tone.GOOD
        case Phase.PAUSED:
            return "‖ " + _("PAUSED"), Tone.WATCH
        case Phase.NO_DUFF:
            return "✕ NO DUFF", Tone.ALERT
        case Phase.ENDED:
            return "■ " + _("ENDED"), Tone.MUTED


def _following(state: ExerciseState, wall: int, minute: int, following: Upcoming | None) -> tuple[str, Tone]:
    if state.phase is Phase.PREPARED:
        return _("Space starts the exercise"), Tone.STRONG
    if state.phase is Phase.ENDED:
        return _("The exercise has ended; the log can still be read and corrected"), Tone.MUTED
    if following is None:
        return _("nothing more is planned"), Tone.MUTED
    left = following.minute - minute
    rate = state.clock.rate
    real = real_time(position_left(following.minute, state.clock.position(wall)), rate) if rate > 1 else ""
    away = _("in {span}", span=span(left))
    text = f"{away} ({real})" if real else away
    return f"{text}: {following.word} {following.title}", Tone.PLAIN
