"""Statutory and contractual deadlines in the log: they run from a recorded moment of awareness.

Pure functions from a moment to drafts, like those in drafts.py.
"""

from collections.abc import Iterable, Sequence

from city_model.effects import Effect, ExtendClock, MeetClock, StartClock
from resilience.base.language import _
from resilience.exercise.events import Draft, Kind
from resilience.exercise.moment import PLAYED, Moment, clean, refuse
from resilience.simulation.orders import clock_lengths


def clock_started(now: Moment, clock: str, cause: str) -> list[Draft]:
    """Record awareness by hand."""
    now.require(*PLAYED)
    length_of(now, clock)
    if clock in now.state.deadlines:
        refuse(_("this deadline is already running"), _("extend it, or record that it was met"))
    return awareness(now, (clock,), now.minute, clean(cause, _("the cause")), now.seat.key, ())


def clock_met(now: Moment, clock: str, note: str) -> list[Draft]:
    """Record that what a deadline asks was done."""
    now.require(*PLAYED)
    refuse_not_running(now, clock)
    return [_met(now, clock, now.minute, clean(note, _("the note")))]


def clock_extended(now: Moment, clock: str, minutes: int, reason: str) -> list[Draft]:
    """Move a deadline by *minutes*."""
    now.require(*PLAYED)
    refuse_not_running(now, clock)
    if minutes < 1:
        refuse(_("a deadline is moved by at least a minute"), _("give the minutes"))
    return [_extended(now, clock, now.state.deadlines[clock].due + minutes, minutes, clean(reason, _("the reason")))]


def clock_effects(now: Moment, effects: Sequence[Effect], cause: str, audience: tuple[str, ...]) -> list[Draft]:
    """Return what the effects of a decision do to deadlines; what has no object leaves no trace here (rule 14.3)."""
    drafts: list[Draft] = []
    due = {clock: deadline.due for clock, deadline in now.state.deadlines.items()}
    lengths = clock_lengths(now.scenario)
    for effect in effects:
        minute = now.minute + effect.delay
        match effect:
            case StartClock(clock=clock) if clock not in due and clock in lengths:
                due[clock] = minute + lengths[clock]
                drafts += awareness(now, (clock,), minute, cause, now.seat.key, audience)
            case MeetClock(clock=clock) if clock in due:
                drafts.append(_met(now, clock, minute, cause, audience))
            case ExtendClock(clock=clock, minutes=minutes) if clock in due:
                due[clock] += minutes
                drafts.append(_extended(now, clock, due[clock], minutes, cause, audience))
            case _:
                pass
    return drafts


def awareness(
    now: Moment, clocks: Iterable[str], minute: int, cause: str, actor: str, audience: tuple[str, ...]
) -> list[Draft]:
    """Start deadlines that run from *minute*; one that runs already is left as it is."""
    lengths = clock_lengths(now.scenario)
    at = max(now.state.last_minute, min(minute, now.minute))
    return [
        Draft(
            Kind.CLOCK_STARTED, at, actor,
            {"clock": clock, "from": minute, "due": minute + lengths[clock], "cause": cause},
            audience, once=f"clock:{clock}",
        )
        for clock in clocks
        if clock in lengths and clock not in now.state.deadlines
    ]  # fmt: skip


def _met(now: Moment, clock: str, minute: int, note: str, audience: tuple[str, ...] = ()) -> Draft:
    return now.draft(Kind.CLOCK_MET, audience or _audience_of(now, clock), clock=clock, at=minute, note=note)


def _extended(now: Moment, clock: str, due: int, minutes: int, reason: str, audience: tuple[str, ...] = ()) -> Draft:
    shown_to = audience or _audience_of(now, clock)
    return now.draft(Kind.CLOCK_EXTENDED, shown_to, clock=clock, minutes=minutes, due=due, reason=reason)


def _audience_of(now: Moment, clock: str) -> tuple[str, ...]:
    """Whoever saw a deadline start also sees what becomes of it."""
    deadline = now.state.deadlines.get(clock)
    event = now.state.event(deadline.seq) if deadline else None
    return event.audience if event else ()


def length_of(now: Moment, clock: str) -> int:
    """Return the minutes that a deadline runs; raises InputError for one that cannot run."""
    lengths = clock_lengths(now.scenario)
    if clock not in lengths:
        what = _("{clock} is not a deadline of this scenario, or it is switched off", clock=clock)
        refuse(what, _("use one of: {words}", words=", ".join(lengths)))
    return lengths[clock]


def refuse_not_running(now: Moment, clock: str) -> None:
    """Raise InputError unless this deadline is running."""
    length_of(now, clock)
    if clock not in now.state.deadlines:
        refuse(_("this deadline is not running"), _("start it first"))
