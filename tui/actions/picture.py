"""The picture: what is known, assumed and unknown, kept by each team and by the facilitator for all of them."""

from typing import cast

from city_model.map_filter import MapFilter
from resilience.base.language import _
from resilience.exercise.records import PictureClaim, PictureItem, PictureStatus
from resilience.exercise.seats import nameable
from resilience.exercise.wording import claim_word
from tui.actions.asking import is_played
from tui.desk import Asking
from tui.screens.form import Field, FormDialog, Values
from tui.view_models.injects import cell_names
from tui.view_models.map_finder import FUNCTION_MARK, Finder
from tui.view_models.records import picture_words
from tui.widgets.choice import Options
from tui.widgets.find import Search

NOBODY = ""
"""The picture of no team in particular."""
NOTHING = ""
"""A line that says of no component how it is."""
ALL = MapFilter()
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
    """Return the two fields with which a line says of a component how it is, for the evaluation."""
    about = old.about if old and old.about else NOTHING
    claims = ((NOTHING, _("not said")), *((claim, claim_word(claim)) for claim in CLAIMS))
    says = old.says if old and old.says else NOTHING
    what = _("Of what on the map; the report lays the line beside the run.")
    return [
        Field("about", _("About"), what, about, search=_search(desk, about)),
        Field("says", _("State"), _("How it is, or that it is going to fall."), says, claims),
    ]


def _search(desk: Asking, about: str) -> Search:
    """Return the search among what this seat may name, with *about*, which an evaluator may have read out of a line."""
    session = desk.session
    parts = nameable(session.city, session.seat)
    finder = Finder(session.city, parts)
    known = about == NOTHING or any(part.id == about for part in parts)
    first = ((NOTHING, _("nothing in particular")), *(() if known else ((about, about),)))

    def search(text: str) -> Options:
        found = tuple(
            (row.key, row.name if row.mark == FUNCTION_MARK else f"{row.name} ({row.kind})")
            for row in finder.find(text, ALL)
        )
        return found if text.strip() else (*first, *found)

    return search
