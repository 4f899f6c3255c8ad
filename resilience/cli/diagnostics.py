"""The only place that writes to stderr, and the one that decides the exit code.

A fault of the user or of the run is one plain line each, ``resilience: error: ...``, never a traceback. Anything else
that goes wrong is our own defect and keeps its traceback, because that is what a maintainer needs.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from enum import IntEnum

import click

from resilience.base.language import _
from resilience.base.problems import InputError, RunError

PROGRAM = "resilience"
DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT}
"""Raised when a result goes through a redirect to a full disk; files of our own say it themselves."""


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    RUN_FAILED = 1
    BAD_INPUT = 2
    INTERRUPTED = 130


def one_line(text: str) -> str:
    """Return *text* on one line, white space collapsed, with other control characters written out.

    Names come from files of others; none of them may move the cursor or colour the terminal.
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in " ".join(text.split())
    )


def error(text: str) -> None:
    """Say in one line what went wrong."""
    _write_line(f"{PROGRAM}: error: {one_line(text)}")


def warning(text: str) -> None:
    """Say in one line what the user should know although the command goes on."""
    _write_line(f"{PROGRAM}: warning: {one_line(text)}")


def note(text: str) -> None:
    """Say in one line where something was written or what to do next."""
    _write_line(f"{PROGRAM}: {one_line(text)}")


def can_show_progress() -> bool:
    """Whether somebody sits at a terminal that can redraw a line."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def redraw(text: str) -> None:
    """Show *text* on the line of the cursor in place of what stood there; empty clears it."""
    width = _terminal_width()
    _write("\r" + one_line(text)[: width - 1].ljust(width - 1) + ("" if text else "\r"))


def run(command: Callable[[], object]) -> int:
    """Call *command* and return the exit code, after saying on stderr what was wrong.

    An int that *command* returns is its exit code: click answers ``--help`` and ``ctx.exit`` so.
    """
    try:
        answer = command()
    except (InputError, RunError, click.ClickException, click.Abort, KeyboardInterrupt) as fault:
        return _tell(fault)
    except OSError as fault:
        if fault.errno not in {errno.EPIPE, *DISK_IS_FULL}:
            raise
        _let_go_of_stdout()
        return _tell(RunError(_("the disk is full; free some space"))) if fault.errno in DISK_IS_FULL else ExitCode.OK
    except SystemExit as ended:
        if ended.code != 1:
            raise
        _let_go_of_stdout()  # click ends the process itself when nobody reads stdout any more; that is no failure
        return ExitCode.OK
    return answer if isinstance(answer, int) else ExitCode.OK


def _tell(fault: BaseException) -> ExitCode:
    """Say what *fault* means to the user and return the exit code that goes with it."""
    match fault:
        case InputError(problems=problems):
            for problem in problems:
                error(str(problem))
            return ExitCode.BAD_INPUT
        case click.UsageError():
            error(f"{fault.format_message()} {_usage_hint(fault.ctx)}")
            return ExitCode.BAD_INPUT
        case click.ClickException():
            error(fault.format_message())
            return ExitCode.BAD_INPUT
        case click.Abort() | KeyboardInterrupt():
            note(_("stopped"))
            return ExitCode.INTERRUPTED
        case _:
            error(str(fault))
            return ExitCode.RUN_FAILED


def _usage_hint(context: click.Context | None) -> str:
    """Say where help is; click gives no context for a fault that it finds while it reads the options."""
    command = context.command_path if context else PROGRAM
    return _("Try '{command} {option}' for help.", command=command, option="--help")


def _let_go_of_stdout() -> None:
    """Point stdout at nothing: nobody reads it any more, and the interpreter would still try to flush."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 80


def _write_line(text: str) -> None:
    _write(f"{text}\n")


def _write(text: str) -> None:
    """Write *text*; where stderr itself is closed or full there is nobody left to tell."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
