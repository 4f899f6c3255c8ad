"""What ``resilience exercise compare`` shows people in a terminal, and programs as JSON."""

from collections.abc import Sequence
from pathlib import Path

from reports.after_action.model import Played
from reports.what_if import WhatIf, change_words
from resilience.base.language import _
from resilience.cli import output
from resilience.cli.text_block import block
from resilience.exercise.evaluation.counterfactuals import Counterfactual
from resilience.exercise.evaluation.paired import Band, Paired
from resilience.exercise.evaluation.saved_words import band_words, better_words, how_words, left_out_words, signed
from resilience.simulation.metrics import outcomes

Json = dict[str, object]


def write_what_if(played: Played, found: WhatIf, *, as_json: bool) -> None:
    """Write what other choices would have changed, per function and together."""
    if as_json:
        output.json_result(_what_if_as_json(found))
        return
    for line in change_words(played, found):
        output.result(block(line))
    rows = [
        (played.run.names.of(component), signed(saved), band_words(band), better_words(band))
        for component, saved, band in found.rows
    ]
    together = (_("together"), signed(found.saved), band_words(found.total), better_words(found.total))
    headers = [_("city function"), _("saved in this exercise"), _("saved in 90 of 100 tries"), _("better")]
    output.table(headers, [*rows, together])
    output.result(block(how_words(found.paired)))


def write_decisions(
    played: Played, found: Sequence[Counterfactual], bands: Sequence[Paired | None], *, as_json: bool
) -> None:
    """Write what each decision saved; a band, where there is one, the other way round: what leaving it out costs."""
    if as_json:
        output.json_result(
            [
                {
                    "decision": None if one.decision is None else one.decision.seq,
                    "title": None if one.decision is None else played.title(one.decision),
                    "saved_resident_hours": one.saved,
                    "functions": {row.component: row.saved_resident_hours for row in one.changed},
                    **({} if tried is None else {"tries": tried.tries, "band": _band(tried.total.turned)}),
                }
                for one, tried in zip(found, bands, strict=True)
            ]
        )
        return
    if not found:
        output.result(_("No decision in this exercise has an effect in the model."))
        return
    is_tried = any(tried is not None for tried in bands)
    rows = [
        (
            left_out_words(played, one),
            signed(one.saved),
            *([band_words(tried.total.turned) if tried else ""] if is_tried else []),
            ", ".join(played.run.names.of(row.component) for row in one.changed[:3]),
        )
        for one, tried in zip(found, bands, strict=True)
    ]
    tries = [_("saved in 90 of 100 tries")] if is_tried else []
    output.table([_("without"), _("resident-hours saved by it"), *tries, _("differs most for")], rows)
    if is_tried:
        output.result(block(how_words(next(tried for tried in bands if tried))))


def write_groups(
    files: Sequence[Path], groups: Sequence[Played], bands: Sequence[Paired | None], *, as_json: bool
) -> None:
    """Write what each group lost, and where it was tried what the others save against the first."""
    first = groups[0]
    lost = [
        {one.component: round(one.lost_resident_hours) for one in outcomes(played.city, played.trace)}
        for played in groups
    ]
    if as_json:
        output.json_result(_groups_as_json(files, lost, bands))
        return
    names = group_names(files, groups)
    rows = [(first.run.names.of(function.id), *(row[function.id] for row in lost)) for function in first.view.functions]
    output.result(_("Resident-hours lost, from the start to the end of the scenario:"))
    output.table([_("city function"), *names], [*rows, (_("together"), *(sum(row.values()) for row in lost))])
    tried = [one for one in bands if one is not None]
    if not tried:
        return
    output.result(_("Saved against {group}, in 90 of 100 tries:", group=names[0]))
    places = range(len(tried[0].functions))
    rows = [
        (first.run.names.of(tried[0].functions[place][0]), *(band_words(one.functions[place][1]) for one in tried))
        for place in places
    ]
    output.table([_("city function"), *names[1:]], [*rows, (_("together"), *(band_words(one.total) for one in tried))])
    output.result(block(how_words(tried[0])))


def group_names(files: Sequence[Path], groups: Sequence[Played]) -> list[str]:
    """Return the label of each group, or the name of its file where it has none or shares it."""
    labels = [played.state.head.group if played.state.head else "" for played in groups]
    return [
        label if label and labels.count(label) == 1 else " ".join(part for part in (label, path.stem) if part)
        for label, path in zip(labels, files, strict=True)
    ]


def _groups_as_json(files: Sequence[Path], lost: Sequence[dict[str, int]], bands: Sequence[Paired | None]) -> Json:
    if all(one is None for one in bands):
        return dict(zip(map(str, files), lost, strict=True))
    against = {str(path): None if one is None else _paired(one) for path, one in zip(files[1:], bands, strict=True)}
    return {"lost": dict(zip(map(str, files), lost, strict=True)), "saved_against": str(files[0]), "saved": against}


def _what_if_as_json(found: WhatIf) -> Json:
    return {
        "changes": {one.point: one.option for one in found.changed if one.point},
        "saved_resident_hours": found.saved,
        "functions": dict(found.once),
        "tried": None if found.paired is None else _paired(found.paired),
    }


def _paired(found: Paired) -> Json:
    functions = {name: _band(band) for name, band in found.functions}
    return {"tries": found.tries, "together": _band(found.total), "functions": functions}


def _band(band: Band) -> Json:
    return {"low": band.low, "middle": band.middle, "high": band.high, "better": band.verdict}
