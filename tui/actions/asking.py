"""What commands of the console and of the seats ask alike."""

from resilience.base.language import _
from resilience.exercise.state import Phase
from scenarios.schema import DecisionPoint
from tui.desk import Asking


def is_played(desk: Asking) -> bool:
    """Return whether anything can be written down now; say why where it cannot."""
    phase = desk.session.state.phase
    if phase in (Phase.RUNNING, Phase.PAUSED):
        return True
    if phase is not Phase.PREPARED:
        desk.tell(_("Nothing can be added in this phase."))
    elif desk.session.seat.role == "facilitator":
        desk.tell(_("Start the exercise first (Space)."))
    else:
        desk.tell(_("The exercise has not started yet."))
    return False


def waiting_point(desk: Asking) -> DecisionPoint | None:
    """Return the chosen decision where one is chosen that waits, otherwise the most urgent one."""
    waiting = [line for line in desk.session.points() if line.status in ("overdue", "open")]
    chosen = desk.chosen("points") if desk.part == "points" else None
    urgent = sorted(waiting, key=lambda line: (line.point.id != chosen, line.status != "overdue", line.point.deadline))
    return urgent[0].point if urgent else None
