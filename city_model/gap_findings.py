"""Gaps as findings, in words: what is asked, what is reached, along which way."""

from collections.abc import Iterator

from city_model.finding import Finding, Severity, finding_id
from city_model.gaps import ASPECTS, CHECK_OF, Gap, Gaps, Measure, Silent
from city_model.naming import arrows, names_of, responsible_for
from city_model.schema import City
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration

MANY = 10
"""A silent provider that so many ask something of is worse than one that few do."""


def gap_findings(city: City, found: Gaps) -> Iterator[Finding]:
    """Yield a finding for every requirement that is not met, and for every provider without a figure."""
    for gap in found.worst:
        yield _gap_finding(city, gap, found.shorter[gap.place])
    for silent in found.silent:
        yield _silent_finding(city, silent)


def gap_id(gap: Gap) -> str:
    """Return the id of the finding about *gap*."""
    return finding_id(CHECK_OF[gap.measure], _place(gap))


def silent_id(silent: Silent) -> str:
    """Return the id of the finding about a provider without a figure."""
    return finding_id("no-figure", silent.provider)


def measure_word(measure: Measure) -> str:
    """Return what a measure is called in a narrow column."""
    return {
        "mtd": "MTD",
        "rto": "RTO",
        "rpo": "RPO",
        "availability": _("availability"),
        "integrity": _("integrity"),
        "confidentiality": _("confidentiality"),
    }[measure]


def amount(measure: Measure, value: int) -> str:
    """Return an amount of *measure*: a time, or a class."""
    return str(value) if measure in ASPECTS else format_duration(value)


def _gap_finding(city: City, gap: Gap, number: int) -> Finding:
    values = {
        "name": city.component_by_id[gap.component].name,
        "provider": city.component_by_id[gap.provider].name,
        "measure": measure_word(gap.measure),
        "asked": amount(gap.measure, gap.required),
        "reached": amount(gap.measure, gap.reached),
        "way": arrows(city, gap.path),
    }
    if gap.measure in ASPECTS:
        what = _("{provider} has class {reached} for {measure}, and {name} asks {asked} ({way})", **values)
    elif len(gap.path) == 1:
        what = _("{name} asks {asked} ({measure}) and itself reaches {reached}", **values)
    else:
        what = _("{name} asks {asked} ({measure}) and gets {reached} ({way})", **values)
    if number > 1:
        what += "; " + ngettext("{number} other way falls short too", "{number} other ways fall short too", number - 1)
    components = tuple(reversed(gap.path)) if gap.measure in ASPECTS else gap.path
    return Finding(
        CHECK_OF[gap.measure], _place(gap), _severity(gap), what, components, responsible_for(city, gap.provider)
    )


def _place(gap: Gap) -> str:
    """Return the place of a gap: who asks a time; of a class who is asked, and for what."""
    return f"{gap.provider}/{gap.measure}" if gap.measure in ASPECTS else gap.component


def _severity(gap: Gap) -> Severity:
    """Return how bad a gap is: an outage that nobody can bear is worst; a class that is one too low is least."""
    if gap.measure in ASPECTS:
        return "medium" if gap.required - gap.reached > 1 else "low"
    return "high" if gap.measure == "mtd" else "medium"


def _silent_finding(city: City, silent: Silent) -> Finding:
    name = city.component_by_id[silent.provider].name
    others = [asking for asking in silent.asked_by if asking != silent.provider]
    measures = ", ".join(measure_word(measure) for measure in silent.measures)
    if others:
        what = ngettext(
            "{name} states no {measures}; {asking} asks for it",
            "{name} states no {measures}; {number} components ask for it ({asking})",
            len(others),
            name=name,
            measures=measures,
            asking=names_of(city, others, 2),
        )
    else:
        what = _("{name} has to meet its own {measures} and states no figure", name=name, measures=measures)
    if silent.strictest is not None:
        what += "; " + _("the strictest leaves it {time}", time=format_duration(silent.strictest))
    if silent.estimate is not None:
        what += "; " + _("by the repair in the map up to {time}", time=format_duration(silent.estimate))
    severity: Severity = "medium" if len(others) >= MANY else "low"
    return Finding("no-figure", silent.provider, severity, what, (silent.provider, *silent.asked_by),
                   responsible_for(city, silent.provider))  # fmt: skip
