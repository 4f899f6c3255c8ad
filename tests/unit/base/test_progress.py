"""How far long work is: whoever watches sees the outermost work, filled up by what happens inside it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context

from resilience.base.progress import followed, progress, shown_by


class Told:
    """A meter that remembers."""

    def __init__(self) -> None:
        self.seen: list[str | float] = []
        self.made: list[tuple[str, int]] = []

    def advance(self, steps: int) -> None:
        """Note whole steps as words."""
        self.seen.append(f"+{steps}")

    def within(self, share: float) -> None:
        """Note a share of a step."""
        self.seen.append(share)

    @contextmanager
    def show(self, label: str, total: int) -> Iterator["Told"]:
        """Make itself the meter."""
        self.made.append((label, total))
        yield self


def test_work_inside_work_fills_up_its_step() -> None:
    """Whatever the depth, and only the outermost has a meter."""

    def work(told: Told) -> None:
        shown_by(told.show)
        with progress("outer", 2) as done:
            assert list(followed("inner", "ab", 2)) == ["a", "b"]
            done(1)
            with progress("middle", 2) as step:
                assert list(followed("deep", "ab", 2)) == ["a", "b"]
                step(1)
            done(1)

    told = Told()
    copy_context().run(work, told)

    assert (told.made, told.seen) == ([("outer", 2)], [0.5, 1.0, "+1", 0.25, 0.5, 0.5, "+1"])


def test_after_a_failure_the_next_work_is_outermost_again() -> None:
    """Nothing of what was broken off stays behind."""

    def work(told: Told) -> None:
        shown_by(told.show)
        with suppress(KeyError), progress("broken", 1):
            for item in followed("inner", "ab", 2):
                raise KeyError(item)
        with progress("next", 3) as done:
            done(3)

    told = Told()
    copy_context().run(work, told)

    assert told.made == [("broken", 1), ("next", 3)]
