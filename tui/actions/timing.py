"""Starting, pausing, speeding up, jumping, ending; and NO DUFF."""

from resilience.base.language import _
from resilience.exercise.state import Phase
from tui.desk import Asking, Desk
from tui.screens.jump import JumpDialog
from tui.screens.reading import Confirm

RATES = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
"""Exercise minutes per minute, from real time to ten hours in a minute."""


async def run(desk: Desk) -> None:
    """Start the exercise, pause it, or let it run on."""
    session = desk.session
    match session.state.phase:
        case Phase.PREPARED:
            desk.attempt(session.start)
        case Phase.RUNNING:
            desk.attempt(session.pause)
        case Phase.PAUSED:
            desk.attempt(session.resume_clock)
        case Phase.NO_DUFF | Phase.ENDED:
            desk.tell(_("The clock stands still in this phase."))


async def faster(desk: Desk) -> None:
    """Take the next higher rate."""
    _change(desk, next((rate for rate in RATES if rate > desk.session.state.clock.rate), RATES[-1]))


async def slower(desk: Desk) -> None:
    """Take the next lower rate."""
    _change(desk, next((rate for rate in reversed(RATES) if rate < desk.session.state.clock.rate), RATES[0]))


async def jump(desk: Desk) -> None:
    """Put the clock forward."""
    if desk.session.state.phase not in (Phase.RUNNING, Phase.PAUSED):
        desk.tell(_("Start the exercise first (Space)."))
        return
    await desk.ask(JumpDialog(desk.session, tuple(desk.coming()), desk.minute))


async def end(desk: Desk) -> None:
    """Give ENDEX, after a question."""
    question = _("End the exercise?")
    consequence = _("ENDEX cannot be taken back. Ratings, findings and corrections can still be added.")
    if await desk.ask(Confirm(question, consequence)) and desk.attempt(desk.session.end):
        desk.debrief()


async def debrief(desk: Asking) -> None:
    """Show the hot debrief again."""
    if desk.session.state.phase is Phase.ENDED:
        desk.debrief()
    else:
        desk.tell(_("The debrief begins with ENDEX."))


async def no_duff(desk: Desk) -> None:
    """Freeze everything at once; the screen that follows asks for the reason."""
    if desk.session.state.phase is not Phase.NO_DUFF:
        desk.attempt(lambda: desk.session.no_duff(""))


def _change(desk: Desk, rate: int) -> None:
    phase = desk.session.state.phase
    if phase is Phase.PAUSED:
        desk.tell(_("The clock is paused; Space lets it run on."))
    elif phase is not Phase.RUNNING:
        desk.tell(_("Start the exercise first (Space)."))
    elif rate != desk.session.state.clock.rate:
        desk.attempt(lambda: desk.session.set_rate(rate))
