"""``resilience exercise survey``: what whoever played thought of it, anonymous."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from resilience.exercise.evaluation.survey import Survey
    from scenarios.survey import SurveyQuestion, SurveyQuestions

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=Command,
    help=later(
        "Ask whoever played what they thought of it, one after the other, on this terminal; or take the answers from a "
        "file.\n\n"
        "EXERCISE is an exercise file, or its name in your exercise folder; the answers go into a file of their own "
        "beside it, without team, time or order. Once it is closed nothing can be added, and the after-action report "
        "shows the outcome; of fewer than five people it shows nothing."
    ),
    epilog=later(
        "Example: resilience exercise survey night.exercise\n\n"
        "Example: resilience exercise survey night.exercise --form form.csv\n\n"
        "Example: resilience exercise survey night.exercise --answers form.csv --close"
    ),
)
@click.argument("path", metavar="EXERCISE", type=FILE)
@click.option(
    "--answers", "given", type=FILE, metavar="FILE", help=later("Take the answers in this .csv, .xlsx or .json.")
)
@click.option(
    "--form", type=FILE, metavar="FILE", help=later("Write an empty .csv with the questions, to fill in elsewhere.")
)
@click.option(
    "--questions", "own", type=FILE, metavar="FILE", help=later("Ask these questions, from a .yaml of yours.")
)
@click.option("--close", is_flag=True, help=later("End the survey; its outcome can then be shown."))
@click.option("--json", "as_json", is_flag=True, help=later("Write the outcome as JSON, once it is closed."))
def survey(
    path: Path, given: Path | None, form: Path | None, own: Path | None, close: bool, as_json: bool
) -> None:  # fmt: skip
    """Ask, take in, close, or show."""
    from resilience.base.files import read_text
    from resilience.base.language import _
    from resilience.cli import diagnostics, output
    from resilience.exercise.evaluation.survey import Survey
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.session import Session
    from resilience.exercise.state import Phase
    from scenarios.survey import survey_text

    exercise = found(path)
    with Session.open(exercise, conduct=False, read_only=True) as session:
        ended = session.state.phase is Phase.ENDED
    if not ended:
        from resilience.base.problems import InputError

        what = _("this exercise has not ended")
        raise InputError.because(what, _("ask after ENDEX, when everybody has played"), file=str(exercise))
    kept = Survey(exercise)
    questions = kept.begin(survey_text() if own is None else read_text(own))
    if form is not None:
        _write_form(questions, form)
        diagnostics.note(_("the form is in {file}", file=form))
    if given is not None:
        kept.add(_read(given))
    if form is None and given is None and not close and not as_json:
        _ask_all(kept, questions)
    if close:
        kept.close()
    if as_json:
        output.json_result(_data(kept))
    elif not kept.is_closed():
        diagnostics.note(_("people who answered: {number}; close it with --close", number=kept.answered()))
    else:
        diagnostics.note(_("the survey is closed; its outcome is in the after-action report"))


def _ask_all(kept: "Survey", questions: "SurveyQuestions") -> None:
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.cli import output
    from resilience.cli.terminal import require_terminal

    require_terminal(_("the questions need a terminal"), _("take the answers from a file with --answers"))
    if kept.is_closed():
        what = _("this survey is closed")
        raise InputError.because(what, _("its outcome is in the report; nothing can be added any more"))
    while True:
        click.clear()  # the next one must not read what the last one answered
        output.result(_("Anonymous: no team and no time is kept. Enter leaves a question open."))
        answers = {one.id: _ask(one) for one in questions.questions}
        if any(answers.values()):
            kept.add([answers])
        click.clear()
        output.result(_("Thank you."))
        output.result(_("Is there somebody else? Enter: yes; n: no."))
        if str(click.prompt("", default="", show_default=False, prompt_suffix="> ")).strip().casefold().startswith("n"):
            return


def _ask(question: "SurveyQuestion") -> str:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.exercise.evaluation.survey import options_of

    output.result("")
    output.result(str(question.text))
    if question.kind == "text":
        return str(click.prompt("", default="", show_default=False, prompt_suffix="> "))
    codes = options_of(question)
    if question.kind == "scale":
        output.result(_("1 = wholly disagree … 5 = wholly agree"))
        shown = codes
    else:
        shown = tuple(str(place) for place in range(1, len(codes) + 1))
        for place, option in zip(shown, question.options, strict=True):
            output.result(f"  {place} = {option.name}")
    while True:
        answer = str(click.prompt("", default="", show_default=False, prompt_suffix="> ")).strip()
        if not answer:
            return ""
        if answer in shown:
            return codes[shown.index(answer)]
        output.result(_("Answer one of: {words}", words=", ".join(shown)))


def _read(path: Path) -> list[dict[str, str]]:
    """Return the answers in a file: a list of objects, or a table with a column for each question."""
    import json

    from city_model.exchange.safe_input import is_zip, read_bytes
    from city_model.exchange.tables import read_tables
    from resilience.base.files import read_text
    from resilience.base.language import _
    from resilience.base.problems import InputError

    if path.suffix.lower() == ".json":
        try:
            rows = json.loads(read_text(path))
            return [{str(key): str(value) for key, value in row.items() if value is not None} for row in rows]
        except (ValueError, AttributeError, TypeError) as error:
            what = _("this is not a list of answers")
            raise InputError.because(
                what, _("write a list with an object for each person: id of the question, answer"), file=str(path)
            ) from error
    table = read_tables(path, as_workbook=is_zip(read_bytes(path)))[0]
    return [
        {
            header: cell.text
            for header, cell in zip(table.headers, row.cells, strict=False)
            if header and cell.text.strip()
        }
        for row in table.rows
        if any(cell.text.strip() for cell in row.cells) and not row.cells[0].text.startswith("#")
    ]


def _write_form(questions: "SurveyQuestions", path: Path) -> None:
    from city_model.exchange.table_out import BOM, Sheet, csv_text
    from resilience.base.files import write_text
    from resilience.exercise.evaluation.survey import options_of

    asked = questions.questions
    words = [str(one.text) if one.kind == "text" else f"{one.text} ({' / '.join(options_of(one))})" for one in asked]
    explained = (f"# {words[0]}", *words[1:])
    sheet = Sheet("survey", tuple(one.id for one in asked), (explained,))
    write_text(path, BOM + csv_text(sheet))


def _data(kept: "Survey") -> dict[str, object]:
    summary = kept.summary()
    if summary is None:
        return {"closed": False, "people": None, "questions": []}
    return {
        "closed": True,
        "people": summary.people,
        "questions": [
            {
                "id": one.question.id, "kind": one.question.kind, "text": one.question.text.model_dump(),
                "people": one.people, "mean": None if one.tenths is None else one.tenths / 10,
                "counts": None if one.counts is None else dict(one.counts),
                "mean_by_group": None
                if one.by_group is None
                else {name: None if mean is None else mean / 10 for name, mean in one.by_group.items()},
                "remarks": list(one.remarks),
            }
            for one in summary.outcomes
        ],
    }  # fmt: skip
