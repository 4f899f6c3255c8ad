"""What every report has in common: markings, method and limits, glossary."""

from city_model.schema import City
from reports.document import Block, Bullets, Definitions, Marking, Paragraph, Section
from resilience.base.language import _

_TLP_ORDER = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
EXERCISE = "OEFENING - EXERCISE"
"""Stands on every page about invented events, in both languages at once."""


def tlp_marking(view: City) -> Marking:
    """Return the highest Traffic Light Protocol mark of what stands in the reader's view."""
    marks = {component.tlp for component in view.components}
    marks |= {organisation.tlp for organisation in view.organisations}
    marks |= {source.tlp for source in view.sources}
    marks |= {placed.need.tlp for placed in view.placed_needs if placed.need.tlp}
    highest = max(marks, key=_TLP_ORDER.index, default="CLEAR")
    return Marking("tlp", f"TLP:{highest}")


def nobody_decides() -> str:
    """Return that runs of a scenario go on by themselves."""
    return _("Nobody decides anything in these runs: no extra crews, no emergency power, no other order of repair.")


def method_section() -> Section:
    """Return how the figures were computed and what they cannot say."""
    blocks: tuple[Block, ...] = (
        Paragraph(
            _(
                "The map holds parts (applications, networks, buildings, services), what each of them needs from "
                "others, and how long it can do without. The program follows minute by minute what the incident takes "
                "away, who misses it and when, which reserves hold, who repairs what, and when everything works again."
            )
        ),
        Bullets(
            (
                _("A level is a whole per cent of normal operation, from 0 to 100."),
                _("Lost service is counted in resident-hours: one resident who has to do without for one hour."),
                _(
                    "A function is back for good when it stays at 100% until the end of the run; shorter recoveries do "
                    "not count."
                ),
                _(
                    "Where a duration is given as a range, this run drew one value from it, fixed by the seed. Another "
                    "seed gives other times."
                ),
                _(
                    "Residents are counted per function; somebody who uses three functions is counted three times in "
                    "the resident-hours."
                ),
            )
        ),
        Paragraph(_("What this report cannot say:")),
        Bullets(
            (
                _("What is not on the map does not fail, and does not help either."),
                _("How people behave, what is said in the media and what an attacker does next is not computed."),
                _("It is no forecast: it shows what follows if the map is right and nobody does anything else."),
            )
        ),
    )
    return Section("method", _("Method and limits"), blocks)


def glossary_section() -> Section:
    """Return the words of the model in plain language."""
    entries = (
        (_("Part"), _("Anything that can fail: an application, a network, a building, a service.")),
        (_("City function"), _("The top of the chain: what residents notice, such as care, mobility or income.")),
        (_("Dependency"), _("What one part needs from another in order to work.")),
        (_("Level"), _("How much of normal operation is left, in per cent.")),
        (
            _("Buffer"),
            _("How long a part can do without something before anybody notices: a battery, a stock, a copy."),
        ),
        (_("Fallback"), _("Another way of working, at a lower level and for a limited time, such as paper forms.")),
        (_("Cascade"), _("One failure that causes others along the dependencies.")),
        (
            _("Longest tolerable outage (MTD)"),
            _("How long a function may be below its lowest acceptable level before the damage becomes unacceptable."),
        ),
        (_("Backlog"), _("Work that piled up during an outage and must be done before all is normal again.")),
        (_("Repair team"), _("People who can repair one kind of fault; there are only so many, so jobs wait.")),
        (_("Resident-hour"), _("One resident without a service for one hour.")),
        (_("Assumption"), _("A figure that nobody confirmed yet.")),
    )
    return Section("glossary", _("Words in this report"), (Definitions(entries),))
