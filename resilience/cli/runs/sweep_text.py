"""What ``resilience sweep`` shows people in a terminal."""

from collections.abc import Iterator, Sequence

from city_model.naming import listed, name_of
from reports.words import number, rough
from resilience.analysis.cut_sets import CutSets
from resilience.analysis.sweep_answer import Answer, FunctionLoss
from resilience.analysis.together import Together, cause_words
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.cli import output
from resilience.cli.runs.level_strip import mark
from resilience.cli.text_block import INDENT, block, more_words

STRIP = 12
"""Characters for the levels over time."""
MOST_FUNCTIONS = 3
MOST_SETS = 5
MOST_PAIRS = 3
DOWN = "▼"
"""Marks a function that goes below its minimum level."""


def write_sweep(answer: Answer, top: int) -> None:
    """Write the whole answer, of long lists the *top* ones."""
    output.result(_summary(answer))
    _write_singles(answer, top)
    if answer.found.asked.order == 2:
        _write_pairs(answer, top)
    _write_cut_sets(answer)
    if answer.found.stopped:
        output.result(block(_stopped(answer)))


def _summary(answer: Answer) -> str:
    found = answer.found
    asked = found.asked
    felt = sum(any(loss.is_down for loss in one.functions) for one in answer.singles)
    how = (
        _("without time, buffers, fallbacks and repair")
        if asked.static
        else _("until repaired, in {hours} (seed {seed})", hours=format_duration(asked.horizon), seed=asked.seed)
    )
    return block(
        ngettext(
            "{city}: {number} component lost alone, {how}. {touching} touch a city function, {down} take one down.",
            "{city}: {number} components lost one by one, {how}. {touching} touch a city function, {down} take one "
            "down.",
            len(found.singles), city=found.city.name, how=how, touching=len(answer.singles), down=felt,
        )
    )  # fmt: skip


def _write_singles(answer: Answer, top: int) -> None:
    static = answer.found.asked.static
    headers = [_("Lost"), _residents_head(answer)]
    if not static:
        headers.append(_("Over time"))
    rows = [
        (
            name_of(answer.found.city, one.components[0]),
            rough(one.lost // answer.unit),
            *([] if static else [_strip(one.levels)]),
            _functions(answer, one.functions),
        )
        for one in answer.singles[:top]
    ]
    output.result("")
    output.table([*headers, _("City functions, lowest level")], rows)
    _write_more(len(answer.singles) - top)
    words = _("{mark} below its minimum level. Residents are counted per function.", mark=DOWN)
    if not static:
        words += " " + _("Over time: the mean level of all functions, weighted by residents; █ is 100%, · is 0%.")
    output.result(block(words))


def _write_pairs(answer: Answer, top: int) -> None:
    found = answer.found
    unseen = sum(one.unseen for one in answer.together)
    output.result("")
    output.result(
        block(
            ngettext(
                "Of {all} pairs {number} takes more together than apart",
                "Of {all} pairs {number} take more together than apart",
                len(answer.together), all=number(len(found.pairs)),
            )
            + ngettext(
                "; {number} of them takes what neither touches alone.",
                "; {number} of them take what neither touches alone.",
                unseen,
            )
        )
    )  # fmt: skip
    rows = [
        (
            " + ".join(name_of(found.city, name) for name in one.members),
            rough(one.more // answer.unit),
            rough(answer.pair(one).lost // answer.unit),
            cause_words(one.cause),
            _worse(answer, one),
        )
        for one in answer.together[:top]
    ]
    if rows:
        headers = [_("Lost together"), _("More than apart"), _("In all"), _("Because"), _("Mostly")]
        output.table(headers, rows)
        _write_more(len(answer.together) - top)


def _write_cut_sets(answer: Answer) -> None:
    """Write per function the sets of one and two that take it down, and how many leave nothing of it."""
    output.result("")
    output.result(
        block(
            _(
                "Smallest sets that take a function away (minimal cut sets). No buffer, fallback or repair counts "
                "here: these are what must hold what is listed."
            )
        )
    )
    for down, gone in zip(answer.down, answer.gone, strict=True):
        name = name_of(answer.found.city, answer.found.functions[down.function])
        output.result(_("{function}, below {level}%:", function=name, level=down.below))
        for line in _sets(answer, down, gone):
            output.result(block(line, INDENT))


def _sets(answer: Answer, down: CutSets, gone: CutSets) -> Iterator[str]:
    failing, city = answer.found.failing, answer.found.city
    alone = [name_of(city, failing[place]) for place in down.single]
    pairs = [" + ".join(name_of(city, failing[place]) for place in pair) for pair in down.pairs]
    if not alone and not pairs:
        yield _("no component alone") if answer.found.asked.order == 1 else _("no component alone, and no pair")
    if alone:
        names = listed(alone, MOST_SETS)
        yield ngettext("{number} alone: {names}", "{number} alone: {names}", len(alone), names=names)
    if pairs:
        names = listed(pairs, MOST_PAIRS)
        yield ngettext("{number} pair: {names}", "{number} pairs: {names}", len(pairs), names=names)
    if gone.single or gone.pairs:
        yield ngettext(
            "for 0%: {alone} alone, {number} pair", "for 0%: {alone} alone, {number} pairs", len(gone.pairs),
            alone=len(gone.single),
        )  # fmt: skip


def _functions(answer: Answer, losses: Sequence[FunctionLoss]) -> str:
    """Return the functions that go down, then those that feel most, each with its lowest level."""
    ordered = sorted(losses, key=lambda loss: (not loss.is_down, -loss.lost))
    return listed((_level(answer, loss) for loss in ordered), MOST_FUNCTIONS)


def _level(answer: Answer, loss: FunctionLoss) -> str:
    name = name_of(answer.found.city, loss.function)
    return f"{name} {DOWN}{loss.lowest}%" if loss.is_down else f"{name} {loss.lowest}%"


def _worse(answer: Answer, one: Together) -> str:
    pair = {loss.function: loss for loss in answer.pair(one).functions}
    return listed((_level(answer, pair[name]) for name, _more in one.functions), MOST_FUNCTIONS)


def _strip(levels: Sequence[int]) -> str:
    """Return the levels in few characters, of each stretch the lowest."""
    stretches = [levels[len(levels) * place // STRIP : len(levels) * (place + 1) // STRIP] for place in range(STRIP)]
    return "".join(mark(min(stretch)) for stretch in stretches if stretch)


def _residents_head(answer: Answer) -> str:
    return _("Residents without") if answer.found.asked.static else _("Resident-hours")


def _write_more(rest: int) -> None:
    if rest > 0:
        output.result(more_words(rest, "--top"))


def _stopped(answer: Answer) -> str:
    found = answer.found
    if found.all_pairs:
        return _("Stopped early: {done} of {all} pairs were worked out.", done=number(len(found.pairs)),
                 all=number(found.all_pairs))  # fmt: skip
    return _("Stopped early: {done} of {all} components were lost.", done=number(len(found.singles)),
             all=number(len(found.failing)))  # fmt: skip
