"""What the model foresees when nobody decides anything: what falls and when, and when what is down comes back."""

from collections.abc import Iterable

from city_model.schema import City, Component
from resilience.base.language import _, ngettext
from resilience.base.units import MINUTES_PER_DAY
from resilience.simulation.explain import name_of, sentence
from resilience.simulation.metrics import breaches, minimum_level_of, mtd_of
from resilience.simulation.trace import Trace, What
from scenarios.schema import Scenario
from tui.view_models.rows import Block, Sheet
from tui.view_models.words import countdown, moment

AHEAD = MINUTES_PER_DAY
"""So many exercise minutes the page looks ahead."""
_MOST = 24
_NAMED = 3

Line = tuple[int, str]
"""A minute, and what happens then."""


def ahead_sheet(city: City, scenario: Scenario, course: Trace, minute: int) -> Sheet:
    """Return what falls in the coming day, which stocks run out below it, and what recovers, each with its time."""
    until = min(minute + AHEAD, course.horizon)
    incidents = [
        (incident.at, _("incident: {name}", name=incident.name))
        for incident in scenario.incidents
        if minute < incident.at <= until
    ]
    falls, rises = _changes(city, course, minute, until)
    blocks = (
        (_("About to fail"), [*incidents, *falls, *_limits(city, course, minute, until)]),
        (_("Stocks that run out"), _used_up(city, course, minute, until)),
        (_("Recovers"), rises),
    )
    nothing = _("Nothing in this time.")
    return Sheet(
        _("What comes, if nobody decides anything"),
        lead=_("from {start} to {end}", start=moment(minute), end=moment(until)),
        blocks=tuple(Block(heading, _written(found, minute) or (nothing,)) for heading, found in blocks),
    )


def back_lines(city: City, course: Trace, component: str, path: Iterable[str], minute: int) -> tuple[str, ...]:
    """Return when *component*, and what is down on the *path* to it, work as they should again."""
    lines = []
    for subject in dict.fromkeys((component, *path)):
        part = city.component_by_id.get(subject)
        if part is not None and course.level_at(subject, minute) < 100:
            lines.append(_back(course, part, minute))
    return tuple(lines)


def limit_line(course: Trace, part: Component, minute: int) -> str:
    """Return when *part* will have been too low for longer than it may be; empty where it will not."""
    ahead = _passings(course, part, minute, course.horizon)
    return _("{time}, {left}", time=moment(ahead[0]), left=countdown(ahead[0] - minute)) if ahead else ""


def owner_lines(city: City, subjects: Iterable[str]) -> tuple[str, ...]:
    """Return who runs what stands on a path: the roles that a response cell plays."""
    owned: dict[str, list[str]] = {}
    for subject in dict.fromkeys(subjects):
        part = city.component_by_id.get(subject)
        owner = city.organisation_by_id.get((part.operator or part.organisation or "") if part else "")
        if part is not None and owner is not None:
            owned.setdefault(str(owner.name), []).append(str(part.name))
    return tuple(f"{owner}: {', '.join(parts)}" for owner, parts in owned.items())


def _back(course: Trace, part: Component, minute: int) -> str:
    later = [(changed, level) for changed, level in course.levels.get(part.id, ()) if changed > minute]
    enough = minimum_level_of(part)
    works = course.level_at(part.id, minute) >= enough
    again = None if works else next((changed for changed, level in later if level >= enough), None)
    whole = next((changed for changed, level in later if level == 100), None)
    said = [str(part.name) + ":"]
    if not works:
        said.append(
            _("works again at {time},", time=moment(again))
            if again is not None
            else _("does not work again before the end,")
        )
    said.append(_("whole at {time}", time=moment(whole)) if whole is not None else _("not whole before the end"))
    return " ".join(said)


def _changes(city: City, course: Trace, minute: int, until: int) -> tuple[list[Line], list[Line]]:
    """Return the falls and the recoveries of city functions, each with its reason."""
    functions = {part.id for part in city.functions}
    level = {part: course.level_at(part, minute) for part in functions}
    falls: list[Line] = []
    rises: list[Line] = []
    for record in course.records:
        if record.subject in functions and record.what is What.LEVEL and minute < record.minute <= until:
            now = int(record.value or 0)
            said = sentence(city, course, record).removeprefix(moment(record.minute)).strip()
            (falls if now < level[record.subject] else rises).append((record.minute, said))
            level[record.subject] = now
    return falls, rises


def _limits(city: City, course: Trace, minute: int, until: int) -> list[Line]:
    return [
        (at, _("{name} has been too low for as long as it may (MTD)", name=part.name))
        for part in city.functions
        for at in _passings(course, part, minute, until)
    ]


def _passings(course: Trace, part: Component, minute: int, until: int) -> list[int]:
    allowed = mtd_of(part)
    if allowed is None:
        return []
    found = breaches(course, part.id, minimum_level_of(part), allowed)
    return [one.minute for one in found if minute < one.minute <= until]


def _used_up(city: City, course: Trace, minute: int, until: int) -> list[Line]:
    """Return the buffers and fallbacks that run out, those of one minute on one line."""
    at: dict[int, list[str]] = {}
    for record in course.with_what(What.BUFFER_EMPTY, What.FALLBACK_USED_UP):
        if minute < record.minute <= until:
            names = at.setdefault(record.minute, [])
            name = name_of(city, record.subject)
            if name not in names:
                names.append(name)
    lines = []
    for when, names in at.items():
        more = len(names) - _NAMED
        rest = " " + ngettext("and {number} more", "and {number} more", more) if more > 0 else ""
        lines.append((when, ", ".join(names[:_NAMED]) + rest))
    return lines


def _written(found: list[Line], minute: int) -> tuple[str, ...]:
    """Return the first lines, the soonest first, each with its time and how far off that is."""
    lines = sorted(found, key=lambda line: line[0])
    written = [f"{moment(at)} ({countdown(at - minute)}) {text}" for at, text in lines[:_MOST]]
    if len(lines) > _MOST:
        written.append(ngettext("{number} change later", "{number} changes later", len(lines) - _MOST))
    return tuple(written)
