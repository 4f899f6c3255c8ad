"""What the log can say of how a crisis team worked, criterion by criterion; the rest is for whoever observes.

The criteria are those by which Dutch crisis exercises are evaluated: alarm and scaling, leading, information,
communication. The norms are estimates, good for comparing one exercise with the next; nobody is graded by them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from city_model.schema import City
from resilience.base.language import _, ngettext
from resilience.base.units import format_clock, format_duration
from resilience.exercise.evaluation.picture_truth import Judged, claims, judged, notices
from resilience.exercise.events import EVERYONE
from resilience.exercise.public_messages import PublicMessage, public_messages
from resilience.exercise.records import Message, Scale
from resilience.exercise.scaling import structure_for
from resilience.exercise.state import ExerciseState
from resilience.simulation.trace import Trace
from scenarios.reaching import reach_channels
from scenarios.schema import Scenario

FIRST_HOUR = 60
"""The minutes within which a first meeting and a first public message are expected."""
Result = Literal["met", "partly", "not_met", "observer", "nothing"]
"""observer: the log cannot say; nothing: there was nothing to measure."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, with what the log says of it."""

    key: str
    name: str
    norm: str
    measured: str
    result: Result

    def to_json(self) -> dict[str, str]:
        """Return a JSON value."""
        return {"key": self.key, "name": self.name, "norm": self.norm, "measured": self.measured, "result": self.result}


@dataclass(frozen=True)
class _Log:
    """Everything that a criterion may look at; *until* is the last minute that was played."""

    city: City
    scenario: Scenario
    state: ExerciseState
    trace: Trace
    until: int

    @property
    def first_report(self) -> int | None:
        """The minute at which the first inject reached a team."""
        return min((sent.minute for sent in self.state.sent.values()), default=None)


def criteria(city: City, scenario: Scenario, state: ExerciseState, trace: Trace, until: int) -> tuple[Criterion, ...]:
    """Return every criterion, in the order of the process."""
    log = _Log(city, scenario, state, trace, until)
    return tuple(found for measure in _MEASURES for found in measure(log))


def _met(part: int, whole: int) -> Result:
    """Return all of it is met, some of it partly."""
    if whole == 0:
        return "nothing"
    return "met" if part == whole else "partly" if part else "not_met"


def _of(part: int, whole: int) -> str:
    return _("{part} of {whole}", part=part, whole=whole)


def _meeting(log: _Log) -> Iterator[Criterion]:
    """The first thing that a team wrote down: the log has no meeting, but a meeting that decides leaves a trace."""
    start = log.first_report
    traces = [
        *(item.minute for item in log.state.picture if item.cell),
        *(one.minute for one in log.state.decisions if one.cell),
        *(task.minute for task in log.state.tasks),
    ]
    first = min((minute for minute in traces if start is not None and minute >= start), default=None)
    name, norm = _("First meeting"), _("within 60 minutes of the first report")
    if start is None or first is None:
        yield Criterion(
            "meeting", name, norm, _("no team wrote anything down"), "nothing" if start is None else "not_met"
        )
        return
    said = _("first line of a team after {duration}", duration=format_duration(first - start))
    yield Criterion("meeting", name, norm, said, "met" if first - start <= FIRST_HOUR else "not_met")


def _scaling(log: _Log) -> Iterator[Criterion]:
    scales = log.state.scales
    name, norm = _("Scaling up"), _("with the reason, or the signs that ask for it")
    if not scales:
        yield Criterion("scaling", name, norm, _("the level was not changed"), "observer")
    else:
        with_reason = sum(bool(one.reason or one.signs) for one in scales)
        said = ngettext(
            "{number} change, with a reason: {some}",
            "{number} changes, with a reason: {some}",
            len(scales),
            some=with_reason,
        )
        yield Criterion("scaling", name, norm, said, _met(with_reason, len(scales)))


def _picture(log: _Log) -> Iterator[Criterion]:
    found = judged(log.city, log.trace, claims(log.state))
    yield _true_picture([one for one in found if one.verdict in ("right", "rosy", "gloomy")])
    items = log.state.picture
    unknown = sum(item.status == "unknown" for item in items)
    yield Criterion(
        "unknowns", _("What is not known stands in the picture"), _("at least one line"),
        ngettext("{number} line", "{number} lines", unknown),
        "nothing" if not items else "met" if unknown else "not_met",
    )  # fmt: skip
    sourced = sum(bool(item.source) for item in items)
    enough = bool(items) and sourced * 5 >= len(items) * 4
    yield Criterion(
        "sources", _("Lines of the picture have a source"), _("four in five"), _of(sourced, len(items)),
        "nothing" if not items else "met" if enough else _met(sourced, len(items)),
    )  # fmt: skip
    yield _for_observer("contradictions", _("Contradictions are pointed out"))


def _true_picture(found: Sequence[Judged]) -> Criterion:
    right = sum(one.verdict == "right" for one in found)
    rosy = sum(one.verdict == "rosy" for one in found)
    name, norm = _("The picture is as the city was"), _("four in five lines that can be judged")
    if not found:
        return Criterion("picture", name, norm, _("no line can be judged"), "nothing")
    said = _("{right} right; too rosy: {rosy}", right=_of(right, len(found)), rosy=rosy)
    enough = right * 5 >= len(found) * 4
    return Criterion("picture", name, norm, said, "met" if enough else _met(right, len(found)))


def _foresight(log: _Log) -> Iterator[Criterion]:
    """City functions fall through others: whoever writes beforehand that one will, saw the second order."""
    functions = {function.id for function in log.city.functions}
    seen = [one for one in notices(log.city, log.trace, claims(log.state), log.until) if one.component in functions]
    foreseen = sum(one.foreseen is not None for one in seen)
    late = [one.delay for one in seen if one.delay is not None]
    said = _("{number} foreseen; noticed afterwards: {late}", number=_of(foreseen, len(seen)), late=len(late))
    yield Criterion(
        "foresight", _("City functions that fell were foreseen"), _("before they fell"), said,
        _met(foreseen, len(seen)),
    )  # fmt: skip


def _decisions(log: _Log) -> Iterator[Criterion]:
    taken = log.state.taken
    whole = sum(bool(one.owner and one.by and one.told) for one in taken)
    parts = ", ".join(
        f"{word} {sum(bool(getattr(one, field)) for one in taken)}"
        for field, word in (("owner", _("who does it")), ("by", _("by when")), ("told", _("who was told")))
    )
    said = _("{whole} complete ({parts})", whole=_of(whole, len(taken)), parts=parts)
    norm = _("every decision has an owner, a moment and whom it was told")
    yield Criterion("bob", _("Decisions can be carried out"), norm, said, _met(whole, len(taken)))
    points = [point for point in log.scenario.decisions if point.deadline <= log.until]
    in_time = sum(
        (decision := log.state.decided(point.id)) is not None and decision.minute <= point.deadline for point in points
    )
    yield Criterion(
        "in-time", _("Questions are decided in time"), _("before their deadline"), _of(in_time, len(points)),
        _met(in_time, len(points)),
    )  # fmt: skip
    yield _for_observer("priority", _("Services are put in order by their consequence, not by noise"))
    weighed = [one for one in taken if one.point and log.scenario.decision_by_id[one.point].values]
    answered = sum(any(one.values.values()) for one in weighed)
    yield Criterion(
        "values", _("Values are weighed aloud"), _("at each decision where values are at stake"),
        _of(answered, len(weighed)), _met(answered, len(weighed)),
    )  # fmt: skip


def _clocks(log: _Log) -> Iterator[Criterion]:
    ended = [one.status(log.until) for one in log.state.deadlines.values()]
    due = [status for status in ended if status != "running"]
    met = due.count("met")
    said = _("{met} in time; still running: {running}", met=_of(met, len(due)), running=len(ended) - len(due))
    yield Criterion("clocks", _("Legal and agreed deadlines"), _("met in time"), said, _met(met, len(due)))


def _public(log: _Log) -> Iterator[Criterion]:
    messages = public_messages(log.state)
    heard = [one for one in messages if one.status == "released" and not one.reached_nobody]
    yield _first_public(heard, log.first_report)
    offline = {channel.id for channel in reach_channels() if channel.offline}
    reached = sum(bool(offline.intersection(one.worked)) for one in heard)
    yield Criterion(
        "offline", _("Public messages reach people without internet"), _("each over a channel that needs none"),
        _of(reached, len(heard)), _met(reached, len(heard)),
    )  # fmt: skip
    yield _for_observer("perspective", _("Messages say what people can do, and agree with each other"))


def _first_public(heard: Sequence[PublicMessage], start: int | None) -> Criterion:
    name, norm = _("First public message"), _("released within 60 minutes of the first report")
    first = min((one.decided for one in heard if one.decided is not None), default=None)
    if start is None or first is None:
        return Criterion("public", name, norm, _("none was released"), "nothing" if start is None else "not_met")
    after = first - start
    said = _("after {duration}", duration=format_duration(max(after, 0)))
    return Criterion("public", name, norm, said, "met" if after <= FIRST_HOUR else "not_met")


def _partners(log: _Log) -> Iterator[Criterion]:
    """Who was told can be counted; whether they could use it cannot."""
    told = [one for one in log.state.messages if one.actor.startswith("cell/") and one.cells != EVERYONE]
    receivers = {receiver for one in told for receiver in _receivers(one)}
    name, norm = _("Partners are told, and asked what they need"), _("who, when, with usable content")
    if not told:
        yield Criterion("partners", name, norm, _("no team wrote to another or to somebody outside"), "not_met")
        return
    said = ngettext(
        "{number} receiver, the first at {time}",
        "{number} receivers, the first at {time}",
        len(receivers),
        time=format_clock(told[0].minute),
    )
    yield Criterion("partners", name, norm, said, "observer")


def _receivers(message: Message) -> tuple[str, ...]:
    return (message.to,) if message.to else message.cells


def _people(_log: _Log) -> Iterator[Criterion]:
    yield _for_observer("vulnerable", _("Vulnerable groups are thought of, with a way for each"))
    yield _for_observer("endurance", _("The organisation can keep it up: shifts, rest, deputies"))


def _ending(log: _Log) -> Iterator[Criterion]:
    order = [level.id for level in structure_for(log.city).levels]
    names = {name: level.id for level in structure_for(log.city).levels for name in (level.name.nl, level.name.en)}
    places = [_place(one, order, names) for one in log.state.scales]
    known = [place for place in places if place is not None]
    down = any(later < earlier for earlier, later in pairwise(known))
    said = _("the level went down") if down else _("the level did not go down")
    name = _("Scaling down, and handing over")
    yield Criterion("ending", name, _("with tasks, owner and moment"), said, "observer")
    improve = [one for one in log.state.findings if one.sort == "improvement"]
    whole = sum(bool(one.action and one.owner and one.by) for one in improve)
    result: Result = _met(whole, len(improve)) if improve else "not_met"
    yield Criterion(
        "learning", _("Findings become actions"), _("each with an owner and a date"), _of(whole, len(improve)), result
    )


def _place(scale: Scale, order: Sequence[str], names: dict[str, str]) -> int | None:
    level = names.get(scale.level, scale.level)
    return order.index(level) if level in order else None


def _for_observer(key: str, name: str) -> Criterion:
    return Criterion(key, name, "–", _("the log cannot say"), "observer")


_MEASURES: Sequence[Callable[[_Log], Iterator[Criterion]]] = (
    _meeting, _scaling, _picture, _foresight, _decisions, _clocks, _partners, _public, _people, _ending,
)  # fmt: skip
