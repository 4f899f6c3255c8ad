"""The console for a newcomer: the real one, with a lesson, on an exercise that is not kept."""

from resilience.base.language import _
from resilience.exercise.session import Session
from tui.app import ConsoleApp
from tui.messages import DebriefAsked
from tui.screens.training import Progress, TrainingScreen


class TrainApp(ConsoleApp):
    """Holds the console and the lesson."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.progress = Progress()

    def own(self, part: str = "", places: dict[str, str | None] | None = None) -> TrainingScreen:
        """Return the console with the lesson."""
        return TrainingScreen(self.session, self.progress, part=part, places=places)

    def on_debrief_asked(self, message: DebriefAsked) -> None:
        """Say at the debrief that the lesson is over."""
        if message.shown:
            self.notify(
                _("This is the hot debrief. You have seen what it takes to conduct an exercise; q leaves."),
                title=_("That was all."),
                timeout=20,
                markup=False,
            )


def run(session: Session) -> None:
    """Show the console with the lesson until the newcomer leaves it."""
    TrainApp(session).run_in_terminal(_("the console needs a terminal; run it without redirecting its input or output"))
