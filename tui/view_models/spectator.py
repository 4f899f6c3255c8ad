"""What everybody may know at one moment."""

from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.events import EVERYONE
from resilience.exercise.session import Session
from resilience.exercise.wording import who
from tui.view_models.console import minute_of
from tui.view_models.header import phase_words
from tui.view_models.words import calendar, moment


@dataclass(frozen=True, slots=True)
class PublicView:
    """The few things on the wall of the room."""

    time: str
    calendar: str
    phase: str
    scale: str
    message: str


def public_view(session: Session, wall: int) -> PublicView:
    """Return what the spectators see at *wall*."""
    state, minute = session.state, minute_of(session, wall)
    public = [message for message in state.messages if message.cells == EVERYONE]
    told = ""
    if public:
        last = public[-1]
        sender = who(last.sender, session.scenario)
        told = _("{text} ({sender}, {time})", text=last.text, sender=sender, time=moment(last.minute))
    phase, _tone = phase_words(state)
    return PublicView(
        time=moment(minute).lstrip("+"),
        calendar=calendar(session.scenario.start, minute),
        phase=phase,
        scale=state.scale.level if state.scale else "",
        message=told,
    )
