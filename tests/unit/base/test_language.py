"""The language of the screen."""

import contextvars
import threading

import pytest

from resilience.base.language import LANGUAGES, Language, _, in_language, language, ngettext, set_language


def test_dutch_unless_told_otherwise() -> None:
    """Where nobody chose, the screen is Dutch."""
    assert contextvars.Context().run(language) == "nl"


def test_a_block_gives_the_language_back() -> None:
    """Also when it ends in a fault, and inside another block."""
    seen: list[Language] = []

    def fail_in_dutch() -> None:
        with in_language("nl"):
            seen.append(language())
            raise ZeroDivisionError

    with in_language("en"):
        with pytest.raises(ZeroDivisionError):
            fail_in_dutch()
        seen.append(language())

    assert (seen, language()) == (["nl", "en"], "nl")


def test_a_thread_does_not_change_the_language_of_another() -> None:
    """A report written in English beside a Dutch screen leaves the screen Dutch."""
    worker = threading.Thread(target=set_language, args=("en",))
    worker.start()
    worker.join()

    assert language() == "nl"


def test_fields_are_filled_in_both_languages() -> None:
    """A value that looks like a field stays as it is, whoever wrote it."""
    shown = {}
    for chosen in LANGUAGES:
        with in_language(chosen):
            shown[chosen] = _("there is no city or folder called '{name}'", name="{evil.__class__} %s")

    assert shown == {
        "en": "there is no city or folder called '{evil.__class__} %s'",
        "nl": "er is geen stad of map met de naam '{evil.__class__} %s'",
    }


def test_a_text_without_fields_keeps_its_braces() -> None:
    """Nothing is filled in where no values are given."""
    with in_language("en"):
        assert _("{not} filled") == "{not} filled"


def test_a_text_without_translation_stays_english() -> None:
    """Better understood by some than empty."""
    assert (_("quite untranslated"), ngettext("{number} oddity", "{number} oddities", 2)) == (
        "quite untranslated",
        "2 oddities",
    )


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [("en", ["0 events", "1 event", "2 events"]), ("nl", ["0 gebeurtenissen", "1 gebeurtenis", "2 gebeurtenissen"])],
)
def test_one_and_many(chosen: Language, shown: list[str]) -> None:
    """The number chooses the form and fills in its field."""
    with in_language(chosen):
        assert [ngettext("{number} event", "{number} events", number) for number in (0, 1, 2)] == shown
