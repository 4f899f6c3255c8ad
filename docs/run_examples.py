"""Runs every command that stands in the documents: what a page shows must be what the program says.

In a block marked ``console`` a line that begins with ``$`` is a command; what it writes stands below it. There ``...``
alone on a line stands for any lines, and ``…`` in a line for any characters. In a block marked ``console screen`` the
command opens a screen. A block whose first line is a comment with the name of a .yaml file, or that has a name
behind ``csv``, is that file.

    python docs/run_examples.py            says which blocks are no longer true
    python docs/run_examples.py --write    writes into them what the program says now
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from resilience.base.files import write_text
from resilience.base.language import LANGUAGES
from resilience.cli import diagnostics, output
from resilience.cli.main import cli

DOCS = Path(__file__).parent
GENERATED = ("commands.en.md", "commands.nl.md")
"""Written from the help of the commands, not from a run."""
COLUMNS = "100"
"""How wide tables are on a page."""
SHOWN_FOLDER = "/your/folder"
"""What a page shows in place of the folder that it was run in."""
ANY_LINES = "..."
ANY_CHARACTERS = "…"
STARTS_WITH = re.compile(r"<!-- starts with the files of (\S+) -->")
FILE_NAME = re.compile(r"# (\S+\.yaml)")
FENCE = re.compile(r"^```(?P<info>.*)$")

Run = Callable[[Sequence[str], "Workplace"], tuple[int, str]]
"""Runs the words of one command in a workplace; returns its exit code and all that it wrote."""


@dataclass(frozen=True)
class Block:
    """A fenced block: what stands behind the fence, and its lines; *first* is the number of the first one, from 0."""

    info: str
    first: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """One command on a page, with what the page says that it writes."""

    first: int
    """The number, from 0, of the line with the command."""
    command: str
    kept: tuple[str, ...]
    screen: bool = False


@dataclass(frozen=True)
class ExampleFile:
    """A file that the reader makes."""

    name: str
    text: str


@dataclass
class Workplace:
    """Where the commands of one page run: a folder and an environment of its own."""

    folder: Path
    environment: dict[str, str]

    @classmethod
    def new(cls, folder: Path) -> "Workplace":
        """Return a workplace in *folder*, with a home beside the files and nothing of the person who runs it."""
        home = folder / ".home"
        home.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RESILIENCE_", "XDG_"))}
        own = {"HOME": str(home), "USERPROFILE": str(home), "APPDATA": str(home), "LOCALAPPDATA": str(home)}
        return cls(folder, {**kept, **own, "COLUMNS": COLUMNS, "LANGUAGE": LANGUAGES[0]})


def documents() -> list[Path]:
    """Return every page that may hold commands: the first page of the project and all below docs."""
    return [DOCS.parent / "README.md", *(page for page in sorted(DOCS.rglob("*.md")) if page.name not in GENERATED)]


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page in their order."""
    lines = text.splitlines()
    start: int | None = None
    info = ""
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if fence and start is None:
            start, info = number + 1, fence["info"].strip()
        elif fence and start is not None:
            yield Block(info, start, tuple(lines[start:number]))
            start = None


def steps(text: str) -> Iterator[Example | ExampleFile]:
    """Yield what a reader of the page does: make a file, give a command."""
    for block in blocks(text):
        words = block.info.split()
        named = FILE_NAME.fullmatch(block.lines[0]) if block.lines else None
        if words[:1] == ["console"]:
            yield from _examples(block, screen="screen" in words)
        elif words[:1] in (["yaml"], ["csv"]) and (named or words[1:]):
            yield ExampleFile(named[1] if named else words[1], "\n".join(block.lines) + "\n")


def _examples(block: Block, *, screen: bool) -> Iterator[Example]:
    starts = [number for number, line in enumerate(block.lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        command = block.lines[start].removeprefix("$ ")
        yield Example(block.first + start, command, block.lines[start + 1 : end], screen)


def prepare(page: Path, place: Workplace) -> None:
    """Write the files of the pages that *page* starts with."""
    for name in STARTS_WITH.findall(page.read_text(encoding="utf-8")):
        for step in steps((page.parent / name).read_text(encoding="utf-8")):
            if isinstance(step, ExampleFile):
                write_text(place.folder / step.name, step.text)


def perform(step: Example | ExampleFile, place: Workplace, run: Run, screen: Run) -> tuple[int, list[str]]:
    """Do one step of a page; returns the exit code and the lines that were written."""
    if isinstance(step, ExampleFile):
        write_text(place.folder / step.name, step.text)
        return 0, []
    words = shlex.split(step.command)
    match words:
        case ["export", setting]:
            name, _equals, value = setting.partition("=")
            place.environment[name] = value
            return 0, []
        case ["mkdir", folder]:
            (place.folder / folder).mkdir()
            return 0, []
        case ["resilience", *_rest]:
            code, said = (screen if step.screen else run)(words, place)
            return code, [line.rstrip() for line in said.replace(str(place.folder), SHOWN_FOLDER).splitlines()]
        case _:
            message = f"no page may ask for '{step.command}': only resilience, export and mkdir work everywhere"
            raise ValueError(message)


def run_here(words: Sequence[str], place: Workplace) -> tuple[int, str]:
    """Run a command of ours in this process; its two streams come out as one, as in a terminal."""
    said = io.StringIO()
    before, called = dict(os.environ), sys.argv
    sys.argv = list(words)
    try:
        os.environ.clear()
        os.environ.update(place.environment)
        with contextlib.chdir(place.folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = diagnostics.run(lambda: cli.main(list(words[1:]), prog_name=words[0], standalone_mode=False))
    finally:
        sys.argv = called
        os.environ.clear()
        os.environ.update(before)
    return int(code), said.getvalue()


def agrees(kept: Sequence[str], said: Sequence[str]) -> bool:
    """Return whether *said* is what the page keeps; a page that keeps nothing says nothing about it."""
    pattern = "".join(r"(?:.*\n)*" if line == ANY_LINES else f"{_pattern(line)}\n" for line in kept)
    return not kept or re.fullmatch(pattern, "".join(f"{line}\n" for line in said)) is not None


def should_fail(kept: Sequence[str]) -> bool:
    """Return whether the page shows a refusal."""
    return any(line.startswith("resilience: error:") for line in kept)


def renewed(kept: Sequence[str], said: Sequence[str]) -> list[str]:
    """Return the lines for the page: *said*, shortened where *kept* is shortened, with its … kept where they fit."""
    shortened = list(said)
    if ANY_LINES in kept:
        head = kept.index(ANY_LINES)
        tail = len(kept) - head - 1
        shortened = [*said[:head], ANY_LINES, *said[len(said) - tail :]]
    open_lines = [line for line in kept if ANY_CHARACTERS in line]
    return [next((open_ for open_ in open_lines if re.fullmatch(_pattern(open_), line)), line) for line in shortened]


def run_page(page: Path, folder: Path, run: Run, screen: Run) -> Iterator[tuple[Example, int, list[str]]]:
    """Do everything that *page* asks for in an empty *folder*; yields each command with its exit code and lines."""
    place = Workplace.new(folder)
    prepare(page, place)
    for step in steps(page.read_text(encoding="utf-8")):
        code, said = perform(step, place, run, screen)
        if isinstance(step, Example):
            yield step, code, said


def main() -> int:
    """Run every page; returns 1 when a block is not true and was not to be written."""
    from docs.first_round import play_here  # noqa: PLC0415 - which itself imports this module

    write = "--write" in sys.argv[1:]
    wrong = 0
    for page in documents():
        text = page.read_text(encoding="utf-8")
        lines = text.splitlines()
        with tempfile.TemporaryDirectory() as folder:
            found = list(run_page(page, Path(folder).resolve(), run_here, play_here))
        for example, code, said in reversed(found):
            if agrees(example.kept, said) and bool(code) == should_fail(example.kept):
                continue
            wrong += 1
            output.result(f"{page.relative_to(DOCS.parent)}:{example.first + 1}: {example.command} (exit code {code})")
            start = example.first + 1
            lines[start : start + len(example.kept)] = renewed(example.kept, said)
        if write and lines != text.splitlines():
            write_text(page, "\n".join(lines) + "\n")
    return 0 if write or not wrong else 1


def _pattern(line: str) -> str:
    return re.escape(line).replace(re.escape(ANY_CHARACTERS), ".*")


if __name__ == "__main__":
    sys.exit(main())
