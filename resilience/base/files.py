"""Reading with a limit, writing all or nothing, and the system's refusals in plain words."""

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from resilience.base.language import _
from resilience.base.problems import InputError, RunError

MAX_TEXT_BYTES = 5_000_000
"""No text file that a person maintains is larger; more is refused before it is parsed."""


def read_text(path: Path, *, limit: int = MAX_TEXT_BYTES) -> str:
    """Return the UTF-8 text of *path*.

    Raises InputError when the file is missing, not a file (a pipe or a device would never end), larger than *limit*
    bytes or not UTF-8 text.
    """
    name = str(path)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
            raise InputError.because(_("this is not a file"), _("give a text file"), file=name)
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except (OSError, ValueError) as error:
        what = _("cannot be read ({reason})", reason=plain_reason(error))
        raise InputError.because(what, _("check the path and its permissions"), file=name) from error
    size = max(found.st_size, len(raw))
    if size > limit:
        what = _("this file is {size} bytes; at most {limit} are read", size=size, limit=limit)
        raise InputError.because(what, _("split it into smaller files"), file=name)
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

    A file that is there keeps who may read it; a new one gets what the user's umask says. What is not a file, such as
    ``/dev/stdout``, is written to and never replaced. Raises RunError, with the reason in one sentence, when the disk
    is full or the place cannot be written.
    """
    temporary = None
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_of(path))
        Path(temporary).replace(path)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        if isinstance(error, (OSError, ValueError)):
            raise RunError(_write_failure(path, error)) from error
        raise


def make_folder(path: Path) -> None:
    """Make the folder *path* where it is not there yet; raises RunError when nothing can be written in it.

    For work that takes long and writes at its end: better refused before than after.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except (OSError, ValueError) as error:
        raise RunError(_write_failure(path, error)) from error


def plain_reason(error: Exception) -> str:
    """Return why the system refused, in the current language; what is rare is left in the system's own words."""
    said = _reasons().get(getattr(error, "errno", None) or 0)
    return said or str(getattr(error, "strerror", None) or error)


def _reasons() -> dict[int, str]:
    return {
        errno.ENOENT: _("there is nothing there"),
        errno.EACCES: _("you have no permission"),
        errno.EPERM: _("you have no permission"),
        errno.EISDIR: _("this is a folder, not a file"),
        errno.ENOTDIR: _("a file stands where a folder should be"),
        errno.EEXIST: _("a file stands where a folder should be"),
        errno.ELOOP: _("this is a link that leads back to itself"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.EROFS: _("this medium can only be read"),
        errno.EFBIG: _("the file would be larger than this system allows"),
        errno.EIO: _("the medium gives errors"),
    }


def _mode_of(path: Path) -> int:
    """Return the permissions for what is written to *path*: those that it has, or the usual ones of the user."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mask = os.umask(0o077)  # can only be read by setting it; in between nothing is left open to others
        os.umask(mask)
        return 0o666 & ~mask


def _write_failure(path: Path, error: Exception) -> str:
    if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
        return _("{path} was not written: the disk is full; free some space and try again", path=path)
    return _("{path} was not written: {reason}; choose another place", path=path, reason=plain_reason(error))
