"""What the facilitator writes down: messages, the level of the crisis organisation, deadlines, the log."""

from collections.abc import Callable

from resilience.base.language import _, ngettext
from resilience.base.problems import InputError
from resilience.base.units import parse_duration
from resilience.exercise.events import EVERYONE, Kind
from resilience.exercise.keeping.folder import beside
from resilience.exercise.state import Phase
from resilience.exercise.wording import sentence
from scenarios.schema import Clock
from tui.actions.asking import is_played
from tui.desk import Desk
from tui.screens.form import Field, FormDialog, Values
from tui.screens.reading import Confirm, SheetDialog
from tui.screens.scale import ScaleDialog
from tui.view_models.injects import cell_names
from tui.view_models.records import clock_sheet, log_sheet


async def message(desk: Desk) -> None:
    """Send a message."""
    if not is_played(desk):
        return
    fields = (
        Field("text", _("Text"), _("What the teams read.")),
        Field(
            "cells", _("To"), _("Which teams receive it."), options=tuple(cell_names(desk.session.scenario).items()),
            several=True,
        ),
        Field("played", _("As"), _("The role that you play, such as a supplier or the press; empty is yourself.")),
    )  # fmt: skip

    def submit(values: Values) -> None:
        cells = values["cells"] or EVERYONE
        desk.session.message(str(values["text"]), cells=tuple(cells), played=str(values["played"]).strip())

    await desk.ask(FormDialog(_("Message"), fields, submit, intro=_("Without a tick everybody receives it.")))


async def answer(desk: Desk) -> None:
    """Answer the chosen message of a team, in the role of whom it was written to."""
    key = desk.chosen("log")
    event = desk.session.state.event(int(key)) if key else None
    role, _slash, cell = event.actor.partition("/") if event else ("", "", "")
    if event is None or event.kind is not Kind.MESSAGE or role != "cell":
        desk.tell(_("Choose a message of a team («) in the log."))
        return
    if not is_played(desk):
        return
    seq = event.seq
    fields = (
        Field("text", _("Text"), _("What the team reads."), long=True),
        Field("played", _("As"), _("The role that you play; empty is yourself."), str(event.payload.get("to", ""))),
    )

    def submit(values: Values) -> None:
        desk.session.message(str(values["text"]), cells=(cell,), played=str(values["played"]).strip(), answers=seq)

    name = cell_names(desk.session.scenario)[cell]
    await desk.ask(FormDialog(_("Answer to {name}", name=name), fields, submit, intro=str(event.payload["text"])))


async def scale(desk: Desk) -> None:
    """Record another level of the crisis organisation, with the signs that were seen."""
    if is_played(desk):
        await desk.ask(ScaleDialog(desk.session))


async def merge(desk: Desk) -> None:
    """Lay the sheets of the observers together, after a question."""
    number = len(desk.session.state.ratings)
    consequence = ngettext(
        "{number} rating is then fixed, and every observer sees it.",
        "{number} ratings are then fixed, and every observer sees all of them.",
        number,
    )
    if desk.session.state.phase is not Phase.ENDED:
        desk.tell(_("The sheets of the observers are laid together after ENDEX."))
    elif await desk.ask(Confirm(_("Merge the sheets of the observers?"), consequence)):
        desk.attempt(desk.session.merge_ratings)


async def clock_start(desk: Desk) -> None:
    """Record awareness."""
    clock = _clock(desk, runs=False)
    if clock is not None:
        field = Field("cause", _("Cause"), _("What made the team aware."))
        await _form(
            desk,
            _("Awareness: {name}", name=clock.name),
            field,
            lambda values: desk.session.start_clock(clock.id, str(values["cause"])),
            intro=str(clock.starts),
        )


async def clock_meet(desk: Desk) -> None:
    """Record that a deadline was met."""
    clock = _clock(desk, runs=True)
    if clock is not None:
        field = Field("note", _("Note"), _("How it was done, and who was told."))
        await _form(
            desk,
            _("Met: {name}", name=clock.name),
            field,
            lambda values: desk.session.meet_clock(clock.id, str(values["note"])),
            intro=_("Tell: {recipient}", recipient=clock.recipient),
        )


async def clock_extend(desk: Desk) -> None:
    """Move a deadline."""
    clock = _clock(desk, runs=True)
    if clock is None:
        return

    def submit(values: Values) -> None:
        try:
            minutes = parse_duration(str(values["length"]).strip())
        except ValueError as error:
            said = repr(str(values["length"]))
            raise InputError.because(_("{text} is not a length of time", text=said), _("write 4h30m")) from error
        desk.session.extend_clock(clock.id, minutes, str(values["reason"]))

    fields = (
        Field("length", _("Length"), _("How much later, such as 24h or 1d12h."), placeholder="24h"),
        Field("reason", _("Reason"), _("Who granted it, and why.")),
    )
    await desk.ask(FormDialog(_("Extend: {name}", name=clock.name), fields, submit))


async def read_clock(desk: Desk) -> None:
    """Show what a deadline rests on."""
    clock = _clock(desk)
    if clock is not None:
        deadline = desk.session.state.deadlines.get(clock.id)
        await desk.ask(SheetDialog(_("Deadline"), clock_sheet(clock, deadline, desk.minute)))


async def read_entry(desk: Desk) -> None:
    """Show an entry of the log."""
    key = desk.chosen("log")
    event = desk.session.state.event(int(key)) if key else None
    if event is not None:
        sheet = log_sheet(event, desk.session.state, desk.session.scenario)
        await desk.ask(SheetDialog(_("Log"), sheet))


async def correct(desk: Desk) -> None:
    """Add what an entry of the log should have said."""
    key = desk.chosen("log")
    event = desk.session.state.event(int(key)) if key else None
    if event is None:
        return
    field = Field("text", _("Should be"), _("What the entry should have said; the entry itself stays."))
    await _form(
        desk,
        _("Correct entry {number}", number=event.seq),
        field,
        lambda values: desk.session.correct(event.seq, str(values["text"])),
        intro=sentence(event, desk.session.scenario),
    )


async def fork(desk: Desk) -> None:
    """Begin another run just before an entry of the log, in a file beside this one, after saying how to open it."""
    key, here = desk.chosen("log"), desk.session.path
    if key is None or here is None:
        return
    there = beside(here)
    question = _("Begin another run just before entry {number}?", number=key)
    how = _(
        "This exercise goes on as it is. The other run is {file}; open it in another terminal with:", file=there.name
    )
    is_wanted = await desk.ask(Confirm(question, f"{how} resilience exercise resume {there}"))
    if is_wanted and desk.attempt(lambda: desk.session.fork(there, before=int(key))):
        desk.tell(_("The other run is in {file}", file=there.name))


async def _form(desk: Desk, title: str, field: Field, submit: Callable[[Values], object], *, intro: str) -> None:
    await desk.ask(FormDialog(title, [field], submit, intro=intro))


def _clock(desk: Desk, *, runs: bool | None = None) -> Clock | None:
    """Return the chosen deadline; none, and a sentence, where it should run or should not, and that is otherwise."""
    key = desk.chosen("clocks")
    if key is None:
        desk.tell(_("This scenario has no deadlines."))
        return None
    if runs is not None and not is_played(desk):
        return None
    running = key in desk.session.state.deadlines
    if runs is True and not running:
        desk.tell(_("This deadline does not run yet: a starts it."))
        return None
    if runs is False and running:
        desk.tell(_("This deadline runs already: v records that it was met, u moves it."))
        return None
    desk.go_to("clocks")
    return next(clock for clock in desk.session.scenario.clocks if clock.id == key)
