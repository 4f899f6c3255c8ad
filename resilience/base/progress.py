"""How far long work is, told to whoever watches.

Only the command line can show it, so it says with `shown_by` how. Elsewhere nobody watches, and telling costs next to
nothing. Work inside other work fills up the step that the outer one is at.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Meter(Protocol):
    """Keeps how far one piece of work is."""

    def advance(self, steps: int) -> None:
        """Say that so many more steps are done."""

    def within(self, share: float) -> None:
        """Say how much of the step at hand is done, from 0 to 1."""


Show = Callable[[str, int], AbstractContextManager[Meter]]
_show: ContextVar[Show | None] = ContextVar("show", default=None)
_around: ContextVar[Meter | None] = ContextVar("around", default=None)


def shown_by(show: Show) -> None:
    """Let *show*, given a label and a number of steps, make the meters of this context."""
    _show.set(show)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Tell how far work of *total* steps is; yields a function that is told how many more steps are done."""
    around, show = _around.get(), _show.get()
    if around is not None:
        with _working(_Part(around, max(total, 1))) as part:
            yield part.advance
    elif show is not None:
        with show(label, max(total, 1)) as meter, _working(meter):
            yield meter.advance
    else:
        yield lambda _steps: None


def followed(label: str, items: Iterable[Item], total: int) -> Iterator[Item]:
    """Yield *items*, of which there are at most *total*, and tell how many are done."""
    with progress(label, total) as done:
        for item in items:
            yield item
            done(1)


class _Part:
    """The meter of work that is one step of other work."""

    def __init__(self, around: Meter, total: int) -> None:
        self.around, self.total, self.done = around, total, 0

    def advance(self, steps: int) -> None:
        self.done = min(self.done + steps, self.total)
        self.around.within(self.done / self.total)

    def within(self, share: float) -> None:
        self.around.within((self.done + share) / self.total)


@contextmanager
def _working(meter: Meter) -> Iterator[Meter]:
    token = _around.set(meter)
    try:
        yield meter
    finally:
        _around.reset(token)
