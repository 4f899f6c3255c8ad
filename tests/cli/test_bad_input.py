"""Whatever a user hands in: one clear sentence with the place and the remedy, the right exit code, nothing lost."""

import ctypes
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from resilience.base.files import MAX_TEXT_BYTES
from resilience.exercise import storage_faults, store
from tests.cli.asking import Ask, Said, command, process
from tests.packaging.project import ROOT

MINI = ROOT / "tests" / "data" / "mini"
ERROR = "resilience: error: "
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


UNKNOWN = {
    "city": ("city check utrech", "there is no city or folder called 'utrech': did you mean utrecht? choose one of nl, "
             "utrecht"),
    "city to simulate": ("simulate utrecth zwart-scherm", "there is no city or folder called 'utrecth': did you mean "
                         "utrecht? choose one of nl, utrecht"),
    "city with control characters": ("city check a\nb\x1b[31m", "there is no city or folder called 'a b\\x1b[31m': "
                                     "choose one of nl, utrecht"),
    "scenario": ("simulate utrecht zwart-schrem", "there is no scenario zwart-schrem: did you mean zwart-scherm? choose "
                 "one of zwart-scherm"),
    "scenario to check": ("scenario check zwart", "there is no scenario zwart: choose one of zwart-scherm"),
    "scenario file": ("simulate town nowhere.yaml", "nowhere.yaml: cannot be read (there is nothing there): check the "
                      "path and its permissions"),
    "component": ("simulate town --fail gird", "--fail gird: Havendam has no component 'gird': did you mean grid?"),
    "component to show": ("city show town gird", "Havendam has no component or organisation 'gird': did you mean grid, "
                          "grid-company?"),
    "component to walk from": ("city walk town gird", "Havendam has no component or organisation 'gird': did you mean "
                               "grid, grid-company?"),
    "organisation for a component": ("simulate town --fail telecom", "--fail telecom: 'telecom' is an organisation, and "
                                     "only a component can fail: choose one of fixed-net, mobile-net"),
    "organisation to walk from": ("city walk town telecom", "'telecom' is an organisation; a walk starts at a component: "
                                  "see resilience city show town telecom"),
    "exercise": ("exercise show nowhere.exercise", "nowhere.exercise: there is no such exercise file: 'resilience "
                 "exercise list' shows the files there are"),
    "exercise to report": ("report after-action nowhere.exercise --out a.html", "nowhere.exercise: there is no such "
                           "exercise file: 'resilience exercise list' shows the files there are"),
    "command": ("simulat town", "No such command 'simulat'. Did you mean 'simulate'? Try 'resilience --help' for help."),
    "option": ("simulate town --fial grid", "No such option '--fial'. Did you mean '--fail'? Try 'resilience simulate "
               "--help' for help."),
}  # fmt: skip
QUESTIONS = {
    "nothing asked": ("simulate town", "nothing is said to happen: name a scenario, or give a component with --fail"),
    "both asked": ("simulate town scenario.yaml --fail grid", "a scenario and --fail do not go together: give one of "
                   "the two"),
    "real and fiction": ("simulate town scenario.yaml --now", "--now: this does not go with a scenario: leave it out, "
                         "or use --fail"),
    "duration and scenario": ("simulate town scenario.yaml --for 1h", "--for: this does not go with a scenario: leave "
                              "it out, or use --fail"),
    "no time after the @": ("simulate town --fail grid@", "--fail grid@: a time is missing after the @: write for "
                            "example @90m"),
    "no component before the @": ("simulate town --fail @2h", "--fail @2h: Havendam has no component '': see resilience "
                                  "city show town"),
    "time before the start": ("simulate town --fail grid@-5m", "--fail grid@-5m: '-5m' is not a duration: write weeks, "
                              "days, hours and minutes, for example 30m, 4h or 2d"),
    "time of the clock": ("simulate town --fail grid@13:10", "--fail grid@13:10: 13:10 is a time of the clock: add "
                          "--now, or write how long after the start, for example @90m"),
    "time after the end": ("simulate town --fail grid@5d", "--fail grid@5d: this is after the end of the run (3d): look "
                           "further ahead: --until 6d"),
    "no duration": ("simulate town --fail grid --for 0m", "--for: '0m' is no time at all: write at least 1m"),
    "not a duration": ("simulate town --fail grid --until nonsense", "--until: 'nonsense' is not a duration: write "
                       "weeks, days, hours and minutes, for example 30m, 4h or 2d"),
    "duration without end": ("simulate town --fail grid --until 99999d", "--until: '99999d' is longer than can be "
                             "simulated: write at most 1048576 minutes (two years)"),
    "until, for a scenario": ("simulate town scenario.yaml --until 0h", "--until: '0h' is no time at all: write at "
                              "least 1m"),
    "negative seed": ("simulate town --fail grid --seed -1", "Invalid value for '--seed': -1 is not in the range x>=0. "
                      "Try 'resilience simulate --help' for help."),
    "language": ("city list --lang de", "Invalid value for '--lang' (env var: 'RESILIENCE_LANG'): 'de' is not one of "
                 "'nl', 'en'. Try 'resilience --help' for help."),
    "file for a folder": ("simulate town --fail grid --out scenario.yaml", "Invalid value for '--out': Directory "
                          "'scenario.yaml' is a file. Try 'resilience simulate --help' for help."),
    "folder for a file": ("report cascade town scenario.yaml --out town", "Invalid value for '--out': File 'town' is a "
                          "directory. Try 'resilience report cascade --help' for help."),
    "report in place of the exercise": ("report after-action scenario.yaml --out scenario.yaml", "scenario.yaml: the "
                                        "report would replace the exercise itself: give another file with --out"),
    "file for a city": ("city check scenario.yaml", "scenario.yaml: this is a file, not the folder of a city: give its "
                        "folder: ."),
    "city for a scenario": ("scenario check ./town", "town: cannot be read (this is a folder, not a file): check the "
                            "path and its permissions"),
    "scenario for an exercise": ("exercise show scenario.yaml", "scenario.yaml: this is not an exercise file: give a "
                                 "file that 'resilience exercise start' made"),
    "console without a terminal": ("exercise start town scenario.yaml", "the console needs a terminal: use 'resilience "
                                   "exercise rehearse' to play without one"),
}  # fmt: skip


@pytest.mark.parametrize("words", [pytest.param(case, id=name) for name, case in {**UNKNOWN, **QUESTIONS}.items()])
def test_each_mistake_is_one_sentence_with_its_remedy(ask: Ask, place: Path, words: tuple[str, str]) -> None:
    """On stderr, in the language of the reader; stdout stays empty, and no file appears or changes."""
    before = files_in(place)
    arguments = words[0].split(" ")
    english, dutch = (
        ask(*arguments, lang=lang) if "--lang" not in arguments else ask(*arguments) for lang in ("en", "nl")
    )

    assert (english, dutch.code, dutch.out, dutch.err.count("\n"), files_in(place)) == (
        Said(2, "", f"{ERROR}{words[1]}\n"), 2, "", 1, before,
    )  # fmt: skip
    assert dutch.err != english.err or "--lang" in arguments


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
    """Of an incident, of a condition and of a decision: with their places and near matches, whichever command reads it."""
    file = place / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("ids: [grid]", "ids: [gird]").replace("component: information,", "component: informatie,")
    file.write_text(text.replace("need: data-centre>grid", "need: data-center>grid"), encoding="utf-8")
    told = [
        ask("simulate", "town", "scenario.yaml"),
        ask("scenario", "check", "./scenario.yaml", "--city", "town"),
        ask("exercise", "rehearse", "town", "scenario.yaml", "--file", "a.exercise"),
        ask("report", "cascade", "town", "scenario.yaml", "--out", "a.html"),
    ]

    assert [(said.code, said.out, [line.split(":")[3] for line in said.err.splitlines()]) for said in told] == [
        (2, "", ["39", "84", "106"])
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


EMPTY = "this file is empty: see the reference of the file format for what belongs in it"
DEEP = "values lie more than 30 levels deep: check the brackets and the indentation"
HOSTILE = {
    "binary": (_content(b"\x7fELF\x02\x01\x01\x00" + bytes(range(256))), "", "this is not UTF-8 text (byte 136): save it "
               "as UTF-8"),
    "NUL": (_content(b"id: a\0b\n"), "", "this is a binary file, not text: give a text file"),
    "Latin-1": (_content("id: café\n".encode("latin-1")), "", "this is not UTF-8 text (byte 7): save it as UTF-8"),
    "UTF-16": (_content("id: cafe\n".encode("utf-16")), "", "this is not UTF-8 text (byte 0): save it as UTF-8"),
    "key twice": (_content(b"id: a\nid: b\n"), ":2:1", "the key 'id' stands here twice: keep one of the two"),
    "deep": (_content(b"a: " + b"[" * 100_000), ":1:33", DEEP),
    "deep mapping": (_content(b"{a: " * 100_000), ":1:121", DEEP),
    "tag": (_content(b"a: !!python/object/apply:os.system ['touch pwned']\n"), ":1:4", "a tag (!) is not allowed: remove "
            "it; put text that starts with ! in quotes"),
    "anchor": (_content(b"a: &x 1\n"), ":1:4", "an anchor (&x) is not allowed: remove it and write the value where it "
               "is needed"),
    "two documents": (_content(b"a: 1\n---\na: 1\n"), ":2:1", "a second document starts here: remove the line ---, or "
                      "make two files"),
    "tab": (_content(b"a:\n\tb: 1\n"), ":2:1", "this line is indented with a tab: indent with spaces"),
    "hidden character": (_content("a: b\u202e\n\x07".encode()), ":2:1", "a character that cannot be seen stands here "
                         "(U+0007): remove it"),
    "empty": (_content(b""), ":1:1", EMPTY),
    "comments": (_content(b"# nothing yet\n"), ":1:1", EMPTY),
    "large": (_large, "", f"this file is 50000000 bytes; at most {MAX_TEXT_BYTES} are read: split it into smaller files"),
    "folder": (_folder, "", "cannot be read (this is a folder, not a file): check the path and its permissions"),
    "link to itself": (_loop, "", "cannot be read (this is a link that leads back to itself): check the path and its "
                       "permissions"),
    "link to nowhere": (_nowhere, "", "cannot be read (there is nothing there): check the path and its permissions"),
    "pipe": (os.mkfifo, "", "this is not a file: give a text file"),
    "device": (_device, "", "this is not a file: give a text file"),
}  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in HOSTILE.items()])
def test_a_hostile_file_is_refused_in_one_sentence(
    ask: Ask, place: Path, case: tuple[Callable[[Path], object], str, str]
) -> None:
    """In the folder of a city and as a scenario, by every command that reads it: never skipped, never followed."""
    make, where, said = case
    make(place / "town" / "partner.yaml")
    make(place / "s.yaml")
    before = sorted(files_in(place))
    in_city = Said(2, "", f"{ERROR}town/partner.yaml{where}: {said}\n")
    as_scenario = Said(2, "", f"{ERROR}s.yaml{where}: {said}\n")
    told = [
        ask("city", "check", "town"),
        ask("simulate", "town", "--fail", "grid"),
        ask("exercise", "rehearse", "town", "scenario.yaml", "--file", "a.exercise"),
        ask("report", "cascade", "town", "scenario.yaml", "--out", "a.html"),
    ]
    shutil.rmtree(place / "town")
    shutil.copytree(MINI / "city", place / "town")
    told_of_scenario = [
        ask("scenario", "check", "./s.yaml"),
        ask("simulate", "town", "s.yaml"),
        ask("exercise", "rehearse", "town", "s.yaml", "--file", "a.exercise"),
        ask("report", "cascade", "town", "s.yaml", "--out", "a.html"),
    ]

    assert (told, told_of_scenario, sorted(files_in(place))) == (
        [in_city] * 4,
        [as_scenario] * 4,
        [name for name in before if name != "town/partner.yaml"],
    )


@pytest.mark.parametrize("make", [_content(BOMB.encode()), _content(b"a: " + b"[" * 4_000_000), _large, _device])
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


def test_what_may_not_be_read_is_named(place: Path) -> None:
    """A file of the city, its whole folder, a scenario."""
    (place / "town" / "telecom.yaml").chmod(0)
    (place / "scenario.yaml").chmod(0)
    shutil.copytree(MINI / "city", place / "closed")
    (place / "closed").chmod(0)
    words = [("city", "check", "town"), ("scenario", "check", "./scenario.yaml"), ("city", "check", "closed")]
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
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))


@pytest.mark.parametrize("writer", ["report", "trace", "exercise"])
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


@pytest.mark.parametrize("writer", WRITERS)
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
        told = [process(*words, stdout=full) for words in (("city", "check", "town"), ("--help",), ("city", "list"))]

    assert told == [Said(1, "", f"{ERROR}the disk is full; free some space\n")] * 3


# --- Surroundings


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


@pytest.mark.parametrize("home", ["/nonexistent/home", "/proc/nowhere", ""])
def test_a_home_that_does_not_exist_is_needed_for_nothing(place: Path, home: str) -> None:
    """Maps, runs, reports and rehearsals work without; a list of exercises is empty."""
    env = {"HOME": home, "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": ""}
    words = [
        ("exercise", "list"),
        ("exercise", "rehearse", "town", "scenario.yaml"),
        ("report", "cascade", "town", "scenario.yaml", "--out", "a.html"),
    ]
    told = [process(*arguments, env=env) for arguments in words]

    assert [said.code for said in told] == [0, 0, 0]
    assert [said.err for said in told[:2]] == ["", ""]


@pytest.mark.parametrize("encoding", ["", "latin-1", "ascii"])
def test_a_terminal_that_is_not_utf8_gets_utf8(place: Path, encoding: str) -> None:
    """LANG=C says nothing about what a pipe can hold: letters, bars and messages come out whole."""
    env = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    told = [process("simulate", "town", "scenario.yaml", env=env), process("city", "check", "één", env=env)]

    assert (told[0].code, "█" in told[0].out, told[1].err) == (
        0, True, f"{ERROR}there is no city or folder called 'één': choose one of nl, utrecht\n",
    )  # fmt: skip


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
