"""Pairs of generated cities that differ only in what one reader may not see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from hypothesis import strategies as st

from city_model.impact import FunctionImpact
from city_model.redaction import Reader, may_see
from city_model.schema import AccessPath, City, Component, Measure, Need, Organisation
from city_model.values import ComponentKind, Source, Text, Tlp
from tests.builders import backup, city, component, district, fallback, function, need, path, source, team, work

MARKS: tuple[Tlp, ...] = get_args(Tlp)
READERS = (Reader("public"), Reader("partner", "acacia-bv"))
VISIBLE = ("acacia", "birch", "cedar", "elder", "fir", "gorse", "hazel", "ivy", "juniper", "larch", "maple", "oak")
HIDDEN = (
    ("quokka", "wombat", "numbat", "dingo", "emu", "kiwi", "moa", "tui", "weka", "kea", "takahe", "ruru"),
    ("zander", "tench", "roach", "bream", "perch", "gudgeon", "barbel", "burbot", "loach", "dace", "chub", "rudd"),
)
"""Names of hidden things, one set for each of the pair; no name is a part of another."""
ORGANISATIONS = 6
PARTS = 6
SECTORS = ("telecom", "care")
KINDS: tuple[ComponentKind, ...] = ("infrastructure", "application", "service")


class Twins:
    """Two cities that are one to *reader*; shown as what they were drawn from, which fits in a report of a failure."""

    def __init__(self, sketch: "_Sketch", first: "_Making", second: "_Making") -> None:
        self.sketch, self.reader = sketch, sketch.reader
        self.cities = (first.city(), second.city())
        self.secrets = (first.secrets(), second.secrets())
        """Words that the reader may find in no output of each."""

    def __repr__(self) -> str:
        return f"Twins({self.sketch})"


@dataclass(frozen=True)
class _Sketch:
    """What is drawn: who owns what, what it needs, and how all of it is marked."""

    reader: Reader
    sectors: Sequence[str]
    owner_marks: Sequence[Tlp]
    kinds: Sequence[ComponentKind]
    part_marks: Sequence[Tlp]
    owners: Sequence[int]
    suppliers: Sequence[int]
    needs: Sequence[Sequence[tuple[tuple[int, ...], Tlp | None, bool]]]
    """Per component: the providers of each need, its mark, and whether it has an id of its own."""
    mentions: Sequence[int]
    figure_mark: Tlp
    source_mark: Tlp

    def hides_owner(self, number: int) -> bool:
        return f"{VISIBLE[number]}-bv" != self.reader.organisation and not may_see(
            self.reader, self.owner_marks[number]
        )

    def hides(self, number: int) -> bool:
        owner = self.owners[number]
        if f"{VISIBLE[owner]}-bv" == self.reader.organisation:
            return False
        return self.hides_owner(owner) or not may_see(self.reader, self.part_marks[number])


@st.composite
def twins(draw: st.DrawFn, *, same_behaviour: bool = False) -> Twins:
    """Return such a pair; with *same_behaviour* only names and what nobody needs differ, so that both run alike."""
    several = st.integers(0, PARTS - 1)
    mark = st.sampled_from([*MARKS, "AMBER", "CLEAR"])
    sketch = _Sketch(
        reader=draw(st.sampled_from(READERS)),
        sectors=draw(st.lists(st.sampled_from(SECTORS), min_size=ORGANISATIONS, max_size=ORGANISATIONS)),
        owner_marks=draw(st.lists(mark, min_size=ORGANISATIONS, max_size=ORGANISATIONS)),
        kinds=draw(st.lists(st.sampled_from(KINDS), min_size=PARTS, max_size=PARTS)),
        part_marks=draw(st.lists(mark, min_size=PARTS, max_size=PARTS)),
        owners=draw(st.lists(st.integers(0, ORGANISATIONS - 1), min_size=PARTS, max_size=PARTS)),
        suppliers=draw(st.lists(st.integers(0, ORGANISATIONS - 1), min_size=PARTS, max_size=PARTS)),
        needs=[
            draw(
                st.lists(
                    st.tuples(
                        st.lists(several, min_size=1, max_size=3, unique=True).map(tuple),
                        st.sampled_from([None, None, *MARKS]),
                        st.booleans(),
                    ),
                    max_size=3,
                    unique_by=lambda drawn: drawn[0],
                )
            )
            for _number in range(PARTS)
        ],
        mentions=draw(st.lists(several, min_size=PARTS, max_size=PARTS)),
        figure_mark=draw(mark),
        source_mark=draw(mark),
    )
    return Twins(sketch, *(_Making(sketch, variant, same_behaviour=same_behaviour) for variant in (0, 1)))


class _Making:
    """Makes one of a pair."""

    def __init__(self, sketch: _Sketch, variant: int, *, same_behaviour: bool) -> None:
        self.sketch, self.variant, self.same_behaviour = sketch, variant, same_behaviour
        self.differs = variant == 1 and not same_behaviour

    def city(self) -> City:
        owners = [self._owner(number) for number in range(ORGANISATIONS)]
        parts = [self._part(number) for number in range(PARTS)]
        extra = [part for number in range(PARTS) if self.sketch.hides(number) for part in self._extra(number)]
        guests = [_organisation("guest", "government", "CLEAR")] if self.variant else []
        hidden = [part for part, number in zip(parts, range(PARTS), strict=True) if self.sketch.hides(number)]
        seen = [part for part in parts if part not in hidden]
        ordered = [*hidden, *seen] if self.variant else [*seen, *hidden]
        made = city(
            *(reversed(owners) if self.variant and all(map(self.sketch.hides_owner, range(ORGANISATIONS))) else owners),
            *guests,
            self._said(),
            self._talk(),
            district("meadow"),
            *ordered,
            *extra,
            function("living", needs=[self._need(0, (0, 1), None, named=False)]),
            team("crew").model_copy(update={"organisation": f"{self._owner_name(0)}-bv"}),
            *self._paths(),
        )
        return made.model_copy(update={"measures": self._measures(), "impacts": self._impacts()})

    def secrets(self) -> frozenset[str]:
        """Return every word that stands for something hidden; the names of guests and of who talked among them."""
        owners = {self._owner_name(number) for number in range(ORGANISATIONS) if self.sketch.hides_owner(number)}
        parts = {self._name(number) for number in range(PARTS) if self.sketch.hides(number)}
        return frozenset({*parts, *owners, "guest", "whisperer"})

    def _owner_name(self, number: int) -> str:
        return (HIDDEN[self.variant] if self.sketch.hides_owner(number) else VISIBLE)[number]

    def _name(self, number: int) -> str:
        return (HIDDEN[self.variant] if self.sketch.hides(number) else VISIBLE)[ORGANISATIONS + number]

    def _owner(self, number: int) -> Organisation:
        name = f"{self._owner_name(number)}-bv"
        return _organisation(name, self.sketch.sectors[number], self.sketch.owner_marks[number])

    def _part(self, number: int) -> Component:
        sketch = self.sketch
        hidden = sketch.hides(number)
        named = self._name(sketch.mentions[number])
        figure = 700 + number if not self.differs or may_see(sketch.reader, sketch.figure_mark) else 900
        own = f"{VISIBLE[sketch.owners[number]]}-bv" == sketch.reader.organisation
        figure = 700 + number if own else figure
        return component(
            self._name(number),
            kind=sketch.kinds[number],
            organisation=f"{self._owner_name(sketch.owners[number])}-bv",
            supplier=f"{self._owner_name(sketch.suppliers[number])}-bv",
            tlp=sketch.part_marks[number],
            district="meadow",
            description=Text(nl=f"Naast {named.title()}!", en=f"Near the {named}, see {named}."),
            tags=(named,),
            needs=[] if hidden and self.differs else [
                self._need(number, providers, mark, named=with_id)
                for providers, mark, with_id in sketch.needs[number]
                if number not in providers
                and not (self.differs and not own and mark and not may_see(sketch.reader, mark))
            ],
            repair=work(60 if not (hidden and self.differs) else 90, "crew"),
            fallback=fallback(40) if number % 2 else None,
            backup=backup("offline", self._name((number + 1) % PARTS)),
            vulnerable={"value": figure, "source": "fact", "tlp": sketch.figure_mark},
            personal_data={
                "kind": "special",
                "people": {"value": figure, "source": "fact", "tlp": sketch.figure_mark},
            },
        )  # fmt: skip

    def _need(self, number: int, providers: tuple[int, ...], mark: Tlp | None, *, named: bool) -> Need:
        names = [self._name(provider) for provider in providers]
        hidden = any(self.sketch.hides(provider) for provider in providers)
        place = ("north", "south")[self.variant] if hidden else self._name(self.sketch.mentions[number])
        key = f"{self._name(number)}-{''.join(map(str, providers))}-{place}" if named else None
        said = "talk" if number % 2 else "said-so"
        made = need(*names, at_least=1, kind="network", buffer=30, key=key, tlp=mark, source=said)
        return made.model_copy(update={"note": f"By way of the {place}."})

    def _extra(self, number: int) -> list[Component]:
        """Return more of the hidden component, of the same owner and kind: nobody needs them."""
        if not self.variant:
            return []
        sketch = self.sketch
        owner = f"{self._owner_name(sketch.owners[number])}-bv"
        return [
            component(
                f"{self._name(number)}-{more}",
                kind=sketch.kinds[number],
                organisation=owner,
                tlp="RED" if sketch.hides_owner(sketch.owners[number]) else sketch.part_marks[number],
                needs=[self._name(number)],
            )
            for more in ("two", "three")
        ]

    def _said(self) -> Source:
        return source("said-so", tlp=self.sketch.source_mark).model_copy(update={"kind": "document"})

    def _talk(self) -> Source:
        names = " and ".join(["whisperer", *(["guest"] if self.variant else [])])
        return source("talk").model_copy(update={"kind": "interview", "reference": f"Talk with {names}", "by": names})

    def _paths(self) -> list[AccessPath]:
        pairs = [(0, 1), (1, 2), (2, 3)]
        hidden = [any(map(self.sketch.hides, ends)) for ends in pairs]
        return [
            path(self._name(ends[0]), self._name(ends[1]), key=f"{self._name(ends[0])}-way")
            for ends, secret in zip(pairs, hidden, strict=True)
            if not (secret and self.variant)
        ]

    def _impacts(self) -> tuple[FunctionImpact, ...]:
        """Return harms of the one function: one that mentions a component, and one that its mark hides or shows."""
        named = self._name(self.sketch.mentions[0])
        hidden = not may_see(self.sketch.reader, self.sketch.figure_mark)
        harm = {"kind": "health", "source": "fact"}
        harms = [
            {"id": f"near-{named}", "name": {"nl": f"bij {named}", "en": f"near {named}"},
             "curve": [{"after": "1h", "of_thousand": 10}], **harm},
            {"id": "marked", "name": {"nl": "mensen", "en": "people"}, "tlp": self.sketch.figure_mark,
             "curve": [{"after": "1h", "of_thousand": 90 if hidden and self.differs else 20}], **harm},
        ]  # fmt: skip
        return (FunctionImpact.model_validate({"function": "living", "like": "care", "harms": harms}),)

    def _measures(self) -> tuple[Measure, ...]:
        hidden = [number for number in range(PARTS) if self.sketch.hides(number)]
        seen = [number for number in range(PARTS) if not self.sketch.hides(number)]
        chosen = [*seen[:1], *(hidden[:1] if self.variant else [])]
        return tuple(
            Measure.model_validate(
                {
                    "id": f"shield-{self._name(number)}",
                    "name": {"nl": "Schild", "en": "Shield"},
                    "organisation": f"{self._owner_name(self.sketch.owners[number])}-bv",
                    "effects": [{"effect": "prepare", "components": [self._name(number)]}],
                }
            )
            for number in chosen
        )


def _organisation(name: str, sector: str, mark: Tlp) -> Organisation:
    called = Text(nl=name, en=name)
    role = Text(nl="Doet mee.", en="Takes part.")
    return Organisation(id=name, name=called, sector=sector, role=role, tlp=mark, source="talk")  # type: ignore[arg-type]
