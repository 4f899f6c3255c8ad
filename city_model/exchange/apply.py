"""Carrying out a plan: a new folder, or the files of an existing one changed line by line, all of them or none.

What would be written is loaded as a city first; a fault in it means that nothing is written.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from city_model.catalogue import CITY_FILE
from city_model.exchange.city_files import NOBODY, CityFiles, file_name, stand_in_owner
from city_model.exchange.claims import Claim
from city_model.exchange.plan import Change, Plan, record_of
from city_model.faults import describe, path_text
from city_model.loader import city_texts, load_city_from_texts
from city_model.schema import City, CityFile, Component, Organisation, OrganisationFile
from city_model.values import Text
from city_model.yaml_edit import APPEND, Edit, edited
from city_model.yaml_source import read
from city_model.yaml_writer import file_text, plain
from resilience.base.files import write_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

Model = TypeVar("Model", bound=BaseModel)
_COMPONENT_ORDER: Final = tuple(Component.model_fields)
_ORGANISATION_ORDER: Final = tuple(Organisation.model_fields)


@dataclass
class Outcome:
    """The texts that an import would write, by file name, and what people must do themselves."""

    texts: dict[str, str] = field(default_factory=dict)
    by_hand: list[Problem] = field(default_factory=list)
    """Changes to files in which they cannot be made line by line, or that belong to an included city."""


def new_city(plan: Plan, name: str) -> CityFiles:
    """Return the files of a city that holds what *plan* brings and nothing else."""
    records = [(claim, record_of(claim)) for claim in plan.new]
    organisations = {claim.id: record for claim, record in records if claim.thing == "organisation"}
    owned: dict[str, list[dict[str, Any]]] = defaultdict(list)
    functions = []
    for claim, record in records:
        if claim.thing == "component":
            if record["kind"] == "function" and record.get("needs"):
                functions.append(record)
                continue
            if record["kind"] == "function":
                record["kind"] = "service"
            owner = record.pop("organisation", None) or NOBODY
            owned[owner].append(record)
            if owner not in organisations:
                organisations[owner] = plain(stand_in_owner(owner, plan.source["id"]))
    title = name.replace("-", " ").capitalize()
    city = {"id": name, "name": plain(Text(nl=title, en=title)), "sources": [plan.source], "functions": functions}
    return CityFiles(
        _fitted(CityFile, city, name),
        tuple(
            _fitted(OrganisationFile, {"organisation": record, "components": owned[owner]}, file_name(owner))
            for owner, record in sorted(organisations.items())
        ),
    )


def changed_files(plan: Plan, folder: Path, city: City) -> Outcome:
    """Return what *plan* makes of the files in *folder*; raises InputError when that would not be a city any more."""
    return _Applier(plan, folder, city).outcome()


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the *texts* to *folder*; each file is replaced whole."""
    for name, text in sorted(texts.items()):
        write_text(folder / name, text)


class _Applier:
    """Finds the file of everything, and changes it there."""

    def __init__(self, plan: Plan, folder: Path, city: City) -> None:
        self.plan, self.folder, self.city = plan, folder, city
        self.all_texts = city_texts(str(folder))
        self.key = next(key.rpartition("/")[0] for key in self.all_texts if self._is_own(key))
        self.texts = {key.rpartition("/")[2]: text for key, text in self.all_texts.items() if self._is_own(key)}
        self.needed: dict[str, list[Edit]] = defaultdict(list)
        """By file: edits without which the rest makes no sense."""
        self.wanted: dict[str, list[Edit]] = defaultdict(list)
        """By file: edits that people can make themselves where the file does not allow them line by line."""
        self.made_owner = False
        """Whether an organisation that stands for an unknown owner was added, which names the source."""
        self.found = Outcome()
        self.home: dict[tuple[str, str], tuple[str, tuple[str | int, ...]]] = {}
        """File and path of every component and organisation of this folder."""
        self.file_of: dict[str, str] = {}
        for name, text in self.texts.items():
            self._locate(name, text)

    def outcome(self) -> Outcome:
        """Return the changed texts."""
        for change in self.plan.changes:
            self._change(change)
        for name, need in self.plan.needs:
            place = self._place("component", name)
            if place:
                self.wanted[place[0]].append(Edit((*place[1], "needs", APPEND), need))
        self._add_new()
        named = self.plan.source_is_named or self.made_owner
        if named and self.plan.source["id"] not in self.city.source_by_id:
            self.needed[CITY_FILE].append(Edit(("sources", APPEND), self.plan.source))
        for name in sorted({*self.needed, *self.wanted}):
            self.found.texts[name] = self._edited(name)
        self._check()
        return self.found

    def _edited(self, name: str) -> str:
        """Return the text of a file after its edits; those that it does not allow are left to people."""
        taken = self.needed[name]
        text = self._tried(name, taken)
        waiting = [self.wanted[name]] if self.wanted[name] else []
        while waiting:
            steps = waiting.pop(0)
            try:
                text = self._tried(name, [*taken, *steps])
            except InputError as error:
                if len(steps) == 1:
                    self.found.by_hand += error.problems
                else:
                    half = len(steps) // 2
                    waiting = [steps[:half], steps[half:], *waiting]
            else:
                taken = [*taken, *steps]
        return text

    def _tried(self, name: str, edits: Sequence[Edit]) -> str:
        return edited(self.texts[name], edits, str(self.folder / name))

    def _is_own(self, key: str) -> bool:
        return key.rpartition("/")[0] == (self.folder.resolve().name or "city")

    def _locate(self, name: str, text: str) -> None:
        data = read(text, name).document
        said = data.data if data else None
        if not isinstance(said, dict):
            return
        organisation = said.get("organisation")
        if isinstance(organisation, dict):
            self.home["organisation", str(organisation.get("id"))] = (name, ("organisation",))
            self.file_of[str(organisation.get("id"))] = name
        for key in ("components", "functions"):
            for number, part in enumerate(said.get(key) or ()):
                if isinstance(part, dict):
                    self.home["component", str(part.get("id"))] = (name, (key, number))

    def _place(self, thing: str, name: str) -> tuple[str, tuple[str | int, ...]] | None:
        """Return where a thing stands; one of an included city is not changed from here."""
        place = self.home.get((thing, name))
        if place is None:
            what = _("'{id}' belongs to an included city and was not changed", id=name)
            self.found.by_hand.append(Problem(name, 0, 0, "", what, _("change it in the folder of that city")))
        return place

    def _change(self, change: Change) -> None:
        place = self._place(change.thing, change.id)
        if place is not None:
            order = _COMPONENT_ORDER if change.thing == "component" else _ORGANISATION_ORDER
            edit = Edit((*place[1], *change.path), change.after, order if len(change.path) == 1 else ())
            self.wanted[place[0]].append(edit)

    def _add_new(self) -> None:
        """Add new components to the files of their owners, and new organisations as files of their own."""
        organisations = {claim.id: claim for claim in self.plan.new if claim.thing == "organisation"}
        owned: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.plan.new:
            if claim.thing == "component":
                owned[str(record_of(claim).get("organisation") or NOBODY)].append(claim)
        for owner in [*organisations, *(name for name in owned if name not in organisations)]:
            functions = [self._record(claim) for claim in owned[owner] if self._is_function(claim)]
            parts = [self._record(claim) for claim in owned[owner] if not self._is_function(claim)]
            if functions:
                self.needed[CITY_FILE] += [Edit(("functions", APPEND), record) for record in functions]
            if owner in self.file_of:
                if parts:
                    self.needed[self.file_of[owner]] += [Edit(("components", APPEND), record) for record in parts]
            elif parts or owner in organisations:
                name = self._free_name(owner)
                record = record_of(organisations[owner]) if owner in organisations else self._organisation(owner)
                file = _fitted(OrganisationFile, {"organisation": record, "components": parts}, name)
                self.found.texts[name] = file_text(file)

    def _organisation(self, name: str) -> dict[str, Any]:
        """Return the organisation of new components whose owner has no file here."""
        if name in self.city.organisation_by_id:
            what = _("the organisation '{id}' belongs to an included city; new components cannot be put there", id=name)
            raise InputError.because(what, _("give the components another owner, with --organisation"))
        self.made_owner = True
        return plain(stand_in_owner(name, self.plan.source["id"]))

    def _free_name(self, owner: str) -> str:
        name = file_name(owner)
        while name in self.texts or name in self.found.texts:
            name = f"import-{name}"
        return name

    def _is_function(self, claim: Claim) -> bool:
        return bool(record_of(claim)["kind"] == "function" and claim.needs)

    def _record(self, claim: Claim) -> dict[str, Any]:
        """Return a new component as it stands in a file, checked and in the order of the schema."""
        record = record_of(claim)
        if not self._is_function(claim):
            record.pop("organisation", None)
            if record["kind"] == "function":
                record["kind"] = "service"
        return plain(_fitted(Component, record, claim.place))

    def _check(self) -> None:
        """Load what would be written; raises InputError with every fault in it."""
        fresh = {f"{self.key}/{name}": text for name, text in self.found.texts.items()}
        load_city_from_texts({**self.all_texts, **fresh})


def _fitted(model: type[Model], data: dict[str, Any], place: str) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = describe(model, data, error.errors(include_url=False, include_input=False))
    raise InputError(Problem(place, 0, 0, path_text(fault.path, data), fault.what, fault.repair) for fault in faults)


def today() -> dt.date:
    """Return the date of a source that is read now."""
    return dt.datetime.now().astimezone().date()
