"""Taking decisions, reading them again, and asking why a function stands as it does."""

from resilience.base.language import _
from resilience.base.problems import ResilienceError
from resilience.exercise.state import Phase
from tui.actions.asking import is_played, waiting_point
from tui.desk import Desk
from tui.screens.decision import DecisionDialog
from tui.screens.free_decision import FreeDecisionDialog
from tui.screens.reading import SheetDialog
from tui.view_models.ahead import ahead_sheet
from tui.view_models.console import trace_of
from tui.view_models.decisions import FREE, decision_sheet
from tui.view_models.why import why_sheet


async def decide(desk: Desk) -> None:
    """Open the chosen decision where one is chosen that waits, otherwise the most urgent one."""
    found = waiting_point(desk)
    if found is None:
        desk.tell(_("No decision is open now; f records a free one."))
        return
    await _take(desk, found.id)


async def open_point(desk: Desk) -> None:
    """Take the chosen decision, or read it again."""
    key = desk.chosen("points")
    if key is None:
        desk.tell(_("There is no decision to choose."))
        return
    state = desk.session.state
    taken = next((one for one in state.decisions if key in (one.point, f"{FREE}{one.seq}")), None)
    if taken in state.to_work_out():
        if is_played(desk):
            await desk.ask(FreeDecisionDialog(desk.session, taken))
    elif taken is None:
        await _take(desk, key)
    else:
        sheet = decision_sheet(taken, desk.session.city, desk.session.scenario)
        await desk.ask(SheetDialog(_("Decision"), sheet))


async def free(desk: Desk) -> None:
    """Record a decision that the scenario does not list."""
    if is_played(desk):
        await desk.ask(FreeDecisionDialog(desk.session))


async def why(desk: Desk) -> None:
    """Explain the chosen function."""
    key = desk.chosen("board")
    trace = trace_of(desk.session)
    if key is None or trace is None:
        desk.tell(_("There is no course to explain."))
        return
    course = desk.outlook.trace if desk.outlook and desk.session.state.phase is not Phase.ENDED else None
    try:
        sheet = why_sheet(desk.session.city, desk.session.scenario, trace, key, desk.minute, course)
    except ResilienceError as error:
        desk.tell(str(error), alert=True)
        return
    await desk.ask(SheetDialog(_("Why"), sheet))


async def ahead(desk: Desk) -> None:
    """Show what is about to fail in the whole city."""
    if desk.session.state.phase is Phase.ENDED or not desk.session.recomputable:
        desk.tell(_("There is no course to explain."))
    elif desk.outlook is None:
        desk.tell(_("The course is still being computed; press again in a moment."))
    else:
        sheet = ahead_sheet(desk.session.city, desk.session.scenario, desk.outlook.trace, desk.minute)
        await desk.ask(SheetDialog(_("What comes"), sheet))


async def _take(desk: Desk, point: str) -> None:
    if is_played(desk):
        desk.go_to("points")
        found = desk.session.scenario.decision_by_id[point]
        await desk.ask(DecisionDialog(desk.session, found, desk.minute))
