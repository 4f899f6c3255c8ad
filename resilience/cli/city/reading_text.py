"""What `resilience city compare`, `contacts` and `quality` show."""

from collections.abc import Mapping, Sequence

from city_model.areas import Department, Known, areas, departments
from city_model.compare import SUBJECTS, Change, Kind, Subject
from city_model.contacts import Call, Why
from city_model.deadlines import Deadline
from city_model.field_words import field_word
from city_model.naming import listed, name_of, names_of, organisation_name
from city_model.quality import Quality, QualityReport, Share
from city_model.schema import City, Contact
from resilience.analysis.compare_cascades import CascadeChange
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.cli.city.text import Page, Table
from resilience.cli.text_block import INDENT, block, more_words

SIGNS: dict[Kind, str] = {"added": "+", "removed": "-", "changed": "~"}
MOST_COMPONENTS = 3
MOST_ORGANISATIONS = 20
MOST_OWNERS = 3


def compare_page(
    cities: tuple[City, City], changes: Sequence[Change], cascades: Sequence[CascadeChange] | None, horizon: int
) -> Page:
    """Return what changed from the first city to the second, and what that does to its top cascades."""
    old, new = cities
    parts: list[str | Table] = [_change_summary(changes)]
    for subject in SUBJECTS:
        rows = _change_rows([one for one in changes if one.subject == subject])
        if rows:
            parts += ["", Table(("", f"{_subject_word(subject)} ({len(rows)})"), rows)]
    if cascades is not None:
        parts += ["", block(_cascade_title(cascades, horizon))]
        if cascades:
            parts.append(_cascade_table(old, new, cascades))
    data: dict[str, object] = {
        "before": old.id,
        "after": new.id,
        "changes": [one.to_json() for one in changes],
        "cascades": None if cascades is None else [one.to_json() for one in cascades],
        "horizon": horizon,
    }
    return Page(tuple(parts), data)


def calls_page(city: City, failing: str, calls: Sequence[Call]) -> Page:
    """Return the call list for the failure of one component, in call order."""
    parts: list[str | Table] = [_("Whom to call when {name} fails", name=name_of(city, failing))]
    for number, call in enumerate(calls, start=1):
        who = organisation_name(city, call.organisation) or _("nobody in this map")
        parts += ["", block(f"{number:2}. {who}: {_because(call)}"), *_call_lines(city, call)]
    if any(call.assumed and call.minutes for call in calls):
        parts += ["", _("~ rests on a figure or need that nobody confirmed")]
    silent = sum(not call.contacts for call in calls)
    if silent:
        parts.append(
            ngettext(
                "{number} organisation has no contact; write it in contacts.local.yaml.",
                "{number} organisations have no contact; write them in contacts.local.yaml.",
                silent,
            )
        )
    data: dict[str, object] = {"city": city.id, "failing": failing, "calls": [call.to_json() for call in calls]}
    return Page(tuple(parts), data)


def quality_page(
    city: City, report: QualityReport, coming: Sequence[Deadline], only: str | None, *, every: bool
) -> Page:
    """Return the quality of the map per organisation and sector, what is missing, and what is due.

    With *only* that organisation alone, with its departments; *every* shows all organisations, not the least complete
    ones alone. Of the whole map also whether it says enough about each city function.
    """
    parts_shown = [part for part in report.organisations if only in {None, part.id}]
    due = [one for one in coming if only in {None, one.organisation}]
    parts: list[str | Table] = [_("{name}, as seen on {day}", name=city.name, day=report.on), ""]
    known = areas(city) if only is None else {}
    inside = departments(city, only) if only else ()
    if only is None:
        parts += [_areas_table(city, known), "", _quality_table(_("Sector"), [*report.sectors, report.whole]), ""]
    first = parts_shown if every else parts_shown[:MOST_ORGANISATIONS]
    parts.append(_quality_table(_("Organisation"), first))
    more = len(parts_shown) - len(first)
    if more:
        parts.append(more_words(more, "--all"))
    if len(inside) > 1:
        parts += ["", _departments_table(inside)]
    parts += ["", _missing_table(city, parts_shown if only else [report.whole])]
    if due:
        parts += [
            "",
            Table((_("Day"), _("What"), _("Concerns"), _("Organisation")), tuple(_due_rows(city, report, due))),
        ]
    data: dict[str, object] = {
        "city": city.id,
        "as_of": report.on.isoformat(),
        "whole": report.whole.to_json(),
        "functions": {function: one.to_json() for function, one in known.items()},
        "departments": [one.to_json() for one in inside],
        "sectors": [part.to_json() for part in report.sectors],
        "organisations": [part.to_json() for part in parts_shown],
        "deadlines": [one.to_json(report.on) for one in due],
    }
    return Page(tuple(parts), data)


def contact_words(contact: Contact) -> str:
    """Return a contact as a role and how it is reached."""
    reached = " ".join(part for part in (contact.phone, contact.email) if part)
    return f"{contact.role}: {reached}" if reached else str(contact.role)


def _change_summary(changes: Sequence[Change]) -> str:
    if not changes:
        return _("Both maps say the same.")
    counts = {kind: sum(one.kind == kind for one in changes) for kind in SIGNS}
    return _("{added} added (+), {removed} removed (-), {changed} changed (~)", **counts)


def _change_rows(changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """Return a row for each record, with all that changed in it."""
    grouped: dict[tuple[str, Kind], list[Change]] = {}
    for one in changes:
        grouped.setdefault((one.place, one.kind), []).append(one)
    rows = []
    for (_place, kind), same in grouped.items():
        said = "; ".join(one.said for one in same if one.said)
        rows.append((SIGNS[kind], f"{same[0].about}: {said}" if said else same[0].about))
    return tuple(rows)


def _subject_word(subject: Subject) -> str:
    return {
        "function": _("City functions"),
        "component": _("Components"),
        "organisation": _("Organisations"),
        "need": _("Dependencies"),
        "figure": _("Figures"),
        "impact": _("What a loss does to people and money"),
        "team": _("Teams"),
        "path": _("Access paths"),
        "measure": _("Measures"),
        "source": _("Sources"),
    }[subject]


def _cascade_title(cascades: Sequence[CascadeChange], horizon: int) -> str:
    time = format_duration(horizon)
    if not cascades:
        return _("No single failure costs residents anything within {time}.", time=time)
    if all(one.difference == 0 for one in cascades):
        return _("The worst single failures cost residents the same as before (thousands of resident-hours in {time}):",
                 time=time)  # fmt: skip
    return _("What it does to the worst single failures (thousands of resident-hours lost in {time}):", time=time)


def _cascade_table(old: City, new: City, cascades: Sequence[CascadeChange]) -> Table:
    rows = [
        (
            name_of(new if one.component in new.component_by_id else old, one.component),
            _rank(one.rank_before),
            _rank(one.rank_after),
            _("not there") if one.before is None else _thousands(one.before),
            _("not there") if one.after is None else _thousands(one.after),
            _signed(one.difference),
        )
        for one in cascades
    ]
    headers = (
        _("Fails alone"),
        _("Place before"),
        _("Place after"),
        _("Loss before"),
        _("Loss after"),
        _("Difference"),
    )
    return Table(headers, tuple(rows))


def _rank(rank: int | None) -> str:
    return "-" if rank is None else str(rank)


def _thousands(lost: int) -> str:
    """Return a loss in thousands of resident-hours with one decimal, rounded by whole numbers."""
    tenths = (abs(lost) * 10 + 3_000_000) // 6_000_000
    return f"{tenths // 10}.{tenths % 10}"


def _signed(difference: int) -> str:
    if difference == 0:
        return "="
    return f"{'+' if difference > 0 else '-'}{_thousands(difference)}"


def _because(call: Call) -> str:
    """Return why an organisation is called, and from when on."""
    words: dict[Why, str] = {
        "repairs": _("runs and repairs it"),
        "owns": _("owns it"),
        "supplies": _("supplies it"),
        "lost": _("loses what it runs"),
        "weakened": _("is weakened"),
        "cause": _("may be the cause"),
    }
    if call.why not in {"lost", "cause"} or call.minutes is None:
        return words[call.why]
    if call.minutes == 0:
        return _("{why}, at once", why=words[call.why])
    time = f"{format_duration(call.minutes)}{' ~' if call.assumed else ''}"
    return _("{why}, after {time}", why=words[call.why], time=time)


def _call_lines(city: City, call: Call) -> list[str]:
    about = _("about {components}", components=names_of(city, call.components, MOST_COMPONENTS))
    reached = [*map(contact_words, call.contacts)] or [_("no contact in the map")]
    return [block(text, 2 * INDENT) for text in (about, *reached)]


def _areas_table(city: City, known: Mapping[str, Known]) -> Table:
    """Return per city function whether the map says enough about it and its chain."""
    rows = tuple(
        (name_of(city, function), one.components, _per_cent(one.completeness), _per_cent(one.confidence),
         _("yes") if one.enough else _("no"))
        for function, one in known.items()
    )  # fmt: skip
    headers = (_("City function"), _("Components"), _("Complete"), _("Confirmed"), _("Enough to rely on"))
    return Table(headers, rows)


def _departments_table(inside: Sequence[Department]) -> Table:
    rows = tuple(
        (one.owner or _("nobody"), one.known.components, _per_cent(one.known.completeness),
         _per_cent(one.known.confidence), listed(one.needs_from, MOST_OWNERS), listed(one.needed_by, MOST_OWNERS))
        for one in inside
    )  # fmt: skip
    headers = (_("Owner of the record"), _("Components"), _("Complete"), _("Confirmed"), _("Needs from"),
               _("Is needed by"))  # fmt: skip
    return Table(headers, rows)


def _quality_table(title: str, parts: Sequence[Quality]) -> Table:
    rows = tuple(
        (part.name, part.components, *(_per_cent(share) for share in
         (part.completeness, part.freshness, part.confidence, part.consistency)), part.overdue[0])
        for part in parts
    )  # fmt: skip
    headers = (title, _("Components"), _("Complete"), _("Fresh"), _("Confirmed"), _("Consistent"), _("Overdue"))
    return Table(headers, rows)


def _per_cent(share: Share) -> str:
    return "-" if share.per_cent is None else f"{share.per_cent}%"


def _missing_table(city: City, parts: Sequence[Quality]) -> Table:
    rows = tuple(
        (field_word(name), len(places), _places(city, places))
        for part in parts
        for name, places in part.missing.items()
    )
    return Table((_("Missing field"), _("Records"), _("Among them")), rows)


def _places(city: City, places: Sequence[str]) -> str:
    known = [place for place in places if place in city.component_by_id]
    if known:
        return names_of(city, known, MOST_COMPONENTS)
    names = [organisation_name(city, place) for place in places[:MOST_COMPONENTS]]
    return ", ".join(names) + (" …" if len(places) > MOST_COMPONENTS else "")


def _due_rows(city: City, report: QualityReport, due: Sequence[Deadline]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for one in due:
        if one.kind == "review":
            what = ngettext("review of {number} figure", "review of {number} figures", one.number)
        else:
            what = _("contract ends") if one.kind == "contract" else _("{name} ends", name=one.name)
        day = f"{one.day} !" if one.is_past(report.on) else str(one.day)
        owner = organisation_name(city, one.organisation) or str(city.name)
        rows.append((day, what, name_of(city, one.place) if one.kind != "review" else "", owner))
    return rows
