"""``resilience demo``: the main job in one go, without a terminal."""

from pathlib import Path

import click

from resilience.cli.translated import Command, later

CITY = "utrecht"
SCENARIO = "zwart-scherm"


@click.command(
    cls=Command,
    help=later(
        "Show in one go what the program does: check the map of Utrecht, let a cyber incident run through it, "
        "rehearse the exercise unattended, and write both reports. It asks nothing and needs no network."
    ),
    epilog=later("Example: resilience demo --out resilience-output"),
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("resilience-output"), show_default=True,
    metavar="DIR", help=later("The folder to write the reports in."),
)  # fmt: skip
def demo(out: Path) -> None:
    """Do the four steps, one after the other."""
    from city_model.loader import load_city
    from city_model.redaction import OFFICER, view_of
    from city_model.summary import summarise
    from reports.after_action.report import after_action_report
    from reports.cascade import cascade_report
    from reports.html import render
    from resilience.base.files import make_folder, write_text
    from resilience.base.language import _, language
    from resilience.cli import output
    from resilience.cli.runs.level_strip import write_functions
    from resilience.exercise.rehearse import rehearse
    from resilience.simulation.engine import simulate
    from resilience.simulation.orders import clock_lengths, incident_orders
    from scenarios.loader import load_scenario

    make_folder(out)
    view = view_of(load_city(CITY), OFFICER)
    city = view.city
    counts = summarise(city)
    output.result(
        _(
            "1. The map of {city} has no faults: {components} components of {running} organisations, {needs} "
            "dependencies. {assumed} of {figures} figures are assumptions that nobody confirmed.",
            city=city.name, components=counts.components, running=counts.running, needs=counts.needs,
            assumed=counts.assumed_figures, figures=counts.figures,
        )
    )  # fmt: skip
    scenario = load_scenario(SCENARIO, city)
    trace = simulate(city, incident_orders(scenario), horizon=scenario.horizon, clocks=clock_lengths(scenario))
    output.result("")
    output.result(_("2. The scenario “{name}” (fiction), when nobody decides anything.", name=scenario.name))
    write_functions(city, trace)
    with rehearse(CITY, SCENARIO, lang=language()) as session:
        after_action = after_action_report(session, reader=OFFICER)
        played = session.state
    output.result(
        _(
            "3. The exercise was rehearsed unattended: {injects} injects sent, {decisions} decisions taken, "
            "{events} events in the log.",
            injects=len(played.sent), decisions=len(played.decisions), events=len(played.events),
        )
    )  # fmt: skip
    reports = {
        f"{SCENARIO}-cascade.html": cascade_report(view, scenario, trace),
        f"{SCENARIO}-after-action.html": after_action,
    }
    output.result("")
    output.result(_("4. Two reports, each one file that needs no network; open them in a browser:"))
    for name, document in reports.items():
        write_text(out / name, render(document, language()))
        output.result(f"   {out / name}")
    output.result("")
    output.result(_("Play the exercise yourself, in a terminal of at least 80 by 24:"))
    output.result(f"   {_called()} exercise start {CITY} {SCENARIO}")


def _called() -> str:
    """Return how to call this program here: by name where the shell finds it, else by the path that was used now."""
    import os
    import shutil
    import sys

    if shutil.which("resilience"):
        return "resilience"
    path = Path(sys.argv[0])
    return os.path.relpath(path) if path.name == "resilience" else f"{sys.executable} -m resilience"
