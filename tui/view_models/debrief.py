"""The hot debrief at one moment: the time that is left, what the log tells, the questions with their answers."""

from dataclasses import dataclass

from resilience.base.language import _
from resilience.exercise.evaluation.debrief import MINUTES, questions, seconds_left, told_by_the_log
from resilience.exercise.session import Session
from tui.view_models.console import trace_of
from tui.view_models.injects import cell_names
from tui.view_models.rows import Block, Sheet, Tone

ROOM = ""
"""The answer of nobody in particular."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question, or below it the answer of one team."""

    key: str
    mark: str
    tone: Tone
    text: str
    said: str = ""


def answer_rows(session: Session) -> tuple[AnswerRow, ...]:
    """Return every question; below it the answer of each team, or at the seat of a team its own answer beside it."""
    answers = {(one.question, one.cell or ROOM): one.text for one in session.state.reflections}
    rows: list[AnswerRow] = []
    for question in questions(session.scenario):
        if session.seat.role == "cell":
            said = answers.get((question.id, session.seat.name), "")
            rows.append(AnswerRow(question.id, "✓" if said else "□", Tone.STRONG, question.text, said))
            continue
        room = answers.get((question.id, ROOM), "")
        rows.append(AnswerRow(f"{question.id}/", "✓" if room else "·", Tone.STRONG, question.text, room))
        for cell, name in cell_names(session.scenario).items():
            said = answers.get((question.id, cell), "")
            tone = Tone.PLAIN if said else Tone.MUTED
            rows.append(AnswerRow(f"{question.id}/{cell}", "✓" if said else "□", tone, f"└ {name}", said))
    return tuple(rows)


def facts_sheet(session: Session) -> Sheet:
    """Return what the log tells by itself, as far as this seat may know it."""
    whole = session.seat.sees_all
    trace, city = (trace_of(session), session.city) if whole else (None, None)
    told = told_by_the_log(session.state, session.scenario, city, trace)
    title = _("From the log") if whole else _("From your log")
    return Sheet(title, blocks=(Block("", told, numbered=True),))


def timer(session: Session, wall: int) -> tuple[str, Tone]:
    """Return how much of the debrief is left at *wall*."""
    left = seconds_left(session.state, wall)
    minutes, seconds = divmod(abs(left), 60)
    if left < 0:
        return _("the {most} minutes are over ({minutes}:{seconds} ago)", most=MINUTES, minutes=minutes,
                 seconds=f"{seconds:02d}"), Tone.WATCH  # fmt: skip
    said = _("{minutes}:{seconds} of {most} minutes left", minutes=minutes, seconds=f"{seconds:02d}", most=MINUTES)
    return said, Tone.STRONG if left > 120 else Tone.WATCH
