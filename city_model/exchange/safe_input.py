"""Files of others, opened with care: sizes, archives and XML that could harm are refused in one sentence each."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import ModuleType
from xml.etree.ElementTree import Element

from resilience.base import extras
from resilience.base.files import plain_reason
from resilience.base.language import _
from resilience.base.problems import InputError

EXTRA = "sheets"
"""The set of optional libraries that reads XML and workbooks."""
MAX_BYTES = 60_000_000
"""Of one file; the largest municipal model read so far is a quarter of it."""
MAX_UNPACKED = 200_000_000
"""Of all files in one archive together."""
MAX_ENTRIES = 20_000
MAX_RATIO = 200
"""How many times larger than its packed size an entry may be; XML and text pack 10 to 50 times."""
RATIO_FREE = 1_000_000
"""Bytes below which the ratio says nothing."""
MEGABYTE = 1_000_000


def library(name: str) -> ModuleType:
    """Return the optional library *name*; raises RunError that names the extra where it is absent."""
    return extras.library(name, EXTRA)


def read_bytes(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of *path*; raises InputError when it cannot be read or is larger than *limit*."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError.because(_("this is not a file"), _("give a file"), file=str(path))
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        what = _("cannot be read ({reason})", reason=plain_reason(error))
        raise InputError.because(what, _("check the path and its permissions"), file=str(path)) from error
    size = max(found.st_size, len(raw))
    if size <= limit:
        return raw
    what = _("this file is {size} MB; at most {limit} MB is read", size=size // MEGABYTE, limit=limit // MEGABYTE)
    raise InputError.because(what, _("export a smaller part"), file=str(path))


def is_zip(raw: bytes) -> bool:
    """Return whether *raw* starts as a zip archive does."""
    return raw[:4] in {b"PK\x03\x04", b"PK\x05\x06"}


def unpacked(raw: bytes, name: str) -> dict[str, bytes]:
    """Return the files inside the archive *raw* by their path; nothing is written anywhere.

    Raises InputError for an archive that is broken, encrypted or too large, and for entries that point outside it.
    """
    return dict(entries(raw, name))


def entries(raw: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file inside the archive *raw*, after all of its headers were checked."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = archive.infolist()
            _check_members(members, name)
            for member in members:
                if not member.is_dir():
                    # The library reads no more than the size that the header names, which was checked.
                    yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error) as error:
        raise _refused(name, _("this archive is broken ({reason})", reason=error), _("make it anew")) from error


def parse_xml(raw: bytes, name: str) -> Element:
    """Return the root of the XML in *raw*; raises InputError for a DOCTYPE, an entity or broken XML."""
    safe = library("defusedxml.ElementTree")
    common = library("defusedxml.common")
    try:
        root = safe.fromstring(raw, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except common.DefusedXmlException as error:
        what = _("this XML declares a document type or entities, which could read or flood this machine")
        raise _refused(name, what, _("remove the DOCTYPE, or export the model again")) from error
    except safe.ParseError as error:
        line, column = error.position
        what = _("this is not well-formed XML (line {line}, column {column})", line=line, column=column + 1)
        raise _refused(name, what, _("export it again")) from error
    except (LookupError, ValueError) as error:
        what = _("this XML is in an encoding that cannot be read ({reason})", reason=error)
        raise _refused(name, what, _("export it as UTF-8")) from error
    assert isinstance(root, Element)  # noqa: S101 - what the parser makes
    return root


def has_doctype(raw: bytes) -> bool:
    """Return whether XML in *raw*, in any encoding that Unicode knows, may declare a document type."""
    packed = raw.replace(b"\0", b"")
    return b"<!DOCTYPE" in packed or b"<!ENTITY" in packed


def _check_members(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MAX_ENTRIES:
        what = _("this archive holds {number} files; at most {limit} are read", number=len(members), limit=MAX_ENTRIES)
        raise _refused(name, what, _("export a smaller part"))
    for member in members:
        if _leads_outside(member):
            what = _("the archive holds '{path}', which points outside it", path=member.filename[:100])
            raise _refused(name, what, _("do not trust this file; ask for another"))
        if member.flag_bits & 0x1:
            raise _refused(name, _("this archive is encrypted"), _("save it without a password"))
        if member.file_size > RATIO_FREE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            what = _("'{path}' unpacks to {times} times its size, as a zip bomb does",
                     path=member.filename[:100], times=member.file_size // max(member.compress_size, 1))  # fmt: skip
            raise _refused(name, what, _("do not trust this file; ask for another"))
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        what = _("this archive unpacks to {size} MB; at most {limit} MB is read",
                 size=total // MEGABYTE, limit=MAX_UNPACKED // MEGABYTE)  # fmt: skip
        raise _refused(name, what, _("export a smaller part"))


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    """Whether an entry would land outside the folder in which somebody unpacks it; a link always may."""
    posix, windows = PurePosixPath(member.filename), PureWindowsPath(member.filename)
    linked = stat.S_ISLNK(member.external_attr >> 16)
    return linked or posix.is_absolute() or bool(windows.anchor) or ".." in {*posix.parts, *windows.parts}


def _refused(name: str, what: str, repair: str) -> InputError:
    return InputError.because(what, repair, file=name)
