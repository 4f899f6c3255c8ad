"""What a run remembers between minutes (semantics, section Words): everything else follows from it.

Lists are indexed by the number of a part or a group, so that a minute costs what it touches and no more.
"""

from dataclasses import dataclass
from typing import Literal

from resilience.simulation.model import Model

NEVER = -1
"""Stands for "no minute" in lists of minutes."""

ISOLATION = "isolation"
CLOSURE = "closure"
CLEANING = "cleaning"
VERIFICATION = "verification"
"""Whose damage or job it is when no incident's: those of decisions and of work on marks."""


@dataclass(slots=True)
class Damage:
    """A limit on the own condition of a part, by one incident or decision (rule 2)."""

    source: str
    cap: int
    covers_all: bool
    isolates: bool
    ends: Literal["repair", "duration", "decision"]
    destroys_data: bool
    sequence: int
    record: int
    """The place of its record in the trace."""
    until: int = NEVER


@dataclass(slots=True)
class Job:
    """The repair of one damage (rule 7), or the cleaning or verification of a part (rules 10.6 and 11.1)."""

    part: int
    source: str
    sequence: int
    detected: int
    stage: Literal["detecting", "waiting", "working", "done"] = "detecting"
    team: str | None = None
    rebuild: bool = False
    ends: int = NEVER
    eligible: bool = False
    record: int = NEVER


@dataclass(slots=True)
class FallbackState:
    """Where the fallback of one part stands (rule 6)."""

    in_use: bool = False
    below_since: int = NEVER
    prepared_at: int = NEVER
    served: bool = False
    """Its delay has been served in this spell below its level."""
    used_up: bool = False
    used: int = 0
    """Minutes used at the minute *counted*; they run on while in use and come back while the part is at its level."""
    counted: int = 0
    direction: int = 0
    """+1 while in use, -1 while the minutes come back, 0 otherwise."""

    def used_at(self, minute: int) -> int:
        """Return the minutes used at *minute*."""
        return max(0, self.used + self.direction * (minute - self.counted))

    def count(self, minute: int, direction: int) -> None:
        """From *minute* on, count in *direction*."""
        self.used, self.counted, self.direction = self.used_at(minute), minute, direction


class Memory:
    """The state of one run; levels are kept beside it because the next minute starts from them."""

    def __init__(self, model: Model) -> None:
        parts, groups = len(model.parts), len(model.groups)
        self.level = [100] * parts
        self.normal = [100] * parts
        self.own_cap = [100] * parts
        self.all_cap = [100] * parts
        self.stopped = [False] * parts
        self.startable_since = [NEVER] * parts
        self.start_cause: list[tuple[int, ...]] = [()] * parts
        """What made a stopped part startable."""
        self.backlog = [0] * parts
        self.backlog_at = [0] * parts
        self.out_since = [NEVER] * parts
        self.fallback = [FallbackState() if part.fallback else None for part in model.parts]
        self.damages: list[dict[str, Damage]] = [{} for _ in range(parts)]
        self.priority = [0] * parts
        self.backup_lost = [False] * parts
        self.rebuild_chosen = [False] * parts
        self.providers = [group.providers for group in model.groups]
        self.shares = [group.shares for group in model.groups]
        self.charge = [group.full for group in model.groups]
        self.charge_at = [0] * groups
        self.input = [100] * groups
        self.offers = list(model.offers)
        self.feeds = list(model.feeds)
        self.flow = model.flow
        self.closed_paths: set[str] = set()
        self.path_control: dict[str, int] = {}
        self.team_total = dict(model.teams)
        self.team_busy = dict.fromkeys(model.teams, 0)
        self.deadlines: dict[str, int] = {}
        self.met: set[str] = set()

    def is_isolated(self, part: int) -> bool:
        """Return whether a damage closes the access paths of *part*."""
        return any(damage.isolates for damage in self.damages[part].values())

    def recount_caps(self, part: int) -> None:
        """Set the caps of *part* to the lowest of its damages (rule 2.2)."""
        damages = self.damages[part].values()
        self.own_cap[part] = min((damage.cap for damage in damages), default=100)
        self.all_cap[part] = min((damage.cap for damage in damages if damage.covers_all), default=100)
