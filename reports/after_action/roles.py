"""Learning goals per role, with what the log says of the team in which that role sat."""

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from reports.after_action.model import Played
from reports.document import Block, Paragraph, Section
from reports.tables import Table
from resilience.base.language import _
from resilience.exercise.evaluation.picture_truth import claims, judged
from resilience.exercise.public_messages import public_messages
from resilience.exercise.records import Grade
from resilience.exercise.scaling import structure_for
from scenarios.crisis_structure import Role
from scenarios.schema import Cell


def roles_section(played: Played) -> tuple[Section, ...]:
    """Return what each role could learn, and the traces that its team left; nothing where no team names its roles."""
    cells = [cell for cell in played.scenario.cells if cell.roles]
    if not cells:
        return ()
    known = {role.id: role for role in structure_for(played.city).roles}
    blocks: list[Block] = [
        Paragraph(
            _(
                "The log knows teams, not who said what: beside the goals of the roles stands what their team left in "
                "it. Whether a goal was reached is for the role itself and the observer to say."
            )
        )
    ]
    for cell in cells:
        blocks += [_goals(cell, [known[name] for name in cell.roles if name in known]), Paragraph(traces(played, cell))]
    return (Section("roles", _("Learning goals per role"), tuple(blocks)),)


def traces(played: Played, cell: Cell) -> str:
    """Return what *cell* left in the log: how its tasks were rated, what it decided, wrote and read."""
    state = played.state
    tasks = {
        task.id
        for objective in played.scenario.objectives
        for task in objective.critical_tasks
        if not task.cells or cell.id in task.cells
    }
    grades = Counter(rating.grade for rating in state.ratings if rating.task in tasks)
    rated = len({rating.task for rating in state.ratings if rating.task in tasks})
    marks = ", ".join(f"{grade} {grades[grade]}" for grade in get_args(Grade) if grades[grade])
    taken = [one for one in state.taken if one.cell == cell.id]
    whole = sum(bool(one.owner and one.by and one.told) for one in taken)
    lines = judged(played.view, played.trace, [item for item in claims(state) if item.cell == cell.id])
    messages = public_messages(state)
    parts = [
        _("tasks rated: {rated} of {all}", rated=rated, all=len(tasks)) + (f" ({marks})" if marks else ""),
        _("decisions: {number}, with owner, moment and receiver: {whole}", number=len(taken), whole=whole),
        _("lines of the picture: {number}", number=sum(item.cell == cell.id for item in state.picture)),
    ]
    if lines:
        right = sum(one.verdict == "right" for one in lines)
        parts.append(_("of those that can be judged, right: {right} of {all}", right=right, all=len(lines)))
    written = sum(one.author == f"cell/{cell.id}" for one in messages)
    read = sum(one.checker == f"cell/{cell.id}" and one.status != "waiting" for one in messages)
    if written or read:
        parts.append(_("public messages written: {written}, read for others: {read}", written=written, read=read))
    return _("From the log: {parts}.", parts="; ".join(parts))


def _goals(cell: Cell, roles: Sequence[Role]) -> Table:
    return Table(
        caption=str(cell.name),
        header=(_("Role"), _("Learning goals")),
        rows=tuple((str(role.name), " ".join(str(goal) for goal in role.goals) or "–") for role in roles),
        when_empty=_("The crisis structure does not know the roles of this team."),
    )
