"""What an answer does to the map: fill in, change, confirm, or stand against what somebody else said.

Who may change what: an organisation its own figures, and anybody what nobody confirmed. What another said stays until
the two agree or somebody settles it. A mark never gets lower unless the one who answers says so.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, get_args

from city_model.partner import sheets
from city_model.partner.given import Given, RowFault
from city_model.partner.kinds import Plain
from city_model.partner.ledger import Answer, Conflict, Ledger, shown_value
from city_model.partner.pack import Question, Target
from city_model.partner.places import Places
from city_model.partner.questions import EXISTS, value_of
from city_model.partner.sources import answered_by
from city_model.schema import Backup, City, Component, Substitution
from city_model.values import Provenance, Source, Tlp
from city_model.yaml_edit import Edit
from resilience.base.language import _

Action: TypeAlias = Literal[
    "new", "changed", "confirmed", "stated", "unchanged", "noted", "conflict", "kept", "settled"
]
SETTLING: Final = {"new", "changed", "confirmed", "stated", "unchanged"}
"""Actions after which nothing is open about the question any more."""
NEEDED: Final = "nodig / needed"
NOT_NEEDED: Final = "niet nodig / not needed"
"""What the two sides of a denial say, in a file that is not in the language of one reader."""
_MARKS: Final[tuple[Tlp, ...]] = get_args(Tlp)
"""From what everybody may see to what one person may."""
_DRAWN: Final = {"repair.duration", "rebuild.duration"}


@dataclass(frozen=True)
class Outcome:
    """What becomes of one answer."""

    question: Question
    action: Action
    ours: str
    """What the map says."""
    theirs: str
    ours_by: str = ""
    edits: tuple[tuple[str, Edit], ...] = field(default=(), repr=False)
    """By the key of the file."""


class Judge:
    """Judges the answers of one reply against the map as it is."""

    def __init__(
        self, city: City, places: Places, ledger: Ledger, source: Source, answered: Container[tuple[str, str]] = ()
    ) -> None:
        self.city = city
        self.places = places
        self.ledger = ledger
        self.source = source
        """The source that the answers become."""
        self.organisation = answered_by(source.id) or ""
        self.answered = answered
        """Id and field of every value that the same reply gives."""

    def judged(self, given: Given) -> Outcome:
        """Return what *given* does, and keep in the ledger what was said. Raises RowFault."""
        if given.verdict == "unknown":
            outcome = self._unknown(given)
        elif given.question.field.path == EXISTS:
            outcome = self._need(given)
        elif given.question.field.place == "plain":
            outcome = self._bare_value(given)
        else:
            outcome = self._figure(given)
        self._remember(given, outcome)
        return outcome

    def standing(self, target: Target) -> tuple[str | None, str]:
        """Return how sure the map is of what it says about *target*, and who said so."""
        return self._confidence(target), self._who(target)

    def _figure(self, given: Given) -> Outcome:
        target = given.question.target
        ours = value_of(self._owner(target), target.path)
        theirs = given.value if given.value is not None else ours
        if theirs is None or ours is None:
            return (
                self._outcome(given, "noted", ours, None) if theirs is None else self._filled_in(given, "new", theirs)
            )
        sayer, sure = self._sayer(target), self._confidence(target)
        mine = sayer == self.organisation
        if theirs == ours:
            if sure == "confirmed" or (mine and self._source_of(target) == self.source.id):
                return self._outcome(given, "unchanged", ours, theirs)
            return self._agreed(given, ours, both=sayer is not None and not mine)
        if self._was_settled(given, theirs):
            return self._outcome(given, "kept", ours, theirs)
        if given.stale or (sayer is not None and (not mine or sure == "confirmed")):
            return self._conflict(given, ours, theirs)
        return self._filled_in(given, "changed", theirs, ours)

    def _bare_value(self, given: Given) -> Outcome:
        target = given.question.target
        ours = value_of(self._owner(target), target.path)
        theirs = given.value if given.value is not None else ours
        if theirs is None or theirs == ours:
            return self._outcome(given, "noted" if theirs is None else "unchanged", ours, theirs)
        if ours is None:
            return self._filled_in(given, "new", theirs)
        if self._was_settled(given, theirs):
            return self._outcome(given, "kept", ours, theirs)
        others = [said.value for said in self.ledger.about(str(target)) if said.organisation != self.organisation]
        if given.stale or shown_value(ours) in others:
            return self._conflict(given, ours, theirs)
        return self._filled_in(given, "changed", theirs, ours)

    def _need(self, given: Given) -> Outcome:
        target = given.question.target
        need = self.city.need_by_key[target.id].need
        if given.verdict == "wrong":
            kept = self._was_settled(given, None)
            return self._outcome(given, "kept", None, None) if kept else self._conflict(given, None, None)
        sayer = self._sayer(target)
        if self.city.confidence_of(need) == "confirmed":
            return self._outcome(given, "unchanged", None, None)
        both = self._both_ends(target.id, sayer)
        if need.source == self.source.id and not both:
            return self._outcome(given, "unchanged", None, None)
        mine = sayer in {None, self.organisation}
        if not mine and not both:
            return self._outcome(given, "noted", None, None)
        source = self.source if mine else self.city.source_by_id[need.source]
        edits = self._provenance(target, need, source, "confirmed" if both else "one_sided", given)
        return self._outcome(given, "confirmed" if both else "stated", None, None, edits)

    def _unknown(self, given: Given) -> Outcome:
        """Let the map say that it is not known, where it says nothing yet and the partner is the one to know."""
        target, question = given.question.target, given.question
        owner = self._owner(target)
        absent = question.field.place == "figure" and question.field.path != EXISTS and self._said(target) is None
        optional = target.path.startswith("fallback.") and not getattr(owner, "fallback", None)
        if not absent or optional or question.sheet == "others":
            return self._outcome(given, "noted", value_of(owner, target.path), None)
        return self._filled_in(given, "new", "unknown")

    def value_edits(
        self, target: Target, place: str, value: Plain, given_mark: str | None, note: str | None
    ) -> list[Edit]:
        """Return the edits that let the map say *value*, with the reply as its source."""
        path = (*self.places.of(target.owner, target.id).path, *target.path.split("."))
        if place == "plain":
            return [Edit(path, value)]
        if place == "sourced":
            return self._sourced(target, path[:-1], value)
        shape: dict[str, object] = {**value} if isinstance(value, dict) else {"value": value}
        if value == "unknown" and target.path in _DRAWN:
            shape = {"unknown": True}
        shape["source"] = self.source.id
        before = self._said(target)
        lowest = max(self.source.tlp, self._mark(before) if before else "CLEAR", key=_MARKS.index)
        if (given_mark or lowest) != self.source.tlp:
            shape["tlp"] = given_mark or lowest
        if note:
            shape["note"] = note
        return [Edit(path, shape)]

    def _sourced(self, target: Target, path: tuple[str | int, ...], value: Plain) -> list[Edit]:
        """Return the edits of a field whose owner names the source; a back-up that is new must have a kind."""
        edits = [Edit((*path, target.path.rpartition(".")[2]), value), Edit((*path, "source"), self.source.id)]
        if target.path == "backup.tested_on" and not (
            self._said(target) or (target.id, "backup.kind") in self.answered
        ):
            edits.append(Edit((*path, "kind"), "unknown"))
        return edits

    def _filled_in(self, given: Given, action: Action, theirs: Plain, ours: Plain | None = None) -> Outcome:
        target, question = given.question.target, given.question
        if (
            target.path in {"fallback.delay", "fallback.duration"}
            and (target.id, "fallback.level") not in self.answered
        ):
            owner = self._owner(target)
            if not owner.fallback:
                what = _("there is no other way of working on the map yet")
                repair = _("first say how many per cent can be done in another way")
                raise RowFault(given.said.place.problem(sheets.ANSWER, what, repair))
        edits = self.value_edits(target, question.field.place, theirs, given.tlp, given.remark)
        return self._outcome(given, action, ours, theirs, edits)

    def _agreed(self, given: Given, ours: Plain, *, both: bool) -> Outcome:
        """Return that the partner says the same: it then is its word, or that of both."""
        target = given.question.target
        said = self._said(target)
        action: Action = "confirmed" if both else "stated"
        if isinstance(said, Provenance):
            source = self.city.source_by_id[said.source] if both else self.source
            edits = self._provenance(target, said, source, "confirmed" if both else "one_sided", given)
            return self._outcome(given, action, ours, ours, edits)
        if both:
            return self._outcome(given, "noted", ours, ours)
        path = self.places.of(target.owner, target.id).path
        edits = [Edit((*path, target.path.partition(".")[0], "source"), self.source.id)]
        return self._outcome(given, action, ours, ours, edits)

    def _provenance(
        self, target: Target, said: Provenance, source: Source, confidence: str, given: Given
    ) -> list[Edit]:
        """Return the edits that let *said* rest on *source*, as sure as *confidence*, for no more eyes than before."""
        path = self.places.of(target.owner, target.id).path
        path = path if target.path == EXISTS else (*path, *target.path.split("."))
        mark = given.tlp or self._mark(said)
        wanted: dict[str, tuple[object, object]] = {
            "source": (said.source, source.id),
            "confidence": (said.confidence or source.confidence, confidence),
            "tlp": (said.tlp or source.tlp, mark),
        }
        if source is self.source:
            wanted["date"] = (said.date or source.date, source.date)
            wanted["by"] = (said.by or source.by, source.by)
        if given.remark and target.path != EXISTS:
            wanted["note"] = (said.note, given.remark)
        return [Edit((*path, name), _plain(new)) for name, (old, new) in wanted.items() if old != new]

    def _both_ends(self, key: str, sayer: str | None) -> bool:
        """Whether the dependent and every provider of a need have now said that it is there."""
        placed = self.city.need_by_key[key]
        agreed = {
            said.organisation for said in self.ledger.about(f"{Target('need', key, EXISTS)}") if said.verdict == "right"
        }
        agreed |= {self.organisation, *([sayer] if sayer else [])}
        ends = [placed.dependent, *placed.need.provider_ids]
        return all(agreed & _owners(self.city.component_by_id[end]) for end in ends)

    def _owner(self, target: Target) -> Any:  # noqa: ANN401 - a component, team or need
        if target.owner == "component":
            return self.city.component_by_id[target.id]
        if target.owner == "team":
            return next(team for team in self.city.teams if team.id == target.id)
        return self.city.need_by_key[target.id].need

    def _said(self, target: Target) -> Any:  # noqa: ANN401 - what carries the source of the answer
        """Return what stands on the map about *target*: a figure, a need, or a field that names its source."""
        found = self._owner(target)
        if target.path == EXISTS:
            return found
        for part in target.path.split("."):
            found = getattr(found, part, None)
            if isinstance(found, (Provenance, Backup, Substitution)):
                return found
        return None

    def _sayer(self, target: Target) -> str | None:
        """Return who said what the map says; None for an estimate. What an interview gave was said by the owner."""
        source = self._source_of(target)
        named = answered_by(source) if source else None
        if named or self._confidence(target) not in {"one_sided", "confirmed"}:
            return named
        owners = self._owners_of(target)
        return self.organisation if self.organisation in owners else next(iter(sorted(owners)), None)

    def _owners_of(self, target: Target) -> set[str]:
        if target.owner == "team":
            return {self._owner(target).organisation or ""}
        name = self.city.need_by_key[target.id].dependent if target.owner == "need" else target.id
        return _owners(self.city.component_by_id[name])

    def _source_of(self, target: Target) -> str | None:
        return getattr(self._said(target), "source", None)

    def _confidence(self, target: Target) -> str | None:
        said = self._said(target)
        if isinstance(said, Provenance):
            return self.city.confidence_of(said)
        return self.city.source_by_id[said.source].confidence if hasattr(said, "source") else None

    def _mark(self, said: Any) -> Tlp:  # noqa: ANN401 - what carries a source
        own: Tlp | None = getattr(said, "tlp", None)
        return own or self.city.source_by_id[said.source].tlp

    def _was_settled(self, given: Given, theirs: Plain | None) -> bool:
        before = self.ledger.answers.get((str(given.question.target), self.organisation))
        return bool(before and before.settled == "ours" and (before.value or "") == shown_value(theirs))

    def _who(self, target: Target) -> str:
        """Return the id of the organisation that the map follows, or the role that made the estimate."""
        sayer = self._sayer(target)
        source = self._source_of(target)
        return sayer or (self.city.source_by_id[source].by if source else "-")

    def _conflict(self, given: Given, ours: Plain | None, theirs: Plain | None) -> Outcome:
        question, target = given.question, given.question.target
        denied = question.field.path == EXISTS
        outcome = Outcome(
            question,
            "conflict",
            NEEDED if denied else shown_value(ours),
            NOT_NEEDED if denied else shown_value(theirs),
            self._who(target),
        )
        self.ledger.conflicts[question.key] = Conflict(
            key=question.key,
            about=question.about,
            asks=question.field.asks,
            kind="denied" if denied else "value",
            owner=target.owner,
            id=target.id,
            path=target.path,
            ours=outcome.ours,
            ours_by=outcome.ours_by,
            ours_remark=getattr(self._said(target), "note", None),
            theirs=outcome.theirs,
            organisation=self.organisation,
            by=self.source.by,
            date=self.source.date,
            tlp=given.tlp or self.source.tlp,
            value=theirs,
            remark=given.remark,
        )  # fmt: skip
        return outcome

    def _outcome(
        self, given: Given, action: Action, ours: Plain | None, theirs: Plain | None, edits: Sequence[Edit] = ()
    ) -> Outcome:
        target = given.question.target
        file = self.places.of(target.owner, target.id).file
        by_file = tuple((file, edit) for edit in edits)
        return Outcome(given.question, action, shown_value(ours), shown_value(theirs), edits=by_file)

    def _remember(self, given: Given, outcome: Outcome) -> None:
        if outcome.action in SETTLING:
            self.ledger.conflicts.pop(given.question.key, None)
        target = str(given.question.target)
        before = self.ledger.answers.get((target, self.organisation))
        kept = before.settled if before and outcome.action == "kept" else None
        self.ledger.add(
            Answer(
                target=target,
                organisation=self.organisation,
                verdict=given.verdict,
                value=None if given.question.field.path == EXISTS else outcome.theirs or None,
                date=self.source.date,
                by=self.source.by,
                remark=given.remark,
                settled=kept,
            )
        )


def _owners(part: Component) -> set[str]:
    return {name for name in (part.organisation, part.operator) if name}


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
