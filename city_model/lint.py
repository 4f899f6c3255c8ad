"""All that can be found in a map without running it; circles that a run reveals are added by resilience.analysis."""

from collections.abc import Iterable

from city_model.finding import CHECKS, SEVERITIES, Finding
from city_model.lint_chain import chain_findings
from city_model.lint_records import record_findings
from city_model.schema import City
from resilience.base.language import _
from resilience.base.progress import progress


def lint(city: City) -> tuple[Finding, ...]:
    """Return what the structure and the records of *city* show, the worst first."""
    with progress(_("Checking the map"), 2) as done:
        chain = [*chain_findings(city)]
        done(1)
        return in_order([*chain, *record_findings(city)])


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* by severity, then by check, then by place."""
    return tuple(sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), CHECKS.index(one.check), one.place)))
