"""The store: one order for all writers, both hash chains whole, nothing written twice, nothing half."""

import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.exercise.events import EVERYONE, Draft, Event, Kind
from resilience.exercise.keeping.store import Store
from resilience.exercise.keeping.verification import chain_faults
from tests.property.append_worker import EACH, write
from tests.unit.exercise.small_exercise import first_draft

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
PAYLOADS = st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS | st.lists(TEXTS))
DRAFTS = st.builds(
    Draft,
    st.sampled_from([Kind.MESSAGE, Kind.PICTURE, Kind.SCALE]),
    st.just(0),
    TEXTS,
    PAYLOADS,
    st.sampled_from([(), EVERYONE, ("gbt",), ("gbt", "it")]),
    st.none() | st.sampled_from(["inject:a", "inject:b"]),
)


def filled(batches: list[list[Draft]], walls: Iterator[int]) -> tuple[Event, ...]:
    """Return the events of a new store after writing each batch in a transaction of its own."""
    store = Store.create(None, [first_draft()], wall=next(walls))
    for batch in batches:
        store.transact(0, lambda _unseen, drafts=batch: drafts, wall=next(walls))  # type: ignore[misc]
    events = store.events()
    store.close()
    return events


@given(st.lists(st.lists(DRAFTS, max_size=4), max_size=6))
def test_what_is_read_is_what_was_written(batches: list[list[Draft]]) -> None:
    """Events come back in order without a gap, whole in both chains, and with a once-key at most once."""
    events = filled(batches, iter(range(1000, 2000)))
    keys: set[str] = set()
    expected = []
    for draft in (draft for batch in batches for draft in batch):
        if draft.once is None or draft.once not in keys:
            expected.append((draft.kind, draft.actor, draft.audience, draft.payload))
        keys |= {draft.once} if draft.once else set()

    read = [(event.kind, event.actor, event.audience, event.payload) for event in events[1:]]
    assert (read, [event.seq for event in events]) == (expected, list(range(1, len(expected) + 2)))


@given(st.lists(st.lists(DRAFTS, max_size=3), max_size=4))
def test_equal_runs_have_equal_content_chains(batches: list[list[Draft]]) -> None:
    """The content chain does not know the wall moments; the full chain does."""
    one, other = filled(batches, iter(range(1000))), filled(batches, iter(range(5000, 6000)))

    assert [event.content_hash for event in one] == [event.content_hash for event in other]
    assert all(a.full_hash != b.full_hash for a, b in zip(one, other, strict=True))


@given(st.lists(DRAFTS, min_size=1, max_size=5), st.data())
def test_a_changed_event_breaks_its_chain(drafts: list[Draft], data: st.DataObject) -> None:
    """Whatever field of whatever event is changed, the check names that event."""
    events = list(filled([drafts], iter(range(1000))))
    place = data.draw(st.integers(1, len(events) - 1))
    field, value = data.draw(
        st.sampled_from([("minute", 7), ("wall", 7), ("actor", "x!"), ("payload", {"x!": 1}), ("audience", ("x!",))])
    )
    changed = {name: getattr(events[place], name) for name in Event.__slots__} | {field: value}
    events[place] = Event(**changed)

    assert any(str(place + 1) in fault for fault in chain_faults(events))


def test_the_log_is_only_added_to(tmp_path: Path) -> None:
    """The file itself refuses to change or remove what was written, whoever asks."""
    path = tmp_path / "a.exercise"
    Store.create(path, [first_draft()], wall=0).close()
    connection = sqlite3.connect(path)
    refused = 0
    for statement in ("UPDATE event SET minute = 5", "DELETE FROM event", "REPLACE INTO event SELECT * FROM event"):
        try:
            connection.execute(statement)
        except sqlite3.DatabaseError:
            refused += 1
    connection.close()

    assert refused == 3


def test_events_of_one_minute_never_go_back(tmp_path: Path) -> None:
    """An event before the last one's minute is a fault of ours and is not written."""
    store = Store.create(tmp_path / "a.exercise", [first_draft()], wall=0)
    store.transact(0, lambda _unseen: [Draft(Kind.SCALE, 5, "x", {})], wall=1)
    with pytest.raises(ValueError, match="minute 4 comes after"):
        store.transact(0, lambda _unseen: [Draft(Kind.SCALE, 5, "x", {}), Draft(Kind.SCALE, 4, "x", {})], wall=2)
    events = store.events()
    store.close()

    assert [event.minute for event in events] == [0, 5]


WRITERS = 3


def test_several_writers_make_one_log(tmp_path: Path) -> None:
    """Processes that write at the same time get one order, whole chains, every own event and one of each shared."""
    path = tmp_path / "a.exercise"
    Store.create(path, [first_draft(city_hash=EMPTY_HASH, scenario_hash=NO_TEXT_HASH)], wall=0).close()
    fork = multiprocessing.get_context("spawn")
    workers = [fork.Process(target=write, args=(path, number)) for number in range(WRITERS)]
    for worker in workers:
        worker.start()
    tail = Store.open(path, read_only=True)
    tailed: list[Event] = []
    for worker in workers:
        while worker.is_alive():
            worker.join(0.02)
            tailed += tail.events(tailed[-1].seq if tailed else 0)
    tailed += tail.events(tailed[-1].seq)
    tail.close()

    own = [(event.payload["writer"], event.payload["number"]) for event in tailed if event.kind is Kind.MESSAGE]
    shared = [event.payload["n"] for event in tailed if event.kind is Kind.SCALE]
    assert {
        "exits": [worker.exitcode for worker in workers],
        "faults": list(chain_faults(tailed)),
        "own": sorted(own),
        "each in order": all([n for w, n in own if w == writer] == list(range(EACH)) for writer in range(WRITERS)),
        "shared": sorted(shared),
    } == {
        "exits": [0] * WRITERS,
        "faults": [],
        "own": [(writer, number) for writer in range(WRITERS) for number in range(EACH)],
        "each in order": True,
        "shared": list(range(EACH)),
    }


EMPTY_HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
"""SHA-256 of the empty object, which stands for a city without files."""
NO_TEXT_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""SHA-256 of no text at all."""
