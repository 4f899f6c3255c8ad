"""What a decision would change, one line per city function."""

from resilience.base.language import _
from tui.help import HelpData
from tui.view_models.rows import EffectRow, Tone
from tui.widgets.painting import Cell, Column, Line
from tui.widgets.row_list import RowList


class EffectList(RowList[EffectRow], can_focus=False):
    """Only to look at: hours of full outage more or less, and these times the residents."""

    COLUMNS = (Column(), Column(flexible=True), Column(), Column(drop=1), Column(drop=2))
    LEAST = 22
    HAS_CURSOR = False

    @property
    def help(self) -> HelpData:
        """How a difference is read."""
        return HelpData(_("What the model foresees"), _("▲ better, ▼ worse, = the same amount at other times."))

    def cells(self, row: EffectRow) -> Line:
        """Return mark, name, hours, residents, from when."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.name),
            Cell(row.difference, row.tone, right=True),
            Cell(row.people, Tone.MUTED, right=True),
            Cell(row.first, Tone.MUTED, right=True),
        )
