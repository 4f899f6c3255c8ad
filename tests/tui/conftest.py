"""For the tests of the console: English, the language that its texts are written in, and one time zone."""

import sys
import time
from collections.abc import Iterator

import pytest

from resilience.base.language import set_language
from resilience.exercise.rehearse import CountedWall
from resilience.exercise.session import Session
from tests.tui.support import mini_session

collect_ignore = [] if sys.version_info[:2] == (3, 13) else ["test_snapshots.py"]
"""Pictures are compared on one Python only: another one lays out the same screen a little differently."""


@pytest.fixture(autouse=True)
def english(own_environment: None) -> None:
    """Texts are asserted in English."""
    set_language("en")


@pytest.fixture(autouse=True)
def amsterdam(own_environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wall time is shown in the time zone of the environment, which must be read anew."""
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def session() -> Iterator[Session]:
    """A new exercise whose wall stands still."""
    made, _wall = mini_session()
    with made:
        yield made


@pytest.fixture
def played() -> Iterator[tuple[Session, CountedWall]]:
    """An exercise that runs, and its wall."""
    made, wall = mini_session()
    with made:
        made.start()
        yield made, wall
