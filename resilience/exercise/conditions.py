"""From which minute a trigger holds: pure rules over how levels went and when decisions were taken.

A condition holds at a minute when it was so without a break for *lasting* minutes before it and still is.
"""

from collections.abc import Mapping, Sequence

from scenarios.schema import Condition, Trigger

History = Sequence[tuple[int, int]]
"""(minute, level) at each change; before the first the level is 100."""
FULL = 100


def held_from(trigger: Trigger, levels: Mapping[str, History], decided: Mapping[str, int], reached: int) -> int | None:
    """Return the first minute up to *reached* at which what *trigger* waits for held; None: not yet, or it waits not.

    *levels* are those of the watched components, *decided* the minute of each decision that was taken.
    """
    if trigger.undecided is not None:
        by = trigger.undecided.by
        return by if by <= reached and decided.get(trigger.undecided.decision, by + 1) > by else None
    spans = [_spans(condition, levels.get(condition.component, ()), reached) for condition in trigger.conditions]
    if not spans:
        return None
    starts = sorted(start for held in spans for start, _end in held)
    wanted = len(spans) if trigger.needs_all else 1
    return next((minute for minute in starts if sum(_within(minute, held) for held in spans) >= wanted), None)


def _within(minute: int, held: Sequence[tuple[int, int]]) -> bool:
    return any(start <= minute < end for start, end in held)


def _spans(condition: Condition, history: History, reached: int) -> list[tuple[int, int]]:
    """Return the (first, first no longer) minutes between which *condition* holds, up to *reached*."""
    found: list[tuple[int, int]] = []
    since: int | None = 0 if condition.fits(FULL) else None
    for minute, level in (*history, (reached + 1, None)):
        fits = level is not None and condition.fits(level)
        if since is not None and not fits:
            start = max(since, condition.not_before) + condition.lasting
            if start < minute:
                found.append((start, minute))
            since = None
        elif since is None and fits:
            since = minute
    return found
