"""Two versions of a map side by side, in the words of those who keep it."""

from city_model.compare import compare
from city_model.impact import FunctionImpact
from city_model.loader import city_texts, load_city_from_texts
from city_model.schema import City
from city_model.values import Source, Text
from resilience.analysis.compare_cascades import CascadeChange, compare_cascades, single_failures
from resilience.base.language import set_language
from tests.builders import GUESS, assumed, city, component, fallback, function, need, path, source, team, work

OLD = city(
    component("grid", kind="infrastructure"),
    component("fibre"),
    component("web", needs=[need("grid", kind="power", buffer=240), need("fibre", kind="network")]),
    component("old-desk", needs=["web"]),
    function("care", needs=["web"], residents=1000),
)


def said(old: City, new: City) -> list[tuple[str, str, str]]:
    """Return kind, subject and sentence of every change."""
    return [(one.kind, one.subject, one.sentence) for one in compare(old, new)]


def test_the_same_map_has_no_changes() -> None:
    """Nor the same parts in another order."""
    assert (compare(OLD, OLD), compare(OLD, city(*reversed(OLD.components)))) == ((), ())


def test_what_came_went_and_changed() -> None:
    """Functions, components, dependencies and figures; no path of a field."""
    new = city(
        component("grid", kind="infrastructure"),
        component("fibre"),
        component("radio"),
        component(
            "web",
            mtd=120,
            needs=[need("grid", kind="power", buffer=480), need("fibre", "radio", kind="network", at_least=1)],
        ),
        function("care", needs=["web"], residents=1200),
        function("income", needs=["web"]),
    )

    assert said(OLD, new) == [
        ("changed", "function", "care: residents: 1000 → 1200"),
        ("added", "function", "income"),
        ("removed", "component", "old-desk, application of owner"),
        ("added", "component", "radio, application of owner"),
        ("changed", "need", "web → fibre, radio (network): radio added as provider"),
        ("changed", "need", "web → fibre, radio (network): one provider → 1 of 2 is enough"),
        ("removed", "need", "old-desk → web (data)"),
        ("added", "need", "income → web (data)"),
        ("changed", "figure", "web: maximum tolerable downtime (MTD) that is asked: now 2h"),
        ("changed", "figure", "web → grid (power): buffer: 4h → 8h"),
    ]


def with_harm(*harms: dict[str, object], **fields: object) -> City:
    """Return the town in which the loss of care does this."""
    impact = FunctionImpact.model_validate({"function": "care", "harms": harms, **fields})
    return OLD.model_copy(update={"impacts": (impact,)})


def test_what_a_loss_does_to_people_and_money_changed_too() -> None:
    """Whom, how many after how long, and how dear; a theme that is taken over counts as said."""
    harm = {"id": "waiting", "name": {"nl": "wachtenden", "en": "people waiting"}, "kind": "health", "source": "fact"}
    cost = {"id": "pay", "name": {"nl": "loon", "en": "wages"}, "source": "fact"}
    first = with_harm({**harm, "curve": [{"after": "4h", "of_thousand": 10}]}, costs=[{**cost, "per_hour": 20000}])
    second = with_harm({**harm, "curve": [{"after": "4h", "of_thousand": 10}, {"after": "1d", "of_thousand": 50}]},
                       costs=[{**cost, "per_hour": 25000}])  # fmt: skip
    one, two = "health and safety: of 1,000 people 10 after 4h", "20000 euros an hour → 25000 euros an hour"

    assert said(OLD, first) == [
        ("added", "impact", f"care: people waiting: {one}"),
        ("added", "impact", "care: wages: 20000 euros an hour"),
    ]
    assert said(first, second) == [
        ("changed", "impact", f"care: people waiting: {one} → {one}, 50 after 1d"),
        ("changed", "impact", f"care: wages: {two}"),
    ]
    assert {kind for kind, _subject, _words in said(OLD, with_harm(like="care"))} == {"added"}


def test_another_provider_in_place_of_the_only_one_is_one_change() -> None:
    """Not a dependency that went and another that came."""
    one, other = (city(component("a"), component("b"), component("c", needs=[name])) for name in ("a", "b"))

    assert said(one, other) == [("changed", "need", "c → b (data): b in place of a")]


def test_a_figure_that_became_surer_says_so() -> None:
    """With a new value, or without."""
    old = city(component("a", restart_lag=assumed(10), backlog=assumed(50)))
    new = city(component("a", restart_lag=20, backlog=50))

    assert said(old, new) == [
        ("changed", "figure", "a: restart lag: 10m → 20m (assumption → confirmed by both sides)"),
        ("changed", "figure",
         "a: backlog, per cent of the outage: still 50, now from fact (confirmed by both sides)"),
    ]  # fmt: skip


def test_figures_that_were_only_looked_at_again_come_as_one() -> None:
    """A new review date is no change of the map."""
    old = city(component("a", restart_lag=10, backlog=50))
    again = {name: getattr(old.components[0], name).model_copy(update={"note": "checked"})
             for name in ("restart_lag", "backlog")}  # fmt: skip
    new = city(old.components[0].model_copy(update=again))

    assert said(old, new) == [("changed", "figure", "a: 2 figures were looked at again and stay")]


def test_a_source_that_became_surer_moves_what_rests_on_it() -> None:
    """Told once, with how many figures it is about."""
    sure = Source.model_validate({**source(GUESS).model_dump(), "confidence": "one_sided"})
    parts = [component("a", restart_lag=assumed(10), backlog=assumed(20))]

    assert said(city(*parts), city(sure, *parts)) == [
        ("changed", "source", "guess: assumption → said by one side; 2 figures rest on it")
    ]


def test_names_teams_paths_and_prose() -> None:
    """A name in one language alone counts; long texts are not quoted; ids become names."""
    old = city(
        team("crew"),
        component("a", repair=work(60), description={"nl": "x", "en": "x"}),
        component("b"),
        path("a", "b"),
    )
    renamed = old.components[0].model_copy(
        update={
            "name": Text(nl="aa", en="a"),
            "repair": work(60, "crew"),
            "description": Text(nl="y", en="y"),
            "fallback": fallback(30),
        }
    )
    new = city(team("crew", 2), renamed, component("b"))

    assert said(old, new) == [
        ("changed", "component", "a: was called a / a"),
        ("changed", "figure", "a: description: rewritten"),
        ("changed", "figure", "a: repair, team: now crew"),
        ("changed", "figure", "a: fallback, level: now 30"),
        ("changed", "team", "crew: how many at once: 1 → 2"),
        ("removed", "path", "a → b (network)"),
    ]


def test_changes_are_told_in_dutch_too() -> None:
    """Names of the map in the language of the reader."""
    new = city(*(part.model_copy(update={"name": Text(nl="net", en="grid")}) if part.id == "grid" else part
                 for part in OLD.components))  # fmt: skip
    set_language("nl")

    assert [one.about for one in compare(OLD, new)] == ["net"]


def test_single_failures_lose_what_the_functions_lose() -> None:
    """Functions themselves do not fail; a web of which nothing is left for an hour costs all residents an hour."""
    made = city(
        component("web", repair=60), component("spare", repair=60), function("care", needs=["web"], residents=1000)
    )

    assert single_failures(made, horizon=600) == {"web": 60 * 100 * 1000, "spare": 0}


def test_top_cascades_before_and_after() -> None:
    """The worst of either map, by the larger loss; what is new or gone is in it, what costs nothing is not."""
    before = {"grid": 900, "web": 500, "old": 400, "tiny": 1, "none": 0}
    after = {"grid": 900, "web": 100, "new": 700, "tiny": 1, "none": 0}

    assert compare_cascades(before, after, top=2) == (
        CascadeChange("grid", 900, 900, 1, 1),
        CascadeChange("new", None, 700, None, 2),
        CascadeChange("web", 500, 100, 2, 3),
    )


def test_a_bundled_city_is_equal_to_itself() -> None:
    """Reading its files in another order gives no change."""
    texts = city_texts("utrecht")

    assert compare(load_city_from_texts(texts), load_city_from_texts(dict(reversed(texts.items())))) == ()
