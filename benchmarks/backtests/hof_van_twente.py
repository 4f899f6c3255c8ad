"""The ransomware at Hof van Twente, minute 0 on 1 December 2020."""

from benchmarks.backtests.fact import BackTest, Fact, length, within
from resilience.simulation.engine import simulate
from resilience.simulation.model import compile_city
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace, What
from tests.builders import backup, city, component, fallback, team, work
from tests.runs import decide, effect

DAY = 1440
APPLICATIONS = 214
TEAMS = 8
"""How many applications can be rebuilt at the same time: an assumption."""
FIRST = 14 * DAY
"""Urgent passports were possible again in the middle of December: the first application took about two weeks."""
HORIZON = 900 * DAY


def _town(rebuild: int | None) -> Trace:
    names = [f"application-{number:03}" for number in range(APPLICATIONS)]
    repair, kept = work((60, 240, 1440), "builders"), backup("online", "store")
    anew = None if rebuild is None else work(rebuild, "builders")
    rest = [component(name, repair=repair, rebuild=anew, backup=kept) for name in names]
    made = city(
        team("builders", TEAMS),
        component("civil-affairs", repair=repair, rebuild=anew, backup=kept),
        component("store"),
        component("benefits", needs=["application-000"], fallback=fallback(60, delay=3 * DAY)),
        *rest,
    )
    every = {"ids": ("civil-affairs", "store", *names)}
    strike = Order("ransom", "incident", 0, (effect("damage", select=every, destroys_data=True),))
    first = decide(0, "priority", components="civil-affairs", priority=10, name="first")
    return simulate(compile_city(made), [first, strike], horizon=HORIZON)


def _back(trace: Trace, name: str) -> int:
    return trace.levels[name][-1][0]


def backtest() -> BackTest:
    """Return what the model says beside what was seen."""
    default, tuned = _town(None), _town(FIRST)
    everything = max(_back(tuned, record.subject) for record in tuned.with_what(What.DAMAGE))
    hurried = max(_back(default, record.subject) for record in default.with_what(What.DAMAGE))
    lost = len({record.subject for record in tuned.with_what(What.BACKUP_LOST)})
    paid = next(minute for minute, level in tuned.levels["benefits"] if level == 60)
    month = sum(_back(tuned, f"application-{number:03}") < 31 * DAY for number in range(APPLICATIONS))
    return BackTest(
        "Ransomware at Hof van Twente, 1 December 2020",
        "report to the council and press, 2020 and 2021",
        (
            "about 90 virtual servers are deleted, and every backup is within reach",
            "214 applications hang on them (counted in February 2021, but a fact of the first day)",
            "urgent passports are possible again in the middle of December: two weeks for the first application",
            f"{TEAMS} teams rebuild at the same time, each application as long as the first: assumptions",
            "benefits can be paid as advances after three days: how it was done, taken as given",
        ),
        (
            Fact("every backup is lost, everything is rebuilt", "yes", f"{lost} of {APPLICATIONS + 2}",
                 lost == APPLICATIONS + 2),
            Fact("benefits of December", "paid on 4 December, as advances", f"60 % after {length(paid)}",
                 None, "as given"),
            Fact("services are back in January", "counters, by hand", f"{month} of {APPLICATIONS} applications",
                 0 < month < APPLICATIONS / 4, "a few; how many were back is not known"),
            Fact("everything is connected again", "at least a year", length(everything),
                 within(everything, 365 * DAY, 730 * DAY), "hangs on the assumed number of teams"),
            Fact("the same with the program's default rebuild (four times the repair)", "at least a year",
                 length(hurried), within(hurried, 365 * DAY, 730 * DAY),
                 "the default is far too hopeful after a wiped infrastructure: enter your own rebuild figures"),
            Fact("data of two years", "at least two years", "not predicted", is_hit=False,
                 remark="the model rebuilds components; it has no work on old data"),
        ),
    )  # fmt: skip
