"""What the failure of one component does to the others: in words beside each of them, and as a list with times."""

from dataclasses import dataclass

from city_model.schema import City
from resilience.analysis.outlook import Fall
from resilience.base.language import _, ngettext
from resilience.simulation.metrics import minimum_level_of
from tui.view_models.board import mark_of, on_assumption, standing
from tui.view_models.map_finder import FUNCTION_MARK
from tui.view_models.rows import Block, Sheet, Tone
from tui.view_models.words import moment
from tui.what_if import Failures, WhatIf

MOMENTS = (0, 15, 30, 60, 120, 180, 240, 360, 480, 720, 1080, 1440, 2160, 2880, 4320)
"""The minutes after a failure that one steps through: close together at first, then by half days and days."""
WAITING = "…"
"""Stands where the answer is still being computed."""


@dataclass(frozen=True, slots=True)
class State:
    """How a component stands."""

    short: str
    """A mark with a level or a time."""
    tone: Tone
    word: str = ""

    @property
    def text(self) -> str:
        """The state in full."""
        return f"{self.short} {self.word}".rstrip()


@dataclass(frozen=True, slots=True)
class FallRow:
    """One component that falls short."""

    key: str
    when: str
    mark: str
    name: str
    lowest: str
    down: str
    tone: Tone


class States:
    """Says of each component when it falls (*minute* is None), or how it stands so many minutes after a failure."""

    def __init__(self, city: City, answer: WhatIf | None, minute: int | None) -> None:
        self._city = city
        self._answer = answer
        self.minute = minute
        self._assumed = on_assumption(answer.trace, minute) if answer and minute is not None else set()

    def of(self, component: str) -> State:
        """Return the state of *component*."""
        if self._answer is None:
            return State(WAITING, Tone.MUTED)
        if self.minute is None:
            return _falls(self._answer.fall_of.get(component))
        part = self._city.component_by_id[component]
        now = standing(self._answer.trace, part, self.minute)
        mark, word, tone = mark_of(now.level, now.before, minimum_level_of(part))
        return State(f"{mark} {'≈' if component in self._assumed else ''}{now.level}%", tone, word)


class FeltStates:
    """Says of each component when *subject* falls if that component fails."""

    def __init__(self, failures: Failures, subject: str) -> None:
        self._failures = failures
        self._subject = subject

    def of(self, component: str) -> State:
        """Return what the failure of *component* does to the subject."""
        if not self._failures.is_felt_known(component, self._subject):
            return State(WAITING, Tone.MUTED)
        return _falls(self._failures.felt(component, self._subject))


def fall_rows(answer: WhatIf | None) -> tuple[FallRow, ...]:
    """Return everything that falls short, the first on top, the failing component itself left out."""
    if answer is None:
        return ()
    return tuple(_row(fall) for fall in answer.falls if fall.component != answer.component)


def fall_count(answer: WhatIf | None) -> str:
    """Return how many fall short, and how many city functions among them."""
    if answer is None:
        return _("computing…")
    others = [fall for fall in answer.falls if fall.component != answer.component]
    functions = sum(fall.kind == "function" for fall in others)
    first = ngettext("{number} falls short", "{number} fall short", len(others))
    return _(
        "{first}, {functions}", first=first,
        functions=ngettext("{number} city function", "{number} city functions", functions),
    )  # fmt: skip


def fall_sheet(fall: Fall) -> Sheet:
    """Return why and how far one component falls, and whom to call."""
    never = _("not within the run")
    facts = [(_("Falls short"), f"{moment(fall.minute)}, {fall.why}" if fall.why else moment(fall.minute))]
    if fall.down is not None:
        facts.append((_("Too low"), f"{moment(fall.down)}, {fall.why_down}" if fall.why_down else moment(fall.down)))
    facts += [
        (_("Lowest"), f"{fall.lowest}%"),
        (_("Whole again"), never if fall.back is None else moment(fall.back)),
        (_("Call"), "; ".join(fall.call) or _("{name}: no contact in the map", name=fall.organisation or "-")),
    ]
    note = (_("≈ rests on figures that nobody confirmed"),) if fall.assumed else ()
    return Sheet(fall.name, facts=tuple(facts), blocks=(Block("", note),) if note else ())


def _row(fall: Fall) -> FallRow:
    about = "≈" if fall.assumed else ""
    return FallRow(
        key=fall.component,
        when=about + moment(fall.minute),
        mark=FUNCTION_MARK if fall.kind == "function" else " ",
        name=fall.name,
        lowest=f"{fall.lowest}%",
        down="" if fall.down is None else f"▼ {moment(fall.down)}",
        tone=Tone.WATCH if fall.down is None else Tone.ALERT,
    )


def _falls(fall: Fall | None) -> State:
    if fall is None:
        return State("●", Tone.MUTED, _("holds"))
    about = "≈" if fall.assumed else ""
    return State(f"▼ {about}{moment(fall.minute)}", Tone.WATCH if fall.down is None else Tone.ALERT)
