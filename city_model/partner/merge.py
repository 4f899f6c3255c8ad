"""Answers of partners brought into the map: worked out on the texts of its files, written only when all is well."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from city_model.fault_words import near
from city_model.loader import city_texts, load_city_from_texts
from city_model.partner import sheets
from city_model.partner.answers import Place, Reply, Said
from city_model.partner.folder import folder_of, is_bundled, path_of, write_all
from city_model.partner.given import Given, GivenNeed, RowFault, given_in, new_needs_in
from city_model.partner.judging import Judge, Outcome
from city_model.partner.kinds import AnswerFault, names_by_id
from city_model.partner.ledger import FOLDER, Conflict, Ledger, Settled, read_ledger
from city_model.partner.pack import BETWEEN, Pack, Target, pack_for, whole_pack
from city_model.partner.places import Places
from city_model.partner.questions import DAY, TLP, place_of
from city_model.partner.sources import answer_id, answer_source
from city_model.values import Source, Text, Tlp
from city_model.yaml_edit import APPEND, Edit, edited
from city_model.yaml_writer import plain
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

SIDES: Final = ("theirs", "ours")
FIRST_ROW: Final = 1


@dataclass(frozen=True)
class Known:
    """What whoever merges says about a reply; goes before what the reply says itself."""

    organisation: str | None = None
    date: dt.date | None = None
    by: str | None = None


@dataclass(frozen=True)
class NewNeed:
    """A dependency that a partner added."""

    about: Text
    known: bool
    """Whether it is on the map already."""


@dataclass(frozen=True)
class Merged:
    """What one reply does."""

    file: str
    organisation: Text
    outcomes: tuple[Outcome, ...]
    new_needs: tuple[NewNeed, ...]


@dataclass
class _Prepared:
    """One reply, read against its pack."""

    reply: Reply
    pack: Pack
    source: Source
    given: list[Given]
    new: list[GivenNeed]


@dataclass
class Merging:
    """The map while answers are brought in; nothing is written before `write`."""

    name: str
    """Of the city: a bundled one can be looked at, not written."""
    faults: list[Problem] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    settled: list[tuple[Conflict, Settled]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = city_texts(self.name)
        self.texts = dict(self.before)
        self.city = load_city_from_texts(self.texts)
        self.ledger = Ledger() if is_bundled(self.name) else read_ledger(Path(self.name))
        self._old_ledger = self.ledger.texts()

    def add(self, reply: Reply, known: Known) -> None:
        """Bring in *reply*; what is wrong with it goes to `faults`, and then nothing of it is brought in."""
        before = len(self.faults)
        prepared = self._prepared(reply, known)
        if prepared is None:
            return
        judge = self._judge(prepared)
        outcomes: list[Outcome] = []
        for given in prepared.given:
            try:
                outcomes.append(judge.judged(given))
            except RowFault as fault:
                self.faults.append(fault.problem)
        edits = [edit for outcome in outcomes for edit in outcome.edits]
        new = [self._new_need(item, prepared.source) for item in prepared.new]
        edits += [edit for _need, edit in new if edit is not None]
        if len(self.faults) == before:
            self._change(edits, prepared.pack.organisation, prepared.source)
        needs = tuple(need for need, _edit in new)
        self.merged.append(Merged(reply.file, prepared.pack.organisation_name, tuple(outcomes), needs))

    def settle(self, key: str, side: Settled) -> None:
        """Let the conflict called *key* end as *side* says; raises InputError when there is none."""
        conflict = self.ledger.conflicts.get(key)
        if conflict is None:
            what = _("there is no open conflict '{key}'", key=key)
            likely = near(key, self.ledger.conflicts)
            repair = _("did you mean {name}?", name=likely) if likely else _("merge without files to list them")
            raise InputError.because(what, repair)
        del self.ledger.conflicts[key]
        target = Target(conflict.owner, conflict.id, conflict.path)
        said = self.ledger.answers.get((str(target), conflict.organisation))
        if said:
            self.ledger.add(said.model_copy(update={"settled": side}))
        if side == "theirs":
            self._yield_to(conflict, target)
        self.settled.append((conflict, side))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return every conflict that is open, in the order of their keys."""
        return tuple(self.ledger.conflicts[key] for key in sorted(self.ledger.conflicts))

    def changed_files(self) -> tuple[str, ...]:
        """Return the keys of the files of the map that would be written."""
        return tuple(key for key in sorted(self.texts) if self.texts[key] != self.before[key])

    def write(self) -> tuple[Path, ...]:
        """Write what changed, all or nothing, and return the files. Raises InputError with the faults if any."""
        if self.faults:
            raise InputError(self.faults)
        root = folder_of(self.name)
        changed = {path_of(root, key): self.texts[key] for key in self.changed_files()}
        if self.ledger.texts() != self._old_ledger:
            changed |= {root / FOLDER / name: text for name, text in self.ledger.texts().items()}
        write_all(changed)
        return tuple(sorted(changed))

    def _prepared(self, reply: Reply, known: Known) -> _Prepared | None:
        """Return *reply* with its pack; None, and faults, when it cannot be brought in."""
        layout = self._head(reply, sheets.LAYOUT)
        if layout.text(sheets.LAYOUT) not in {"", sheets.VERSION}:
            what = _("this pack is of version {version}, which is not known here", version=layout.text(sheets.LAYOUT))
            self.faults.append(layout.place.problem(sheets.LAYOUT, what, _("make a new pack")))
            return None
        organisation = self._organisation(reply, known)
        if organisation is None:
            return None
        pack = pack_for(self.city, organisation)
        # What was hidden from a partner since its pack was made is still known by the key that it had.
        questions = {question.key: question for question in whole_pack(self.city, organisation).questions}
        questions |= {question.key: question for question in pack.questions}
        given: dict[str, Given] = {}
        new: list[GivenNeed] = []
        names = names_by_id({part.id: part.name for part in self.city.components})[0]
        parts = names_by_id(pack.parts)[0] | {
            f"{name.nl} · {name.en}".casefold(): part for part, name in pack.parts.items()
        }
        for said in reply.answers:
            try:
                found = given_in(said, pack, questions)
            except RowFault as fault:
                self.faults.append(fault.problem)
                continue
            if found and found.question.key in given:
                what = _("this question is answered in row {row} too", row=given[found.question.key].said.place.row)
                self.faults.append(said.place.problem(sheets.KEY, what, _("keep one of the two rows")))
            elif found:
                given[found.question.key] = found
        for said in reply.new:
            try:
                added = new_needs_in(said, names, parts)
                new += [added] if added else []
            except RowFault as fault:
                self.faults.append(fault.problem)
        source = self._source(reply, known, organisation, needed=bool(given or new))
        return _Prepared(reply, pack, source, list(given.values()), new) if source else None

    def _organisation(self, reply: Reply, known: Known) -> str | None:
        """Return whose answers *reply* holds: as whoever merges says, and as every key says."""
        named = sorted({said.text(sheets.KEY).partition(BETWEEN)[0] for said in reply.answers} - {""})
        wrong = ""
        if len(named) > 1:
            wrong = _("this holds answers of several organisations ({names})", names=", ".join(named[:5]))
        elif not named and not known.organisation:
            wrong = _("nothing here says whose answers these are")
        elif named and known.organisation not in {None, named[0]}:
            wrong = _("these are answers of {name}, not of {other}", name=named[0], other=known.organisation)
        chosen = named[0] if named else known.organisation
        if not wrong and chosen not in self.city.organisation_by_id:
            wrong = _("{city} has no organisation '{id}'", city=self.city.name, id=chosen)
        if wrong:
            repair = _("give one file for each organisation, and name it with --from")
            self.faults.append(Problem(reply.file, 0, 0, "", wrong, repair))
            return None
        return chosen

    def _source(self, reply: Reply, known: Known, organisation: str, *, needed: bool) -> Source | None:
        """Return the source that the answers become: who gave them, and when."""
        date, by = known.date, known.by or self._head(reply, sheets.BY).text(sheets.BY)
        mark: Tlp = sheets.DEFAULT_TLP
        head = self._head(reply, sheets.DATE)
        try:
            if date is None and head.text(sheets.DATE):
                date = dt.date.fromisoformat(str(DAY.read(head.cell(sheets.DATE))))
            head = self._head(reply, sheets.DEFAULT_MARK)
            if head.text(sheets.DEFAULT_MARK):
                mark = cast("Tlp", TLP.read(head.cell(sheets.DEFAULT_MARK)))
        except AnswerFault as fault:
            heading = sheets.DATE if head.text(sheets.DATE) and date is None else sheets.DEFAULT_MARK
            self.faults.append(head.place.problem(heading, fault.what, fault.repair))
            return None
        lacking = [label for label, value in ((sheets.BY, by), (sheets.DATE, date)) if not value]
        if lacking and needed:
            what = _("this does not say: {what}", what="; ".join(lacking))
            repair = _("fill it in on the first sheet, or give --by and --date")
            self.faults.append(Problem(reply.file, FIRST_ROW, 1, sheets.INTRODUCTION, what, repair))
            return None
        day = date or dt.date(1970, 1, 1)
        before = self.city.source_by_id.get(answer_id(organisation, day))
        return before or answer_source(organisation, day, " ".join(by.split()) or "-", mark)

    @staticmethod
    def _head(reply: Reply, label: str) -> Said:
        return reply.head.get(label) or Said(Place(reply.file, FIRST_ROW), {})

    def _judge(self, prepared: _Prepared) -> Judge:
        answered = {
            (item.question.target.id, item.question.target.path) for item in prepared.given if item.value is not None
        }
        return Judge(self.city, Places(self.texts), self.ledger, prepared.source, answered)

    def _new_need(self, new: GivenNeed, source: Source) -> tuple[NewNeed, tuple[str, Edit] | None]:
        part, provider = self.city.component_by_id[new.part], self.city.component_by_id[new.provider]
        about = Text(nl=f"{part.name.nl} → {provider.name.nl}", en=f"{part.name.en} → {provider.name.en}")
        if f"{new.part}>{new.provider}" in self.city.need_by_key:
            return NewNeed(about, known=True), None
        need: dict[str, object] = {"providers": [new.provider], "kind": new.kind}
        if new.buffer is not None:
            need["buffer"] = {"value": new.buffer, "source": source.id}
        need["source"] = source.id
        if new.tlp and new.tlp != source.tlp:
            need["tlp"] = new.tlp
        if new.remark:
            need["note"] = new.remark
        place = Places(self.texts).of("component", new.part)
        return NewNeed(about, known=False), (place.file, Edit((*place.path, "needs", APPEND), need))

    def _change(self, edits: Sequence[tuple[str, Edit]], organisation: str, source: Source) -> None:
        """Make *edits* in the texts, with *source* in the file of its organisation, and read the map anew."""
        if not edits:
            return
        every = list(edits)
        if source.id not in self.city.source_by_id and any(source.id in str(edit.value) for _file, edit in edits):
            own = Places(self.texts).organisations[organisation].file
            every.append((own, Edit(("sources", APPEND), plain(source))))
        texts = dict(self.texts)
        for file in sorted({file for file, _edit in every}):
            texts[file] = edited(texts[file], [edit for named, edit in every if named == file], file)
        self.city = load_city_from_texts(texts)
        self.texts = texts

    def _yield_to(self, conflict: Conflict, target: Target) -> None:
        """Let the map say what the partner of *conflict* says."""
        places = Places(self.texts)
        if (target.owner, target.id) not in places.found:
            what = _("what this is about is no longer on the map")
            raise InputError.because(what, _("settle it as ours"), file=conflict.key)
        place = places.of(target.owner, target.id)
        source = self.city.source_by_id.get(answer_id(conflict.organisation, conflict.date)) or answer_source(
            conflict.organisation, conflict.date, conflict.by, conflict.tlp
        )
        if conflict.kind == "denied":
            edits: Iterable[Edit] = [Edit(place.path, None)]
            moot = [key for key, one in self.ledger.conflicts.items() if (one.owner, one.id) == ("need", target.id)]
            for key in moot:
                del self.ledger.conflicts[key]
        else:
            judge = Judge(self.city, places, self.ledger, source)
            value = conflict.value if conflict.value is not None else conflict.theirs
            edits = judge.value_edits(target, place_of(target.path), value, conflict.tlp, conflict.remark)
        self._change([(place.file, edit) for edit in edits], conflict.organisation, source)
