"""What `resilience city` shows: rows, pages and trees, without writing anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from city_model.catalogue import is_base_layer
from city_model.chain import Direction
from city_model.confidence import figure_confidence
from city_model.figure_text import figure_words
from city_model.loader import load_city
from city_model.losses import Effect
from city_model.naming import organisation_name
from city_model.schema import City, Component, District, Organisation
from city_model.summary import Summary, kinds_of, summarise
from city_model.walk import Step
from city_model.words import component_kind_word, confidence_word, sector_word
from resilience.base.language import _
from resilience.base.problems import InputError, Problem
from resilience.base.units import format_duration
from resilience.cli.diagnostics import one_line

Row = Sequence[object]


@dataclass(frozen=True)
class Table:
    """A table with its headings."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """The same content for people (lines and tables) and for programs (JSON)."""

    parts: tuple[str | Table, ...]
    data: dict[str, object]


def city_rows(names: Iterable[str]) -> list[dict[str, object]]:
    """Return what to list about each bundled city; one with faults is listed as such."""
    rows: list[dict[str, object]] = []
    for name in names:
        kind = _("base layer") if is_base_layer(name) else _("city")
        row: dict[str, object] = {"id": name, "what": kind, "base_layer": is_base_layer(name)}
        try:
            city = load_city(name)
        except InputError as error:
            faults = {"name": _("has faults"), "faults": len(error.problems)}
            rows.append({**row, **faults, "organisations": None, "components": None, "functions": None})
            continue
        summary = summarise(city)
        counts = {field: summary.to_json()[field] for field in ("organisations", "components", "functions")}
        rows.append({**row, "name": str(city.name), "faults": 0, **counts})
    return rows


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return *problems* as JSON values."""
    return [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "path": problem.path,
            "what": problem.what,
            "repair": problem.repair,
        }
        for problem in problems
    ]


def summary_rows(city: City, summary: Summary) -> list[Row]:
    """Return the rows of the table of counts: what, how many, and of these how many are special."""
    kinds = ", ".join(f"{component_kind_word(kind)} {number}" for kind, number in sorted(kinds_of(city).items()))
    figures = _("{number} assumed, of which {unknown} unknown", number=summary.assumed_figures,
                unknown=summary.unknown_figures)  # fmt: skip
    return [
        (_("organisations"), summary.organisations, _("{number} run something", number=summary.running)),
        (_("components"), summary.components, kinds),
        (_("needs"), summary.needs, _("{number} assumed", number=summary.assumed_needs)),
        (_("figures"), summary.figures, figures),
        (_("access paths"), summary.access_paths, ""),
        (_("teams"), summary.teams, ""),
        (_("districts"), summary.districts, ""),
        (_("sources"), summary.sources, ""),
    ]


def city_page(city: City) -> Page:
    """Return a city: its size, its residents, its functions, its districts, its organisations with what they run."""
    summary = summarise(city)
    functions = [
        (function.id, str(function.name), len(function.needs), _residents(function)) for function in city.functions
    ]
    owned: dict[str, list[str]] = {name: [] for name in city.organisation_by_id}
    for part in city.components:
        if part.organisation in owned:
            owned[part.organisation].append(part.id)
    organisations = [
        (item.id, str(item.name), sector_word(item.sector), len(owned[item.id])) for item in city.organisations
    ]
    parts: list[str | Table] = [str(city.name)]
    if city.description:
        parts.append(str(city.description))
    years = [
        (str(one.year), figure_words(one.residents), confidence_word(figure_confidence(city, one.residents)))
        for one in city.population
    ]
    inside = Counter(part.district for part in city.components)
    districts = [
        (item.id, str(item.name), figure_words(item.residents) if item.residents else "", inside[item.id])
        for item in city.districts
    ]
    tables = [
        Table((_("What"), _("Number"), _("Of which")), tuple(summary_rows(city, summary))),
        Table((_("Year"), _("Residents"), _("Certainty")), tuple(years)),
        Table((_("City function"), _("Name"), _("Needs"), _("Residents")), tuple(functions)),
        Table((_("District"), _("Name"), _("Residents"), _("Components")), tuple(districts)),
        Table((_("Organisation"), _("Name"), _("Sector"), _("Components")), tuple(organisations)),
    ]
    for table in tables:
        if table.rows:
            parts += ["", table]
    data: dict[str, object] = {
        "id": city.id,
        "name": city.name.model_dump(),
        "summary": summary.to_json(),
        "population": {str(one.year): one.residents.value for one in city.population},
        "functions": [function.id for function in city.functions],
        "residents": {part.id: part.residents.value for part in city.functions if part.residents},
        "districts": {item.id: item.residents.value if item.residents else None for item in city.districts},
        "organisations": owned,
    }
    return Page(tuple(parts), data)


def district_page(city: City, district: District) -> Page:
    """Return a district: how many live there, and what stands there or serves it alone."""
    parts_in = [part for part in city.components if part.district == district.id]
    rows = tuple(
        (part.id, str(part.name), component_kind_word(part.kind), organisation_name(city, part.organisation),
         _residents(part))
        for part in parts_in
    )  # fmt: skip
    number = figure_words(district.residents) if district.residents else _("unknown")
    headers = (_("Component"), _("Name"), _("Kind"), _("Organisation"), _("Residents"))
    parts: list[str | Table] = [
        f"{district.name} ({district.id})",
        _("residents: {number}", number=number),
    ]
    if rows:
        parts += ["", Table(headers, rows)]
    return Page(tuple(parts), {**district.model_dump(mode="json"), "components": [part.id for part in parts_in]})


def organisation_page(city: City, organisation: Organisation) -> Page:
    """Return an organisation with the components that it owns or runs."""
    components = [
        part for part in city.components if organisation.id in {part.organisation, part.operator, part.supplier}
    ]
    roles = {part.id: [name for name in ("organisation", "operator", "supplier")
                       if getattr(part, name) == organisation.id] for part in components}  # fmt: skip
    words = {"organisation": _("owns"), "operator": _("runs"), "supplier": _("supplies")}
    rows = [
        (part.id, str(part.name), component_kind_word(part.kind), ", ".join(words[role] for role in roles[part.id]))
        for part in components
    ]
    parts: tuple[str | Table, ...] = (
        f"{organisation.name} ({organisation.id}), {sector_word(organisation.sector)}",
        str(organisation.role),
        "",
        Table((_("Component"), _("Name"), _("Kind"), _("Role")), tuple(rows)),
    )
    return Page(parts, {**organisation.model_dump(mode="json"), "components": roles})


def walk_lines(city: City, tree: Step, direction: Direction) -> list[str]:
    """Return the lines of a tree, with the columns aligned."""
    rows = [(prefix + _called(city, step), _arrival(step.effect), _why(step)) for prefix, step in _flat(tree)]
    title = _("What depends on {name}") if direction == "up" else _("What {name} depends on")
    effect = _("Lost after") if direction == "up" else _("Lost after, if this fails")
    rows = [(title.format(name=city.component_by_id[tree.component].name), effect, _("Because")), *rows[1:]]
    if len(rows) == 1:
        return [_("Nothing in this map depends on {id}.", id=tree.component) if direction == "up"
                else _("{id} depends on nothing in this map.", id=tree.component)]  # fmt: skip
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    lines = [f"{row[0].ljust(widths[0])}  {row[1].ljust(widths[1])}  {row[2]}".rstrip() for row in rows]
    notes = []
    if any(step.effect.assumed for _prefix, step in _flat(tree)):
        notes.append(_("~ rests on a figure or need that nobody confirmed"))
    if any(step.through for _prefix, step in _flat(tree)):
        notes.append(_("┄ an indirect link: what lies between does not pass the filter"))
    return [*lines, "", *notes] if notes else lines


def _residents(component: Component) -> str:
    return figure_words(component.residents) if component.residents else ""


def _called(city: City, step: Step) -> str:
    return f"{step.component}  {one_line(str(city.component_by_id[step.component].name))}"


def _arrival(effect: Effect) -> str:
    if effect.reach == "holds":
        return _("holds")
    if effect.minutes is None:
        return _("weakened")
    length = format_duration(effect.minutes) if effect.minutes else _("at once")
    return f"{length} ~" if effect.assumed else length


def _why(step: Step) -> str:
    marks = {"": "", "circle": _("(circle)"), "shown": _("(see elsewhere)"), "deeper": _("(goes deeper)")}
    return f"{one_line(step.why)} {marks[step.mark]}".strip()


def _flat(tree: Step) -> Iterator[tuple[str, Step]]:
    """Yield every step with the lines that draw its place in the tree."""
    waiting: list[tuple[str, str, Step]] = [("", "", tree)]
    while waiting:
        prefix, below, step = waiting.pop()
        yield prefix, step
        last = len(step.children) - 1
        waiting += [
            (
                f"{below}{'└' if number == last else '├'}{'┄' if child.through else '─'} ",
                f"{below}{'   ' if number == last else '│  '}",
                child,
            )
            for number, child in reversed(list(enumerate(step.children)))
        ]
