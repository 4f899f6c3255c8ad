"""What may not stand in any file of the project, and what must say the same everywhere."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packaging.project import ROOT, settings, tracked_files

# Built from parts, so that this file holds none of what it looks for.
INDEX_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "conda." + "anaconda",
]
INDEX_LINES = ["--index" + "-url ", "--extra-index" + "-url ", "--find" + "-links ", "/sim" + "ple/"]
MACHINE_PATHS = ["/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/", "C:\\Us" + "ers"]


@pytest.mark.parametrize(
    "forbidden",
    [
        pytest.param([*INDEX_HOSTS, *INDEX_LINES], id="index hosts"),
        pytest.param(MACHINE_PATHS, id="machine paths"),
    ],
)
def test_no_file_names_a_place_of_its_maker(forbidden: list[str]) -> None:
    """Where packages were fetched and on which machine the work was done stands in no file."""
    pattern = re.compile("|".join(re.escape(part) for part in forbidden), re.IGNORECASE)
    found = {}
    for path in tracked_files():
        text = path.read_bytes().decode(errors="replace")
        hits = sorted({match.group() for match in pattern.finditer(text)})
        if hits and path.suffix != ".svg":
            found[str(path.relative_to(ROOT))] = hits

    assert found == {}


def test_pins_hold_hashes_and_no_places() -> None:
    """Every pin is one exact version with at least one hash; the base set is a part of the development set."""
    pins = {name: _pins(ROOT / "constraints" / f"{name}.txt") for name in ("base", "dev")}
    loose = [pin for hashes in pins.values() for pin, count in hashes.items() if "==" not in pin or count == 0]
    urls = [name for name in pins if "://" in (ROOT / "constraints" / f"{name}.txt").read_text(encoding="utf-8")]

    assert (loose, urls, sorted(set(pins["base"]) - set(pins["dev"]))) == ([], [], [])


def test_every_dependency_is_pinned() -> None:
    """What pyproject.toml asks for has a pin, so that a fresh environment needs nothing else."""
    project = settings()["project"]
    asked = {
        "base": project["dependencies"] + ["hatchling", "editables"],
        "dev": project["optional-dependencies"]["dev"],
    }
    missing = [
        f"{name}: {requirement}"
        for name, requirements in asked.items()
        for requirement in requirements
        if re.split(r"[<>=~!;\[ ]", requirement)[0].lower()
        not in {pin.split("==")[0] for pin in _pins(ROOT / "constraints" / f"{name}.txt")}
    ]

    assert missing == []


def test_version_is_the_same_everywhere() -> None:
    """pyproject.toml, publiccode.yml and the newest entry of the changelog name one version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", changelog, re.MULTILINE)
    assert newest is not None
    public = _publiccode()

    assert (public["softwareVersion"], str(public["releaseDate"]), newest.group(1)) == (
        settings()["project"]["version"],
        newest.group(2),
        settings()["project"]["version"],
    )


def test_publiccode_follows_the_standard() -> None:
    """publiccode.yml has what version 0.4 of the standard requires, within its limits, in both languages."""
    public = _publiccode()
    required = {
        *("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"),
        *("legal", "maintenance", "localisation"),
    }
    lengths = {
        language: (len(text["shortDescription"]) <= 150, 150 <= len(text["longDescription"]) <= 10_000)
        for language, text in public["description"].items()
    }

    assert (public["publiccodeYmlVersion"], required - set(public), lengths, public["legal"]["license"]) == (
        "0.4",
        set(),
        {"en": (True, True), "nl": (True, True)},
        settings()["project"]["license"],
    )
    assert sorted(public["localisation"]["availableLanguages"]) == ["en", "nl"]


def test_readme_gives_the_commands_that_ci_runs() -> None:
    """The two commands of the README are the ones that are proved in a fresh clone."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = ("make demo", "make test")

    assert [(command in readme, command in ci) for command in commands] == [(True, True)] * 2


def _pins(path: Path) -> dict[str, int]:
    """Return each pin (with its marker) of a constraints file and how many hashes it has."""
    pins: dict[str, int] = {}
    pin = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            pin = line.removesuffix("\\").strip()
            pins[pin] = 0
        elif "--hash=sha256:" in line:
            pins[pin] += 1
    return pins


def _publiccode() -> dict[str, Any]:
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content
