"""The picture: what is known, assumed and unknown, kept by each team and by the facilitator for all of them."""

from typing import cast

from resilience.base.language import _
from resilience.exercise.records import PictureClaim, PictureItem, PictureStatus
from resilience.exercise.wording import claim_word
from tui.actions.asking import is_played
from tui.desk import Asking
from tui.screens.form import Field, FormDialog, Values
from tui.view_models.injects import cell_names
from tui.view_models.records import picture_words

NOBODY = ""
"""The picture of no team in particular."""
NOTHING = ""
"""A line that says of no city function how it is."""
CLAIMS: tuple[PictureClaim, ...] = ("works", "hindered", "down", "at_risk")


async def note(desk: Asking) -> None:
    """Add a line to the picture."""
    await _note(desk, None)


async def renew(desk: Asking) -> None:
    """Write the chosen line of the picture anew."""
    key = desk.chosen("picture")
    await _note(desk, next((item for item in desk.session.state.current_picture() if str(item.seq) == key), None))


async def _note(desk: Asking, old: PictureItem | None) -> None:
    if not is_played(desk):
        return
    statuses = tuple((status, f"{mark} {word}") for status, (mark, word, _tone) in picture_words().items())
    fields = [
        Field("text", _("Text"), _("One fact, assumption or question."), old.text if old else ""),
        Field("status", _("Status"), _("Known, assumed or unknown."), old.status if old else "known", statuses),
        Field("source", _("Source"), _("Who says so."), old.source if old else ""),
    ]
    if desk.session.seat.role == "facilitator":
        cells = ((NOBODY, _("everyone")), *cell_names(desk.session.scenario).items())
        team = (old.cell or NOBODY) if old else NOBODY
        fields.append(Field("cell", _("Team"), _("In whose picture it stands."), team, cells))
    fields += _claim(desk, old)

    def submit(values: Values) -> None:
        desk.session.note(
            str(values["text"]),
            status=cast("PictureStatus", values["status"]),
            source=str(values["source"]),
            cell=str(values.get("cell", NOBODY)) or None,
            replaces=old.seq if old else None,
            about=str(values["about"]) or None,
            says=cast("PictureClaim | None", str(values["says"]) or None),
        )

    title = _("Renew a line of the picture") if old else _("Add to the picture")
    await desk.ask(FormDialog(title, fields, submit))


def _claim(desk: Asking, old: PictureItem | None) -> list[Field]:
    """Return the two fields with which a line says of a city function how it is, for the evaluation."""
    names = {function.id: str(function.name) for function in desk.session.city.functions}
    about = old.about if old and old.about else NOTHING
    if about:
        names.setdefault(about, about)  # an evaluator may have read another component out of it
    parts = ((NOTHING, _("nothing in particular")), *names.items())
    claims = ((NOTHING, _("not said")), *((claim, claim_word(claim)) for claim in CLAIMS))
    says = old.says if old and old.says else NOTHING
    return [
        Field("about", _("About"), _("Of which city function; the report lays the line beside the run."), about, parts),
        Field("says", _("State"), _("How it is, or that it is going to fall."), says, claims),
    ]
