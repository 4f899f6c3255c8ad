"""Rule 9: the greatest solution, circles, black start, circular redundancy."""

import pytest

from city_model.schema import City
from tests.builders import city, component, fallback, need
from tests.runs import decide, levels, outage, rows, run


def circle(first: str, second: str) -> City:
    """Return a (lag 30) and b (lag 50), both on power and on each other in these phases."""
    return city(
        component("power"),
        component("a", restart_lag=30, needs=[need("power", kind="power"), need("b", phase=first)]),  # type: ignore[arg-type]
        component("b", restart_lag=50, needs=[need("power", kind="power"), need("a", phase=second)]),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("run", "run", {10: 0, 150: 100}),
        ("run", "start", {10: 0}),
        ("start", "run", {10: 0}),
        ("start", "start", {10: 0}),
        ("both", "run", {10: 0}),
        ("both", "start", {10: 0}),
        ("both", "both", {10: 0}),
    ],
)
def test_rule_9_3_run_circles_come_back_together_and_others_stay_down(
    first: str, second: str, expected: dict[int, int]
) -> None:
    """Rule 9.3: power out 10..100; with a start or both need in the circle it is a black start."""
    trace = run(circle(first, second), outage("power", 10, 100))

    assert (levels(trace, "a"), levels(trace, "b")) == (expected, expected)


@pytest.mark.parametrize(
    ("minutes", "a", "b"),
    [(60, {10: 0, 230: 100, 260: 0}, {10: 0}), (120, {10: 0, 230: 100}, {10: 0, 280: 100})],
)
def test_rule_9_5_a_black_start_is_broken_by_supply_that_lasts_long_enough(
    minutes: int, a: dict[int, int], b: dict[int, int]
) -> None:
    """Rule 9.5: b starts until 280; 60 minutes of supply from 200 come too short, 120 do."""
    trace = run(circle("both", "both"), outage("power", 10, 100), decide(200, "supply", need="a>b", minutes=minutes))

    assert (levels(trace, "a"), levels(trace, "b")) == (a, b)


def test_rule_9_5_a_start_need_can_be_supplied() -> None:
    """Rule 9.5: a host needs dns to start, dns is hosted on it; 31 minutes of supply at 200 are just enough."""
    tiny = city(
        component("power"),
        component("host", restart_lag=30, needs=[need("power", kind="power"), need("dns", phase="start")]),
        component("dns", restart_lag=5, needs=[need("host", kind="hosting")]),
    )
    trace = run(tiny, outage("power", 10, 100), decide(200, "supply", need="host>dns", minutes=31))

    assert rows(trace)[11:] == [
        (200, "decision", "decision", None, ()),
        (200, "host", "buffer running", 231, (4,)),
        (230, "host", "standing", None, (11,)),
        (230, "host", "level", 100, (13,)),
        (231, "host", "buffer empty", "host>dns", (4,)),
        (235, "dns", "standing", None, (14,)),
        (235, "dns", "level", 100, (16,)),
    ]


def test_rule_9_1_a_circle_with_buffers_falls_late_and_returns_together() -> None:
    """Rule 9.1: buffers 60/60, a damaged 0..100 with lag 10: b falls at 60, both return at 110."""
    tiny = city(
        component("a", restart_lag=10, needs=[need("b", buffer=60)]), component("b", needs=[need("a", buffer=60)])
    )
    trace = run(tiny, outage("a", 0, 100))

    assert (levels(trace, "a"), levels(trace, "b")) == ({0: 0, 110: 100}, {60: 0, 110: 100})


def test_rule_9_4_a_capped_circle_rises_to_the_top_when_the_cap_goes() -> None:
    """Rule 9.4, first trap: raising from the providers alone would leave both at 60."""
    tiny = city(component("a", needs=["b"]), component("b", needs=["a"]))
    trace = run(tiny, outage("a", 0, 50, cap=60))

    assert (levels(trace, "a"), levels(trace, "b")) == ({0: 60, 50: 100}, {0: 60, 50: 100})


def test_rule_9_2_a_circle_catches_up_together() -> None:
    """Rules 8.4 and 9.2: catch-up 60 and rho 50 on both sides of a circle: 60 from 100, 100 from 150."""
    tiny = city(
        component("power"),
        component("a", backlog=50, catch_up_level=60, needs=["power", "b"]),
        component("b", backlog=50, catch_up_level=60, needs=["power", "a"]),
    )
    trace = run(tiny, outage("power", 0, 100))

    assert (levels(trace, "a"), levels(trace, "b")) == ({0: 0, 100: 60, 150: 100}, {0: 0, 100: 60, 150: 100})


def test_rule_9_6_circular_redundancy_holds_itself_up() -> None:
    """Rule 9.6: a needs any of b and c, b needs a; without c the two hold each other (analysis names it)."""
    tiny = city(component("a", needs=[need("b", "c", at_least=1)]), component("b", needs=["a"]), component("c"))
    trace = run(tiny, outage("c", 0))

    assert (levels(trace, "a"), levels(trace, "b")) == ({}, {})


def test_rule_9_4_a_full_fallback_does_not_hide_that_normal_working_is_back() -> None:
    """Rule 9.4: a fallback at 100 keeps the level at 100; normal working must still be seen to return."""
    tiny = city(
        component("p"),
        component("d", needs=["p"], fallback=fallback(100)),
    )
    trace = run(tiny, outage("p", 0, 50))

    assert [row for row in rows(trace) if row[1] == "d"] == [
        (0, "d", "fallback in use", None, (2,)),
        (50, "d", "fallback out", None, (3,)),
    ]
