"""The sheet of an observer: the critical tasks with their ratings, and what to look for now."""

from collections.abc import Sequence
from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.agenda import AgendaLine
from resilience.exercise.records import Rating
from resilience.exercise.session import Session
from scenarios.schema import CriticalTask, Inject
from tui.view_models.console import agenda_of, minute_of
from tui.view_models.injects import cells_text
from tui.view_models.rows import Block, Sheet, Tone
from tui.view_models.words import moment, span

AHEAD = 30
"""So many exercise minutes before an inject its observer reads what to look for."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One critical task and how this observer rated it; below it, once the sheets are merged, the ratings of others."""

    key: str
    mark: str
    tone: Tone
    time: str
    text: str
    observation: str


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One action that an inject should lead to."""

    key: str
    mark: str
    word: str
    tone: Tone
    time: str
    text: str
    cells: str


def tasks_of(session: Session) -> dict[str, CriticalTask]:
    """Return every critical task by its id, in the order of the objectives."""
    return {task.id: task for objective in session.scenario.objectives for task in objective.critical_tasks}


def own_rating(session: Session, task: str) -> Rating | None:
    """Return how this seat rated *task*."""
    me = session.seat.name or session.seat.role
    return next((one for one in session.state.ratings if (one.task, one.observer) == (task, me)), None)


def rating_rows(session: Session) -> tuple[RatingRow, ...]:
    """Return every critical task with the rating of this observer, and below it those of others that it may see."""
    rows = []
    for task in tasks_of(session).values():
        mine = own_rating(session, task.id)
        tone = Tone.PLAIN if mine else Tone.MUTED
        said, time = (mine.observation, moment(mine.minute)) if mine else ("", "")
        rows.append(RatingRow(task.id, mine.grade if mine else "·", tone, time, str(task.text), said))
        rows += [
            RatingRow(
                f"{task.id}/{one.seq}", one.grade, Tone.MUTED, moment(one.minute), f"└ {one.observer}", one.observation
            )
            for one in session.state.ratings
            if one.task == task.id and one is not mine
        ]
    return tuple(rows)


def rating_sheet(session: Session, key: str | None) -> Sheet | None:
    """Return the chosen critical task with what to look for, and what was written down about it."""
    task = tasks_of(session).get((key or "").partition("/")[0])
    if task is None:
        return None
    seen = tuple(
        f"{one.grade} {moment(one.minute)} {one.observer}: {one.observation}"
        for one in session.state.ratings
        if one.task == task.id
    )
    blocks = [Block(_("What to look for"), (str(task.observation),))]
    if seen:
        blocks.append(Block(_("Written down"), seen))
    whose = cells_text(task.cells, session.scenario) if task.cells else _("everyone")
    return Sheet(str(task.text), lead=whose, blocks=tuple(blocks))


def expected_rows(session: Session, wall: int) -> tuple[ExpectedRow, ...]:
    """Return the actions to look for: reminders first, then those of what was sent, then those of what comes soon."""
    minute = minute_of(session, wall)
    lines = agenda_of(session, wall)
    found: list[tuple[int, int, ExpectedRow]] = []
    for line in lines:
        standing = _standing(session, line, minute)
        if standing is not None:
            order, at, mark, word, tone = standing
            cells = cells_text(line.inject.cells, session.scenario)
            found += [
                (order, -at if order < _COMING else at, ExpectedRow(key, mark, word, tone, moment(at), text, cells))
                for key, text in _actions(line.inject)
            ]
    return tuple(row for _order, _at, row in sorted(found, key=lambda one: one[:2]))


def expected_sheet(session: Session, key: str | None) -> Sheet | None:
    """Return the inject to which the chosen action belongs, with all that is hoped for."""
    inject = session.scenario.inject_by_id.get((key or "").partition("/")[0])
    if inject is None:
        return None
    sent = session.state.sent.get(inject.id)
    reminder = "" if inject.remind_after is None else _("Reminder after {span}", span=span(inject.remind_after))
    when = _("sent at {time}", time=moment(sent.minute)) if sent else _("not sent yet")
    return Sheet(
        str(inject.title),
        lead=" · ".join(part for part in (cells_text(inject.cells, session.scenario), when, reminder) if part),
        blocks=(
            Block("", (str(sent.text if sent else inject.text),)),
            Block(_("Expected"), tuple(str(action) for action in inject.expected), numbered=True),
        ),
    )


_DUE, _NOW, _COMING = 0, 1, 2


def _actions(inject: Inject) -> Sequence[tuple[str, str]]:
    return [(f"{inject.id}/{place}", str(action)) for place, action in enumerate(inject.expected)]


def _standing(session: Session, line: AgendaLine, minute: int) -> tuple[int, int, str, str, Tone] | None:
    """Return order, minute, mark, word and tone; None for what is too far ahead, or is left out."""
    if line.sent is not None:
        if line.inject.id in session.state.reminded:
            return _DUE, line.sent, "!", _("look"), Tone.WATCH
        return _NOW, line.sent, "►", _("now"), Tone.STRONG
    if line.status == "planned" and line.due is not None and line.due <= minute + AHEAD:
        return _COMING, line.due, "·", _("soon"), Tone.MUTED
    return None
