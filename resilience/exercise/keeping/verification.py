"""Whether an exercise file is as it was written: both hash chains, the frozen texts and SQLite's own checks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from resilience.base.canonical import sha256_hex
from resilience.base.language import _
from resilience.exercise.events import FIRST_HASH, Event, rechained
from resilience.exercise.keeping.frozen import city_hash
from resilience.exercise.keeping.store import Store


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of a file found; keep the last hashes elsewhere to prove later that nothing was cut off the end."""

    events: int
    content_hash: str
    full_hash: str
    faults: tuple[str, ...]


def verify(path: Path) -> Verification:
    """Return what is wrong with the exercise at *path*; raises RunError when it cannot even be read."""
    store = Store.open(path, read_only=True)
    try:
        events = store.events()
        pages = store.faults_of_pages()
        trace = [event.payload["trace"] for event in events if event.payload.get("trace")]
        missing = [name for name in trace if store.attachment(name) is None]
    finally:
        store.close()
    faults = (
        *pages,
        *chain_faults(events),
        *(_("attachment {hash} is missing", hash=name[:12]) for name in missing),
    )
    last = events[-1]
    return Verification(len(events), last.content_hash, last.full_hash, faults)


def chain_faults(events: Sequence[Event]) -> Iterator[str]:
    """Yield every break in the sequence, in one of the chains, or in what was frozen at the start."""
    previous = (FIRST_HASH, FIRST_HASH)
    for number, event in enumerate(events, start=1):
        if event.seq != number:
            yield _("event {number} is missing", number=number)
            return
        expected = rechained(previous, event)
        if event.content_hash != expected.content_hash:
            yield _("the content of event {number} was changed", number=number)
        elif event.full_hash != expected.full_hash:
            yield _("the wall moment of event {number} was changed", number=number)
        previous = (event.content_hash, event.full_hash)
    frozen = events[0].payload
    if city_hash(frozen["city_texts"]) != frozen["city_hash"]:
        yield _("the frozen text of the city does not fit its hash")
    if sha256_hex(frozen["scenario_text"]) != frozen["scenario_hash"]:
        yield _("the frozen text of the scenario does not fit its hash")
