"""``resilience exercise compare``: what each decision changed, or how groups fared on one scenario."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from reports.after_action_model import Played

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=Command,
    help=later(
        "Show what each decision of an exercise changed: the same run again without it, and without any, with the same "
        "luck. With more than one FILE: how groups fared that played the same scenario.\n\n"
        "The files are not changed, and may be in use. It is one draw of luck; nothing says how sure the difference is."
    ),
    epilog=later(
        "Example: resilience exercise compare flood.exercise\n\n"
        "Example: resilience exercise compare group-a.exercise group-b.exercise"
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=FILE)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def compare(files: tuple[Path, ...], as_json: bool) -> None:
    """Replay and lay side by side."""
    from city_model.redaction import OFFICER
    from reports.after_action_model import Played
    from resilience.exercise.session import Session

    groups = []
    for path in files:
        with Session.open(path, conduct=False, read_only=True) as session:
            groups.append(Played.of(session, OFFICER))
    if len(groups) == 1:
        _write_decisions(groups[0], as_json=as_json)
    else:
        _write_groups(files, groups, as_json=as_json)


def _write_decisions(played: "Played", *, as_json: bool) -> None:
    from reports.decision_effects import counterfactuals
    from resilience.base.language import _
    from resilience.base.problems import RunError
    from resilience.cli import output

    if not played.recomputable:
        raise RunError(_("this exercise was played by other rules of the engine: it can be shown, but not replayed"))
    found = counterfactuals(played)
    if as_json:
        output.json_result(
            [
                {
                    "decision": None if one.decision is None else one.decision.seq,
                    "title": None if one.decision is None else played.title(one.decision),
                    "saved_resident_hours": one.saved,
                    "functions": {row.component: row.saved_resident_hours for row in one.changed},
                }
                for one in found
            ]
        )
        return
    if not found:
        output.result(_("No decision in this exercise has an effect in the model."))
        return
    rows = [
        (
            _("nothing decided") if one.decision is None else played.title(one.decision),
            f"{one.saved:+d}",
            ", ".join(played.run.names.of(row.component) for row in one.changed[:3]),
        )
        for one in found
    ]
    output.table([_("without"), _("resident-hours saved by it"), _("differs most for")], rows)


def _write_groups(files: tuple[Path, ...], groups: "list[Played]", *, as_json: bool) -> None:
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.cli import output
    from resilience.simulation.metrics import outcomes

    first = groups[0]
    for path, other in zip(files, groups, strict=True):
        if (other.scenario.id, other.city.id) != (first.scenario.id, first.city.id):
            what = _("this exercise plays {scenario} in {city}", scenario=other.scenario.id, city=other.city.id)
            remedy = _("compare it with others on the same scenario and city")
            raise InputError.because(what, remedy, file=str(path))
    lost = [
        {one.component: round(one.lost_resident_hours) for one in outcomes(played.city, played.trace)}
        for played in groups
    ]
    names = [path.stem for path in files]
    if as_json:
        output.json_result(dict(zip(map(str, files), lost, strict=True)))
        return
    rows = [(first.run.names.of(function.id), *(row[function.id] for row in lost)) for function in first.view.functions]
    output.result(_("Resident-hours lost, from the start to the end of the scenario:"))
    output.table([_("city function"), *names], [*rows, (_("together"), *(sum(row.values()) for row in lost))])
