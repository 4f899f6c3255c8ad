"""``resilience scenario kinds``: which kinds of incident there are, and what can be chosen about each."""

from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from scenarios.incident_kinds import Kind, KindReference, Parameter


@click.command(
    cls=Command,
    help=later(
        "List the kinds of incident, or show one: what it is, where it strikes, what can be chosen and why the default "
        "is what it is.\n\n"
        "A scenario names a kind in an incident; `simulate --incident` asks it without a scenario."
    ),
    epilog=later("Example: resilience scenario kinds ransomware"),
)
@click.argument("kind", required=False)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def kinds(kind: str | None, as_json: bool) -> None:
    """Write the list, or one kind."""
    from city_model.fault_words import choice
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.cli import output
    from scenarios.incident_kinds import reference_kinds

    reference = reference_kinds()
    if kind is not None and kind not in reference.kind_by_id:
        what = _("there is no kind of incident '{kind}'", kind=kind)
        raise InputError.because(what, choice(kind, reference.kind_by_id))
    chosen = reference.kinds if kind is None else (reference.kind_by_id[kind],)
    if as_json:
        output.json_result([one.model_dump(mode="json") for one in chosen])
    elif kind is None:
        _write_list(reference)
    else:
        _write_kind(reference, chosen[0])


def _write_list(reference: "KindReference") -> None:
    from resilience.base.language import _
    from resilience.cli import output

    rows = [
        (
            one.id,
            str(one.name),
            ", ".join(parameter.id for parameter in one.parameters),
            str(one.where).partition(".")[0],
        )
        for one in reference.kinds
    ]
    output.table([_("kind"), _("name"), _("parameters"), _("where")], rows)


def _write_kind(reference: "KindReference", kind: "Kind") -> None:
    from resilience.base.language import _
    from resilience.cli import output

    output.result(f"{kind.name} ({kind.id})")
    output.result(str(kind.what))
    output.result(_("Where: {where}", where=kind.where))
    output.result("")
    if not kind.parameters:
        output.result(_("Nothing can be chosen about it."))
        return
    rows = [
        (one.id, str(one.name), _default(one), form_of_parameter(one), f"{one.because} ({_basis(reference, one)})")
        for one in kind.parameters
    ]
    output.table([_("parameter"), _("what"), _("default"), _("allowed"), _("why")], rows)


def form_of_parameter(parameter: "Parameter") -> str:
    """Return what may be written for *parameter*, short enough for a table."""
    from resilience.base.language import _

    if parameter.type == "yes_no":
        return _("true or false")
    return f"{parameter.least}..{parameter.most}{' ‰' if parameter.type == 'per_mille' else ''}"


def _default(parameter: "Parameter") -> str:
    default = parameter.default
    if default is None:
        return "-"
    return str(default).lower()


def _basis(reference: "KindReference", parameter: "Parameter") -> str:
    """Return what the default rests on: an assumption says so, anything else names its source."""
    from resilience.base.language import _

    source = reference.source_by_id[parameter.source]
    return _("assumption") if source.confidence == "assumed" else source.reference
