"""Reading with a limit and writing all or nothing."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from resilience.base.language import _
from resilience.base.problems import InputError, RunError

MAX_TEXT_BYTES = 5_000_000
"""No text file that a person maintains is larger; more is refused before it is parsed."""


def read_text(path: Path, *, limit: int = MAX_TEXT_BYTES) -> str:
    """Return the UTF-8 text of *path*.

    Raises InputError when the file is missing, not a file, larger than *limit* bytes or not UTF-8 text.
    """
    name = str(path)
    try:
        size = path.stat().st_size
        if size > limit:
            what = _("this file is {size} bytes; at most {limit} are read", size=size, limit=limit)
            raise InputError.because(what, _("split it into smaller files"), file=name)
        raw = path.read_bytes()
    except OSError as error:
        what = _("cannot be read ({reason})", reason=error.strerror or error)
        raise InputError.because(what, _("check the path and its permissions"), file=name) from error
    return decode_text(raw, name)


def decode_text(raw: bytes, name: str) -> str:
    """Return *raw* as text; raises InputError, naming *name*, when it is not UTF-8 or holds a NUL byte."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = _("this is not UTF-8 text (byte {position})", position=error.start)
        raise InputError.because(what, _("save it as UTF-8"), file=name) from error
    if "\0" in text:
        raise InputError.because(_("this is a binary file, not text"), _("give a text file"), file=name)
    return text


def write_text(path: Path, text: str) -> None:
    """Write *text* to *path* as UTF-8, all or nothing; an existing file keeps its old content until the end."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write *content* to *path*, all or nothing; creates the folder.

    Raises RunError, with the reason in one sentence, when the disk is full or the place cannot be written.
    """
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise RunError(_write_failure(path, error)) from error


def _write_failure(path: Path, error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _("{path} was not written: the disk is full; free some space and try again", path=path)
    return _("{path} was not written: {reason}", path=path, reason=error.strerror or error)
