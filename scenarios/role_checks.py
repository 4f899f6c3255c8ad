"""The roles that sit in a cell are those of the crisis structure; a scenario that an exercise kept is not asked again.

A list of roles grows and changes, and an exercise must stay readable: what it kept was checked when it was made.
"""

from collections.abc import Iterator

from city_model.faults import Fault
from city_model.targets import unknown
from resilience.base.language import _
from scenarios.crisis_structure import bundled_regions, crisis_structure
from scenarios.schema import Scenario


def role_faults(scenario: Scenario) -> Iterator[Fault]:
    """Cells name roles of the national structure, or of some region."""
    named = {role for cell in scenario.cells for role in cell.roles}
    if not named:
        return
    known = {role.id for role in crisis_structure().roles}
    if not named <= known:
        known |= {role.id for region in bundled_regions() for role in crisis_structure(region).roles}
    for i, cell in enumerate(scenario.cells):
        for j, role in enumerate(cell.roles):
            if role not in known:
                yield unknown(("cells", i, "roles", j), _("role"), role, known)
