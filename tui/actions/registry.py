"""Which function does which command of the list in commands.py."""

from collections.abc import Awaitable, Callable, Mapping

from tui.actions import decisions, injects, records, timing, view
from tui.desk import Desk
from tui.view_models.console import PARTS

Action = Callable[[Desk], Awaitable[None]]


def _to_part(part: str) -> Action:
    async def go(desk: Desk) -> None:
        desk.go_to(part)

    return go


ACTIONS: Mapping[str, Action] = {
    "send": injects.send,
    "hold": injects.hold,
    "skip": injects.skip,
    "edit": injects.edit,
    "read-inject": injects.read,
    "why": decisions.why,
    "open-point": decisions.open_point,
    "decide": decisions.decide,
    "free-decision": decisions.free,
    "renew": records.renew,
    "note": records.note,
    "message": records.message,
    "scale": records.scale,
    "clock-start": records.clock_start,
    "clock-meet": records.clock_meet,
    "clock-extend": records.clock_extend,
    "read-clock": records.read_clock,
    "read-entry": records.read_entry,
    "correct": records.correct,
    "answer": records.answer,
    "run": timing.run,
    "faster": timing.faster,
    "slower": timing.slower,
    "jump": timing.jump,
    "end": timing.end,
    "no-duff": timing.no_duff,
    "next-part": view.next_part,
    "previous-part": view.previous_part,
    **{f"part-{part}": _to_part(part) for part in PARTS},
    "zoom": view.zoom,
    "language": view.language,
    "theme": view.theme,
    "help": view.explain,
    "palette": view.palette,
    "leave": view.leave,
}
