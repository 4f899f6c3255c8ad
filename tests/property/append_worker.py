"""A process that appends to an exercise file; apart from the tests so that it starts fast."""

from pathlib import Path

from resilience.exercise.events import Draft, Kind
from resilience.exercise.keeping.store import Store

EACH = 20
"""So many transactions are written by each process."""


def write(path: Path, writer: int) -> None:
    """Write, EACH times, an event of our own and one that all writers try to write once."""
    store = Store.open(path)
    seen = 0
    for number in range(EACH):
        shared = Draft(Kind.SCALE, 0, "w", {"n": number}, once=f"n:{number}")
        own = Draft(Kind.MESSAGE, 0, "w", {"writer": writer, "number": number})
        seen = store.transact(seen, lambda _unseen, drafts=(shared, own): drafts, wall=number)[-1].seq  # type: ignore[misc]
    store.close()
