"""The agenda of injects: what is late, what comes, what is held, what lies on the shelf, what went out."""

from collections.abc import Iterable, Mapping, Sequence

from city_model.schema import City
from resilience.base.language import _
from resilience.exercise.agenda import AgendaLine
from resilience.exercise.events import EVERYONE
from resilience.exercise.records import SentInject
from resilience.exercise.trigger_words import waiting_words
from scenarios.schema import Scenario
from tui.view_models.rows import Block, InjectRow, Sheet, Tone
from tui.view_models.words import moment

JUST_SENT = 5
"""So many exercise minutes what was sent stays on top of the agenda, to be read aloud."""


def inject_rows(
    lines: Sequence[AgendaLine], scenario: Scenario, minute: int, foreseen: Mapping[str, int]
) -> tuple[InjectRow, ...]:
    """Return what went out just now, then what is to come in its own order, then what is past; newest sent first."""
    to_come = [line for line in lines if line.status not in ("sent", "skipped")]
    just_sent = [line for line in reversed(lines) if _just_sent(line, minute)]
    sent = [line for line in reversed(lines) if line.status == "sent" and line not in just_sent]
    skipped = [line for line in lines if line.status == "skipped"]
    following = next((line.inject.id for line in to_come if line.status == "planned"), None)
    return tuple(
        _row(line, scenario, minute, foreseen, is_next=line.inject.id == following)
        for line in (*just_sent, *to_come, *sent, *skipped)
    )


def inject_sheet(
    line: AgendaLine, scenario: Scenario, city: City, sent: SentInject | None, foreseen: Mapping[str, int]
) -> Sheet:
    """Return all that the facilitator wants to know of one inject; the text as it was sent, once it was."""
    inject = line.inject
    names = cell_names(scenario)
    facts = [
        (_("From"), str(inject.sender)),
        (_("To"), ", ".join(names[cell] for cell in inject.cells)),
        (_("Channel"), channel_word(inject.channel)),
        (_("When"), _when(line, scenario, city, foreseen)),
    ]
    if inject.decision:
        facts.append((_("Asks for"), str(scenario.decision_by_id[inject.decision].title)))
    if inject.starts_clocks:
        clocks = {clock.id: str(clock.name) for clock in scenario.clocks}
        facts.append((_("Starts the deadline"), ", ".join(clocks[clock] for clock in inject.starts_clocks)))
    blocks = [Block("", (str(sent.text if sent else inject.text),))]
    if inject.expected:
        blocks.append(Block(_("Expected"), tuple(str(action) for action in inject.expected), numbered=True))
    return Sheet(str(inject.title), facts=tuple(facts), blocks=tuple(blocks))


def inject_card(
    line: AgendaLine, scenario: Scenario, city: City, sent: SentInject | None, foreseen: Mapping[str, int]
) -> Sheet:
    """Return the same in few lines, the text first: what stands below the list."""
    inject = line.inject
    route = f"{inject.sender} → {cells_text(inject.cells, scenario)} · {channel_word(inject.channel)}"
    blocks = [Block("", (str(sent.text if sent else inject.text),))]
    if inject.expected:
        blocks.append(Block("", tuple(f"□ {action}" for action in inject.expected)))
    notes = []
    if inject.trigger.waits and sent is None:
        notes.append(f"? {_when(line, scenario, city, foreseen)}")
    if inject.decision:
        notes.append(f"◆ {scenario.decision_by_id[inject.decision].title}")
    if inject.starts_clocks:
        clocks = {clock.id: str(clock.name) for clock in scenario.clocks}
        notes += [f"◷ {clocks[clock]}" for clock in inject.starts_clocks]
    if notes:
        blocks.append(Block("", tuple(notes)))
    return Sheet(str(inject.title), lead=route, blocks=tuple(blocks))


def cell_names(scenario: Scenario) -> dict[str, str]:
    """Return the name of every cell."""
    return {cell.id: str(cell.name) for cell in scenario.cells}


def cells_text(cells: Iterable[str], scenario: Scenario) -> str:
    """Return the names of *cells*, or that all of them are meant."""
    listed, names = tuple(cells), cell_names(scenario)
    everyone = listed == EVERYONE or len(listed) == len(scenario.cells) > 1
    return _("everyone") if everyone else ", ".join(names.get(cell, cell) for cell in listed)


def cells_in_row(cells: Sequence[str], scenario: Scenario) -> str:
    """Return *cells* for a narrow column: the first name, and how many more there are."""
    if len(cells) < 2 or len(cells) == len(scenario.cells):
        return cells_text(cells, scenario)
    return f"+{len(cells) - 1} {cells_text(cells[:1], scenario)}"


def channel_word(channel: str) -> str:
    """Return how an inject reaches its readers."""
    words = {
        "in_person": _("in person"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "messenger": _("messenger"),
        "news": _("news"),
        "social_media": _("social media"),
        "letter": _("letter"),
        "system": _("message of a system"),
        "picture": _("picture"),
    }
    return words[channel]


def _row(line: AgendaLine, scenario: Scenario, minute: int, foreseen: Mapping[str, int], *, is_next: bool) -> InjectRow:
    mark, word, tone = _standing(line, minute, is_next=is_next)
    due = line.due if line.due is not None else foreseen.get(line.inject.id)
    shown = line.sent if line.sent is not None else due
    time = "" if shown is None else moment(shown)
    if line.status == "waiting" and time:
        time = f"≈{time}"
    cells = cells_in_row(line.inject.cells, scenario)
    past = line.status in ("sent", "skipped") and not _just_sent(line, minute)
    return InjectRow(line.inject.id, mark, word, tone, time, str(line.inject.title), cells, past)


def _just_sent(line: AgendaLine, minute: int) -> bool:
    return line.sent is not None and minute - line.sent <= JUST_SENT


def _standing(line: AgendaLine, minute: int, *, is_next: bool) -> tuple[str, str, Tone]:
    late = line.due is not None and line.due < minute
    words = {
        "overdue": ("!", _("late"), Tone.ALERT) if late else ("!", _("now"), Tone.WATCH),
        "planned": ("►", _("next"), Tone.STRONG) if is_next else ("·", _("planned"), Tone.PLAIN),
        "held": ("‖", _("held"), Tone.ALERT if late else Tone.WATCH),
        "waiting": ("?", _("if"), Tone.PLAIN),
        "shelf": ("□", _("shelf"), Tone.PLAIN),
        "sent": ("✓", _("sent"), Tone.STRONG if _just_sent(line, minute) else Tone.MUTED),
        "skipped": ("–", _("skipped"), Tone.MUTED),
    }
    return words[line.status]


def _when(line: AgendaLine, scenario: Scenario, city: City, foreseen: Mapping[str, int]) -> str:
    trigger = line.inject.trigger
    if line.sent is not None:
        return _("sent at {time}", time=moment(line.sent))
    if trigger.at is not None:
        return moment(trigger.at)
    if trigger.waits:
        expected = foreseen.get(line.inject.id)
        return _(
            "once {condition}; {expected}",
            condition=waiting_words(trigger, scenario, city, moment),
            expected=_("not foreseen") if expected is None else _("foreseen at {time}", time=moment(expected)),
        )
    return _("from the shelf, whenever you choose")
