"""Public messages: who wrote, who read before sending, over what they went, and what counts as not sent."""

from collections.abc import Sequence

from reports.after_action.model import Played
from reports.document import Block, Callout, Paragraph, Section
from reports.tables import Table
from reports.words import short_duration
from resilience.base.language import _, ngettext
from resilience.exercise.events import EVERYONE, Kind
from resilience.exercise.public_messages import PublicMessage, public_messages
from resilience.exercise.wording import who
from scenarios.reaching import reach_channels


def messages_section(played: Played) -> tuple[Section, ...]:
    """Return every public message with its way; nothing where nobody wrote one."""
    found = public_messages(played.state)
    alone = unread(played)
    if not found and not alone:
        return ()
    blocks: list[Block] = [
        Paragraph(
            _(
                "A public message goes after a second pair of eyes has read it. What nobody released counts as not "
                "sent, however good its text."
            )
        )
    ]
    if found:
        blocks.append(_table(played, found))
    lost = [one for one in found if one.reached_nobody]
    if lost:
        numbers = ", ".join(str(one.seq) for one in lost)
        text = _("Of these, no channel worked when they were released: entry {numbers}.", numbers=numbers)
        blocks.append(Callout("warning", _("Sent, and heard by nobody"), text))
    if alone:
        text = ngettext(
            "{number} message of a team went to everyone without a second pair of eyes. It counts as not sent.",
            "{number} messages of teams went to everyone without a second pair of eyes. They count as not sent.",
            alone,
        )
        blocks.append(Paragraph(text))
    return (Section("messages", _("Public messages"), tuple(blocks)),)


def unread(played: Played) -> int:
    """Return how many messages teams sent to everyone that were not released by another."""
    events = played.state.events
    after_release = {event.seq + 1 for event in events if event.kind is Kind.PUBLIC_RELEASED}
    return sum(
        event.kind is Kind.MESSAGE
        and event.audience == EVERYONE
        and event.actor.startswith("cell/")
        and event.seq not in after_release
        for event in events
    )


def _table(played: Played, found: Sequence[PublicMessage]) -> Table:
    names = {channel.id: str(channel.name) for channel in reach_channels()}
    moments = played.run.moments
    rows = []
    for one in found:
        said = [names.get(channel, channel) for channel in (one.worked if one.status == "released" else one.channels)]
        lost = [names.get(channel, channel) for channel in one.failed or ()]
        over = ", ".join(said) or "–"
        if lost and one.status == "released":
            over = _("{working}; did not work: {lost}", working=over, lost=", ".join(lost))
        rows.append(
            (
                moments.moment(one.minute),
                who(one.author, played.scenario),
                one.text,
                _result(one),
                who(one.checker, played.scenario),
                "–" if one.decided is None else short_duration(one.decided - one.minute),
                over,
            )
        )
    return Table(
        caption=_("Public messages, and who read them first"),
        header=(
            _("Moment"), _("Written by"), _("Text"), _("Result"), _("Read by"), _("Waited"), _("Over"),
        ),
        rows=tuple(rows),
        firm=frozenset({5}),
    )  # fmt: skip


def _result(message: PublicMessage) -> str:
    if message.status == "returned":
        return _("↩ returned: {reason}", reason=message.note)
    if message.status == "waiting":
        return _("✕ not released: not sent")
    return _("▲ released, heard by nobody") if message.reached_nobody else _("✓ released")
