"""The after-action report on a small exercise."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from city_model.effects import Supply
from city_model.loader import load_city
from city_model.redaction import OFFICER
from reports.after_action.model import Played
from reports.after_action.report import after_action_report
from reports.document import Bullets, Callout, Chart, Document, Folded, KeyFigures, Paragraph, Timeline
from reports.html import render
from reports.tables import Table
from resilience.exercise.evaluation.counterfactuals import counterfactuals
from resilience.exercise.evaluation.survey import summarised
from resilience.exercise.scaling import structure_for
from resilience.exercise.seats import Seat
from resilience.exercise.session import Session
from scenarios.loader import load_scenario
from scenarios.survey import survey_questions, survey_text
from tests.unit.exercise.small_exercise import MINUTE, SCENARIO, new_session


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Session]:
    """An exercise in which a generator was connected at minute 15, and the counter closed on its own at minute 40."""
    session, wall = new_session(tmp_path)

    def to(minute: int) -> None:
        wall.now = MINUTE * (minute + 1)
        session.tick()

    session.start()
    to(12)
    session.note("Only the centre is dark", status="assumed", source="control room", cell="gbt")
    to(15)
    session.decide("open-hall", "connect", who="mayor", why="Residents first", values={"trust": "We can explain it"})
    to(40)
    session.decide("close-counter", "close", who="IT lead", cell="it")
    to(60)
    session.scale("GRIP 1", "more teams needed")
    to(90)
    session.rate_task("call-authority", "S", "Called, ten minutes late")
    session.add_finding("strength", "The generator was there at once")
    session.add_finding(
        "improvement", "Nobody told the counter", action="Add the counter to the list", owner="head of service",
        by=dt.date(2027, 3, 1),
    )  # fmt: skip
    session.end("end of the morning")
    yield session
    session.close()


@pytest.fixture
def report(played: Session) -> Document:
    """The report on it."""
    return after_action_report(played, reader=OFFICER)


def blocks(document: Document, key: str, kind: type) -> list[Any]:
    """Return the blocks of one kind in one section, unfolded."""
    section = next(section for section in document.sections if section.key == key)
    found = []
    for block in section.blocks:
        found += [part for part in block.blocks if isinstance(part, kind)] if isinstance(block, Folded) else []
        found += [block] if isinstance(block, kind) else []
    return found


def plain(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Return rows with ordinary spaces."""
    return [[cell.replace("\xa0", " ") for cell in row] for row in rows]


def test_every_page_says_that_it_is_an_exercise(report: Document) -> None:
    """In both languages at once, beside the mark for fiction."""
    assert [marking.text for marking in report.markings] == ["OEFENING - EXERCISE", "FICTION", "TLP:CLEAR"]


def test_the_summary_counts_what_was_done(report: Document) -> None:
    """Time, injects, decisions, ratings, deadlines and functions."""
    figures = blocks(report, "summary", KeyFigures)[0].figures

    assert [(figure.value, figure.label) for figure in figures] == [
        ("1 hour 30 minutes", "of exercise time played"),
        ("3 of 5", "injects sent"),
        ("2", "decisions recorded"),
        ("1 of 1", "critical tasks rated"),
        ("1 of 1", "deadlines met in time"),
        ("1 of 2", "city functions affected"),
    ]


def test_the_time_line_lays_play_and_city_beside_each_other(report: Document) -> None:
    """Injects, deadlines and decisions of the log, incidents and falls of the run, in one order."""
    line = blocks(report, "timeline", Timeline)[0]

    assert [(entry.label, entry.title) for entry in line.entries] == [
        ("Exercise", "STARTEX"),
        ("Incident", "Failure"),
        ("Inject", "First call"),
        ("Deadline", "Early warning"),
        ("Decision D1", "Generator – Connect"),
        ("Deadline", "Early warning"),
        ("Inject", "SECRET-IT"),
        ("Decision D2", "Close the counter – Close"),
        ("Function falls", "Counter to 0%"),
        ("Inject", "Counter is down"),
        ("Crisis organisation", "Scaled to GRIP 1 (more teams needed)"),
        ("Exercise", "ENDEX (end of the morning)"),
    ]


def test_each_decision_is_weighed_against_the_run_without_it(played: Session) -> None:
    """The generator kept the server up but the counter was closed: alone it saved nothing, the closure cost all."""
    found = counterfactuals(Played.of(played, OFFICER))

    names = [one.decision.point if one.decision else None for one in found]
    assert (names, found[0].saved >= 0, found[1].saved < 0) == (["open-hall", "close-counter", None], True, True)


def test_decisions_are_listed_with_reasons_and_effects(report: Document) -> None:
    """Who decided what and why, and what that is in the model."""
    rows = plain(blocks(report, "decisions", Table)[0].rows)

    assert [[row[0], row[2], row[3], row[4], row[5]] for row in rows] == [
        [
            "D1",
            "Generator – Connect",
            "mayor",
            "Residents first",
            "10 hours of supply by other means for Server (needs Power); deadline met: Early warning",
        ],
        ["D2", "Close the counter – Close", "IT lead", "–", "close Counter"],
    ]


def test_answers_on_values_are_kept(report: Document) -> None:
    """What the team answered stands in the report as it was given."""
    assert blocks(report, "values", Table)[0].rows == (("D1", "Generator – Connect", "Trust", "We can explain it"),)


def test_deadlines_show_their_margin(report: Document) -> None:
    """The early warning ran from the first call at minute 12 and was met at minute 15."""
    rows = plain(blocks(report, "deadlines", Chart)[0].spec.table.rows)

    assert [[row[0], row[4], row[5]] for row in rows] == [["Early warning", "✓ met in time", "23 h 57 min left"]]


def test_the_picture_is_laid_beside_the_truth(report: Document) -> None:
    """What a team wrote down, and what was so in the run at that minute."""
    rows = blocks(report, "picture", Table)[0].rows

    assert [row[1:] for row in rows] == [
        ("Policy team", "assumed", "Only the centre is dark (source: control room)", "all functions at 100%")
    ]


def test_tasks_carry_their_rating(report: Document) -> None:
    """Grade in words, with what was observed."""
    rows = blocks(report, "ratings", Table)[0].rows

    assert [row[:3] for row in rows] == [
        (
            "Calls the authority.",
            "S: performed with some challenges",
            "Called, ten minutes late (facilitator)",
        )
    ]


def test_findings_become_actions(report: Document) -> None:
    """Strengths as points, improvements with action, owner and date, and the questions for the debrief."""
    assert (blocks(report, "findings", Table)[0].rows, [b.items for b in blocks(report, "findings", Bullets)]) == (
        (("Nobody told the counter", "–", "Add the counter to the list", "head of service", "2027-03-01"),),
        [("The generator was there at once",), ("SECRET-DEBRIEF",)],
    )


def test_the_whole_log_is_in_the_appendix(report: Document, played: Session) -> None:
    """Every entry but the program's own housekeeping, with its number."""
    rows = blocks(report, "log", Table)[0].rows
    kept = [str(event.seq) for event in played.state.events if event.kind != "lease"]

    assert [row[0] for row in rows] == kept


def test_the_report_is_the_same_every_time(played: Session) -> None:
    """The log decides every byte: it holds no time of writing."""
    pages = {render(after_action_report(played, reader=OFFICER), "nl") for _ in range(2)}

    assert len(pages) == 1


def test_an_exercise_under_way_is_reported_as_it_stands(tmp_path: Path) -> None:
    """Before ENDEX the report says so, and what comes after now is computed without further decisions."""
    session, wall = new_session(tmp_path)
    session.start()
    wall.now = MINUTE * 31
    session.tick()
    report = after_action_report(session, reader=OFFICER)
    session.close()

    titles = [callout.title for callout in blocks(report, "summary", Callout)]
    assert titles == ["Invented events", "Not finished", "Beyond the end of play", "Rests on assumptions"]


def test_an_exercise_without_ratings_and_findings_leaves_room_for_them(tmp_path: Path) -> None:
    """Nobody observed: tasks say what to look for, and the table of actions stands ready with its columns."""
    session, _wall = new_session(tmp_path)
    session.start()
    session.end()
    report = after_action_report(session, reader=OFFICER)
    session.close()

    table = blocks(report, "findings", Table)[0]
    ratings = [row[1:3] for row in blocks(report, "ratings", Table)[0].rows]
    assert (table.header, table.rows, ratings) == (
        ("Finding", "Critical task", "Action", "Owner", "Date"),
        (),
        [("not rated", "To look for: The call was made.")],
    )


def test_an_exercise_of_other_rules_shows_what_was_recorded(played: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the rules have moved on, nothing is recomputed: no differences, and a sentence that says why."""
    monkeypatch.setattr("resilience.exercise.seated.SEMANTICS_VERSION", 999)
    report = after_action_report(played, reader=OFFICER)

    sentences = [block.text for block in blocks(report, "decisions", Paragraph)]
    assert (blocks(report, "decisions", Chart), sentences) == (
        [],
        ["What each decision changed cannot be computed with this version of the rules."],
    )


def test_a_decision_that_was_worked_out_counts_once(tmp_path: Path) -> None:
    """A team wrote it down and the facilitator gave it its effects later: one decision, with both their words."""
    path = tmp_path / "a.exercise"
    session, wall = new_session(tmp_path, path)
    session.start()
    wall.now = MINUTE * 16
    session.tick()
    with Session.open(path, seat=Seat("cell", "it"), wall_source=lambda: wall.now) as team:
        written = team.decide(None, None, who="IT lead", what="Put a generator there", why="the server", owner="crew")
    wall.now = MINUTE * 19
    session.tick()
    supply = Supply.model_validate({"effect": "supply", "need": "server>power", "minutes": "4h"})
    session.work_out(written.seq, [supply])
    session.end()
    report = after_action_report(session, reader=OFFICER)
    rows = plain(blocks(report, "decisions", Table)[0].rows)
    figures = blocks(report, "summary", KeyFigures)[0].figures
    names = [entry.label for entry in blocks(report, "timeline", Timeline)[0].entries if "Decision" in entry.label]
    charted = blocks(report, "decisions", Chart)[0].spec.rows
    session.close()

    assert {
        "rows": [(row[0], row[2], row[3], row[5]) for row in rows],
        "counted": [figure.value for figure in figures if "decision" in figure.label],
        "in the time line": names,
        "weighed": [row.replace("\xa0", " ") for row in charted],
    } == {
        "rows": [
            ("D1", "Put a generator there", "IT lead", "4 hours of supply by other means for Server (needs Power)")
        ],
        "counted": ["1"],
        "in the time line": ["Decision D1"],
        "weighed": ["D1 Put a generator there", "All decisions together"],
    }


def test_harm_and_money_stand_in_the_report_as_assumptions(report: Document) -> None:
    """Who is in trouble rests on curves that nobody measured, and the page says so before the first number."""
    assert blocks(report, "harm", Callout)[0].title == "Assumptions about people"


def test_goals_of_roles_stand_beside_the_traces_of_their_team(tmp_path: Path) -> None:
    """A team names its roles; what the log holds of that team, and of no other, stands below their goals."""
    script = SCENARIO.replace(
        "role: {nl: Beslist., en: Decides.}", "roles: [ciso, fg], role: {nl: Beslist., en: Decides.}"
    )
    session, _wall = new_session(tmp_path, scenario=script)
    session.start()
    session.note("a", cell="it")
    session.note("b", cell="gbt", about="web", says="works")
    session.rate_task("call-authority", "M", "too late")
    report = after_action_report(session, reader=OFFICER)
    session.close()

    assert (
        [(table.caption, [row[0] for row in table.rows]) for table in blocks(report, "roles", Table)],
        blocks(report, "roles", Paragraph)[1].text,
    ) == (
        [("Policy team", ["CISO", "Data protection officer"])],
        (
            "From the log: tasks rated: 1 of 1 (M 1); decisions: 0, with owner, moment and receiver: 0; "
            "lines of the picture: 1; of those that can be judged, right: 1 of 1."
        ),
    )


def test_the_roles_of_the_shipped_scenario_have_goals() -> None:
    """Every team of Zwart scherm names roles that the crisis structure of Utrecht knows, with something to learn."""
    city = load_city("utrecht")
    known = {role.id: role for role in structure_for(city).roles}
    scenario = load_scenario("zwart-scherm", city)

    assert [(cell.id, name) for cell in scenario.cells for name in cell.roles if not known[name].goals] == []
    assert [cell.id for cell in scenario.cells if not cell.roles] == []


def test_what_the_players_thought_is_in_the_report(played: Session) -> None:
    """Means with the reader's decimal sign, and nothing of a group that is too small."""
    people = [{"ervaring": "nooit", "rol": "4"}] * 5 + [{"ervaring": "vaak", "rol": "2"}] * 7 + [{"rol": "1"}]
    summary = summarised(survey_questions(survey_text()), people, {})
    report = after_action_report(played, reader=OFFICER, survey=summary)
    rows = blocks(report, "survey", Table)[0].rows

    assert (rows[0], len(blocks(report, "survey", Table))) == (
        ("I knew my role and what I might decide.", "13", "2.7", "hidden", "hidden", "2.0"), 2,
    )  # fmt: skip


def test_what_teams_said_in_the_debrief_stands_under_its_question(played: Session) -> None:
    """In the order of asking and the words of the report's language; without an answer there is no such section."""
    before = [section.key for section in after_action_report(played, reader=OFFICER).sections]
    played.reflect("tomorrow", "call the grid", cell="it")
    played.reflect("well", "calm", cell="gbt")
    played.reflect("well", "the room agreed")
    tables = blocks(after_action_report(played, reader=OFFICER), "debrief", Table)

    assert ("debrief" in before, [(one.caption, one.rows) for one in tables]) == (
        False,
        [
            ("What went well?", (("Policy team", "calm"), ("everyone", "the room agreed"))),
            ("What do we do tomorrow?", (("IT team", "call the grid"),)),
        ],
    )
