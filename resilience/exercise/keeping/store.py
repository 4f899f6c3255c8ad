"""The exercise file: one SQLite database that several processes append events to, and nobody changes.

Sequence numbers and hashes are given inside the transaction that writes the event, so that there is one order for
all; an event counts as acknowledged when its transaction is committed (write-ahead log, synchronous FULL).
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from resilience.base.canonical import canonical_json, sha256_hex
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.events import FIRST_HASH, Draft, Event, Kind, chain
from resilience.exercise.keeping.lease import Lease
from resilience.exercise.keeping.storage_faults import (
    damaged,
    not_an_exercise,
    not_whole,
    refuse_existing,
    refuse_missing,
    refuse_network_share,
    said_plainly,
)

APPLICATION_ID = 0x4B52_4558
"""Written in the file's header ("KREX"), so that no other SQLite file is mistaken for an exercise."""
FORMAT = 2
"""The format of the file; a newer program reads older ones, never the other way round.

1: version 0.1.0. 2: more kinds of event, which that version cannot read.
"""
BUSY_SECONDS = 5.0
IN_MEMORY = ":memory:"

_TABLES = """
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    minute INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    actor TEXT NOT NULL,
    audience TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    once TEXT UNIQUE,
    content_hash TEXT NOT NULL,
    full_hash TEXT NOT NULL
) STRICT;
CREATE TABLE attachment (hash TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
CREATE TABLE lease (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    holder TEXT NOT NULL,
    process TEXT NOT NULL,
    heartbeat INTEGER NOT NULL
) STRICT;
"""
_REFUSED = {
    "event_update": "UPDATE ON event",
    "event_delete": "DELETE ON event",
    "event_replace": "INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE seq = NEW.seq OR once = NEW.once)",
    "attachment_update": "UPDATE ON attachment",
    "attachment_delete": "DELETE ON attachment",
    "attachment_replace": "INSERT ON attachment WHEN EXISTS (SELECT 1 FROM attachment WHERE hash = NEW.hash)",
}
APPEND_ONLY = {
    name: f"CREATE TRIGGER {name} BEFORE {what} BEGIN SELECT RAISE(ABORT, 'an exercise log is only added to'); END"
    for name, what in _REFUSED.items()
}
"""The triggers that refuse every change of what was written, REPLACE included (which fires no DELETE trigger)."""
_SELECT = """
SELECT seq, minute, wall, actor, audience, kind, payload, content_hash, full_hash FROM event WHERE seq > ? ORDER BY seq
"""
_INSERT = """
INSERT INTO event (seq, minute, wall, actor, audience, kind, payload, content_hash, full_hash, once)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

Entry = tuple[Event, str | None]
"""An event and its once-key."""
MakeDrafts = Callable[[tuple[Event, ...]], Sequence[Draft]]


class Store:
    """An open exercise file. Not for use by several threads; other processes open their own."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.path = path
        self.name = str(path) if path else _("the exercise in memory")
        self._connection = connection
        self._version: object = None
        """What SQLite said when it was last asked whether others wrote."""
        self._closed = False

    @classmethod
    def create(cls, path: Path | None, drafts: Sequence[Draft], *, wall: int, before: Sequence[Entry] = ()) -> Self:
        """Make a new exercise file at *path* (None: in memory only) that holds *drafts*, all or nothing.

        *before* are entries of another file that stand before them as they are, their hashes included.
        Raises InputError when something is there already or the place is a network share.
        """
        if path is None:
            store = cls(_connected(IN_MEMORY), None)
            store._prepare(before, drafts, wall)
            return store
        refuse_existing(path)
        refuse_network_share(path)
        with said_plainly(str(path)):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent.resolve(), prefix=f".{path.name}.")
            os.close(handle)
        unfinished = Path(name)
        try:
            with said_plainly(str(path)):
                first = cls(_connected(unfinished.as_uri()), path)
                try:
                    first._connection.execute("PRAGMA journal_mode = WAL")
                    first._prepare(before, drafts, wall)
                finally:
                    first.close()
                _give_its_name(unfinished, path)
        finally:
            remove(unfinished)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open an existing exercise file; *read_only* works on a medium that cannot be written too.

        Raises InputError for a missing file, one of another kind or of a newer program, RunError for a damaged one.
        """
        refuse_missing(path)
        refuse_network_share(path)
        with said_plainly(str(path)):
            store = cls(_connected(_address(path, read_only=read_only)), path)
            try:
                store._recognise()
                store._connection.execute("PRAGMA query_only = ON" if read_only else "PRAGMA journal_mode = WAL")
                if not read_only:
                    store._renew()
            except BaseException:
                store.close()
                raise
        return store

    def close(self) -> None:
        """Close the file; the last process to do so folds the write-ahead log into it."""
        self._closed = True
        self._connection.close()

    def __del__(self) -> None:
        if not getattr(self, "_closed", True):
            with suppress(sqlite3.ProgrammingError):  # only the thread that opened it may close it
                self._connection.close()

    def events(self, after: int = 0) -> tuple[Event, ...]:
        """Return the committed events with a number above *after*, in order."""
        with said_plainly(self.name):
            rows = self._connection.execute(_SELECT, (after,)).fetchall()
        try:
            return tuple(_event(row) for row in rows)
        except (ValueError, TypeError) as error:
            raise damaged(self.name, _("an event cannot be read")) from error

    def changed(self) -> bool:
        """Return whether another connection wrote since this was asked last; costs far less than reading events."""
        with said_plainly(self.name):
            version = self._connection.execute("PRAGMA data_version").fetchone()
        before, self._version = self._version, version
        return bool(version != before)

    def entries(self, until: int) -> tuple[Entry, ...]:
        """Return the first *until* events, each with its once-key."""
        with said_plainly(self.name):
            keys = dict(self._connection.execute("SELECT seq, once FROM event WHERE seq <= ?", (until,)).fetchall())
        return tuple((event, keys[event.seq]) for event in self.events() if event.seq in keys)

    def transact(self, after: int, make: MakeDrafts, *, wall: int) -> tuple[Event, ...]:
        """Append what *make* returns, in one transaction that no other writer can come between.

        *make* is given the events after number *after* that others wrote, so that it decides on the newest state. A
        draft whose once-key the file already holds is left out. Returns those events of others and the new ones,
        all committed. When *make* raises, nothing is written.
        """
        with said_plainly(self.name), self._transaction():
            unseen = self.events(after)
            written = self._append(make(unseen), wall)
        return unseen + written

    def attach(self, content: str) -> str:
        """Keep *content* in the file, inside the running transaction, and return the hash that names it."""
        identity = sha256_hex(content)
        if self.attachment(identity) is None:
            self._connection.execute("INSERT INTO attachment VALUES (?, ?)", (identity, content))
        return identity

    def attachment(self, identity: str) -> str | None:
        """Return what was attached under this hash."""
        with said_plainly(self.name):
            row = self._connection.execute("SELECT content FROM attachment WHERE hash = ?", (identity,)).fetchone()
        return str(row[0]) if row else None

    def lease(self) -> Lease | None:
        """Return who conducts."""
        with said_plainly(self.name):
            row = self._connection.execute("SELECT holder, process, heartbeat FROM lease").fetchone()
        return Lease(*row) if row else None

    def set_lease(self, lease: Lease | None) -> None:
        """Write who conducts; belongs inside `transact`, after a look at the lease that stands."""
        if lease is None:
            self._connection.execute("DELETE FROM lease")
        else:
            row = (lease.holder, lease.process, lease.heartbeat)
            self._connection.execute("INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?)", row)

    def _append(self, drafts: Sequence[Draft], wall: int) -> tuple[Event, ...]:
        last = self._connection.execute(
            "SELECT seq, minute, content_hash, full_hash FROM event ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        seq, minute, *hashes = last or (0, 0, FIRST_HASH, FIRST_HASH)
        previous = (str(hashes[0]), str(hashes[1]))
        written = []
        for draft in drafts:
            if draft.once is not None and self._holds(draft.once):
                continue
            if draft.minute < minute:
                message = f"event {draft.kind} at minute {draft.minute} comes after one at minute {minute}"
                raise ValueError(message)
            event = chain(previous, seq + 1, wall if draft.wall is None else draft.wall, draft)
            event = self._insert(event, draft.once)
            written.append(event)
            seq, minute, previous = event.seq, event.minute, (event.content_hash, event.full_hash)
        return tuple(written)

    def _holds(self, once: str) -> bool:
        return self._connection.execute("SELECT 1 FROM event WHERE once = ?", (once,)).fetchone() is not None

    def _insert(self, event: Event, once: str | None) -> Event:
        row = (
            event.seq, event.minute, event.wall, event.actor, canonical_json(list(event.audience)), str(event.kind),
            canonical_json(event.payload), event.content_hash, event.full_hash,
        )  # fmt: skip
        self._connection.execute(_INSERT, (*row, once))
        return _event(row)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._commit()
        except BaseException:
            if self._connection.in_transaction:  # a full disk has already rolled back
                self._connection.execute("ROLLBACK")
            raise

    def _commit(self) -> None:
        self._connection.execute("COMMIT")

    def _prepare(self, before: Sequence[Entry], drafts: Sequence[Draft], wall: int) -> None:
        self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._connection.execute(f"PRAGMA user_version = {FORMAT}")
        with self._transaction():
            for statement in (*_TABLES.split(";\n"), *APPEND_ONLY.values()):
                self._connection.execute(statement)
            for event, once in before:
                self._insert(event, once)
            self._append(drafts, wall)

    def _recognise(self) -> None:
        application, version = (
            self._connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in ("application_id", "user_version")
        )
        if application != APPLICATION_ID:
            raise not_an_exercise(self.name)
        if version > FORMAT:
            what = _("a newer version of this program made this file")
            raise InputError.because(what, _("update this program"), file=self.name)
        if self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(self.name, not_whole())
        first = self._connection.execute("SELECT kind FROM event WHERE seq = 1").fetchone()
        if first is None or first[0] != Kind.CREATED:
            raise damaged(self.name, _("its first event is missing"))

    def _renew(self) -> None:
        """Mark a file of an older version as one of this version, whose events will be in it from now on."""
        if self._connection.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
            self._connection.execute(f"PRAGMA user_version = {FORMAT}")

    def faults_of_pages(self) -> tuple[str, ...]:
        """Return what SQLite's own full check and a look at the append-only triggers find wrong."""
        with said_plainly(self.name):
            rows = self._connection.execute("PRAGMA integrity_check").fetchall()
            triggers = self._connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            attached = self._connection.execute("SELECT hash, content FROM attachment ORDER BY hash").fetchall()
        faults = [f"{not_whole()} ({' '.join(str(row[0]).split())})" for row in rows if row[0] != "ok"]
        if dict(triggers) != APPEND_ONLY:
            faults.append(_("the triggers that keep the log append-only were changed"))
        faults += [
            _("attachment {hash} was changed", hash=identity[:12])
            for identity, content in attached
            if sha256_hex(content) != identity
        ]
        return tuple(faults)


def remove(path: Path) -> None:
    """Remove a file that nobody has open, with what SQLite keeps beside it; what cannot be removed stays."""
    for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _connected(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _address(path: Path, *, read_only: bool) -> str:
    """Return the address by which SQLite opens an existing file.

    Where it may write it also tidies up its own log on closing, which a reader needs as well; from a medium that
    cannot be written it reads the file alone.
    """
    address = path.resolve().as_uri()
    if not read_only or (os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)):
        return f"{address}?mode=rw"
    return f"{address}?mode=ro{'' if Path(f'{path}-wal').exists() else '&immutable=1'}"


def _give_its_name(unfinished: Path, path: Path) -> None:
    """Move a finished file to *path*, unless somebody was there first."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        refuse_existing(path)
    except OSError:  # a file system without hard links
        refuse_existing(path)
        unfinished.rename(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power failure, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _event(row: Sequence[object]) -> Event:
    seq, minute, wall, actor, audience, kind, payload, content_hash, full_hash = row
    return Event(
        int(str(seq)), int(str(minute)), int(str(wall)), str(actor), tuple(json.loads(str(audience))),
        Kind(str(kind)), json.loads(str(payload)), str(content_hash), str(full_hash),
    )  # fmt: skip
