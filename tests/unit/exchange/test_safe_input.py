"""What could harm is refused in one sentence: DOCTYPE and entities, bombs, paths that lead out, files without end."""

import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from city_model.exchange import safe_input
from city_model.exchange.archimate_read import read_archimate
from city_model.exchange.safe_input import entries, library, parse_xml, read_bytes
from city_model.exchange.tables import read_tables
from resilience.base import extras
from resilience.base.problems import InputError, RunError

BILLION = b'<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><model>&b;</model>'
OUTSIDE = b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><model>&x;</model>'
BARE = b'<!DOCTYPE model SYSTEM "model.dtd"><model/>'


def sentence(caught: pytest.ExceptionInfo[InputError]) -> str:
    """Return the one sentence of a refusal."""
    (problem,) = caught.value.problems
    return problem.what


@pytest.mark.parametrize("raw", [BILLION, OUTSIDE, BARE, BARE.decode().encode("utf-16")])
def test_a_document_type_or_entity_is_refused(raw: bytes, tmp_path: Path) -> None:
    """Whether it floods the memory, reads a file of this machine or only could, in any encoding."""
    path = tmp_path / "model.xml"
    path.write_bytes(raw)

    with pytest.raises(InputError) as caught:
        read_archimate(path)

    assert sentence(caught) == "this XML declares a document type or entities, which could read or flood this machine"


def test_a_document_type_in_a_workbook_is_refused(tmp_path: Path) -> None:
    """A workbook is XML inside, which the library would read."""
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", BILLION)

    with pytest.raises(InputError) as caught:
        read_tables(path, as_workbook=True)

    assert sentence(caught) == "'xl/workbook.xml' in this workbook declares a document type or entities"


def zipped(name: str, content: bytes = b"<x/>", mode: int = 0o644) -> bytes:
    """Return an archive with one entry."""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = mode << 16
        archive.writestr(entry, content)
    return raw.getvalue()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "a/../../b.xml", "C:\\Windows\\x.xml", "..\\..\\x.xml", "\\\\host\\x.xml"],
)
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    """Nothing is unpacked to disk, and an archive that would is not to be trusted."""
    with pytest.raises(InputError) as caught:
        list(entries(zipped(name), "a.zip"))

    assert sentence(caught).startswith("the archive holds '")
    assert sentence(caught).endswith("which points outside it")


def test_a_link_in_an_archive_is_refused() -> None:
    """A link can point anywhere."""
    with pytest.raises(InputError, match="points outside"):
        list(entries(zipped("model.xml", b"/etc/passwd", stat.S_IFLNK | 0o777), "a.zip"))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """Its header says how many times larger it grows; a header that lies gives no more than it says."""
    with pytest.raises(InputError) as caught:
        list(entries(zipped("model.xml", b"\0" * 5_000_000), "a.zip"))

    assert sentence(caught).endswith("times its size, as a zip bomb does")


def test_too_many_and_too_large_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The number of entries, what they unpack to together, and the size of a file are all bounded."""
    monkeypatch.setattr(safe_input, "MAX_ENTRIES", 2)
    monkeypatch.setattr(safe_input, "MAX_UNPACKED", 2_000_000)
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.xml", "x")
    large = BytesIO()
    with zipfile.ZipFile(large, "w") as archive:
        archive.writestr("1.xml", b"x" * 3_000_000)
    file = tmp_path / "large.xml"
    file.write_bytes(b"x" * 2_000_001)

    said = []
    for content in (raw.getvalue(), large.getvalue()):
        with pytest.raises(InputError) as caught:
            list(entries(content, "a.zip"))
        said.append(sentence(caught))
    with pytest.raises(InputError) as caught:
        read_bytes(file, limit=1_000_000)
    said.append(sentence(caught))
    assert said == [
        "this archive holds 3 files; at most 2 are read",
        "this archive unpacks to 3 MB; at most 2 MB is read",
        "this file is 2 MB; at most 1 MB is read",
    ]


@pytest.mark.parametrize("broken", [b"PK\x03\x04 and nothing more", zipped("a.xml", b"x" * 900)[:-30]])
def test_a_broken_archive_is_refused(broken: bytes) -> None:
    """A download that stopped halfway is a sentence, not a traceback."""
    with pytest.raises(InputError, match="this archive is broken"):
        list(entries(broken, "a.zip"))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A device never ends; a missing file is not there."""
    said = []
    for path in (Path("/dev/zero"), tmp_path / "weg.xml"):
        with pytest.raises(InputError) as caught:
            read_bytes(path)
        said.append(sentence(caught))

    assert said == ["this is not a file", "cannot be read (there is nothing there)"]


def test_an_absent_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra there is one sentence that says what to install."""

    def without(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(extras, "import_module", without)

    with pytest.raises(RunError) as caught:
        library("openpyxl")

    assert str(caught.value) == (
        "this needs the library openpyxl: install the extra 'sheets' with pip install \"keten-resilience[sheets]\""
    )
    with pytest.raises(RunError, match="extra 'sheets'"):
        parse_xml(b"<x/>", "x.xml")
