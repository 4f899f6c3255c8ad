"""What a run does to people and money: numbers worked out by hand, and what must hold for every run."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_model.impact import Cost, FunctionImpact, Harm, Point, per_thousand
from city_model.redaction import Reader, view_for
from city_model.schema import City
from city_model.values import CountFigure, Text
from resilience.simulation.impact import Layer, impact, in_trouble, layers
from resilience.simulation.trace import Record, Trace, What
from tests.builders import FACT, GUESS, city, component, function, source, text
from tests.runs import outage, run


def point(after: str, of_thousand: int) -> Point:
    """Return a point of a curve."""
    return Point.model_validate({"after": after, "of_thousand": of_thousand})


CURVE = (point("1h", 100), point("3h", 300))
STEEP = (point("1h", 500),)


def harm(**fields: object) -> Harm:
    """Return people who cannot pay: 100 of 1,000 after an hour, 300 after three; of the vulnerable 500 at once."""
    said = {"id": "no-money", "name": text("people"), "kind": "livelihood", "curve": CURVE, "source": FACT, **fields}
    return Harm.model_validate(said)


def town(*impacts: FunctionImpact, residents: int = 1000, vulnerable: int | None = 200) -> City:
    """Return a function on one service, with what being without it does."""
    income = function("income", needs=["desk"], residents=residents)
    if vulnerable is not None:
        income = income.model_copy(update={"vulnerable": CountFigure(value=vulnerable, source=FACT)})
    return city(component("desk"), income).model_copy(update={"impacts": impacts})


def levels(*changes: tuple[int, int], horizon: int = 600) -> Trace:
    """Return a trace in which the level of income changes at these minutes."""
    records = tuple(Record(minute, "income", What.LEVEL, level) for minute, level in changes)
    return Trace("testcity", 0, horizon, records)


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, 0), (59, 0), (60, 100), (61, 101), (120, 200), (180, 300), (9999, 300)]
)
def test_a_curve_is_a_line_between_its_points(minutes: int, expected: int) -> None:
    """Nobody before the first point, a straight line between two, rounded down, no more after the last."""
    assert per_thousand(CURVE, minutes) == expected


def test_residents_fall_into_layers() -> None:
    """60 from 0, 20 from 60, 60 from 90, 100 from 200: four in ten are without for 200 minutes, as many for 30."""
    trace = levels((0, 60), (60, 20), (90, 60), (200, 100))

    assert layers(trace, "income") == (Layer(40, ((60, 90),)), Layer(40, ((0, 200),)))


def test_two_spells_are_two_and_the_longest_counts() -> None:
    """Whole from 60 to 100: somebody is without for 60 and then for 200 minutes, not for 260."""
    trace = levels((0, 0), (60, 100), (100, 0), (300, 100))
    [layer] = layers(trace, "income")

    assert (layer, layer.longest(50), layer.longest(250), layer.longest(600)) == (
        Layer(100, ((0, 60), (100, 300))), 50, 150, 200,
    )  # fmt: skip


def test_by_hand_residents_and_vulnerable_residents_apart() -> None:
    """Half without for two hours: of 800 others half at 200 of 1,000 is 80, of 200 vulnerable half at 500 is 50.

    The first one is in trouble after an hour, when 100 of 1,000 are.
    """
    made = town(FunctionImpact(function="income", harms=(harm(vulnerable=STEEP),)))
    [done] = impact(made, levels((0, 50), (120, 100))).harms

    assert (done.number, done.vulnerable, done.first, done.assumed) == (130, 50, 60, False)


def test_one_curve_is_for_everybody() -> None:
    """Without a curve for vulnerable residents theirs is that of the others: 1,000 at 300 of 1,000, 60 of them."""
    made = town(FunctionImpact(function="income", harms=(harm(),)))
    [done] = impact(made, levels((0, 0), (240, 100))).harms

    assert (done.number, done.vulnerable) == (300, 60)


def test_what_is_counted_may_stand_for_several_residents() -> None:
    """300 people in households of 2 are 150 households; rounded down: 3 people are one."""
    pairs = harm(people_each=CountFigure(value=2, source=FACT))
    made = town(FunctionImpact(function="income", harms=(pairs,)))
    few = town(FunctionImpact(function="income", harms=(pairs,)), residents=10, vulnerable=0)
    trace = levels((0, 0), (240, 100))

    assert [impact(one, trace).harms[0].number for one in (made, few)] == [150, 1]


def test_unknown_residents_are_not_nobody() -> None:
    """Without a number of residents there is no number in trouble; without vulnerable ones theirs is unknown."""
    said = FunctionImpact(function="income", harms=(harm(),))
    nobody = town(said, vulnerable=None)
    unknown = town(said)
    bare = unknown.components[1].model_copy(update={"residents": CountFigure(value="unknown", source=FACT)})
    trace = levels((0, 0), (240, 100))
    counts = [
        (done.number, done.vulnerable)
        for made in (nobody, unknown.model_copy(update={"components": (unknown.components[0], bare)}))
        for done in impact(made, trace).harms
    ]

    assert counts == [(300, None), (None, None)]


def test_costs_run_with_the_loss() -> None:
    """600 euros an hour: two hours at half and one at nothing are two hours of loss, so 1,200 euros."""
    cost = Cost(id="work", name=Text(nl="werk", en="work"), per_hour=600, source=GUESS)
    made = town(FunctionImpact(function="income", costs=(cost,)))
    found = impact(made, levels((0, 50), (120, 0), (180, 100)))

    assert (found.euros, found.costs[0].assumed, found.unsaid, found.unpriced) == (1200, True, ("income",), ())


def test_a_theme_is_taken_over_and_one_harm_replaced() -> None:
    """`like` brings the harms of the theme; a harm with the same id is the city's own, and what it says counts."""
    made = town(FunctionImpact(function="income", like="income", harms=(harm(),)))
    found = impact(made, levels((0, 0), (240, 100)))

    assert [(done.harm.id, done.number, done.assumed) for done in found.harms] == [
        ("trust", 0, True), ("no-money", 300, False),
    ]  # fmt: skip


def test_what_nobody_said_is_named() -> None:
    """A function that fell without an impact is named, for nobody said that it does no harm; one that held is not."""
    made = city(component("desk"), function("income", needs=["desk"]), function("water"))
    found = impact(made, run(made, outage("desk", 0, 60)))

    assert (found.harms, found.unsaid, found.unpriced, found.leak) == ((), ("income",), ("income",), None)


def test_the_reader_gets_the_harms_that_may_be_seen() -> None:
    """A harm from a source that is marked AMBER is not among those of a reader, nor is one of a hidden function."""
    secret = harm(id="secret", source="closed")
    said = FunctionImpact(function="income", harms=(harm(), secret))
    made = town(said)
    made = made.model_copy(update={"sources": (*made.sources, source("closed", tlp="AMBER"))})
    hidden = made.components[1].model_copy(update={"tlp": "RED"})
    closed = made.model_copy(update={"components": (made.components[0], hidden)})
    public = Reader("public")
    views = [view_for(one, public).impacts for one in (made, closed)]

    assert [[one.id for impact in view for one in impact.harms] for view in views] == [["no-money"], []]


def test_it_can_be_written_as_json() -> None:
    """Ids, numbers, and names in both languages."""
    made = town(FunctionImpact(function="income", harms=(harm(),)))
    [done] = impact(made, levels((0, 0), (240, 100))).harms

    assert json.loads(json.dumps(done.to_json())) == {
        "function": "income", "id": "no-money", "kind": "livelihood", "name": {"nl": "people", "en": "people"},
        "number": 300, "vulnerable": 60, "first": 60, "assumed": False,
    }  # fmt: skip


changes = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 100)), min_size=1, max_size=6).map(
    lambda pairs: sorted(dict(pairs).items())
)


def one_by_one(trace: Trace, until: int) -> int:
    """Return how many of 100 residents are in trouble, one by one and minute by minute."""
    level = [trace.level_at("income", minute) for minute in range(until)]
    whole = 0
    for resident in range(1, 101):
        longest = now = 0
        for height in level:
            now = now + 1 if height < resident else 0
            longest = max(longest, now)
        whole += per_thousand(CURVE, longest)
    return whole // 1000


@given(changes)
def test_layers_say_the_same_as_counting_each_resident(pairs: Sequence[tuple[int, int]]) -> None:
    """For any course of levels: one per cent of residents after another, minute after minute, gives the same number."""
    trace = levels(*pairs, horizon=320)
    made = town(residents=100, vulnerable=0)
    counted = in_trouble(made.components[1], harm(), layers(trace, "income"), 320)

    assert counted == (one_by_one(trace, 320), 0)
