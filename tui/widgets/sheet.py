"""A page to read: title, facts with labels, blocks of text."""

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from resilience.base.language import _
from tui.help import HelpData
from tui.view_models.rows import Sheet
from tui.widgets.painting import safe


class SheetText(Static):
    """A sheet as text that wraps."""

    _sheet: Sheet | None = None

    def show(self, sheet: Sheet | None, *, steady: bool = False) -> None:
        """Show *sheet*, or nothing; *steady* where its height is fixed, so that nothing else moves."""
        if sheet != self._sheet:
            self._sheet = sheet
            self.update(sheet_content(sheet, tight=True) if sheet else "", layout=not steady)


class SheetScroll(VerticalScroll, can_focus=True):
    """A sheet that can be scrolled by keyboard."""

    def __init__(self, sheet: Sheet, *, id: str | None = None) -> None:  # noqa: A002 - Textual calls it so
        super().__init__(SheetText(sheet_content(sheet)), id=id)

    @property
    def help(self) -> HelpData:
        """What this page is for."""
        return HelpData(_("A page to read"), _("Scroll with the arrow keys and Page Up or Page Down; Esc closes it."))


def sheet_content(sheet: Sheet, *, tight: bool = False) -> Content:
    """Return *sheet* as content, without reading any of it as markup; *tight* without empty lines."""
    pieces: list[str | Content | tuple[str, str]] = [(safe(sheet.title), "bold $primary")]
    if sheet.lead:
        pieces += ["\n", (safe(sheet.lead), "$muted")]
    for label, value in sheet.facts:
        pieces += ["\n", (f"{label}: ", "$muted"), safe(value)]
    for block in sheet.blocks:
        if not tight:
            pieces.append("\n")
        if block.heading:
            pieces += ["\n", (block.heading, "bold $secondary")]
        for number, line in enumerate(block.lines, start=1):
            lead = f"{number}. " if block.numbered else ""
            pieces.append(f"\n{lead}{safe(line)}")
    return Content.assemble(*pieces)
