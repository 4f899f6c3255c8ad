"""Public messages with four eyes: one seat drafts, another releases or returns; what is not released was not sent.

A wrong number in an alert is worse than an alert that is a minute late: the one who wrote it does not see it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from city_model.schema import City
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.exercise.events import EVERYONE, Draft, Kind
from resilience.exercise.moment import PLAYED, Moment, clean, refuse
from resilience.exercise.state import ExerciseState
from resilience.simulation.metrics import minimum_level_of
from scenarios.reaching import Places, ReachChannel, placed_cities, places_of, reach_channels, working_channels

PublicStatus = Literal["waiting", "released", "returned"]
LevelOf = Callable[[str], int]
"""The level of a component now."""


@dataclass(frozen=True, slots=True)
class PublicText:
    """What a draft says, over which channels, and who must read it before it goes."""

    text: str
    channels: tuple[str, ...]
    checker: str
    """The id of a team, or ``facilitator``."""
    clock: str | None = None
    """The deadline that is met by sending it, such as telling the people whose data leaked."""


@dataclass(frozen=True, slots=True)
class PublicMessage:
    """A public message and how far it came; *author* and *checker* are keys of seats."""

    seq: int
    minute: int
    author: str
    checker: str
    text: str
    channels: tuple[str, ...]
    clock: str | None
    status: PublicStatus = "waiting"
    decided: int | None = None
    """The minute at which it was released or returned."""
    note: str = ""
    failed: tuple[str, ...] | None = None
    """The channels that did not work when it was released; None where nobody knows what they rest on."""

    @property
    def worked(self) -> tuple[str, ...]:
        """The channels that carried it, as far as is known."""
        return tuple(channel for channel in self.channels if channel not in (self.failed or ()))

    @property
    def reached_nobody(self) -> bool:
        """Whether it was released over channels of which none worked."""
        return self.status == "released" and not self.worked


def public_messages(state: ExerciseState) -> tuple[PublicMessage, ...]:
    """Return every public message, in the order in which they were drafted."""
    ends = {
        event.payload["draft"]: event for event in state.events_of(Kind.PUBLIC_RELEASED, Kind.PUBLIC_RETURNED)
    }  # fmt: skip
    found = []
    for event in state.events_of(Kind.PUBLIC_DRAFTED):
        said, end = event.payload, ends.get(event.seq)
        start = (event.seq, event.minute, said["author"], said["checker"], said["text"], tuple(said["channels"]))
        if end is None:
            found.append(PublicMessage(*start, said["clock"]))
        elif end.kind is Kind.PUBLIC_RETURNED:
            found.append(PublicMessage(*start, said["clock"], "returned", end.minute, end.payload["reason"]))
        else:
            failed = end.payload["failed"]
            known = None if failed is None else tuple(failed)
            found.append(PublicMessage(*start, said["clock"], "released", end.minute, end.payload["note"], known))
    return tuple(found)


def public_channels(city: City) -> tuple[ReachChannel, ...]:
    """Return the channels by which residents of *city* can be reached."""
    places = _places(city)
    return tuple(
        channel
        for channel in reach_channels()
        if channel.audience == "public" and (places is None or channel.id in places.place_of)
    )


def drafted(now: Moment, said: PublicText, author: str) -> list[Draft]:
    """Write a public message down for another seat to read."""
    now.require(*PLAYED)
    checker = said.checker if said.checker == "facilitator" else f"cell/{said.checker}"
    cells = {f"cell/{cell.id}" for cell in now.scenario.cells}
    if checker not in {"facilitator", *cells}:
        known = ", ".join(["facilitator", *(cell.id for cell in now.scenario.cells)])
        refuse(_("{cell} does not play here", cell=said.checker), _("use one of: {words}", words=known))
    if checker == author:
        refuse(_("whoever writes a message does not release it"), _("let another team read it"))
    if not said.channels:
        refuse(_("the message has no channel"), _("choose at least one, also one that works without internet"))
    known_channels = [channel.id for channel in public_channels(now.city)]
    for channel in said.channels:
        if channel not in known_channels:
            what = _("{channel} is not a channel to residents here", channel=channel)
            refuse(what, _("use one of: {words}", words=", ".join(known_channels)))
    if said.clock is not None and said.clock not in now.state.deadlines:
        refuse(_("this deadline is not running"), _("start it first"))
    audience = tuple(key.removeprefix("cell/") for key in (author, checker) if key in cells)
    return [
        now.draft(
            Kind.PUBLIC_DRAFTED, audience, author=author, checker=checker, channels=list(dict.fromkeys(said.channels)),
            text=clean(said.text, _("the text"), required=True), clock=said.clock,
        )
    ]  # fmt: skip


def released(now: Moment, draft: int, note: str, by: str, level_of: LevelOf) -> list[Draft]:
    """Send a public message that *by* has read: everybody sees it, over the channels that work."""
    found = _to_judge(now, draft, by)
    failed = failing_channels(now.city, found.channels, level_of)
    written = now.draft(
        Kind.PUBLIC_RELEASED, EVERYONE, draft=draft, note=clean(note, _("the note")),
        failed=None if failed is None else list(failed),
    )  # fmt: skip
    drafts = [written, now.draft(Kind.MESSAGE, EVERYONE, sender=found.author, text=found.text)]
    running = now.state.deadlines.get(found.clock or "")
    if running is not None and running.met is None:
        started = now.state.event(running.seq)
        audience = started.audience if started else ()
        drafts.append(now.draft(Kind.CLOCK_MET, audience, clock=found.clock, at=now.minute, note=_excerpt(found.text)))
    return drafts


def returned(now: Moment, draft: int, reason: str, by: str) -> list[Draft]:
    """Send a public message back to whoever wrote it."""
    found = _to_judge(now, draft, by)
    cells = {f"cell/{cell.id}" for cell in now.scenario.cells}
    audience = tuple(key.removeprefix("cell/") for key in (found.author, found.checker) if key in cells)
    said = clean(reason, _("the reason"), required=True)
    return [now.draft(Kind.PUBLIC_RETURNED, audience, draft=draft, reason=said)]


def failing_channels(city: City, channels: Sequence[str], level_of: LevelOf) -> tuple[str, ...] | None:
    """Return which of *channels* do not work at these levels; None where nobody wrote down what they rest on."""
    places = _places(city)
    if places is None:
        return None

    def is_down(component: str) -> bool:
        return level_of(component) < minimum_level_of(city.component_by_id[component])

    lost = working_channels(places, is_down)
    return tuple(channel for channel in channels if lost.get(channel))


def _places(city: City) -> Places | None:
    """Return what channels rest on in *city*; None where nobody wrote that down, or for another state of its map."""
    if city.id not in placed_cities():
        return None
    try:
        return places_of(city)
    except InputError:  # the map of the exercise is older, or newer, than what is written down of it
        return None


def _to_judge(now: Moment, draft: int, by: str) -> PublicMessage:
    now.require(*PLAYED)
    found = next((one for one in public_messages(now.state) if one.seq == draft), None)
    if found is None or (now.seat.role == "cell" and now.seat.key not in (found.checker, found.author)):
        refuse(_("there is no such public message for you"), _("choose one from your list"))
    if found.status != "waiting":
        refuse(_("this message was released or returned already"), _("write a new one"))
    if by != found.checker:
        refuse(_("another seat must read this message"), _("let the seat release it that was asked to"))
    return found


def _excerpt(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
