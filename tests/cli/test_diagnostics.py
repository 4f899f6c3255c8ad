"""What a user reads when something goes wrong, and the exit code that goes with it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from resilience.base.problems import InputError, Problem, RunError
from resilience.cli import diagnostics, output
from resilience.cli.diagnostics import ExitCode, run
from resilience.cli.main import cli


def _raise(fault: BaseException) -> Callable[[], object]:
    def command() -> None:
        raise fault

    return command


TWO_PROBLEMS = InputError(
    [
        Problem("stad/kpn.yaml", 4, 7, "organisation.id", "this id is used twice", "rename one"),
        Problem("stad/kpn.yaml", 0, 0, "", "there is no such city", ""),
    ]
)


@pytest.mark.parametrize(
    ("command", "code", "lines"),
    [
        pytest.param(lambda: None, ExitCode.OK, [], id="nothing wrong"),
        pytest.param(lambda: 2, ExitCode.BAD_INPUT, [], id="click gives the code"),
        pytest.param(
            _raise(TWO_PROBLEMS),
            ExitCode.BAD_INPUT,
            [
                "resilience: error: stad/kpn.yaml:4:7: organisation.id: this id is used twice: rename one",
                "resilience: error: stad/kpn.yaml: there is no such city",
            ],
            id="bad input",
        ),
        pytest.param(
            _raise(RunError("a.html was not written: the disk is full")),
            ExitCode.RUN_FAILED,
            ["resilience: error: a.html was not written: the disk is full"],
            id="failed run",
        ),
        pytest.param(
            _raise(click.UsageError("Choose from:\n\ta,\n\tb")),
            ExitCode.BAD_INPUT,
            ["resilience: error: Choose from: a, b Zie 'resilience --help' voor uitleg."],
            id="usage in one line",
        ),
        pytest.param(
            _raise(click.ClickException("x")), ExitCode.BAD_INPUT, ["resilience: error: x"], id="click exception"
        ),
    ],
)
def test_each_fault_has_its_lines_and_code(
    command: Callable[[], object], code: ExitCode, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the user or the run is one plain line for each problem, on stderr alone, and one exit code."""
    answer = run(command)

    captured = capsys.readouterr()
    assert (answer, captured.out, captured.err.splitlines()) == (code, "", lines)


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupt_is_no_failure(fault: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C ends with code 130 and one line."""
    answer = run(_raise(fault))

    captured = capsys.readouterr()
    assert (answer, captured.out, len(captured.err.splitlines())) == (ExitCode.INTERRUPTED, "", 1)


def test_a_defect_keeps_its_traceback() -> None:
    """What nobody foresaw is our defect and goes through, so that it can be repaired."""
    with pytest.raises(ZeroDivisionError):
        run(lambda: 1 // 0)


def test_names_from_files_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in a text of others are written out, and line ends do not make a second line."""
    diagnostics.error("\x1b[31mkpn\x07\nonderdeel")

    assert capsys.readouterr().err == "resilience: error: \\x1b[31mkpn\\x07 onderdeel\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "en", "scenarioo"], "No such command 'scenarioo'. Did you mean 'scenario'?"),
        (["--lang", "en", "--versio"], "No such option '--versio'. Did you mean '--version'?"),
        (["--lang", "de"], "'de'"),
        (["--lang"], "--lang"),
    ],
)
def test_wrong_usage_is_one_line_with_the_way_to_help(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong word on the command line is named, the nearest right one offered, and help pointed at."""
    answer = run(lambda: cli.main(arguments, prog_name="resilience", standalone_mode=False))

    captured = capsys.readouterr()
    (line,) = captured.err.splitlines()
    assert (answer, captured.out, said in line, "resilience --help" in line) == (ExitCode.BAD_INPUT, "", True, True)


def test_output_that_nobody_reads_is_no_fault() -> None:
    """`resilience ... | head` ends silently, also when the interpreter flushes at its end."""
    program = (
        "import sys\n"
        "from resilience.cli import diagnostics, output\n"
        "def command():\n"
        "    while True:\n"
        "        output.result('x' * 10000)\n"
        "sys.exit(diagnostics.run(command))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (ExitCode.OK, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_behind_a_redirect_is_said_in_one_sentence() -> None:
    """A result that could not be written is a failed run, never silence."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "resilience", "--lang", "en", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, len(done.stderr.splitlines()), "the disk is full" in done.stderr) == (1, 1, True)


class TestProgress:
    """How far long work is."""

    def test_nothing_is_drawn_where_nobody_watches(self, capsys: pytest.CaptureFixture[str]) -> None:
        """In a pipe or a log progress leaves no trace."""
        with output.progress("Rekenen", 10) as advance:
            advance(10)

        captured = capsys.readouterr()
        assert (captured.out, captured.err) == ("", "")

    def test_a_long_wait_is_drawn_and_wiped(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """After two seconds a line shows how far the work is; at the end it is gone."""
        moments = iter([0.0, 1.9, 2.1, 2.15])
        monkeypatch.setattr("resilience.cli.output.time.monotonic", lambda: next(moments))
        monkeypatch.setattr(diagnostics, "can_show_progress", lambda: True)

        with output.progress("Rekenen", 4) as advance:
            for _step in range(3):
                advance(1)

        drawn = [part.strip() for part in capsys.readouterr().err.split("\r") if part.strip()]
        assert drawn == ["Rekenen [############............] 50%"]
