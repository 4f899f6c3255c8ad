"""What can be wrong with an exercise file, said in one sentence with the remedy."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resilience.base.files import plain_reason
from resilience.base.language import _
from resilience.base.problems import InputError, RunError

MOUNTS = Path("/proc/self/mounts")
NETWORK_FILE_SYSTEMS = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "davfs",
    "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.ceph", "fuse.gvfsd-fuse", "fuse.s3fs",
    "fuse.smbnetfs", "beegfs", "gpfs",
})  # fmt: skip
"""On these, two processes cannot share SQLite's write-ahead log, and locks may not hold."""


@contextmanager
def said_plainly(name: str) -> Iterator[None]:
    """Turn what SQLite or the system says about the file *name* into one sentence for the user."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(name, error) from error
    except OSError as error:
        raise _of_system(name, error) from error


def _of_system(name: str, error: OSError) -> RunError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _full(name)
    reason = plain_reason(error)
    return RunError(_("{file} cannot be used: {reason}; choose another place", file=name, reason=reason))


def _of_sqlite(name: str, error: sqlite3.Error) -> InputError | RunError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return not_an_exercise(name)
    if code == sqlite3.SQLITE_FULL:
        return _full(name)
    if code == sqlite3.SQLITE_CORRUPT or (isinstance(error, sqlite3.DatabaseError) and code == 0):
        return damaged(name, not_whole())
    locked = _("{file} is locked by another program; close that program and try again", file=name)
    closed = _("{file} cannot be written; check its permissions and those of its folder", file=name)
    known = {
        sqlite3.SQLITE_BUSY: locked,
        sqlite3.SQLITE_LOCKED: locked,
        sqlite3.SQLITE_READONLY: closed,
        sqlite3.SQLITE_PERM: closed,
        sqlite3.SQLITE_CANTOPEN: _("{file} cannot be opened; check its permissions and those of its folder", file=name),
        sqlite3.SQLITE_IOERR: _(
            "{file} cannot be used: the disk refuses to read or write it; check your quota", file=name
        ),
    }
    return RunError(known.get(code) or _("{file} cannot be used: {reason}", file=name, reason=error))


def _full(name: str) -> RunError:
    return RunError(_("nothing more fits in {file}: the disk is full; free some space and try again", file=name))


def not_whole() -> str:
    """Return the reason for a database that SQLite finds broken; its own words help no user."""
    return _("its content is not whole")


def damaged(name: str, reason: str) -> RunError:
    """Return the error for a file that is cut off or overwritten."""
    return RunError(_("{file} is damaged ({reason}); go on with your last copy of it", file=name, reason=reason))


def not_an_exercise(name: str) -> InputError:
    """Return the error for a file of another kind."""
    what = _("this is not an exercise file")
    return InputError.because(what, _("give a file that 'resilience exercise start' made"), file=name)


def refuse_missing(path: Path) -> None:
    """Raise InputError when there is no file at *path*.

    The file is not opened to look inside: closing it again would drop the locks that SQLite holds on it for another
    session of this process.
    """
    if not path.exists():
        what = _("there is no such exercise file")
        raise InputError.because(what, _("'resilience exercise list' shows the files there are"), file=str(path))
    if not path.is_file():
        raise not_an_exercise(str(path))


def refuse_existing(path: Path) -> None:
    """Raise InputError when there is already something at *path*: an exercise is never overwritten."""
    if path.exists():
        what = _("there is already a file here")
        raise InputError.because(what, _("choose another name, or resume that exercise"), file=str(path))


def refuse_network_share(path: Path) -> None:
    """Raise InputError when *path* is known to lie on a network share; where nothing is known, it passes."""
    kind = file_system_of(path)
    if kind in NETWORK_FILE_SYSTEMS:
        what = _("this place is a network share ({kind}), on which an exercise is not safe", kind=kind)
        raise InputError.because(what, _("use a folder on this computer"), file=str(path))


def file_system_of(path: Path) -> str | None:
    """Return the type of the file system that holds *path* (which need not exist yet), or None where unknown."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    place = Path(os.path.realpath(path))
    found: tuple[int, str] | None = None
    for line in mounts:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if (place == mount or mount in place.parents) and (found is None or len(mount.parts) >= found[0]):
            found = (len(mount.parts), fields[2])
    return found[1] if found else None
