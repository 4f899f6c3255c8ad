"""How the actions of this exercise and of earlier ones stand, by the register."""

import datetime as dt
from collections.abc import Sequence

from reports.after_action.model import Played
from reports.document import Block, Paragraph, Section
from reports.tables import Table
from resilience.base.language import _
from resilience.exercise.evaluation.register import Action, origin_of, status_word


def actions_section(played: Played, actions: Sequence[Action], today: dt.date) -> tuple[Section, ...]:
    """Return what became of this exercise's own actions, and what earlier ones left undone on *today*."""
    identity = origin_of(played.state).identity
    own = [one for one in actions if one.origin and one.origin.identity == identity]
    late = [one for one in actions if one not in own and one.is_overdue(today)]
    if not own and not late:
        return ()
    blocks: list[Block] = [Paragraph(_("As the register of actions stood on {day}.", day=today.isoformat()))]
    if own:
        blocks.append(_table(_("Actions from this exercise"), own, today))
    if late:
        blocks.append(_table(_("Overdue from earlier exercises"), late, today))
    return (Section("actions", _("How the actions stand"), tuple(blocks)),)


def _table(caption: str, actions: Sequence[Action], today: dt.date) -> Table:
    return Table(
        caption=caption,
        header=("#", _("Action"), _("Owner"), _("Date"), _("Status"), _("From the exercise")),
        rows=tuple(
            (
                str(one.number),
                one.text,
                one.owner or _("to be named"),
                str(one.due or _("to be set")),
                _("▲ overdue") if one.is_overdue(today) else status_word(one.status),
                one.origin.name if one.origin else "–",
            )
            for one in actions
        ),
        firm=frozenset({3, 4}),
    )
