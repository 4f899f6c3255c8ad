"""Who conducts: exactly one process drives the clock and the scheduled injects, and is replaced when it dies."""

import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

HEARTBEAT_MS = 5_000
"""The conductor shows that it lives at least this often."""
EXPIRES_AFTER_MS = 15_000
"""A conductor that was silent for longer than this may be replaced."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to conduct, held by one session of one process."""

    holder: str
    process: str
    heartbeat: int
    """The wall moment of the last sign of life."""

    def is_free_at(self, wall: int) -> bool:
        """Whether another may take over: the holder was silent too long, or its process is gone."""
        return wall - self.heartbeat > EXPIRES_AFTER_MS or is_gone(self.process)

    def renewed(self, wall: int) -> "Lease":
        """Return the same lease with a sign of life at *wall*."""
        return Lease(self.holder, self.process, max(wall, self.heartbeat))


def new_lease(wall: int) -> Lease:
    """Return a lease for a new session of this process."""
    return Lease(uuid.uuid4().hex, process_name(os.getpid()), wall)


def process_name(pid: int) -> str:
    """Return what tells this process from any other that ever ran here; empty where the system does not say.

    A number alone is used again; with the moment of its start, the space in which it counts and the start of the
    computer, it is unique.
    """
    try:
        started = _stat(pid)[19]
        space = Path(f"/proc/{pid}/ns/pid").readlink()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, IndexError):
        return ""
    return f"{pid} {started} {space} {boot}"


def is_gone(process: str) -> bool:
    """Whether the process with this name surely ended; False where the system does not say."""
    mine = process_name(os.getpid())
    if not process or not mine:
        return False
    pid, _started, space, boot = process.split(" ")
    _pid, _start, my_space, my_boot = mine.split(" ")
    if boot != my_boot:
        return True
    if space != my_space:
        return False
    if process_name(int(pid)) != process:
        return True
    try:
        return _stat(int(pid))[0] in {"Z", "X"}  # killed, and only its parent has not noticed yet
    except (OSError, IndexError):
        return True


def is_surely_alive(process: str) -> bool:
    """Whether the process with this name surely runs; False where the system does not say."""
    mine = process_name(os.getpid())
    if not process or not mine or process.split(" ")[2:] != mine.split(" ")[2:]:
        return False
    return not is_gone(process)


def _stat(pid: int) -> list[str]:
    """Return the fields of the process's state after its name, which may hold spaces; the state letter is first."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return text.rpartition(")")[2].split()


def asleep_ms() -> int:
    """Return for how long this computer was suspended since it started; 0 where the system does not say."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_time is None:
        return 0
    return (time.clock_gettime_ns(boot_time) - time.clock_gettime_ns(time.CLOCK_MONOTONIC)) // 1_000_000
