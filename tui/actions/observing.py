"""What an observer writes down: ratings of critical tasks, and findings."""

from typing import cast, get_args

from resilience.base.language import _
from resilience.exercise.records import FindingSort, Grade
from tui.desk import SeatDesk
from tui.screens.form import Field, FormDialog, Values
from tui.view_models.observer import own_rating, tasks_of

GRADES: tuple[Grade, ...] = get_args(Grade)


async def rate(desk: SeatDesk, grade: Grade | None = None) -> None:
    """Rate the chosen critical task, or change one's own rating; *grade* is the one that a key named."""
    task = tasks_of(desk.session).get((desk.chosen("ratings") or "").partition("/")[0])
    if task is None:
        return
    if desk.session.state.merged:
        desk.tell(_("The sheets of the observers were laid together: nothing changes any more."))
        return
    old = own_rating(desk.session, task.id)
    words = {
        "P": _("P performed without challenges"),
        "S": _("S performed with some challenges"),
        "M": _("M performed with major challenges"),
        "U": _("U could not be performed"),
    }
    begun = grade or (old.grade if old else "P")
    seen = Field(
        "observation",
        _("Seen"),
        _("What you saw or heard; without it a rating says nothing."),
        old.observation if old else "",
        long=True,
    )
    graded = Field("grade", _("Rating"), _("How the task was performed."), begun, tuple(words.items()))

    def submit(values: Values) -> None:
        desk.session.rate_task(task.id, cast("Grade", values["grade"]), str(values["observation"]))

    fields = (seen, graded) if grade else (graded, seen)
    intro = "\n".join((str(task.text), _("Look for: {observation}", observation=task.observation)))
    await desk.ask(FormDialog(_("Rate"), fields, submit, intro=intro))


async def finding(desk: SeatDesk) -> None:
    """Write down a strength, or an improvement."""
    sorts = (("strength", _("strength")), ("improvement", _("to improve")))
    fields = (
        Field("sort", _("Sort"), _("What went well, or what can be better."), "strength", sorts),
        Field("text", _("Text"), _("One observation and what it led to."), long=True),
    )
    await desk.ask(
        FormDialog(
            _("Finding"),
            fields,
            lambda values: desk.session.add_finding(cast("FindingSort", values["sort"]), str(values["text"])),
        )
    )
