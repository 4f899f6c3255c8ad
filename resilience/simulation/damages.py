"""Damage: puts it on parts and ends it (rule 2); what recurs strikes again (rule 2.4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from city_model import effects as fx
from resilience.simulation.agenda import Agenda, Due, Timer
from resilience.simulation.chronicle import Chronicle
from resilience.simulation.luck import Purpose
from resilience.simulation.memory import NEVER, Damage, Memory
from resilience.simulation.model import Duration, Model, duration_of
from resilience.simulation.repairs import Repairs
from resilience.simulation.trace import What


@dataclass(frozen=True, slots=True)
class _Recurrence:
    effect: fx.Damage
    wait: Duration
    record: int


class Damages:
    """Who is damaged by what, and which parts this minute touched."""

    def __init__(self, model: Model, memory: Memory, chronicle: Chronicle, agenda: Agenda, repairs: Repairs) -> None:
        self._model = model
        self._memory = memory
        self._chronicle = chronicle
        self._agenda = agenda
        self._repairs = repairs
        self._recurring: dict[tuple[int, str], _Recurrence] = {}
        self.touched: set[int] = set()
        """Parts whose memory this minute changed."""

    def begin(self) -> None:
        """Start a new minute."""
        self.touched = set()

    def touch(self, part: int, record: int) -> None:
        """Note that *record* changed the memory of *part*."""
        self.touched.add(part)
        self._chronicle.touch(part, record)

    def strike(self, part: int, effect: fx.Damage, source: str, minute: int, cause: int) -> None:
        """Damage *part* as *effect* says."""
        until = NEVER
        if effect.ends == "duration":
            until = minute + self._drawn(effect, part, source)
        damage = Damage(
            source=source,
            cap=effect.cap,
            covers_all=effect.covers == "all",
            isolates=effect.isolates,
            ends=effect.ends,
            destroys_data=effect.destroys_data,
            sequence=len(self._chronicle.records),
            record=NEVER,
            until=until,
        )
        self.inflict(part, damage, minute, cause)

    def inflict(self, part: int, damage: Damage, minute: int, cause: int) -> None:
        """Put *damage* on *part*; the same source hitting again starts its repair over (rule 2.2)."""
        if damage.source in self._memory.damages[part]:
            self._repairs.cancel(part, damage.source)
            self._agenda.cancel(Timer(Due.DAMAGE_ENDS, part, source=damage.source))
        damage.record = self._chronicle.write(minute, self._model.parts[part].id, What.DAMAGE, damage.cap, [cause])
        self._memory.damages[part][damage.source] = damage
        self._memory.recount_caps(part)
        self.touch(part, damage.record)
        if damage.ends == "repair":
            self._repairs.open(part, damage, minute)
        if damage.until != NEVER:
            self._agenda.set(Timer(Due.DAMAGE_ENDS, part, source=damage.source), damage.until)

    def end(self, part: int, source: str, minute: int, causes: Iterable[int]) -> None:
        """End one damage of *part*; what recurs waits to strike again."""
        damage = self._memory.damages[part].pop(source)
        self._agenda.cancel(Timer(Due.DAMAGE_ENDS, part, source=source))
        self._memory.recount_caps(part)
        record = self._chronicle.write(
            minute, self._model.parts[part].id, What.DAMAGE_ENDED, source, [*causes, damage.record]
        )
        self.touch(part, record)
        if (part, source) in self._recurring:
            self._await(part, source, minute)

    def recur(self, parts: Iterable[int], effect: fx.Damage, source: str, minute: int, record: int) -> None:
        """Let each of *parts* fail as *effect* says after a drawn time, and again after each end."""
        assert effect.again is not None
        wait = duration_of(effect.again)
        for part in parts:
            self._recurring[part, source] = _Recurrence(effect, wait, record)
            self._await(part, source, minute)

    def strike_again(self, part: int, source: str, minute: int) -> None:
        """Let what recurs strike *part* now."""
        recurrence = self._recurring[part, source]
        self.strike(part, recurrence.effect, source, minute, recurrence.record)

    def _await(self, part: int, source: str, minute: int) -> None:
        subject = f"{source}/{self._model.parts[part].id}"
        wait = max(1, self._repairs.duration(self._recurring[part, source].wait, subject, Purpose.TIME_TO_FAILURE))
        self._agenda.set(Timer(Due.STRIKES, part, source=source), minute + wait)

    def _drawn(self, effect: fx.Damage, part: int, source: str) -> int:
        if effect.lasts is None:
            return 1
        subject = f"{source}/{self._model.parts[part].id}"
        return max(1, self._repairs.duration(duration_of(effect.lasts), subject, Purpose.DAMAGE_LASTS))
