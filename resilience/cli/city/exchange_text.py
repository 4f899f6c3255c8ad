"""What `resilience city import` and `export` show: tables and JSON about what comes in and what stays behind."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from city_model.exchange.importing import Prepared
from city_model.schema import City
from city_model.yaml_writer import flow_text
from resilience.base.language import _
from resilience.base.problems import Problem

MOST_ROWS = 40
"""Rows of one table on the screen; the report and --json hold all of them."""
LONGEST_VALUE = 60
Table = tuple[str, tuple[str, ...], list[tuple[object, ...]]]
"""A line above the table, its headings, its rows."""


def preview_tables(prepared: Prepared) -> list[Table]:
    """Return what an import would do, as tables."""
    tables = [_summary(prepared)]
    plan = prepared.plan
    if prepared.imported is not None:
        tables += _left_behind(prepared)
    if plan.new and prepared.city is not None:
        new = [(claim.place, claim.id, str(claim.data.get("name", {}).get("nl", ""))) for claim in plan.new]
        tables.append(_cut(_("New"), (_("Where"), _("Id"), _("Name")), new))
    if plan.changes:
        changes = [
            (change.place, change.id, ".".join(change.path), _shown(change.before), _shown(change.after))
            for change in plan.changes
        ]
        headers = (_("Where"), _("Id"), _("Field"), _("Now"), _("Becomes"))
        tables.append(_cut(_("Changes"), headers, changes))
    if plan.needs and prepared.city is not None:
        needs = [(name, ", ".join(need.get("providers", ())), need["kind"]) for name, need in plan.needs]
        tables.append(_cut(_("New dependencies"), (_("Id"), _("Depends on"), _("Kind")), needs))
    if plan.conflicts:
        conflicts = [
            (item.id, ".".join(item.path), _shown(item.before), _shown(item.after), item.why) for item in plan.conflicts
        ]
        headers = (_("Id"), _("Field"), _("On the map"), _("In the file"), _("Why it stays"))
        tables.append(_cut(_("Conflicts: the map stays as it is"), headers, conflicts))
    if prepared.by_hand:
        hand = [(problem.file, problem.path, problem.what) for problem in prepared.by_hand]
        tables.append(_cut(_("To be changed by hand"), (_("File"), _("Where"), _("Why")), hand))
    if plan.remarks:
        remarks = [(remark.place, remark.what) for remark in plan.remarks]
        tables.append(_cut(_("Remarks"), (_("Where"), _("What")), remarks))
    return tables


def preview_json(prepared: Prepared, written: Sequence[str]) -> dict[str, Any]:
    """Return the same for a program, complete."""
    plan, imported = prepared.plan, prepared.imported
    data: dict[str, Any] = {
        "into": str(prepared.order.into),
        "written": list(written),
        "new_city": prepared.city is None,
        "counts": dict(prepared.counts),
        "new": [{"thing": claim.thing, "id": claim.id, "place": claim.place} for claim in plan.new],
        "changes": [
            {"id": item.id, "field": ".".join(item.path), "before": item.before, "after": item.after,
             "place": item.place} for item in plan.changes
        ],
        "new_needs": [{"dependent": name, **need} for name, need in plan.needs],
        "conflicts": [
            {"id": item.id, "field": ".".join(item.path), "map": item.before, "file": item.after, "why": item.why}
            for item in plan.conflicts
        ],
        "unchanged": plan.same,
        "remarks": [{"place": item.place, "what": item.what} for item in plan.remarks],
        "faults": [
            {"place": item.place, "column": item.column, "what": item.what, "repair": item.repair}
            for item in prepared.faults
        ],
        "by_hand": [str(problem) for problem in prepared.by_hand],
    }  # fmt: skip
    if prepared.chosen is not None:
        data["map"] = prepared.chosen.map.name
        data["unused_columns"] = list(prepared.chosen.unused)
    if imported is not None:
        data["relations"] = dict(imported.relations)
        data["circles"] = imported.circles
        data["unused_properties"] = dict(imported.unused)
        data["left"] = [
            {"fate": left.fate, "type": left.relation.type, "id": left.relation.id, "source": left.relation.source,
             "target": left.relation.target, "reason": left.reason, "about": left.about} for left in imported.left
        ]  # fmt: skip
        data["notices"] = [{"place": notice.place, "what": notice.what} for notice in imported.notices]
    return data


def fault_problems(prepared: Prepared) -> list[Problem]:
    """Return the faults of rows as the program tells all faults."""
    file = str(prepared.order.file)
    return [
        Problem(file, 0, 0, ", ".join(part for part in (fault.place, fault.column) if part), fault.what, fault.repair)
        for fault in prepared.faults
    ]


def _summary(prepared: Prepared) -> Table:
    plan, imported = prepared.plan, prepared.imported
    rows: list[tuple[object, ...]] = [(what, number) for what, number in prepared.counts.items() if number]
    if imported is not None:
        words = {
            "need": _("relations that became a dependency"),
            "owner": _("relations that say who owns or supplies"),
            "ours": _("relations read back as ours"),
            "joined": _("relations that say the same as another one"),
            "dropped": _("relations dropped"),
            "undecided": _("relations undecided"),
        }
        rows += [(words[fate], imported.relations[fate]) for fate in words if imported.relations[fate]]
        rows += [(_("circles of dependencies"), imported.circles)] if imported.circles else []
    if prepared.city is not None:
        rows += [(_("new"), len(plan.new)), (_("fields changed"), len(plan.changes)),
                 (_("dependencies added"), len(plan.needs)), (_("conflicts"), len(plan.conflicts)),
                 (_("unchanged"), plan.same)]  # fmt: skip
    elif prepared.result is not None:
        rows += _size(prepared.result)
    if prepared.chosen is not None:
        title = _("Read with column map '{name}'; columns not used: {columns}", name=prepared.chosen.map.name,
                  columns=", ".join(prepared.chosen.unused) or "-")  # fmt: skip
    elif prepared.model is not None:
        title = _("Read as {dialect}", dialect=prepared.model.dialect)
    else:
        title = ""
    return title, (_("What"), _("Number")), rows


def _size(city: City) -> list[tuple[object, ...]]:
    return [
        (_("organisations in the new city"), len(city.organisations)),
        (_("components in the new city"), len(city.components)),
        (_("dependencies in the new city"), len(city.placed_needs)),
    ]


def _left_behind(prepared: Prepared) -> list[Table]:
    """Return what became no dependency, counted by reason, and the properties that fill no field."""
    imported = prepared.imported
    assert imported is not None  # noqa: S101 - the caller looked
    fates = {"dropped": _("dropped"), "undecided": _("undecided"), "joined": _("joined")}
    counted = Counter((fates[left.fate], left.relation.type, left.reason) for left in imported.left)
    tables: list[Table] = []
    if counted:
        rows: list[tuple[object, ...]] = [(*key, number) for key, number in counted.most_common()]
        headers = (_("What"), _("Type"), _("Why"), _("Number"))
        tables.append(_cut(_("Relations that became no dependency of their own"), headers, rows))
    if imported.unused:
        unused: list[tuple[object, ...]] = list(imported.unused.most_common())
        tables.append(_cut(_("Properties that fill no field"), (_("Property"), _("Number")), unused))
    if imported.notices:
        notices: list[tuple[object, ...]] = [(notice.place, notice.what) for notice in imported.notices]
        tables.append(_cut(_("Notices"), (_("Where"), _("What")), notices))
    return tables


def _cut(title: str, headers: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Table:
    """Return a table of at most MOST_ROWS rows, whose title says how many there are."""
    shown = [tuple(_short(value) for value in row) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        title = _("{title} (the first {shown} of {number})", title=title, shown=MOST_ROWS, number=len(rows))
    return title, headers, shown


def _shown(value: object) -> str:
    return "-" if value is None else flow_text(value) if isinstance(value, (dict, list)) else str(value)


def _short(value: object) -> object:
    if not isinstance(value, str) or len(value) <= LONGEST_VALUE * 2:
        return value
    return f"{value[: LONGEST_VALUE * 2 - 1]}…"
