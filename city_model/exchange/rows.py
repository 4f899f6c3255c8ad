"""From the rows of a table to claims about the city: references resolved, faults told row by row."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

from city_model.exchange.cells import names_in, says_nothing, value_of
from city_model.exchange.claims import Claim, Claims, Remark, RowFault
from city_model.exchange.column_map import Chosen, Column, ColumnMap, FieldName
from city_model.exchange.matching import Known, Match, components_of, organisations_of
from city_model.exchange.names import Names, external_tag, same_name
from city_model.exchange.tables import Cell, Row
from city_model.partner.kinds import AnswerFault
from city_model.schema import STOPPING_KINDS, City
from resilience.base.language import _

_LINES: Final[tuple[FieldName, ...]] = ("product", "owner", "steward", "approver", "contract_end", "tlp", "kind")
_COUNTS: Final[tuple[FieldName, ...]] = ("residents", "vulnerable", "minimum_level", "restart_lag")
_PAIRS: Final = ("mtd", "rto", "rpo")
_ASPECTS: Final[tuple[FieldName, ...]] = ("availability", "integrity", "confidentiality")
_OWNERS: Final[tuple[FieldName, ...]] = ("organisation", "operator", "supplier")
_ROLE: Final = {
    "nl": "Overgenomen uit een tabel; waarvoor de stad ervan afhangt, moet nog worden ingevuld.",
    "en": "Taken from a table; what the city depends on it for is still to be filled in.",
}


@dataclass
class _Read:
    """The values of one row, by field."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    needs: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, kind, and which end the name is."""
    claim: Claim | None = None
    lost_zeros: bool = False


def claims_of(chosen: Chosen, city: City | None, *, file: str, date: dt.date, owner: str | None = None) -> Claims:
    """Return what the rows of *chosen* say about *city*; a faulty row says nothing, and its faults are told."""
    return _Reader(chosen, city, file, date, owner).claims()


class _Reader:
    """Reads all rows first, so that a row may name another one below it."""

    def __init__(self, chosen: Chosen, city: City | None, file: str, date: dt.date, owner: str | None) -> None:
        self.chosen, self.city, self.owner = chosen, city, owner
        self.map: ColumnMap = chosen.map
        self.components = components_of(city, chosen.map.system)
        self.organisations = organisations_of(city)
        self.on_map = {part.id for part in city.components} if city else set()
        self.organisations_on_map = {item.id for item in city.organisations} if city else set()
        taken = {source.id for source in city.sources} if city else set()
        self.names = Names({*self.on_map, *self.organisations_on_map, *taken})
        self.source = f"import-{self.map.name}-{date.isoformat()}"[:80].rstrip("-")
        source = {
            "id": self.source,
            "kind": "document",
            "reference": f"{self.map.reference}, bestand {file}",
            "date": date.isoformat(),
            "by": "kaartbeheerder",
            "confidence": "one_sided",
        }
        self.found = Claims(source)
        self.by_id: dict[str, Claim] = {}
        self.said_by: dict[str, int] = {}
        self.functions_coming: dict[str, str] = {}
        """City functions among the rows, with their names."""
        self.groups: dict[tuple[str, str], dict[str, Any]] = {}
        """The needs of rows that name a group, by dependent and group."""

    def claims(self) -> Claims:
        """Return what all rows say."""
        rows = [read for row in self.chosen.table.rows if (read := self._read(row))]
        if self.map.about == "need":
            for read in rows:
                self._take_need_row(read)
            self._settle_groups()
        else:
            kept = [read for read in rows if self._identify(read)]
            self.functions_coming = {read.claim.id: str(read.values["name"]) for read in kept
                                     if read.claim and read.values.get("kind") == "function"}  # fmt: skip
            for read in kept:
                self._fill(read)
            for read in kept:
                self._take_needs(read)
            self._make_services()
        self.found.counts[_("rows read")] = len(self.chosen.table.rows)
        return self.found

    def _read(self, row: Row) -> _Read | None:
        """Return the values of *row*; None when it is passed over or faulty."""
        read = _Read(row.number)
        faults = len(self.found.faults)
        for name, place in self.chosen.columns.items():
            cell = row.cells[place] if place < len(row.cells) else Cell("")
            if says_nothing(cell):
                continue
            try:
                read.values[name] = value_of(name, cell, self.map.columns[name])
            except AnswerFault as fault:
                self._fault(row.number, self.chosen.table.headers[place], fault.what, fault.repair)
        for column, place in self.chosen.needs:
            cell = row.cells[place] if place < len(row.cells) else Cell("")
            try:
                names = [] if says_nothing(cell) else names_in(cell, column.separator)
            except AnswerFault as fault:
                self._fault(row.number, self.chosen.table.headers[place], fault.what, fault.repair)
                continue
            read.needs += [(name, column.kind, column.names) for name in names]
        for name, words in self.map.leave_out.items():
            if same_name(str(read.values.get(name, ""))) in {same_name(word) for word in words}:
                self.found.counts[_("passed over ({value})", value=read.values[name])] += 1
                return None
        return read if len(self.found.faults) == faults else None

    def _identify(self, read: _Read) -> bool:
        """Decide which thing *read* is about; returns whether it says something that no other row said."""
        name = str(read.values.get("name", ""))
        if not name:
            header = self._header("name")
            self._fault(read.number, header, _("this row has no name"), _("fill it in, or remove the row"))
            return False
        about_component = self.map.about == "component"
        known = self.components if about_component else self.organisations
        external = str(read.values.get("external_id", ""))
        own = str(read.values.get("id", ""))
        match = known.find(own) if own and not external else Match(None, "new")
        match = match if match.how == "id" else known.find(name, external)
        if match.how == "several":
            what = _("more than one thing on the map is called '{name}': {ids}", name=name,
                     ids=", ".join(match.candidates))  # fmt: skip
            self._fault(read.number, self._header("name"), what, _("give a column with an id"))
            return False
        if match.id and match.id in self.by_id and not (external and match.how == "name"):
            text = _("says something about the same thing as row {row}; the first one was kept",
                     row=self.said_by[match.id])  # fmt: skip
            self._remark(read.number, text)
            return False
        if match.id in self.by_id:
            match = Match(None, "new")  # another id of the other system under a name that came in before
        self._say_how(read, match, name, external)
        on_map = self.on_map if about_component else self.organisations_on_map
        thing = match.id or self.names.fresh(own or name, f"rij-{read.number}")
        place = _("row {row}", row=read.number)
        read.claim = Claim("component" if about_component else "organisation", thing, place, known=thing in on_map)
        known.add(thing, [name], external=external)
        self.by_id[thing] = read.claim
        self.said_by[thing] = read.number
        self.found.things.append(read.claim)
        return True

    def _say_how(self, read: _Read, match: Match, name: str, external: str) -> None:
        if match.how == "zeros":
            read.lost_zeros = True
            self._remark(read.number, _("its id {id} lost its zeros; it was taken for {name}", id=external,
                                        name=match.id))  # fmt: skip
        elif match.how == "new" and match.alike:
            self._remark(read.number, _("'{name}' is new; did you mean '{alike}'?", name=name, alike=match.alike))

    def _fill(self, read: _Read) -> None:
        """Let the claim of *read* say what its row says."""
        claim, values = read.claim, read.values
        assert claim is not None  # noqa: S101 - only identified rows come here
        said: dict[str, Any] = {"name": {"nl": values["name"], "en": values.get("name_en", values["name"])}}
        if claim.thing == "organisation":
            role = values.get("role")
            claim.data = said | ({"sector": values["sector"]} if "sector" in values else {})
            claim.data |= {"role": {"nl": role, "en": role}} if role else {}
            claim.defaults = {"sector": self.map.defaults.get("sector", "ict"), "role": _ROLE, "source": self.source}
            return
        if "description" in values:
            said["description"] = {"nl": values["description"],
                                   "en": values.get("description_en", values["description"])}  # fmt: skip
        said |= {name: values[name] for name in _LINES if name in values}
        said |= {name: self._figure(values[name]) for name in _COUNTS if name in values}
        for pair in _PAIRS:
            ends = {end: self._figure(values[f"{pair}_{end}"]) for end in ("required", "capable")
                    if f"{pair}_{end}" in values}  # fmt: skip
            if ends:
                said[pair] = ends
        said |= self._biv(read)
        for name in _OWNERS:
            if name in values:
                said[name] = self._organisation(str(values[name]), read.number, supplies=name == "supplier")
        said |= self._references(read)
        told = "external_id" in values and not read.lost_zeros
        tags = [*([external_tag(str(values["external_id"]), self.map.system)] if told else []), *values.get("tags", ())]
        if tags:
            said["tags"] = list(dict.fromkeys(tags))
        claim.data = said
        claim.defaults = {"kind": self.map.defaults.get("kind", "application")}
        if self.owner:
            claim.defaults["organisation"] = self.owner

    def _biv(self, read: _Read) -> dict[str, Any]:
        levels = read.values.get("biv") or {name: read.values[name] for name in _ASPECTS if name in read.values}
        if not levels:
            return {}
        if len(levels) < len(_ASPECTS):
            lacking = ", ".join(name for name in _ASPECTS if name not in levels)
            self._remark(read.number, _("its BIV was not taken: no level from 1 to 3 for {names}", names=lacking))
            return {}
        reason = str(read.values.get("biv_reason") or self.map.reference)
        return {"biv": {**levels, "reason": reason, "source": self.source}}

    def _references(self, read: _Read) -> dict[str, Any]:
        """Return district and functions, which must be on the map; a name that is not there is told."""
        found: dict[str, Any] = {}
        districts, functions = Known(), Known()
        for district in self.city.districts if self.city else ():
            districts.add(district.id, (district.name.nl, district.name.en))
        for function in self.city.functions if self.city else ():
            functions.add(function.id, (function.name.nl, function.name.en))
        for thing, called in self.functions_coming.items():
            functions.add(thing, [called])
        if "district" in read.values:
            match = districts.find(str(read.values["district"]))
            if match.id:
                found["district"] = match.id
            else:
                self._unknown(read.number, "district", str(read.values["district"]), match)
        kept = []
        for name in read.values.get("functions", ()):
            match = functions.find(name)
            if match.id:
                kept.append(match.id)
            else:
                self._unknown(read.number, "functions", name, match)
        return found | ({"functions": kept} if kept else {})

    def _organisation(self, name: str, row: int, *, supplies: bool) -> str:
        """Return the organisation that a cell names; one that is new comes along as a claim of its own."""
        match = self.organisations.refer(name)
        if match.id:
            return match.id
        if match.alike:
            self._remark(row, _("the organisation '{name}' is new; did you mean '{alike}'?", name=name,
                                alike=match.alike))  # fmt: skip
        thing = self.names.fresh(name, f"organisatie-rij-{row}")
        sector = "ict" if supplies else "government"
        defaults = {"sector": sector, "role": _ROLE, "source": self.source}
        claim = Claim("organisation", thing, _("row {row}", row=row), known=False,
                      data={"name": {"nl": name, "en": name}}, defaults=defaults, only_if_named=True)  # fmt: skip
        self.organisations.add(thing, [name])
        self.found.things.append(claim)
        return thing

    def _take_needs(self, read: _Read) -> None:
        assert read.claim is not None  # noqa: S101 - only identified rows come here
        for name, kind, which in read.needs:
            other = self._component(name, read.number, self._need_header(which))
            if other is None:
                continue
            ends = (read.claim.id, other) if which == "providers" else (other, read.claim.id)
            self._add_need(read.number, *ends, {"kind": kind})

    def _make_services(self) -> None:
        """Let a new city function that needs nothing be a service, and nobody belong to it: the map takes no other."""
        for name, claim in self.by_id.items():
            if (
                claim.thing == "component"
                and not claim.known
                and claim.data.get("kind") == "function"
                and not claim.needs
            ):
                claim.data["kind"] = "service"
                text = _("'{id}' needs nothing, so it became a service and not a city function", id=name)
                self.found.remarks.append(Remark(claim.place, text))
                for other in self.found.things:
                    if name in other.data.get("functions", ()):
                        other.data["functions"] = [part for part in other.data["functions"] if part != name]

    def _take_need_row(self, read: _Read) -> None:
        """Take in a row that is a need itself, with the direction and the broker that couplings have."""
        values = read.values
        needed: tuple[FieldName, ...] = ("dependent", "provider")
        named: tuple[FieldName, ...] = (*needed, "broker")
        lacking = [name for name in needed if name not in values]
        for name in lacking:
            self._fault(read.number, self._header(name), _("this row has no {end}", end=name),
                        _("fill it in, or remove the row"))  # fmt: skip
        ends = {name: self._component(str(values[name]), read.number, self._header(name))
                for name in named if name in values}  # fmt: skip
        if lacking or any(ends[name] is None for name in needed):
            return
        if values.get("need_role", "level") != "level":
            self._remark(read.number, _("needs of a fallback or a repair are not taken from a table"))
            return
        fields = self._need_fields(values)
        pair = (str(ends["dependent"]), str(ends["provider"]))
        direction = values.get("direction", "forward")
        pairs = {"forward": [pair], "backward": [pair[::-1]], "both": [pair, pair[::-1]]}[direction]
        for dependent, provider in pairs:
            self._add_need(read.number, dependent, provider, fields, str(values.get("need", "")), values.get("share"))
            broker = ends.get("broker")
            if broker and broker not in {dependent, provider}:
                self._add_need(read.number, dependent, broker, {**fields, "confidence": "derived"})

    def _need_fields(self, values: dict[str, Any]) -> dict[str, Any]:
        kind = values.get("need_kind", self.map.defaults.get("need_kind", "data"))
        fields: dict[str, Any] = {"at_least": values["at_least"]} if "at_least" in values else {}
        fields["kind"] = kind
        if "phase" in values and values["phase"] != ("both" if kind in STOPPING_KINDS else "run"):
            fields["phase"] = values["phase"]
        if values.get("loses", ["availability"]) != ["availability"]:
            fields["loses"] = values["loses"]
        for name in ("strength", "criticality", "buffer", "recharge"):
            if name in values:
                fields[name] = self._figure(values[name])
        return fields | {name: values[name] for name in ("contract", "note") if name in values}

    def _add_need(
        self, row: int, dependent: str, provider: str, fields: dict[str, Any], group: str = "", share: int | None = None
    ) -> None:
        """Add one provider to the needs of *dependent*: to a need of its own, or to that of its *group*."""
        if dependent == provider:
            self._remark(row, _("'{id}' depends on itself; that was left out", id=dependent))
            return
        claim = self.by_id.get(dependent)
        if claim is None:
            claim = Claim("component", dependent, _("row {row}", row=row), known=True)
            self.by_id[dependent] = claim
            self.found.things.append(claim)
        known = self.groups.get((dependent, group)) if group else None
        if known is None:
            if not group and any(provider in need.get("providers", ()) for need in claim.needs):
                return
            ends: dict[str, Any] = {"shares": {}} if share else {"providers": []}
            named = {"id": group} if group and not group.startswith(f"{dependent}>") else {}
            known = {**named, **ends, **fields, "source": self.source}
            claim.needs.append(known)
            self.groups[dependent, group] = known
        if "shares" in known:
            known["shares"].setdefault(provider, share or 1)
            known.pop("at_least", None)
        elif provider not in known["providers"]:
            known["providers"].append(provider)

    def _settle_groups(self) -> None:
        """Leave out how many of a group are needed where that is all of them, or more than there are."""
        for need in (need for claim in self.by_id.values() for need in claim.needs):
            if need.get("at_least", 0) >= len(need.get("providers", ())):
                need.pop("at_least", None)

    def _component(self, name: str, row: int, header: str) -> str | None:
        match = self.components.refer(name)
        if match.id:
            return match.id
        if match.how == "several":
            what = _("more than one thing on the map is called '{name}': {ids}", name=name,
                     ids=", ".join(match.candidates))  # fmt: skip
            self._fault(row, header, what, _("use its id"))
        else:
            what = _("there is no component called '{name}'", name=name)
            repair = _("did you mean {name}?", name=match.alike) if match.alike else _("add it first, or correct it")
            self._fault(row, header, what, repair)
        return None

    def _unknown(self, row: int, name: FieldName, text: str, match: Match) -> None:
        what = _("there is no {field} called '{name}' on the map", field=name, name=text)
        repair = _("did you mean {name}?", name=match.alike) if match.alike else _("add it first, or correct it")
        self._fault(row, self._header(name), what, repair)

    def _figure(self, value: object) -> dict[str, object]:
        return {"value": value, "source": self.source}

    def _header(self, name: FieldName) -> str:
        place = self.chosen.columns.get(name)
        column: Column | None = self.map.columns.get(name)
        return self.chosen.table.headers[place] if place is not None else (column.headers[0] if column else name)

    def _need_header(self, which: str) -> str:
        return next((self.chosen.table.headers[at] for column, at in self.chosen.needs if column.names == which), "")

    def _remark(self, row: int, text: str) -> None:
        self.found.remarks.append(Remark(_("row {row}", row=row), text))

    def _fault(self, row: int, column: str, what: str, repair: str) -> None:
        self.found.faults.append(RowFault(_("row {row}", row=row), column, what, repair))
