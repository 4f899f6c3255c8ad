"""What malware, suspect data and leaks did, read back from the trace; of how many people data leaked."""

from city_model.schema import City, PersonalData
from city_model.values import CountFigure
from resilience.simulation.contagion import Contagion, Leak, contagions, leak
from resilience.simulation.orders import Order
from tests.builders import FACT, GUESS, backup, city, component, need, path
from tests.runs import decide, effect, run


def office() -> City:
    """Return a laptop that reaches a register, on which a desk rests, and a website that rests on the desk."""
    register = component("register", repair=30, backup=backup("online"))
    desk = component("desk", repair=10, needs=[need("register", loses=("integrity", "confidentiality"))])
    web = component("web", needs=[need("desk", loses=("confidentiality",))])
    people = CountFigure(value=300, source=FACT), CountFigure(value=2000, source=GUESS)
    return city(
        component("laptop"),
        register.model_copy(update={"personal_data": PersonalData(kind="special", people=people[0])}),
        desk.model_copy(update={"personal_data": PersonalData(kind="ordinary", people=people[1])}),
        web.model_copy(update={"personal_data": PersonalData(kind="ordinary")}),
        path("laptop", "register", delay=40),
    )


def infect(**fields: object) -> Order:
    """Return malware with its first foothold at the laptop."""
    return Order("worm", "incident", 0, (effect("infect", select={"ids": ("laptop",)}, **fields),))


def test_malware_from_foothold_to_cleaned() -> None:
    """In at 0 and 40, strikes at 60 at both, the register's backup is lost with it, and a rebuild cleans it at 180."""
    found = contagions(run(office(), infect(detonates_after="60m"), horizon=200))

    assert [one for one in found if one.component == "register"] == [
        Contagion("register", 40, 60, 60, 180, None, None, None)
    ]


def test_suspect_until_verified_for_good() -> None:
    """The desk is verified at 110 while the register still is suspect: that does not count; at 160 it does."""
    corrupt = Order("error", "incident", 50, (effect("corrupt", select={"ids": ("register",)}),))
    early = decide(100, "verify", components="desk", name="early")
    source = decide(110, "verify", components="register", name="source")
    late = decide(150, "verify", components="desk", name="late")
    found = contagions(run(office(), corrupt, early, source, late))

    assert [(one.component, one.suspect, one.verified) for one in found] == [
        ("register", 50, 140), ("desk", 50, 160),
    ]  # fmt: skip


def test_a_leak_is_between_the_largest_register_and_all_together() -> None:
    """300 and 2,000 people, and a website of which nobody knows: 2,000 to 2,300 and one unknown; special ones apart."""
    expose = Order("leak", "incident", 5, (effect("expose", select={"ids": ("register",)}),))
    trace = run(office(), expose)

    assert (leak(office(), trace), leak(office(), trace, special=True), leak(office(), run(office()))) == (
        Leak(3, 2000, 2300, 1, assumed=True),
        Leak(1, 300, 300, 0, assumed=False),
        None,
    )


def test_a_leak_holds_what_the_reader_may_know() -> None:
    """A component that is not in the reader's view counts for nothing, though the trace names it."""
    expose = Order("leak", "incident", 5, (effect("expose", select={"ids": ("register",)}),))
    trace = run(office(), expose)
    view = office().model_copy(update={"components": office().components[:2]})

    assert leak(view, trace) == Leak(1, 300, 300, 0, assumed=False)
