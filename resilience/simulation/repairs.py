"""Repair: detection, a team from a limited pool, needs of its own, a drawn duration (rule 7)."""

from bisect import insort
from collections.abc import Iterable

from resilience.simulation.agenda import Agenda, Due, Timer
from resilience.simulation.chronicle import Chronicle
from resilience.simulation.levels import Levels
from resilience.simulation.luck import Luck, Purpose
from resilience.simulation.memory import CLEANING, VERIFICATION, Damage, Job, Memory
from resilience.simulation.model import Duration, JobRule, Model
from resilience.simulation.trace import What

JobKey = tuple[int, str]
"""Part and incident: each repair damage is a job of its own (rule 2.2); cleaning and verification likewise."""
_STARTS = {
    CLEANING: (What.CLEANING_STARTS, Purpose.VERIFICATION),
    VERIFICATION: (What.VERIFICATION_STARTS, Purpose.VERIFICATION),
}


class Repairs:
    """The jobs of one run, and who works on them."""

    def __init__(
        self, model: Model, memory: Memory, levels: Levels, chronicle: Chronicle, agenda: Agenda, luck: Luck
    ) -> None:
        self._model = model
        self._memory = memory
        self._levels = levels
        self._chronicle = chronicle
        self._agenda = agenda
        self._luck = luck
        self._jobs: dict[JobKey, Job] = {}
        self._waiting: dict[str | None, list[tuple[tuple[int, int, int, int], JobKey]]] = {}
        self._detected_now: list[Job] = []
        self._review: set[JobKey] = set()
        """Waiting jobs whose needs, plan or priority may have changed this minute."""
        self._kinds: set[str | None] = set()
        """Kinds of team with something to decide this minute."""
        self._queue: dict[str, int] = {}

    def open(self, part: int, damage: Damage, minute: int) -> None:
        """Start the detection of *damage*."""
        rule = self._model.parts[part]
        delay = self.duration(rule.detection, rule.id, Purpose.DETECTION)
        job = Job(part, damage.source, damage.sequence, minute + delay, record=damage.record)
        self._jobs[part, damage.source] = job
        if delay:
            self._agenda.set(Timer(Due.DETECTED, part, source=damage.source), minute + delay)
        else:
            self._detected_now.append(job)

    def open_work(self, part: int, source: str, minute: int, record: int) -> None:
        """Let work on *part* that is no repair wait for a team from now on: cleaning or verification."""
        job = Job(part, source, len(self._chronicle.records), minute, record=record)
        self._jobs[part, source] = job
        self._detected_now.append(job)

    def is_open(self, part: int, source: str) -> bool:
        """Return whether this work on *part* waits or is under way."""
        return (part, source) in self._jobs

    def cancel(self, part: int, source: str) -> None:
        """Forget the job of a damage that is gone; its team is free."""
        job = self._jobs.get((part, source))
        if job is None:
            return
        self._agenda.cancel(Timer(Due.DETECTED, part, source=source))
        self._agenda.cancel(Timer(Due.REPAIR_ENDS, part, source=source))
        if job.stage == "waiting":
            self._unfile((part, source))
        if job.stage == "working" and job.team is not None:
            self._memory.team_busy[job.team] -= 1
            self._kinds.add(job.team)
        job.stage = "done"
        del self._jobs[part, source]

    def repair_record(self, part: int, source: str) -> int:
        """Return the record that started the repair of a damage."""
        return self._jobs[part, source].record

    def detected(self, part: int, source: str, minute: int) -> None:
        """Note that the detection of a damage is over, unless the damage was replaced or ended this very minute."""
        job = self._jobs.get((part, source))
        if job is not None and job.stage == "detecting" and job.detected == minute:
            self._detected_now.append(job)

    def is_done(self, part: int, source: str, minute: int) -> bool:
        """Return whether the work on a damage ends at *minute*."""
        job = self._jobs.get((part, source))
        return job is not None and job.stage == "working" and job.ends == minute

    def review(self, part: int) -> None:
        """Look again at the waiting jobs of *part* this minute."""
        sources = (*self._memory.damages[part], CLEANING, VERIFICATION)
        self._review.update((part, source) for source in sources if (part, source) in self._jobs)

    def review_kind(self, team: str) -> None:
        """Look again at the jobs that wait for *team* this minute."""
        self._kinds.add(team)

    def waits_or_detects(self, part: int) -> bool:
        """Return whether a job of *part* has not been started."""
        return any(
            self._jobs[part, source].stage in {"detecting", "waiting"}
            for source in self._memory.damages[part]
            if (part, source) in self._jobs
        )

    def step(self, minute: int) -> None:
        """Let teams take jobs on the final levels (rule 7.2), and write the queues."""
        for job in sorted(self._detected_now, key=lambda job: (job.part, job.sequence)):
            if job.stage == "detecting":
                self._wait(job, minute)
        self._detected_now = []
        for key in sorted(self._review):
            if key in self._jobs and self._jobs[key].stage == "waiting":
                self._unfile(key)
                self._file(key, minute)
        self._review = set()
        for team in sorted(self._kinds, key=lambda kind: kind or ""):
            self._assign(team, minute)
        self._kinds = set()

    def duration(self, duration: Duration, subject: str, purpose: Purpose) -> int:
        """Draw a duration in minutes; a fixed one draws nothing (rule 13.5)."""
        return duration.quantile(0 if duration.is_fixed else self._luck.next(subject, purpose))

    def _wait(self, job: Job, minute: int) -> None:
        rule = self._model.parts[job.part]
        job.stage = "waiting"
        key = (job.part, job.source)
        self._file(key, minute)
        job.record = self._chronicle.write(
            minute, rule.id, What.JOB_WAITS, job.team, [job.record], assumed=rule.detection.assumed
        )

    def _plan(self, job: Job) -> tuple[JobRule, bool]:
        """Return how the job would be done if it started now, and whether that is a rebuild (rule 7.4)."""
        part, memory = self._model.parts[job.part], self._memory
        if job.source in _STARTS:
            return part.repair, False
        damage = memory.damages[job.part][job.source]
        lost = damage.destroys_data and (part.backup == "none" or memory.backup_lost[job.part])
        rebuild = lost or memory.rebuild_chosen[job.part]
        return (part.rebuild if rebuild else part.repair), rebuild

    def _file(self, key: JobKey, minute: int) -> None:
        job = self._jobs[key]
        rule, job.rebuild = self._plan(job)
        job.team = rule.team
        job.eligible = all(self._levels.group_level(group, minute) > 0 for group in rule.groups)
        order = (-self._memory.priority[job.part], job.detected, job.part, job.sequence)
        insort(self._waiting.setdefault(job.team, []), (order, key))
        self._kinds.add(job.team)

    def _unfile(self, key: JobKey) -> None:
        team = self._jobs[key].team
        self._waiting[team] = [row for row in self._waiting[team] if row[1] != key]
        self._kinds.add(team)

    def _assign(self, team: str | None, minute: int) -> None:
        rows = self._waiting.get(team, [])
        left = []
        for row in rows:
            job = self._jobs[row[1]]
            free = team is None or self._memory.team_busy[team] < self._memory.team_total[team]
            if job.eligible and free:
                self._begin(job, minute)
            else:
                left.append(row)
        self._waiting[team] = left
        if team is None:
            return
        length = sum(self._jobs[key].eligible for _, key in left)
        if length != self._queue.get(team, 0):
            self._queue[team] = length
            self._chronicle.write(minute, team, What.QUEUE, length)

    def _begin(self, job: Job, minute: int) -> None:
        part = self._model.parts[job.part]
        rule, job.rebuild = self._plan(job)
        repair = (What.REPAIR_STARTS, Purpose.REBUILD if job.rebuild else Purpose.REPAIR)
        what, purpose = _STARTS.get(job.source, repair)
        job.ends = minute + max(1, self.duration(rule.duration, part.id, purpose))
        job.stage = "working"
        if job.team is not None:
            self._memory.team_busy[job.team] += 1
        self._agenda.set(Timer(Due.REPAIR_ENDS, job.part, source=job.source), job.ends)
        causes = [job.record, *self._chronicle.need_causes(rule.groups)]
        job.record = self._chronicle.write(minute, part.id, what, job.ends, causes, assumed=rule.duration.assumed)

    def free_team(self, part: int, source: str) -> None:
        """Free the team whose work on a damage ends this minute."""
        job = self._jobs.pop((part, source))
        job.stage = "done"
        if job.team is not None:
            self._memory.team_busy[job.team] -= 1
            self._kinds.add(job.team)

    def repair_needs(self, parts: Iterable[int]) -> None:
        """Look again at the jobs whose own needs are fed by *parts*, whose level changed."""
        for part in parts:
            for group in self._memory.feeds[part]:
                rule = self._model.groups[group]
                if rule.role in {"repair", "rebuild"}:
                    self.review(rule.dependent)
