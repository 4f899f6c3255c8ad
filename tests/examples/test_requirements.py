"""What city practice asks of the program: every question is there, and every place that answers it exists."""

import ast
import shlex
from pathlib import Path

import click
import pytest

from docs.run_examples import Workplace, run_here
from docs.write_fields import every_field
from docs.write_requirements import NUMBER, PAGE, Place, page, requirements
from resilience.cli.main import cli
from tests.packaging.project import ROOT

OF_ONES_OWN = ("resilience city merge ", "resilience city import ", "resilience city compare ")
"""Commands that need files which only their user has."""
SCREENS = ("resilience exercise start ",)


def places(kind: str) -> list[str]:
    """Return every place of one kind, each once."""
    found = (place for one in requirements() for place in one.places)
    return list(dict.fromkeys(place.value for place in found if place.kind == kind))


def parsed(line: str) -> str:
    """Return what click has against a command line; nothing where it takes it as it stands. Nothing is run."""
    words = shlex.split(line)
    command: click.Command = cli
    context = click.Context(cli, info_name=words.pop(0))
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0]) if words else None
        if found is None:
            return f"no command {' '.join(words[:1])}"
        command, name = found, words.pop(0)
        try:
            context = command.make_context(name, list(words), parent=context) if not isinstance(
                command, click.Group
            ) else click.Context(command, info_name=name, parent=context)  # fmt: skip
        except click.ClickException as fault:
            return fault.format_message()
    return ""


def sections() -> set[str]:
    """Return the sections of every report, as ``report/anchor``."""
    found = set()
    for path in (ROOT / "reports").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Section"), args=[ast.Constant(value=str(key)), *_rest]):
                    found.add(f"{path.relative_to(ROOT / 'reports').with_suffix('').as_posix()}/{key}")
    return found


def test_every_question_is_there_once() -> None:
    """None is lost, whatever its state."""
    assert [one.row for one in requirements()] == list(range(1, NUMBER + 1))


def test_the_page_is_current() -> None:
    """After a change in requirements.yaml run `make docs`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_command_is_taken_as_it_stands() -> None:
    """The command exists, with its options, and nothing that it needs is left out."""
    assert {line: said for line in places("command") if (said := parsed(line))} == {}


def test_a_wrong_command_would_be_found() -> None:
    """Another name, another option, and a word too few."""
    lines = ["resilience city nothing x", "resilience city show utrecht --nothing", "resilience city walk utrecht"]

    assert [bool(parsed(line)) for line in lines] == [True, True, True]


def test_every_file_exists_and_holds_what_is_named_in_it() -> None:
    """Behind the # stands the id of something in it."""
    wrong = []
    for place in places("file"):
        path, _hash, item = place.partition("#")
        text = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
        if not text or (item and f"id: {item}\n" not in text and f"id: {item}," not in text):
            wrong.append(place)

    assert wrong == []


def test_every_section_is_in_its_report() -> None:
    """The report is a command, and one of its modules writes the section."""
    reports = click.Context(cli, info_name="resilience")
    group = cli.get_command(reports, "report")
    assert isinstance(group, click.Group)
    written = sections()
    wrong = [
        place
        for place in places("section")
        for report, _slash, key in [place.partition("/")]
        if report not in group.commands
        or not any(one.startswith(report.replace("-", "_")) and one.endswith(f"/{key}") for one in written)
    ]

    assert wrong == []


def test_every_field_is_one_of_a_file() -> None:
    """As the reference of the files names it."""
    assert set(places("field")) - every_field() == set()


def test_every_test_exists() -> None:
    """With that name, in that file."""
    wrong = []
    for place in places("test"):
        path, _colons, name = place.partition("::")
        if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"):
            wrong.append(place)

    assert wrong == []


@pytest.mark.parametrize(
    "content",
    [
        {"command": "resilience demo", "file": "README.md"},
        {},
    ],
)
def test_a_place_is_exactly_one_thing(content: dict[str, str]) -> None:
    """Two would hide that one of them is gone."""
    with pytest.raises(ValueError, match="exactly one"):
        Place.model_validate(content)


@pytest.mark.full
@pytest.mark.parametrize("line", [line for line in places("command") if not line.startswith((*OF_ONES_OWN, *SCREENS))])
def test_every_command_answers(line: str, tmp_path: Path) -> None:
    """On the bundled maps it ends well and says something."""
    code, said = run_here(shlex.split(line), Workplace.new(tmp_path))

    assert (code, bool(said)) == (0, True)
