"""What an action of a seat writes into the log: pure functions from the state of that moment to drafts.

They run inside the transaction that writes, so that they always judge the newest state; each raises InputError, with
one sentence, when the action does not make sense at that moment.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from city_model.effects import Effect, ExtendClock, MeetClock, StartClock
from city_model.targets import effect_faults
from city_model.values import Text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem
from resilience.base.units import format_clock
from resilience.exercise.clock import MAX_RATE, MS_PER_MINUTE
from resilience.exercise.deadlines import awareness, clock_effects, length_of
from resilience.exercise.evaluation.picture_truth import refuse_unknown_claim
from resilience.exercise.events import EVERYONE, Draft, Event, Kind
from resilience.exercise.keeping.frozen import plain_effect, plain_text
from resilience.exercise.moment import PLAYED, Moment, clean, refuse
from resilience.exercise.records import FindingSort, Grade, PictureClaim, PictureStatus
from resilience.exercise.seats import may_see
from resilience.exercise.state import Phase
from scenarios.schema import DecisionPoint, Inject, Option

# The clock of the exercise


def startex(now: Moment, rate: int) -> list[Draft]:
    """STARTEX: the clock runs from minute 0."""
    now.require(Phase.PREPARED)
    return [now.draft(Kind.STARTEX, EVERYONE, rate=_rate(rate, lowest=1))]


def rate_change(now: Moment, rate: int) -> list[Draft]:
    """Run at *rate* from now on; 0 pauses. What it already is, is not written again."""
    now.require(*PLAYED)
    if rate == now.state.clock.rate:
        return []
    return [now.draft(Kind.CLOCK, EVERYONE, change="rate" if rate else "pause", rate=_rate(rate), to=None)]


def jump(now: Moment, minute: int) -> list[Draft]:
    """Put the clock forward to *minute*."""
    now.require(*PLAYED)
    if minute > now.scenario.horizon:
        what = _("{time} is after the end of the scenario", time=format_clock(minute))
        refuse(what, _("jump to {end} at most", end=format_clock(now.scenario.horizon)))
    if minute * MS_PER_MINUTE < now.state.clock.position(now.wall) or minute < now.minute:
        refuse(_("{time} has passed", time=format_clock(minute)), _("jump forward only"))
    return [now.draft(Kind.CLOCK, EVERYONE, change="jump", rate=now.state.clock.rate, to=minute)]


def interrupted(now: Moment, as_of: int) -> list[Draft]:
    """Stop a clock that nobody drove since wall moment *as_of*: that time was not played."""
    if now.state.phase is not Phase.RUNNING:
        return []
    minute = max(now.state.clock.minute(as_of), now.state.last_minute)
    payload = {"change": "interrupted", "rate": 0, "to": None}
    return [Draft(Kind.CLOCK, minute, "conductor", payload, EVERYONE, wall=as_of)]


def _rate(rate: int, *, lowest: int = 0) -> int:
    if not lowest <= rate <= MAX_RATE:
        what = _("the clock cannot run at {rate}", rate=rate)
        refuse(what, _("give {low} to {high} exercise minutes per minute", low=lowest, high=MAX_RATE))
    return rate


# Injects


def inject(now: Moment, wanted: Inject, *, due: int | None, how: str, text: Text | None = None) -> list[Draft]:
    """Send an inject, and start the deadlines for which it is the moment of awareness."""
    minute = max(now.state.last_minute, now.minute if due is None or how == "manual" else due)
    actor = now.seat.key if how == "manual" else "conductor"
    payload = {
        "inject": wanted.id,
        "due": due,
        "how": how,
        "title": plain_text(wanted.title),
        "text": plain_text(text or wanted.text),
        "sender": plain_text(wanted.sender),
        "channel": wanted.channel,
        "decision": wanted.decision,
    }
    sent = Draft(Kind.INJECT_SENT, minute, actor, payload, wanted.cells, once=f"inject:{wanted.id}")
    cause = now.recorded(wanted.title)
    return [sent, *awareness(now, wanted.starts_clocks, minute, cause, actor, wanted.cells)]


def marked(now: Moment, kind: Kind, wanted: Inject, reason: str) -> list[Draft]:
    """Hold, release or skip an inject that was not sent."""
    now.require(Phase.PREPARED, *PLAYED)
    if wanted.id in now.state.sent:
        refuse(_("{inject} was already sent", inject=wanted.title), _("send another inject that corrects it"))
    return [now.draft(kind, inject=wanted.id, reason=clean(reason, _("the reason")))]


# Decisions


@dataclass(frozen=True)
class DecisionText:
    """What is written down with a decision."""

    who: str
    what: str
    why: str
    information: str
    values: Mapping[str, str]
    owner: str = ""
    by: str = ""
    told: str = ""


def listed_decision(now: Moment, point: DecisionPoint, option: Option, said: DecisionText) -> list[Draft]:
    """Take one of the options of a decision point."""
    now.require(*PLAYED)
    taken = now.state.decided(point.id)
    if taken is not None:
        what = _("this was decided at {time}", time=format_clock(taken.minute))
        refuse(what, _("correct that entry, or take a free decision to change course"))
    if now.seat.role == "cell" and (now.seat.name != point.decides or now.minute < point.opens):
        refuse(_("this decision is not on your table"), _("take a free decision"))
    return _decision(now, point, option, said, option.effects, (point.decides,))


def free_decision(now: Moment, said: DecisionText, effects: Sequence[Effect], cell: str | None) -> list[Draft]:
    """Take a decision that the scenario does not list."""
    now.require(*PLAYED)
    clean(said.what, _("what was decided"), required=True)
    _check_effects(now, effects)
    return _decision(now, None, None, said, effects, (cell,) if cell else ())


def worked_out(now: Moment, written: int, effects: Sequence[Effect]) -> list[Draft]:
    """Give a decision that a cell wrote down its effects in the model, or none; only the facilitator sees that."""
    now.require(*PLAYED)
    decision = next((one for one in now.state.to_work_out() if one.seq == written), None)
    if decision is None:
        refuse(_("this decision needs no working out"), _("choose one that a team wrote down"))
    _check_effects(now, effects)
    said = DecisionText(decision.who, decision.what, decision.why, decision.information, {})
    first, *rest = _decision(now, None, None, said, effects, ())
    return [replace(first, payload={**first.payload, "works_out": written}), *rest]


def _decision(
    now: Moment,
    point: DecisionPoint | None,
    option: Option | None,
    said: DecisionText,
    effects: Sequence[Effect],
    audience: tuple[str, ...],
) -> list[Draft]:
    known = {value.id for value in now.scenario.values}
    unknown = sorted(set(said.values) - known)
    if unknown:
        what = _("{value} is not a value of this scenario", value=unknown[0])
        refuse(what, _("use one of: {words}", words=", ".join(sorted(known))))
    what_decided = clean(said.what, _("what was decided")) or (now.recorded(option.name) if option else "")
    more = {
        "owner": clean(said.owner, _("who does it")),
        "by": clean(said.by, _("by when")),
        "told": clean(said.told, _("who was told")),
    }
    draft = now.draft(
        Kind.DECISION,
        audience,
        point=point.id if point else None,
        option=option.id if option else None,
        who=clean(said.who, _("who decided"), required=True),
        what=what_decided,
        why=clean(said.why, _("why it was decided")),
        information=clean(said.information, _("the information it rests on")),
        effects=[plain_effect(effect) for effect in effects],
        effective=now.minute + 1,
        values={value: clean(answer, _("the answer")) for value, answer in sorted(said.values.items())},
        **{name: text for name, text in more.items() if text},
    )
    return [draft, *clock_effects(now, effects, what_decided, audience)]


def _check_effects(now: Moment, effects: Sequence[Effect]) -> None:
    problems = [
        Problem("", 0, 0, effect.effect, fault.what, fault.repair)
        for effect in effects
        for fault in effect_faults((), effect, now.city, [incident.id for incident in now.scenario.incidents])
    ]
    if problems:
        raise InputError(problems)
    for effect in effects:
        if isinstance(effect, StartClock | MeetClock | ExtendClock):
            length_of(now, effect.clock)


# What people write down


def note(
    now: Moment, text: str, status: PictureStatus, source: str, cell: str | None, replaces: int | None,
    claim: tuple[str | None, PictureClaim | None] = (None, None),
) -> list[Draft]:  # fmt: skip
    """Add a line to the picture of a cell, or renew one; its *claim* is of which component it says what."""
    now.require(*PLAYED)
    _one_of(status, get_args(PictureStatus))
    if replaces is not None and replaces not in {item.seq for item in now.state.current_picture(cell)}:
        refuse(_("the line that this replaces is not in the picture"), _("choose one that is"))
    refuse_unknown_claim(now, *claim)
    more = {name: said for name, said in zip(("about", "says"), claim, strict=True) if said is not None}
    return [
        now.draft(
            Kind.PICTURE, (cell,) if cell else (), cell=cell, status=status, replaces=replaces,
            text=clean(text, _("the text"), required=True), source=clean(source, _("the source")), **more,
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class Address:
    """From whom a message is, to whom, and what it answers."""

    sender: str
    """The key of a seat, or the role that the facilitator plays."""
    cells: Sequence[str]
    """Nobody is whoever plays the outside world."""
    to: str = ""
    answers: int | None = None


def message(now: Moment, text: str, address: Address) -> list[Draft]:
    """Tell other cells, or the outside world, something."""
    now.require(*PLAYED)
    if address.answers is not None:
        _require_readable(now, address.answers)
    more = {"answers": address.answers, "to": clean(address.to, _("to whom"))}
    payload = {
        "sender": clean(address.sender, _("the sender"), required=True),
        "text": clean(text, _("the text"), required=True),
        **{name: said for name, said in more.items() if said not in (None, "")},
    }
    return [now.draft(Kind.MESSAGE, address.cells, **payload)]


def opened(now: Moment, seq: int) -> list[Draft]:
    """Record that this seat opened a message or an inject; the second time says nothing new."""
    if now.state.phase is Phase.ENDED or (now.seat.key, seq) in now.state.read:
        return []
    _require_readable(now, seq)
    return [now.draft(Kind.READ, opened=seq)]


def task(now: Moment, said: "TaskText", replaces: int | None) -> list[Draft]:
    """Add a line to the action list of a cell, or renew one."""
    now.require(*PLAYED)
    if replaces is not None and replaces not in {one.seq for one in now.state.current_tasks(said.cell)}:
        refuse(_("the action that this replaces is not on the list"), _("choose one that is"))
    return [
        now.draft(
            Kind.TASK, (said.cell,), cell=said.cell, what=clean(said.what, _("the action"), required=True),
            owner=clean(said.owner, _("who does it")), by=clean(said.by, _("by when")), done=said.done,
            replaces=replaces,
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class TaskText:
    """What stands in a line of an action list."""

    cell: str
    what: str
    owner: str = ""
    by: str = ""
    done: bool = False


def _require_readable(now: Moment, seq: int) -> None:
    """Raise InputError unless *seq* is a message or an inject that this seat received."""
    event = now.state.event(seq)
    readable = event is not None and event.kind in (Kind.INJECT_SENT, Kind.MESSAGE) and may_see(event, now.seat)
    if not readable:
        refuse(_("there is no such message for you"), _("choose one from your list"))


def scale(now: Moment, level: str, reason: str, signs: Sequence[str] = ()) -> list[Draft]:
    """Record a level of the crisis organisation, and the *signs* that asked for it or ended the one before."""
    now.require(*PLAYED)
    said = clean(level, _("the level"), required=True)
    seen = [clean(sign, _("the sign"), required=True) for sign in signs]
    return [now.draft(Kind.SCALE, EVERYONE, level=said, reason=clean(reason, _("the reason")), signs=seen)]


def no_duff(now: Moment, reason: str) -> list[Draft]:
    """Stop everything for something real."""
    now.require(Phase.PREPARED, *PLAYED)
    return [now.draft(Kind.NO_DUFF, EVERYONE, reason=clean(reason, _("the reason")))]


def resumed(now: Moment, reason: str) -> list[Draft]:
    """Go back to the exercise; the clock still stands."""
    now.require(Phase.NO_DUFF)
    return [now.draft(Kind.RESUMED, EVERYONE, reason=clean(reason, _("the reason")))]


def rating(now: Moment, task_id: str, grade: Grade, observation: str) -> list[Draft]:
    """Rate a critical task, or change one's own rating; without an observation a rating says nothing."""
    now.require(*PLAYED, Phase.ENDED)
    if now.state.merged:
        refuse(_("the sheets of the observers were laid together"), _("correct the entry in the log"))
    _one_of(grade, get_args(Grade))
    objective = _objective_of(now, task_id)
    return [
        now.draft(
            Kind.RATING, objective=objective, task=task_id, grade=grade, observer=now.seat.name or now.seat.role,
            observation=clean(observation, _("the observation"), required=True),
        )
    ]  # fmt: skip


def merged(now: Moment) -> list[Draft]:
    """Lay the sheets of the observers together: from then on each sees what the others saw, and none changes."""
    now.require(Phase.ENDED)
    if now.state.merged:
        refuse(_("the sheets of the observers were laid together"), _("read them in the log"))
    if not now.state.ratings:
        refuse(_("no observer has rated a task yet"), _("wait for the first rating"))
    return [now.draft(Kind.MERGED)]


def finding(
    now: Moment,
    sort: FindingSort,
    text: str,
    *,
    task: str | None,
    action: str | None,
    owner: str | None,
    by: dt.date | None,
) -> list[Draft]:
    """Write down a strength, or an improvement with who repairs it by when."""
    now.require(*PLAYED, Phase.ENDED)
    _one_of(sort, get_args(FindingSort))
    if task is not None:
        _objective_of(now, task)
    return [
        now.draft(
            Kind.FINDING, sort=sort, text=clean(text, _("the text"), required=True), task=task,
            action=clean(action, _("the action")) if action else None,
            owner=clean(owner, _("the owner")) if owner else None,
            by=by.isoformat() if by else None,
        )
    ]  # fmt: skip


def correction(now: Moment, corrected: Event | None, text: str) -> list[Draft]:
    """Write down what an earlier entry should have said; that entry itself stays."""
    now.require(Phase.PREPARED, *PLAYED, Phase.NO_DUFF, Phase.ENDED)
    if corrected is None or (now.seat.role == "cell" and corrected.actor != now.seat.key):
        refuse(_("there is no such entry of yours"), _("give the number of an entry in the log"))
    said = clean(text, _("the text"), required=True)
    return [now.draft(Kind.CORRECTION, corrected.audience, corrects=corrected.seq, text=said)]


def _objective_of(now: Moment, task_id: str) -> str:
    tasks = {task.id: objective.id for objective in now.scenario.objectives for task in objective.critical_tasks}
    if task_id not in tasks:
        what = _("{task} is not a critical task of this scenario", task=task_id)
        refuse(what, _("use one of: {words}", words=", ".join(tasks)))
    return tasks[task_id]


def _one_of(word: str, known: Sequence[str]) -> None:
    if word not in known:
        refuse(_("{word} is not known here", word=word), _("use one of: {words}", words=", ".join(known)))
