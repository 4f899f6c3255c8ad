"""The register of actions: what every exercise taught, who repairs it by when, and how that stands.

One SQLite file beside the exercises, in which nothing is ever changed: an action is what its entries say together.
Owners are functions, never persons.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from resilience.base.canonical import canonical_json
from resilience.base.files import make_folder
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.clock import EARLIEST_REAL_WALL
from resilience.exercise.keeping.folder import default_folder
from resilience.exercise.keeping.storage_faults import damaged, not_whole, refuse_network_share, said_plainly
from resilience.exercise.moment import clean
from resilience.exercise.roles import a_role
from resilience.exercise.state import ExerciseState

NAME = "actions.register"
APPLICATION_ID = 0x4B52_4143
"""Written in the file's header ("KRAC")."""
FORMAT = 1
BUSY_SECONDS = 5.0
_SQLITE = b"SQLite format 3\0"
_TABLES = (
    """CREATE TABLE IF NOT EXISTS entry (
    seq INTEGER PRIMARY KEY, day TEXT NOT NULL, action INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
    once TEXT UNIQUE) STRICT""",
    *(
        f"CREATE TRIGGER IF NOT EXISTS entry_{name} BEFORE {what} ON entry "
        "BEGIN SELECT RAISE(ABORT, 'a register is only added to'); END"
        for name, what in (("update", "UPDATE"), ("delete", "DELETE"))
    ),
)
ActionStatus = Literal["open", "done", "dropped"]
EntryKind = Literal["added", "changed", "done", "dropped", "reopened"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The exercise that an action comes from; *identity* stays the same wherever its file is moved."""

    identity: str
    name: str
    city: str
    played: dt.date | None
    """None for a rehearsal, and before the start."""
    finding: int | None
    """The number of its finding in the log."""
    fingerprint: str | None = None
    """What tells that finding from every other one, in whatever exercise."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to repair."""

    number: int
    text: str
    finding: str
    owner: str
    """A function; empty: to be named."""
    due: dt.date | None
    status: ActionStatus
    added: dt.date
    origin: Origin | None = None
    ended: dt.date | None = None
    note: str = ""
    """What was written at the last change of its status."""

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it is open after its last day."""
        return self.status == "open" and self.due is not None and self.due < today

    def to_json(self, today: dt.date) -> dict[str, object]:
        """Return a JSON value."""
        origin = self.origin
        return {
            "number": self.number,
            "action": self.text,
            "finding": self.finding,
            "owner": self.owner or None,
            "due": self.due.isoformat() if self.due else None,
            "status": self.status,
            "overdue": self.is_overdue(today),
            "added": self.added.isoformat(),
            "ended": self.ended.isoformat() if self.ended else None,
            "note": self.note,
            "exercise": origin.name if origin else None,
            "exercise_id": origin.identity if origin else None,
            "city": origin.city if origin else None,
            "played": origin.played.isoformat() if origin and origin.played else None,
            "finding_number": origin.finding if origin else None,
        }


@dataclass(frozen=True, slots=True)
class NewAction:
    """What an action is made from."""

    text: str
    owner: str = ""
    due: dt.date | None = None
    finding: str = ""
    origin: Origin | None = None


class Register:
    """The register in one file, which is made when the first action is added; every call reads or writes it anew."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or default_folder() / NAME

    def actions(self) -> tuple[Action, ...]:
        """Return every action in the order in which it was added; none where there is no register yet."""
        if not self.path.exists():
            return ()
        with self._opened() as database:
            return _folded(_rows(database), str(self.path))

    def overdue(self, today: dt.date) -> tuple[Action, ...]:
        """Return the open actions whose date has passed, the oldest first."""
        late = [action for action in self.actions() if action.is_overdue(today)]
        return tuple(sorted(late, key=lambda action: (action.due or today, action.number)))

    def add(self, wanted: Sequence[NewAction], today: dt.date) -> tuple[Action, ...]:
        """Add actions, all or none; returns those that are new. A finding that is here already is left as it is."""
        entries = [_added(one) for one in wanted]
        if not entries:
            return ()
        make_folder(self.path.parent)
        with self._opened() as database, _writing(database):
            before = {row[2] for row in _rows(database)}
            number = max(before, default=0)
            for payload, once in entries:
                if once is None or database.execute("SELECT 1 FROM entry WHERE once = ?", (once,)).fetchone() is None:
                    number += 1
                    _write(database, today, number, "added", payload, once)
            after = _folded(_rows(database), str(self.path))
        return tuple(action for action in after if action.number not in before)

    def change(self, number: int, today: dt.date, *, owner: str | None = None, due: dt.date | None = None) -> Action:
        """Name another owner or date of an open action."""
        if owner is None and due is None:
            raise InputError.because(_("nothing was asked to change"), _("give --owner or --by"))
        payload: dict[str, object] = {} if owner is None else {"owner": a_role(owner, _("the owner"))}
        payload |= {} if due is None else {"due": due.isoformat()}
        return self._enter(number, today, "changed", payload, wanted=("open",))

    def end(self, number: int, today: dt.date, note: str, *, dropped: bool = False) -> Action:
        """Close an open action: done, or *dropped* with the reason in *note*."""
        said = clean(note, _("the reason"), required=dropped)
        return self._enter(number, today, "dropped" if dropped else "done", {"note": said}, wanted=("open",))

    def reopen(self, number: int, today: dt.date, note: str) -> Action:
        """Open an action again that turned out not to be done."""
        said = clean(note, _("the reason"), required=True)
        return self._enter(number, today, "reopened", {"note": said}, wanted=("done", "dropped"))

    def _enter(
        self, number: int, today: dt.date, kind: EntryKind, payload: dict[str, object], *, wanted: Sequence[str]
    ) -> Action:
        if not self.path.exists():
            raise _unknown(number, self.path)
        with self._opened() as database, _writing(database):
            found = _one(database, number, self.path)
            if found.status not in wanted:
                what = _("action {number} is {status}", number=number, status=status_word(found.status))
                raise InputError.because(what, _("see 'resilience exercise actions list --all'"), file=str(self.path))
            _write(database, today, number, kind, payload, None)
            return _one(database, number, self.path)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        refuse_network_share(self.path)
        name = str(self.path)
        with said_plainly(name):
            if self.path.exists() and self.path.stat().st_size and not _starts_as_sqlite(self.path):
                raise _of_another_kind(name)
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous = FULL")
                database.execute("PRAGMA trusted_schema = OFF")
                _recognise(database, name)
                yield database


def origin_of(state: ExerciseState, finding: int | None = None) -> Origin:
    """Return where an action from the exercise in *state* comes from."""
    first, head = state.events[0], state.head
    started = next((event.wall for event in state.events if event.kind == "startex"), 0)
    real = started >= EARLIEST_REAL_WALL
    return Origin(
        first.full_hash,
        head.name.within(head.language) if head else "",
        head.city if head else "",
        dt.datetime.fromtimestamp(started / 1000, tz=dt.UTC).date() if real else None,
        finding,
        next((event.full_hash for event in state.events if event.seq == finding), None),
    )


def from_findings(state: ExerciseState) -> tuple[NewAction, ...]:
    """Return an action for every finding in *state* that says what to do."""
    return tuple(
        NewAction(
            finding.action, finding.owner or "", dt.date.fromisoformat(finding.by) if finding.by else None,
            finding.text, origin_of(state, finding.seq),
        )
        for finding in state.findings
        if finding.action
    )  # fmt: skip


def status_word(status: ActionStatus) -> str:
    """Return how an action stands, in words."""
    return {"open": _("open"), "done": _("done"), "dropped": _("dropped")}[status]


def line(action: Action) -> str:
    """Return an action in one line: its last day, what, who, from which exercise."""
    owner = action.owner or _("nobody yet")
    due = action.due.isoformat() if action.due else _("no date yet")
    text = _("action {number}, due {day}: {action} ({owner})", number=action.number, day=due, action=action.text,
             owner=owner)  # fmt: skip
    return _("{text}, from '{exercise}'", text=text, exercise=action.origin.name) if action.origin else text


def _added(wanted: NewAction) -> tuple[dict[str, object], str | None]:
    """Return the entry that adds an action, and the key that lets a finding come in once."""
    origin = wanted.origin
    payload: dict[str, object] = {
        "text": clean(wanted.text, _("the action"), required=True),
        "finding": clean(wanted.finding, _("the finding")),
        "owner": a_role(wanted.owner, _("the owner")),
        "due": wanted.due.isoformat() if wanted.due else None,
        "origin": None
        if origin is None
        else {
            "identity": origin.identity, "name": origin.name, "city": origin.city,
            "played": origin.played.isoformat() if origin.played else None, "finding": origin.finding,
            "fingerprint": origin.fingerprint,
        },
    }  # fmt: skip
    return payload, origin.fingerprint if origin else None


def _rows(database: sqlite3.Connection) -> list[tuple[int, str, int, str, str]]:
    return database.execute("SELECT seq, day, action, kind, payload FROM entry ORDER BY seq").fetchall()


def _write(
    database: sqlite3.Connection, day: dt.date, action: int, kind: EntryKind, payload: dict[str, object],
    once: str | None,
) -> None:  # fmt: skip
    row = (day.isoformat(), action, kind, canonical_json(payload), once)
    database.execute("INSERT INTO entry (day, action, kind, payload, once) VALUES (?, ?, ?, ?, ?)", row)


@contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    """Make the tables where they are missing, and write all or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {FORMAT}")
        for statement in _TABLES:
            database.execute(statement)
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:  # a full disk has already rolled back
            database.execute("ROLLBACK")
        raise


def _recognise(database: sqlite3.Connection, name: str) -> None:
    application, version = (
        database.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in ("application_id", "user_version")
    )
    empty = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not (empty and application == 0):
        raise _of_another_kind(name)
    if version > FORMAT:
        what = _("a newer version of this program made this file")
        raise InputError.because(what, _("update this program"), file=name)
    if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(name, not_whole())


def _starts_as_sqlite(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _one(database: sqlite3.Connection, number: int, path: Path) -> Action:
    found = next((one for one in _folded(_rows(database), str(path)) if one.number == number), None)
    if found is None:
        raise _unknown(number, path)
    return found


def _folded(rows: Sequence[tuple[int, str, int, str, str]], name: str) -> tuple[Action, ...]:
    found: dict[int, Action] = {}
    try:
        for _seq, day, number, kind, payload in rows:
            said = json.loads(payload)
            moment = dt.date.fromisoformat(day)
            found[number] = (
                _first(number, moment, said) if kind == "added" else _next(found[number], kind, moment, said)
            )
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(name, _("an entry cannot be read")) from error
    return tuple(found.values())


def _first(number: int, day: dt.date, said: dict[str, Any]) -> Action:
    origin = said["origin"]
    return Action(
        number, said["text"], said["finding"], said["owner"], _day(said["due"]), "open", day,
        Origin(**{**origin, "played": _day(origin["played"])}) if origin else None,
    )  # fmt: skip


def _next(action: Action, kind: str, day: dt.date, said: dict[str, Any]) -> Action:
    match kind:
        case "changed":
            due = _day(said["due"]) if "due" in said else action.due
            return replace(action, owner=said.get("owner", action.owner), due=due)
        case "done":
            return replace(action, status="done", ended=day, note=said["note"])
        case "dropped":
            return replace(action, status="dropped", ended=day, note=said["note"])
        case "reopened":
            return replace(action, status="open", ended=None, note=said["note"])
        case _:
            raise KeyError(kind)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _unknown(number: int, path: Path) -> InputError:
    what = _("there is no action {number}", number=number)
    return InputError.because(what, _("see 'resilience exercise actions list --all'"), file=str(path))


def _of_another_kind(name: str) -> InputError:
    what = _("this is not a register of actions")
    return InputError.because(what, _("give another place with --register"), file=name)
