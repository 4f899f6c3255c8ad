"""A dialog with a few fields; it stays open, with what was typed, until what it asks for could be done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from resilience.base.language import _
from resilience.base.problems import ResilienceError
from tui.help import HelpData
from tui.screens.dialog import Dialog, Keys
from tui.widgets.choice import Choice, Options, Ticks
from tui.widgets.find import Find, Search
from tui.widgets.painting import safe

Values = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    key: str
    label: str
    help: str
    value: str = ""
    options: Options = ()
    """Where there are any, one of them is chosen."""
    several: bool = False
    """Whether several of the options may be ticked."""
    placeholder: str = ""
    """What counts while nothing is typed."""
    long: bool = False
    """Whether it is a text of several lines."""
    search: Search | None = None
    """Where there is one, one of what it finds is chosen, by typing a part of its name."""


class FieldInput(Input):
    """A line to type in, one cell high."""

    def __init__(self, field: Field) -> None:
        super().__init__(
            field.value,
            placeholder=field.placeholder,
            id=f"field-{field.key}",
            compact=True,
            select_on_focus=False,
        )
        self._field = field

    @property
    def help(self) -> HelpData:
        """What is typed here."""
        return HelpData(self._field.label, self._field.help)


class FieldArea(TextArea):
    """Several lines to type in."""

    def __init__(self, field: Field) -> None:
        super().__init__(
            field.value, id=f"field-{field.key}", compact=True, tab_behavior="focus", highlight_cursor_line=False
        )
        self._field = field

    @property
    def help(self) -> HelpData:
        """What is typed here."""
        return HelpData(self._field.label, self._field.help)

    @property
    def value(self) -> str:
        """What was typed."""
        return self.text

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self.move_cursor(self.document.end)


def field_widget(field: Field) -> Widget:
    """Return the widget in which *field* is filled in."""
    name = f"field-{field.key}"
    if field.search is not None:
        return Find(field.search, field.value, field.help, id=name)
    if field.options and field.several:
        return Ticks(field.options, field.help, id=name)
    if field.options:
        return Choice(field.options, field.value, field.help, id=name)
    if field.long:
        return FieldArea(field)
    return FieldInput(field)


def field_row(field: Field) -> Horizontal:
    """Return the label and the widget of *field* side by side."""
    classes = "field -long" if field.long else "field -grows" if field.several else "field"
    return Horizontal(Static(Content(field.label), classes="label"), field_widget(field), classes=classes)


def field_value(dialog: Screen[Any], key: str) -> str | tuple[str, ...]:
    """Return what was filled in for *key*."""
    widget = dialog.query_one(f"#field-{key}")
    assert isinstance(widget, FieldInput | FieldArea | Choice | Ticks | Find)  # noqa: S101 - field_widget makes no other
    return widget.value


class FormDialog(Dialog[bool]):
    """Asks for *fields* and hands them to *submit*; what that refuses is shown, and nothing typed is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "submit", show=False),  # no priority: it must not overtake keys on their way to a field
        Binding("enter", "next_field", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: Iterable[Field],
        submit: Callable[[Values], object],
        *,
        intro: str = "",
    ) -> None:
        super().__init__(title)
        self._fields = tuple(fields)
        self._submit = submit
        self._intro = intro

    def body(self) -> Iterable[Widget]:
        """Return the explanation and the fields."""
        if self._intro:
            yield Static(Content(safe(self._intro)), classes="intro")
        for field in self._fields:
            yield field_row(field)

    def keys(self) -> Keys:
        """Return the keys of a form; Enter is a new line where a text has several."""
        rest = (("Ctrl+S", _("save")), ("Esc", _("back")), ("F1", _("help")))
        if any(field.long for field in self._fields):
            return rest
        return (("Enter", _("save") if len(self._fields) == 1 else _("next field")), *rest)

    def explain(self) -> HelpData:
        """Say what the form is for."""
        return HelpData(self._heading, self._intro)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_next_field()

    def action_next_field(self) -> None:
        """Go to the next field; from the last one, save."""
        if self.focused is not None and self.focused.id == f"field-{self._fields[-1].key}":
            self.action_submit()
        else:
            self.focus_next()

    def action_submit(self) -> None:
        """Do what the form asks for; stay open when it is refused."""
        values = {field.key: field_value(self, field.key) for field in self._fields}
        try:
            self._submit(values)
        except ResilienceError as error:
            self.refuse(str(error))
        else:
            self.dismiss(True)  # noqa: FBT003 - the answer
