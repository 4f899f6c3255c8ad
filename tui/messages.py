"""What one part of the console tells another."""

from dataclasses import dataclass

from textual.message import Message

from resilience.base.language import Language
from resilience.exercise.evaluation.comparison import Comparison
from tui.outlook import Outlook
from tui.view_models.choices import Choices


@dataclass
class OutlookReady(Message):
    """The course without further decisions was computed anew."""

    outlook: Outlook


@dataclass
class LanguageChosen(Message):
    """The screen is to be made anew in another language, with the focus and the cursors where they were."""

    language: Language
    part: str
    places: dict[str, str | None]


@dataclass
class DebriefAsked(Message):
    """The hot debrief is to be shown, or what stood before it again."""

    shown: bool = True


@dataclass
class PreviewReady(Message):
    """What the effects of a decision would change was computed."""

    key: str
    """Which option, or which set of effects, it is about."""
    comparison: Comparison | None
    fault: str = ""
    """Why it could not be computed."""


@dataclass
class ChoicesReady(Message):
    """More is known of what each choice changed."""

    choices: Choices


@dataclass
class AnswerReady(Message):
    """What falls with a component was computed."""


@dataclass
class MapLanguageChosen(Message):
    """The map is to be shown in another language, with the focus where it was."""

    language: Language
    part: str
