"""What happened in an exercise, one flat record per event, chained by two hashes.

The *content* chain leaves the wall moments out, so that two runs with the same decisions have equal chains; the
*full* chain covers everything, so that a changed byte anywhere shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from resilience.base.canonical import canonical_json, sha256_hex

EVERYONE = ("*",)
"""The audience of what every seat may see. An empty audience is the facilitator and the observers only."""

FIRST_HASH = "0" * 64
"""What the first event is chained to."""


class Kind(StrEnum):
    """Every kind of event."""

    CREATED = "created"
    STARTEX = "startex"
    CLOCK = "clock"
    INJECT_SENT = "inject_sent"
    INJECT_HELD = "inject_held"
    INJECT_RELEASED = "inject_released"
    INJECT_SKIPPED = "inject_skipped"
    REMINDER = "reminder"
    DECISION = "decision"
    PICTURE = "picture"
    MESSAGE = "message"
    READ = "read"
    TASK = "task"
    SCALE = "scale"
    CLOCK_STARTED = "clock_started"
    CLOCK_MET = "clock_met"
    CLOCK_EXTENDED = "clock_extended"
    NO_DUFF = "no_duff"
    RESUMED = "resumed"
    RATING = "rating"
    FINDING = "finding"
    PICTURE_READ = "picture_read"
    PROPOSAL = "proposal"
    PUBLIC_DRAFTED = "public_drafted"
    PUBLIC_RELEASED = "public_released"
    PUBLIC_RETURNED = "public_returned"
    MERGED = "merged"
    REFLECTION = "reflection"
    CORRECTION = "correction"
    LEASE = "lease"
    ENDEX = "endex"
    FORKED = "forked"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is not written yet: the store gives it its sequence number and hashes.

    *once* is a key that at most one event of a file may carry: what makes an inject go out at most once.
    """

    kind: Kind
    minute: int
    actor: str
    payload: Mapping[str, Any]
    audience: tuple[str, ...] = ()
    once: str | None = None
    wall: int | None = None
    """The wall moment, where it is not that of the writing: a clock stopped at the last sign of life."""


@dataclass(frozen=True, slots=True)
class Event:
    """One acknowledged event; *wall* is in milliseconds since 1970 UTC."""

    seq: int
    minute: int
    wall: int
    actor: str
    audience: tuple[str, ...]
    kind: Kind
    payload: Mapping[str, Any] = field(hash=False)
    content_hash: str
    full_hash: str


def chain(previous: tuple[str, str], seq: int, wall: int, draft: Draft) -> Event:
    """Return *draft* as event number *seq*, chained to the (content, full) hashes of the event before it."""
    content = canonical_json(
        [previous[0], seq, draft.minute, draft.actor, list(draft.audience), str(draft.kind), draft.payload]
    )
    content_hash = sha256_hex(content)
    full_hash = sha256_hex(canonical_json([previous[1], content_hash, wall]))
    return Event(
        seq, draft.minute, wall, draft.actor, draft.audience, draft.kind, draft.payload, content_hash, full_hash
    )


def rechained(previous: tuple[str, str], event: Event) -> Event:
    """Return *event* with the hashes that its content asks for after *previous*."""
    draft = Draft(event.kind, event.minute, event.actor, event.payload, event.audience)
    return chain(previous, event.seq, event.wall, draft)
