"""Everything on the screen of a seat at one moment, gathered from what its session may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from resilience.base.language import _
from resilience.exercise.records import Task
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from tui.view_models.console import minute_of
from tui.view_models.decisions import FREE, decision_card, point_facts, point_rows
from tui.view_models.header import header, upcoming
from tui.view_models.injects import cell_names
from tui.view_models.letters import Letter, LetterRow, letter_card, letter_rows, letters
from tui.view_models.observer import ExpectedRow, RatingRow, expected_rows, expected_sheet, rating_rows, rating_sheet
from tui.view_models.records import log_rows, log_sheet, picture_rows
from tui.view_models.rows import Block, Header, LogRow, PictureRow, PointRow, Sheet, Tab, Tone

CELL_PARTS = ("mail", "points", "picture", "tasks")
OBSERVER_PARTS = ("ratings", "expected", "log")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of the action list."""

    key: str
    mark: str
    word: str
    tone: Tone
    by: str
    what: str
    owner: str


SeatRow = LetterRow | PointRow | PictureRow | TaskRow | RatingRow | ExpectedRow | LogRow


@dataclass(frozen=True, slots=True)
class SeatPage:
    """The rows of every part, and the tabs above them."""

    rows: Mapping[str, Sequence[SeatRow]]
    tabs: tuple[Tab, ...]
    letters: tuple[Letter, ...]


def parts_of(session: Session) -> tuple[str, ...]:
    """Return the parts of the screen of this seat, in the order of their number keys."""
    return CELL_PARTS if session.seat.role == "cell" else OBSERVER_PARTS


def part_titles() -> dict[str, str]:
    """Return what each part is called."""
    return {
        "mail": _("Messages"),
        "points": _("Decisions"),
        "picture": _("Picture"),
        "tasks": _("Actions"),
        "ratings": _("Ratings"),
        "expected": _("Look for"),
        "log": _("Log"),
    }


def seat_name(session: Session) -> str:
    """Return how this seat is called on the screen."""
    seat = session.seat
    if seat.role == "cell":
        return cell_names(session.scenario)[seat.name]
    words = {"facilitator": _("facilitator"), "observer": _("observer"), "spectator": _("spectator")}
    return f"{words[seat.role]} {seat.name}".strip()


def seat_header(session: Session, wall: int) -> Header:
    """Return the header at *wall*; what comes next is only what this seat knows of."""
    minute, scenario, state = minute_of(session, wall), session.scenario, session.state
    points = session.points(wall) if session.seat.role == "cell" else ()
    ahead = next(iter(upcoming(scenario, state, (), points, minute, {})), None) if not session.seat.sees_all else None
    made = header(scenario, state, wall, ahead, seat_name(session))
    if state.phase is Phase.PREPARED:
        return replace(made, following=_("The exercise has not started yet."))
    return replace(made, following="") if ahead is None and state.phase is not Phase.ENDED else made


def seat_page(session: Session, wall: int) -> SeatPage:
    """Return every row on the screen of this seat at *wall*."""
    state, scenario, minute = session.state, session.scenario, minute_of(session, wall)
    listed: tuple[Letter, ...] = ()
    rows: dict[str, Sequence[SeatRow]]
    if session.seat.role == "cell":
        listed = letters(state, scenario, session.seat)
        rows = {
            "mail": letter_rows(listed),
            "points": point_rows(session.points(wall), state.decisions, scenario, minute),
            "picture": picture_rows(state, scenario),
            "tasks": tuple(_task_row(task) for task in sorted(state.current_tasks(), key=lambda one: one.done)),
        }
    else:
        rows = {
            "ratings": rating_rows(session),
            "expected": expected_rows(session, wall),
            "log": log_rows(state, scenario),
        }
    titles = part_titles()
    tabs = tuple(
        Tab(part, str(number), titles[part], *_badge(part, rows[part]))
        for number, part in enumerate(parts_of(session), start=1)
    )
    return SeatPage(rows, tabs, listed)


def seat_card(session: Session, page: SeatPage, part: str, key: str | None, wall: int) -> Sheet | None:
    """Return what stands below the list of *part*: the chosen row in full."""
    state, scenario, minute = session.state, session.scenario, minute_of(session, wall)
    match part:
        case "mail":
            letter = next((one for one in page.letters if str(one.seq) == key), None)
            return letter_card(letter) if letter else None
        case "points":
            taken = next((one for one in state.decisions if key in (one.point, f"{FREE}{one.seq}")), None)
            return decision_card(taken, scenario) if taken else _asked(session, key, minute)
        case "ratings":
            return rating_sheet(session, key)
        case "expected":
            return expected_sheet(session, key)
        case "log":
            event = state.event(int(key)) if key else None
            return log_sheet(event, state, scenario) if event else None
    return None


def _asked(session: Session, key: str | None, minute: int) -> Sheet | None:
    """Return an open decision with what each option means; what it would change stays with the facilitator."""
    scenario = session.scenario
    point = scenario.decision_by_id.get(key or "")
    if point is None:
        return None
    cell, due = point_facts(point, scenario, minute)
    options = tuple(f"{option.name}. {option.text}" for option in point.options)
    return Sheet(
        str(point.title),
        lead=f"{cell} · {due}",
        blocks=(Block("", (str(point.question),)), Block(_("Options"), options, numbered=True)),
    )


def _task_row(task: Task) -> TaskRow:
    mark, word, tone = ("✓", _("done"), Tone.MUTED) if task.done else ("□", _("to do"), Tone.PLAIN)
    return TaskRow(str(task.seq), mark, word, tone, task.by, task.what, task.owner)


_COUNTED = {
    "mail": (("●", Tone.STRONG),),
    "points": (("!", Tone.ALERT), ("○", Tone.STRONG)),
    "tasks": (("□", Tone.PLAIN),),
    "expected": (("!", Tone.WATCH),),
}
"""Per part the marks that ask for attention, the most urgent first."""


def _badge(part: str, rows: Sequence[SeatRow]) -> tuple[str, Tone]:
    marks = [getattr(row, "mark", "") for row in rows]
    if part == "ratings":
        own = [mark for mark, row in zip(marks, rows, strict=True) if "/" not in row.key]
        return f"{sum(mark != '·' for mark in own)}/{len(own)}", Tone.PLAIN
    if part in _COUNTED:
        found = ((f"{mark}{marks.count(mark)}", tone) for mark, tone in _COUNTED[part] if mark in marks)
        return next(found, ("", Tone.PLAIN))
    return (str(len(rows)), Tone.PLAIN) if rows else ("", Tone.PLAIN)
