"""What other choices in an exercise would have changed: the words for it, and a page for the debrief."""

from dataclasses import dataclass

from city_model.redaction import OFFICER
from reports.after_action.model import Played
from reports.chart_spec import BarChart
from reports.common_parts import EXERCISE, glossary_section, tlp_marking
from reports.document import Callout, Chart, Document, Marking, Paragraph, Section
from reports.tables import Table
from reports.words import number, rough
from resilience.analysis.draw_words import ranges_words
from resilience.base.language import _
from resilience.exercise.evaluation.paired import Band, Paired
from resilience.exercise.evaluation.saved_words import band_words, better_words, how_words, signed
from resilience.exercise.records import Decision


@dataclass(frozen=True)
class WhatIf:
    """An exercise against the same with other choices; what those save is positive."""

    changed: tuple[Decision, ...]
    """The decisions as they are taken now."""
    once: tuple[tuple[str, int], ...]
    """Per function the resident-hours saved with the luck of this exercise and the figures of the map."""
    paired: Paired | None
    """The same in many tries; None where it was stopped before any was done."""

    @property
    def saved(self) -> int:
        """Resident-hours saved over all functions, in this exercise."""
        return sum(saved for _component, saved in self.once)

    @property
    def rows(self) -> tuple[tuple[str, int, Band | None], ...]:
        """Per function that differs somewhere: what is saved in this exercise, and in the tries."""
        bands = dict(self.paired.functions) if self.paired else {}
        rows = ((component, saved, bands.get(component)) for component, saved in self.once)
        return tuple(row for row in rows if row[1] or (row[2] is not None and row[2].verdict != "same"))

    @property
    def total(self) -> Band | None:
        """What is saved over all functions, in the tries."""
        return self.paired.total if self.paired else None


def change_words(played: Played, found: WhatIf) -> tuple[str, ...]:
    """Return one sentence for each changed decision."""
    before = {one.seq: one for one in played.state.decisions}
    return tuple(
        _(
            "{title}: '{other}' instead of '{taken}'",
            title=played.scenario.decision_by_id[one.point or ""].title,
            other=_option(played, one),
            taken=_option(played, before[one.seq]),
        )
        for one in found.changed
    )


def what_if_report(played: Played, found: WhatIf) -> Document:
    """Return the page, for the officer, in the current language; *found* has been tried."""
    assert found.paired is not None and found.total is not None  # noqa: S101, PT018 - the command sees to it
    return Document(
        title=str(played.scenario.name),
        subtitle="; ".join(change_words(played, found)),
        kind=_("Another choice"),
        reader=OFFICER,
        markings=(Marking("exercise", EXERCISE), Marking("fiction", _("FICTION")), tlp_marking(played.view)),
        facts=(
            (_("City"), str(played.view.name)),
            (_("Scenario"), str(played.scenario.name)),
            (_("Number of tries"), number(found.paired.tries)),
            (_("Seed"), str(played.trace.seed)),
        ),
        sections=(
            Section("difference", _("What the other choice would have changed"), _difference(played, found)),
            Section("assumptions", _("What this rests on"), (Paragraph(ranges_words()),)),
            glossary_section(),
        ),
        closing=_("The same exercise, choices and number of tries give this same page, byte for byte."),
    )


def _difference(played: Played, found: WhatIf) -> tuple[Paragraph | Chart | Callout, ...]:
    return (
        Paragraph(_lead(found), lead=True),
        Chart(_chart(played, found), how_words(found.paired), open_table=True),
        Callout(
            "note",
            _("Model output, no mark"),
            _(
                "A choice that comes out lower is not a wrong choice: it may have bought something that the model does "
                "not count, such as trust, or time for somebody else."
            ),
        ),
    )


def _lead(found: WhatIf) -> str:
    band = found.total
    match band.verdict if band else "same":
        case "better":
            return _(
                "The other choice saves {low} to {high} resident-hours in 90 of 100 tries.",
                low=rough(band.low if band else 0),
                high=rough(band.high if band else 0),
            )
        case "worse":
            return _(
                "The other choice costs {low} to {high} resident-hours in 90 of 100 tries.",
                low=rough(-band.high if band else 0),
                high=rough(-band.low if band else 0),
            )
        case "unknown":
            return _("It is unknown which choice is better for all functions together: the band holds zero.")
        case _:
            return _("The other choice changes no resident-hours.")


def _chart(played: Played, found: WhatIf) -> BarChart:
    rows = [(played.run.names.of(component), saved, band) for component, saved, band in found.rows if band is not None]
    if found.total is not None:
        rows.append((_("together"), found.saved, found.total))
    labels = tuple(
        _("{value} ?", value=signed(band.middle)) if band.verdict == "unknown" else signed(band.middle)
        for _name, _saved, band in rows
    )
    names = tuple(name for name, _saved, _band in rows)
    return BarChart(
        key="what-if",
        title=_("Resident-hours that the other choice saves"),
        alternative=" ".join(f"{name}: {band_words(band)}." for name, _saved, band in rows),
        axis_title=_("Resident-hours saved in the middle try (negative: cost); ? where the band holds zero"),
        rows=names,
        values=tuple(band.middle for _name, _saved, band in rows),
        labels=labels,
        table=Table(
            caption=_("Resident-hours that the other choice saves"),
            header=(
                _("City function"), _("In this exercise"), _("Lowest"), _("Middle"), _("Highest"), _("Better"),
            ),
            rows=tuple(
                (
                    name,
                    signed(saved),
                    signed(band.low),
                    signed(band.middle),
                    signed(band.high),
                    better_words(band),
                )
                for name, saved, band in rows
            ),
            numeric=frozenset({1, 2, 3, 4}),
        ),
    )  # fmt: skip


def _option(played: Played, decision: Decision) -> str:
    point = played.scenario.decision_by_id[decision.point or ""]
    return next((str(one.name) for one in point.options if one.id == decision.option), decision.option or "")
