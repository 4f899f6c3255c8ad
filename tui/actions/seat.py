"""What people do at a seat: answer, tell others, keep the picture and the action list, decide, rate."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from resilience.base.language import _
from resilience.exercise.records import Task
from scenarios.reference_data import reference_values
from scenarios.schema import DecisionPoint
from tui.actions import picture
from tui.actions.asking import is_played, waiting_point
from tui.actions.observing import GRADES, finding, rate
from tui.actions.public import own, public
from tui.actions.timing import debrief
from tui.desk import SeatDesk
from tui.screens.form import Field, FormDialog, Values
from tui.screens.reading import Confirm, SheetDialog
from tui.view_models.decisions import FREE, decision_sheet
from tui.view_models.injects import cell_names
from tui.view_models.letters import Letter, letter_sheet
from tui.view_models.seat import seat_name


async def open_letter(desk: SeatDesk) -> None:
    """Read a message, which is then no longer new."""
    letter = _letter(desk)
    if letter is None:
        return
    if letter.unread:
        desk.attempt(lambda: desk.session.open_message(letter.seq))
    await desk.ask(SheetDialog(_("Message"), letter_sheet(letter, desk.letters)))


async def answer(desk: SeatDesk) -> None:
    """Answer a message."""
    letter = _letter(desk)
    if letter is None or not is_played(desk):
        return
    field = Field("text", _("Answer"), _("What they read."), long=True)
    to = letter.to if letter.mine else letter.sender
    cells = letter.reply_to

    def submit(values: Values) -> None:
        if letter.unread:
            desk.session.open_message(letter.seq)
        name = "" if cells else to
        desk.session.message(str(values["text"]), cells=cells, to=name, answers=letter.seq)

    await desk.ask(FormDialog(_("Answer to {name}", name=to), [field], submit, intro=letter.text))


async def message(desk: SeatDesk) -> None:
    """Send a message to teams, or to somebody whom the facilitator plays."""
    if not is_played(desk):
        return
    others = tuple(pair for pair in cell_names(desk.session.scenario).items() if pair[0] != desk.session.seat.name)
    fields = [
        Field("text", _("Text"), _("What they read."), long=True),
        Field("to", _("Outside"), _("Somebody who has no seat here, such as a supplier or the press.")),
    ]
    if others:
        fields.insert(0, Field("cells", _("Teams"), _("Which teams receive it."), options=others, several=True))

    def submit(values: Values) -> None:
        cells = tuple(values.get("cells", ()))
        desk.session.message(str(values["text"]), cells=cells, to="" if cells else str(values["to"]))

    intro = _("Without a tick it goes to the outside world, which the facilitator plays.")
    await desk.ask(FormDialog(_("Message"), fields, submit, intro=intro))


async def task(desk: SeatDesk) -> None:
    """Add a line to the action list."""
    await _task(desk, None)


async def change_task(desk: SeatDesk) -> None:
    """Change the chosen action."""
    await _task(desk, _chosen_task(desk))


async def done(desk: SeatDesk) -> None:
    """Tick the chosen action off, or take the tick away."""
    old = _chosen_task(desk)
    if old is not None and is_played(desk):
        desk.attempt(
            lambda: desk.session.task(old.what, owner=old.owner, by=old.by, done=not old.done, replaces=old.seq)
        )


async def decide(desk: SeatDesk) -> None:
    """Take the chosen decision where one is chosen that waits, otherwise the most urgent one."""
    found = waiting_point(desk)
    if found is None:
        desk.tell(_("No decision is open now; f writes down one of your own."))
    elif is_played(desk):
        await _decide(desk, found)


async def free_decision(desk: SeatDesk) -> None:
    """Write down a decision that nobody asked for."""
    if is_played(desk):
        await _decide(desk, None)


async def read(desk: SeatDesk) -> None:
    """Show the chosen row in full."""
    session, key = desk.session, desk.chosen(desk.part)
    taken = next((one for one in session.state.decisions if key in (one.point, f"{FREE}{one.seq}")), None)
    if desk.part == "points" and taken is not None:
        await desk.ask(SheetDialog(_("Decision"), decision_sheet(taken, session.city, session.scenario)))
        return
    sheet = desk.card(desk.part)
    if sheet is not None:
        await desk.ask(SheetDialog(sheet.title, sheet))


async def no_duff(desk: SeatDesk) -> None:
    """Freeze everything, after a question: at a seat the key lies next to others that are used all the time."""
    consequence = _("Something REAL happened: the exercise stops at once at every seat.")
    if await desk.ask(Confirm("GEEN OEFENING - NO DUFF?", consequence)):
        desk.attempt(lambda: desk.session.no_duff(_("called by {name}", name=seat_name(desk.session))))


async def leave(desk: SeatDesk) -> None:
    """Close this seat, after a question."""
    if await desk.ask(Confirm(_("Leave this seat?"), _("The exercise goes on; you can take this seat again later."))):
        desk.leave()


async def _decide(desk: SeatDesk, point: DecisionPoint | None) -> None:
    fields = [
        Field("information", _("Picture"), _("What you know, assume and do not know.")),
        Field("why", _("Judgement"), _("What it means, and which ways there are.")),
        Field("what", _("Decision"), _("What you decide, in your own words.")),
        Field("owner", _("Who does it"), _("The team or role that carries it out; no names of persons.")),
        Field("by", _("By when"), _("A time, in your own words.")),
        Field("told", _("Told to"), _("Who was told of it.")),
    ]
    if point is not None:
        options = tuple((option.id, str(option.name)) for option in point.options)
        fields.insert(2, Field("option", _("Option"), _("Which way you take."), point.options[0].id, options))
    at_stake = [value for value in desk.session.scenario.values if point is not None and value.id in point.values]
    questions = " ".join(str(question.text) for question in reference_values().questions) if at_stake else ""
    fields += [
        Field(f"value-{value.id}", str(value.name), f"{value.note or ''} {questions}".strip()) for value in at_stake
    ]

    def submit(values: Values) -> None:
        what, why, information, owner, by, told = (
            str(values[key]) for key in ("what", "why", "information", "owner", "by", "told")
        )
        desk.session.decide(
            point.id if point else None,
            str(values["option"]) if point else None,
            who=seat_name(desk.session),
            what=what,
            why=why,
            information=information,
            owner=owner,
            by=by,
            told=told,
            values={value.id: said for value in at_stake if (said := str(values[f"value-{value.id}"]).strip())},
        )

    title = str(point.title) if point else _("A decision of your own")
    intro = str(point.question) if point else _("The facilitator works out what it does in the model.")
    if at_stake:
        intro += "\n" + _("Values at stake: {questions}", questions=questions)
    await desk.ask(FormDialog(title, fields, submit, intro=intro))


async def _task(desk: SeatDesk, old: Task | None) -> None:
    if not is_played(desk):
        return
    fields = (
        Field("what", _("Action"), _("What must be done."), old.what if old else ""),
        Field("owner", _("Who"), _("The team or role that does it; no names of persons."), old.owner if old else ""),
        Field("by", _("By when"), _("A time, in your own words."), old.by if old else ""),
    )

    def submit(values: Values) -> None:
        what, owner, by = (str(values[key]) for key in ("what", "owner", "by"))
        is_done, replaces = (old.done, old.seq) if old else (False, None)
        desk.session.task(what, owner=owner, by=by, done=is_done, replaces=replaces)

    await desk.ask(FormDialog(_("Change an action") if old else _("Add an action"), fields, submit))


def _letter(desk: SeatDesk) -> Letter | None:
    found = next((letter for letter in desk.letters if str(letter.seq) == desk.chosen("mail")), None)
    if found is None:
        desk.tell(_("There is no message to choose."))
    return found


def _chosen_task(desk: SeatDesk) -> Task | None:
    key = desk.chosen("tasks")
    return next((one for one in desk.session.state.current_tasks() if str(one.seq) == key), None)


SeatAction = Callable[[SeatDesk], Awaitable[None]]
SEAT_ACTIONS: Mapping[str, SeatAction] = {
    "open": open_letter,
    "answer": answer,
    "message": message,
    "public": public,
    "own-public": own,
    "note": picture.note,
    "renew": picture.renew,
    "task": task,
    "change-task": change_task,
    "done": done,
    "decide": decide,
    "free-decision": free_decision,
    "read": read,
    "rate": rate,
    **{f"rate-{grade.casefold()}": partial(rate, grade=grade) for grade in GRADES},
    "finding": finding,
    "no-duff": no_duff,
    "debrief": debrief,
    "leave": leave,
}
