"""Searching the commands, and leaving."""

from resilience.base.language import _
from resilience.exercise.state import Phase
from tui.desk import Desk
from tui.screens.reading import Confirm


async def palette(desk: Desk) -> None:
    """Show all commands."""
    desk.search_commands()


async def leave(desk: Desk) -> None:
    """Close the console, after a question while the exercise is on."""
    if desk.session.state.phase in (Phase.RUNNING, Phase.PAUSED, Phase.NO_DUFF):
        consequence = _("The clock is paused and everything is kept; the exercise can be resumed later.")
        if not await desk.ask(Confirm(_("Leave the console?"), consequence)):
            return
    desk.leave()
