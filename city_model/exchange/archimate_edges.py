"""From relations to dependencies: which end depends on which, and why a relation became none.

Every relation ends up in exactly one place: in an edge, as ownership, as dropped, or as undecided. Circles are no
problem: an edge is looked at by itself, and whatever follows relations or junctions remembers where it has been.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from city_model.exchange.archimate_mapping import ArchimateMapping, Rule
from city_model.exchange.archimate_model import JUNCTIONS, ArchiModel, Element, Relation
from city_model.schema import NeedKind
from resilience.base.language import _

Fate = Literal["dropped", "undecided", "joined"]
MAX_JUNCTIONS = 200
"""Behind one relation; a model that people drew has two or three."""


@dataclass(frozen=True)
class Edge:
    """One group of providers that an element depends on; the names are the ids of elements."""

    dependent: str
    providers: tuple[str, ...]
    at_least: int | None
    kind: NeedKind
    label: str
    relation: str
    derived: bool = False
    """Whether more than the one relation was needed to know it."""


@dataclass(frozen=True)
class Owned:
    """An organisation that owns or supplies an element."""

    element: str
    organisation: str
    role: Literal["organisation", "supplier"]
    relation: str


@dataclass(frozen=True)
class Left:
    """A relation that became no dependency of its own, and why."""

    relation: Relation
    fate: Fate
    reason: str
    """The same words for every relation of which the same is wrong, so that they can be counted."""
    about: str = ""
    """What in the file it is about: a name, an id, a value."""


@dataclass
class Outcome:
    """What became of all relations of a model."""

    edges: list[Edge] = field(default_factory=list)
    owned: list[Owned] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    kinds: list[tuple[str, str]] = field(default_factory=list)
    """A specialised element and what it is a kind of."""


class _NoEdge(Exception):  # noqa: N818 - not an error of ours: it ends the reading of one relation
    """Carries why a relation is no dependency."""

    def __init__(self, fate: Fate, reason: str, about: str) -> None:
        self.fate: Fate = fate
        self.reason, self.about = reason, about
        super().__init__(reason)


def _dropped(reason: str, about: str = "") -> _NoEdge:
    return _NoEdge("dropped", reason, about)


def _undecided(reason: str, about: str = "") -> _NoEdge:
    return _NoEdge("undecided", reason, about)


def resolve(model: ArchiModel, mapping: ArchimateMapping, ours: frozenset[str] = frozenset()) -> Outcome:
    """Return what becomes of the relations of *model*; those in *ours* were written by us and are read elsewhere."""
    return _Resolver(model, mapping, ours).outcome()


class _Resolver:
    """Follows every relation once."""

    def __init__(self, model: ArchiModel, mapping: ArchimateMapping, ours: frozenset[str]) -> None:
        self.model, self.mapping, self.ours = model, mapping, ours
        self.found = Outcome()
        self.passed: set[str] = set()
        """Relations that an edge through a junction used."""
        self.first: dict[tuple[str, frozenset[str], int | None], int] = {}
        self.into: dict[str, list[Relation]] = {}
        self.out_of: dict[str, list[Relation]] = {}
        for relation in model.relations.values():
            self.into.setdefault(relation.target, []).append(relation)
            self.out_of.setdefault(relation.source, []).append(relation)
        keys = mapping.properties.external_id
        pairs = ((element.get(key), element.id) for element in model.elements.values() for key in keys)
        self.by_object_id = {value.casefold(): name for value, name in pairs if value}

    def outcome(self) -> Outcome:
        """Return what became of every relation, in the order of the file."""
        waiting = []
        for relation in self.model.relations.values():
            if relation.id in self.ours:
                continue
            try:
                if self._take(relation):
                    waiting.append(relation)
            except _NoEdge as why:
                self.found.left.append(Left(relation, why.fate, why.reason, why.about))
        for relation in waiting:
            if relation.id not in self.passed:
                reason = _("it ends at a junction from which no relation of the same type goes on")
                self.found.left.append(Left(relation, "dropped", reason))
        order = {name: number for number, name in enumerate(self.model.relations)}
        self.found.left.sort(key=lambda left: order[left.relation.id])
        return self.found

    def _take(self, relation: Relation) -> bool:
        """Take in *relation*; returns whether it waits for an edge that comes through a junction."""
        gone = self.mapping.leaves_out(relation)
        if gone:
            raise _dropped(_("a property says that it is not in use"), f"{gone[0]}: {gone[1]}")
        ends = {side: self._element(name) for side, name in (("source", relation.source), ("target", relation.target))}
        for side, name in (("source", relation.source), ("target", relation.target)):
            if ends[side] is None and name not in self.model.relations:
                raise _dropped(_("one of its ends is not in the file"), f"{side} {name}")
        for element in ends.values():
            if element is not None:
                self._check_kept(element)
        if self._is_ownership(relation, ends["source"], ends["target"]):
            return False
        rule = self._rule(relation)
        if relation.type == "Specialization":
            self.found.kinds.append((relation.source, relation.target))
        if rule.action != "import":
            reason = str(rule.reason) if rule.reason else _("the mapping file says so")
            raise _dropped(reason) if rule.action == "skip" else _undecided(reason, relation.name.first)
        coupled = self._coupled(relation, rule)
        sides = {"source": ["source"], "target": ["target"], "both": ["source", "target"]}[coupled.dependent]
        waits = False
        for side in sides:
            derived = coupled.dependent == "both" or coupled is not rule
            waits |= self._connect(relation, coupled, dependent_is_source=side == "source", derived=derived)
        return waits

    def _connect(self, relation: Relation, rule: Rule, *, dependent_is_source: bool, derived: bool) -> bool:
        ends = (relation.source, relation.target)
        below, above = ends if dependent_is_source else ends[::-1]
        # `below` depends on `above`.
        if self._is_junction(below):
            return True
        dependent = self._anchor(below, as_dependent=True)
        groups: list[tuple[int | None, list[str]]]
        if self._is_junction(above):
            groups = self._expanded(above, relation, dependent_is_source=dependent_is_source, seen=set())
            self.passed.add(relation.id)
        else:
            groups = [(None, [self._anchor(above, as_dependent=False)])]
        derived = derived or self._is_junction(above) or dependent != below or groups[0][1] != [above]
        for at_least, providers in groups:
            self._add(relation, rule, dependent, providers, at_least, derived=derived)
        broker = self._broker(relation)
        if broker and broker not in {dependent, *groups[0][1]}:
            self._add(relation, rule, dependent, [broker], None, derived=True)
        return False

    def _add(
        self,
        relation: Relation,
        rule: Rule,
        dependent: str,
        providers: list[str],
        at_least: int | None,
        *,
        derived: bool,
    ) -> None:
        kept = list(dict.fromkeys(name for name in providers if name != dependent))
        if not kept:
            raise _dropped(_("a component cannot depend on itself"))
        if at_least is not None and len(kept) < len(providers):
            raise _dropped(_("one of the alternatives is the component itself, so nothing is needed"))
        for name in kept:
            self._check_component(name)
        self._check_component(dependent)
        if len(kept) == 1:
            at_least = None
        key = (dependent, frozenset(kept), at_least)
        if key in self.first:
            known = self.found.edges[self.first[key]]
            if known.relation != relation.id:
                reason = _("it says the same as another relation")
                self.found.left.append(Left(relation, "joined", reason, known.relation))
            return
        self.first[key] = len(self.found.edges)
        kind = self.mapping.kind_for(rule, self.model.elements[kept[0]])
        edge = Edge(dependent, tuple(kept), at_least, kind, rule.label, relation.id, derived=derived)
        self.found.edges.append(edge)

    def _rule(self, relation: Relation) -> Rule:
        rule = self.mapping.rule_for(relation, self.model.access_without_type)
        if rule is None:
            raise _undecided(_("the mapping file does not know its type"), relation.type[:60])
        return rule

    def _coupled(self, relation: Relation, rule: Rule) -> Rule:
        """Return the rule as a coupling of the Softwarecatalogus turns it: there the property beats the arrow."""
        said = relation.get(self.mapping.couplings.direction).strip().casefold()
        if relation.type != "Flow" or not said:
            return rule
        couplings = self.mapping.couplings
        if said in {word.casefold() for word in couplings.both}:
            return rule.model_copy(update={"dependent": "both"})
        if said in {word.casefold() for word in couplings.backward}:
            return rule.model_copy(update={"dependent": "source" if rule.dependent == "target" else "target"})
        if said in {word.casefold() for word in couplings.forward}:
            return rule
        raise _undecided(_("the direction of the coupling is not known"), f"{couplings.direction}: {said[:40]}")

    def _broker(self, relation: Relation) -> str | None:
        """Return the element over which a coupling runs; a broker that is not in the model is told about."""
        said = relation.get(self.mapping.couplings.broker).strip()
        if not said:
            return None
        known = self.by_object_id.get(said.casefold()) or (said if said in self.model.elements else None)
        if known is None:
            reason = _("its broker is not in the file; the coupling itself was imported")
            left = Left(relation, "undecided", reason, said[:80])
            if left not in self.found.left:
                self.found.left.append(left)
        return known

    def _is_ownership(self, relation: Relation, source: Element | None, target: Element | None) -> bool:
        """Take in who owns or supplies what; an organisation itself is no part of the chain."""
        organisations = [end for end in (source, target) if end and self.mapping.becomes(end) == "organisation"]
        if not organisations:
            return False
        others = [end for end in (source, target) if end and end not in organisations]
        if len(organisations) == 2:
            raise _dropped(_("both ends are organisations; who runs what says who depends on whom"))
        if not others or others[0].type in JUNCTIONS:
            raise _undecided(_("an organisation is tied to a relation or a junction, not to a component"))
        if relation.type in self.mapping.suppliers or self.mapping.is_supplier(organisations[0]):
            self.found.owned.append(Owned(others[0].id, organisations[0].id, "supplier", relation.id))
        elif relation.type in self.mapping.owners:
            self.found.owned.append(Owned(others[0].id, organisations[0].id, "organisation", relation.id))
        else:
            rule = self._rule(relation)
            if rule.action == "skip":
                raise _dropped(str(rule.reason) if rule.reason else _("the mapping file says so"))
            raise _undecided(_("its type says neither that the organisation owns nor that it supplies"), relation.type)
        return True

    def _anchor(self, name: str, *, as_dependent: bool) -> str:
        """Return the element that *name* stands for; a relation stands for its own dependent or provider."""
        seen: set[str] = set()
        while name not in self.model.elements:
            if name in seen:
                raise _dropped(_("relations that end at each other go round in a circle"), name)
            seen.add(name)
            relation = self.model.relations[name]
            rule = self._rule(relation)
            if rule.action != "import" or rule.dependent == "both":
                raise _undecided(_("it ends at a relation that is no dependency itself"), name)
            end = relation.source if (rule.dependent == "source") == as_dependent else relation.target
            if self._is_junction(end):
                raise _undecided(_("it ends at a relation that ends at a junction"), name)
            if end not in self.model.elements and end not in self.model.relations:
                raise _dropped(_("it ends at a relation that ends nowhere"), name)
            name = end
        return name

    def _expanded(
        self, junction: str, relation: Relation, *, dependent_is_source: bool, seen: set[str]
    ) -> list[tuple[int | None, list[str]]]:
        """Return the groups of providers behind *junction*: all of them for *and*, one of them for *or*."""
        seen.add(junction)
        if len(seen) > MAX_JUNCTIONS:
            raise _undecided(_("too many junctions stand behind one another"), junction)
        any_of = self.model.elements[junction].type == "OrJunction"
        leaves: list[str] = []
        groups: list[tuple[int | None, list[str]]] = []
        for part in self._beyond(junction, relation, dependent_is_source=dependent_is_source):
            end = part.target if dependent_is_source else part.source
            self.passed.add(part.id)
            if not self._is_junction(end):
                leaves.append(self._anchor(end, as_dependent=False))
            elif end not in seen:
                groups += self._expanded(end, part, dependent_is_source=dependent_is_source, seen=seen)
        if not leaves and not groups:
            raise _dropped(_("it comes from a junction that nothing of the same type leads to"), junction)
        if not any_of:
            return [*([(None, leaves)] if leaves else []), *groups]
        if any(at_least is None and len(names) > 1 for at_least, names in groups) or (leaves and len(groups) > 1):
            raise _undecided(_("an or-junction with an and-junction behind it is more than one group"), junction)
        names = [*leaves, *(name for _least, group in groups for name in group)]
        return [(1 if len(names) > 1 else None, names)]

    def _beyond(self, junction: str, relation: Relation, *, dependent_is_source: bool) -> Iterator[Relation]:
        """Yield the relations on the provider's side of *junction* that are of the same type as *relation*."""
        relations = self.out_of if dependent_is_source else self.into
        for part in relations.get(junction, []):
            if part.type == relation.type and part.access == relation.access and self.mapping.leaves_out(part) is None:
                end = part.target if dependent_is_source else part.source
                known = self._element(end)
                if (known and self._kept(known)) or end in self.model.relations:
                    yield part

    def _element(self, name: str) -> Element | None:
        return self.model.elements.get(name)

    def _is_junction(self, name: str) -> bool:
        element = self.model.elements.get(name)
        return element is not None and element.type in JUNCTIONS

    def _kept(self, element: Element) -> bool:
        try:
            self._check_kept(element)
        except _NoEdge:
            return False
        return self.mapping.becomes(element) != "organisation"

    def _check_kept(self, element: Element) -> None:
        if element.type in JUNCTIONS:
            return
        becomes = self.mapping.becomes(element)
        name = element.name.first or element.id
        if becomes is None:
            raise _undecided(
                _("the mapping file does not know the type of one of its ends"), f"{name} ({element.type})"
            )
        if becomes == "skip":
            raise _dropped(_("one of its ends is of a type that is no part of the chain"), f"{name} ({element.type})")
        gone = self.mapping.leaves_out(element)
        if gone:
            raise _dropped(_("a property of one of its ends says that it is not in use"), f"{name} ({gone[1]})")

    def _check_component(self, name: str) -> None:
        element = self.model.elements[name]
        self._check_kept(element)
        if self.mapping.becomes(element) == "organisation":
            raise _dropped(_("one of its ends is an organisation, not a component"), element.name.first or name)
