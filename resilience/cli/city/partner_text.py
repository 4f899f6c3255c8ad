"""What `resilience city merge` shows: what each answer does, and both numbers of every conflict side by side."""

from collections import Counter
from collections.abc import Iterator

from city_model.partner.ledger import Conflict
from city_model.partner.merge import Merged, Merging
from resilience.base.language import _
from resilience.cli.city.text import Page, Table
from resilience.cli.text_block import block

QUIET = {"unchanged"}
"""Actions that are counted, not listed."""


def merge_page(merging: Merging) -> Page:
    """Return what the answers do, file by file, then what is settled and what is open."""
    return Page(tuple(_parts(merging)), _data(merging))


def _parts(merging: Merging) -> Iterator[str | Table]:
    for merged in merging.merged:
        yield from _reply(merged)
    if merging.settled:
        sides = {"theirs": _("their answer"), "ours": _("the map stays")}
        rows = [(conflict.key, sides[side]) for conflict, side in merging.settled]
        yield Table((_("Settled"), _("As")), tuple(rows))
        yield ""
    conflicts = merging.conflicts()
    if conflicts:
        yield block(
            _("Open conflicts; settle each with --settle 'KEY=theirs' or 'KEY=ours'. The key stands on its first line.")
        )
        for conflict in conflicts:
            yield from _conflict(conflict, merging)
    else:
        yield _("No conflict is open.")


def _data(merging: Merging) -> dict[str, object]:
    return {
        "city": merging.city.id,
        "replies": [
            {
                "file": merged.file,
                "organisation": merged.organisation.model_dump(),
                "answers": [
                    {
                        "key": outcome.question.key,
                        "about": outcome.question.about.model_dump(),
                        "question": outcome.question.field.asks.model_dump(),
                        "action": outcome.action,
                        "ours": outcome.ours,
                        "ours_by": outcome.ours_by,
                        "theirs": outcome.theirs,
                    }
                    for outcome in merged.outcomes
                ],
                "new_needs": [{"about": new.about.model_dump(), "known": new.known} for new in merged.new_needs],
            }
            for merged in merging.merged
        ],
        "settled": {conflict.key: side for conflict, side in merging.settled},
        "conflicts": [_conflict_data(conflict, merging) for conflict in merging.conflicts()],
        "faults": [str(problem) for problem in merging.faults],
        "files": list(merging.changed_files()),
    }


def _reply(merged: Merged) -> Iterator[str | Table]:
    words = _actions()
    counts: Counter[str] = Counter(outcome.action for outcome in merged.outcomes)
    found = ", ".join(f"{words[action]} {counts[action]}" for action in words if counts[action])
    added = sum(not new.known for new in merged.new_needs)
    if added:
        found = ", ".join(part for part in (found, _("new dependencies {number}", number=added)) if part)
    said = found or _("no answers")
    yield f"{merged.file}: {merged.organisation}: {said}"
    rows = [
        (words[outcome.action], str(outcome.question.about), str(outcome.question.field.asks), outcome.ours,
         outcome.theirs)
        for outcome in merged.outcomes if outcome.action not in QUIET
    ]  # fmt: skip
    rows += [
        (_("on the map already") if new.known else _("new dependency"), str(new.about), "", "", "")
        for new in merged.new_needs
    ]
    if rows:
        yield Table((_("What"), _("About"), _("Question"), _("On the map"), _("Answer")), tuple(rows))
    yield ""


def _conflict(conflict: Conflict, merging: Merging) -> Iterator[str | Table]:
    """Yield both numbers side by side: who said each, and with what remark."""
    theirs_by = f"{_name(merging, conflict.organisation)}, {conflict.by}"
    yield ""
    yield conflict.key
    yield block(f"{conflict.about}. {conflict.asks}")
    rows = (
        (_("on the map (ours)"), conflict.ours, _name(merging, conflict.ours_by), conflict.ours_remark or "–"),
        (_("the answer (theirs)"), conflict.theirs, theirs_by, conflict.remark or "–"),
    )
    yield Table((_("Where"), _("Value"), _("Said by"), _("Remark")), rows)


def _name(merging: Merging, who: str) -> str:
    """Return the name of the organisation with this id; a role has no other name than itself."""
    organisation = merging.city.organisation_by_id.get(who)
    return str(organisation.name) if organisation else who


def _conflict_data(conflict: Conflict, merging: Merging) -> dict[str, object]:
    names = {
        "ours_by_name": _name(merging, conflict.ours_by),
        "organisation_name": _name(merging, conflict.organisation),
    }
    return conflict.model_dump(mode="json") | names


def _actions() -> dict[str, str]:
    return {
        "new": _("filled in"),
        "changed": _("changed"),
        "stated": _("confirmed by one side"),
        "confirmed": _("confirmed by both sides"),
        "unchanged": _("the same"),
        "noted": _("kept on record"),
        "kept": _("settled before"),
        "conflict": _("conflict"),
    }
