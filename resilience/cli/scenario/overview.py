"""A scenario on a few pages of plain text, for the facilitator who prepares an exercise with it."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator

from city_model.schema import City
from resilience.base.language import _
from resilience.base.units import format_clock, format_duration
from resilience.cli.output import table_text
from resilience.exercise.trigger_words import waiting_words
from scenarios.schema import DecisionPoint, Inject, Scenario

WIDTH = 100
"""Characters on a line of text: what a page of paper and most terminals hold."""
TABLE_WIDTH = 130
"""Characters on a line of a table with many columns: a page on its side."""


def overview(scenario: Scenario, city: City) -> str:
    """Return the whole overview in the current language; *city* gives the names of components."""
    parts = [
        _("OEFENING - EXERCISE"),
        _heading(str(scenario.name)),
        _paragraph(str(scenario.summary)),
        _paragraph(str(scenario.fiction)),
        _heading(_("The six blocks")),
        _blocks(scenario),
        _heading(_("Rounds")),
        _rounds(scenario),
        _heading(_("Cells")),
        _pairs((str(cell.name), str(cell.role)) for cell in scenario.cells),
        _heading(_("Objectives")),
        "\n".join(_objectives(scenario)),
        _heading(_("Injects by time")),
        _injects(scenario, city),
        _heading(_("Decision points")),
        _("* is taken when nobody decides"),
        "\n\n".join(_decision(decision, scenario) for decision in sorted(scenario.decisions, key=_by_opening)),
        _heading(_("Deadlines")),
        _clocks(scenario),
        _heading(_("Questions for the debrief")),
        "\n".join(f"- {question}" for question in scenario.debrief) or _("None."),
    ]
    return "\n\n".join(part.rstrip() for part in parts)


def moment(scenario: Scenario, minute: int) -> str:
    """Return exercise time with the day and clock time in the scenario, such as ``+1d 03:15 zo 02:15``."""
    then = scenario.start + dt.timedelta(minutes=minute)
    return f"{format_clock(minute)} {_weekdays()[then.weekday()]} {then:%H:%M}"


def _weekdays() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _heading(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"


def _paragraph(text: str) -> str:
    return textwrap.fill(text, WIDTH)


def _pairs(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        textwrap.fill(text, WIDTH, initial_indent=f"{name}: ", subsequent_indent="  ") for name, text in rows
    )


def _blocks(scenario: Scenario) -> str:
    blocks = scenario.blocks
    return _pairs(
        [
            (_("cause"), str(blocks.cause)),
            (_("source"), str(blocks.source)),
            (_("actors"), str(blocks.actors)),
            (_("domain"), str(blocks.domain)),
            (_("area"), str(blocks.area)),
            (_("perspective"), str(blocks.perspective)),
        ]
    )


def _rounds(scenario: Scenario) -> str:
    rows = [(one.name, moment(scenario, one.starts), moment(scenario, one.ends)) for one in scenario.rounds]
    return table_text([_("round"), _("from"), _("to")], rows, width=WIDTH)


def _objectives(scenario: Scenario) -> Iterator[str]:
    for objective in scenario.objectives:
        yield _paragraph(str(objective.text))
        for task in objective.critical_tasks:
            yield textwrap.fill(str(task.text), WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _injects(scenario: Scenario, city: City) -> str:
    rows = [
        (_due(inject, scenario, city), inject.title, ", ".join(inject.cells), _channel(inject.channel), inject.sender)
        for inject in sorted(scenario.injects, key=_by_time)
    ]
    return table_text([_("due"), _("inject"), _("to"), _("channel"), _("sender")], rows, width=TABLE_WIDTH)


def _by_time(inject: Inject) -> tuple[int, int]:
    """Timed ones by time, then those on a condition, then the shelf."""
    if inject.trigger.at is not None:
        return 0, inject.trigger.at
    return (1, 0) if inject.trigger.waits else (2, 0)


def _due(inject: Inject, scenario: Scenario, city: City) -> str:
    if inject.trigger.at is not None:
        return moment(scenario, inject.trigger.at)
    waits = waiting_words(inject.trigger, scenario, city, lambda minute: moment(scenario, minute))
    return waits or _("on the shelf")


def _channel(channel: str) -> str:
    names = {
        "in_person": _("in person"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "messenger": _("messenger"),
        "news": _("news"),
        "social_media": _("social media"),
        "letter": _("letter"),
        "system": _("system message"),
        "picture": _("picture"),
    }
    return names[channel]


def _by_opening(decision: DecisionPoint) -> tuple[int, int]:
    return decision.opens, decision.deadline


def _decision(decision: DecisionPoint, scenario: Scenario) -> str:
    cells = {cell.id: str(cell.name) for cell in scenario.cells}
    values = {value.id: str(value.name) for value in scenario.values}
    lines = [
        f"{decision.title}  ({decision.id})",
        _(
            "  from {opens} to {deadline}, by {cell}",
            opens=moment(scenario, decision.opens),
            deadline=moment(scenario, decision.deadline),
            cell=cells[decision.decides],
        ),
        textwrap.fill(str(decision.question), WIDTH, initial_indent="  ", subsequent_indent="  "),
    ]
    if decision.values:
        named = ", ".join(values[value] for value in decision.values)
        lines.append("  " + _("values at stake: {values}", values=named))
    for option in decision.options:
        mark = "*" if option.id == decision.default else "-"
        said = f"{option.name}: {option.text}"
        lines.append(textwrap.fill(said, WIDTH, initial_indent=f"  {mark} ", subsequent_indent="    "))
        if option.new_use is not None:
            asked = _("new use of data, asks for a new assessment: {use}", use=option.new_use)
            lines.append(textwrap.fill(asked, WIDTH, initial_indent="    ", subsequent_indent="    "))
    return "\n".join(lines)


def _clocks(scenario: Scenario) -> str:
    statuses = {"in_force": _("in force"), "verify": _("to be verified"), "off": _("switched off")}
    rows = [
        (clock.name, format_duration(clock.minutes), clock.recipient, statuses[clock.status])
        for clock in scenario.clocks
    ]
    return table_text([_("deadline"), _("lasts"), _("recipient"), _("status")], rows, width=TABLE_WIDTH)
