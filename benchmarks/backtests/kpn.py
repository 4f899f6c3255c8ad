"""KPN's telephone network and the emergency number, 24 June 2019, minute 0 at 15:34."""

from benchmarks.backtests.fact import BackTest, Fact, length, within
from resilience.simulation.engine import simulate
from resilience.simulation.many import Plan, Run, run_many
from resilience.simulation.metrics import lost_service
from resilience.simulation.model import compile_city
from resilience.simulation.orders import Order
from tests.builders import city, component, fallback, need
from tests.runs import effect

ROUTING = "call-routing"
FIXED = 198
"""Minutes until the official end, 18:52; used for the shape only, never for the length."""
RUNS = 400


def backtest() -> BackTest:
    """Return what the model says beside what was seen."""
    plants = [component(f"exchange-{number}", product=ROUTING) for number in range(4)]
    made = city(
        *plants,
        component("telephony", needs=[need(*(plant.id for plant in plants), at_least=1, kind="network")]),
        component("internet"),
        component("emergency-platform"),
        component("emergency-number", needs=["telephony", "emergency-platform"],
                  fallback=fallback(40, delay=60)),
        component("police-number", needs=["telephony"]),
        component("calls-of-other-operators", needs=["telephony"]),
        component("municipal-lines", needs=["telephony"]),
    )  # fmt: skip
    select = {"products": (ROUTING,)}
    lasts = {"fixed": f"{FIXED}m", "source": "fact"}
    hit = Order("routing", "incident", 0, (effect("damage", select=select, ends="duration", lasts=lasts),))
    trace = simulate(made, [hit], horizon=600)
    drawn = Order("routing", "incident", 0, (effect("damage", select=select),))
    tally = run_many(Plan(compile_city(made), 3000, (drawn,), ("telephony",)), [Run(n) for n in range(RUNS)])
    ends = sorted(tally.of("back", "telephony"))
    low, middle, high = (ends[len(ends) * tenth // 10] for tenth in (1, 5, 9))
    other_way = next(minute for minute, level in trace.levels["emergency-number"] if level == 40)
    back = trace.levels["municipal-lines"][-1][0] - FIXED
    falls = {name: trace.levels[name][0] for name in ("emergency-number", "police-number", "municipal-lines")}
    return BackTest(
        "KPN telephony and 112, the Netherlands, 24 June 2019",
        "government's reaction to the inspectorates' report (2020), press of the day",
        (
            "at 15:34 the network fails, and three backups do not take over",
            "that they share one cause is an assumption: here they are one product",
            "112 and the police number enter through it, calls from other operators too; the 112 platform is healthy",
            "how long repair takes is not given: the default 60 / 240 / 1440 minutes is used",
            "a way around by other numbers is assumed after 60 minutes at 40 %",
        ),
        (
            Fact("112 falls", "at once", f"minute {falls['emergency-number'][0]}", falls["emergency-number"] == (0, 0)),
            Fact("the police number, named as the way around, falls too", "at once",
                 f"minute {falls['police-number'][0]}", falls["police-number"] == (0, 0)),
            Fact("calls to 112 from other operators fail", "yes", "yes",
                 trace.level_at("calls-of-other-operators", 5) == 0),
            Fact("municipal lines fall", "at once", f"minute {falls['municipal-lines'][0]}",
                 falls["municipal-lines"] == (0, 0)),
            Fact("three backups do not help", "none worked", "none works", None,
                 "follows from the assumed product: as four independent exchanges the model would have said 100 %"),
            Fact("internet goes on", "yes", "yes", lost_service(trace, "internet") == 0),
            Fact("other numbers work", "about 60 to 101 min", length(other_way), None, "assumed; regions differed"),
            Fact("the end", length(FIXED), f"{length(low)} to {length(high)} (middle {length(middle)})",
                 within(FIXED, low, high), "the band is wide, and its middle an hour late"),
            Fact("back to normal after the end", "8 to 38 min", length(back), within(back, 8, 38),
                 "the model has no run-up of calls"),
            Fact("NL-Alert does not reach everyone", "a 4G fault blocked it", "not predicted", is_hit=False,
                 remark="an unrelated fault at the same moment"),
        ),
    )  # fmt: skip
