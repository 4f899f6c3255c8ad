"""Which function does which command of the list in commands.py; what only looks elsewhere is in screens/parts.py."""

from collections.abc import Awaitable, Callable, Mapping

from tui.actions import decisions, injects, picture, public, records, timing, view
from tui.desk import Desk

Action = Callable[[Desk], Awaitable[None]]

ACTIONS: Mapping[str, Action] = {
    "send": injects.send,
    "hold": injects.hold,
    "skip": injects.skip,
    "edit": injects.edit,
    "read-inject": injects.read,
    "why": decisions.why,
    "ahead": decisions.ahead,
    "open-point": decisions.open_point,
    "decide": decisions.decide,
    "free-decision": decisions.free,
    "renew": picture.renew,
    "note": picture.note,
    "message": records.message,
    "public": public.public,
    "scale": records.scale,
    "merge": records.merge,
    "clock-start": records.clock_start,
    "clock-meet": records.clock_meet,
    "clock-extend": records.clock_extend,
    "read-clock": records.read_clock,
    "read-entry": records.read_entry,
    "correct": records.correct,
    "fork": records.fork,
    "answer": records.answer,
    "run": timing.run,
    "faster": timing.faster,
    "slower": timing.slower,
    "jump": timing.jump,
    "end": timing.end,
    "debrief": timing.debrief,
    "no-duff": timing.no_duff,
    "palette": view.palette,
    "leave": view.leave,
}
