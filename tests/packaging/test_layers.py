"""The layers hold in the source and at run time, and two modules alone speak to the terminal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.project import PACKAGES, ROOT, run_python, settings, source_files

HEAVY = ("matplotlib", "networkx", "numpy", "plotly", "pydantic", "simpy", "textual", "yaml")


def test_layers_are_kept() -> None:
    """Arrows point only downward, and every part of resilience has a layer."""
    checked = run_python(
        "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"
    )

    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout


def test_contract_covers_every_package() -> None:
    """What the wheel ships is what the contract looks at, so no package escapes it."""
    project = settings()
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

    assert (sorted(shipped), sorted(project["tool"]["importlinter"]["root_packages"])) == ([*PACKAGES], [*PACKAGES])


@pytest.mark.parametrize("arguments", [["--help"], ["city", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help and version are there at once: no screen, chart, graph, array, engine or validation library is loaded."""
    program = (
        "import sys\n"
        "from resilience.cli.main import cli\n"
        f"code = cli.main({arguments!r}, standalone_mode=False)\n"
        f"print(code, sorted(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)\n"
    )

    shown = run_python("-c", program)

    assert (shown.returncode, shown.stderr.splitlines()[-1:]) == (0, ["0 []"]), shown.stderr


def test_only_two_modules_speak_to_the_terminal() -> None:
    """Results alone go to stdout and plain lines alone to stderr, because one module owns each."""
    speakers = {
        (path.relative_to(ROOT).as_posix(), stream)
        for path in source_files()
        for stream in _streams(ast.parse(path.read_text(encoding="utf-8")))
    }
    owners = {"resilience/cli/output.py": "stdout", "resilience/cli/diagnostics.py": "stderr"}

    # Both may reach for the other stream's settings, but neither writes to it.
    assert {(file, stream) for file, stream in speakers if owners.get(file) != stream} == set()


def test_importing_a_package_imports_nothing() -> None:
    """The `__init__` files hold a sentence and no code: otherwise importing one package drags in others."""
    busy = [
        str(path.relative_to(ROOT))
        for path in source_files()
        if path.name == "__init__.py" and not _only_a_docstring(path)
    ]

    assert busy == []


def _streams(tree: ast.AST) -> Iterator[str]:
    """Yield the stream that each print, click.echo or write in *tree* goes to."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        to_stderr = any(
            keyword.arg in {"err", "file"} and ast.unparse(keyword.value) in {"True", "sys.stderr"}
            for keyword in node.keywords
        )
        if called in {"print", "click.echo", "click.secho", "echo", "secho", "rich.print", "pprint"}:
            yield "stderr" if to_stderr else "stdout"
        for stream in ("stdout", "stderr"):
            if called in {f"sys.{stream}.write", f"sys.{stream}.writelines", f"sys.{stream}.buffer.write"}:
                yield stream
        if called == "os.write" and node.args and ast.unparse(node.args[0]) in {"1", "2"}:
            yield {"1": "stdout", "2": "stderr"}[ast.unparse(node.args[0])]


def _only_a_docstring(path: Path) -> bool:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in body)
