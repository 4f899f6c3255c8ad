"""What the conductor writes by itself: the injects that are due, and reminders to whoever evaluates."""

from collections.abc import Iterator, Mapping

from resilience.exercise import drafts
from resilience.exercise.agenda import HoldsFrom, due_injects
from resilience.exercise.events import Draft, Kind
from resilience.exercise.keeping.frozen import plain_text
from resilience.exercise.moment import Moment
from scenarios.schema import Trigger


def due_drafts(now: Moment, holds_from: HoldsFrom) -> tuple[Draft, ...]:
    """Return what goes out by itself now, in the order in which it was due, each with the minute at which it was."""
    injects = due_injects(now.scenario, now.state, now.minute, holds_from)
    sending = {inject.id: drafts.inject(now, inject, due=due, how=_how(inject.trigger)) for due, inject in injects}
    sent = {inject.inject: inject.minute for inject in now.state.sent.values()}
    sent |= {inject: written[0].minute for inject, written in sending.items()}
    written = [draft for group in sending.values() for draft in group]
    return tuple(sorted((*written, *_reminders(now, sent)), key=lambda draft: draft.minute))


def _reminders(now: Moment, sent: Mapping[str, int]) -> Iterator[Draft]:
    """Yield what was hoped for after an inject, some time after it was sent; players never see it."""
    for inject in now.scenario.injects:
        if inject.remind_after is None or inject.id not in sent or inject.id in now.state.reminded:
            continue
        due = sent[inject.id] + inject.remind_after
        if due <= now.minute:
            payload = {"inject": inject.id, "due": due, "expected": [plain_text(one) for one in inject.expected]}
            at = max(now.state.last_minute, due)
            yield Draft(Kind.REMINDER, at, "conductor", payload, once=f"reminder:{inject.id}")


def _how(trigger: Trigger) -> str:
    if trigger.undecided is not None:
        return "undecided"
    return "condition" if trigger.waits else "time"
