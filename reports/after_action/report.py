"""The after-action report: what was practised, what happened, what each decision changed, what was learnt."""

import datetime as dt
from collections.abc import Sequence

from city_model.redaction import Reader
from reports.after_action.actions import actions_section
from reports.after_action.criteria import criteria_section
from reports.after_action.debrief import debrief_sections
from reports.after_action.evaluation import findings_section, practised_section, ratings_section
from reports.after_action.messages import messages_section
from reports.after_action.model import Played
from reports.after_action.picture import picture_section
from reports.after_action.play import (
    clocks_section,
    decisions_section,
    indirect_section,
    log_section,
    timeline_section,
    values_section,
)
from reports.after_action.roles import roles_section
from reports.after_action.survey import survey_section
from reports.assumptions import assumption_blocks, assumption_callout
from reports.cascade import function_blocks
from reports.common_parts import EXERCISE, glossary_section, method_section, tlp_marking
from reports.decision_effects import saved_words
from reports.document import Block, Callout, Document, KeyFigure, KeyFigures, Marking, Paragraph, Section
from reports.harm import harm_blocks
from reports.run import facts
from reports.words import duration, number
from resilience.base.language import _, ngettext
from resilience.base.units import format_clock
from resilience.exercise.clock import EARLIEST_REAL_WALL
from resilience.exercise.evaluation.counterfactuals import counterfactuals
from resilience.exercise.evaluation.register import Action
from resilience.exercise.evaluation.survey import Summary
from resilience.exercise.events import Kind
from resilience.exercise.session import Session
from resilience.exercise.state import Phase


def after_action_report(
    session: Session,
    *,
    reader: Reader,
    actions: Sequence[Action] = (),
    today: dt.date | None = None,
    survey: Summary | None = None,
) -> Document:
    """Return the report on the exercise in *session*, for *reader*, in the current language.

    *actions* is what the register of actions holds *today*, *survey* what the people who played answered.
    """
    played = Played.of(session, reader)
    effects = counterfactuals(played)
    run = played.run
    sections = [
        Section("summary", _("Summary"), _summary(played, saved_words(played, effects))),
        practised_section(played),
        timeline_section(played),
        Section("functions", _("City functions over time"), function_blocks(run)),
        Section("harm", _("Harm to people, and money"), harm_blocks(run)),
        decisions_section(played, effects),
        *values_section(played),
        *clocks_section(played),
        indirect_section(played),
        *picture_section(played),
        *messages_section(played),
        criteria_section(played),
        ratings_section(played),
        *debrief_sections(played),
        *roles_section(played),
        findings_section(played),
        *(actions_section(played, actions, today) if today else ()),
        *survey_section(survey),
        Section("assumptions", _("What this rests on"), assumption_blocks(run.names, run.trace)),
        method_section(),
        glossary_section(),
        log_section(played),
    ]
    head = played.state.head
    return Document(
        title=str(played.scenario.name),
        subtitle=str(played.scenario.summary),
        kind=_("After-action report"),
        reader=reader,
        markings=(Marking("exercise", EXERCISE), Marking("fiction", _("FICTION")), tlp_marking(run.view)),
        facts=(*_played_on(played), *facts(run)),
        sections=tuple(sections),
        closing=_(
            "Made from the log of the exercise: {events} events, fingerprint {hash}, written by version {program}.",
            events=number(len(played.state.events)),
            hash=played.state.events[-1].content_hash[:16],
            program=head.program if head else "–",
        ),
    )


def _played_on(played: Played) -> tuple[tuple[str, str], ...]:
    starts = played.state.events_of(Kind.STARTEX)
    if not starts:
        return ((_("Played"), _("not yet")),)
    if starts[0].wall < EARLIEST_REAL_WALL:
        return ((_("Played"), _("rehearsal by the program, without players")),)
    moment = dt.datetime.fromtimestamp(starts[0].wall / 1000, tz=dt.UTC)
    return ((_("Played on"), f"{moment:%Y-%m-%d}"),)


def _summary(played: Played, saved: str) -> tuple[Block, ...]:
    state, scenario = played.state, played.scenario
    graded = {rating.task for rating in state.ratings}
    tasks = [task.id for objective in scenario.objectives for task in objective.critical_tasks]
    in_time = sum(deadline.status(played.minute) == "met" for deadline in state.deadlines.values())
    figures = KeyFigures(
        (
            KeyFigure(
                duration(played.minute),
                _("of exercise time played"),
                _("of {horizon}", horizon=duration(scenario.horizon)),
            ),
            KeyFigure(_("{sent} of {total}", sent=len(state.sent), total=len(scenario.injects)), _("injects sent")),
            KeyFigure(
                str(len(state.taken)),
                ngettext("decision recorded", "decisions recorded", len(state.taken)),
            ),
            KeyFigure(
                _("{rated} of {total}", rated=len(graded & set(tasks)), total=len(tasks)), _("critical tasks rated")
            ),
            KeyFigure(_("{met} of {total}", met=in_time, total=len(state.deadlines)), _("deadlines met in time")),
            KeyFigure(
                _("{fallen} of {total}", fallen=len(played.run.fallen), total=len(played.run.outcomes)),
                _("city functions affected"),
            ),
        )
    )
    blocks: list[Block] = [Paragraph(_lead(played, saved), lead=True), figures]
    blocks.append(Callout("note", _("Invented events"), str(scenario.fiction)))
    if state.phase is not Phase.ENDED:
        text = _("ENDEX was not given yet; this is how things stand at {moment}.", moment=format_clock(played.minute))
        blocks.append(Callout("warning", _("Not finished"), text))
    if not played.recomputable:
        text = _(
            "This exercise was played with another version of the engine's rules. The recorded run is shown; what "
            "would have happened with other decisions cannot be computed again."
        )
        blocks.append(Callout("warning", _("Recorded with other rules"), text))
    elif played.minute < scenario.horizon:
        text = _(
            "After {moment} the run goes on as if nobody decides anything more.", moment=format_clock(played.minute)
        )
        blocks.append(Callout("note", _("Beyond the end of play"), text))
    blocks.append(assumption_callout(played.run.trace))
    return tuple(blocks)


def _lead(played: Played, saved: str) -> str:
    cells = len(played.scenario.cells)
    words = ngettext(
        "{number} team practised “{name}” in {city}.",
        "{number} teams practised “{name}” in {city}.",
        cells,
        name=played.scenario.name,
        city=played.run.view.name,
    )
    return f"{words} {saved}".strip()
