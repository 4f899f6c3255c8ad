"""Public messages with four eyes: write one for another seat to read, or let go what was written for you."""

from typing import Final

from resilience.base.language import _
from resilience.exercise.public_messages import PublicMessage, PublicText, public_channels, public_messages
from resilience.exercise.wording import who
from tui.actions.asking import is_played
from tui.desk import Asking
from tui.screens.form import Field, FormDialog, Values
from tui.screens.reading import SheetDialog
from tui.view_models.injects import cell_names
from tui.view_models.public import unsent_sheet

RETURN: Final = "return"
RELEASE: Final = "release"
FACILITATOR: Final = "facilitator"


async def public(desk: Asking) -> None:
    """Read the oldest message that waits for this seat; where none does, write one."""
    if not is_played(desk):
        return
    waiting = waiting_for(desk)
    if waiting:
        await _judge(desk, waiting[0])
    else:
        await _draft(desk)


async def own(desk: Asking) -> None:
    """Show what was written at this seat and is not sent."""
    await desk.ask(SheetDialog(_("Own public messages"), unsent_sheet(desk.session)))


def waiting_for(desk: Asking) -> tuple[PublicMessage, ...]:
    """Return the public messages that this seat is asked to read."""
    session = desk.session
    return tuple(
        one for one in public_messages(session.state) if one.status == "waiting" and one.checker == session.seat.key
    )


async def _judge(desk: Asking, message: PublicMessage) -> None:
    names = {channel.id: str(channel.name) for channel in public_channels(desk.session.city)}
    over = ", ".join(names.get(channel, channel) for channel in message.channels)
    verdicts = ((RETURN, _("back to the writer")), (RELEASE, _("let it go")))
    fields = [
        Field("verdict", _("Result"), _("Whether it is right, clear, and has the right number."), RETURN, verdicts),
        Field("note", _("Reason"), _("What must change, or what you checked.")),
    ]

    def submit(values: Values) -> None:
        if values["verdict"] == RELEASE:
            desk.session.release_public(message.seq, str(values["note"]))
        else:
            desk.session.return_public(message.seq, str(values["note"]))

    author = who(message.author, desk.session.scenario)
    intro = _("{author}, over {channels}: {text}", author=author, channels=over, text=message.text)
    await desk.ask(FormDialog(_("Read this before it goes"), fields, submit, intro=intro))


async def _draft(desk: Asking) -> None:
    session = desk.session
    others = tuple(pair for pair in cell_names(session.scenario).items() if pair[0] != session.seat.name)
    if session.seat.role != FACILITATOR:
        others = (*others, (FACILITATOR, _("facilitator")))
    channels = tuple((channel.id, str(channel.name)) for channel in public_channels(session.city))
    fields = [
        Field("text", _("Text"), _("What people read: what happened, and what they can do."), long=True),
        Field("checker", _("Read by"), _("Who reads it before it goes."), others[0][0], others),
        Field("channels", _("Over"), _("Tick the channels; also one that works without internet."), options=channels,
              several=True),
    ]  # fmt: skip

    def submit(values: Values) -> None:
        text = PublicText(str(values["text"]), tuple(values["channels"]), str(values["checker"]))
        session.draft_public(text)

    intro = _("It goes once somebody else has read it; until then it is not sent.")
    await desk.ask(FormDialog(_("Public message"), fields, submit, intro=intro))
