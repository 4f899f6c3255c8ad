"""What the console and the seats share: a session that ticks, commands that ask and write, and what covers them."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.screen import ModalScreen

from resilience.base.language import Language, language
from resilience.base.problems import ResilienceError
from resilience.exercise.session import Session
from tui.messages import DebriefAsked, LanguageChosen
from tui.screens.parts import PartsScreen
from tui.widgets.row_list import RowList

Answer = TypeVar("Answer")
AT_ONCE = ("no-duff", "leave")
"""The commands that wait for no dialog."""


class PlayedScreen(PartsScreen):
    """A screen on a session: all it knows comes from there, a few times a second."""

    TICK_SECONDS: ClassVar[float] = 0.5
    """How often everything on the screen is brought up to date."""
    LOOK_SECONDS: ClassVar[float] = 0.1
    """How often it asks whether another process wrote, so that nothing written waits for a tick."""

    def __init__(
        self,
        session: Session,
        parts: Sequence[str],
        columns: Mapping[str, Sequence[str]],
        *,
        part: str = "",
        places: Mapping[str, str | None] | None = None,
    ) -> None:
        """Begin in *part*, with the cursors in their *places*: the keys of rows."""
        super().__init__(parts, columns, part)
        self.session = session
        self._places = places or {}
        self._complaint = ""

    # What a screen says of itself

    def show_now(self) -> None:
        """Show what the session says now; the same again changes nothing."""
        raise NotImplementedError

    def show_details(self) -> None:
        """Show what belongs to the chosen rows."""
        raise NotImplementedError

    def follow_cover(self) -> None:
        """Show what covers the screen in this phase, and take it away when it is over."""
        raise NotImplementedError

    async def do(self, name: str) -> None:
        """Do a command that asks or writes."""
        raise NotImplementedError

    # What keeps it going

    def on_mount(self) -> None:
        """Show what stands, and begin to tick."""
        self.place_parts()
        self.follow()
        for part, key in self._places.items():
            self.pane(part).rows.select(key)
        self.go_to(self._part)
        self.set_interval(self.TICK_SECONDS, self.tick)
        self.set_interval(self.LOOK_SECONDS, self.look_for_news)

    def look_for_news(self) -> None:
        """Show at once what another process wrote."""
        try:
            is_new = self.session.has_news() and bool(self.session.tick())
        except ResilienceError:
            return  # the next tick says what is wrong
        if is_new:
            self.follow()

    def tick(self) -> None:
        """Let the session move on, and show what changed."""
        try:
            self.session.tick()
        except ResilienceError as error:
            self.complain(str(error))
        else:
            self._complaint = ""
        self.follow()

    def follow(self) -> None:
        """Show what the session says now, and what covers it."""
        try:
            self.show_now()
        except ResilienceError as error:
            self.complain(str(error))
        self.follow_cover()

    def complain(self, text: str) -> None:
        """Tell a fault once, not at every tick."""
        if text != self._complaint:
            self._complaint = text
            self.tell(text, alert=True)

    # What a command may use

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do *work* on the session and show at once what it changed; a refusal is one sentence."""
        try:
            work()
        except ResilienceError as error:
            self.tell(str(error), alert=True)
            return False
        finally:
            self.follow()
        return True

    async def ask(self, dialog: ModalScreen[Answer]) -> Answer | None:
        """Show *dialog* and return its answer; what it did to the session shows at once."""
        answer = await self.app.push_screen_wait(dialog)
        self.follow()
        return answer

    def debrief(self) -> None:
        """Show the hot debrief."""
        self.post_message(DebriefAsked())

    def switch_language(self) -> None:
        """Go on in the other language: the application makes this screen anew."""
        other: Language = "en" if language() == "nl" else "nl"
        places = {part: self.chosen(part) for part in self.parts}
        self.app.post_message(LanguageChosen(other, self._part, places))

    # Keys and events

    def perform(self, name: str) -> None:
        """Do the command called *name*."""
        if not self.look(name) and (name in AT_ONCE or not self._is_asking()):
            self.run_worker(self._perform(name), group="commands")

    def _is_asking(self) -> bool:
        """Return whether a command is not done: its dialog may be on its way, and takes the next keys."""
        return any(worker.group == "commands" and not worker.is_finished for worker in self.workers)

    async def _perform(self, name: str) -> None:
        try:
            await self.do(name)
        except ResilienceError as error:
            self.tell(str(error), alert=True)

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        self.show_details()
