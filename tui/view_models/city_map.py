"""The map as one looks at it: which component, which filter, what is taken to have failed, and what each part shows.

Knows nothing of a screen. The links of the city are indexed once; a key press asks the index, never the city.
"""

import datetime as dt
from collections.abc import Callable, Collection

from city_model.chain import Chain, Direction
from city_model.map_filter import MapFilter
from city_model.schema import City
from resilience.base.language import _, language
from tui.view_models.map_falls import MOMENTS, FallRow, FeltStates, State, States, fall_count, fall_rows, fall_sheet
from tui.view_models.map_finder import ComponentRow, Finder
from tui.view_models.map_page import PARTS, component_sheet, count, failed_line, link_sheet, map_line, part_titles
from tui.view_models.map_provenance import ASSUMED, UNKNOWN, ProvenanceRow, provenance_rows, said_about, source_sheet
from tui.view_models.map_tree import Neighbourhood, TreeRow
from tui.view_models.rows import Sheet, Tab, Tone
from tui.what_if import Failures, WhatIf, Work

FIRST_MOMENT = 60
"""Minutes after a failure that are shown first: past the shortest buffers, before most repairs."""
MOST_FELT = 40
"""Of so many components it is computed what their failure does to the one that is looked at."""


class CityMap:
    """One way of looking at a city; *today* is the day from which review dates are seen."""

    def __init__(self, city: City, today: dt.date, start: str | None = None) -> None:
        self.city = city
        self.today = today
        self._chains = _Chains(city)
        self.failures = Failures(city, lambda: self._chains["needs"])
        self.asked = MapFilter()
        self.text = ""
        self.failed: str | None = None
        self.minute = FIRST_MOMENT
        self._trail: list[str] = []
        self.speak()
        self.subject = start or self.found()[0].key

    def speak(self) -> None:
        """Make everything that holds words anew, in the language of now."""
        self._finder = Finder(self.city)
        self._trees: tuple[str, dict[str, Neighbourhood]] = ("", {})
        self._states: tuple[tuple[WhatIf | None, int | None], States] | None = None
        self._falls: tuple[WhatIf | None, tuple[FallRow, ...]] = (None, ())
        self._sources: tuple[str, tuple[ProvenanceRow, ...]] = ("", ())
        self._line = ""

    # Looking elsewhere

    def look_at(self, component: str, *, remember: bool = False) -> None:
        """Look at another component; what one is to come back to is remembered."""
        if remember and component != self.subject:
            self._trail.append(self.subject)
        self.subject = component

    def back(self) -> bool:
        """Look at the component that one came from; returns whether there was one."""
        if not self._trail:
            return False
        self.subject = self._trail.pop()
        return True

    def ask(self, asked: MapFilter) -> None:
        """Keep only what passes *asked* in the list and in the trees."""
        self.asked = asked
        self._trees = ("", {})

    def toggle_failed(self) -> None:
        """Take the component that one looks at to have failed, or stop that when it has."""
        self.failed = None if self.failed == self.subject else self.subject

    def fail_until(self, minute: int) -> None:
        """Take the component that one looks at to have failed so many minutes ago."""
        self.failed, self.minute = self.subject, minute

    def step(self, forward: bool) -> None:  # noqa: FBT001 - later or earlier
        """Go to the next moment after the failure, or to the one before."""
        later = [minute for minute in MOMENTS if minute > self.minute]
        earlier = [minute for minute in MOMENTS if minute < self.minute]
        self.minute = (later[:1] or MOMENTS[-1:])[0] if forward else (earlier[-1:] or MOMENTS[:1])[0]

    # What the model says

    @property
    def answer(self) -> WhatIf | None:
        """What falls if the component that one looks at fails, once it was computed."""
        return self.failures.known(self.subject, language())

    def work(self, shown: Collection[str]) -> tuple[Work, ...]:
        """Return what is still to be computed while these parts are *shown*, the first first."""
        said_in, subject = language(), self.subject
        asked = [self.failed] if self.failed else []
        if not {"needed", "falls"}.isdisjoint(shown):
            asked.append(subject)
        answers = [Work(name, None, said_in) for name in dict.fromkeys(asked)]
        felt = [] if self.failed or "needs" not in shown else [Work(name, subject, said_in) for name in self._felt()]
        return tuple(piece for piece in (*answers, *felt) if not self.failures.is_done(piece))

    @property
    def states(self) -> States:
        """How everything stands: after the failure that is assumed, or else when it falls with the subject."""
        failed = self.failed is not None
        answer = self.failures.known(self.failed or self.subject, language())
        key = (answer, self.minute if failed else None)
        if self._states is None or self._states[0][0] is not key[0] or self._states[0][1] != key[1]:
            self._states = (key, States(self.city, *key))
        return self._states[1]

    def state_of(self, part: str) -> Callable[[str], State]:
        """Return what says how the lines of *part* stand.

        While nothing is taken to have failed: of what the subject needs, when the subject falls with it; of what needs
        the subject, when that falls with the subject.
        """
        if part == "needs" and self.failed is None:
            return FeltStates(self.failures, self.subject).of
        return self.states.of

    # What the parts show

    def found(self) -> tuple[ComponentRow, ...]:
        """Return the components that pass the search and the filter."""
        return self._finder.find(self.text, self.asked)

    @property
    def finder(self) -> Finder:
        """What knows the filters."""
        return self._finder

    def found_line(self, shown: int) -> str:
        """Return how many components are left, and what the filter asks."""
        asked = self._finder.words(self.asked)
        text = count(shown, self._finder.total)
        return f"{text} · {asked}" if asked else text

    def tree(self, part: str) -> Neighbourhood:
        """Return the neighbourhood in the direction of *part*."""
        if self._trees[0] != self.subject:
            shown = self._finder.chosen(self.asked)
            place = self._finder.place
            made = {name: Neighbourhood(self._chains[name], place, self.subject, shown) for name in _DIRECTIONS}
            self._trees = (self.subject, made)
        return self._trees[1][part]

    def falls(self) -> tuple[FallRow, ...]:
        """Return what falls with the subject."""
        if self._falls[0] is not self.answer:
            self._falls = (self.answer, fall_rows(self.answer))
        return self._falls[1]

    def sources(self) -> tuple[ProvenanceRow, ...]:
        """Return the needs and figures of the subject."""
        if self._sources[0] != self.subject:
            self._sources = (self.subject, provenance_rows(self.city, self.subject, self.today))
        return self._sources[1]

    def sheet(self, part: str, row: object, key: str | None) -> Sheet | None:
        """Return the page below the list of *part* about the line that is chosen there."""
        if part == "list":
            return component_sheet(self.city, self.subject)
        if isinstance(row, TreeRow):
            return link_sheet(self.city, "down" if part == "needs" else "up", row)
        if part == "falls" and self.answer and key in self.answer.fall_of:
            return fall_sheet(self.answer.fall_of[key])
        if part == "sources":
            said = next((said for said in said_about(self.city, self.subject) if said.key == key), None)
            return source_sheet(self.city, said, self.today) if said else None
        return None

    def head(self) -> tuple[str, str, Tone]:
        """Return the upper line: a label, the map or what is taken to have failed, and its tone."""
        if self.failed is None:
            self._line = self._line or map_line(self.city)
            return _("Map"), self._line, Tone.PLAIN
        return _("AS IF"), failed_line(self.city, self.failed, self.minute), Tone.ALERT

    def _felt(self) -> list[str]:
        """Return the components whose failure is shown beside them, in the order of the lines."""
        shown = dict.fromkeys(row.component for row in self.tree("needs").rows() if row.component)
        return list(shown)[:MOST_FELT]

    def tabs(self, shown: int) -> tuple[Tab, ...]:
        """Return the parts with what is in them; *shown* is how many components the list holds."""
        answer = self.answer
        falls = len(answer.falls) - 1 if answer else None
        unsure = sum(row.mark in {ASSUMED, UNKNOWN} for row in self.sources())
        badges = {
            "list": (str(shown), Tone.PLAIN),
            "needs": (str(self.tree("needs").direct), Tone.PLAIN),
            "needed": (str(self.tree("needed").direct), Tone.PLAIN),
            "falls": ("" if falls is None else f"▼{falls}" if falls else "0", Tone.ALERT if falls else Tone.MUTED),
            "sources": (f"≈{unsure}", Tone.WATCH if unsure else Tone.MUTED),
        }
        titles = part_titles()
        return tuple(Tab(part, str(number), titles[part], *badges[part]) for number, part in enumerate(PARTS, start=1))

    def note(self, part: str) -> str:
        """Return what the lower edge of *part* says."""
        return fall_count(self.answer) if part == "falls" else ""


_DIRECTIONS: dict[str, Direction] = {"needs": "down", "needed": "up"}


class _Chains(dict[str, Chain]):
    """The links in the direction of each tree, indexed when they are first asked for: the list needs none of it."""

    def __init__(self, city: City) -> None:
        super().__init__()
        self._city = city

    def __missing__(self, part: str) -> Chain:
        return self.setdefault(part, Chain(self._city, _DIRECTIONS[part]))
