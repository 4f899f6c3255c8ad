"""Why a function stands as it does, in words, and what is about to fall below it."""

from city_model.schema import City, Component
from resilience.base.language import _, number
from resilience.simulation.contagion import CONTAGIOUS
from resilience.simulation.explain import Step, explain, name_of, sentence
from resilience.simulation.metrics import minimum_level_of, mtd_of, residents_of
from resilience.simulation.trace import Record, Trace, What
from scenarios.schema import Scenario
from tui.view_models.ahead import back_lines, limit_line, owner_lines
from tui.view_models.board import mark_of, standing
from tui.view_models.rows import Block, Sheet
from tui.view_models.words import countdown, moment, span

_FARTHEST_LINES = 8
_CARD_LINES = 3


def why_sheet(city: City, scenario: Scenario, trace: Trace, component: str, minute: int, course: Trace | None) -> Sheet:
    """Return the path from the incident to *component*, the buffers that still carry it, and what comes next."""
    part = city.component_by_id[component]
    now = standing(trace, part, minute)
    mark, word, _tone = mark_of(now.level, now.before, minimum_level_of(part))
    steps = explain(city, trace, component, minute)
    path = tuple(_step(scenario, step) for step in steps) or (_("Nothing has happened to it so far."),)
    blocks = [Block(_("Why"), path, numbered=bool(steps))]
    facts = _facts(city, part, now.since, now.level)
    chain = providers(city, component)
    marks = _marks(city, trace, component, chain, minute)
    if marks:
        blocks.append(Block(_("Malware and data"), marks))
    if course is not None:
        buffers = _buffers(city, course, chain, minute)
        blocks.append(Block(_("Buffers that run"), buffers or (_("None below this function."),)))
        coming = _coming(city, scenario, course, component, chain, minute)
        blocks.append(Block(_("Next, if nobody decides anything"), coming or (_("Nothing changes until the end."),)))
        back = back_lines(city, course, component, (step.subject for step in steps), minute)
        if back:
            blocks.insert(1, Block(_("When it is back, if nobody decides anything"), back))
        limit = limit_line(course, part, minute)
        if limit:
            facts += ((_("MTD passed at"), limit),)
    owners = owner_lines(city, (step.subject for step in reversed(steps)))
    if owners:
        blocks.append(Block(_("Who answers for it"), owners))
    return Sheet(
        f"{part.name}: {mark} {now.level}% {word}",
        facts=facts,
        blocks=tuple(blocks),
    )


def why_card(city: City, scenario: Scenario, trace: Trace, component: str, minute: int, course: Trace | None) -> Sheet:
    """Return the same in few lines: the last steps of the path, the first buffers, the first changes."""
    page = why_sheet(city, scenario, trace, component, minute, course)
    shown = (_("Buffers that run"), _("Next, if nobody decides anything"))
    why, others = page.blocks[0], [block for block in page.blocks if block.heading in shown]
    return Sheet(
        page.title,
        blocks=(Block("", why.lines[-_CARD_LINES:]), *(Block(block.heading, block.lines[:2]) for block in others)),
    )


def providers(city: City, component: str) -> frozenset[str]:
    """Return *component* and everything that it needs, directly or further down."""
    needed: dict[str, set[str]] = {}
    for placed in city.placed_needs:
        if placed.role in ("level", "fallback"):
            needed.setdefault(placed.dependent, set()).update(placed.need.provider_ids)
    found = {component}
    waiting = [component]
    while waiting:
        new = needed.get(waiting.pop(), set()) - found
        found |= new
        waiting += sorted(new)
    return frozenset(found)


def subject_name(city: City, scenario: Scenario, subject: str) -> str:
    """Return what people call the subject of a record: a component, an incident, a decision, a deadline."""
    for incident in scenario.incidents:
        if incident.id == subject:
            return str(incident.name)
    if subject in scenario.decision_by_id:
        return str(scenario.decision_by_id[subject].title)
    return name_of(city, subject)


def _facts(city: City, part: Component, since: int, level: int) -> tuple[tuple[str, str], ...]:
    facts = []
    if part.residents is not None:
        about = "≈" if city.is_assumed(part.residents) else ""
        facts.append((_("Residents"), f"{about}{number(residents_of(part))}"))
    facts.append((_("Minimum"), f"{minimum_level_of(part)}%"))
    allowed = mtd_of(part)
    if allowed is not None:
        facts.append((_("Longest below it (MTD)"), span(allowed)))
    if since or level < 100:
        facts.append((_("Since"), moment(since)))
    if part.offline_alternative is not None:
        facts.append((_("Without computers"), str(part.offline_alternative.description)))
    return tuple(facts)


def _step(scenario: Scenario, step: Step) -> str:
    text = step.sentence
    if step.what is What.INCIDENT:
        names = {incident.id: incident.name for incident in scenario.incidents}
        text = _("{when} incident: {name}.", when=moment(step.minute), name=names.get(step.subject, step.subject))
    elif step.what is What.DECISION and step.subject in scenario.decision_by_id:
        title = scenario.decision_by_id[step.subject].title
        text = _("{when} decision: {name}.", when=moment(step.minute), name=title)
    return _("{text} (≈ assumption)", text=text) if step.assumed else text


def _marks(city: City, trace: Trace, component: str, chain: frozenset[str], minute: int) -> tuple[str, ...]:
    """Return what malware and data did below the component until *minute*: of itself first, then the latest."""
    found = [record for record in trace.with_what(*CONTAGIOUS) if record.subject in chain and record.minute <= minute]
    found.sort(key=lambda record: (record.subject != component, -record.minute))
    return tuple(sentence(city, trace, record) for record in found[:_FARTHEST_LINES])


def _buffers(city: City, course: Trace, chain: frozenset[str], minute: int) -> tuple[str, ...]:
    """A buffer that runs now is one that the course empties later, and that began to run before."""
    began: dict[str, int] = {}
    lines = []
    for record in course.records:
        if record.subject in chain and record.what is What.BUFFER_RUNNING:
            began[record.subject] = record.minute
        running = began.get(record.subject, minute + 1) <= minute < record.minute
        if record.subject in chain and record.what is What.BUFFER_EMPTY and running:
            left = countdown(record.minute - minute)
            name = name_of(city, record.subject)
            lines.append(_("{name}: empty at {time}, {left}", name=name, time=moment(record.minute), left=left))
    return tuple(lines[:_FARTHEST_LINES])


def _coming(
    city: City, scenario: Scenario, course: Trace, component: str, chain: frozenset[str], minute: int
) -> tuple[str, ...]:
    """Return what the course holds for the component itself, and what is used up below it."""
    lines = []
    for record in course.records:
        used_up = record.what in (What.BUFFER_EMPTY, What.FALLBACK_USED_UP) and record.subject in chain
        itself = record.subject == component and record.what is What.LEVEL
        if record.minute > minute and (used_up or itself or record.what is What.INCIDENT):
            lines.append(_coming_line(city, scenario, course, record))
    return tuple(lines[:_FARTHEST_LINES])


def _coming_line(city: City, scenario: Scenario, course: Trace, record: Record) -> str:
    if record.what is What.INCIDENT:
        name = subject_name(city, scenario, record.subject)
        return _("{when} incident: {name}.", when=moment(record.minute), name=name)
    return sentence(city, course, record)
