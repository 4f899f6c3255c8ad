"""What is installed is exactly the five packages, with their data."""

import zipfile
from pathlib import Path

import pytest

from tests.packaging.project import PACKAGES, ROOT, run_python, settings, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from an unpacked source distribution as a packager would."""
    folder = tmp_path_factory.mktemp("dist")
    built = run_python("-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT))
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.full
def test_wheel_installs_only_our_names(wheel: Path) -> None:
    """The names are generic, so nothing more may land beside other people's packages."""
    version = settings()["project"]["version"]
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/")[0] for name in archive.namelist()}

    assert names == {*PACKAGES, f"keten_resilience-{version}.dist-info"}


@pytest.mark.full
def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """A map, a template or a catalogue that git keeps is shipped; an ignored file would vanish without a word."""
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if name.split("/")[0] in PACKAGES}
    kept = {path.relative_to(ROOT).as_posix() for path in tracked_files()}

    assert shipped == {name for name in kept if name.split("/")[0] in PACKAGES}
