"""``resilience city outages``: what the losses that a city names do to its functions, at fixed hours."""

from pathlib import Path

import click

from resilience.cli.translated import Command, later


@click.command(
    cls=Command,
    help=later(
        "Show what is left of every city function 1, 4, 24 and 72 hours after a loss, and which services have failed "
        "by then.\n\n"
        "The losses stand in analysis/outages.yaml in the folder of the city. Nobody decides anything in these runs."
    ),
    epilog=later("Example: resilience city outages utrecht --out utrecht-outages.md"),
)
@click.argument(
    "name", metavar="CITY", help=later("Name of a bundled city, or the folder of one (write ./name where both exist).")
)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON for a program."))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=later("Write it into this file instead: a page in Dutch and English, or the JSON."),
)  # fmt: skip
def outages(name: str, as_json: bool, out: Path | None) -> None:
    """Compute the table and write it."""
    from city_model.loader import load_city
    from city_model.redaction import OFFICER, view_for
    from resilience.analysis.fall_table import fall_table, losses_of
    from resilience.base.canonical import readable_json
    from resilience.base.files import write_text
    from resilience.base.language import _
    from resilience.cli import diagnostics, output
    from resilience.cli.city.outages_page import headers, page, sentence
    from resilience.simulation.explain import name_of

    city = view_for(load_city(name), OFFICER)
    falls = fall_table(city, losses_of(name, city))
    data = {"city": city.id, "losses": [fall.to_json() for fall in falls]}
    if out is not None:
        command = f"resilience city outages {city.id} --out {out.name}"
        write_text(out, readable_json(data) if as_json else page(city, falls, command))
        diagnostics.note(_("the table is in {file}", file=out))
        return
    if as_json:
        output.json_result(data)
        return
    for fall in falls:
        output.result(str(fall.loss.name))
        rows = [
            (name_of(city, one.function), one.minimum_level, *(standing.level for standing in one.standings))
            for one in fall.functions
        ]
        output.table(headers(), rows)
        for one in fall.functions:
            told = sentence(city, one)
            if told:
                output.result(f"{name_of(city, one.function)}: {told}")
        output.result("")
