"""What the map screen shows, without a screen: finding, trees, what falls, provenance."""

import datetime as dt
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from city_model.chain import Chain
from city_model.map_filter import FIELDS, MapFilter
from city_model.quality import due_on, said_of
from city_model.schema import City, Component
from city_model.values import Text
from resilience.analysis.outlook import DEFAULT_HORIZON, failure_order, outlook
from resilience.base.language import in_language
from resilience.simulation.engine import simulate
from tests.builders import assumed, city, component, district, function, need, work
from tests.strategies import Case, cases
from tui.view_models.city_map import CityMap
from tui.view_models.map_falls import MOMENTS
from tui.view_models.map_finder import Finder
from tui.view_models.map_page import PARTS, component_sheet, link_sheet
from tui.view_models.map_provenance import provenance_rows, said_about
from tui.view_models.map_tree import Neighbourhood, TreeRow, row_name, row_words
from tui.what_if import Failures

TODAY = dt.date(2026, 11, 22)


def called(part: Component, nl: str, en: str) -> Component:
    """Return *part* with a name in each language."""
    return part.model_copy(update={"name": Text(nl=nl, en=en)})


CITY = city(
    district("north"),
    called(component("grid", kind="infrastructure", district="north", organisation="power-company", repair=120),
           "Elektriciteitsnet", "Power grid"),
    called(component("mast", needs=[need("grid", kind="power", buffer=assumed(60))], organisation="telco"),
           "Zendmast", "Mast"),
    called(component("cafe", kind="service", needs=["mast"], functions=("care",)), "Café", "Café of the power grid"),
    component("desk", kind="service", needs=[need("mast", "grid", at_least=1, source="guess")],
              repair=work(30, needs=["desk"])),
    called(function("care", needs=["cafe", need("desk", strength=50)]), "Zorg", "Care"),
)  # fmt: skip


def wanted() -> bool:
    """Say that an answer is not unwanted."""
    return False


def computed(found: City, subject: str, failed: str | None = None) -> CityMap:
    """Return the map with everything computed that it would show."""
    made = CityMap(found, TODAY, subject)
    made.failed = failed
    for piece in made.work(PARTS):
        made.failures.do(piece, wanted)
    return made


def drawn(found: City, tree: Neighbourhood) -> list[str]:
    """Return the lines of a tree."""
    rows = tree.rows()
    return [f"{row.branch}{row.fold} {row_name(found, row)} {row_words(found, row)}".rstrip() for row in rows]


def everything_open(tree: Neighbourhood) -> tuple[TreeRow, ...]:
    """Open every line that is not a circle, at most two steps deep below each component."""
    met: set[str] = set()
    while True:
        closed = [row for row in tree.rows() if row.fold == "▸" and row.component not in met]
        if not closed:
            return tree.rows()
        met |= {row.component for row in closed}
        for row in closed:
            tree.open(row.key)


def test_a_component_is_found_by_id_and_by_its_name_in_both_languages() -> None:
    """Capitals and accents do not matter, words stand in any order; the whole title first, then its beginning."""
    with in_language("nl"):
        finder = Finder(CITY)
        found = {text: [row.key for row in finder.find(text, MapFilter())]
                 for text in ("GRID", "grid power", "cafe", "elek", "ast", "", "nothing")}  # fmt: skip

    assert found == {
        "GRID": ["grid", "cafe"],
        "grid power": ["cafe", "grid"],
        "cafe": ["cafe"],
        "elek": ["grid"],
        "ast": ["mast"],
        "": ["care", "cafe", "desk", "grid", "mast"],
        "nothing": [],
    }


def test_a_filter_says_beforehand_how_many_it_leaves() -> None:
    """The count of each value is what the list holds once that value alone is asked in its field."""
    finder = Finder(CITY)
    asked = MapFilter(organisation=frozenset({"owner", "telco"}), kind=frozenset({"service"}))
    wrong = {}
    for row in finder.facets(asked):
        field = next(field for field in FIELDS if row.key.startswith(f"{field}:"))
        value = row.key.removeprefix(f"{field}:")
        alone = asked
        for old in asked.wanted(field):
            alone = alone.toggled(field, old)
        left = len(finder.find("", alone.toggled(field, value)))
        if (row.count, row.asked) != (left, value in asked.wanted(field)):
            wrong[row.key] = (row.count, left)

    assert wrong == {}


def test_a_tree_shows_how_each_line_hangs_on_the_one_above() -> None:
    """What is needed, k of n, the buffer, what nobody confirmed, and a circle."""
    with in_language("en"):
        tree = Neighbourhood(Chain(CITY, "down"), Finder(CITY).place, "care", None)

        assert drawn(CITY, tree) == [
            "├─▾ Café of the power grid data",
            "│ └─▸ Mast data",
            "└─▾ desk data",
            "  ├─↺ desk repair",
            "  ├─▸ Mast data 1/2 ~",
            "  └─  Power grid data 1/2 ~",
        ]
        assert (tree.open("care/cafe/mast"), tree.open("care/desk/grid"), tree.close("care/desk")) == (
            True,
            False,
            True,
        )
        assert drawn(CITY, tree) == [
            "├─▾ Café of the power grid data",
            "│ └─▾ Mast data",
            "│   └─  Power grid power buffer 1h",
            "└─▸ desk data",
        ]


def test_what_a_filter_leaves_out_is_counted_and_what_lies_behind_it_stays() -> None:
    """The tree of the grid with city functions only: two direct links and one further are hidden, care is not."""
    with in_language("en"):
        tree = Neighbourhood(Chain(CITY, "up"), Finder(CITY).place, "grid", frozenset({"care"}))
        rows = tree.rows()

        assert drawn(CITY, tree) == ["┄ hidden: 3, of which 2 direct", "└┄  ◆ Care through 1 hidden"]
        assert link_sheet(CITY, "up", rows[1]).blocks[0].lines == ("Power grid → desk → Care",)


@settings(max_examples=15)
@given(cases(decisions=False), st.data())
def test_filters_never_hide_that_an_indirect_link_exists(case: Case, data: st.DataObject) -> None:
    """Everything that a component is linked with either stands in the opened tree or is counted in its first line."""
    names = [part.id for part in case.city.components]
    shown = frozenset(data.draw(st.lists(st.sampled_from(names), unique=True)))
    start = data.draw(st.sampled_from(names))
    chain = Chain(case.city, data.draw(st.sampled_from(["up", "down"])))
    tree = Neighbourhood(chain, Finder(case.city).place, start, shown)

    standing = {row.component for row in everything_open(tree)} - {"", start}
    direct, further = tree.hidden

    assert standing == chain.reach(start) & shown - {start}
    assert direct + further == len(chain.reach(start) - shown - {start})
    assert (direct + further > 0) is (tree.rows()[:1] != () and tree.rows()[0].component == "")


@settings(max_examples=15)
@given(cases(decisions=False), st.data())
def test_what_falls_is_what_simulate_says(case: Case, data: st.DataObject) -> None:
    """The thread computes the run of `simulate --fail`; what one loss does to one component is the same run in less."""
    names = [part.id for part in case.city.components]
    failing, felt = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    trace = simulate(case.city, [failure_order(failing)], horizon=DEFAULT_HORIZON)
    falls = outlook(case.city, trace)
    chain = Chain(case.city, "down")
    failures = Failures(case.city, lambda: chain)

    answer = failures.compute(failing, "en", wanted)
    assert answer is not None
    assert (answer.trace.records, answer.falls) == (trace.records, falls)

    if failing in {felt, *chain.reach(felt)}:
        assert failures.compute_felt(failing, felt, wanted)
        alone, whole = failures.felt(failing, felt), {fall.component: fall for fall in falls}.get(felt)
        assert (alone and (alone.minute, alone.lowest, alone.down, alone.back)) == (
            whole and (whole.minute, whole.lowest, whole.down, whole.back)
        )


def test_an_answer_that_nobody_wants_any_more_is_not_given() -> None:
    """The thread leaves it after an hour of the run at most, and nothing is kept of it."""
    chain = Chain(CITY, "down")
    failures = Failures(CITY, lambda: chain)
    asked: list[bool] = []

    def unwanted() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert failures.compute("grid", "en", unwanted) is None
    assert (len(asked), failures.known("grid", "en")) == (4, None)


def test_a_line_says_when_it_falls_or_its_level_after_the_failure() -> None:
    """Without a failure: when it falls with the subject, or the subject with it; with one: its level at that moment."""
    with in_language("en"):
        plain = computed(CITY, "mast")
        failed = computed(CITY, "mast", failed="grid")
        before, after = {}, {}
        for part, name in (("needs", "grid"), ("needed", "cafe"), ("needed", "care")):
            before[name] = plain.state_of(part)(name).text
        for minute in (0, 60):
            failed.minute = minute
            after[minute] = {name: failed.state_of("needs")(name).text for name in ("grid", "mast", "desk", "care")}
        waiting = CityMap(CITY, TODAY, "mast").state_of("needed")("cafe").text

    assert before == {"grid": "▼ ≈+01:00", "cafe": "▼ +00:00", "care": "▼ +00:00"}
    assert after == {
        0: {"grid": "✕ 0% out", "mast": "● 100% normal", "desk": "● 100% normal", "care": "● 100% normal"},
        60: {"grid": "✕ 0% out", "mast": "✕ ≈0% out", "desk": "✕ ≈0% out", "care": "✕ ≈0% out"},
    }
    assert waiting == "…"


def test_what_falls_is_listed_with_times_and_counted() -> None:
    """The first on top, city functions marked, the failing component itself left out."""
    with in_language("en"):
        found = computed(CITY, "grid")
        rows = [(row.when, row.mark, row.name, row.lowest, row.down) for row in found.falls()]
        note, page = found.note("falls"), found.sheet("falls", None, "care")

    assert rows == [
        ("≈+01:00", " ", "Mast", "0%", "▼ +01:00"),
        ("≈+01:00", " ", "Café of the power grid", "0%", "▼ +01:00"),
        ("≈+01:00", " ", "desk", "0%", "▼ +01:00"),
        ("≈+01:00", "◆", "Care", "0%", "▼ +01:00"),
    ]
    assert note == "4 fall short, 1 city function"
    assert page is not None
    assert page.facts[:3] == (
        ("Falls short", "+01:00, needs Café of the power grid"),
        ("Too low", "+01:00, needs Café of the power grid"),
        ("Lowest", "0%"),
    )


def test_every_need_and_figure_stands_in_the_provenance() -> None:
    """As many rows from each source as the quality report counts, each with the day of its review."""
    for part in CITY.components:
        said = [(one.by.source, due_on(CITY, one.by)) for one in said_about(CITY, part.id)]

        assert Counter(said) == Counter((one.source, due_on(CITY, one)) for one in said_of(part))


def test_provenance_says_how_sure_and_until_when() -> None:
    """What is unsure, and what is due for review, by mark and word."""
    with in_language("en"):
        rows = provenance_rows(CITY, "mast", dt.date(2027, 2, 1))

        assert [(row.mark, row.label, row.value, row.confidence, row.review) for row in rows] == [
            ("✓", "→ Power grid", "power", "confirmed by both sides", "! 2027-01-01"),
            ("≈", "└ buffer", "1h", "assumption", "! 2027-01-01"),
        ]


def test_going_to_neighbours_and_coming_back() -> None:
    """Each step is remembered but the one to where one is already; without steps there is nothing to go back to."""
    found = CityMap(CITY, TODAY, "grid")
    for name in ("mast", "mast", "cafe"):
        found.look_at(name, remember=True)
    way = [found.subject]
    while found.back():
        way.append(found.subject)

    assert way == ["cafe", "mast", "grid"]


def test_moments_after_a_failure() -> None:
    """Forward and back along the list of moments, from any minute, and not beyond its ends."""
    found = CityMap(CITY, TODAY, "grid")
    found.fail_until(100)
    steps = []
    for forward in (True, True, False, False, False):
        found.step(forward)
        steps.append(found.minute)
    found.fail_until(MOMENTS[-1])
    found.step(True)

    assert (found.failed, steps, found.minute) == ("grid", [120, 180, 120, 60, 30], 4320)


def test_a_component_in_a_few_lines() -> None:
    """Its name, what it belongs to and where it stands."""
    with in_language("nl"):
        grid, cafe = component_sheet(CITY, "grid"), component_sheet(CITY, "cafe")

    assert (grid.title, grid.facts) == ("Elektriciteitsnet", (("Wijk", "north"),))
    assert cafe.facts == (("Stadsfuncties", "Zorg"),)
