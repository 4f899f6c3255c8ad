"""What can be wrong with an exercise file: one sentence each, with the remedy, and never a file that is half."""

import errno
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from resilience.base.problems import InputError, ResilienceError, RunError
from resilience.exercise.events import Draft, Kind
from resilience.exercise.keeping import storage_faults, store
from resilience.exercise.keeping.lease import Lease
from resilience.exercise.keeping.store import FORMAT, Store
from resilience.exercise.keeping.verification import verify
from resilience.exercise.session import Session
from tests.unit.exercise.small_exercise import first_draft, new_session


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A sound exercise file."""
    path = tmp_path / "a.exercise"
    Store.create(path, [first_draft()], wall=0).close()
    return path


def _nothing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("id: blackout\n" * 200, encoding="utf-8")


def _other_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE event (seq)")
    connection.close()


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    connection.close()


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def _overwritten(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])


@pytest.mark.parametrize(
    ("spoil", "kind", "said"),
    [
        (_nothing, InputError, "there is no such exercise file"),
        (_folder, InputError, "this is not an exercise file"),
        (_empty, InputError, "this is not an exercise file"),
        (_text, InputError, "this is not an exercise file"),
        (_other_database, InputError, "this is not an exercise file"),
        (_newer, InputError, "a newer version of this program made this file"),
        (_cut_off, RunError, "is damaged"),
        (_overwritten, RunError, "is damaged"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    file: Path, spoil: Callable[[Path], None], kind: type[ResilienceError], said: str, read_only: bool
) -> None:
    """Whatever is wrong, opening names the file and what is wrong, and leaves the file as it is."""
    spoil(file)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(kind) as caught:
        Store.open(file, read_only=read_only)

    message = str(caught.value)
    after = file.read_bytes() if file.is_file() else None
    assert (said in message, str(file) in message, "\n" in message, after) == (True, True, False, before)


def test_an_exercise_is_never_overwritten(file: Path) -> None:
    """Making an exercise where there is a file already is refused, and nothing else is left in the folder."""
    before = file.read_bytes()
    with pytest.raises(InputError, match="there is already a file here"):
        Store.create(file, [first_draft()], wall=0)

    assert ([path.name for path in file.parent.iterdir()], file.read_bytes()) == ([file.name], before)


def test_a_name_taken_meanwhile_is_not_overwritten(file: Path) -> None:
    """Also when another process makes the file between the look and the writing."""
    before = file.read_bytes()
    unfinished = file.with_name("unfinished")
    unfinished.write_bytes(b"mine")
    with pytest.raises(InputError, match="there is already a file here"):
        store._give_its_name(unfinished, file)

    assert file.read_bytes() == before


def test_a_failed_start_leaves_nothing(tmp_path: Path) -> None:
    """When the first event cannot be written there is no file, whole or half."""
    path = tmp_path / "folder" / "a.exercise"
    with pytest.raises(ValueError, match="comes after"):
        Store.create(path, [Draft(Kind.CREATED, 5, "x", {}), Draft(Kind.SCALE, 4, "x", {})], wall=0)

    assert list(path.parent.iterdir()) == []


def test_a_locked_file_is_said_to_be_locked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program that keeps the file to itself gets the blame, in one sentence."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.01)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ours = Store.open(file)
    with pytest.raises(RunError, match="is locked by another program"):
        ours.transact(0, lambda _unseen: [Draft(Kind.SCALE, 0, "x", {})], wall=1)
    other.execute("ROLLBACK")
    written = ours.transact(1, lambda _unseen: [Draft(Kind.SCALE, 0, "x", {})], wall=1)
    ours.close()
    other.close()

    assert [event.seq for event in written] == [2]


def test_a_full_disk_is_said_to_be_full_and_loses_nothing(file: Path) -> None:
    """What does not fit is not acknowledged; what was, stays; once there is space, the log goes on."""
    ours = Store.open(file)
    pages = ours._connection.execute("PRAGMA page_count").fetchone()[0]
    ours._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    big = Draft(Kind.MESSAGE, 0, "x", {"text": "x" * 100_000})
    with pytest.raises(RunError, match="the disk is full"):
        ours.transact(0, lambda _unseen: [big], wall=1)
    kept = len(ours.events())
    ours._connection.execute("PRAGMA max_page_count = 100000")
    ours.transact(1, lambda _unseen: [big], wall=2)
    after = len(ours.events())
    ours.close()

    assert (kept, after) == (1, 2)


def test_a_session_on_a_full_disk_goes_on_afterwards(tmp_path: Path) -> None:
    """A decision that did not fit is not shown as taken; the session stays usable."""
    session, _wall = new_session(tmp_path, tmp_path / "a.exercise")
    session.start()
    connection = session._store._connection
    connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(RunError, match="the disk is full"):
        _fill(session)
    noted = len(session.state.picture)
    connection.execute("PRAGMA max_page_count = 100000")
    session.note("space again")
    session.close()
    with session.open(tmp_path / "a.exercise", read_only=True) as again:
        assert len(again.state.picture) == noted + 1


def _fill(session: Session) -> None:
    for number in range(100):
        session.note(f"{number}" + "x" * 5000)


def _said_of(error: Exception) -> str:
    with pytest.raises(ResilienceError) as caught, storage_faults.said_plainly("a.exercise"):
        raise error
    return str(caught.value)


def _of_sqlite(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("words of SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOENT, "x"), "a.exercise cannot be used: there is nothing there; choose another place"),
        (OSError(errno.EACCES, "x"), "a.exercise cannot be used: you have no permission; choose another place"),
        (
            OSError(errno.EDQUOT, "x"),
            "nothing more fits in a.exercise: the disk is full; free some space and try again",
        ),
        (
            _of_sqlite(sqlite3.SQLITE_IOERR_WRITE),
            "a.exercise cannot be used: the disk refuses to read or write it; check your quota",
        ),
        (
            _of_sqlite(sqlite3.SQLITE_CANTOPEN),
            "a.exercise cannot be opened; check its permissions and those of its folder",
        ),
        (
            _of_sqlite(sqlite3.SQLITE_CORRUPT),
            "a.exercise is damaged (its content is not whole); go on with your last copy of it",
        ),
    ],
)
def test_the_words_of_the_system_are_not_shown(error: Exception, said: str) -> None:
    """What the system or SQLite says is English and for programmers; the user gets the reason and the remedy."""
    assert _said_of(error) == said


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Where the system says that a place is a share, no exercise is made or opened there; unknown passes."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(storage_faults, "MOUNTS", mounts)
    with pytest.raises(InputError, match=r"network share \(nfs4\)"):
        Store.create(tmp_path / "new" / "b.exercise", [first_draft()], wall=0)
    with pytest.raises(InputError, match=r"network share \(nfs4\)"):
        Store.open(file)
    monkeypatch.setattr(storage_faults, "MOUNTS", tmp_path / "nowhere")
    Store.open(file).close()

    assert not (tmp_path / "new").exists()


def test_the_deepest_mount_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A local disk below a share is local, also with a space in its name; a line that is cut off is passed over."""
    inner = tmp_path / "with space"
    inner.mkdir()
    mounts = tmp_path / "mounts"
    escaped = str(inner).replace(" ", "\\040")
    mounts.write_text(f"x {tmp_path} cifs rw\nx {escaped} ext4 rw\nbroken\n", encoding="utf-8")
    monkeypatch.setattr(storage_faults, "MOUNTS", mounts)

    found = [storage_faults.file_system_of(path) for path in (tmp_path / "a", inner / "b" / "c", Path("/elsewhere"))]
    assert found == ["cifs", "ext4", None]


def test_a_read_only_folder_can_be_read(file: Path) -> None:
    """An exercise on a medium that cannot be written is shown all the same."""
    file.chmod(0o444)
    file.parent.chmod(0o555)
    try:
        opened = Store.open(file, read_only=True)
        events = opened.events()
        opened.close()
    finally:
        file.parent.chmod(0o755)

    assert len(events) == 1


def test_the_check_names_what_was_changed(tmp_path: Path) -> None:
    """A changed attachment, payload or trigger, and an event cut out, are each found by `verify`."""
    path = tmp_path / "a.exercise"
    session, _wall = new_session(tmp_path, path)
    with session:
        session.start()
        session.end()
    sound = verify(path)
    connection = sqlite3.connect(path, isolation_level=None)
    for name in ("event_update", "event_delete", "attachment_update"):
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE attachment SET content = '{}'")
    connection.execute("UPDATE event SET payload = replace(payload, '\"rate\":1', '\"rate\":9') WHERE seq = 2")
    changed = verify(path).faults
    connection.execute("DELETE FROM event WHERE seq = 2")
    connection.close()
    cut = verify(path).faults

    assert {
        "sound": sound.faults,
        "triggers": any("append-only" in fault for fault in changed),
        "attachment": any("attachment" in fault for fault in changed),
        "event": "the content of event 2 was changed" in changed,
        "cut": "event 2 is missing" in cut,
    } == {"sound": (), "triggers": True, "attachment": True, "event": True, "cut": True}


def test_a_session_refuses_a_log_with_a_gap(tmp_path: Path) -> None:
    """A log that misses an event is damaged; no state is made of the rest."""
    path = tmp_path / "a.exercise"
    session, _wall = new_session(tmp_path, path)
    with session:
        session.start()
        session.scale("GRIP 1")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER event_delete")
    connection.execute("DELETE FROM event WHERE seq = 2")
    connection.close()

    with pytest.raises(RunError, match="is damaged"):
        session.open(path)


def test_the_lease_is_kept_in_the_file(file: Path) -> None:
    """What one process writes about who conducts, another reads."""
    one, other = Store.open(file), Store.open(file)
    lease = Lease("me", "1 2 3 4", 500)
    one.transact(0, lambda _unseen: _lease(one, lease), wall=1)
    seen = other.lease()
    other.transact(0, lambda _unseen: _lease(other, None), wall=2)
    gone = one.lease()
    one.close()
    other.close()

    assert (seen, gone) == (lease, None)


def _lease(store: Store, lease: Lease | None) -> list[Draft]:
    store.set_lease(lease)
    return []
