"""Generated cities and incidents: small, and full of circles, ties, zero buffers, k of n, shares, one team."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from city_model.schema import City, Component, Need
from resilience.simulation.orders import Order
from tests.builders import assumed, backup, city, component, fallback, need, path, team, work
from tests.runs import decide, effect, outage

HORIZON = 300
MINUTES = st.sampled_from([0, 1, 2, 5, 10, 20, 30, 45, 60, 90])
SOME_MINUTES = st.sampled_from([1, 2, 5, 10, 20, 30, 45, 60, 90])
MOMENTS = st.integers(0, 200) | st.sampled_from([0, 10, 20, 30, 60, 90, 100])
DECISIONS = ("isolate", "reconnect", "close", "reopen", "prepare", "priority", "supply")
SPREAD_DECISIONS = ("isolate", "reconnect", "clean", "verify", "close_path", "open_path", "control")
LEVELS = st.sampled_from([1, 10, 30, 40, 50, 60, 80, 99, 100])


@dataclass(frozen=True)
class Case:
    """A city with what happens to it."""

    city: City
    orders: tuple[Order, ...]


@st.composite
def needs(draw: st.DrawFn, dependent: str, names: list[str], key: str, *, guesses: bool = False) -> Need:
    """Return a need of *dependent* on others among *names*; *guesses*: nobody confirmed its figures."""
    others = [name for name in names if name != dependent]
    providers = draw(st.lists(st.sampled_from(others), min_size=1, max_size=min(3, len(others)), unique=True))
    buffer = draw(st.sampled_from([None, 0, 5, 20, 60]))
    common: dict[str, Any] = {
        "phase": draw(st.sampled_from(["run", "run", "both", "start", None])),
        "kind": draw(st.sampled_from(["data", "power"])),
        "strength": draw(st.sampled_from([None, None, 30, 50, 100])),
        "criticality": draw(st.sampled_from([None, None, 0, 30])),
        "buffer": buffer,
        "recharge": draw(st.sampled_from([None, 1, 30, 120])),
        "loses": draw(st.sampled_from([("availability",), ("integrity",), ("integrity", "confidentiality")])),
        "key": key,
    }
    if guesses:
        common |= {name: assumed(common[name]) for name in ("strength", "buffer") if common[name]}
    if draw(st.integers(0, 3)) == 0:
        shares = {name: draw(st.sampled_from([34, 50, 60, 100])) for name in providers}
        shares[providers[0]] = max(shares[providers[0]], 100 - sum(shares.values()) + shares[providers[0]])
        if shares[providers[0]] <= 100:
            return need(shares=shares, **common)
    return need(*providers, at_least=draw(st.integers(1, len(providers))), **common)


@st.composite
def components(
    draw: st.DrawFn, name: str, names: list[str], *, lucky: bool = False, guesses: bool = False
) -> Component:
    """Return a component with any of the rules on it; *lucky*: its repair is drawn; *guesses*: figures are assumed."""
    own = [draw(needs(name, names, f"{name}-{number}", guesses=guesses)) for number in range(draw(st.integers(0, 3)))]
    help_needs = [draw(needs(name, names, f"{name}-f"))] if draw(st.booleans()) else []
    repair_needs = [draw(needs(name, names, f"{name}-r"))] if draw(st.integers(0, 4)) == 0 else []
    way = None
    if draw(st.integers(0, 2)) == 0:
        way = fallback(
            assumed(40) if guesses else draw(LEVELS),
            delay=assumed(20) if guesses else draw(MINUTES),
            duration=draw(st.none() | SOME_MINUTES),
            needs=help_needs,
        )
    return component(
        name,
        needs=own,
        restart_lag=assumed(10) if guesses else draw(st.sampled_from([None, 0, 1, 10, 30])),
        backlog=draw(st.sampled_from([None, 50, 100, 200])),
        catch_up_level=draw(st.sampled_from([None, 1, 60, 99])),
        fallback=way,
        detection=draw(st.sampled_from([None, 0, 5, 10])),
        repair=work(
            (5, 20, 90) if lucky and draw(st.booleans()) else draw(SOME_MINUTES),
            draw(st.sampled_from([None, "crew", "crew"])),
            repair_needs,
        ),
        backup=draw(st.sampled_from([None, backup("none"), backup("offline"), backup("online", names[0])])),
    )


@st.composite
def by_luck(draw: st.DrawFn, names: list[str], keys: list[str]) -> list[Order]:
    """Return incidents that draw, and decisions that change who provides what, who works and what is ended."""
    one = st.sampled_from(names)
    hit = {"ids": tuple(draw(st.lists(one, min_size=1, max_size=3, unique=True)))}
    lasts = {"min": "5m", "likely": "20m", "max": "60m", "source": "fact"}
    again = {"exponential": "40m", "source": "fact"}
    made = {
        "some": effect("damage", select=hit, share=500, ends="duration", lasts=lasts, cap=20),
        "wear": effect("damage", select=hit, again=again),
        "burnt": effect("damage", select=hit, destroys_data=True, reach="paths"),
        "end": effect("end_damage", components=draw(one)),
        "rebuild": effect("rebuild", components=draw(one)),
        "more": effect("add_teams", team="crew", count=1),
        "fewer": effect("withdraw_teams", team="crew", count=1),
    }
    if keys:
        key = draw(st.sampled_from(keys))
        made["switch"] = effect("switch_provider", need=key, old=draw(one), new=draw(one))
        made["add"] = effect("add_provider", need=key, provider=draw(one))
    chosen = draw(st.lists(st.sampled_from(sorted(made)), max_size=4, unique=True))
    incidents = {"some", "wear", "burnt"}
    return [
        Order(name, "incident" if name in incidents else "decision", draw(MOMENTS), (made[name],)) for name in chosen
    ]


@st.composite
def marks_and_malware(draw: st.DrawFn, names: list[str], *, lucky: bool = False) -> list[Order]:
    """Return incidents of rules 10 and 11; without *lucky* they draw nothing."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        hit = {"ids": tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)))}
        kind = draw(st.sampled_from(["infect", "infect", "corrupt", "expose"]))
        fields: dict[str, object] = {}
        if kind == "infect":
            after = draw(st.sampled_from([None, 0, 1, 20, 60]))
            fields = {"detonates_after": None if after is None else f"{after}m", "cap": draw(st.sampled_from([0, 40]))}
            if lucky and draw(st.booleans()):
                dwell = {"min": "1m", "likely": "20m", "max": "60m", "source": "fact"}
                fields |= {"detonates_after": None, "dwell": dwell, "detonates": 600, "share": 700}
            fields |= {"steals": draw(st.booleans()), "destroys_data": draw(st.booleans())}
        found.append(Order(f"m{number}", "incident", draw(MOMENTS), (effect(kind, select=hit, **fields),)))
    return found


@st.composite
def cases(
    draw: st.DrawFn, *, decisions: bool = True, spread: bool = False, lucky: bool = False, guesses: bool = False
) -> Case:
    """Return a small city with incidents and, unless told otherwise, decisions.

    *spread*: also malware and marks. *lucky*: repairs, hits, paths and failures are drawn, and every effect that
    changes the network is used. *guesses*: figures that nobody confirmed.
    """
    names = [f"c{number}" for number in range(draw(st.integers(2, 7)))]
    parts = [draw(components(name, names, lucky=lucky, guesses=guesses)) for name in names]
    chances = [None, None, 0, 500] if lucky else [None, None, 0]
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(ends, max_size=8, unique=True)) if spread else []
    paths = [path(a, b, success=draw(st.sampled_from(chances)), delay=draw(SOME_MINUTES)) for a, b in pairs]
    made = city(team("crew", draw(st.integers(1, 2))), *parts, *paths)
    orders = []
    for number in range(draw(st.integers(1, 4))):
        start = draw(MOMENTS)
        end = start + draw(SOME_MINUTES) if draw(st.booleans()) else None
        hit = " ".join(draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)))
        covers = draw(st.sampled_from(["normal", "normal", "all"]))
        cap = draw(st.sampled_from([0, 0, 0, 30, 60, 90]))
        name = f"i{draw(st.integers(0, number))}"  # one incident may hit again (rule 2.2)
        orders.append(outage(hit, start, end, name=name, cap=cap, covers=covers))
    orders += draw(marks_and_malware(names, lucky=lucky)) if spread else []
    orders += draw(by_luck(names, sorted(made.need_by_key))) if lucky else []
    keys = sorted(made.need_by_key)
    for number in range(draw(st.integers(0, 4)) if decisions else 0):
        kind = draw(st.sampled_from([*DECISIONS, *(SPREAD_DECISIONS if spread else [])]))
        minute = draw(MOMENTS)
        named: dict[str, object] = {"components": draw(st.sampled_from(names))}
        if kind == "priority":
            named["priority"] = draw(st.integers(-1, 3))
        if kind == "supply":
            if not keys:
                continue
            named = {"need": draw(st.sampled_from(keys)), "minutes": draw(SOME_MINUTES)}
        if kind in {"close_path", "open_path", "control"}:
            if not made.access_paths:
                continue
            named = {"paths": draw(st.sampled_from([path.key for path in made.access_paths]))}
            named |= {"per_cent": draw(st.sampled_from([0, 100]))} if kind == "control" else {}
        orders.append(decide(minute, kind, name=f"d{number}", **named))
    return Case(made, tuple(orders))
