"""The closed list of effects: all that an incident, a decision or a measure can do to a city (rule 16).

Each effect names its target and may wait *delay* minutes after the moment it is ordered. None sets a level.
"""

from typing import Annotated, Literal

from pydantic import Field

from city_model.values import ComponentKind, DistributionFigure, Frozen, Line, Minutes, Slug, Text


class Selector(Frozen):
    """Which components: values in one field are alternatives, fields together all must hold (rule 12)."""

    ids: tuple[Slug, ...] = ()
    organisations: tuple[Slug, ...] = ()
    suppliers: tuple[Slug, ...] = ()
    products: tuple[Line, ...] = ()
    kinds: tuple[ComponentKind, ...] = ()
    functions: tuple[Slug, ...] = ()
    districts: tuple[Slug, ...] = ()
    tags: tuple[Slug, ...] = ()


class _Effect(Frozen):
    delay: Minutes = 0


class Damage(_Effect):
    """Limit the own condition of every selected component to *cap* (rule 2); a cap above 0 is a degradation."""

    effect: Literal["damage"]
    select: Selector
    cap: Annotated[int, Field(ge=0, le=99, strict=True)] = 0
    covers: Literal["normal", "all"] = "normal"
    isolates: bool = False
    ends: Literal["repair", "duration", "decision"] = "repair"
    lasts: DistributionFigure | None = None
    """How long, when it ends by ``duration``."""
    share: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1000
    """Chance per mille that a selected component is hit; each draws on its own (rule 12)."""
    destroys_data: bool = False
    """Ransomware, wiper, corruption: a lost or missing backup makes the repair a rebuild (rule 7.4)."""
    reach: Literal["listed", "paths"] = "listed"
    """``paths``: also everything that open access paths lead to from the selected components (rule 10)."""
    again: DistributionFigure | None = None
    """It recurs: each selected component first fails after this time, and again after each end (rule 2.4)."""


class Infect(_Effect):
    """Give malware its first footholds: it moves along access paths, and may detonate (rule 10)."""

    effect: Literal["infect"]
    select: Selector
    share: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1000
    """Chance per mille that a selected component is a first foothold; each draws on its own."""
    detonates_after: Minutes | None = None
    """How long after the first footholds it detonates; give this, or *dwell*, or neither: it only looks and steals."""
    dwell: DistributionFigure | None = None
    """The same, drawn."""
    detonates: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1000
    """Chance per mille that a foothold is damaged when it detonates."""
    cap: Annotated[int, Field(ge=0, le=99, strict=True)] = 0
    """The level that a struck component can still reach."""
    destroys_data: bool = True
    """Whether it also takes online backups where it has a foothold (rule 10.5)."""
    steals: bool = False
    """Whether data is exposed wherever it gets a foothold (rule 11.2)."""


class Corrupt(_Effect):
    """Make the data of every selected component suspect (rule 11.1); its level stays what it is."""

    effect: Literal["corrupt"]
    select: Selector


class Expose(_Effect):
    """Let data of every selected component leak; it can never be undone (rule 11.2)."""

    effect: Literal["expose"]
    select: Selector


class Isolate(_Effect):
    """Disconnect components: level 0, access paths closed, until ``reconnect``."""

    effect: Literal["isolate"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Reconnect(_Effect):
    """Lift an isolation."""

    effect: Literal["reconnect"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Close(_Effect):
    """Close a service for safety, its fallback included, until ``reopen``."""

    effect: Literal["close"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Reopen(_Effect):
    """Lift a closure."""

    effect: Literal["reopen"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class EndDamage(_Effect):
    """End every damage, or those of one incident, on components (the supplier reports it solved)."""

    effect: Literal["end_damage"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]
    incident: Slug | None = None


class Priority(_Effect):
    """Let the repair of components go before others (higher first, default 0)."""

    effect: Literal["priority"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]
    priority: Annotated[int, Field(ge=-100, le=100, strict=True)]


class AddTeams(_Effect):
    """Add teams of one kind."""

    effect: Literal["add_teams"]
    team: Slug
    count: Annotated[int, Field(ge=1, le=1000, strict=True)]


class WithdrawTeams(_Effect):
    """Withdraw teams of one kind; a busy team first finishes."""

    effect: Literal["withdraw_teams"]
    team: Slug
    count: Annotated[int, Field(ge=1, le=1000, strict=True)]


class Supply(_Effect):
    """Meet a need by other means for *minutes*: a generator, a list on paper, a manual switch (rule 5.5)."""

    effect: Literal["supply"]
    need: Line
    """The key of the need."""
    minutes: Minutes


class Prepare(_Effect):
    """Start the fallback's delay now, before it is needed (rule 6.2)."""

    effect: Literal["prepare"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class ChooseRebuild(_Effect):
    """Rebuild from clean media instead of repairing (rule 7.4)."""

    effect: Literal["rebuild"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class SwitchProvider(_Effect):
    """Replace one provider of a need by another."""

    effect: Literal["switch_provider"]
    need: Line
    old: Slug
    new: Slug


class AddProvider(_Effect):
    """Add an alternative provider to a need: any one of them is then enough (rule 16.5)."""

    effect: Literal["add_provider"]
    need: Line
    provider: Slug


class Clean(_Effect):
    """Clean components of malware: work for their repair team (rule 10.6)."""

    effect: Literal["clean"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Verify(_Effect):
    """Verify data that is suspect: work for their repair team (rule 11.1)."""

    effect: Literal["verify"]
    components: Annotated[tuple[Slug, ...], Field(min_length=1)]


class ClosePath(_Effect):
    """Close access paths."""

    effect: Literal["close_path"]
    paths: Annotated[tuple[Line, ...], Field(min_length=1)]


class OpenPath(_Effect):
    """Open access paths again."""

    effect: Literal["open_path"]
    paths: Annotated[tuple[Line, ...], Field(min_length=1)]


class Control(_Effect):
    """Let a control reduce the chance on an access path to *per_cent* of what it was (rule 10.2)."""

    effect: Literal["control"]
    paths: Annotated[tuple[Line, ...], Field(min_length=1)]
    per_cent: Annotated[int, Field(ge=0, le=100, strict=True)]


class StartClock(_Effect):
    """Record awareness: a statutory or contractual deadline starts to run."""

    effect: Literal["start_clock"]
    clock: Slug


class MeetClock(_Effect):
    """Record that what the deadline asks was done."""

    effect: Literal["meet_clock"]
    clock: Slug


class ExtendClock(_Effect):
    """Move a deadline."""

    effect: Literal["extend_clock"]
    clock: Slug
    minutes: Minutes


class SendMessage(_Effect):
    """Tell people something; recorded, no effect in the model."""

    effect: Literal["send_message"]
    audience: Text
    text: Text


Effect = Annotated[
    Damage | Infect | Corrupt | Expose | Isolate | Reconnect | Close | Reopen | EndDamage | Priority | AddTeams
    | WithdrawTeams | Supply | Prepare | ChooseRebuild | SwitchProvider | AddProvider | Clean | Verify | ClosePath
    | OpenPath | Control | StartClock | MeetClock | ExtendClock | SendMessage,
    Field(discriminator="effect"),
]  # fmt: skip
