"""What holds for every test: a home of its own, Dutch, repeatable examples, and an honest count of what did not run."""

import gc
import itertools
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from resilience.base.language import set_language

if "RESILIENCE_TEST_COMPILED" not in os.environ:
    os.environ["RESILIENCE_PLAIN"] = "1"  # compiling takes a minute, which the fast tests do not have

COMMON = settings(derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", COMMON, max_examples=10)
settings.register_profile("more", COMMON, max_examples=30)
settings.register_profile("full", COMMON, max_examples=120)
settings.load_profile("fast")

KEPT = frozenset({"RESILIENCE_PLAIN", "RESILIENCE_TEST_COMPILED"})
"""Settings of these tests themselves."""
TOOLS = {"browser": ("chromium", "chromedriver"), "office": ("soffice",), "terminal": ("tmux",)}
"""The programs, from outside Python, that the tests with a marker need."""

HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData",
    "LOCALAPPDATA": "AppData",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": ".run",
    "XDG_STATE_HOME": ".local/state",
}
SCREEN_VARIABLES = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES")

_numbers = itertools.count()


def missing_tools(marker: str) -> tuple[str, ...]:
    """Return the programs that tests marked *marker* need and this machine lacks."""
    return tuple(tool for tool in TOOLS[marker] if shutil.which(tool) is None)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which every test gets a home."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_environment(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees no settings, files or language of the person who runs it, and leaves none behind."""
    home = homes / str(next(_numbers))
    home.mkdir()
    for name, place in HOME_VARIABLES.items():
        monkeypatch.setenv(name, str(home / place))
    ours = [name for name in os.environ if name.startswith("RESILIENCE_") and name not in KEPT]
    for name in [*SCREEN_VARIABLES, *ours]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "nl")
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    set_language("nl")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where a program is absent, the tests that need it are not run; they are never counted as passed."""
    lacking = {marker: missing_tools(marker) for marker in TOOLS}
    for item in items:
        for marker, tools in lacking.items():
            if tools and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"NOT RUN: {', '.join(tools)} is absent"))


def pytest_collection_finish() -> None:
    """What was imported stays until the end: the garbage collector need not look through it time and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where the programs are present, a skip is a failure: nothing may quietly drop out of the suite."""
    report = yield
    needed = [marker for marker in TOOLS if item.get_closest_marker(marker)]
    if report.skipped and not hasattr(report, "wasxfail") and not any(missing_tools(marker) for marker in needed):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although what it needs is here: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests did not run for want of a program."""
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.section("NOT RUN")
        terminalreporter.write_line(f"{skipped} tests did NOT RUN: a program that they need is absent (see above)")
