"""The command line as a user asks it: in this process for speed, or as a process where only that shows something."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import pytest

from resilience.cli import diagnostics
from resilience.cli.main import cli

PROGRAM = "from resilience.cli.main import main; main()"


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


class Ask:
    """Runs the command line in this process; English unless told otherwise."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str | Path, lang: str = "en") -> Said:
        """Run one command."""
        words = ["--lang", lang, *map(str, arguments)]
        self.capsys.readouterr()
        code = diagnostics.run(lambda: cli.main(words, prog_name="resilience", standalone_mode=False))
        return Said(int(code), *self.capsys.readouterr())


def command(*arguments: str | Path, lang: str = "en") -> list[str]:
    """Return the words that start the program as a process of its own."""
    return [sys.executable, "-c", PROGRAM, "--lang", lang, *map(str, arguments)]


def process(
    *arguments: str | Path,
    lang: str = "en",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdout: int | IO[Any] = subprocess.PIPE,
    before: Callable[[], object] | None = None,
) -> Said:
    """Run one command as a process of its own; *before* is done in it first, *env* is added to the environment."""
    done = subprocess.run(
        command(*arguments, lang=lang), stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, check=False,
        text=True, encoding="utf-8", cwd=cwd, env={**os.environ, **(env or {})}, preexec_fn=before, timeout=60,
    )  # fmt: skip
    return Said(done.returncode, done.stdout or "", done.stderr)
