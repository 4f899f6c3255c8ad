"""The register of actions: what comes in, what may change, and that nothing is lost."""

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from resilience.base.problems import InputError
from resilience.exercise.evaluation.register import NewAction, Register, from_findings
from resilience.exercise.evaluation.survey import Survey
from scenarios.survey import survey_text
from tests.unit.exercise.small_exercise import new_session

WRITER = """
import datetime as dt, sys
from pathlib import Path
from resilience.exercise.evaluation.register import NewAction, Register
from resilience.exercise.evaluation.survey import Survey
register, survey = Register(Path(sys.argv[1])), Survey(Path(sys.argv[2]))
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    register.add([NewAction(f"{sys.argv[4]}-{number}")], dt.date(2026, 11, 25))
    survey.add([{"rol": "3"}])
    print(number, flush=True)
"""
TODAY = dt.date(2026, 11, 25)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """A register that is not there yet."""
    return Register(tmp_path / "kept" / "actions.register")


def refusal(register: Register, *wanted: NewAction) -> str:
    """Return the sentence with which adding is refused."""
    with pytest.raises(InputError) as caught:
        register.add(wanted, TODAY)
    return str(caught.value)


def test_an_action_is_what_its_entries_say_together(register: Register) -> None:
    """Another owner, another day, done, open again: the last word on each counts, and all of it is kept."""
    register.add([NewAction("Print the list", "service desk", YESTERDAY)], TODAY)
    register.change(1, TODAY, owner="head of service desk")
    register.end(1, TODAY, "printed")
    register.reopen(1, TODAY, "the list was old")
    register.change(1, TODAY, due=TODAY)

    [action] = register.actions()
    assert (action.owner, action.due, action.status, action.ended, action.note) == (
        "head of service desk", TODAY, "open", None, "the list was old",
    )  # fmt: skip


def test_overdue_is_open_after_its_last_day(register: Register) -> None:
    """The day itself is in time; what is done or dropped, or has no day, is never overdue; the oldest is first."""
    days = (YESTERDAY, TODAY, None, YESTERDAY, dt.date(2020, 1, 1), YESTERDAY)
    register.add([NewAction(f"a{place}", "desk", day) for place, day in enumerate(days, 1)], TODAY)
    register.end(4, TODAY, "")
    register.end(6, TODAY, "too dear", dropped=True)

    assert [action.number for action in register.overdue(TODAY)] == [5, 1]


def test_a_finding_comes_in_once(register: Register, tmp_path: Path) -> None:
    """Taking an exercise again adds only what was found since; a finding without an action stays out."""
    session, _wall = new_session(tmp_path)
    session.start()
    session.add_finding("improvement", "Nobody knew", action="Tell them", owner="desk", by=TODAY)
    session.add_finding("improvement", "It took long")
    first = register.add(from_findings(session.state), TODAY)
    session.add_finding("improvement", "No torch", action="Buy one")
    second = register.add(from_findings(session.state), TODAY)
    session.close()

    assert ([one.text for one in first], [one.text for one in second], len(register.actions())) == (
        ["Tell them"], ["Buy one"], 2,
    )  # fmt: skip


def test_adding_is_all_or_nothing(register: Register) -> None:
    """One action that cannot be kept keeps the others out too, and makes no file."""
    said = refusal(register, NewAction("Print the list"), NewAction("Call", "mevr. De Vries"))

    assert ("looks like a person" in said, register.actions(), register.path.exists()) == (True, (), False)


@pytest.mark.parametrize("owner", ["jan@example.org", "dhr. Jansen", "Mevrouw Bakker", "Mr. Smith"])
def test_owners_are_functions(register: Register, owner: str) -> None:
    """An address or a form of address gives a person away."""
    assert "name the function" in refusal(register, NewAction("Call", owner))


def test_only_what_is_open_can_end(register: Register) -> None:
    """Twice done, or an action that is not there, is refused; dropping asks for a reason."""
    register.add([NewAction("Call"), NewAction("Print")], TODAY)
    register.end(1, TODAY, "")
    said = []
    for number, dropped in ((1, False), (3, False), (2, True)):
        with pytest.raises(InputError) as caught:
            register.end(number, TODAY, "", dropped=dropped)
        said.append(str(caught.value).partition(": ")[2].partition(": ")[0])

    assert said == ["action 1 is done", "there is no action 3", "write at least a word"]


def test_entries_cannot_be_changed(register: Register) -> None:
    """Another program that opens the file cannot rewrite or remove what was written."""
    register.add([NewAction("Call")], TODAY)
    refused = 0
    with sqlite3.connect(register.path) as database:
        for statement in ("UPDATE entry SET payload = '{}'", "DELETE FROM entry"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)
            refused += 1
    database.close()

    assert (refused, len(register.actions())) == (2, 1)


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0 and then nothing"])
def test_another_file_is_left_alone(tmp_path: Path, content: bytes) -> None:
    """A file of another kind is refused and not written."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(InputError):
        Register(path).add([NewAction("Call")], TODAY)

    assert path.read_bytes() == content


def test_two_who_add_at_once_both_count(register: Register) -> None:
    """Numbers are given inside the transaction: two registers on one file never give the same one."""
    other = Register(register.path)
    numbers = [one.add([NewAction("Call")], TODAY)[0].number for one in (register, other, register)]

    assert numbers == [1, 2, 3]


@pytest.mark.full
def test_what_was_acknowledged_survives_others_and_a_kill(register: Register, tmp_path: Path) -> None:
    """Three processes write into one register and one survey, one is killed: no action is lost, doubled or torn."""
    survey = Survey(tmp_path / "a.exercise")
    survey.begin(survey_text())
    words = [sys.executable, "-c", WRITER, str(register.path), str(tmp_path / "a.exercise")]
    writers = [
        subprocess.Popen([*words, number, name], stdout=subprocess.PIPE, text=True)
        for name, number in (("first", "12"), ("second", "12"), ("killed", "5000"))
    ]
    killed = writers[2]
    assert killed.stdout is not None
    acknowledged = [next(killed.stdout) for _line in range(4)][-1].strip()
    killed.kill()
    told = [writer.communicate()[0].split() for writer in writers]
    done = [*range(int(acknowledged) + 1), *(int(word) for word in told[2])]
    actions = register.actions()
    texts = [action.text for action in actions]

    assert {
        "codes": [writer.returncode for writer in writers[:2]],
        "numbers": [action.number for action in actions],
        "missing": {f"killed-{number}" for number in done}.union(
            f"{name}-{number}" for name in ("first", "second") for number in range(12)
        )
        - set(texts),
        "doubled": len(texts) - len(set(texts)),
        "answers": len(texts) - survey.answered() in (0, 1),
    } == {
        "codes": [0, 0],
        "numbers": list(range(1, len(actions) + 1)),
        "missing": set(),
        "doubled": 0,
        "answers": True,
    }
