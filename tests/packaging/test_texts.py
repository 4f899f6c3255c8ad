"""Every text of the interface exists in Dutch, with the same fields, and the compiled catalogue is the written one."""

import io
import re
import string
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from resilience.cli import click_words
from tests.packaging.project import PACKAGES, ROOT

CATALOGUE = ROOT / "resilience" / "locale" / "nl" / "LC_MESSAGES" / "resilience.po"
KEYWORDS = {**DEFAULT_KEYWORDS, "later": None, "both": (1, 2)}


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    """The catalogue as translators write it."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="nl", domain="resilience")


@pytest.fixture(scope="module")
def used() -> set[str | tuple[str, ...]]:
    """The message ids in the code of the five packages; a tuple holds singular and plural."""
    return {
        message
        for package in PACKAGES
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / package, method_map=[("**.py", "python")], keywords=KEYWORDS
        )
    }


def test_every_text_has_its_dutch(dutch: Catalog, used: set[str | tuple[str, ...]]) -> None:
    """A text that a Dutch reader may see is there in Dutch; after adding one, run `make texts` and write it."""
    written = {message.id: message for message in dutch if message.id and not message.fuzzy}
    missing = sorted(str(text) for text in used if text not in written or not all(_strings(written[text])))

    assert missing == []


def test_nothing_is_translated_that_nobody_says(dutch: Catalog, used: set[str | tuple[str, ...]]) -> None:
    """A text that left the code leaves the catalogue too."""
    assert sorted(str(message.id) for message in dutch if message.id and message.id not in used) == []


def test_translations_keep_the_fields(dutch: Catalog) -> None:
    """A translation names exactly the {fields} of its message: a missing one hides a fact, another one is a crash."""
    wrong = {}
    for message in dutch:
        ids = [message.id] if isinstance(message.id, str) else message.id
        allowed = {_fields(text) for text in ids}
        if message.id and any(text and _fields(text) not in allowed for text in _strings(message)):
            wrong[str(message.id)] = _strings(message)

    assert wrong == {}


def test_compiled_catalogue_is_current(dutch: Catalog) -> None:
    """The program reads the compiled file, so it must say what the written one says."""
    fresh = io.BytesIO()
    write_mo(fresh, dutch)

    assert CATALOGUE.with_suffix(".mo").read_bytes() == fresh.getvalue()


def test_words_of_click_are_still_its_words() -> None:
    """Our translations of click's own sentences are found only while click says exactly these."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    joined = re.sub(r'"\s*\n\s*"', "", source)
    said = [text for entry in click_words.WORDS for text in ([entry] if isinstance(entry, str) else entry)]

    assert [text for text in said if '"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"' not in joined] == []


def _strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name)
