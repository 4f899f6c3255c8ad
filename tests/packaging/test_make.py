"""`make` finds a Python that works, and says in one sentence what to install where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.project import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no make; the README gives its own lines")

BROKEN = "#!/bin/sh\necho 'not installed' >&2\nexit 127\n"
WITHOUT_VENV = f'#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"\n'
WORKS = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with nothing but the Makefile."""
    folder = tmp_path / "clone"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def program(folder: Path, name: str, text: str) -> Path:
    """Write a program *name* into a folder for the PATH and return that folder."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return folder


def make(clone: Path, *arguments: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
    """Run make in *clone*, outside any make that runs this test."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "-s", *arguments],
        cwd=clone,
        env={**environment, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return our own lines of what make wrote."""
    return [line for line in done.stderr.splitlines() if line.startswith("resilience:")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(BROKEN, "install the package python3.13", id="a shim for a Python that is not there"),
        pytest.param(
            WITHOUT_VENV,
            f"install the package python{sys.version_info.major}.{sys.version_info.minor}-venv",
            id="a Python that cannot make an environment",
        ),
    ],
)
def test_without_a_fitting_python_one_sentence_names_the_package(
    clone: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    """Nothing is made, and the user reads what to install."""
    candidate = program(tmp_path / "bin", "candidate", text) / "candidate"

    done = make(clone, "sound", f"PYTHON={candidate}")

    assert (done.returncode, [sentence in line for line in said(done)], (clone / ".venv").exists()) == (
        2,
        [True],
        False,
    )


@pytest.mark.full
def test_a_broken_environment_is_made_anew_by_the_first_python_that_works(clone: Path, tmp_path: Path) -> None:
    """A newer Python that is only a shim is passed over; a .venv that does not run is replaced, a good one kept."""
    path = program(tmp_path / "bin", "python3.14", BROKEN)
    program(path, "python3.13", WORKS)
    program(clone / ".venv", "bin", "a file where a folder should be")
    search = f"{path}{os.pathsep}{os.environ['PATH']}"

    first = make(clone, "sound", path=search)
    inode = (clone / ".venv" / "pyvenv.cfg").stat().st_ino
    second = make(clone, "sound", path=search)

    assert (first.returncode, said(first), second.returncode, second.stderr, inode) == (
        0,
        ["resilience: .venv does not work here; it is made anew"],
        0,
        "",
        (clone / ".venv" / "pyvenv.cfg").stat().st_ino,
    )
