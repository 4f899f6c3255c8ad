"""The six parts of the console: a frame with a title around a list, each list with its columns and its help."""

from typing import ClassVar

from resilience.base.language import _
from tui.help import HelpData
from tui.view_models.rows import ClockRow, FunctionRow, InjectRow, LogRow, PictureRow, PointRow, Tone
from tui.widgets.painting import Cell, Column, Line
from tui.widgets.pane import Lists, Pane
from tui.widgets.row_list import RowList


class InjectList(RowList[InjectRow]):
    """The agenda of injects."""

    COLUMNS = (Column(), Column(drop=1), Column(), Column(flexible=True, wrap=True), Column(drop=2, most=20))
    LEAST = 18

    def moves_on(self, before: InjectRow, after: InjectRow) -> bool:
        """Leave an inject that went out some time ago, or is skipped, for what matters now."""
        return after.past and not before.past

    @property
    def help(self) -> HelpData:
        """How the agenda is read."""
        return HelpData(
            _("Injects"),
            _(
                "! now or late, ► next, · planned, ‖ held, ? goes out once its condition holds "
                "(≈ is when the model expects that), □ shelf: only when you choose, ✓ sent, – skipped. "
                "What is due goes out by itself while the clock runs, and stands on top for a few minutes. "
                "Below the list stands the chosen inject with what you hope to see."
            ),
        )

    def cells(self, row: InjectRow) -> Line:
        """Return mark, word, time, title, cells."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.time, row.tone, right=True),
            Cell(row.title, row.tone),
            Cell(row.cells, Tone.MUTED, right=True),
        )


ROOMY = 64
"""In fewer cells the board shows one thing beside a level: what presses now, or else what comes."""


class FunctionList(RowList[FunctionRow]):
    """The board of city functions."""

    COLUMNS = (
        Column(), Column(), Column(drop=3), Column(flexible=True), Column(drop=4), Column(drop=5), Column(drop=1),
        Column(drop=2),
    )  # fmt: skip
    LEAST = 18

    @property
    def help(self) -> HelpData:
        """How the board is read."""
        return HelpData(
            _("City functions"),
            _(
                "Each line is a city function: ● normal, ▼ fell, ▲ recovers, ✕ out, with its level in per cent of "
                "normal operation; ≈ says that the level rests on an assumption. 'too low' is below the level that "
                "counts as working; MTD counts down how long that may last. The last column is the next change that "
                "the model foresees when nobody decides anything. Enter shows why, and what is about to fall."
            ),
        )

    def cells(self, row: FunctionRow) -> Line:
        """Return mark, level, bar, name, word, since, limit, ahead."""
        limit, ahead = Cell(row.limit, row.limit_tone), Cell(row.ahead, row.ahead_tone)
        if self.scrollable_content_region.width < ROOMY:
            limit, ahead = limit if row.limit else ahead, Cell("")
        return (
            Cell(row.mark, row.tone),
            Cell(row.level, row.tone, right=True),
            Cell(row.bar, row.tone),
            Cell(row.name),
            Cell(row.word, row.tone),
            Cell(row.since, Tone.MUTED, right=True),
            limit,
            ahead,
        )


class PointList(RowList[PointRow]):
    """The decisions: asked for, and taken."""

    COLUMNS = (Column(), Column(drop=1), Column(), Column(flexible=True), Column(drop=2, most=20))
    LEAST = 26

    def moves_on(self, before: PointRow, after: PointRow) -> bool:
        """Leave a point that was decided for what is open."""
        return after.mark == "✓" != before.mark

    @property
    def help(self) -> HelpData:
        """How the decisions are read."""
        return HelpData(
            _("Decisions"),
            _(
                "! late: the deadline has passed, ○ open (with the time that is left), · opens later, ✓ decided. "
                "◆ was written down by a team and waits until you work out what it does. "
                "Enter opens a decision: choose an option, see what it changes according to the model, and record "
                "who decided what, why and on what information. A decision works from the next exercise minute on. "
                "A free decision (f) is always possible."
            ),
        )

    def cells(self, row: PointRow) -> Line:
        """Return mark, word, time, title, cell."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.time, row.tone),
            Cell(row.title, row.tone),
            Cell(row.cell, Tone.MUTED, right=True),
        )


class PictureList(RowList[PictureRow]):
    """The picture that the teams keep."""

    COLUMNS = (Column(), Column(), Column(drop=1), Column(flexible=True, wrap=True), Column(drop=2, most=20))
    LEAST = 20

    @property
    def help(self) -> HelpData:
        """How the picture is read."""
        return HelpData(
            _("Picture"),
            _(
                "What the teams know (✓), assume (~) and do not know (?), with the source, the newest first. "
                "n adds a line, Enter renews the chosen one; the old line stays in the log. "
                "Afterwards the picture is laid beside what happened in the model."
            ),
        )

    def cells(self, row: PictureRow) -> Line:
        """Return mark, word, time, text, cell."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.time, Tone.MUTED, right=True),
            Cell(row.text),
            Cell(row.cell, Tone.MUTED, right=True),
        )


class ClockList(RowList[ClockRow]):
    """The deadlines of laws and contracts."""

    COLUMNS = (Column(), Column(drop=2), Column(drop=1), Column(), Column(flexible=True, wrap=True))
    LEAST = 20

    @property
    def help(self) -> HelpData:
        """How the deadlines are read."""
        return HelpData(
            _("Deadlines"),
            _(
                "► runs (with what is left), ✓ met, ▼ met too late, ✕ missed, · not started (with its length). "
                "A deadline runs from a recorded moment of awareness: some injects start it, otherwise you do (a). "
                "v records that it was met, u moves it."
            ),
        )

    def cells(self, row: ClockRow) -> Line:
        """Return mark, word, due, left, name."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.due, Tone.MUTED, right=True),
            Cell(row.left, row.tone),
            Cell(row.name),
        )


class LogList(RowList[LogRow]):
    """The log of the exercise."""

    COLUMNS = (Column(), Column(), Column(flexible=True, wrap=True))
    FOLLOWS_END = True

    @property
    def help(self) -> HelpData:
        """How the log is read."""
        return HelpData(
            _("Log"),
            _(
                "Everything that happened, the newest below; it follows the end while the cursor stands there. "
                "► inject, ◆ decision, ○ picture, » message, « a team writes to somebody whom you play (r answers), "
                "□ action, ◷ deadline, ✕ NO DUFF, * correction. "
                "Nothing is ever changed: c adds what an entry should have said."
            ),
        )

    def cells(self, row: LogRow) -> Line:
        """Return time, mark, text."""
        return (Cell(row.time, Tone.MUTED), Cell(row.mark, row.tone), Cell(row.text, row.tone))


class ConsolePane(Pane):
    """A framed part of the console."""

    LISTS: ClassVar[Lists] = {
        "injects": InjectList,
        "board": FunctionList,
        "points": PointList,
        "picture": PictureList,
        "clocks": ClockList,
        "log": LogList,
    }
