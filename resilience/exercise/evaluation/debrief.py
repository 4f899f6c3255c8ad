"""The hot debrief straight after ENDEX: what every team is asked, what the log tells by itself, what they answer."""

from dataclasses import dataclass

from city_model.schema import City
from resilience.base.language import _, in_language, language, ngettext
from resilience.base.units import format_clock, format_duration
from resilience.exercise.events import EVERYONE, Draft, Kind
from resilience.exercise.moment import Moment, clean, refuse
from resilience.exercise.state import ExerciseState, Phase
from resilience.exercise.wording import who
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.trace import Trace
from scenarios.schema import Scenario

MINUTES = 10
"""So long a hot debrief lasts, in minutes of the wall clock."""
_LONGEST = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a team is asked."""

    id: str
    text: str


def questions(scenario: Scenario) -> tuple[Question, ...]:
    """Return the questions in their order: the three of every debrief, those of the scenario, the values at stake."""
    usual = (
        Question("well", _("What went well?")),
        Question("better", _("What could be better?")),
        Question("tomorrow", _("What do we do tomorrow?")),
    )
    asked = tuple(Question(f"asked-{number}", str(text)) for number, text in enumerate(scenario.debrief, start=1))
    at_stake = {value for point in scenario.decisions for value in point.values}
    values = tuple(
        Question(f"value-{value.id}", _("What weight did '{value}' get in what you decided?", value=value.name))
        for value in scenario.values
        if value.id in at_stake
    )
    return (*usual, *asked, *values)


def reflection(now: Moment, question: str, text: str, cell: str | None) -> list[Draft]:
    """Write down what *cell* (None: the room) answers; again renews the answer."""
    now.require(Phase.ENDED)
    with in_language(now.state.head.language if now.state.head else language()):  # as the log is written
        asked = {one.id: one.text for one in questions(now.scenario)}
    if question not in asked:
        what = _("{question} is not asked in this debrief", question=question)
        refuse(what, _("use one of: {words}", words=", ".join(asked)))
    said = clean(text, _("the answer"), required=True)
    return [
        now.draft(
            Kind.REFLECTION, (cell,) if cell else (), cell=cell, question=question, asked=asked[question], text=said
        )
    ]


def seconds_left(state: ExerciseState, wall: int) -> int:
    """Return how many seconds of the debrief are left at *wall*; negative when it is over."""
    ended = state.events_of(Kind.ENDEX)
    return MINUTES * 60 - (wall - ended[-1].wall) // 1000 if ended else MINUTES * 60


def told_by_the_log(
    state: ExerciseState, scenario: Scenario, city: City | None, trace: Trace | None
) -> tuple[str, ...]:
    """Return the most telling facts: how fast teams decided and told others, the deadlines, what was lost longest.

    Only what *state* holds; without *trace*, as at the seat of a team, nothing is said of functions.
    """
    facts = [_beginning(state, scenario), _deadlines(state, scenario)]
    if city is not None and trace is not None:
        facts.append(_lost(city, trace, state.last_minute))
    return tuple(facts)


def told_to_everyone(state: ExerciseState, scenario: Scenario) -> tuple[str, ...]:
    """Return the facts for the wall of the room: only what was for everyone, however much *state* holds."""
    told = [one for one in state.messages if one.cells == EVERYONE]
    scaled = [event for event in state.events_of(Kind.SCALE) if event.audience == EVERYONE]
    said = (
        ngettext(
            "{number} message to everyone, the first at {time} ({who}).",
            "{number} messages to everyone, the first at {time} ({who}).",
            len(told), time=format_clock(told[0].minute), who=who(told[0].sender, scenario),
        )
        if told
        else _("Nothing was told to everyone.")
    )  # fmt: skip
    levels = ", ".join(f"{event.payload['level']} {format_clock(event.minute)}" for event in scaled)
    return (
        _("Played: {span}.", span=format_duration(state.last_minute)),
        said,
        _("Crisis organisation: {levels}.", levels=levels) if levels else _("Nothing was scaled up."),
    )


def _beginning(state: ExerciseState, scenario: Scenario) -> str:
    decision = next(iter(state.decisions), None)
    message = next((one for one in state.messages if one.actor.startswith("cell/")), None)
    decided = (
        _("First decision at {time}: {who}, {what}.", time=format_clock(decision.minute), who=decision.who,
          what=decision.what.rstrip("."))
        if decision
        else _("Nothing was decided.")
    )  # fmt: skip
    told = (
        _("First message of a team at {time}: {who}.", time=format_clock(message.minute),
          who=who(message.actor, scenario))
        if message
        else _("No team sent a message.")
    )  # fmt: skip
    return f"{decided} {told}"


def _deadlines(state: ExerciseState, scenario: Scenario) -> str:
    if not state.deadlines:
        return _("No deadline ran.")
    names = {clock.id: str(clock.name) for clock in scenario.clocks}
    said, running = [], 0
    for one in state.deadlines.values():
        status, span = one.status(state.last_minute), format_duration(abs(one.margin(state.last_minute)))
        name = names.get(one.clock, one.clock)
        if status == "met":
            said.append(_("{name} met, {span} early", name=name, span=span))
        elif status == "late":
            said.append(_("{name} met {span} too late", name=name, span=span))
        elif status == "missed":
            said.append(_("{name} missed, by now {span}", name=name, span=span))
        else:
            running += 1
    if running:
        said.append(ngettext("{number} still runs", "{number} still run", running))
    return _("Deadlines: {list}.", list="; ".join(said))


def _lost(city: City, trace: Trace, until: int) -> str:
    """Return the functions that were below their minimum level longest in what was played."""
    found = []
    for part in city.functions:
        enough = minimum_level_of(part)
        low = sum(
            min(end, until) - start for start, end, level in trace.segments(part.id) if level < enough and start < until
        )
        if low:
            found.append((low, str(part.name)))
    if not found:
        return _("No city function came below its minimum level.")
    found.sort(key=lambda one: -one[0])
    listed = ", ".join(f"{name} {format_duration(low)}" for low, name in found[:_LONGEST])
    return _("Longest too low: {list}.", list=listed)
