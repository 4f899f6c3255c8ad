"""What an action is judged by: the newest state at a wall moment, the scenario, and who acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from city_model.schema import City
from city_model.values import Text
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.events import Draft, Kind
from resilience.exercise.seats import Seat
from resilience.exercise.state import ExerciseState, Phase
from scenarios.schema import Scenario

LONGEST_TEXT = 10_000
"""So many characters fit in one entry of the log; more is a document."""
PLAYED = (Phase.RUNNING, Phase.PAUSED)


@dataclass(frozen=True)
class Moment:
    """What an action is judged by: the state at a wall moment, and who acts."""

    state: ExerciseState
    scenario: Scenario
    city: City
    wall: int
    seat: Seat

    @property
    def minute(self) -> int:
        """The exercise minute of now; never before that of the last event."""
        return max(self.state.clock.minute(self.wall), self.state.last_minute)

    def draft(self, kind: Kind, audience: Iterable[str] = (), **payload: Any) -> Draft:  # noqa: ANN401 - JSON
        """Return a draft of now, by whoever acts."""
        return Draft(kind, self.minute, self.seat.key, payload, tuple(audience))

    def recorded(self, text: Text) -> str:
        """Return *text* as the log keeps it: in the language of the exercise, whatever this screen shows."""
        return text.within(self.state.head.language) if self.state.head else str(text)

    def require(self, *phases: Phase) -> None:
        """Raise InputError unless the exercise is in one of *phases*."""
        phase = self.state.phase
        if phase in phases:
            return
        reasons = {
            Phase.PREPARED: (_("the exercise has not started"), _("give STARTEX first")),
            Phase.RUNNING: (_("the exercise is running"), _("this is only possible before or after it")),
            Phase.PAUSED: (_("the exercise is paused"), _("this is only possible before or after it")),
            Phase.NO_DUFF: (_("NO DUFF: everything stands still"), _("resume the exercise first")),
            Phase.ENDED: (_("the exercise has ended"), _("only ratings, findings and corrections can be added")),
        }
        refuse(*reasons[phase])


def refuse(what: str, repair: str) -> NoReturn:
    """Raise InputError for an action that cannot be done."""
    raise InputError.because(what, repair)


def clean(text: str, label: str, *, required: bool = False) -> str:
    """Return *text* as it can be kept: without characters that are no text, and not longer than LONGEST_TEXT."""
    kept = text.encode("utf-8", "replace").decode().replace("\0", "").strip()
    if required and not kept:
        refuse(_("{label} is empty", label=label), _("write at least a word"))
    if len(kept) > LONGEST_TEXT:
        what = _("{label} is {number} characters long", label=label, number=len(kept))
        refuse(what, _("keep it below {number}", number=LONGEST_TEXT))
    return kept
