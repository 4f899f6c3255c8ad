"""Marks on data: suspect and exposed (rule 11). They travel along needs and change no level."""

from collections.abc import Callable, Iterable

from resilience.simulation.chronicle import Chronicle
from resilience.simulation.memory import VERIFICATION, Memory
from resilience.simulation.model import Group, Model
from resilience.simulation.repairs import Repairs
from resilience.simulation.trace import What


class Marks:
    """Which parts work with suspect data, and of which data has leaked."""

    def __init__(self, model: Model, memory: Memory, chronicle: Chronicle, repairs: Repairs) -> None:
        self._model = model
        self._memory = memory
        self._chronicle = chronicle
        self._repairs = repairs
        self.suspect: dict[int, int] = {}
        """Per suspect part the record that says so."""
        self.exposed: dict[int, int] = {}

    def corrupt(self, parts: Iterable[int], minute: int, record: int) -> bool:
        """Make the data of *parts* suspect; return whether any was not yet."""
        new = [part for part in parts if part not in self.suspect]
        for part in new:
            self._suspect(part, minute, record)
        return bool(new)

    def expose(self, parts: Iterable[int], minute: int, record: int) -> bool:
        """Let the data of *parts* leak; return whether any had not yet."""
        new = [part for part in parts if part not in self.exposed]
        for part in new:
            self._expose(part, minute, record)
        return bool(new)

    def verify(self, parts: Iterable[int], minute: int, record: int) -> bool:
        """Open the verification of each of *parts* that is suspect; return whether there was any."""
        new = [p for p in parts if p in self.suspect and not self._repairs.is_open(p, VERIFICATION)]
        for part in new:
            self._repairs.open_work(part, VERIFICATION, minute, record)
        return bool(new)

    def verified(self, part: int, minute: int, record: int) -> None:
        """Clear the suspect mark; a provider that is still suspect sets it again at once."""
        mark = self.suspect.pop(part)
        self._chronicle.write(minute, self._model.parts[part].id, What.VERIFIED, None, [record, mark])

    def spread(self, minute: int) -> None:
        """Let both marks travel on the final levels of this minute."""
        level = self._memory.level
        self._travel(self.suspect, lambda group: group.spoils, self._suspect, minute, lambda part: level[part] > 0)
        self._travel(self.exposed, lambda group: group.leaks, self._expose, minute, lambda _: True)

    def _travel(
        self,
        marked: dict[int, int],
        carries: Callable[[Group], bool],
        mark: Callable[[int, int, int], None],
        minute: int,
        works: Callable[[int], bool],
    ) -> None:
        """Mark dependents round by round, each by its lowest provider, until nothing more is reached."""
        front = sorted(marked)
        while front:
            following = set()
            for provider in front:
                if not works(provider):
                    continue
                for number in self._memory.feeds[provider]:
                    group = self._model.groups[number]
                    if group.dependent in marked or not carries(group):
                        continue
                    if self._is_used(group) and works(group.dependent):
                        mark(group.dependent, minute, marked[provider])
                        following.add(group.dependent)
            front = sorted(following)

    def _is_used(self, group: Group) -> bool:
        state = self._memory.fallback[group.dependent]
        return group.role != "fallback" or (state is not None and state.in_use)

    def _suspect(self, part: int, minute: int, cause: int) -> None:
        name = self._model.parts[part].id
        self.suspect[part] = self._chronicle.write(minute, name, What.SUSPECT, None, [cause])

    def _expose(self, part: int, minute: int, cause: int) -> None:
        component = self._model.city.component_by_id[self._model.parts[part].id]
        data = component.personal_data
        people = data.people.value if data and data.people else None
        said = None if data is None else f"{data.kind} {people if isinstance(people, int) else 'unknown'}"
        assumed = data is not None and data.people is not None and self._model.city.is_assumed(data.people)
        self.exposed[part] = self._chronicle.write(minute, component.id, What.EXPOSED, said, [cause], assumed=assumed)
