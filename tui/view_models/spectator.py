"""What everybody may know at one moment."""

from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.evaluation.debrief import questions, seconds_left, told_to_everyone
from resilience.exercise.events import EVERYONE
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from resilience.exercise.wording import who
from tui.view_models.console import minute_of
from tui.view_models.debrief import timer
from tui.view_models.header import phase_words
from tui.view_models.words import calendar, moment


@dataclass(frozen=True, slots=True)
class PublicView:
    """The few things on the wall of the room."""

    time: str
    calendar: str
    phase: str
    scale: str
    """In large letters."""
    heading: str
    message: str


def public_view(session: Session, wall: int) -> PublicView:
    """Return what the spectators see at *wall*."""
    state, minute = session.state, minute_of(session, wall)
    if state.phase is Phase.ENDED:
        return _debrief_view(session, wall)
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
        heading=_("Last public message"),
        message=told or _("Nothing was told to everyone yet."),
    )


def _debrief_view(session: Session, wall: int) -> PublicView:
    """Return the hot debrief on the wall: the time left, what everybody could know, what every team is asked."""
    minutes, seconds = divmod(max(seconds_left(session.state, wall), 0), 60)
    phase, _tone = phase_words(session.state)
    left, _tone = timer(session, wall)
    facts = told_to_everyone(session.state, session.scenario)
    asked = (question.text for question in questions(session.scenario))
    return PublicView(
        time=f"{minutes}:{seconds:02d}",
        calendar=left,
        phase=phase,
        scale="ENDEX",
        heading=_("Hot debrief"),
        message="\n".join((*facts, "", *asked)),
    )
