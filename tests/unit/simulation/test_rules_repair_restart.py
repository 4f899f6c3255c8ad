"""Rules 7 and 8: repair by scarce teams; stop, restart and catch-up."""

from tests.builders import backup, city, component, fallback, need, team, work
from tests.runs import decide, levels, outage, rows, run


def test_rule_7_2_teams_go_by_priority_then_by_detection_then_by_id() -> None:
    """Rules 7.1 to 7.3: one team, repair 60, detection 10; c is hit last and goes second by a decision at 30."""
    tiny = city(team("t"), *[component(name, repair=work(60, "t"), detection=10) for name in "abc"])
    trace = run(
        tiny, outage("a b", 0, name="x"), outage("c", 5, name="y"), decide(30, "priority", components="c", priority=5)
    )

    assert rows(trace) == [
        (0, "x", "incident", None, ()),
        (0, "a", "damage", 0, (0,)),
        (0, "b", "damage", 0, (0,)),
        (0, "a", "level", 0, (1,)),
        (0, "b", "level", 0, (2,)),
        (0, "a", "stopped", None, (1,)),
        (0, "b", "stopped", None, (2,)),
        (5, "y", "incident", None, ()),
        (5, "c", "damage", 0, (7,)),
        (5, "c", "level", 0, (8,)),
        (5, "c", "stopped", None, (8,)),
        (10, "a", "job waits", "t", (1,)),
        (10, "b", "job waits", "t", (2,)),
        (10, "a", "repair starts", 70, (11,)),
        (10, "t", "queue", 1, ()),
        (15, "c", "job waits", "t", (8,)),
        (15, "t", "queue", 2, ()),
        (30, "decision", "decision", None, ()),
        (70, "a", "damage ended", "x", (13, 1)),
        (70, "a", "standing", None, (18,)),
        (70, "a", "level", 100, (19,)),
        (70, "c", "repair starts", 130, (15,)),
        (70, "t", "queue", 1, ()),
        (130, "c", "damage ended", "y", (21, 8)),
        (130, "c", "standing", None, (23,)),
        (130, "c", "level", 100, (24,)),
        (130, "b", "repair starts", 190, (12,)),
        (130, "t", "queue", 0, ()),
        (190, "b", "damage ended", "x", (26, 2)),
        (190, "b", "standing", None, (28,)),
        (190, "b", "level", 100, (29,)),
    ]


def test_rule_7_2_a_job_that_is_not_eligible_does_not_block_those_behind_it() -> None:
    """Rule 7.2: app needs the backup, down until 90; web goes first: 5-50, then app: 90-150."""
    tiny = city(
        team("t"),
        component("store"),
        component("app", repair=work(60, "t", ["store"])),
        component("web", repair=work(45, "t")),
    )
    trace = run(tiny, outage("store", 0, 90, name="s"), outage("app", 0, name="x"), outage("web", 5, name="y"))

    assert (levels(trace, "web"), levels(trace, "app")) == ({5: 0, 50: 100}, {0: 0, 150: 100})


def test_rule_7_3_teams_can_be_added_and_withdrawn_and_a_busy_one_finishes() -> None:
    """Rule 7.3: a second team at 20 takes b at once; both withdrawn at 30, c waits for a team added at 200."""
    tiny = city(team("t"), *[component(name, repair=work(60, "t")) for name in "abc"])
    trace = run(
        tiny,
        outage("a b c", 0),
        decide(20, "add_teams", team="t", count=1, name="help"),
        decide(30, "withdraw_teams", team="t", count=2, name="home"),
        decide(200, "add_teams", team="t", count=1, name="back"),
    )

    assert [levels(trace, name) for name in "abc"] == [{0: 0, 60: 100}, {0: 0, 80: 100}, {0: 0, 260: 100}]


def test_rule_7_4_without_a_backup_the_repair_is_a_rebuild_for_damage_that_destroys_data() -> None:
    """Rule 7.4: no backup and destroyed data: 300 minutes; an ordinary outage of the same part: 30."""
    tiny = city(component("a", repair=30, rebuild=300, backup=backup("none")))

    destroyed = run(tiny, outage("a", 0, destroys_data=True))
    ordinary = run(tiny, outage("a", 0))

    assert (levels(destroyed, "a"), levels(ordinary, "a")) == ({0: 0, 300: 100}, {0: 0, 30: 100})


def test_rule_7_4_a_rebuild_can_be_chosen_and_takes_four_times_the_repair_unless_stated() -> None:
    """Rule 7.4: chosen while the fault is still being found, repair 30: rebuilt in 120 minutes from 10."""
    tiny = city(component("a", repair=30, detection=10))

    assert levels(run(tiny, outage("a", 0), decide(5, "rebuild", components="a")), "a") == {0: 0, 130: 100}


def test_rule_7_5_a_repair_circle_waits_for_ever_and_is_broken_by_supply_or_a_fallback() -> None:
    """Rule 7.5: the identity service is needed for its own repair."""
    alone = city(component("ad", repair=work(60, None, ["ad"])))
    helped = city(component("ad", repair=work(60, None, ["ad"]), fallback=fallback(20, delay=30)))

    waiting = levels(run(alone, outage("ad", 0)), "ad")
    supplied = levels(run(alone, outage("ad", 0), decide(100, "supply", need="ad/repair>ad", minutes=1)), "ad")
    by_fallback = levels(run(helped, outage("ad", 0)), "ad")

    assert (waiting, supplied, by_fallback) == ({0: 0}, {0: 0, 160: 100}, {0: 0, 30: 20, 90: 100})


def test_rule_8_2_lags_add_up_along_power_and_hosting_and_not_over_data() -> None:
    """Rule 8.2: power out 10..100, server lag 30, app lag 20 on the server, desk on app: 130, 150, 150."""
    tiny = city(
        component("power"),
        component("server", restart_lag=30, needs=[need("power", kind="power")]),
        component("app", restart_lag=20, needs=[need("server", kind="hosting")]),
        component("desk", needs=["app"]),
    )
    trace = run(tiny, outage("power", 10, 100))

    assert {name: levels(trace, name) for name in ("server", "app", "desk")} == {
        "server": {10: 0, 130: 100},
        "app": {10: 0, 150: 100},
        "desk": {10: 0, 150: 100},
    }


def test_rule_8_2_a_break_starts_the_lag_anew_also_in_the_last_minute() -> None:
    """Rule 8.2: lag 30; the need is back during 60..80, or until exactly 90: only 100 + 30 counts."""
    tiny = city(component("p"), component("d", restart_lag=30, needs=[need("p", phase="both")]))

    early = run(tiny, outage("p", 0, 60), outage("p", 80, 100, name="again"))
    exact = run(tiny, outage("p", 0, 60), outage("p", 90, 100, name="again"))

    assert (levels(early, "d"), levels(exact, "d")) == ({0: 0, 130: 100}, {0: 0, 130: 100})


def test_rule_8_2_a_lifted_isolation_does_not_help_while_the_provider_is_away() -> None:
    """Rule 8.2: isolated 10..50, provider down 20..100, lag 30: back at 130."""
    tiny = city(component("p"), component("d", restart_lag=30, needs=[need("p", phase="both")]))
    trace = run(
        tiny,
        outage("p", 20, 100),
        decide(10, "isolate", components="d", name="cut"),
        decide(50, "reconnect", components="d", name="join"),
    )

    assert levels(trace, "d") == {10: 0, 130: 100}


def test_rule_8_1_a_degraded_component_never_stops() -> None:
    """Rule 8.1: a dip to level 1 with a lag of 30: back at once."""
    tiny = city(component("p"), component("d", restart_lag=30, needs=[need("p", phase="both")]))

    assert levels(run(tiny, outage("p", 0, 50, cap=1)), "d") == {0: 1, 50: 100}


def test_rule_8_3_a_backlog_is_worked_off_at_the_catch_up_level() -> None:
    """Rules 8.3 and 8.4: out 10..120 with rho 50 makes a backlog of 55 minutes at level 60."""
    tiny = city(
        component("power"),
        component("d", restart_lag=20, backlog=50, catch_up_level=60, needs=[need("power", kind="power")]),
    )

    assert rows(run(tiny, outage("power", 10, 100)))[9:] == [
        (120, "d", "standing", None, (8,)),
        (120, "d", "level", 60, (9,)),
        (120, "d", "catch-up", 175, (10, 9)),
        (175, "d", "caught up", None, (11,)),
        (175, "d", "level", 100, (12,)),
    ]


def test_rule_8_4_a_new_outage_adds_to_the_backlog_that_is_left() -> None:
    """Rule 8.4: out 0..100 and 120..140, rho 50: 30 minutes left and 10 more."""
    tiny = city(component("d", backlog=50, catch_up_level=60))
    trace = run(tiny, outage("d", 0, 100), outage("d", 120, 140))

    assert levels(trace, "d") == {0: 0, 100: 60, 120: 0, 140: 60, 180: 100}
