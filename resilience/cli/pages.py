"""Writes a report as one HTML file, and says where it is."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reports.document import Document

PAGE = click.Path(path_type=Path, dir_okay=False)


def write_page(document: "Document", out: Path) -> None:
    """Write *document* in the current language into *out*."""
    from reports.html import render
    from resilience.base.files import write_text
    from resilience.base.language import _, language
    from resilience.cli import diagnostics

    write_text(out, render(document, language()))
    diagnostics.note(_("the report is in {file}", file=out))
