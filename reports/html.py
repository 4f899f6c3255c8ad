"""Document to one self-contained HTML file: no request, no time stamp, the same bytes for the same input.

The page's own content security policy forbids every request and every script but the two in it, so that even a
hostile name in a map could neither load nor send anything.
"""

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from reports import document as blocks
from reports import palette
from reports.document import Document
from reports.figures import CONFIG, figure_data
from reports.legend import legend
from reports.tables import Table
from resilience.base.canonical import canonical_json
from resilience.base.language import Language, _, in_language

_BLOCK_NAMES: dict[type, str] = {
    blocks.Paragraph: "paragraph",
    blocks.Bullets: "bullets",
    blocks.Chart: "chart",
    blocks.Timeline: "timeline",
    blocks.Callout: "callout",
    blocks.KeyFigures: "key_figures",
    blocks.Definitions: "definitions",
    blocks.Steps: "steps",
    blocks.Folded: "folded",
    Table: "table",
}


def render(document: Document, lang: Language) -> str:
    """Return *document* as a whole HTML page, with the words around it in *lang*."""
    with in_language(lang):
        library = _plotly_js() if document.charts else ""
        script = _template_text("report.js")
        scripts = [text for text in (library, script) if text]
        return (
            _environment()
            .get_template("report.html")
            .render(
                document=document,
                words=_page_words(),
                lang=lang,
                style=Markup(_template_text("report.css")),  # noqa: S704 - our own file
                library=Markup(library),  # noqa: S704 - the bundle of plotly
                script=Markup(script),  # noqa: S704 - our own file
                policy=_policy(scripts),
                config=htmlsafe_json_dumps(CONFIG, dumps=canonical_json),
                dark=htmlsafe_json_dumps(palette.DARK, dumps=canonical_json),
            )
        )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        block_name=_block_name,
        figure_json=_figure_json,
        least_width=_least_width,
        legend=legend,
    )
    return environment


def _page_words() -> dict[str, str]:
    """Return the words of the page itself; they stand here because only Python files are searched for texts."""
    return {
        "chart": _("Chart: {title}"),
        "contents": _("Contents"),
        "data": _("The data of this chart as a table"),
        "key": _("Key"),
        "no_script": _(
            "The charts are drawn by a script, which is switched off here. The tables below each chart hold the same "
            "data."
        ),
        "nothing": _("Nothing to report."),
        "skip": _("Skip to the content"),
    }


def _template_text(name: str) -> str:
    return resources.files("reports").joinpath("templates", name).read_text(encoding="utf-8")


def _block_name(block: blocks.Block) -> str:
    return _BLOCK_NAMES[type(block)]


def _figure_json(chart: blocks.Chart) -> Markup:
    return htmlsafe_json_dumps(figure_data(chart.spec), dumps=canonical_json)


def _least_width(chart: blocks.Chart) -> int:
    """Return the width in pixels below which the chart scrolls inside its own frame; 0: it fits any screen."""
    layout: dict[str, Any] = figure_data(chart.spec)["layout"]
    return int(layout.get("meta", {}).get("least_width", 0))


@cache
def _plotly_js() -> str:
    """Return plotly.js as the page will hold it: parsers read CR LF as LF, and the hash is taken over that."""
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 - five megabytes, only for a page with charts

    library: str = get_plotlyjs()
    return library.replace("\r\n", "\n").replace("\r", "\n")


def _policy(scripts: list[str]) -> str:
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
