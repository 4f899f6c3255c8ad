"""What a command may use: the session, what is chosen on the screen, and ways to ask and to tell."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from textual.app import App
from textual.screen import ModalScreen

from resilience.exercise.session import Session
from tui.outlook import Outlook

Answer = TypeVar("Answer")


class Desk(Protocol):
    """The console as a command sees it."""

    session: Session
    outlook: Outlook | None

    @property
    def app(self) -> App[object]:
        """The running application."""

    @property
    def minute(self) -> int:
        """The exercise minute now."""

    def chosen(self, part: str) -> str | None:
        """Return the key of the row under the cursor of *part*."""

    def go_to(self, part: str) -> None:
        """Give *part* the focus."""

    def tell(self, text: str, *, alert: bool = False) -> None:
        """Show one sentence."""

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do *work* on the session, show at once what it changed, and say in one sentence what went wrong."""

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Show *dialog* and return its answer; None when it was left without one."""
