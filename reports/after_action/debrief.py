"""What the teams said in the hot debrief, straight after the exercise."""

from typing import TYPE_CHECKING

from reports.after_action.model import Played
from reports.document import Section
from reports.tables import Table
from resilience.base.language import _
from resilience.exercise.evaluation.debrief import questions
from resilience.exercise.wording import who

if TYPE_CHECKING:
    from resilience.exercise.records import Reflection


def debrief_sections(played: Played) -> tuple[Section, ...]:
    """Return the answers under each question; nothing where no team answered."""
    words = {one.id: one.text for one in questions(played.scenario)}
    asked: dict[str, list[Reflection]] = {question: [] for question in words}
    for one in played.state.reflections:
        asked.setdefault(one.question, []).append(one)
    tables = tuple(
        Table(
            caption=words.get(question, answers[0].asked),
            header=(_("Team"), _("Answer")),
            rows=tuple(
                (who(f"cell/{one.cell}", played.scenario) if one.cell else _("everyone"), one.text) for one in answers
            ),
        )
        for question, answers in asked.items()
        if answers
    )
    return (Section("debrief", _("What the teams said straight afterwards"), tables),) if tables else ()
