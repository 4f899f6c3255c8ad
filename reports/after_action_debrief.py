"""What the teams said in the hot debrief, straight after the exercise."""

from typing import TYPE_CHECKING

from reports.after_action_model import Played
from reports.document import Section
from reports.tables import Table
from resilience.base.language import _
from resilience.exercise.wording import who

if TYPE_CHECKING:
    from resilience.exercise.records import Reflection


def debrief_sections(played: Played) -> tuple[Section, ...]:
    """Return the answers under each question in the order of asking; nothing where no team answered."""
    asked: dict[str, list[Reflection]] = {}
    for one in played.state.reflections:
        asked.setdefault(one.question, []).append(one)
    tables = tuple(
        Table(
            caption=answers[0].asked,
            header=(_("Team"), _("Answer")),
            rows=tuple(
                (who(f"cell/{one.cell}", played.scenario) if one.cell else _("everyone"), one.text) for one in answers
            ),
        )
        for answers in asked.values()
    )
    return (Section("debrief", _("What the teams said straight afterwards"), tables),) if tables else ()
