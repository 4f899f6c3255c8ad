"""The report on many runs of one scenario: how outcomes spread, whether there were enough runs, what made the worst."""

from collections.abc import Sequence

from city_model.redaction import OFFICER
from reports.chart_spec import BandChart, BandSeries, BarChart, CurveChart, Point
from reports.common_parts import EXERCISE, glossary_section, nobody_decides, tlp_marking
from reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    Folded,
    KeyFigure,
    KeyFigures,
    Marking,
    Paragraph,
    Section,
)
from reports.scale import ticks_of
from reports.tables import Table
from reports.words import Moments, duration, number, per_cent, rough, short_duration
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan
from resilience.analysis.distributions import enough_words
from resilience.analysis.draw_words import fixed_words, ranges_words
from resilience.analysis.montecarlo import FunctionSpread, MonteCarlo, steps_of
from resilience.analysis.tail import TAIL_PER_CENT, TailRun
from resilience.analysis.tail_words import difference_words, factor_words
from resilience.base.language import _, ngettext
from resilience.simulation.explain import name_of
from scenarios.schema import Scenario


def monte_carlo_report(plan: CityPlan, scenario: Scenario, found: MonteCarlo) -> Document:
    """Return what *found* says, for the officer, in the current language."""
    moments = Moments(scenario.start)
    return Document(
        title=str(scenario.name),
        subtitle=_("How the outcomes spread over {number} runs", number=number(found.runs)),
        kind=_("Many runs"),
        reader=OFFICER,
        markings=(Marking("exercise", EXERCISE), Marking("fiction", _("FICTION")), tlp_marking(plan.city)),
        facts=(
            (_("City"), str(plan.city.name)),
            (_("Scenario"), str(scenario.name)),
            (_("Start"), _("{day}, {time}", day=moments.day(), time=moments.local(0))),
            (_("Length of a run"), duration(found.horizon)),
            (_("Number of runs"), _runs(found)),
            (_("Seed"), str(found.seed)),
        ),
        sections=(
            Section("summary", _("Summary"), _summary(plan, found)),
            Section("functions", _("City functions over time"), _functions(plan, found, moments)),
            Section("losses", _("What residents lose"), _losses(plan, found)),
            Section("enough", _("Were there enough runs?"), _enough(found)),
            Section("tail", _("The worst runs, and why"), _tail(plan, found, moments)),
            Section("assumptions", _("What this rests on"), _assumptions(found)),
            glossary_section(),
        ),
        closing=_("The same map, scenario, seed and number of runs give this same report, byte for byte."),
    )


def _runs(found: MonteCarlo) -> str:
    if found.runs == found.asked:
        return number(found.runs)
    return _("{runs} of {asked}: it was stopped early", runs=number(found.runs), asked=number(found.asked))


def _summary(plan: CityPlan, found: MonteCarlo) -> tuple[Block, ...]:
    likely = [one for one in found.functions if one.breached * 2 >= found.runs]
    possible = [one for one in found.functions if 0 < one.breached * 2 < found.runs]
    figures = (
        KeyFigure(hours(found.mean.mean), _("resident-hours lost on average"),
                  _("give or take {half_width}", half_width=hours(found.mean.half_width))),
        KeyFigure(_("{low} to {high}", low=hours(found.total.low), high=hours(found.total.high)),
                  _("resident-hours, in eight of ten runs")),
        KeyFigure(str(len(likely)), _("functions that are likely to pass their longest tolerable outage")),
        KeyFigure(str(len(possible)), _("functions for which that is possible")),
    )  # fmt: skip
    texts = [
        _("{function} passes its longest tolerable outage in {share} of the runs.",
          function=name_of(plan.city, one.function), share=per_cent(100 * one.breached // found.runs))
        for one in (*likely, *possible)
    ]  # fmt: skip
    kept: list[Block] = [KeyFigures(figures)]
    if texts:
        kept.append(Bullets(tuple(texts)))
    kept.append(Paragraph(enough_words(found.mean)))
    return tuple(kept)


def _functions(plan: CityPlan, found: MonteCarlo, moments: Moments) -> tuple[Block, ...]:
    series = tuple(
        BandSeries(
            name_of(plan.city, one.function),
            tuple((minute, *band) for minute, band in steps_of(one.bands, found.grid)),
            _("back: {when}", when=_back(one.time_down[1])),
        )
        for one in found.functions
    )
    lowest = [
        (name_of(plan.city, one.function), min(one.bands, key=lambda band: band.middle)) for one in found.functions
    ]
    bands = BandChart(
        key="bands",
        title=_("Level of every city function over time, in all runs"),
        alternative=" ".join(
            _("{function}: at its lowest {middle} in half of the runs, {low} in the worst tenth.", function=name,
              middle=per_cent(band.middle), low=per_cent(band.low))
            for name, band in lowest
        ),
        time=moments.axis(found.horizon),
        series=series,
        table=_level_table(plan, found, moments),
        band_label=_("Band: eight of ten runs"),
        line_label=_("Line: half of the runs are at or below it"),
    )  # fmt: skip
    reading = _(
        "Each strip runs from 0% to 100% of normal operation. The line is the middle of all runs at that moment, no "
        "single run; one run in ten is below the band and one in ten above it. Back is when half of the runs are whole "
        "again for good, counted from the first loss."
    )
    return Chart(bands, reading), _time_table(plan, found)


def _level_table(plan: CityPlan, found: MonteCarlo, moments: Moments) -> Table:
    """Return the bands at eight moments, spread over the run."""
    steps = len(found.functions[0].bands)
    places = sorted({place * (steps - 1) // 7 for place in range(8)})
    rows = tuple(
        (
            name_of(plan.city, one.function),
            *(f"{one.bands[place].low} · {one.bands[place].middle} · {one.bands[place].high}" for place in places),
        )
        for one in found.functions
    )
    return Table(
        caption=_("Level in per cent: low · middle · high (percentiles 10, 50 and 90)"),
        header=(_("City function"), *(moments.local(place * found.grid) for place in places)),
        rows=rows,
        firm=frozenset(range(1, len(places) + 1)),
    )


def _time_table(plan: CityPlan, found: MonteCarlo) -> Table:
    rows = tuple(
        (
            name_of(plan.city, one.function),
            *(_back(minutes) for minutes in one.time_down),
            "–" if one.mtd is None else short_duration(one.mtd),
            "–" if one.mtd is None else _breach(one, found.runs),
        )
        for one in found.functions
    )
    return Table(
        caption=_("Time until each function is whole again, and the chance of passing its longest tolerable outage"),
        header=(
            _("City function"), _("Back: one in ten sooner"), _("half sooner"), _("one in ten later"), _("May be out"),
            _("Chance it is longer"),
        ),
        rows=rows,
        numeric=frozenset(range(1, 6)),
    )  # fmt: skip


def _breach(one: FunctionSpread, runs: int) -> str:
    low, high = one.breach_chance
    return _("{share} ({low} to {high})", share=per_cent(100 * one.breached // runs), low=low, high=per_cent(high))


def _losses(plan: CityPlan, found: MonteCarlo) -> tuple[Block, ...]:
    table = Table(
        caption=_("Lost resident-hours per city function"),
        header=(_("City function"), _("Mean"), _("One run in ten less"), _("Half less"), _("One run in ten more")),
        rows=tuple(
            (name_of(plan.city, one.function), hours(one.mean.mean), *(hours(lost) for lost in one.lost))
            for one in found.functions
        ),
        numeric=frozenset(range(1, 5)),
    )
    name = _("All city functions together")
    charts = tuple(
        Chart(_histogram(f"histogram-{one.function}", name_of(plan.city, one.function), one.histogram))
        for one in found.functions
        if len(one.histogram) > 1
    )
    fold = _("Show the spread of each function")
    return (
        Chart(
            _histogram("histogram", name, found.histogram), _("Each bar is a class of losses, with its number of runs.")
        ),
        table,
        *((Folded(fold, charts, on_paper=False),) if charts else ()),
    )


def _histogram(key: str, name: str, bars: Sequence[tuple[int, int, int]]) -> BarChart:
    labels = [_("{from_} to {to}", from_=rough(start), to=rough(end)) for start, end, _runs in bars]
    counts = [runs for _start, _end, runs in bars]
    most = counts.index(max(counts))
    return BarChart(
        key=key,
        title=_("{name}: lost resident-hours", name=name),
        alternative=_(
            "Most runs lose {most} resident-hours; all are between {low} and {high}.",
            most=labels[most],
            low=rough(bars[0][0]),
            high=rough(bars[-1][1]),
        ),
        axis_title=_("Number of runs"),
        rows=tuple(labels),
        values=tuple(counts),
        labels=tuple(number(runs) for runs in counts),
        table=Table(
            caption=_("Runs per class of lost resident-hours"),
            header=(_("Resident-hours"), _("Number of runs")),
            rows=tuple((label, number(runs)) for label, runs in zip(labels, counts, strict=True)),
            numeric=frozenset({1}),
        ),
    )


def _enough(found: MonteCarlo) -> tuple[Block, ...]:
    points = tuple(
        Point(
            place,
            one.mean // RESIDENT_HOUR,
            max(0, one.mean - one.half_width) // RESIDENT_HOUR,
            (one.mean + one.half_width) // RESIDENT_HOUR,
            text=_("{runs} runs: {mean}, give or take {half_width}", runs=number(one.runs), mean=hours(one.mean),
                   half_width=hours(one.half_width)),
        )
        for place, one in enumerate(found.settling)
    )  # fmt: skip
    ticks = ticks_of(max(point.high for point in points), min(point.low for point in points))
    chart = CurveChart(
        key="settling",
        title=_("The mean of all losses, as runs are added"),
        alternative=_("After {runs} runs the mean is {mean} resident-hours, give or take {half_width}.",
                      runs=number(found.runs), mean=hours(found.mean.mean), half_width=hours(found.mean.half_width)),
        x_title=_("Number of runs"),
        y_title=_("Resident-hours"),
        x_ticks=tuple((place, number(one.runs)) for place, one in enumerate(found.settling)),
        y_ticks=tuple((value, rough(value)) for value in ticks),
        points=points,
        table=Table(
            caption=_("The mean of all losses, as runs are added"),
            header=(_("Number of runs"), _("Mean, resident-hours"), _("Give or take, with 95% certainty")),
            rows=tuple((number(one.runs), hours(one.mean), hours(one.half_width)) for one in found.settling),
            numeric=frozenset({0, 1, 2}),
        ),
        line_label=_("Mean of the runs so far"),
        bar_label=_("The true mean is within this bar, with 95% certainty"),
    )  # fmt: skip
    return Paragraph(enough_words(found.mean), lead=True), Chart(chart)


def _tail(plan: CityPlan, found: MonteCarlo, moments: Moments) -> tuple[Block, ...]:
    tail = found.tail
    model = plan.plan.model
    intro = ngettext(
        "The worst {per_cent} per cent ({number} run) loses at least {from_} resident-hours; {share}% of all that is "
        "lost is lost there.",
        "The worst {per_cent} per cent ({number} runs) lose at least {from_} resident-hours; {share}% of all that is "
        "lost is lost there.",
        tail.size, per_cent=TAIL_PER_CENT, from_=hours(tail.begins_at), share=tail.share,
    )  # fmt: skip
    kept: list[Block] = [Paragraph(intro)]
    if tail.factors:
        kept += [
            Paragraph(_("What these runs have in common:")),
            Bullets(tuple(factor_words(model, factor) for factor in tail.factors)),
            Paragraph(
                _(
                    "Named is what was drawn further from the middle than any of as many draws that decide nothing. "
                    "That it goes with bad runs does not yet make it their cause: 'resilience question' tries each "
                    "figure on its own."
                )
            ),
        ]
    else:
        kept.append(Paragraph(_("Nothing that was drawn stands out in them from what chance alone would do.")))
    kept += [
        Folded(_tail_title(tail_run, tail.middle_total), _tail_run(plan, tail_run, moments)) for tail_run in tail.worst
    ]
    return tuple(kept)


def _tail_title(run: TailRun, middle: int) -> str:
    return _("Run {run}: {lost} resident-hours; the middle run {middle}", run=run.replication, lost=hours(run.total),
             middle=hours(middle))  # fmt: skip


def _tail_run(plan: CityPlan, run: TailRun, moments: Moments) -> tuple[Block, ...]:
    more = tuple(
        _("{function}: {more} more", function=name_of(plan.city, one.function), more=hours(one.more))
        for one in run.excess
    )
    told = tuple(difference_words(plan.plan.model, one, moments.local) for one in run.differences)
    return (
        Paragraph(_("Where it loses more than the middle run, in resident-hours:")),
        Bullets(more),
        Paragraph(_("What happened otherwise:")),
        Bullets(told or (_("Nothing but times within the usual."),)),
    )


def _assumptions(found: MonteCarlo) -> tuple[Block, ...]:
    what = ranges_words() if found.uncertain else fixed_words()
    points = (
        nobody_decides(),
        _("Residents are counted per function; somebody who uses three functions is counted three times."),
        _("What is not on the map does not fail, and does not help either."),
        _("The figures are drawn apart from each other, although one wrong guess may well go with another."),
    )
    return Callout("assumption", _("Conventions, not measurements"), what), Bullets(points)


def _back(minutes: int | None) -> str:
    if minutes is None:
        return _("not in the run")
    return short_duration(minutes) if minutes else _("never lost")


def hours(lost: int) -> str:
    """Return a loss in resident-hours as a person would say it."""
    return rough(lost // RESIDENT_HOUR)
