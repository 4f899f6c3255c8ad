"""The console with a lesson above it: it says what to do, waits until it is done, and goes on."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from resilience.base.language import _
from resilience.exercise.session import Session
from tui.lesson import steps
from tui.screens.console import ConsoleScreen
from tui.widgets.painting import safe


class Progress:
    """How far somebody is; it outlives a screen that is made anew in another language."""

    def __init__(self) -> None:
        self.place = 0


class TrainingScreen(ConsoleScreen):
    """The real console, on an exercise that nobody keeps."""

    def __init__(
        self, session: Session, progress: Progress, *, part: str = "", places: dict[str, str | None] | None = None
    ) -> None:
        super().__init__(session, part=part, places=places)
        self._progress = progress
        self._lesson = Static("", id="lesson")
        self._said = ("", "")

    def compose(self) -> ComposeResult:
        """Put the lesson above the console."""
        yield self._lesson
        yield from super().compose()

    def follow(self) -> None:
        """Show what stands, and whether the step of now is done; one step at a time."""
        super().follow()
        listed, place = steps(), self._progress.place
        if place < len(listed) and listed[place].done(self.session, self.part, self.app.screen):
            self._progress.place += 1
            self.app.bell()
        self._say()

    def _say(self) -> None:
        listed, place = steps(), self._progress.place
        if place == len(listed):
            words = (_("That was all."), _("You have seen what it takes to conduct an exercise. q leaves."))
        else:
            step = listed[place]
            words = (f"{place + 1}/{len(listed)} {step.title}.", step.text)
        if words != self._said:
            self._said = words
            lead = _("LESSON")
            self._lesson.update(Content.assemble((f"{lead} {words[0]}", "bold $accent"), f" {safe(words[1])}"))
