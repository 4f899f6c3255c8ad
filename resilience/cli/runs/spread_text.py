"""What malware did and what became of data, in a few lines below an answer: only what happened is said."""

from collections.abc import Callable

from city_model.schema import City
from resilience.base.language import _, ngettext, number
from resilience.simulation.contagion import Leak, contagions, leak
from resilience.simulation.impact import rounded
from resilience.simulation.trace import Trace

When = Callable[[int], str]


def spread_lines(city: City, trace: Trace, when: When) -> list[str]:
    """Return up to three lines: malware, suspect data, leaks; *when* says a minute of the run."""
    found = contagions(trace)
    minutes = {
        "in": [one.foothold for one in found if one.foothold is not None],
        "struck": [one.struck for one in found if one.struck is not None],
        "backups": [one.backup_lost for one in found if one.backup_lost is not None],
        "suspect": [one.suspect for one in found if one.suspect is not None],
        "exposed": [one.exposed for one in found if one.exposed is not None],
    }
    lines = [_malware(minutes["in"], minutes["struck"], len(minutes["backups"]), when)]
    if minutes["suspect"]:
        still = sum(one.suspect is not None and one.verified is None for one in found)
        lines.append(
            ngettext(
                "Data of {number} component is suspect, the first at {when}; {still} not verified within the run.",
                "Data of {number} components is suspect, the first at {when}; {still} not verified within the run.",
                len(minutes["suspect"]), when=when(min(minutes["suspect"])), still=still,
            )
        )  # fmt: skip
    if minutes["exposed"]:
        lines.append(_leak(len(minutes["exposed"]), when(min(minutes["exposed"])), city, trace))
    return [line for line in lines if line]


def people_words(found: Leak) -> str:
    """Return of how many people data leaked, in words."""
    if found.at_most == 0:
        return _("an unknown number of people")
    exact = (found.at_least, found.at_most)
    least, most = (rounded(value) or 0 for value in exact) if found.assumed else exact
    said = {"least": number(least), "most": number(most)}
    words = _("{most} people", **said) if least == most else _("{least} to {most} people", **said)
    about = "≈" if found.assumed else ""
    more = _(" and more, unknown") if found.unknown else ""
    return f"{about}{words}{more}"


def _malware(footholds: list[int], struck: list[int], backups: int, when: When) -> str:
    parts = []
    if footholds:
        parts.append(
            ngettext(
                "Malware gets into {number} component, the last at {when}",
                "Malware gets into {number} components, the last at {when}",
                len(footholds), when=when(max(footholds)),
            )
        )  # fmt: skip
    if struck:
        parts.append(
            ngettext(
                "it strikes {number}, from {when} on", "it strikes {number}, from {when} on",
                len(struck), when=when(min(struck)),
            )
            if footholds
            else ngettext(
                "Data of {number} component is wiped or locked, from {when} on",
                "Data of {number} components is wiped or locked, from {when} on",
                len(struck), when=when(min(struck)),
            )
        )  # fmt: skip
    if backups:
        parts.append(ngettext("{number} backup is lost", "{number} backups are lost", backups))
    return "; ".join(parts) + "." if parts else ""


def _leak(components: int, when: str, city: City, trace: Trace) -> str:
    found, special = leak(city, trace), leak(city, trace, special=True)
    line = ngettext(
        "Data of {number} component leaks, the first at {when}",
        "Data of {number} components leaks, the first at {when}",
        components, when=when,
    )  # fmt: skip
    if found is None:
        return _("{line}; no personal data of people as far as the map says.", line=line)
    line = _("{line}: {people}", line=line, people=people_words(found))
    if special is not None:
        line = _("{line}, with special personal data of {people}", line=line, people=people_words(special))
    return f"{line}."
