"""One row of a reply judged by itself: is it an answer, can it be read, does it say one thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from city_model.exchange.tables import Cell
from city_model.fault_words import near
from city_model.partner import sheets
from city_model.partner.answers import Said
from city_model.partner.kinds import AnswerFault, Plain, same
from city_model.partner.pack import Pack, Question
from city_model.partner.questions import EXISTS, NEED_KIND, TIME, TLP
from city_model.partner.sheets import verdicts_of
from city_model.values import Tlp
from resilience.base.language import _
from resilience.base.problems import Problem

Verdict: TypeAlias = Literal["right", "different", "wrong", "unknown"]
_COMPUTED = ("=", "@", "\uff1d", "\uff20")


@dataclass(frozen=True)
class Given:
    """What a row says about its question."""

    said: Said
    question: Question
    verdict: Verdict
    """right, different, wrong or unknown."""
    value: Plain | None = None
    """The answer, or what the row confirms; None where it confirms what the map says now, or says no value."""
    remark: str | None = None
    tlp: Tlp | None = None
    stale: bool = False
    """Whether the map says something else now than in the pack."""


@dataclass(frozen=True)
class GivenNeed:
    """A dependency that the partner adds."""

    said: Said
    part: str
    provider: str
    kind: str
    buffer: Plain | None
    remark: str | None
    tlp: Tlp | None


class RowFault(Exception):  # noqa: N818 - no error of the program: a row that its writer can mend
    """A row that cannot be used."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def given_in(said: Said, pack: Pack, questions: Mapping[str, Question]) -> Given | None:
    """Return what the row *said* answers; None for a row that was left alone. Raises RowFault."""
    key = said.text(sheets.KEY)
    question = questions.get(key)
    verdict_text, remark = said.text(sheets.VERDICT), _remark(said)
    if question is None:
        touched = verdict_text or said.text(sheets.ANSWER) != said.text(sheets.NOW) or remark
        if not touched:
            return None
        raise RowFault(_unknown_key(said, key, pack, questions))
    verdict = cast("Verdict | None", _read(said, sheets.VERDICT, verdicts_of(question.field.path).read))
    tlp = _mark(said)
    if question.field.path == EXISTS:
        if verdict or remark:
            return Given(said, question, verdict or "unknown", remark=remark, tlp=tlp)
        return None
    base = said.cell(sheets.NOW) if sheets.NOW in said.cells else Cell(question.now)
    cell = said.cell(sheets.ANSWER)
    if cell.kind == "error":
        raise RowFault(said.place.problem(sheets.ANSWER, _("the spreadsheet shows an error here ({value})",
                                                           value=cell.text), _("write the value itself")))  # fmt: skip
    changed = bool(cell.text.strip()) and not same(question.kind, base.text.strip(), cell)
    stale = not same(question.kind, question.now, base)
    return _given_value(said, question, verdict, changed=changed, stale=stale, remark=remark, tlp=tlp)


def _given_value(
    said: Said,
    question: Question,
    verdict: Verdict | None,
    *,
    changed: bool,
    stale: bool,
    remark: str | None,
    tlp: Tlp | None,
) -> Given | None:
    base = said.text(sheets.NOW) if sheets.NOW in said.cells else question.now
    if verdict == "right" and changed:
        what = _("this says that the map is right, and gives another answer")
        raise RowFault(said.place.problem(sheets.VERDICT, what, _("choose 'different', or restore the answer")))
    if verdict == "right" and not base:
        what = _("the map says nothing here that could be right")
        raise RowFault(said.place.problem(sheets.VERDICT, what, _("write the answer, or leave the row")))
    if verdict == "different" and not changed:
        what = _("this says that it is different, and not how")
        raise RowFault(said.place.problem(sheets.ANSWER, what, _("write your answer")))
    if changed and verdict != "unknown":
        value = _read(said, sheets.ANSWER, question.kind.read)
        return Given(said, question, "different", value, remark, tlp, stale)
    if verdict == "right":
        value = _read(said, sheets.NOW, question.kind.read) if stale else None
        return Given(said, question, "right", value, remark, tlp, stale)
    if verdict == "unknown" or remark:
        return Given(said, question, "unknown", None, remark, tlp, stale)
    return None


def new_needs_in(said: Said, names: Mapping[str, str], parts: Mapping[str, str]) -> GivenNeed | None:
    """Return the dependency that a row adds; *names* and *parts* give ids by name. None for an empty row."""
    if not any(said.text(heading) for heading in (sheets.PART, sheets.PROVIDER, sheets.KIND, sheets.BUFFER)):
        return None
    part = _name(said, sheets.PART, parts, _("part of yours"))
    provider = _name(said, sheets.PROVIDER, names, _("component"))
    if part == provider:
        what = _("a part cannot need itself")
        raise RowFault(said.place.problem(sheets.PROVIDER, what, _("name another provider")))
    kind = _read(said, sheets.KIND, NEED_KIND.read)
    if kind is None:
        raise RowFault(said.place.problem(sheets.KIND, _("no kind is chosen"), _("choose one from the list")))
    buffer = _read(said, sheets.BUFFER, TIME.read)
    return GivenNeed(said, part, provider, str(kind), buffer, _remark(said), _mark(said))


def _read(said: Said, heading: str, reader: Callable[[Cell], Plain]) -> Plain | None:
    cell = said.cell(heading)
    if not cell.text.strip():
        return None
    try:
        return reader(cell)
    except AnswerFault as fault:
        raise RowFault(said.place.problem(heading, fault.what, fault.repair)) from fault


def _mark(said: Said) -> Tlp | None:
    return cast("Tlp | None", _read(said, sheets.MARK, TLP.read))


def _remark(said: Said) -> str | None:
    text = " ".join(said.text(sheets.REMARK).split())
    if text.startswith(_COMPUTED):
        raise RowFault(said.place.problem(sheets.REMARK, _("this starts like a formula"), _("write it in words")))
    return text[:2000] or None


def _name(said: Said, heading: str, names: Mapping[str, str], thing: str) -> str:
    wanted = " ".join(said.text(heading).casefold().split())
    if wanted in names:
        return names[wanted]
    if not wanted:
        what, repair = _("nothing stands here"), _("name a {thing}", thing=thing)
    else:
        what = _("there is no {thing} called '{value}' on the map", thing=thing, value=said.text(heading))
        likely = near(wanted, names)
        repair = _("did you mean {name}?", name=likely) if likely else _("use a name that is on the map")
    raise RowFault(said.place.problem(heading, what, repair))


def _unknown_key(said: Said, key: str, pack: Pack, questions: Mapping[str, Question]) -> Problem:
    if not key:
        return said.place.problem(sheets.KEY, _("the key of this row is gone"), _("copy it from the pack"))
    what = _("{organisation} is not asked this (any more)", organisation=pack.organisation_name)
    likely = near(key, questions)
    repair = _("did you mean {name}?", name=likely) if likely else _("make a new pack, or empty this row")
    return said.place.problem(sheets.KEY, f"{what}: '{key}'", repair)
