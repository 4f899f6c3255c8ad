"""Rules 10, 12 and 13 to 16: malware and backups, common cause, random numbers, horizon, outputs, effects."""

import pytest

from resilience.simulation import luck
from resilience.simulation.engine import Simulation
from resilience.simulation.metrics import breaches, lost_service, order_of_failure, outcomes, queue_lengths, time_to
from resilience.simulation.orders import Order
from tests.builders import backup, city, component, function, path, team, work
from tests.runs import decide, effect, levels, outage, rows, run


def test_rule_10_ransomware_strikes_all_it_reaches_and_takes_the_online_backups_there() -> None:
    """Rules 10.3 to 10.5: along open paths, not into what is isolated; offline backups and other stores survive."""
    tiny = city(
        component("ad", repair=30, rebuild=300, backup=backup("online", "store")),
        component("files", repair=30, rebuild=300, backup=backup("online", "vault")),
        component("mail", repair=30, rebuild=300, backup=backup("offline")),
        component("store", repair=10, backup=backup("immutable")),
        component("vault"),
        path("ad", "files"),
        path("files", "vault"),
        path("ad", "store"),
        path("ad", "mail"),
    )
    cut = decide(0, "isolate", components="vault", name="cut")
    trace = run(tiny, cut, outage("ad", 5, reach="paths", destroys_data=True, name="ransom"))

    assert rows(trace)[4:] == [
        (5, "ransom", "incident", None, ()),
        (5, "ad", "detonated", None, (4,)),
        (5, "ad", "damage", 0, (5,)),
        (5, "files", "detonated", None, (4,)),
        (5, "files", "damage", 0, (7,)),
        (5, "mail", "detonated", None, (4,)),
        (5, "mail", "damage", 0, (9,)),
        (5, "store", "detonated", None, (4,)),
        (5, "store", "damage", 0, (11,)),
        (5, "ad", "backup lost", None, (4,)),
        (5, "ad", "level", 0, (6,)),
        (5, "files", "level", 0, (8,)),
        (5, "mail", "level", 0, (10,)),
        (5, "store", "level", 0, (12,)),
        (5, "ad", "stopped", None, (6,)),
        (5, "files", "stopped", None, (8,)),
        (5, "mail", "stopped", None, (10,)),
        (5, "store", "stopped", None, (12,)),
        (5, "ad", "job waits", None, (6,)),
        (5, "files", "job waits", None, (8,)),
        (5, "mail", "job waits", None, (10,)),
        (5, "store", "job waits", None, (12,)),
        (5, "ad", "repair starts", 305, (22,)),
        (5, "files", "repair starts", 35, (23,)),
        (5, "mail", "repair starts", 35, (24,)),
        (5, "store", "repair starts", 15, (25,)),
        (15, "store", "damage ended", "ransom", (29, 12)),
        (15, "store", "standing", None, (30,)),
        (15, "store", "level", 100, (31,)),
        (35, "files", "damage ended", "ransom", (27, 8)),
        (35, "mail", "damage ended", "ransom", (28, 10)),
        (35, "files", "standing", None, (33,)),
        (35, "files", "level", 100, (35,)),
        (35, "mail", "standing", None, (34,)),
        (35, "mail", "level", 100, (37,)),
        (305, "ad", "damage ended", "ransom", (26, 6)),
        (305, "ad", "standing", None, (39,)),
        (305, "ad", "level", 100, (40,)),
    ]


@pytest.mark.parametrize(
    ("order", "reached"),
    [
        (decide(0, "close_path", paths="a>b"), ["a"]),
        (decide(0, "control", paths=("a>b",), per_cent=0), ["a"]),
        (decide(0, "control", paths=("a>b",), per_cent=10), ["a", "b", "c"]),
        (decide(0, "isolate", components="b"), ["a"]),
    ],
)
def test_rule_10_2_closed_paths_and_isolation_stop_it(order: Order, reached: list[str]) -> None:
    """Rules 10.2 and 10.3: a closed path, a control that lets nothing through, an isolated end."""
    tiny = city(component("a"), component("b"), component("c"), path("a", "b"), path("b", "c"))
    trace = run(tiny, order, outage("a", 5, reach="paths", destroys_data=True))

    assert [record.subject for record in trace.records if record.what == "detonated"] == reached


def test_rule_12_1_fields_hold_together_and_values_in_a_field_are_alternatives() -> None:
    """Rule 12.1: product X or Y, and district Centrum."""
    tiny = city(
        component("a", product="X", district="centrum"),
        component("b", product="Y", district="centrum"),
        component("c", product="X", district="oost"),
        component("d", product="Z", district="centrum"),
    )
    both = effect("damage", select={"products": ("X", "Y"), "districts": ("centrum",)})
    trace = run(tiny, Order("recall", "incident", 0, (both,)))

    assert [record.subject for record in trace.records if record.what == "damage"] == ["a", "b"]


def test_rule_12_1_each_component_draws_its_own_luck_by_name() -> None:
    """Rules 12.1 and 13.1: adding a component changes nobody else's luck."""
    names = [f"c{number}" for number in range(40)]
    half = effect("damage", select={"kinds": ("application",)}, share=500)
    hit = []
    for extra in ([], ["a-new-one"]):
        tiny = city(*[component(name) for name in [*extra, *names]])
        trace = run(tiny, Order("wave", "incident", 0, (half,)), seed=7)
        hit.append([r.subject for r in trace.records if r.what == "damage" and r.subject in names])

    assert hit[0] == hit[1]
    assert 10 < len(hit[0]) < 30


def test_rule_13_draws_are_the_published_integers() -> None:
    """Rule 13: the worked example, digit for digit."""
    draws = [luck.draw(7, replication, "dc1", luck.Purpose.REPAIR, 0) for replication in range(5)]

    assert (luck.mix(0), luck.key("dc1"), draws, [luck.triangular(u, 60, 240, 1440) for u in draws]) == (
        0xE220A8397B1DCDAF,
        0xCA85E518F450E1B3,
        [2246954, 4005222, 2667013, 2085738, 2297020],
        [564, 1167, 664, 528, 575],
    )


def test_rule_13_4_the_means_are_those_of_the_distributions() -> None:
    """Rule 13.4: triangular (a+b+c)/3, exponential its mean, empirical the mean of the list; 20,000 draws."""
    draws = [luck.draw(1, 0, "x", luck.Purpose.REPAIR, n) for n in range(20_000)]
    means = [
        sum(luck.triangular(u, 60, 240, 1440) for u in draws) / len(draws),
        sum(luck.exponential(u, 480) for u in draws) / len(draws),
        sum(luck.empirical(u, (10, 20, 60)) for u in draws) / len(draws),
    ]

    assert means == [pytest.approx(580, rel=0.01), pytest.approx(480, rel=0.02), pytest.approx(30, rel=0.02)]


def test_rule_14_2_the_horizon_is_evaluated_and_costs_nothing() -> None:
    """Rule 14.2: damage at the horizon is in the trace; the sums run to the minute before."""
    trace = run(city(component("a", repair=60)), outage("a", 100), horizon=100)

    assert (levels(trace, "a"), lost_service(trace, "a")) == ({100: 0}, 0)


def test_rule_14_3_a_decision_cannot_be_taken_in_a_minute_that_has_been_evaluated() -> None:
    """Rule 14.3: after advancing to 10, minute 11 is the first one open."""
    simulation = Simulation(city(component("a")), [], horizon=100)
    simulation.advance(10)

    with pytest.raises(ValueError, match="minute 10 has been evaluated; the first one still open is 11"):
        simulation.order(decide(10, "isolate", components="a"))


def test_rule_14_3_a_decision_without_an_object_is_recorded_as_having_no_effect() -> None:
    """Rule 14.3: reconnecting what is not isolated."""
    assert rows(run(city(component("a")), decide(5, "reconnect", components="a"))) == [
        (5, "decision", "decision", None, ()),
        (5, "decision", "no effect", "reconnect", (0,)),
    ]


def test_rule_14_1_help_comes_before_harm() -> None:
    """Rule 14.1: closing the path in the minute of the detonation is in time."""
    tiny = city(component("a"), component("b"), path("a", "b"))
    trace = run(tiny, outage("a", 5, reach="paths", destroys_data=True), decide(5, "close_path", paths="a>b"))

    assert [record.subject for record in trace.records if record.what == "detonated"] == ["a"]


def test_rule_15_outputs_of_a_known_run() -> None:
    """Rules 15.1 to 15.4: level 40 during 10..70 for 1,000 residents, MTD 30 minutes, minimum level 50."""
    tiny = city(function("care", needs=["p"], residents=1000, mtd=30, minimum_level=50), component("p"))
    trace = run(tiny, outage("p", 10, 70, cap=40), horizon=200)
    outcome = outcomes(tiny, trace)[0]

    assert (outcome.lost, outcome.minimum_level, outcome.first_below_100, outcome.first_at_0) == (
        3_600_000,
        40,
        10,
        None,
    )
    assert (outcome.time_to, [(breach.minute, breach.mtd) for breach in outcome.breaches], outcome.assumed) == (
        {50: 60, 80: 60, 95: 60, 100: 60},
        [(40, 30)],
        False,
    )
    assert [(f.component, f.first_below_100, f.first_at_0) for f in order_of_failure(trace)] == [
        ("care", 10, None),
        ("p", 10, None),
    ]


def test_rule_15_2_recovery_counts_only_when_it_lasts() -> None:
    """Rule 15.2: down 10..20 and 50..60: back for good at 60, 50 minutes after the first loss; cut off at 55: never."""
    tiny = city(component("a"))
    long = run(tiny, outage("a", 10, 20), outage("a", 50, 60), horizon=100)
    short = run(tiny, outage("a", 10, 20), outage("a", 50, 60), horizon=55)

    assert (time_to(long, "a", 50), time_to(short, "a", 50), time_to(long, "b", 50)) == (50, None, 0)


def test_rule_15_3_a_return_exactly_at_the_limit_is_in_time() -> None:
    """Rule 15.3: below for exactly the MTD is no breach, one minute more is."""
    tiny = city(component("a"))
    in_time = run(tiny, outage("a", 0, 30), horizon=100)
    late = run(tiny, outage("a", 0, 31), horizon=100)

    assert [breaches(trace, "a", 50, 30) != () for trace in (in_time, late)] == [False, True]


def test_rule_15_4_queue_lengths_are_in_the_trace() -> None:
    """Rule 15.4: three jobs, one team of 60 minutes: two wait, then one, then none."""
    tiny = city(team("t"), *[component(name, repair=work(60, "t")) for name in "abc"])

    assert queue_lengths(run(tiny, outage("a b c", 0))) == {"t": ((0, 2), (60, 1), (120, 0))}


def test_rule_16_a_provider_can_be_switched_or_added() -> None:
    """Rule 16: the new provider takes the old one's place; an added one lets the same number suffice."""
    tiny = city(component("p"), component("q"), component("d", needs=["p"]))
    lost = outage("p", 0, 500)

    switched = run(tiny, lost, decide(60, "switch_provider", need="d>p", old="p", new="q"))
    added = run(tiny, lost, decide(90, "add_provider", need="d>p", provider="q"))

    assert (levels(switched, "d"), levels(added, "d")) == ({0: 0, 60: 100}, {0: 0, 90: 100})


def test_rule_16_end_damage_frees_the_team_and_ends_the_named_incident_only() -> None:
    """Rule 16: the supplier reports one of two incidents solved."""
    tiny = city(team("t"), component("a", repair=work(300, "t")), component("b", repair=work(60, "t")))
    trace = run(
        tiny,
        outage("a", 0, name="one"),
        outage("b", 1, name="two"),
        decide(50, "end_damage", components="a", incident="one"),
    )

    assert (levels(trace, "a"), levels(trace, "b")) == ({0: 0, 50: 100}, {1: 0, 110: 100})


def test_rule_16_an_effect_can_wait_its_own_delay() -> None:
    """Rule 16: ordered at 10 with a delay of 20, an isolation starts at 30."""
    assert levels(run(city(component("a")), decide(10, "isolate", components="a", delay=20)), "a") == {30: 0}


def test_rule_16_clocks_run_from_recorded_awareness_and_can_be_met_and_extended() -> None:
    """Rules 15.4 and 16: a deadline of 72 hours, extended by one, met at 500; a second start has no effect."""
    clock = {"clock": "avg"}
    simulation = Simulation(
        city(component("a")),
        [
            decide(10, "start_clock", **clock, name="aware"),
            decide(20, "start_clock", **clock, name="twice"),
            decide(30, "extend_clock", **clock, minutes=60, name="more"),
            decide(500, "meet_clock", **clock, name="told"),
        ],
        horizon=1000,
        clocks={"avg": 4320},
    )
    simulation.advance(1000)

    assert [row for row in rows(simulation.trace) if row[2] != "decision"] == [
        (10, "avg", "clock started", 4330, (0,)),
        (20, "twice", "no effect", "start_clock", (2,)),
        (30, "avg", "clock extended", 4390, (4,)),
        (500, "avg", "clock met", 4390, (6,)),
    ]


def test_rule_16_end_damage_also_ends_a_job_that_still_waits() -> None:
    """Rule 16.1: b waits behind a for the only team; solved by its supplier at 20 it leaves the queue."""
    tiny = city(team("t"), component("a", repair=work(60, "t")), component("b", repair=work(60, "t")))
    trace = run(tiny, outage("a b", 0), decide(20, "end_damage", components="b"))

    assert (levels(trace, "b"), queue_lengths(trace)) == ({0: 0, 20: 100}, {"t": ((0, 1), (20, 0))})
