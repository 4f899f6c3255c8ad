"""What a command may use: the session, what is chosen on the screen, and ways to ask, to tell and to look elsewhere."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from textual.screen import ModalScreen

from resilience.exercise.session import Session
from tui.outlook import Outlook
from tui.view_models.header import Upcoming

Answer = TypeVar("Answer")


class Desk(Protocol):
    """The console as a command sees it."""

    session: Session
    outlook: Outlook | None

    @property
    def minute(self) -> int:
        """The exercise minute now."""

    @property
    def part(self) -> str:
        """The part that has the focus."""

    def coming(self) -> Sequence[Upcoming]:
        """Return what will happen by itself, the first first."""

    def chosen(self, part: str) -> str | None:
        """Return the key of the row under the cursor of *part*."""

    def just_moved_on(self, part: str) -> bool:
        """Return whether the cursor of *part* moved by itself a moment ago."""

    def go_to(self, part: str) -> None:
        """Give *part* the focus."""

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Show one sentence."""

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do *work* on the session, show at once what it changed, and say in one sentence what went wrong."""

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Show *dialog* and return its answer; None when it was left without one."""

    def zoom(self) -> None:
        """Show one part on the whole screen, or all of them again."""

    def switch_language(self) -> None:
        """Go on in the other language."""

    def switch_theme(self) -> None:
        """Go on in the other look."""

    def explain(self) -> None:
        """Show the help of the part that has the focus."""

    def search_commands(self) -> None:
        """Show all commands."""

    def leave(self) -> None:
        """Close the console."""
