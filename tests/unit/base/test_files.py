"""Reading with a limit, writing all or nothing."""

import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from resilience.base.files import make_folder, plain_reason, read_text, write_bytes, write_text
from resilience.base.language import in_language
from resilience.base.problems import InputError, RunError

OLD = "what stood there\n"
needs_posix = pytest.mark.skipif(os.name == "nt", reason="pipes with a name and permissions are of POSIX")


def refusal(path: Path, limit: int = 100) -> str:
    """Return, in English, why *path* is not read."""
    with in_language("en"), pytest.raises(InputError) as caught:
        read_text(path, limit=limit)
    return str(caught.value)


def failure(path: Path, content: bytes = b"new") -> str:
    """Return, in English, why *path* is not written."""
    with in_language("en"), pytest.raises(RunError) as caught:
        write_bytes(path, content)
    return str(caught.value)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is there, alone in its folder."""
    path = tmp_path / "report.html"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_text_is_read_up_to_its_limit(tmp_path: Path) -> None:
    """The limit counts bytes and is the last size that is read; a byte order mark is not part of the text."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "é".encode())
    read = read_text(path, limit=5)

    assert (read, refusal(path, 4)) == (
        "é",
        f"{path}: this file is 5 bytes; at most 4 are read: split it into smaller files",
    )


def test_a_file_that_grows_while_it_is_read_is_held_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system said about its size is not trusted; no more than the limit is taken into memory."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 200)
    sparse = os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda self, **_: sparse)

    assert refusal(path) == f"{path}: this file is 101 bytes; at most 100 are read: split it into smaller files"


@needs_posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe with a name would be read until somebody writes, a device for ever."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)

    assert [refusal(path) for path in (pipe, Path(os.devnull))] == [
        f"{pipe}: this is not a file: give a text file",
        f"{os.devnull}: this is not a file: give a text file",
    ]


@needs_posix
def test_what_cannot_be_read_is_said_in_plain_words(tmp_path: Path) -> None:
    """The system's own words are English and for programmers."""
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    names = ["nowhere", ".", "loop", "file/inside", "x" * 300]

    assert {name: refusal(tmp_path / name).removeprefix(f"{tmp_path / name}: cannot be read ") for name in names} == {
        "nowhere": "(there is nothing there): check the path and its permissions",
        ".": "(this is a folder, not a file): check the path and its permissions",
        "loop": "(this is a link that leads back to itself): check the path and its permissions",
        "file/inside": "(a file stands where a folder should be): check the path and its permissions",
        "x" * 300: "(the name is too long): check the path and its permissions",
    }


def test_a_rare_reason_stays_in_the_words_of_the_system() -> None:
    """Better those than none."""
    with in_language("en"):
        said = [plain_reason(error) for error in (OSError(errno.EDOM, "strange"), OSError("odd"), ValueError("NUL"))]

    assert said == ["strange", "odd", "NUL"]


def test_writing_makes_the_folder_and_nothing_else(tmp_path: Path) -> None:
    """The text is UTF-8 with the line ends that were given; no other file is left behind."""
    path = tmp_path / "a" / "b" / "report.html"
    write_text(path, "één\r\ntwee\n")

    assert (path.read_bytes(), list(path.parent.iterdir())) == ("één\r\ntwee\n".encode(), [path])


@pytest.mark.parametrize("step", ["fsync", "fdopen", "rename"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_what_goes_wrong_while_writing_leaves_the_old_file(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException
) -> None:
    """A full disk or a Ctrl-C at any step: the old content is there, and nothing beside it."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    if step == "rename":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, step, fail)
    with in_language("en"), pytest.raises((RunError, KeyboardInterrupt)) as caught:
        write_text(old, "new")

    full = f"{old} was not written: the disk is full; free some space and try again"
    assert (str(caught.value), old.read_text(encoding="utf-8"), list(old.parent.iterdir())) == (
        full if isinstance(error, OSError) else "",
        OLD,
        [old],
    )


CRASH = """
import os, pathlib, sys
from resilience.base.files import write_text
pathlib.Path.replace = lambda *_: os._exit(9)
write_text(pathlib.Path(sys.argv[1]), "half of the new")
"""


def test_a_crash_between_writing_and_renaming_leaves_the_old_file(old: Path) -> None:
    """The process is gone at the worst moment: the new text is nowhere under the old name."""
    ended = subprocess.run([sys.executable, "-c", CRASH, str(old)], check=False)

    assert (ended.returncode, old.read_text(encoding="utf-8")) == (9, OLD)


@needs_posix
def test_a_file_keeps_who_may_read_it(old: Path) -> None:
    """A report that its owner closed to others stays closed when it is written anew."""
    old.chmod(0o600)
    write_text(old, "new")

    assert (stat.S_IMODE(old.stat().st_mode), old.read_text(encoding="utf-8")) == (0o600, "new")


@needs_posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_the_permissions_that_the_user_set(tmp_path: Path, mask: int, mode: int) -> None:
    """The umask counts, and is left as it was."""
    before = os.umask(mask)
    try:
        write_text(tmp_path / "new", "x")
    finally:
        after = os.umask(before)

    assert (stat.S_IMODE((tmp_path / "new").stat().st_mode), after) == (mode, mask)


@needs_posix
def test_what_is_not_a_file_is_written_to_and_stays(tmp_path: Path) -> None:
    """``--out /dev/stdout`` must not put a file in the place of the device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    write_bytes(pipe, b"new")
    reader.join()

    assert (received, stat.S_ISFIFO(pipe.stat().st_mode)) == ([b"new"], True)


@needs_posix
def test_a_place_that_cannot_be_written_is_named_with_the_reason(old: Path) -> None:
    """A folder, a file on the way, a name that no system takes."""
    folder = old.parent / "folder"
    folder.mkdir()
    places = [folder, old / "inside.html", old.parent / ("x" * 300)]

    assert ([failure(place) for place in places], sorted(old.parent.iterdir())) == (
        [
            f"{places[0]} was not written: this is a folder, not a file; choose another place",
            f"{places[1]} was not written: a file stands where a folder should be; choose another place",
            f"{places[2]} was not written: the name is too long; choose another place",
        ],
        [folder, old],
    )


def test_a_folder_is_tried_before_the_work_is_done(old: Path) -> None:
    """It is made where it is missing, and left empty; a file in its place is a refusal."""
    folder = old.parent / "a" / "b"
    make_folder(folder)
    make_folder(folder)
    with in_language("en"), pytest.raises(RunError, match="a file stands where a folder should be"):
        make_folder(old)

    assert (list(folder.iterdir()), old.read_text(encoding="utf-8")) == ([], OLD)
