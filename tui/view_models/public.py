"""The public messages that a seat wrote itself and that are not sent: they wait for other eyes, or came back."""

from resilience.base.language import _
from resilience.exercise.public_messages import PublicMessage, public_messages
from resilience.exercise.session import Session
from resilience.exercise.wording import who
from tui.view_models.rows import Block, Sheet
from tui.view_models.words import moment


def unsent_sheet(session: Session) -> Sheet:
    """Return them with who reads or read them and, where one came back, why; the newest first."""
    mine = [one for one in reversed(public_messages(session.state)) if one.author == session.seat.key]
    waiting = tuple(_waiting(session, one) for one in mine if one.status == "waiting")
    returned = tuple(_returned(session, one) for one in mine if one.status == "returned")
    nothing = (_("none"),)
    return Sheet(
        _("Written here, and not sent"),
        lead=_("A message goes once somebody else has read it; write one that came back anew with p."),
        blocks=(
            Block(_("Waits for other eyes ({number})", number=len(waiting)), waiting or nothing),
            Block(_("Came back ({number})", number=len(returned)), returned or nothing),
        ),
    )


def _waiting(session: Session, one: PublicMessage) -> str:
    checker = who(one.checker, session.scenario)
    return _("{time}, for {name} to read: {text}", time=moment(one.minute), name=checker, text=one.text)


def _returned(session: Session, one: PublicMessage) -> str:
    back = moment(one.minute if one.decided is None else one.decided)
    checker = who(one.checker, session.scenario)
    return _('{time}, {name}: "{reason}" about: {text}', time=back, name=checker, reason=one.note, text=one.text)
