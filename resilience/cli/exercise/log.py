"""The log of an exercise as text, and as JSON for a program."""

from typing import TYPE_CHECKING

from resilience.cli.translated import later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resilience.exercise.session import Session

PSEUDONYMS_HELP = later("Show people as numbers; teams, roles and organisations keep their names.")
BANNER = "OEFENING - EXERCISE"
"""On every page, in both languages at once."""


def write_log(session: "Session", *, as_json: bool) -> None:
    """Write what happened in an exercise, as this seat may see it."""
    from resilience.base.language import _
    from resilience.base.units import format_clock
    from resilience.cli import output
    from resilience.exercise.wording import sentence, who

    state = session.state
    if as_json:
        output.json_result(_log_as_json(session))
        return
    scenario = session.scenario if session.recomputable else None
    name = state.head.name if state.head else ""
    output.result(f"{BANNER}: {name} ({phase_words(state.phase)})")
    headers = [_("number"), _("time"), _("who"), _("what")]
    rows = [
        (event.seq, format_clock(event.minute), who(event.actor, scenario), sentence(event, scenario))
        for event in state.events
    ]
    output.table(headers, rows)


def _log_as_json(session: "Session") -> "Mapping[str, object]":
    state = session.state
    head = state.head
    return {
        "exercise": True,
        "scenario": head.scenario if head else None,
        "city": head.city if head else None,
        "seed": head.seed if head else None,
        "phase": str(state.phase),
        "content_hash": state.events[-1].content_hash,
        "events": [
            {
                "seq": event.seq,
                "minute": event.minute,
                "wall_ms": event.wall,
                "actor": event.actor,
                "audience": list(event.audience),
                "kind": str(event.kind),
                "payload": {key: said for key, said in event.payload.items() if not key.endswith(("_texts", "_text"))},
            }
            for event in state.events
        ],
    }


def phase_words(phase: str) -> str:
    """Return where an exercise stands, in the current language."""
    from resilience.base.language import _

    words = {
        "prepared": _("not started"),
        "running": _("running"),
        "paused": _("paused"),
        "no_duff": _("NO DUFF"),
        "ended": _("ended"),
    }
    return words[phase]
