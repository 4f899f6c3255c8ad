"""What a command may use: the session, what is chosen on the screen, and ways to ask, to tell and to look elsewhere."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from textual.screen import ModalScreen

from resilience.exercise.session import Session
from tui.outlook import Outlook
from tui.view_models.header import Upcoming
from tui.view_models.letters import Letter
from tui.view_models.rows import Sheet

Answer = TypeVar("Answer")


class Asking(Protocol):
    """A screen on a session as a command sees it: what is chosen, and ways to ask, to tell and to write."""

    session: Session

    @property
    def part(self) -> str:
        """The part that has the focus."""

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

    def debrief(self) -> None:
        """Show the hot debrief."""

    def leave(self) -> None:
        """Close the screen."""


class Desk(Asking, Protocol):
    """The console as a command sees it."""

    outlook: Outlook | None

    @property
    def minute(self) -> int:
        """The exercise minute now."""

    def coming(self) -> Sequence[Upcoming]:
        """Return what will happen by itself, the first first."""

    def just_moved_on(self, part: str) -> bool:
        """Return whether the cursor of *part* moved by itself a moment ago."""

    def search_commands(self) -> None:
        """Show all commands."""


class SeatDesk(Asking, Protocol):
    """A seat's screen as a command sees it."""

    @property
    def letters(self) -> tuple[Letter, ...]:
        """The messages of this seat."""

    def card(self, part: str) -> Sheet | None:
        """Return the chosen row of *part* in full."""
