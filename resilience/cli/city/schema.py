"""``resilience city schema``: hands out the JSON Schemas, so that an editor checks and completes while typing."""

from pathlib import Path

import click

from resilience.cli.translated import Command, later


@click.command(
    "schema",
    cls=Command,
    help=later(
        "Write the JSON Schemas of the files that people edit into a folder, for an editor that checks and completes "
        "while typing.\n\n"
        "FOLDER is made where it is not there; schemas that stand in it are replaced. A first line "
        "'# yaml-language-server: $schema=../schema/organisation.schema.json' in a file tells the editor which one "
        "holds."
    ),
    epilog=later("Example: resilience city schema ./schema"),
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def schema(folder: Path) -> None:
    """Write every schema, and say what the first line of each kind of file must be."""
    from resilience.base.files import write_text
    from resilience.base.language import _
    from resilience.cli import diagnostics, output
    from scenarios.file_schemas import NAMES, SUFFIX, schema_text

    for name in NAMES:
        write_text(folder / f"{name}{SUFFIX}", schema_text(name))
    words = {
        "city": "city.yaml",
        "organisation": _("the file of an organisation"),
        "access": "access.yaml",
        "impact": "impact.yaml",
        "outages": "analysis/outages.yaml",
        "accepted": "accepted.yaml",
        "contacts": "contacts.local.yaml",
        "scenario": _("a scenario"),
    }
    output.table([_("schema"), _("for")], [(f"{name}{SUFFIX}", words[name]) for name in NAMES])
    diagnostics.note(_("written: {path}", path=folder))
