"""Looking elsewhere: another part, another language, another look, help."""

from resilience.base.language import _
from resilience.exercise.state import Phase
from tui.desk import Desk
from tui.screens.reading import Confirm
from tui.view_models.console import PARTS


async def next_part(desk: Desk) -> None:
    """Go to the next part."""
    desk.go_to(PARTS[(PARTS.index(desk.part) + 1) % len(PARTS)])


async def previous_part(desk: Desk) -> None:
    """Go to the previous part."""
    desk.go_to(PARTS[(PARTS.index(desk.part) - 1) % len(PARTS)])


async def zoom(desk: Desk) -> None:
    """Show one part large, or all of them."""
    desk.zoom()


async def language(desk: Desk) -> None:
    """Go on in the other language."""
    desk.switch_language()


async def theme(desk: Desk) -> None:
    """Go on in the other look."""
    desk.switch_theme()


async def explain(desk: Desk) -> None:
    """Show help."""
    desk.explain()


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
