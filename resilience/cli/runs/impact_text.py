"""What a run does to people and money, as lines and as a table; every number says that it is an assumption."""

from city_model.impact import HarmKind
from city_model.schema import City
from city_model.words import harm_kind_word
from resilience.base.language import _, ngettext, number
from resilience.cli import output
from resilience.cli.runs.spread_text import When
from resilience.simulation.explain import name_of
from resilience.simulation.impact import HarmDone, Impact, rounded

_ON_ONE_LINE: tuple[HarmKind, ...] = ("livelihood", "health")
"""Kinds of which the heaviest harm stands on the first screen."""


def impact_line(found: Impact) -> list[str]:
    """Return one line with the heaviest harm to livelihood and to health, and how many more there are; or none."""
    chosen = [next((done for done in found.heaviest if done.harm.kind == kind), None) for kind in _ON_ONE_LINE]
    shown = [f"{_number(done)} {done.harm.name}" for done in chosen if done]
    rest = len(found.heaviest) - len(shown)
    if not shown:
        return []
    if rest:
        shown.append(ngettext("{number} more with --all", "{number} more with --all", rest))
    return [_("In trouble at the end (assumption): {harms}.", harms=", ".join(shown))]


def write_impact(city: City, found: Impact, when: When) -> None:
    """Write the table of harms, what is known of the costs, and of what nobody said anything."""
    if found.heaviest:
        output.result(_("In trouble at the end of the run (read each number as an order of magnitude):"))
        rows = [
            (harm_kind_word(done.harm.kind), name_of(city, done.function), _number(done), _vulnerable(done),
             str(done.harm.name), "" if done.first is None else when(done.first))
            for done in found.heaviest
        ]  # fmt: skip
        output.table([_("harm to"), _("city function"), _("how many"), _("vulnerable"), _("who"), _("first one")], rows)
    for line in _cost_lines(city, found):
        output.result(line)
    if found.unsaid:
        output.result(_("Whom the loss harms was not said (impact.yaml): {names}.", names=_names(city, found.unsaid)))
    if found.heaviest or found.costs or found.unsaid:
        output.result("")


def _cost_lines(city: City, found: Impact) -> list[str]:
    lines = []
    for cost in found.costs:
        about = "≈" if cost.assumed else ""
        euros = number(rounded(cost.euros) or 0 if cost.assumed else cost.euros)
        said = {"function": name_of(city, cost.function), "what": cost.name, "euros": f"{about}{euros}"}
        lines.append(_("{function}: {what}, {euros} euros.", **said))
    if found.costs and found.unpriced:
        lines.append(_("What the loss costs is not known of: {names}.", names=_names(city, found.unpriced)))
    return lines


def _names(city: City, functions: tuple[str, ...]) -> str:
    return ", ".join(name_of(city, function) for function in functions)


def _number(done: HarmDone) -> str:
    return _about(done, done.shown)


def _vulnerable(done: HarmDone) -> str:
    return _about(done, done.shown_vulnerable)


def _about(done: HarmDone, people: int | None) -> str:
    if people is None:
        return _("unknown")
    return f"{'≈' if done.assumed else ''}{number(people)}"
