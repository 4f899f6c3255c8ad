"""Sending, holding, skipping, changing and reading the chosen inject."""

from city_model.values import Text
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.agenda import AgendaLine
from tui.desk import Desk
from tui.screens.form import Field, FormDialog, Values
from tui.screens.reading import Confirm, SheetDialog
from tui.view_models.injects import inject_sheet

LONGEST_TEXT = 2000


async def send(desk: Desk) -> None:
    """Send the chosen inject now."""
    line = _chosen(desk)
    if line is None:
        return
    if line.status == "sent":
        desk.tell(_("“{title}” was sent already.", title=line.inject.title))
    elif desk.attempt(lambda: desk.session.send(line.inject.id)):
        desk.tell(_("Sent: {title}", title=line.inject.title))


async def hold(desk: Desk) -> None:
    """Hold the chosen inject, or let one go that is held or skipped."""
    line = _chosen(desk)
    if line is None:
        return
    if line.status in ("held", "skipped"):
        desk.attempt(lambda: desk.session.release(line.inject.id))
    else:
        desk.attempt(lambda: desk.session.hold(line.inject.id))


async def skip(desk: Desk) -> None:
    """Leave the chosen inject out, after a question."""
    line = _chosen(desk)
    if line is None:
        return
    question = _("Skip “{title}”?", title=line.inject.title)
    if await desk.ask(Confirm(question, _("It will not go out. With h you can let it in again."))):
        desk.attempt(lambda: desk.session.skip(line.inject.id))


async def edit(desk: Desk) -> None:
    """Change the text for this exercise, and send it; the scenario stays as it is."""
    line = _chosen(desk)
    if line is None:
        return
    if line.status == "sent":
        desk.tell(_("“{title}” was sent already.", title=line.inject.title))
        return

    def submit(values: Values) -> None:
        said = str(values["text"]).strip()
        if not said or len(said) > LONGEST_TEXT:
            what = _("the text has {number} characters", number=len(said))
            raise InputError.because(what, _("write 1 to {most}", most=LONGEST_TEXT))
        desk.session.send(line.inject.id, text=Text(nl=said, en=said))

    field = Field("text", _("Text"), _("What the players read; in both languages."), str(line.inject.text), long=True)
    intro = _("Only for this exercise; the scenario stays as it is. Saving sends it.")
    await desk.ask(FormDialog(_("Send: {title}", title=line.inject.title), [field], submit, intro=intro))


async def read(desk: Desk) -> None:
    """Show the whole inject."""
    line = _chosen(desk)
    if line is not None:
        session = desk.session
        foreseen = desk.outlook.due if desk.outlook else {}
        sent = session.state.sent.get(line.inject.id)
        sheet = inject_sheet(line, session.scenario, session.city, sent, foreseen)
        await desk.ask(SheetDialog(_("Inject"), sheet))


def _chosen(desk: Desk) -> AgendaLine | None:
    """Return the chosen inject; none while the cursor has just left one that went out by itself."""
    key = desk.chosen("injects")
    if desk.just_moved_on("injects"):
        desk.tell(_("The list has just moved on: look, and press again."))
        return None
    if key is None:
        desk.tell(_("There is no inject to choose."))
        return None
    desk.go_to("injects")
    return next(line for line in desk.session.agenda() if line.inject.id == key)
