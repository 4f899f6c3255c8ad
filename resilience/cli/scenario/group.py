"""``resilience scenario``: which scenarios there are, whether one is right, and what a facilitator must know of it."""

from typing import TYPE_CHECKING

import click

from resilience.cli.scenario.kinds import kinds
from resilience.cli.scenario.structure import structure
from resilience.cli.translated import Group, later

if TYPE_CHECKING:
    from city_model.schema import City


@click.group(cls=Group, help=later("List, check and show scenarios."))
def scenario() -> None:
    """Only the commands below do something."""


scenario.add_command(kinds)
scenario.add_command(structure)


@scenario.command(
    "list",
    help=later("List the bundled scenarios."),
    epilog=later("Example: resilience scenario list"),
)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def list_scenarios(as_json: bool) -> None:
    """Write one row per scenario."""
    from resilience.base.language import _
    from resilience.base.units import format_duration
    from resilience.cli import output
    from scenarios.catalogue import bundled_scenarios
    from scenarios.loader import read_scenario

    found = [read_scenario(name) for name in bundled_scenarios()]
    if as_json:
        output.json_result(
            [
                {
                    "id": one.id,
                    "name": one.name.model_dump(),
                    "city": one.city,
                    "minutes": one.rounds[-1].ends,
                    "rounds": len(one.rounds),
                    "injects": len(one.injects),
                    "decisions": len(one.decisions),
                }
                for one in found
            ]
        )
        return
    headers = [_("scenario"), _("name"), _("city"), _("lasts"), _("rounds"), _("injects"), _("decisions")]
    rows = [
        (
            one.id,
            one.name,
            one.city,
            format_duration(one.rounds[-1].ends),
            len(one.rounds),
            len(one.injects),
            len(one.decisions),
        )
        for one in found
    ]
    output.table(headers, rows)


@scenario.command(
    "check",
    help=later(
        "Check a scenario against a city and name every fault with its line.\n\n"
        "SCENARIO is the name of a bundled scenario or a .yaml file. CITY is a bundled city or a folder; "
        "without it the scenario is checked against the city that it names."
    ),
    epilog=later("Example: resilience scenario check utrecht zwart-scherm"),
)
@click.argument("names", nargs=-1, required=True, metavar="[CITY] SCENARIO")
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def check(names: tuple[str, ...], as_json: bool) -> None:
    """Write that the scenario is right, with its size; faults end the command."""
    from city_model.loader import load_city
    from resilience.base.language import _
    from resilience.cli import output
    from scenarios.loader import load_scenario

    if len(names) > 2:
        raise click.UsageError(_("give at most a city and a scenario"))
    city = load_city(names[0]) if len(names) == 2 else None
    checked = load_scenario(names[-1], city)
    counts = {
        "rounds": len(checked.rounds),
        "cells": len(checked.cells),
        "objectives": len(checked.objectives),
        "incidents": len(checked.incidents),
        "injects": len(checked.injects),
        "decisions": len(checked.decisions),
    }
    against = city.id if city else checked.city
    if as_json:
        output.json_result({"scenario": checked.id, "city": against, "faults": 0, **counts})
        return
    output.result(
        _(
            "{name} is right for {city}: {injects} injects, {decisions} decisions, {objectives} objectives",
            name=checked.id,
            city=against,
            injects=counts["injects"],
            decisions=counts["decisions"],
            objectives=counts["objectives"],
        )
    )


@scenario.command(
    "show",
    help=later(
        "Show what a facilitator must know of a scenario: the blocks, the rounds, the injects in order of time "
        "and the decision points with their options.\n\n"
        "SCENARIO is the name of a bundled scenario or a .yaml file."
    ),
    epilog=later("Example: resilience scenario show zwart-scherm"),
)
@click.argument("name", metavar="SCENARIO")
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def show(name: str, as_json: bool) -> None:
    """Write the overview."""
    from resilience.cli import output
    from resilience.cli.scenario.overview import overview
    from scenarios.loader import load_scenario, read_scenario

    city = _officers_view(read_scenario(name).city)
    shown = load_scenario(name, city)
    if as_json:
        output.json_result(shown.model_dump(mode="json"))
        return
    output.result(overview(shown, city))


@scenario.command(
    "options",
    help=later(
        "Compute what each option of each decision does to the city, with every other decision at its default.\n\n"
        "Writes a page of tables, or JSON. SCENARIO is the name of a bundled scenario or a .yaml file."
    ),
    epilog=later("Example: resilience scenario options zwart-scherm --out options.md"),
)
@click.argument("name", metavar="SCENARIO")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Seed of the run."))
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE", help=later("Write the page to this file."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def options(name: str, seed: int, out: str | None, as_json: bool) -> None:
    """Write the tables."""
    from pathlib import Path

    from resilience.analysis.options import as_data, as_markdown, compare_options, number_of_runs
    from resilience.base.canonical import readable_json
    from resilience.base.files import write_text
    from resilience.base.language import _, language
    from resilience.cli import diagnostics, output
    from scenarios.loader import load_scenario, read_scenario

    city = _officers_view(read_scenario(name).city)
    loaded = load_scenario(name, city)
    with output.progress(_("options"), number_of_runs(loaded)) as done:
        points = compare_options(city, loaded, seed=seed, done=done)
    if as_json:
        text = readable_json(as_data(city, points))
    else:
        command = f"resilience scenario options {name} --lang {language()} --out {out or 'FILE'}"
        text = as_markdown(city, loaded, points, command=command)
    if out is None:
        output.result(text)
        return
    write_text(Path(out), text)
    diagnostics.note(_("written: {path}", path=out))


def _officers_view(name: str) -> "City":
    from city_model.loader import load_city
    from city_model.redaction import OFFICER, view_for

    return view_for(load_city(name), OFFICER)
