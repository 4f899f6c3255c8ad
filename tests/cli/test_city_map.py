"""``resilience city map``: what it asks before it opens a screen, and what it opens."""

import sys
from types import ModuleType
from typing import Any

import pytest

from tests.cli.asking import Ask
from tests.tui.support import MINI

CITY = str(MINI / "city")


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask in this process."""
    return Ask(capsys)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """A terminal with a screen that is left at once; returns the cities and components that it was given."""
    found: list[tuple[str, str | None]] = []
    screen: Any = ModuleType("tui.map_app")
    screen.run = lambda city, start: found.append((city.id, start))
    monkeypatch.setitem(sys.modules, "tui.map_app", screen)
    monkeypatch.setattr("resilience.cli.city.map_screen.require_terminal", lambda _missing, _without: None)
    return found


def test_without_a_terminal_it_says_so_and_names_the_other_way(ask: Ask) -> None:
    """One sentence, exit code 2, in both languages."""
    english, dutch = ask("city", "map", CITY), ask("city", "map", CITY, lang="nl")

    assert english == (
        2, "", "resilience: error: the map needs a terminal: 'resilience city walk' shows a tree without one\n",
    )  # fmt: skip
    assert (dutch.code, dutch.err.partition(": '")[0]) == (
        2, "resilience: error: de kaart heeft een terminal nodig",
    )  # fmt: skip


def test_it_opens_at_a_component_or_at_the_first(ask: Ask, opened: list[tuple[str, str | None]]) -> None:
    """The city as the officer may see it, with the component that was named."""
    codes = [ask("city", "map", CITY).code, ask("city", "map", CITY, "grid").code]

    assert (codes, opened) == ([0, 0], [("mini", None), ("mini", "grid")])


def test_what_is_no_component_is_refused(ask: Ask, opened: list[tuple[str, str | None]]) -> None:
    """An organisation, and an unknown id with what may have been meant, before a screen is opened."""
    refused = [ask("city", "map", CITY, name) for name in ("telecom", "gird")]

    assert [(one.code, one.err.count("\n")) for one in refused] == [(2, 1), (2, 1)]
    assert "'telecom' is an organisation; the map is of components" in refused[0].err
    assert "did you mean grid?" in refused[1].err
    assert opened == []
