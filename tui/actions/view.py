"""Looking elsewhere: another part, another language, another look, help."""

from tui.desk import Desk
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
    """Close the console."""
    desk.leave()
