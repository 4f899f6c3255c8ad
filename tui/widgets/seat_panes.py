"""The parts of a seat's screen that the console does not have: messages, actions, ratings."""

from typing import ClassVar

from resilience.base.language import _
from tui.help import HelpData
from tui.view_models.letters import LetterRow
from tui.view_models.observer import ExpectedRow, RatingRow
from tui.view_models.rows import Tone
from tui.view_models.seat import TaskRow
from tui.widgets.painting import Cell, Column, Line
from tui.widgets.pane import Lists, Pane
from tui.widgets.panes import LogList, PictureList, PointList
from tui.widgets.row_list import RowList


class LetterList(RowList[LetterRow]):
    """What the seat received and sent."""

    COLUMNS = (Column(), Column(drop=1), Column(), Column(most=20, drop=2), Column(flexible=True))
    LEAST = 24

    @property
    def help(self) -> HelpData:
        """How the messages are read."""
        return HelpData(
            _("Messages"),
            _(
                "● new, · opened, » sent by you; the newest first. Enter opens a message, r answers it. "
                "Whoever does not sit at this exercise is played by the facilitator: an answer to them arrives there."
            ),
        )

    def cells(self, row: LetterRow) -> Line:
        """Return mark, word, time, who, title."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.time, Tone.MUTED, right=True),
            Cell(row.who, Tone.MUTED),
            Cell(row.title, row.tone),
        )


class SeatPointList(PointList):
    """The decisions of one team."""

    @property
    def help(self) -> HelpData:
        """How the decisions are read."""
        return HelpData(
            _("Decisions"),
            _(
                "! late: the deadline has passed, ○ open (with the time that is left), ✓ decided. d takes one of the "
                "listed options; f writes down a decision of your own. Say what you know (picture), what you think of "
                "it (judgement), and what you decide: what, who, by when, and who was told."
            ),
        )


class TaskList(RowList[TaskRow]):
    """The action list of a team."""

    COLUMNS = (Column(), Column(drop=3), Column(flexible=True, wrap=True), Column(drop=1, most=18), Column(most=12))
    LEAST = 20

    @property
    def help(self) -> HelpData:
        """How the actions are read."""
        return HelpData(
            _("Actions"),
            _("□ to do, ✓ done: what, who, by when. a adds a line, Enter changes it, x ticks it off."),
        )

    def cells(self, row: TaskRow) -> Line:
        """Return mark, word, what, owner, by."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.what, row.tone),
            Cell(row.owner, Tone.MUTED, right=True),
            Cell(row.by, Tone.MUTED, right=True),
        )


class RatingList(RowList[RatingRow]):
    """The critical tasks that an observer rates."""

    COLUMNS = (Column(), Column(drop=1), Column(flexible=True, wrap=True))

    @property
    def help(self) -> HelpData:
        """How the ratings are read."""
        return HelpData(
            _("Ratings"),
            _(
                "P performed without challenges, S with some, M with major challenges, U not performed, · not rated. "
                "p, s, m and u rate the chosen task; a rating needs what you saw, and again changes it. "
                "You see your own ratings only, until the facilitator merges the sheets after the exercise; "
                "then they are fixed, and those of others stand below yours."
            ),
        )

    def cells(self, row: RatingRow) -> Line:
        """Return grade, time, task with the observation."""
        said = f"{row.text} ({row.observation})" if row.observation else row.text
        return (Cell(row.mark, Tone.STRONG), Cell(row.time, Tone.MUTED), Cell(said, row.tone))


class ExpectedList(RowList[ExpectedRow]):
    """What an observer should look for now."""

    COLUMNS = (Column(), Column(drop=2), Column(drop=1), Column(flexible=True, wrap=True), Column(drop=3, most=18))
    LEAST = 24
    FOLLOWS_START = True

    @property
    def help(self) -> HelpData:
        """How the expected actions are read."""
        return HelpData(
            _("Look for"),
            _(
                "What the injects should lead to: ! the reminder has passed and it should be visible by now, "
                "► the inject was sent, · it comes within half an hour. "
                "Enter shows the inject with all that is hoped for; the teams never see this."
            ),
        )

    def cells(self, row: ExpectedRow) -> Line:
        """Return mark, word, time, text, cells."""
        return (
            Cell(row.mark, row.tone),
            Cell(row.word, row.tone),
            Cell(row.time, Tone.MUTED, right=True),
            Cell(row.text, row.tone),
            Cell(row.cells, Tone.MUTED, right=True),
        )


class SeatPane(Pane):
    """A framed part of a seat's screen."""

    LISTS: ClassVar[Lists] = {
        "mail": LetterList,
        "points": SeatPointList,
        "picture": PictureList,
        "tasks": TaskList,
        "ratings": RatingList,
        "expected": ExpectedList,
        "log": LogList,
    }
