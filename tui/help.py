"""The help that every part that can have the focus carries with it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpData:
    """What a part is for and how it is read; its keys come from the list of commands."""

    title: str
    text: str
