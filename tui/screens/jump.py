"""Putting the clock forward: to something that will happen, or to a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from resilience.base.language import _
from resilience.base.problems import ResilienceError
from resilience.exercise.session import Session
from tui.help import HelpData
from tui.screens.dialog import Dialog, Keys
from tui.screens.form import Field, field_row
from tui.view_models.header import Upcoming
from tui.view_models.rows import Tone
from tui.view_models.words import countdown, moment, read_moment
from tui.widgets.painting import Cell, Column, Line
from tui.widgets.row_list import RowList

SHOWN = 9


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A moment to jump to, with its number."""

    key: str
    number: str
    time: str
    away: str
    title: str


class TargetList(RowList[TargetRow]):
    """The moments at which something happens."""

    COLUMNS = (Column(), Column(), Column(drop=1), Column(flexible=True))

    @property
    def help(self) -> HelpData:
        """What a jump does."""
        return HelpData(
            _("Jump"),
            _(
                "A number key jumps to that moment at once; so does Enter on the chosen line. Everything that lies "
                "between is played in order: injects go out with their own time, the city changes. Going back is not "
                "possible here."
            ),
        )

    def cells(self, row: TargetRow) -> Line:
        """Return number, time, how far off, what."""
        return (
            Cell(row.number, Tone.STRONG),
            Cell(row.time, right=True),
            Cell(row.away, Tone.MUTED),
            Cell(row.title),
        )


class JumpDialog(Dialog[bool]):
    """Jumps, and stays open when the time is refused."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *[Binding(str(number), f"target({number})", show=False) for number in range(1, SHOWN + 1)],
        Binding("enter", "chosen", show=False),
    ]

    def __init__(self, session: Session, coming: Sequence[Upcoming], minute: int) -> None:
        super().__init__(_("Jump to"))
        self.session = session
        self._minute = minute
        self._targets = first_of_each_minute(coming)[:SHOWN]

    def body(self) -> Iterable[Widget]:
        """Return the moments, and a line for another one."""
        yield TargetList(id="targets", empty=_("Nothing more is planned."))
        help_text = _("Exercise time such as 03:15 or 1d 03:15, or a length from now such as 2h30m.")
        yield field_row(Field("time", _("Or to"), help_text, placeholder="1d 03:15, 2h30m"))
        yield Static(Content(_("What lies between is played in order; going back is not possible.")), classes="intro")

    def keys(self) -> Keys:
        """Return the keys of a jump."""
        return (("1-9, Enter", _("jump")), ("Tab", _("other time")), ("Esc", _("back")), ("F1", _("help")))

    def on_mount(self) -> None:
        """Show the moments."""
        rows = [
            TargetRow(
                str(event.minute), str(number), moment(event.minute), countdown(event.minute - self._minute),
                f"{event.word} {event.title}",
            )
            for number, event in enumerate(self._targets, start=1)
        ]  # fmt: skip
        self.query_one(TargetList).show(rows)
        self.query_one(TargetList if rows else "#field-time").focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            minute = read_moment(event.value, self._minute)
        except ValueError as error:
            self.refuse(str(error))
        else:
            self._jump(minute)

    def action_target(self, number: int) -> None:
        """Jump to the moment with this number."""
        if number <= len(self._targets):
            self._jump(self._targets[number - 1].minute)

    def action_chosen(self) -> None:
        """Jump to the moment under the cursor."""
        selected = self.query_one(TargetList).selected
        if selected is not None:
            self._jump(int(selected))

    def _jump(self, minute: int) -> None:
        try:
            self.session.jump(minute)
        except ResilienceError as error:
            self.refuse(str(error))
        else:
            self.dismiss(True)  # noqa: FBT003 - the answer


def first_of_each_minute(coming: Sequence[Upcoming]) -> list[Upcoming]:
    """Return one event for every minute at which something happens."""
    found: dict[int, Upcoming] = {}
    for event in coming:
        found.setdefault(event.minute, event)
    return list(found.values())
