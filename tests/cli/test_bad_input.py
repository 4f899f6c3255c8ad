"""Whatever a user hands in: one clear sentence with the place and the remedy, the right exit code, nothing lost."""

import ctypes
import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from city_model.catalogue import bundled_cities
from resilience.exercise.keeping import storage_faults, store
from scenarios.catalogue import bundled_scenarios
from scenarios.incident_kinds import reference_kinds
from tests.cli.asking import Ask, Said, command, process
from tests.packaging.project import ROOT

MINI = ROOT / "tests" / "data" / "mini"
ERROR = "resilience: error: "
FULL = pytest.mark.full
"""More of the same, each a process of its own: one of them is enough for every change."""
MEMORY = 600_000_000
"""Bytes of address space that are ample for a small city, and far less than a bomb would take."""

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]\n" for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Ten to the ninth values when it is written out."""


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Asks the command line in this process."""
    return Ask(capsys)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, also the current one, with the small town, its scenario and nothing else."""
    folder = tmp_path / "work"
    shutil.copytree(MINI / "city", folder / "town")
    shutil.copy(MINI / "scenario.yaml", folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def exercise(place: Path, ask: Ask) -> Path:
    """A finished exercise file in that folder."""
    assert ask("exercise", "rehearse", "town", "scenario.yaml", "--file", "done.exercise").code == 0
    return place / "done.exercise"


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* with its content; of what is no file, its kind."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
    }


def without_privileges() -> None:
    """Let permissions count for root too: give up the right to override them, in a process about to start."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
        for capability in (dac_override, dac_read_search):
            libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)


def little_memory() -> None:
    """Let a process about to start have no more than MEMORY."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


# --- Words that mean nothing


def _mistakes() -> dict[str, str]:
    text = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")
    kinds = [kind.id for kind in reference_kinds().kinds]
    bundled = {"{cities}": bundled_cities(), "{scenarios}": bundled_scenarios(), "{kinds}": kinds}
    for field, names in bundled.items():
        text = text.replace(field, ", ".join(names))
    return dict(re.findall(r"(?m)^\$ (.+)\n(.+)$", text))


@pytest.mark.parametrize(("words", "said"), _mistakes().items())
def test_each_mistake_is_one_sentence_with_its_remedy(ask: Ask, place: Path, words: str, said: str) -> None:
    """On stderr, in the language of the reader; stdout stays empty, and no file appears or changes."""
    before = files_in(place)
    english, dutch = (ask(*words.split(" "), lang=lang) for lang in ("en", "nl"))

    assert (english, dutch.code, dutch.out, dutch.err.count("\n"), dutch.err != english.err, files_in(place)) == (
        Said(2, "", f"{ERROR}{said}\n"), 2, "", 1, True, before,
    )  # fmt: skip


def test_what_a_user_typed_cannot_steer_the_terminal(ask: Ask, place: Path) -> None:
    """Control characters are written out, line ends are not followed."""
    assert ask("city", "check", "a\nb\x1b[31m").err.startswith(
        f"{ERROR}there is no city or folder called 'a b\\x1b[31m': "
    )


def test_all_mistakes_in_a_question_are_said_at_once(ask: Ask, place: Path) -> None:
    """Nobody repairs one word to be told of the next."""
    said = ask("simulate", "town", "--fail", "gird@x", "--fail", "hall@", "--for", "0m", "--until", "x")

    assert (said.code, said.out, [line.removeprefix(ERROR).split(": ")[0] for line in said.err.splitlines()]) == (
        2, "", ["--fail gird@x", "--fail gird@x", "--fail hall@", "--fail hall@", "--for", "--until"],
    )  # fmt: skip


def test_all_faults_of_all_files_are_said_at_once(ask: Ask, place: Path) -> None:
    """Each on a line with file, line and column; the scenario's faults when the city has none."""
    (place / "town" / "telecom.yaml").write_text("components: [\n", encoding="utf-8")
    grid = place / "town" / "grid-company.yaml"
    grid.write_text(grid.read_text(encoding="utf-8").replace("sector: energy", "sector: energie"), encoding="utf-8")
    said = ask("simulate", "town", "scenario.yaml")

    assert (said.code, said.out, [line.split(": ")[2] for line in said.err.splitlines()]) == (
        2, "", ["town/telecom.yaml:2:1", "town/grid-company.yaml:4:11"],
    )  # fmt: skip


def test_a_scenario_that_names_what_is_not_there_is_refused_with_all_its_faults(ask: Ask, place: Path) -> None:
    """Of an incident, a condition and a decision: with place and near match, whichever command reads it."""
    file = place / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("ids: [grid]", "ids: [gird]").replace("component: information,", "component: informatie,")
    file.write_text(text.replace("need: data-centre>grid", "need: data-center>grid"), encoding="utf-8")
    told = [
        ask("simulate", "town", "scenario.yaml"),
        ask("scenario", "check", "town", "scenario.yaml"),
        ask("exercise", "rehearse", "town", "scenario.yaml", "--file", "a.exercise"),
        ask("report", "cascade", "town", "scenario.yaml", "--out", "a.html"),
    ]

    assert [(said.code, said.out, [line.split(":")[3] for line in said.err.splitlines()]) for said in told] == [
        (2, "", ["36", "81", "104"])
    ] * 4
    assert [("gird" in line, "did you mean" in line) for line in told[0].err.splitlines()] == [
        (True, True), (False, True), (False, True),
    ]  # fmt: skip


# --- Files that are not what they seem


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere-at-all")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _large(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(50_000_000)


def _content(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "binary": _content(b"\x7fELF\x02\x01\x01\x00" + bytes(range(256))),
    "NUL": _content(b"id: a\0b\n"),
    "Latin-1": _content("id: café\n".encode("latin-1")),
    "UTF-16": _content("id: cafe\n".encode("utf-16")),
    "key twice": _content(b"id: a\nid: b\n"),
    "deep": _content(b"a: " + b"[" * 100_000),
    "deep mapping": _content(b"{a: " * 100_000),
    "tag": _content(b"a: !!python/object/apply:os.system ['touch pwned']\n"),
    "anchor": _content(b"a: &x 1\n"),
    "two documents": _content(b"a: 1\n---\na: 1\n"),
    "tab": _content(b"a:\n\tb: 1\n"),
    "hidden character": _content(b"a: b\n\x07"),
    "empty": _content(b""),
    "comments": _content(b"# nothing yet\n"),
    "large": _large,
    "folder": _folder,
    "link to itself": _loop,
    "link to nowhere": _nowhere,
    "pipe": os.mkfifo,
    "device": _device,
}


def _sentence(name: str) -> str:
    text = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8")
    return next(line.removeprefix(name) for line in text.splitlines() if line.startswith(f"{name}:"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(ask: Ask, place: Path, name: str) -> None:
    """In the folder of a city and as a scenario, by every command that reads it: never skipped, never followed."""
    HOSTILE[name](place / "town" / "partner.yaml")
    HOSTILE[name](place / "s.yaml")
    before = sorted(files_in(place))
    in_city = Said(2, "", f"{ERROR}town/partner.yaml{_sentence(name)}\n")
    as_scenario = Said(2, "", f"{ERROR}s.yaml{_sentence(name)}\n")
    told = [
        ask("city", "check", "town"),
        ask("simulate", "town", "--fail", "grid"),
        ask("exercise", "rehearse", "town", "scenario.yaml", "--file", "a.exercise"),
        ask("report", "cascade", "town", "scenario.yaml", "--out", "a.html"),
    ]
    shutil.rmtree(place / "town")
    shutil.copytree(MINI / "city", place / "town")
    told_of_scenario = [
        ask("scenario", "check", "town", "s.yaml"),
        ask("simulate", "town", "s.yaml"),
        ask("exercise", "rehearse", "town", "s.yaml", "--file", "a.exercise"),
        ask("report", "cascade", "town", "s.yaml", "--out", "a.html"),
    ]

    assert (told, told_of_scenario, sorted(files_in(place))) == (
        [in_city] * 4,
        [as_scenario] * 4,
        [name for name in before if name != "town/partner.yaml"],
    )


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_content(BOMB.encode()), id="bomb"),
        pytest.param(_content(b"a: " + b"[" * 4_000_000), id="deep", marks=FULL),
        pytest.param(_large, id="large", marks=FULL),
        pytest.param(_device, id="device", marks=FULL),
    ],
)
def test_a_bomb_takes_no_memory(place: Path, make: Callable[[Path], object]) -> None:
    """The real command, held to little memory: refused with a sentence, without a traceback."""
    make(place / "town" / "bomb.yaml")
    said = process("city", "check", "town", before=little_memory)
    lines = said.err.splitlines()

    assert (said.code, said.out, [line for line in lines if not line.startswith(f"{ERROR}town/bomb.yaml:")]) == (
        2,
        "",
        [],
    )
    assert 1 <= len(lines) <= 101


def test_a_file_with_a_name_that_is_no_text_is_refused(ask: Ask, place: Path) -> None:
    """An exercise keeps the names of the files, and could not keep this one; nor a folder that is called so."""
    file = place / "town" / "caf\udce9.yaml"
    shutil.copy(place / "town" / "telecom.yaml", file)
    folder = place / "caf\udce9"
    shutil.copytree(MINI / "city", folder)
    told = [ask("city", "check", "town"), ask("exercise", "rehearse", folder.name, "scenario.yaml")]

    assert told == [
        Said(2, "", f"{ERROR}town/caf\\udce9.yaml: the name of this file is not UTF-8 text: give it another name\n"),
        Said(2, "", f"{ERROR}caf\\udce9: the name of this folder is not UTF-8 text: give it another name\n"),
    ]


@pytest.mark.full
def test_what_may_not_be_read_is_named(place: Path) -> None:
    """A file of the city, its whole folder, a scenario."""
    (place / "town" / "telecom.yaml").chmod(0)
    (place / "scenario.yaml").chmod(0)
    shutil.copytree(MINI / "city", place / "closed")
    (place / "closed").chmod(0)
    words = [("city", "check", "town"), ("scenario", "check", "scenario.yaml"), ("city", "check", "closed")]
    told = [process(*arguments, before=without_privileges) for arguments in words]
    (place / "closed").chmod(0o700)

    reason = "cannot be read (you have no permission): check the path and its permissions"
    assert told == [
        Said(2, "", f"{ERROR}town/telecom.yaml: {reason}\n"),
        Said(2, "", f"{ERROR}scenario.yaml: {reason}\n"),
        Said(2, "", f"{ERROR}closed: {reason}\n"),
    ]


# --- Exercise files


def _asked_of(ask: Ask, name: str) -> list[Said]:
    return [
        ask("exercise", "show", name),
        ask("exercise", "verify", name),
        ask("report", "after-action", name, "--out", "a.html"),
    ]


@pytest.mark.parametrize("size", [50, 5_000, 20_000])
def test_an_exercise_that_was_cut_off_is_a_failed_run(ask: Ask, place: Path, exercise: Path, size: int) -> None:
    """Not the user's mistake: exit code 1, and the copy to go on with; the file is left as it is."""
    cut = place / "cut.exercise"
    cut.write_bytes(exercise.read_bytes()[:size])
    before = files_in(place)
    told = _asked_of(ask, "cut.exercise")

    assert (
        [(said.code, said.out, said.err.count("\n")) for said in told],
        {said.err.startswith(f"{ERROR}cut.exercise is damaged (") for said in told},
        {said.err.endswith("); go on with your last copy of it\n") for said in told},
        files_in(place),
    ) == ([(1, "", 1)] * 3, {True}, {True}, before)


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {store.FORMAT + 1}")
    connection.close()


def _other_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()


NOT_ONE = "this is not an exercise file: give a file that 'resilience exercise start' made"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(_newer, "a newer version of this program made this file: update this program", id="newer"),
        pytest.param(_other_database, NOT_ONE, id="other database"),
        pytest.param(_content(b"PK\x03\x04" * 500), NOT_ONE, id="archive"),
        pytest.param(_content(b""), NOT_ONE, id="empty"),
    ],
)
def test_a_file_that_is_not_for_this_program_is_bad_input(
    ask: Ask, place: Path, exercise: Path, spoil: Callable[[Path], object], said: str
) -> None:
    """Of a newer program, of another one, or nothing at all; never touched."""
    spoil(exercise)
    before = files_in(place)

    assert (_asked_of(ask, "done.exercise"), files_in(place)) == (
        [Said(2, "", f"{ERROR}done.exercise: {said}\n")] * 3,
        before,
    )


def test_a_locked_exercise_is_a_failed_run(ask: Ask, exercise: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds it: that program is to be closed."""
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(exercise, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    told = _asked_of(ask, "done.exercise")
    other.close()

    sentence = "done.exercise is locked by another program; close that program and try again"
    assert told == [Said(1, "", f"{ERROR}{sentence}\n")] * 3


def test_an_exercise_is_never_overwritten(ask: Ask, place: Path, exercise: Path) -> None:
    """Nor put where a network may lose it."""
    before = files_in(place)
    said = ask("exercise", "rehearse", "town", "scenario.yaml", "--file", exercise.name)

    assert (said, files_in(place)) == (
        Said(
            2, "", f"{ERROR}done.exercise: there is already a file here: choose another name, or resume that exercise\n"
        ),
        before,
    )


def test_an_exercise_is_not_kept_on_a_network_share(ask: Ask, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes could not share it safely there; nothing is made."""
    mounts = place / "mounts"
    mounts.write_text(f"server:/share {place} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(storage_faults, "MOUNTS", mounts)
    before = files_in(place)
    said = ask("exercise", "rehearse", "town", "scenario.yaml", "--file", "a.exercise")

    what = "this place is a network share (nfs4), on which an exercise is not safe: use a folder on this computer"
    assert (said, files_in(place)) == (Said(2, "", f"{ERROR}a.exercise: {what}\n"), before)


# --- Places that cannot be written


WRITERS = {
    "report": ("report", "cascade", "town", "scenario.yaml", "--out", "{there}/a.html"),
    "trace": ("simulate", "town", "scenario.yaml", "--out", "{there}"),
    "exercise": ("exercise", "rehearse", "town", "scenario.yaml", "--file", "{there}/a.exercise"),
    "demo": ("demo", "--out", "{there}"),
}


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 16 kB where this user may mount one; elsewhere an ordinary folder (see `limited`)."""
    folder = tmp_path / "full"
    folder.mkdir()
    mounted = _mount(folder)
    yield folder
    if mounted:
        subprocess.run(["umount", folder], check=True)


def _mount(folder: Path) -> bool:
    tool = shutil.which("mount")
    words = [tool or "mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    return tool is not None and subprocess.run(words, capture_output=True, check=False).returncode == 0


def limited() -> None:
    """Let no file of a process about to start be larger than a full disk would allow, mounted or not."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))


@pytest.mark.parametrize("writer", ["report", pytest.param("trace", marks=FULL), pytest.param("exercise", marks=FULL)])
@pytest.mark.full
def test_a_full_disk_is_a_failed_run_that_leaves_nothing_half(place: Path, full_disk: Path, writer: str) -> None:
    """One sentence that names the file; what did not fit is not there, and what was there still is."""
    (full_disk / "trace.json").write_bytes(b"old" * 2000)
    (full_disk / "a.html").write_bytes(b"old" * 500)
    said = process(*(word.format(there=full_disk) for word in WRITERS[writer]))
    if said.code == 0:  # an ordinary disk: let the process itself be held to its limit
        for path in full_disk.iterdir():
            path.unlink()
        (full_disk / "trace.json").write_bytes(b"old" * 2000)
        (full_disk / "a.html").write_bytes(b"old" * 500)
        said = process(*(word.format(there=full_disk) for word in WRITERS[writer]), before=limited)

    assert (said.code, said.out, said.err.count("\n"), said.err.startswith(ERROR), str(full_disk) in said.err) == (
        1, "", 1, True, True,
    )  # fmt: skip
    assert files_in(full_disk) == {"a.html": b"old" * 500, "trace.json": b"old" * 2000}


@pytest.mark.parametrize(
    "writer", ["report", *(pytest.param(name, marks=FULL) for name in WRITERS if name != "report")]
)
@pytest.mark.full
def test_a_folder_that_may_not_be_written_is_said_at_once(place: Path, writer: str) -> None:
    """Before anything is shown, with the reason; nothing is left in it."""
    there = place / "closed"
    there.mkdir()
    there.chmod(0o555)
    said = process(*(word.format(there="closed") for word in WRITERS[writer]), before=without_privileges)

    assert (said.code, said.out, said.err.count("\n"), said.err.startswith(f"{ERROR}closed"), files_in(there)) == (
        1, "", 1, True, {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("scenario.yaml/a.html", "a file stands where a folder should be"),
        ("x" * 300 + ".html", "the name is too long"),
    ],
)
@pytest.mark.full
def test_a_report_that_cannot_be_written_says_why(ask: Ask, place: Path, out: str, said: str) -> None:
    """In plain words, with the place, and that another one helps."""
    before = files_in(place)
    told = ask("report", "cascade", "town", "scenario.yaml", "--out", out)

    assert (told, files_in(place)) == (
        Said(1, "", f"{ERROR}{out} was not written: {said}; choose another place\n"),
        before,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_result_that_does_not_fit_is_said(place: Path) -> None:
    """Redirected to a full disk: not silently cut off."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        told = [process(*words, stdout=full) for words in (("city", "check", "town"), ("--help",))]

    assert told == [Said(1, "", f"{ERROR}the disk is full; free some space\n")] * 2


# --- Surroundings


@pytest.mark.full
def test_an_interrupt_ends_with_130_and_leaves_nothing_half(place: Path) -> None:
    """Ctrl-C while the demo computes: one line, no traceback, no half report."""
    running = subprocess.Popen(
        command("demo", "--out", "made"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert running.stdout is not None
    first = running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _out, err = running.communicate(timeout=30)

    assert (first[:2], running.returncode, err.strip(), files_in(place / "made")) == (
        "1.", 130, "resilience: stopped", {},
    )  # fmt: skip


@FULL
@pytest.mark.parametrize("home", ["/proc/nowhere", ""])
def test_a_home_that_does_not_exist_is_needed_for_nothing(place: Path, home: str) -> None:
    """Rehearsals and reports work without; a list of exercises is empty."""
    env = {"HOME": home, "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": ""}
    words = [
        ("exercise", "list"),
        ("exercise", "rehearse", "town", "scenario.yaml"),
        ("report", "cascade", "town", "scenario.yaml", "--out", "a.html"),
    ]
    told = [process(*arguments, env=env) for arguments in words]

    assert [(said.code, "error" in said.err) for said in told] == [(0, False)] * 3


@pytest.mark.parametrize("encoding", ["latin-1", pytest.param("", marks=FULL)])
@pytest.mark.full
def test_a_terminal_that_is_not_utf8_gets_utf8(place: Path, encoding: str) -> None:
    """LANG=C says nothing about what a pipe can hold: letters, bars and messages come out whole."""
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    words = [("simulate", "town", "scenario.yaml"), ("simulate", "town", "--fail", "grid"), ("simulate", "town")]
    told = [process(*arguments, env=env, lang="nl") for arguments in words]

    assert [said.code for said in told] == [0, 0, 2]
    assert ("█" in told[0].out, "één" in told[1].out, told[2].err.count("\n")) == (True, True, 1)


def test_a_terminal_that_is_too_small_is_refused_before_anything_is_made(place: Path) -> None:
    """The size that there is and the size that is needed; no exercise file appears."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (23, 80))
    words = command("exercise", "start", "town", "scenario.yaml", "--file", "a.exercise")
    ended = subprocess.run(words, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)

    assert (ended.returncode, ended.stderr, (place / "a.exercise").exists()) == (
        2, f"{ERROR}this terminal is 80x23: make it at least 80x24\n", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ("simulate", "town", "scenario.yaml"),
        pytest.param(("city", "show", "utrecht"), marks=FULL),
        pytest.param(("--help",), marks=FULL),
    ],
)
def test_a_reader_that_has_seen_enough_is_no_failure(place: Path, words: tuple[str, ...]) -> None:
    """Piped into head: the rest is not written, nothing is said about it, and the exit code is 0."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as closed:
        said = process(*words, stdout=closed)

    assert said == Said(0, "", "")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("city", "check", "town"), 0),
        pytest.param(("city", "check", "twon"), 2, marks=FULL),
        pytest.param(("exercise", "start", "a", "b"), 2, marks=FULL),
    ],
)
def test_closed_streams_are_no_fault_of_the_program(place: Path, words: tuple[str, ...], code: int) -> None:
    """Started by a service without stdin, stdout or stderr: the exit code still tells, and no file is written into."""
    before = files_in(place)

    def close_all() -> None:
        for number in range(3):
            os.close(number)

    done = subprocess.run(command(*words), preexec_fn=close_all, check=False)

    assert (done.returncode, files_in(place)) == (code, before)
