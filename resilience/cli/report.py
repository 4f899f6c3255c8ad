"""``resilience report``: a simulation or an exercise as one page to read, print and keep."""

import datetime as dt
from pathlib import Path

import click

from resilience.cli.city.opening import a_reader, reader_option
from resilience.cli.exercise.log import PSEUDONYMS_HELP
from resilience.cli.pages import PAGE, write_page
from resilience.cli.translated import Group, later


@click.group(cls=Group, help=later("Write reports about a simulation or an exercise."))
def report() -> None:
    """Only the commands below do something."""


@report.command(
    help=later(
        "Write what the incidents of a scenario do to a city, hour by hour, as one HTML file.\n\n"
        "CITY is a bundled city or a folder, SCENARIO a bundled scenario or a .yaml file. Nobody decides anything in "
        "this run. The file needs no network and holds everything: charts, their tables, reasons and assumptions. The "
        "same input and seed give the same file.\n\n"
        "With --for everything is computed on the part of the map that this reader may see, which 'resilience city "
        "redact' writes too; the page says for whom it is and how much is hidden."
    ),
    epilog=later("Example: resilience report cascade utrecht zwart-scherm --out cascade.html"),
)
@click.argument("city")
@click.argument("scenario")
@click.option("--out", type=PAGE, required=True, metavar="FILE", help=later("The HTML file to write."))
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Luck of this run."))
@reader_option
def cascade(city: str, scenario: str, out: Path, seed: int, reader: str) -> None:
    """Simulate the scenario and write its report."""
    from city_model.loader import load_city
    from reports.cascade import cascade_for
    from scenarios.loader import load_scenario

    loaded = load_city(city)
    given = load_scenario(scenario, loaded)
    write_page(cascade_for(loaded, given, reader=a_reader(loaded, reader), seed=seed), out)


@report.command(
    "after-action",
    help=later(
        "Write the report on an exercise as one HTML file: what was practised, what happened, what each decision "
        "changed, which deadlines were met, what was learnt.\n\n"
        "EXERCISE is an exercise file; it is not changed, and may be in use. The report is for whoever led the "
        "exercise: it holds all that was written in it, marked or not. How its actions stand, and what earlier "
        "exercises left undone, comes from your register ('resilience exercise actions')."
    ),
    epilog=later("Example: resilience report after-action flood.exercise --out report.html"),
)
@click.argument("exercise", type=PAGE)
@click.option("--out", type=PAGE, required=True, metavar="FILE", help=later("The HTML file to write."))
@click.option(
    "--register", type=PAGE, metavar="FILE", help=later("The register; default: the one in your exercise folder.")
)
@click.option("--pseudonyms", is_flag=True, help=PSEUDONYMS_HELP)
def after_action(exercise: Path, out: Path, register: Path | None, pseudonyms: bool) -> None:
    """Read the exercise file and write its report."""
    from city_model.redaction import OFFICER
    from reports.after_action.report import after_action_report
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.exercise.evaluation.register import Register
    from resilience.exercise.evaluation.survey import Survey
    from resilience.exercise.session import Session

    if out.exists() and exercise.exists() and out.samefile(exercise):
        problem = _("the report would replace the exercise itself")
        raise InputError.because(problem, _("give another file with --out"), file=str(out))
    with Session.open(exercise, conduct=False, read_only=True) as session:
        if pseudonyms:
            session.hide_people()
        document = after_action_report(
            session,
            reader=OFFICER,
            actions=Register(register).actions(),
            today=dt.date.today(),  # noqa: DTZ011
            survey=Survey(exercise).summary(),
        )
    write_page(document, out)


@report.command(
    help=later(
        "Write for one partner what it does to others when it fails, and what others do to it, as one HTML file.\n\n"
        "CITY is a bundled city or a folder, ORG the id of an organisation in it. The file holds only what that "
        "partner may see: everything is computed on its own view of the map. It ends with what you ask the partner to "
        "confirm; send it with the questionnaire of 'resilience city pack'."
    ),
    epilog=later("Example: resilience report partner utrecht stedin --out stedin.html"),
)
@click.argument("city")
@click.argument("organisation", metavar="ORG")
@click.option("--out", type=PAGE, required=True, metavar="FILE", help=later("The HTML file to write."))
def partner(city: str, organisation: str, out: Path) -> None:
    """Compute what goes out from one partner and what comes to it, and write it."""
    from city_model.loader import load_city
    from reports.partner import partner_report
    from resilience.cli.city.opening import known_organisation

    loaded = load_city(city)
    known_organisation(loaded, city, organisation)
    write_page(partner_report(loaded, organisation), out)
