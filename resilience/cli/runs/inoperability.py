"""``resilience inoperability``: what sectors lose when others pass on their loss, from a table of shares."""

from pathlib import Path

import click

from resilience.cli.city.opening import JSON_HELP
from resilience.cli.translated import Command, later


@click.command(
    cls=Command,
    help=later(
        "Compute which part of each sector is lost when others pass on their loss (inoperability input-output).\n\n"
        "TABLE is a CSV with the sectors as headings and as first column; a cell says which share (0..1) of its row is "
        "lost when all of its column is. Losses add up, which suits sectors and money; for services use 'simulate'."
    ),
    epilog=later("Example: resilience inoperability sectors.csv --lost water=0.6"),
)
@click.argument("table", type=click.Path(path_type=Path), metavar="TABLE", help=later("The CSV."))
@click.option("--lost", "losses", multiple=True, metavar="NAME=SHARE", help=later("What a sector loses at once, 0..1."))
@click.option("--steps", type=click.IntRange(1, 100_000), metavar="N", help=later("Also the course over N steps."))
@click.option(
    "--recovery", type=click.FloatRange(0, 1), default=0.2, show_default=True, metavar="K",
    help=later("How much of the gap a sector closes in a step."),
)  # fmt: skip
@click.option("--healing", is_flag=True, help=later("In the course, the losses are there at the start and then heal."))
@click.option("--order", "degree", type=click.IntRange(1, 100), metavar="N", help=later("Only links through N steps."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def inoperability(
    table: Path,
    losses: tuple[str, ...],
    steps: int | None,
    recovery: float,
    healing: bool,
    degree: int | None,
    as_json: bool,
) -> None:
    """Read the table, solve it, and write the answer."""
    from resilience.analysis.inoperability import dynamic, order, static
    from resilience.analysis.inoperability import healing as healed
    from resilience.base.language import _
    from resilience.base.problems import RunError
    from resilience.cli import output

    names, shares = _shares(table)
    if degree is not None:
        power = order(shares, degree)
        if as_json:
            output.json_result({"sectors": names, "order": degree, "links": power})
        else:
            rows = [(name, *(f"{value:.4f}" for value in row)) for name, row in zip(names, power, strict=True)]
            output.table(["", *names], rows)
        return
    lost = _losses(losses, names)
    try:
        found = static(shares, lost)
    except ValueError as error:
        raise RunError(_("the losses do not come to rest; look for shares that add up to over 1")) from error
    course = []
    if steps is not None:
        pace, nothing = [recovery] * len(names), [0.0] * len(names)
        course = healed(shares, pace, lost, steps) if healing else dynamic(shares, lost, pace, nothing, steps)
    if as_json:
        output.json_result({"sectors": names, "lost": lost, "inoperability": found, "course": course})
        return
    last = course[-1] if course else [None] * len(names)
    rows = [
        (name, f"{at_once:.4f}", f"{whole:.4f}", *([] if end is None else [f"{end:.4f}"]))
        for name, at_once, whole, end in zip(names, lost, found, last, strict=True)
    ]
    headings = [_("sector"), _("lost at once"), _("lost in the end")]
    output.table([*headings, *([_("after {steps} steps", steps=steps)] if course else [])], rows)


def _shares(path: Path) -> tuple[list[str], list[list[float]]]:
    """Return the names and the shares in the table; raises InputError with everything that is wrong."""
    from city_model.exchange.tables import read_tables
    from resilience.base.language import _
    from resilience.base.problems import InputError, Problem

    (sheet, *_others) = read_tables(path, as_workbook=False)
    names = list(sheet.headers[1:])
    problems, shares = [], []
    if [row.cells[0].text for row in sheet.rows] != names:
        what = _("the first column does not name the same sectors as the headings, in the same order")
        problems.append(Problem(str(path), 1, 1, "", what, _("give every sector a column and a row")))
    for row in sheet.rows:
        values = []
        for column, (name, cell) in enumerate(zip(names, row.cells[1:], strict=False), start=2):
            value = _number(cell.text)
            if value is None or value < 0:
                what = _("'{text}' is no share of 0 or more", text=cell.text)
                problems.append(Problem(str(path), row.number, column, name, what, _("write for example 0.25")))
            values.append(value or 0.0)
        shares.append(values + [0.0] * (len(names) - len(values)))
    if problems:
        raise InputError(problems)
    return names, shares


def _losses(given: tuple[str, ...], names: list[str]) -> list[float]:
    from city_model.fault_words import choice
    from resilience.base.language import _
    from resilience.base.problems import InputError

    lost = [0.0] * len(names)
    for one in given:
        name, _sign, share = one.partition("=")
        value = _number(share)
        if name not in names:
            raise InputError.because(_("there is no sector '{name}'", name=name), choice(name, names))
        if value is None or not 0 <= value <= 1:
            raise InputError.because(_("'{text}' is no share between 0 and 1", text=share), _("write for example 0.25"))
        lost[names.index(name)] = value
    return lost


def _number(text: str) -> float | None:
    """Return the number in *text*, with a point or a comma; an empty cell is 0."""
    try:
        return float(text.strip().replace(",", ".") or 0)
    except ValueError:
        return None
