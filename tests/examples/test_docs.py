"""The documents: every command has a place in them, everything in them runs, every link leads somewhere.

When a page is no longer true because the program changed on purpose: `python docs/run_examples.py --write`, and
`python docs/write_fields.py` for the reference of the files.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest

from docs.first_round import play_here
from docs.run_examples import (
    ANY_LINES,
    DOCS,
    GENERATED,
    Block,
    Example,
    Run,
    Workplace,
    agrees,
    blocks,
    documents,
    renewed,
    run_here,
    run_page,
    should_fail,
    steps,
)
from docs.write_fields import PAGES, page, undescribed
from resilience.cli.main import cli
from tests.packaging.project import ROOT

SCREENS = {
    "resilience city map", "resilience exercise start", "resilience exercise resume", "resilience exercise join",
    "resilience exercise serve", "resilience exercise train",
}  # fmt: skip
"""What opens a screen or waits for browsers, and so cannot run on a page."""
KINDS_OF_BLOCKS = {"", "console", "console screen", "csv", "sh", "text", "yaml"}
DONE_ONCE = {"make demo", "make test"}
"""Commands of `sh` blocks; .ci/run does them in a fresh clone."""
TUTORIALS = (DOCS / "tutorial" / "first-exercise.md", DOCS / "tutorial" / "eerste-oefening.md")
QUICK = [path for path in documents() if any(isinstance(step, Example) for step in steps(path.read_text("utf-8")))]
LONG = (
    "ask-many-runs",
    "ask-what-falls",
    "compare-choices",
    "improve-a-map",
    "keep-an-exercise-safe",
    "learn-from-an-exercise",
    "play-with-teams",
    "seats",
    "work-with-partners",
)
SLOW = [*TUTORIALS, *(DOCS / "how-to" / f"{name}.md" for name in LONG)]
"""They play a whole exercise, or run for seconds; tests/tui plays the first round for every change."""
STARTED = [DOCS / "how-to" / f"{name}.md" for name in ("ask-what-falls", "keep-an-exercise-safe", "work-with-partners")]
"""One page about the map, one about exercises, one about files that come and go: each command starts a process."""
INLINE = re.compile(r"`(resilience [^`]+)`")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")


def untrue(path: Path, folder: Path, run: Run, screen: Run) -> dict[str, tuple[int, list[str]]]:
    """Return each command of a page that fails or says something else than the page, with what it said."""
    return {
        f"{path.name}:{example.first + 1}: {example.command}": (code, said)
        for example, code, said in run_page(path, folder, run, screen)
        if not agrees(example.kept, said) or bool(code) != should_fail(example.kept)
    }


def run_program(words: Sequence[str], place: Workplace) -> tuple[int, str]:
    """Run a command as a reader does: the installed program, in a process of its own."""
    program = [str(Path(sys.executable).parent / words[0]), *words[1:]]
    done = subprocess.run(
        program, cwd=place.folder, env=place.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout.decode()


def commands(context: click.Context) -> Iterator[str]:
    """Yield every command below *context* that is not a group."""
    assert isinstance(context.command, click.Group)
    for name in context.command.list_commands(context):
        command = context.command.get_command(context, name)
        assert command is not None
        below = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from commands(below)
        elif not command.hidden:
            yield below.command_path


def all_commands() -> set[str]:
    """Return every command, such as ``resilience city show``."""
    return set(commands(click.Context(cli, info_name="resilience")))


def examples() -> Iterator[tuple[Path, Example]]:
    """Yield every command on every page."""
    for path in documents():
        for step in steps(path.read_text(encoding="utf-8")):
            if isinstance(step, Example):
                yield path, step


def unknown_words(text: str) -> list[str]:
    """Return the words of a command line in running text that name no command, and the options that it lacks."""
    words = shlex.split(text)[1:]
    command: click.Command = cli
    context = click.Context(cli, info_name="resilience")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        if found is None:
            return words[:1]
        command, context = found, click.Context(found, info_name=words.pop(0), parent=context)
    known = {name for parameter in command.get_params(context) for name in parameter.opts + parameter.secondary_opts}
    return [word for word in words if word.startswith("-") and word.partition("=")[0] not in known | {"--lang"}]


def anchors(path: Path) -> set[str]:
    """Return the anchors of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _kind(block: Block) -> str:
    """Return what stands behind the fence, without the name of a file."""
    return block.info if block.info.startswith("console") else block.info.partition(" ")[0]


@pytest.mark.parametrize("path", [path for path in QUICK if path not in SLOW], ids=lambda path: path.stem)
def test_page_is_true(path: Path, tmp_path: Path) -> None:
    """Every command on a page works, and writes what the page says."""
    assert untrue(path, tmp_path, run_here, play_here) == {}


@pytest.mark.full
@pytest.mark.parametrize("path", SLOW, ids=lambda path: path.stem)
def test_long_page_is_true(path: Path, tmp_path: Path) -> None:
    """The same for a page that takes long."""
    assert untrue(path, tmp_path, run_here, play_here) == {}


@pytest.mark.full
@pytest.mark.parametrize("path", STARTED, ids=lambda path: path.stem)
def test_page_is_true_for_the_installed_program(path: Path, tmp_path: Path) -> None:
    """What holds inside this process holds for the program that a reader starts."""
    assert untrue(path, tmp_path, run_program, play_here) == {}


def test_every_command_has_a_place_in_the_documents() -> None:
    """A reader finds each command in use, not only in the reference."""
    used = {
        name for _path, example in examples() for name in all_commands() if f"{example.command} ".startswith(f"{name} ")
    }

    assert all_commands() - used == set()


def test_only_commands_that_open_a_screen_are_not_run() -> None:
    """A block is not taken out of the test because its output is hard to keep."""
    screens = [example.command for _path, example in examples() if example.screen]

    assert [line for line in screens if not any(f"{line} ".startswith(f"{name} ") for name in SCREENS)] == []


def test_every_block_is_of_a_known_kind() -> None:
    """No block escapes the test by another name; what `sh` blocks say is what .ci/run does."""
    found = [(path.name, block) for path in documents() for block in blocks(path.read_text(encoding="utf-8"))]
    steps_of_sh = [
        line.partition("#")[0].strip() for _name, block in found if block.info == "sh" for line in block.lines
    ]

    assert [(name, block.info) for name, block in found if _kind(block) not in KINDS_OF_BLOCKS] == []
    assert set(steps_of_sh) == DONE_ONCE


def test_commands_in_running_text_exist() -> None:
    """A command that a sentence names, with its options, is one that the program knows."""
    wrong = {
        f"{path.name}: {text}": words
        for path in documents()
        for text in INLINE.findall(path.read_text(encoding="utf-8"))
        if (words := unknown_words(text))
    }

    assert wrong == {}


def test_links_lead_somewhere() -> None:
    """Every link and picture inside the project is there, with the heading that it names."""
    broken = []
    for path in documents():
        for target, anchor in LINK.findall(path.read_text(encoding="utf-8")):
            found = (path.parent / target) if target else path
            if "://" in target or Path(target).name in GENERATED:
                continue
            if not found.exists() or (anchor and anchor not in anchors(found)):
                broken.append(f"{path.name}: {target}#{anchor}")

    assert broken == []


def test_index_leads_to_every_page() -> None:
    """The first page of the documents names each page; the decisions have a folder."""
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    pages = {path.relative_to(DOCS).as_posix() for path in documents() if path.is_relative_to(DOCS)}

    assert [name for name in pages - {"README.md"} if name not in index and not name.startswith("decisions/")] == []


def test_tutorials_are_equal() -> None:
    """The Dutch and the English tutorial ask for the same commands and show the same screens."""
    outlines = []
    for path in TUTORIALS:
        text = path.read_text(encoding="utf-8")
        asked = [step.command for step in steps(text) if isinstance(step, Example)]
        words = {"RESILIENCE_LANG=nl": "", "RESILIENCE_LANG=en": "", "eerste-rapport": "first-report"}
        words |= {"eerste": "first", "voorbeeld": "example"}
        for dutch, english in words.items():
            asked = [command.replace(dutch, english) for command in asked]
        screens = re.findall(r"captures/(\S+)\.(?:nl|en)\.(\S+)\)", text)
        outlines.append((asked, screens, len(re.findall(r"^#", text, re.MULTILINE))))

    assert outlines[0] == outlines[1]


@pytest.mark.parametrize("name", PAGES)
def test_reference_of_files_is_current(name: str) -> None:
    """The written reference names the fields that the models read; after a change run `python docs/write_fields.py`."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == page(name)


def test_every_field_has_words() -> None:
    """Each field of a file is explained, in its docstring or in docs/field_words.yaml; no word is left over."""
    assert undescribed() == []


@pytest.mark.parametrize(
    ("kept", "said", "expected"),
    [
        ([], ["anything"], True),
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a"], False),
        (["a", ANY_LINES, "d"], ["a", "b", "c", "d"], True),
        (["a", ANY_LINES], ["a"], True),
        (["a", ANY_LINES, "d"], ["a", "b"], False),
        (["hash: …"], ["hash: 12ab"], True),
        (["hash: …"], ["hash: 12ab", "more"], False),
        (["1.5"], ["1x5"], False),
    ],
)
def test_what_agrees(kept: list[str], said: list[str], expected: bool) -> None:
    """Kept output must be said to the letter, but for the lines and characters that it leaves open."""
    assert agrees(kept, said) is expected


def test_renewed_output_stays_as_short_as_it_was() -> None:
    """Where a page shows a beginning and an end, the new one shows as much, and open characters stay open."""
    assert renewed(["a", "hash: …", ANY_LINES, "z"], ["b", "hash: 12ab", "c", "d", "y"]) == [
        "b", "hash: …", ANY_LINES, "y",
    ]  # fmt: skip
