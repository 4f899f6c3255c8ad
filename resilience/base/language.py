"""The language of the screen: Dutch first, English equal.

Interface texts are English message ids in the code, translated by gettext; content carries both languages itself.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
DOMAIN = "resilience"

_current: ContextVar[Language] = ContextVar("language", default="nl")


def language() -> Language:
    """Return the language in which texts are shown now."""
    return _current.get()


def set_language(chosen: Language) -> None:
    """Show texts in *chosen* from now on, in this context."""
    _current.set(chosen)


@contextmanager
def in_language(chosen: Language) -> Iterator[None]:
    """Show texts in *chosen* inside the with-block."""
    token = _current.set(chosen)
    try:
        yield
    finally:
        _current.reset(token)


@cache
def _catalogue(chosen: Language) -> gettext.NullTranslations:
    if chosen == "en":
        return gettext.NullTranslations()
    compiled = resources.files("resilience").joinpath("locale", chosen, "LC_MESSAGES", f"{DOMAIN}.mo")
    if not compiled.is_file():
        return gettext.NullTranslations()
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def _(message: str, /, **values: object) -> str:
    """Return *message* in the current language, with ``{name}`` filled in from *values*."""
    text = _catalogue(_current.get()).gettext(message)
    return text.format(**values) if values else text


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Return *one* or *many* in the current language by *number*, which fills in ``{number}``."""
    return _catalogue(_current.get()).ngettext(one, many, number).format(number=number, **values)


def number(value: float, digits: int = 0) -> str:
    """Return a number with the separators of the current language: 376.000,5 in Dutch, 376,000.5 in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "nl" else text
