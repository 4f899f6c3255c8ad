"""What ``simulate --fail`` answers people: first one screen with what matters most, on request everything.

The first screen holds the city functions and when each goes down, then what falls next, then whom to call.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from city_model.effects import Selector
from city_model.schema import City
from city_model.selection import selected
from resilience.analysis.outlook import Desk, Fall, desks, outlook
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.cli import output
from resilience.cli.exercise.moments import Moments
from resilience.cli.runs.failing import Failing, Question
from resilience.cli.runs.impact_text import impact_line, write_impact
from resilience.cli.runs.spread_text import spread_lines
from resilience.cli.runs.striking import Striking
from resilience.simulation.explain import name_of
from resilience.simulation.impact import impact
from resilience.simulation.metrics import outcomes
from resilience.simulation.trace import Trace, What

NO_EXERCISE = "GEEN OEFENING - NO EXERCISE"
"""In both languages at once: whoever reads along must not take it for play."""
SCREEN_LINES = 23
"""A terminal of 24 lines, less the one with the prompt."""
FEWEST_ROWS = 1
"""Components on the first screen, whatever else it holds."""
MOST_DESKS = 2
"""Organisations to call on the first screen."""
MOST_CONTACTS = 2
"""Of one organisation, on the first screen."""
MOST_BREACHES = 3
"""Functions that pass their maximum tolerable downtime, on the first screen."""
MOST_FAILURES = 3
"""Components that were said to fail, named at the top."""
NAME_WIDTH = 26
"""Characters of a name in a terminal of 80 columns; half of what is wider goes to names, the rest to reasons."""


@dataclass(frozen=True)
class _Answer:
    """Everything that the texts below need."""

    city: City
    trace: Trace
    question: Question
    falls: tuple[Fall, ...]
    moments: Moments

    @property
    def functions(self) -> list[Fall]:
        """The city functions that fall short: first those that go down, by when."""
        found = [fall for fall in self.falls if fall.kind == "function"]
        never = self.question.horizon + 1
        return sorted(found, key=lambda fall: (never if fall.down is None else fall.down, fall.minute, fall.lowest))

    @property
    def components(self) -> list[Fall]:
        """Everything else that falls short, without what was said to fail."""
        asked = {failing.component for failing in self.question.failures}
        return [fall for fall in self.falls if fall.kind != "function" and fall.component not in asked]

    def level_now(self, fall: Fall) -> int:
        """Return its level at the minute that is now."""
        return self.trace.level_at(fall.component, self.question.now)


def write_outlook(city: City, trace: Trace, question: Question, *, everything: bool) -> None:
    """Write the answer: one screen, or *everything*."""
    answer = _Answer(city, trace, question, outlook(city, trace), Moments(question.start, question.now))
    if everything:
        _write_all(answer)
    else:
        output.result("\n".join(_screen(answer, shutil.get_terminal_size((0, 0)).columns or None)))


def _screen(answer: _Answer, width: int | None) -> list[str]:
    """Return the lines of the first screen; where *width* is known no row is wider."""
    head, breaches = _head(answer), _breach_lines(answer, MOST_BREACHES)
    tail = [*_call_lines(answer), _certainty(answer)]
    functions = _rows(answer, answer.functions)
    later = [fall for fall in answer.components if fall.minute > answer.question.now]
    short = [fall for fall in answer.components if answer.level_now(fall) < 100]
    heading = _components_heading(answer, len(short), len(later))
    fixed = [*head, *breaches, heading, *tail]
    room = SCREEN_LINES - sum(_height(line, width) for line in fixed) - len(functions) - 1
    for line in [*_spread(answer), *_harm(answer)]:
        if room - _height(line, width) >= FEWEST_ROWS:
            breaches.append(line)
            room -= _height(line, width)
    # What falls later can still be helped; where nothing does, what has fallen is shown, the worst first.
    shown = (later or sorted(short, key=lambda fall: fall.lowest))[: max(FEWEST_ROWS, room)]
    table = _aligned([_headers(answer), *functions, *_rows(answer, shown)], width)
    above = table[: len(functions) + 1] if functions else [_nothing(answer)]
    parts = [head, [*above, *breaches], [heading, *table[len(functions) + 1 :]], tail]
    blank = [""] if room - len(shown) >= len(parts) - 1 else []
    return [line for number, part in enumerate(parts) for line in [*(blank if number else []), *part]]


def _headers(answer: _Answer) -> tuple[str, ...]:
    return (
        _("falls"),
        _("city function"),
        *([_("now")] if answer.question.now else []),
        _("lowest"),
        _("down"),
        _("why"),
    )


def _rows(answer: _Answer, falls: Iterable[Fall]) -> list[tuple[str, ...]]:
    """Return the cells of *falls*; the level of now only where it is not that of the start."""
    return [
        (
            answer.moments.when(fall.minute),
            fall.name,
            *([f"{answer.level_now(fall)}%"] if answer.question.now else []),
            f"{fall.lowest}%",
            _down(answer, fall),
            fall.why_down or fall.why,
        )
        for fall in falls
    ]


def _head(answer: _Answer) -> list[str]:
    """Return what is assumed to happen, with NO EXERCISE above it where it is real."""
    question = answer.question
    lines = []
    if question.start is not None:
        moment = answer.moments.date()
        computed = _("{city}, {moment}. Computed from the map, not observed.", city=answer.city.name, moment=moment)
        lines = [NO_EXERCISE, computed]
    lines += [_strike_line(answer, question.striking)] if question.striking else []
    lines += [_failing_line(answer, failing) for failing in question.failures[:MOST_FAILURES]]
    rest = len(question.failures) - MOST_FAILURES
    if rest > 0:
        lines.append(ngettext("{number} more", "{number} more", rest))
    return lines


def _failing_line(answer: _Answer, failing: Failing) -> str:
    question, when = answer.question, answer.moments.when
    said = {"component": name_of(answer.city, failing.component), "when": when(failing.minute)}
    ends = [
        record.minute
        for record in answer.trace.with_what(What.DAMAGE_ENDED)
        if record.subject == failing.component and record.minute > failing.minute
    ]
    if not ends:
        return _("{component} fails at {when} and is not repaired within {span}.", **said, span=_span(answer))
    if failing.lasts is not None:
        return _("{component} fails from {when} until {until}.", **said, until=when(ends[0]))
    if failing.minute < question.now and ends[0] <= question.now:
        return _(
            "{component} fails at {when}; in this run it is repaired at {until}, before now. Say with --for how long.",
            **said, until=when(ends[0]),
        )  # fmt: skip
    return _("{component} fails at {when}, in this run until {until}.", **said, until=when(ends[0]))


def _strike_line(answer: _Answer, striking: Striking) -> str:
    """Return what strikes where, with every value that it goes by: also those that nobody chose."""
    strike, city = striking.strike, answer.city
    places = strike.teams or selected(city, strike.select or Selector())
    names = [name_of(city, place) for place in places[:MOST_FAILURES]]
    rest = len(places) - MOST_FAILURES
    if rest > 0:
        names.append(ngettext("{number} more", "{number} more", rest))
    parameters = strike.kind.parameters
    written = {one.id: one.written(value) for one, value in zip(parameters, strike.values.values(), strict=True)}
    chosen = [f"{name}={str(value).lower()}" for name, value in written.items() if value is not None]
    said = {"kind": strike.kind.name, "when": answer.moments.when(striking.minute), "places": ", ".join(names)}
    if not chosen:
        return _("{kind} at {when}: {places}.", **said)
    return _("{kind} at {when}: {places} ({values}).", **said, values=", ".join(chosen))


def _spread(answer: _Answer) -> list[str]:
    return spread_lines(answer.city, answer.trace, answer.moments.when)


def _harm(answer: _Answer) -> list[str]:
    return impact_line(impact(answer.city, answer.trace))


def _nothing(answer: _Answer) -> str:
    return _("No city function falls short within {span}.", span=_span(answer))


def _breach_lines(answer: _Answer, most: int) -> list[str]:
    """Return one line with the *most* functions that first pass their maximum tolerable downtime, and when."""
    passed = sorted(
        (outcome.breaches[0].minute, name_of(answer.city, outcome.component))
        for outcome in outcomes(answer.city, answer.trace)
        if outcome.breaches
    )
    if not passed:
        return []
    words = [f"{name} {answer.moments.when(minute)}" for minute, name in passed[:most]]
    rest = len(passed) - most
    if rest > 0:
        words.append(ngettext("{number} more", "{number} more", rest))
    return [_("Down for longer than tolerable (MTD): {passed}.", passed=", ".join(words))]


def _components_heading(answer: _Answer, fallen: int, later: int) -> str:
    when = answer.moments.when(answer.question.now)
    if not fallen and not later:
        return _("No other component falls short within {span}.", span=_span(answer))
    if not later:
        return ngettext(
            "Short at {when}: {number} component; none follows. The whole list: --all",
            "Short at {when}: {number} components; none follows. The whole list: --all",
            fallen, when=when,
        )  # fmt: skip
    if not fallen:
        return ngettext(
            "{number} component falls short after {when}. The whole list: --all",
            "{number} components fall short after {when}. The whole list: --all",
            later, when=when,
        )  # fmt: skip
    return ngettext(
        "Short at {when}: {fallen} components; {number} more follows. The whole list: --all",
        "Short at {when}: {fallen} components; {number} more follow. The whole list: --all",
        later, fallen=fallen, when=when,
    )  # fmt: skip


def _call_lines(answer: _Answer) -> list[str]:
    """Return who runs what failed first, and the first other one of whom the map knows how to call them."""
    first, *others = desks(answer.falls) or [None]
    known = [desk for desk in others if desk and desk.call] or others
    return [_("Call {desk}", desk=_desk(desk)) for desk in [first, *known][:MOST_DESKS] if desk]


def _desk(desk: Desk) -> str:
    reached = "; ".join(desk.call[:MOST_CONTACTS]) or _("no contact in the map")
    return _("{organisation}: {contacts}", organisation=desk.organisation, contacts=reached)


def _certainty(answer: _Answer) -> str:
    changes = answer.trace.with_what(What.LEVEL)
    return _(
        "Repair times are one draw; {resting} of {all} changes rest on figures nobody confirmed.",
        resting=sum(record.assumed for record in changes), all=len(changes),
    )  # fmt: skip


def _write_all(answer: _Answer) -> None:
    """Write every fall with every column, and everybody to call."""
    for line in [*_head(answer), ""]:
        output.result(line)
    _write_falls(answer, _("city function"), answer.functions)
    for line in [*_breach_lines(answer, len(answer.functions)), *_spread(answer), ""]:
        output.result(line)
    write_impact(answer.city, impact(answer.city, answer.trace), answer.moments.when)
    _write_falls(answer, _("component"), answer.components)
    if answer.falls:
        output.result("")
        output.table(
            [_("first falls"), _("organisation"), _("call"), _("about")],
            (
                (answer.moments.when(desk.minute), desk.organisation,
                 "; ".join(desk.call) or _("no contact in the map"), ", ".join(desk.components))
                for desk in desks(answer.falls)
            ),
        )  # fmt: skip
    output.result("")
    output.result(_("Down: below the level at which it still counts as working."))
    output.result(_certainty(answer))


def _write_falls(answer: _Answer, what: str, falls: Iterable[Fall]) -> None:
    rows = [
        (answer.moments.when(fall.minute), fall.name, _down(answer, fall), f"{fall.lowest}%",
         answer.moments.maybe(fall.back), fall.why_down or fall.why)
        for fall in falls
    ]  # fmt: skip
    if rows:
        output.table([_("falls"), what, _("down"), _("lowest"), _("back"), _("why")], rows)
    else:
        output.result(_("Nothing falls within this time."))


def _down(answer: _Answer, fall: Fall) -> str:
    return "" if fall.down is None else answer.moments.when(fall.down)


def _span(answer: _Answer) -> str:
    return format_duration(answer.question.horizon - answer.question.now)


def _aligned(rows: Sequence[Sequence[str]], width: int | None) -> list[str]:
    """Return one line per row; where *width* is known, names and reasons are cut off to fit."""
    names = NAME_WIDTH + max(0, width - 80) // 2 if width else max(len(row[1]) for row in rows)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    widths[1] = min(widths[1], names)
    lines = []
    for row in rows:
        cells = [_cut(cell, room).ljust(room) for cell, room in zip(row, widths, strict=True)]
        line = "  ".join(cells).rstrip()
        lines.append(_cut(line, width) if width else line)
    return lines


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _height(line: str, width: int | None) -> int:
    return max(1, -(-len(line) // width)) if width else 1
