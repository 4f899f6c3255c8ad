"""The log in words: one sentence for each event, in the language of the screen, without the time."""

from collections.abc import Callable, Mapping
from typing import Any

from city_model.values import Text
from resilience.base.language import _
from resilience.base.units import format_clock, format_duration
from resilience.exercise.events import EVERYONE, Event, Kind
from resilience.exercise.records import PictureClaim
from scenarios.schema import Scenario

Said = Mapping[str, Any]


def sentence(event: Event, scenario: Scenario | None = None) -> str:
    """Return what happened; names come from *scenario*, or are ids where it is not given."""
    names = _Names(scenario)
    return _SENTENCES[event.kind](event, event.payload, names)


def who(actor: str, scenario: Scenario | None = None) -> str:
    """Return how people call the actor of an event."""
    role, _slash, name = actor.partition("/")
    if role == "cell":
        return _Names(scenario).cell(name)
    words = {
        "facilitator": _("facilitator"),
        "conductor": _("the program"),
        "observer": _("observer"),
        "spectator": _("spectator"),
    }
    return f"{words.get(role, role)} {name}".strip()


class _Names:
    """Names of what a scenario holds, or the id of what it does not hold."""

    def __init__(self, scenario: Scenario | None) -> None:
        self._scenario = scenario

    def cell(self, cell: str) -> str:
        return self._name("cells", cell)

    def cells(self, cells: tuple[str, ...]) -> str:
        return _("everyone") if cells == EVERYONE else ", ".join(self.cell(cell) for cell in cells)

    def seat(self, actor: str) -> str:
        return who(actor, self._scenario)

    def clock(self, clock: str) -> str:
        return self._name("clocks", clock)

    def inject(self, inject: str) -> str:
        return self._name("injects", inject, "title")

    def point(self, point: str) -> str:
        return self._name("decisions", point, "title")

    def task(self, task: str) -> str:
        tasks = {
            known.id: str(known.text)
            for objective in (self._scenario.objectives if self._scenario else ())
            for known in objective.critical_tasks
        }
        return tasks.get(task, task)

    def _name(self, field: str, identity: str, attribute: str = "name") -> str:
        for item in getattr(self._scenario, field, ()):
            if item.id == identity:
                return str(getattr(item, attribute))
        return identity


def _created(event: Event, said: Said, names: _Names) -> str:
    del event, names
    return _("The exercise '{name}' was made", name=Text(**said["name"]))


def _startex(event: Event, said: Said, names: _Names) -> str:
    del event, said, names
    return _("STARTEX")


def _clock(event: Event, said: Said, names: _Names) -> str:
    del event, names
    match said["change"]:
        case "pause":
            return _("The clock was paused")
        case "jump":
            return _("The clock was put forward to {time}", time=format_clock(said["to"]))
        case "interrupted":
            return _("The clock stopped, because the program that drove it had stopped")
        case _:
            return _("The clock runs at {rate} exercise minutes per minute", rate=said["rate"])


def _sent(event: Event, said: Said, names: _Names) -> str:
    title = Text(**said["title"])
    sender = Text(**said["sender"])
    return _("Inject '{title}' from {sender} to {cells}", title=title, sender=sender, cells=names.cells(event.audience))


def _held(event: Event, said: Said, names: _Names) -> str:
    del event
    return _because(_("Inject '{title}' is held", title=names.inject(said["inject"])), said["reason"])


def _released(event: Event, said: Said, names: _Names) -> str:
    del event
    return _because(_("Inject '{title}' goes out by itself again", title=names.inject(said["inject"])), said["reason"])


def _skipped(event: Event, said: Said, names: _Names) -> str:
    del event
    return _because(_("Inject '{title}' is left out", title=names.inject(said["inject"])), said["reason"])


def _reminder(event: Event, said: Said, names: _Names) -> str:
    del event
    actions = "; ".join(str(Text(**one)) for one in said["expected"])
    return _("Look: after '{title}' was hoped for: {actions}", title=names.inject(said["inject"]), actions=actions)


def _decision(event: Event, said: Said, names: _Names) -> str:
    del event
    if said.get("works_out") is not None:
        text = _("Decision {number} was worked out for the model: {what}", number=said["works_out"], what=said["what"])
    elif said["point"] is None:
        text = _("{who} decided: {what}", who=said["who"], what=said["what"])
    else:
        title = names.point(said["point"])
        text = _("{who} decided on '{title}': {what}", who=said["who"], title=title, what=said["what"])
    return _because(text, said["why"])


def _picture(event: Event, said: Said, names: _Names) -> str:
    del event, names
    sort = {"known": _("Known"), "assumed": _("Assumed"), "unknown": _("Unknown")}[said["status"]]
    text = f"{sort}: {said['text']}"
    if said.get("says"):
        text = f"{text} [{said['about']}: {claim_word(said['says'])}]"
    return _("{text} (source: {source})", text=text, source=said["source"]) if said["source"] else text


def _picture_read(event: Event, said: Said, names: _Names) -> str:
    del event, names
    word = claim_word(said["says"]) if said["says"] else _("not known")
    return _("Entry {number} says: {part} {claim}", number=said["entry"], part=said["about"], claim=word)


def claim_word(claim: PictureClaim) -> str:
    """Return how a component is, in the words of a picture."""
    return {
        "works": _("works"),
        "hindered": _("works in part"),
        "down": _("is down"),
        "at_risk": _("is going to fall"),
    }[claim]


def _message(event: Event, said: Said, names: _Names) -> str:
    to = said.get("to") or names.cells(event.audience) or _("the facilitator")
    if said.get("answers") is not None:
        number = said["answers"]
        return _("Answer to entry {number}, to {cells}: {text}", number=number, cells=to, text=said["text"])
    return _("Message to {cells}: {text}", cells=to, text=said["text"])


def _read(event: Event, said: Said, names: _Names) -> str:
    return _("{who} opened entry {number}", who=names.seat(event.actor), number=said["opened"])


def _task(event: Event, said: Said, names: _Names) -> str:
    del event, names
    text = _("Done: {what}", what=said["what"]) if said["done"] else _("To do: {what}", what=said["what"])
    details = ", ".join(part for part in (said["owner"], said["by"]) if part)
    return _because(text, details)


def _scale(event: Event, said: Said, names: _Names) -> str:
    del event, names
    text = _because(_("Scaled to {level}", level=said["level"]), said["reason"])
    signs = "; ".join(said.get("signs", ()))
    return _("{text}. Seen: {signs}", text=text, signs=signs) if signs else text


def _clock_started(event: Event, said: Said, names: _Names) -> str:
    del event
    text = _("Deadline '{name}' runs until {time}", name=names.clock(said["clock"]), time=format_clock(said["due"]))
    return _because(text, said["cause"])


def _clock_met(event: Event, said: Said, names: _Names) -> str:
    del event
    text = _("Deadline '{name}' was met at {time}", name=names.clock(said["clock"]), time=format_clock(said["at"]))
    return _because(text, said["note"])


def _clock_extended(event: Event, said: Said, names: _Names) -> str:
    del event
    text = _(
        "Deadline '{name}' was moved by {duration} to {time}",
        name=names.clock(said["clock"]),
        duration=format_duration(said["minutes"]),
        time=format_clock(said["due"]),
    )
    return _because(text, said["reason"])


def _no_duff(event: Event, said: Said, names: _Names) -> str:
    del event, names
    return _because(_("NO DUFF: this is not an exercise"), said["reason"])


def _resumed(event: Event, said: Said, names: _Names) -> str:
    del event, names
    return _because(_("The exercise goes on after NO DUFF"), said["reason"])


def _rating(event: Event, said: Said, names: _Names) -> str:
    del event
    task = names.task(said["task"])
    return _("{observer} rated '{task}' {grade}: {observation}", **{**said, "task": task})


def _finding(event: Event, said: Said, names: _Names) -> str:
    del event, names
    if said["sort"] == "strength":
        return _("Strength: {text}", text=said["text"])
    text = _("To improve: {text}", text=said["text"])
    if not said["action"]:
        return text
    owner, by = said["owner"] or _("nobody yet"), said["by"] or _("no date yet")
    return _("{text}. Action: {action} ({owner}, {by})", text=text, action=said["action"], owner=owner, by=by)


def _merged(event: Event, said: Said, names: _Names) -> str:
    del event, said, names
    return _("The sheets of the observers were laid together")


def _proposal(event: Event, said: Said, names: _Names) -> str:
    del event, names
    if said["sort"] == "refuted":
        text = _("Proposal for the map: '{need}' is not needed", need=said["subject"])
    elif said["sort"] == "missing":
        text = _("Proposal for the map: {part} needs {provider}", part=said["subject"], provider=said["provider"])
    else:
        text = _("Proposal for the map: {field} of {part} is {value}", **{**said, "part": said["subject"]})
    return _because(text, said["why"])


def _public_drafted(event: Event, said: Said, names: _Names) -> str:
    del event
    return _("Public message for {checker} to release: {text}", checker=names.seat(said["checker"]), text=said["text"])


def _public_released(event: Event, said: Said, names: _Names) -> str:
    text = _("{who} released the public message of entry {number}", who=names.seat(event.actor), number=said["draft"])
    return _because(text, said["note"])


def _public_returned(event: Event, said: Said, names: _Names) -> str:
    text = _("{who} returned the public message of entry {number}", who=names.seat(event.actor), number=said["draft"])
    return _because(text, said["reason"])


def _reflection(event: Event, said: Said, names: _Names) -> str:
    del event
    team = names.cell(said["cell"]) if said["cell"] else _("everyone")
    return _("Debrief, {team}: {asked} {text}", team=team, asked=said["asked"], text=said["text"])


def _correction(event: Event, said: Said, names: _Names) -> str:
    del event, names
    return _("Correction of entry {number}: {text}", number=said["corrects"], text=said["text"])


def _lease(event: Event, said: Said, names: _Names) -> str:
    del event, said, names
    return _("Another process took over as conductor")


def _endex(event: Event, said: Said, names: _Names) -> str:
    del event, names
    return _because(_("ENDEX"), said["reason"])


def _forked(event: Event, said: Said, names: _Names) -> str:
    del names
    return _(
        "From here on this is another run than {file}, of which it holds the first {number} entries; "
        "it begins at {time}",
        file=said["file"],
        number=said["seq"],
        time=format_clock(event.minute),
    )


def _because(text: str, reason: str) -> str:
    return _("{text} ({reason})", text=text, reason=reason) if reason else text


_SENTENCES: dict[Kind, Callable[[Event, Said, _Names], str]] = {
    Kind.CREATED: _created,
    Kind.STARTEX: _startex,
    Kind.CLOCK: _clock,
    Kind.INJECT_SENT: _sent,
    Kind.INJECT_HELD: _held,
    Kind.INJECT_RELEASED: _released,
    Kind.INJECT_SKIPPED: _skipped,
    Kind.REMINDER: _reminder,
    Kind.DECISION: _decision,
    Kind.PICTURE: _picture,
    Kind.MESSAGE: _message,
    Kind.READ: _read,
    Kind.TASK: _task,
    Kind.SCALE: _scale,
    Kind.CLOCK_STARTED: _clock_started,
    Kind.CLOCK_MET: _clock_met,
    Kind.CLOCK_EXTENDED: _clock_extended,
    Kind.NO_DUFF: _no_duff,
    Kind.RESUMED: _resumed,
    Kind.RATING: _rating,
    Kind.FINDING: _finding,
    Kind.PICTURE_READ: _picture_read,
    Kind.PROPOSAL: _proposal,
    Kind.PUBLIC_DRAFTED: _public_drafted,
    Kind.PUBLIC_RELEASED: _public_released,
    Kind.PUBLIC_RETURNED: _public_returned,
    Kind.MERGED: _merged,
    Kind.REFLECTION: _reflection,
    Kind.CORRECTION: _correction,
    Kind.LEASE: _lease,
    Kind.ENDEX: _endex,
    Kind.FORKED: _forked,
}
