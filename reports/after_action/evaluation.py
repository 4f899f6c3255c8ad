"""What was practised, how it was rated, and what was learnt: the evaluation part of the after-action report."""

from collections.abc import Mapping

from reports.after_action.model import Played
from reports.document import Block, Bullets, Definitions, Paragraph, Section
from reports.tables import Table
from resilience.base.language import _
from resilience.exercise.records import Rating
from scenarios.schema import CriticalTask


def practised_section(played: Played) -> Section:
    """Return scenario, teams and objectives."""
    scenario = played.scenario
    blocks_of = scenario.blocks
    six = (
        (_("Cause"), str(blocks_of.cause)),
        (_("Source"), str(blocks_of.source)),
        (_("Actors"), str(blocks_of.actors)),
        (_("Domain"), str(blocks_of.domain)),
        (_("Area"), str(blocks_of.area)),
        (_("Perspective"), str(blocks_of.perspective)),
    )
    cells = Table(
        caption=_("The teams at the table"),
        header=(_("Team"), _("What it does and may decide")),
        rows=tuple((str(cell.name), str(cell.role)) for cell in scenario.cells),
    )
    objectives = Bullets(tuple(str(objective.text) for objective in scenario.objectives))
    blocks: list[Block] = [
        Paragraph(_("The scenario in the six blocks of the Dutch national digital crisis plan:")),
        Definitions(six),
        cells,
    ]
    if objectives.items:
        blocks += [Paragraph(_("The objectives of the exercise:")), objectives]
    return Section("practised", _("What was practised"), tuple(blocks))


def grade_words(grade: str) -> str:
    """Return what a grade means, behind its letter."""
    meaning = {
        "P": _("performed without challenges"),
        "S": _("performed with some challenges"),
        "M": _("performed with major challenges"),
        "U": _("unable to be performed"),
    }[grade]
    return _("{letter}: {meaning}", letter=grade, meaning=meaning)


def ratings_section(played: Played) -> Section:
    """Return every critical task with its rating and what was observed; what was not rated says so."""
    ratings: dict[str, list[Rating]] = {}
    for rating in played.state.ratings:
        ratings.setdefault(rating.task, []).append(rating)
    tables = tuple(
        Table(
            caption=str(objective.text),
            header=(_("Critical task"), _("Rating"), _("Observed"), _("Moment")),
            rows=tuple(row for task in objective.critical_tasks for row in _rating_rows(task, ratings, played)),
            firm=frozenset({3}),
        )
        for objective in played.scenario.objectives
    )
    nothing = Paragraph(_("The scenario names no objectives with critical tasks."))
    return Section("ratings", _("Objectives and ratings"), tables or (nothing,))


def _rating_rows(task: CriticalTask, ratings: Mapping[str, list[Rating]], played: Played) -> list[tuple[str, ...]]:
    if task.id not in ratings:
        return [(str(task.text), _("not rated"), _("To look for: {observation}", observation=task.observation), "–")]
    return [
        (
            str(task.text),
            grade_words(rating.grade),
            _("{observation} ({observer})", observation=rating.observation, observer=rating.observer),
            played.run.moments.moment(rating.minute),
        )
        for rating in ratings[task.id]
    ]


def findings_section(played: Played) -> Section:
    """Return strengths, improvements with action, owner and date, and the questions for the debrief."""
    findings = played.state.findings
    strengths = tuple(finding.text for finding in findings if finding.sort == "strength")
    tasks = {task.id: str(task.text) for one in played.scenario.objectives for task in one.critical_tasks}
    rows = tuple(
        (
            finding.text,
            tasks.get(finding.task or "", "–"),
            finding.action or _("to be agreed"),
            finding.owner or _("to be named"),
            finding.by or _("to be set"),
        )
        for finding in findings
        if finding.sort == "improvement"
    )
    blocks: list[Block] = []
    if strengths:
        blocks += [Paragraph(_("What went well:")), Bullets(strengths)]
    blocks.append(
        Table(
            caption=_("What must improve, who does it, and by when"),
            header=(_("Finding"), _("Critical task"), _("Action"), _("Owner"), _("Date")),
            rows=rows,
            when_empty=_("No finding was recorded yet; add them to the exercise, with an owner and a date each."),
        )
    )
    if played.scenario.debrief:
        questions = Bullets(tuple(str(question) for question in played.scenario.debrief))
        blocks += [Paragraph(_("Questions for the debrief:")), questions]
    return Section("findings", _("Findings and actions"), tuple(blocks))
