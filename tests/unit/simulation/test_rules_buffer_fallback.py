"""Rules 5 and 6: buffers and fallbacks."""

from typing import Any

from city_model.schema import City
from tests.builders import city, component, fallback, need
from tests.runs import decide, levels, outage, rows, run


def buffered(**fields: Any) -> City:
    """Return p and d, which needs p with a buffer of 60 minutes."""
    return city(component("p"), component("d", needs=[need("p", buffer=60, **fields)]))


def until(trace_levels: dict[int, int], minute: int) -> dict[int, int]:
    """Return the changes before *minute*."""
    return {moment: level for moment, level in trace_levels.items() if moment < minute}


def test_rule_5_1_a_small_loss_drains_slowly() -> None:
    """Rules 5.1 and 5.2: 240 minutes at 95 use 12 of 60 minutes, so a total loss from 240 is felt at 288."""
    trace = run(buffered(), outage("p", 0, 240, cap=95), outage("p", 240, 900, name="total"))

    assert levels(trace, "d") == {288: 0, 900: 100}


def test_rule_5_2_the_end_moves_when_the_loss_grows() -> None:
    """Rule 5.2: at 40 during 0..30 it uses 18 minutes; the 42 left end at 72."""
    trace = run(buffered(), outage("p", 0, 30, cap=40), outage("p", 30, 900, name="total"))

    assert levels(trace, "d") == {72: 0, 900: 100}


def test_rule_5_3_it_refills_pro_rata_and_only_while_the_provider_is_whole() -> None:
    """Rule 5.3: 40 minutes used, 60 minutes up at recharge 120 give 30 back, so the next loss is felt after 50."""
    trace = run(buffered(recharge=120), outage("p", 0, 40), outage("p", 100, 900, name="again"))

    assert levels(trace, "d") == {150: 0, 900: 100}


def test_rule_5_3_flicker_is_noticed_unless_it_refills_at_once() -> None:
    """Rule 5.3: down 50, up 10, again and again: never noticed at recharge 1, from the second time at recharge 60."""
    flicker = [outage("p", start, start + 50) for start in (0, 60, 120)]

    assert levels(run(buffered(recharge=1), *flicker), "d") == {}
    assert levels(run(buffered(recharge=60), *flicker), "d") == {80: 0, 110: 100, 130: 0, 170: 100}


def test_rule_5_3_an_up_of_zero_minutes_refills_nothing() -> None:
    """Rule 5.3: up at 40 and down again at 40, the buffer still ends at 60."""
    trace = run(buffered(), outage("p", 0, 40), outage("p", 40, 900, name="again"))

    assert levels(trace, "d") == {60: 0, 900: 100}


def test_rule_5_1_buffer_and_strength_together() -> None:
    """Rules 3.3 and 5.1: the buffer is on the input; when it is empty the strength counts."""
    assert levels(run(buffered(strength=30), outage("p", 0, 900)), "d") == {60: 70, 900: 100}


def test_rule_5_5_supply_fills_above_the_brim_and_refilling_never_lowers_it() -> None:
    """Rule 5.5: 30 minutes supplied before the loss make 90."""
    trace = run(buffered(), decide(10, "supply", need="d>p", minutes=30), outage("p", 100, 900))

    assert levels(trace, "d") == {190: 0, 900: 100}


def by_phone(**fields: Any) -> City:
    """Return d with needs p, and a fallback at 40 that needs the phone."""
    return city(
        component("p"),
        component("phone"),
        component("d", needs=["p"], fallback=fallback(40, needs=["phone"], **fields)),
    )


def test_rule_6_a_fallback_fails_with_what_it_needs_itself() -> None:
    """Rules 6.2 to 6.5: delay 60, limit 240; the 50 minutes without phone do not count against the limit."""
    trace = run(by_phone(delay=60, duration=240), outage("p", 0, 500, name="x"), outage("phone", 100, 150, name="y"))

    assert rows(trace) == [
        (0, "x", "incident", None, ()),
        (0, "p", "damage", 0, (0,)),
        (0, "p", "level", 0, (1,)),
        (0, "d", "level", 0, (2,)),
        (0, "p", "stopped", None, (1,)),
        (60, "d", "fallback in use", None, (2,)),
        (60, "d", "level", 40, (3, 5)),
        (100, "y", "incident", None, ()),
        (100, "phone", "damage", 0, (7,)),
        (100, "phone", "level", 0, (8,)),
        (100, "d", "level", 0, (9,)),
        (100, "d", "fallback out", None, (9,)),
        (100, "phone", "stopped", None, (8,)),
        (150, "phone", "damage ended", "y", (8,)),
        (150, "phone", "standing", None, (13,)),
        (150, "phone", "level", 100, (14,)),
        (150, "d", "fallback in use", None, (2, 15)),
        (150, "d", "level", 40, (15, 16)),
        (350, "d", "fallback used up", None, (16,)),
        (350, "d", "level", 0, (18,)),
        (500, "p", "damage ended", "x", (1,)),
        (500, "p", "standing", None, (20,)),
        (500, "p", "level", 100, (21,)),
        (500, "d", "level", 100, (22,)),
    ]


def test_rule_6_5_minutes_used_come_back_minute_for_minute() -> None:
    """Rule 6.5: 80 of 100 used, 30 minutes normal, so 50 are left: out at 160."""
    tiny = city(component("p"), component("d", needs=["p"], fallback=fallback(40, duration=100)))
    trace = run(tiny, outage("p", 0, 80), outage("p", 110, 900))

    assert levels(trace, "d") == {0: 40, 80: 100, 110: 40, 160: 0, 900: 100}


def test_rule_6_2_prepare_starts_the_delay_early() -> None:
    """Rule 6.2: the need is lost at 50, the delay is 60: in use at 110, or at 70 when prepared at 10."""
    tiny = city(component("p"), component("d", needs=["p"], fallback=fallback(40, delay=60)))
    lost = outage("p", 50, 900)

    unprepared = levels(run(tiny, lost), "d")
    prepared = levels(run(tiny, lost, decide(10, "prepare", components="d")), "d")

    assert (until(unprepared, 900), until(prepared, 900)) == ({50: 0, 110: 40}, {50: 0, 70: 40})


def test_rule_6_2_prepare_never_delays_a_fallback_whose_clock_runs() -> None:
    """Rule 6.2: the need is lost at 50, prepared at 100: the delay of 60 still ends at 110."""
    tiny = city(component("p"), component("d", needs=["p"], fallback=fallback(40, delay=60)))
    late = run(tiny, outage("p", 50, 900), decide(100, "prepare", components="d"))

    assert until(levels(late, "d"), 900) == {50: 0, 110: 40}


def test_rule_6_3_a_fallback_cannot_lift_itself_through_its_own_dependents() -> None:
    """Rule 6.3: the switchboard falls back on a phone that runs on the switchboard: the hidden circle is shown."""
    tiny = city(component("a", fallback=fallback(40, needs=["b"]), repair=60), component("b", needs=["a"]))
    trace = run(tiny, outage("a", 0))

    assert (levels(trace, "a"), levels(trace, "b")) == ({0: 0, 60: 100}, {0: 0, 60: 100})


def test_rule_6_4_in_use_it_gives_at_most_what_its_needs_give() -> None:
    """Rule 6.4: a phone at 20 limits a fallback of 40 to 20, and both to what normal working gives at best."""
    trace = run(by_phone(), outage("p", 0, 100), outage("phone", 0, 50, cap=20, name="weak"))

    assert levels(trace, "d") == {0: 20, 50: 40, 100: 100}


def test_rule_6_4_the_fallback_never_replaces_a_better_normal_level() -> None:
    """Rule 6.4: the maximum of normal and fallback counts."""
    trace = run(by_phone(), outage("p", 0, 100, cap=60))

    assert levels(trace, "d") == {0: 60, 100: 100}
