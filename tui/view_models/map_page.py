"""What the map screen says in a few lines: the map as a whole, one component, one link, the parts of the screen."""

from city_model.chain import Direction
from city_model.confidence import need_confidence
from city_model.lint_records import TLP_ORDER
from city_model.naming import arrows, name_of, organisation_name, responsible_for
from city_model.quality import due_on
from city_model.schema import City, PlacedNeed
from city_model.values import Tlp
from city_model.walk import link_words
from city_model.words import component_kind_word, confidence_word, phase_word
from resilience.base.language import _, ngettext, number
from tui.view_models.map_tree import TreeRow
from tui.view_models.rows import Block, Sheet
from tui.view_models.words import moment

PARTS = ("list", "needs", "needed", "falls", "sources")
"""The parts of the screen, in the order of their number keys."""


def part_titles() -> dict[str, str]:
    """Return what the parts are called."""
    return {
        "list": _("Find"),
        "needs": _("Needs"),
        "needed": _("Needed by"),
        "falls": _("What falls"),
        "sources": _("Provenance"),
    }


def highest_mark(city: City) -> Tlp:
    """Return the strictest marking of anything in *city*: who may look along."""
    marks = {part.tlp for part in city.components} | {item.tlp for item in city.organisations}
    return max(marks | {source.tlp for source in city.sources}, key=TLP_ORDER.index, default="CLEAR")


def map_line(city: City) -> str:
    """Return the map in one line: name, size, marking."""
    return " · ".join(
        (
            str(city.name),
            ngettext("{number} component", "{number} components", len(city.components)),
            ngettext("{number} dependency", "{number} dependencies", len(city.placed_needs)),
            f"TLP:{highest_mark(city)}",
        )
    )


def failed_line(city: City, failed: str, minute: int) -> str:
    """Return what is taken to have failed, and how long ago."""
    return _("{name} has failed; this is how it stands at {time}", name=name_of(city, failed), time=moment(minute))


def subject_line(city: City, component: str) -> str:
    """Return a component in one line: name, id, kind, who runs it, marking."""
    part = city.component_by_id[component]
    owner = organisation_name(city, responsible_for(city, component))
    parts = (f"{part.name} ({part.id})", component_kind_word(part.kind), owner, f"TLP:{part.tlp}")
    return " · ".join(filter(None, parts))


def component_sheet(city: City, component: str) -> Sheet:
    """Return what a component is, before anything about its links."""
    part = city.component_by_id[component]
    districts = {district.id: str(district.name) for district in city.districts}
    said = (
        (_("Supplier"), organisation_name(city, part.supplier)),
        (_("City functions"), ", ".join(name_of(city, function) for function in part.functions)),
        (_("District"), districts.get(part.district or "", "")),
        (_("Without computers"), str(part.offline_alternative.description) if part.offline_alternative else ""),
    )
    lines = (str(part.description),) if part.description else ()
    return Sheet(
        str(part.name),
        facts=tuple((label, value) for label, value in said if value),
        blocks=(Block("", lines),) if lines else (),
    )


def link_sheet(city: City, direction: Direction, row: TreeRow) -> Sheet:
    """Return what links a line of a tree to the line above it."""
    if not row.component:
        text = _("A filter never hides that a link exists: it is counted here, or drawn dotted (┄) where something "
                 "that passes lies behind it.")  # fmt: skip
        return Sheet(row.text, blocks=(Block("", (text,)),))
    title = subject_line(city, row.component)
    above = row.key.split("/")[-2]
    if row.through:
        way = arrows(city, (above, *row.through, row.component))
        return Sheet(title, lead=_("indirectly, through what the filter leaves out"), blocks=(Block("", (way,)),))
    provider = row.component if direction == "down" else above
    lines = tuple(line for placed in row.links for line in _link(city, placed, provider))
    return Sheet(title, blocks=(Block("", lines),))


def count(found: int, total: int) -> str:
    """Return how many of all are shown."""
    return _("{found} of {total}", found=number(found), total=number(total))


def _link(city: City, placed: PlacedNeed, provider: str) -> tuple[str, str]:
    """Return what one need is about, and who says so."""
    need = placed.need
    words = link_words(placed, {provider}, provider)
    if placed.role == "level":
        words = f"{words} ({phase_word(need.effective_phase)})"
    source = city.source_by_id[need.source]
    said = _(
        "{confidence}: {source}; review by {day}",
        confidence=confidence_word(need_confidence(city, need)),
        source=source.reference,
        day=due_on(city, need),
    )
    return words, said
