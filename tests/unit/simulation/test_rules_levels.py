"""Rules 1 to 4: time and levels, own condition, groups, component level; and how a minute is read."""

import pytest

from city_model.schema import City, Need
from tests.builders import city, component, fallback, need
from tests.runs import decide, levels, outage, rows, run


def test_the_minute_a_timer_and_a_recovery_in_one_minute_leave_no_trace_of_a_fall() -> None:
    """Rule "The minute": a buffer that ends in the minute its provider returns was never missed."""
    tiny = city(component("p"), component("d", needs=[need("p", buffer=60)]))

    assert rows(run(tiny, outage("p", 0, 60))) == [
        (0, "outage-0", "incident", None, ()),
        (0, "p", "damage", 0, (0,)),
        (0, "p", "level", 0, (1,)),
        (0, "d", "buffer running", 60, (2,)),
        (0, "p", "stopped", None, (1,)),
        (60, "p", "damage ended", "outage-0", (1,)),
        (60, "d", "buffer empty", "d>p", (2,)),
        (60, "p", "standing", None, (5,)),
        (60, "p", "level", 100, (7,)),
    ]


def test_the_minute_one_minute_later_the_fall_is_there() -> None:
    """Rule "The minute": the buffer ends at 60, the provider returns at 61."""
    tiny = city(component("p"), component("d", needs=[need("p", buffer=60)]))

    assert rows(run(tiny, outage("p", 0, 61))) == [
        (0, "outage-0", "incident", None, ()),
        (0, "p", "damage", 0, (0,)),
        (0, "p", "level", 0, (1,)),
        (0, "d", "buffer running", 60, (2,)),
        (0, "p", "stopped", None, (1,)),
        (60, "d", "buffer empty", "d>p", (2,)),
        (60, "d", "level", 0, (2, 5)),
        (61, "p", "damage ended", "outage-0", (1,)),
        (61, "p", "standing", None, (7,)),
        (61, "p", "level", 100, (8,)),
        (61, "d", "level", 100, (9,)),
    ]


def test_rule_1_1_a_change_and_its_undoing_in_one_minute_never_happened() -> None:
    """Rule 1.1: isolated and reconnected in the same minute, nothing is seen."""
    trace = run(
        city(component("a")),
        decide(5, "isolate", components="a", name="cut"),
        decide(5, "reconnect", components="a", name="join"),
    )

    assert levels(trace, "a") == {}


def test_rule_1_2_loss_is_rounded_down_so_that_a_small_dip_fades() -> None:
    """Rule 1.2: a chain of needs with strength 50 and a source at 90 reads 95, 98, 99, 100."""
    tiny = city(
        component("s"),
        component("a", needs=[need("s", strength=50)]),
        component("b", needs=[need("a", strength=50)]),
        component("c", needs=[need("b", strength=50)]),
        component("d", needs=[need("c", strength=50)]),
    )
    trace = run(tiny, outage("s", 0, cap=90))

    assert [trace.level_at(part, 0) for part in "sabcd"] == [90, 95, 98, 99, 100]


def test_rule_2_2_the_lowest_cap_counts_and_each_damage_ends_on_its_own() -> None:
    """Rule 2.2: cap 40 during 0..50, a second damage with cap 0 from 20 and a repair of 60 minutes."""
    tiny = city(component("web", repair=60))

    assert rows(run(tiny, outage("web", 0, 50, cap=40), outage("web", 20))) == [
        (0, "outage-0", "incident", None, ()),
        (0, "web", "damage", 40, (0,)),
        (0, "web", "level", 40, (1,)),
        (20, "outage-20", "incident", None, ()),
        (20, "web", "damage", 0, (3,)),
        (20, "web", "level", 0, (4,)),
        (20, "web", "stopped", None, (4,)),
        (20, "web", "job waits", None, (4,)),
        (20, "web", "repair starts", 80, (7,)),
        (50, "web", "damage ended", "outage-0", (1,)),
        (80, "web", "damage ended", "outage-20", (8, 4)),
        (80, "web", "standing", None, (10,)),
        (80, "web", "level", 100, (11,)),
    ]


def test_rule_2_2_the_same_incident_hitting_again_starts_the_repair_over() -> None:
    """Rule 2.2: hit at 0 and again at 30 by one incident, repair 60: back at 90."""
    twice = outage("web", 0, name="wave")
    again = outage("web", 30, name="wave")

    assert levels(run(city(component("web", repair=60)), twice, again), "web") == {0: 0, 90: 100}


def test_rule_2_1_a_damage_that_covers_all_limits_the_fallback_too() -> None:
    """Rule 2.1: closed for safety, a counter is not reopened by its own paper procedure; damaged, it is."""
    counter = city(component("counter", fallback=fallback(40), repair=60))

    closed = levels(run(counter, decide(0, "close", components="counter")), "counter")
    damaged = levels(run(counter, outage("counter", 0)), "counter")

    assert (closed, damaged) == ({0: 0}, {0: 40, 60: 100})


@pytest.mark.parametrize(
    ("group", "a", "b", "c", "expected"),
    [
        (need("a", "b", "c", at_least=2), 100, 60, 0, 60),
        (need("a", "b", "c", at_least=2), 60, 60, 60, 60),
        (need("a", "b", "c"), 100, 60, 80, 60),
        (need("a", "b", "c", at_least=1), 0, 60, 80, 80),
        (need(shares={"a": 60, "b": 40}), 100, 0, 100, 60),
        (need(shares={"a": 80, "b": 80}), 100, 0, 100, 80),
        (need(shares={"a": 80, "b": 80}), 100, 50, 100, 100),
        (need(shares={"a": 34, "b": 33, "c": 33}), 0, 100, 100, 66),
        (need(shares={"a": 34, "b": 33, "c": 33}), 100, 99, 99, 100),
        (need("a", strength=30), 0, 100, 100, 70),
        (need("a", strength=60, criticality=30), 50, 100, 100, 70),
        (need("a", strength=60, criticality=30), 0, 100, 100, 30),
        (need("a", strength=100, criticality=0), 40, 100, 100, 40),
    ],
)
def test_rule_3_group_input_and_level(group: Need, a: int, b: int, c: int, expected: int) -> None:
    """Rules 3.1, 3.2 and 3.4: k-th highest, shares, strength and criticality (FDNA of Garvey and Pinto)."""
    tiny = city(component("a"), component("b"), component("c"), component("d", needs=[group]))
    hit = [
        outage(part, 0, cap=cap, name=f"hit-{part}") for part, cap in zip("abc", (a, b, c), strict=True) if cap < 100
    ]

    assert run(tiny, *hit).level_at("d", 0) == expected


def test_rule_3_1_every_lost_provider_that_was_needed_is_a_cause() -> None:
    """Rule 3.1 and section Trace: a lost 2-of-3 names both lost providers, and its recovery all that came back."""
    tiny = city(component("a"), component("b"), component("c"), component("d", needs=[need("a", "b", "c", at_least=2)]))
    trace = run(tiny, outage("a b", 0, 20, name="x"))

    assert rows(trace) == [
        (0, "x", "incident", None, ()),
        (0, "a", "damage", 0, (0,)),
        (0, "b", "damage", 0, (0,)),
        (0, "a", "level", 0, (1,)),
        (0, "b", "level", 0, (2,)),
        (0, "d", "level", 0, (3, 4)),
        (0, "a", "stopped", None, (1,)),
        (0, "b", "stopped", None, (2,)),
        (20, "a", "damage ended", "x", (1,)),
        (20, "b", "damage ended", "x", (2,)),
        (20, "a", "standing", None, (8,)),
        (20, "a", "level", 100, (10,)),
        (20, "b", "standing", None, (9,)),
        (20, "b", "level", 100, (12,)),
        (20, "d", "level", 100, (11, 13)),
    ]


def lagging(phase: str) -> City:
    """Return a provider and a dependent with a restart lag of 30 minutes."""
    return city(component("p"), component("d", restart_lag=30, needs=[need("p", phase=phase)]))  # type: ignore[arg-type]


@pytest.mark.parametrize(("phase", "expected"), [("run", {0: 0, 60: 100}), ("both", {0: 0, 90: 100}), ("start", {})])
def test_rule_4_2_phases(phase: str, expected: dict[int, int]) -> None:
    """Rule 4.2: without a run need it waits ready; without a both need it stops; a start need is for restarting."""
    assert levels(run(lagging(phase), outage("p", 0, 60)), "d") == expected


def test_rule_4_2_power_hosting_and_place_stop_the_dependent_by_default() -> None:
    """Rule 4.2: the default phase follows the kind of need."""
    kinds = ("data", "identity", "network", "power", "hosting", "supplier", "staff", "payment", "place")

    assert {kind: need("p", kind=kind).effective_phase for kind in kinds} == {  # type: ignore[arg-type]
        **dict.fromkeys(("data", "identity", "network", "supplier", "staff", "payment"), "run"),
        **dict.fromkeys(("power", "hosting", "place"), "both"),
    }
