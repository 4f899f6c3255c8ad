"""Everything on the console at one moment, gathered from the session."""

from collections.abc import Sequence

from resilience.base.language import _, ngettext
from resilience.exercise.agenda import AgendaLine
from resilience.exercise.session import Session
from resilience.exercise.state import Phase
from resilience.simulation.trace import Trace
from tui.outlook import Outlook
from tui.view_models.board import function_rows, strip
from tui.view_models.decisions import point_rows
from tui.view_models.header import Upcoming, header, upcoming
from tui.view_models.injects import inject_rows
from tui.view_models.records import clock_rows, log_rows, picture_rows
from tui.view_models.rows import (
    ClockRow,
    Console,
    FunctionRow,
    Header,
    InjectRow,
    LogRow,
    PictureRow,
    PointRow,
    Tab,
    Tone,
)

PARTS = ("injects", "board", "points", "picture", "clocks", "log")
"""The parts of the console, in the order of their number keys."""


def minute_of(session: Session, wall: int) -> int:
    """Return the exercise minute that everything on the console is about."""
    return max(session.minute(wall), session.state.last_minute)


def agenda_of(session: Session, wall: int) -> tuple[AgendaLine, ...]:
    """Return the agenda; empty where the exercise cannot be computed again."""
    return session.agenda(wall) if session.recomputable else ()


def trace_of(session: Session) -> Trace | None:
    """Return the course so far; None where it was neither recorded nor can be computed again."""
    return session.trace if session.recomputable or session.state.phase is Phase.ENDED else None


def coming(session: Session, wall: int, outlook: Outlook | None) -> tuple[Upcoming, ...]:
    """Return what will happen, the first first."""
    foreseen = outlook.due if outlook else {}
    points = session.points(wall)
    lines = agenda_of(session, wall)
    return upcoming(session.scenario, session.state, lines, points, minute_of(session, wall), foreseen)


def header_of(session: Session, wall: int, following: Sequence[Upcoming]) -> Header:
    """Return the header at *wall*."""
    minute = minute_of(session, wall)
    ahead = next((event for event in following if event.minute > minute), None)
    return header(session.scenario, session.state, wall, ahead, _notice(session))


def console_of(session: Session, wall: int, outlook: Outlook | None) -> Console:
    """Return every row on the console at *wall*; *outlook* is None while it is being computed."""
    minute = minute_of(session, wall)
    state, scenario, city = session.state, session.scenario, session.city
    trace = trace_of(session)
    functions: tuple[FunctionRow, ...] = ()
    if trace is not None:
        course = outlook.trace if outlook and state.phase is not Phase.ENDED else None
        functions = function_rows(city, trace, minute, course)
    injects = inject_rows(agenda_of(session, wall), scenario, minute, outlook.due if outlook else {})
    points = point_rows(session.points(wall), state.decisions, scenario, minute, state.to_work_out())
    picture = picture_rows(state, scenario)
    clocks = clock_rows(state, scenario, minute)
    log = log_rows(state, scenario)
    line, tone = strip(functions)
    return Console(
        injects=injects,
        functions=functions,
        points=points,
        picture=picture,
        clocks=clocks,
        log=log,
        tabs=_tabs(injects, functions, points, picture, clocks, log),
        strip=line,
        strip_tone=tone,
        board_note=_board_note(session, minute),
    )


def part_titles() -> dict[str, str]:
    """Return what each part of the console is called."""
    return {
        "injects": _("Injects"),
        "board": _("City"),
        "points": _("Decisions"),
        "picture": _("Picture"),
        "clocks": _("Deadlines"),
        "log": _("Log"),
    }


def _notice(session: Session) -> str:
    if not session.recomputable:
        return _("recorded with other rules: to read only")
    if not session.is_conductor and session.state.phase is not Phase.ENDED:
        return _("another console conducts")
    return ""


def _board_note(session: Session, minute: int) -> str:
    """Say that a decision of this very minute works from the next one on (rule 14.3)."""
    waiting = [decision for decision in session.state.decisions if decision.effective > minute and decision.effects]
    if not waiting:
        return ""
    return ngettext(
        "{number} decision works from the next minute", "{number} decisions work from the next minute", len(waiting)
    )


def _tabs(
    injects: Sequence[InjectRow],
    functions: Sequence[FunctionRow],
    points: Sequence[PointRow],
    picture: Sequence[PictureRow],
    clocks: Sequence[ClockRow],
    log: Sequence[LogRow],
) -> tuple[Tab, ...]:
    titles = part_titles()
    hurt = [row for row in functions if row.tone in (Tone.WATCH, Tone.ALERT)]
    badges = {
        "injects": _count(injects, "!"),
        "board": (f"▼{len(hurt)}", _worst(hurt)) if hurt else ("", Tone.PLAIN),
        "points": _open_points(points),
        "picture": (str(len(picture)), Tone.PLAIN) if picture else ("", Tone.PLAIN),
        "clocks": _clock_badge(clocks),
        "log": (str(len(log)), Tone.PLAIN),
    }
    return tuple(Tab(part, str(number), titles[part], *badges[part]) for number, part in enumerate(PARTS, start=1))


def _count(rows: Sequence[InjectRow], mark: str) -> tuple[str, Tone]:
    late = [row for row in rows if row.mark == mark]
    return (f"!{len(late)}", _worst(late)) if late else ("", Tone.PLAIN)


def _open_points(rows: Sequence[PointRow]) -> tuple[str, Tone]:
    late = [row for row in rows if row.mark == "!"]
    if late:
        return f"!{len(late)}", Tone.ALERT
    written = sum(1 for row in rows if row.mark == "◆")
    if written:
        return f"◆{written}", Tone.WATCH
    open_now = sum(1 for row in rows if row.mark == "○")
    return (f"○{open_now}", Tone.STRONG) if open_now else ("", Tone.PLAIN)


def _clock_badge(rows: Sequence[ClockRow]) -> tuple[str, Tone]:
    missed = sum(1 for row in rows if row.mark == "✕")
    if missed:
        return f"✕{missed}", Tone.ALERT
    running = [row for row in rows if row.mark == "►"]
    return (f"►{len(running)}", _worst(running)) if running else ("", Tone.PLAIN)


def _worst(rows: Sequence[InjectRow | FunctionRow | ClockRow]) -> Tone:
    tones = [Tone.ALERT, Tone.WATCH]
    return next((tone for tone in tones if any(row.tone is tone for row in rows)), Tone.PLAIN)
