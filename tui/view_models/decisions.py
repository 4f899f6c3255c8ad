"""What is to be decided, what was decided, and what an option would change."""

from collections.abc import Sequence
from dataclasses import replace

from city_model.schema import City
from resilience.base.language import _, ngettext, number
from resilience.exercise.agenda import PointLine
from resilience.exercise.evaluation.comparison import ComparedFunction, Comparison
from resilience.exercise.records import Decision
from resilience.simulation.metrics import residents_of
from scenarios.schema import DecisionPoint, Scenario
from tui.view_models.injects import cell_names, cells_text
from tui.view_models.rows import Block, EffectRow, PointRow, Sheet, Tone
from tui.view_models.words import countdown, moment

FREE = "free-"
"""What the key of a decision without a point begins with; its number in the log follows."""
_ORDER = ("overdue", "open", "later", "decided")
PER_CENT_MINUTES_IN_AN_HOUR = 6000


def point_rows(
    lines: Sequence[PointLine],
    decisions: Sequence[Decision],
    scenario: Scenario,
    minute: int,
    to_work_out: Sequence[Decision] = (),
) -> tuple[PointRow, ...]:
    """Return what teams wrote down and waits for the facilitator, what is late, open, still to come, and decided.

    The last decision stands first of those; what was worked out stands for what the team wrote down.
    """
    waiting = sorted((line for line in lines if line.decision is None), key=_urgency)
    titles = {point.id: str(point.title) for point in scenario.decisions}
    replaced = {decision.works_out for decision in decisions} | {decision.seq for decision in to_work_out}
    past = [
        _decided_row(decision, titles, scenario) for decision in reversed(decisions) if decision.seq not in replaced
    ]
    written = [replace(_decided_row(decision, titles, scenario), mark="◆", word=_("work out"), tone=Tone.WATCH)
               for decision in to_work_out]  # fmt: skip
    return (*written, *(_waiting_row(line, scenario, minute) for line in waiting), *past)


def decision_sheet(decision: Decision, city: City, scenario: Scenario) -> Sheet:
    """Return a decision as it was recorded."""
    point = scenario.decision_by_id.get(decision.point or "")
    names = cell_names(scenario)
    facts = [
        (_("Decided"), _("{time}, by {who}", time=moment(decision.minute), who=decision.who)),
        (_("What"), decision.what),
        (_("Why"), decision.why or "–"),
        (_("Information"), decision.information or "–"),
        (_("Works from"), moment(decision.effective)),
    ]
    facts += [(label, text) for label, text in _further(decision) if text]
    if decision.cell:
        facts.insert(1, (_("Team"), names.get(decision.cell, decision.cell)))
    blocks = []
    if decision.values:
        values = {value.id: str(value.name) for value in scenario.values}
        said = tuple(f"{values.get(value, value)}: {answer}" for value, answer in decision.values.items())
        blocks.append(Block(_("Values"), said))
    effects = tuple(_effect_text(effect.model_dump(), city) for effect in decision.effects)
    blocks.append(Block(_("Effects in the model"), effects or (_("No effect in the model."),)))
    return Sheet(str(point.title) if point else _("Free decision"), facts=tuple(facts), blocks=tuple(blocks))


def point_card(point: DecisionPoint, scenario: Scenario, minute: int) -> Sheet:
    """Return what a decision point asks, in few lines: what stands below the list."""
    cell, due = point_facts(point, scenario, minute)
    options = tuple(str(option.name) for option in point.options)
    return Sheet(
        str(point.title),
        lead=f"{cell} · {due}",
        blocks=(Block("", (str(point.question),)), Block("", options, numbered=True)),
    )


def decision_card(decision: Decision, scenario: Scenario) -> Sheet:
    """Return what was decided, in few lines."""
    point = scenario.decision_by_id.get(decision.point or "")
    said = [decision.what]
    if decision.why:
        said.append(_("because: {why}", why=decision.why))
    if decision.information:
        said.append(_("on: {information}", information=decision.information))
    said += [f"{label}: {text}" for label, text in _further(decision) if text]
    lead = _("{time}, by {who}", time=moment(decision.minute), who=decision.who)
    return Sheet(str(point.title) if point else _("Free decision"), lead=lead, blocks=(Block("", tuple(said)),))


def point_facts(point: DecisionPoint, scenario: Scenario, minute: int) -> tuple[str, str]:
    """Return who decides, and by when."""
    left = countdown(point.deadline - minute)
    due = _("before {time}, {left}", time=moment(point.deadline), left=left)
    return cell_names(scenario)[point.decides], due


def effect_rows(city: City, comparison: Comparison) -> tuple[EffectRow, ...]:
    """Return the functions that differ, the largest difference to residents first."""
    changed = [row for row in comparison.rows if row.first_difference is not None]
    return tuple(_effect_row(city, row) for row in sorted(changed, key=lambda row: -_weight(city, row)))


def effects_note(comparison: Comparison) -> str:
    """Return what the rows of a comparison do not say."""
    same = sum(1 for row in comparison.rows if row.first_difference is None)
    if comparison.changes_nothing:
        return _("No city function changes before {time}.", time=moment(comparison.horizon))
    rest = (
        ngettext("{number} city function does not change.", "{number} city functions do not change.", same)
        if same
        else ""
    )
    until = _("Model output until {time}, without later decisions.", time=moment(comparison.horizon))
    return f"{until} {rest}".strip()


def _further(decision: Decision) -> tuple[tuple[str, str], ...]:
    return ((_("Who does it"), decision.owner), (_("By when"), decision.by), (_("Told to"), decision.told))


def _urgency(line: PointLine) -> tuple[int, int]:
    return _ORDER.index(line.status), line.point.opens if line.status == "later" else line.point.deadline


def _waiting_row(line: PointLine, scenario: Scenario, minute: int) -> PointRow:
    point = line.point
    cell = cells_text((point.decides,), scenario)
    left = countdown(point.deadline - minute)
    match line.status:
        case "overdue":
            return PointRow(point.id, "!", _("late"), Tone.ALERT, left, str(point.title), cell)
        case "open":
            return PointRow(point.id, "○", _("open"), Tone.STRONG, left, str(point.title), cell)
        case _:
            opens = _("opens {time}", time=moment(point.opens))
            return PointRow(point.id, "·", _("later"), Tone.PLAIN, opens, str(point.title), cell)


def _decided_row(decision: Decision, titles: dict[str, str], scenario: Scenario) -> PointRow:
    asked = titles.get(decision.point or "", "")
    title = f"{asked}: {decision.what}" if asked else decision.what
    cell = cells_text((decision.cell,), scenario) if decision.cell else ""
    key = decision.point or f"{FREE}{decision.seq}"
    return PointRow(key, "✓", _("decided"), Tone.MUTED, moment(decision.minute), title, cell)


def _effect_row(city: City, row: ComparedFunction) -> EffectRow:
    saved = row.saved / PER_CENT_MINUTES_IN_AN_HOUR
    first = _("from {time}", time=moment(row.first_difference or 0))
    residents = city.component_by_id[row.component].residents
    hours = abs(saved) * residents_of(city.component_by_id[row.component])
    people = _("{number} resident-hours", number=number(hours)) if residents is not None and saved else ""
    if saved > 0:
        text = _("{hours} h less outage", hours=number(saved, 1))
        return EffectRow(row.component, "▲", Tone.GOOD, str(row.name), text, people, first)
    if saved < 0:
        text = _("{hours} h more outage", hours=number(-saved, 1))
        return EffectRow(row.component, "▼", Tone.ALERT, str(row.name), text, people, first)
    return EffectRow(row.component, "=", Tone.PLAIN, str(row.name), _("at other times"), people, first)


def _weight(city: City, row: ComparedFunction) -> int:
    return abs(row.saved) * residents_of(city.component_by_id[row.component])


def _effect_text(effect: dict[str, object], city: City) -> str:
    word = effect_words()[str(effect["effect"])]
    names = effect.get("components") or effect.get("paths") or effect.get("need") or effect.get("team") or ""
    listed = names if isinstance(names, tuple) else (str(names),)
    return f"{word}: {', '.join(_name(city, str(name)) for name in listed)}".rstrip(": ")


def _name(city: City, identity: str) -> str:
    component = city.component_by_id.get(identity)
    return str(component.name) if component else identity


def effect_words() -> dict[str, str]:
    """Return what each kind of effect is called on the screen."""
    return {
        "damage": _("damage"),
        "infect": _("malware"),
        "corrupt": _("data suspect"),
        "expose": _("data leaked"),
        "isolate": _("disconnect"),
        "reconnect": _("reconnect"),
        "close": _("close"),
        "reopen": _("reopen"),
        "end_damage": _("report as solved"),
        "priority": _("repair first"),
        "add_teams": _("add teams"),
        "withdraw_teams": _("withdraw teams"),
        "supply": _("supply by other means"),
        "prepare": _("prepare the fallback"),
        "rebuild": _("rebuild instead of repair"),
        "switch_provider": _("switch provider"),
        "add_provider": _("add a provider"),
        "clean": _("clean of malware"),
        "verify": _("verify the data"),
        "close_path": _("close access paths"),
        "open_path": _("open access paths"),
        "control": _("strengthen a control"),
        "start_clock": _("start a deadline"),
        "meet_clock": _("meet a deadline"),
        "extend_clock": _("extend a deadline"),
        "send_message": _("send a message"),
    }
