"""Scaling the crisis organisation up or down: the level, and the signs that ask for it."""

from textual import on

from resilience.base.language import _
from resilience.exercise.scaling import ScaleChoice, scale_choices, structure_for
from resilience.exercise.session import Session
from tui.screens.form import Field, FormDialog, Values
from tui.widgets.choice import Choice, Options, Ticks


class ScaleDialog(FormDialog):
    """Offers every level of the region; below the chosen one stand its signs, to be ticked where they were seen."""

    def __init__(self, session: Session) -> None:
        now = session.state.scale
        self._session = session
        self._choices = {
            one.level: one for one in scale_choices(structure_for(session.city), now.level if now else None)
        }
        up = [one for one in self._choices.values() if one.direction == "up"]
        offered = next((one for one in up if one.level.startswith("grip")), next(iter(self._choices.values())))
        levels = tuple((one.level, str(one.name)) for one in self._choices.values())
        fields = (
            Field("level", _("Level"), _("The new level; the lowest is the daily routine."), offered.level, levels),
            Field(
                "signs",
                _("Seen"),
                _("What asks for this level, or lets one leave the present one; tick what was seen."),
                options=_signs(offered),
                several=True,
            ),
            Field("reason", _("Reason"), _("Why the crisis organisation goes up or down.")),
        )
        intro = _("Now: {level}", level=now.level) if now is not None else _("Now: nothing was scaled up yet.")
        super().__init__(_("Scale up or down"), fields, self._record, intro=intro)

    @on(Choice.Changed)
    def _level_chosen(self, event: Choice.Changed) -> None:
        """Offer the signs of the level that is chosen now."""
        event.stop()
        self.query_one("#field-signs", Ticks).offer(_signs(self._chosen(self.query_one("#field-level", Choice).value)))

    def _record(self, values: Values) -> None:
        chosen, said = self._chosen(str(values["level"])), self._session.language
        seen = [sign.within(said) for place, sign in enumerate(chosen.signs) if str(place) in values["signs"]]
        self._session.scale(chosen.name.within(said), str(values["reason"]), signs=seen)

    def _chosen(self, level: str) -> ScaleChoice:
        return self._choices[level]


def _signs(choice: ScaleChoice) -> Options:
    return tuple((str(place), str(sign)) for place, sign in enumerate(choice.signs))
