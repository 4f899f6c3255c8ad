"""What falls, when, why, and whom to call."""

from dataclasses import asdict

import pytest

from city_model.schema import City, Component, Contact, Organisation
from city_model.values import Text
from resilience.analysis.outlook import Desk, Fall, desks, failure_order, outlook
from resilience.base.language import in_language
from resilience.simulation.engine import simulate
from tests.builders import assumed, city, component, fallback, function, need, organisation


def contact(role: str, email: str | None = None, phone: str | None = None) -> Contact:
    """Return whom to call, with a role that differs between the languages."""
    return Contact(role=Text(nl=f"{role} (nl)", en=role), email=email, phone=phone)


def reachable(name: str, *contacts: Contact) -> Organisation:
    """Return an organisation with contacts."""
    return organisation(name).model_copy(update={"contacts": contacts})


def falls_in(
    made: City, failing: str = "grid", *, minute: int = 0, lasts: int | None = 100, horizon: int = 1000
) -> tuple[Fall, ...]:
    """Return what falls, in English, when one component fails."""
    with in_language("en"):
        trace = simulate(made, (failure_order(failing, minute=minute, lasts=lasts),), horizon=horizon)
        return outlook(made, trace)


def chain(*more: Component | Organisation, server_contacts: tuple[Contact, ...] = ()) -> City:
    """Return a function on a desk on a server with a buffer of an hour, each of another owner, and a grid."""
    return city(
        component("grid", organisation="grid-owner", repair=120),
        component(
            "server",
            organisation="host",
            operator="operator",
            needs=[need("grid", buffer=60)],
            contacts=server_contacts,
        ),
        component("desk", organisation="town", needs=[need("server", strength=assumed(60))], minimum_level=80),
        function("service", needs=["desk"]),
        *more,
    )


def test_every_fall_says_when_how_far_why_and_who() -> None:
    """From the cause upwards: first loss, below its own minimum, lowest level, back for good."""
    assert [asdict(fall) for fall in falls_in(chain())] == [
        {
            "minute": 0, "component": "grid", "name": "grid", "kind": "application", "down": 0, "lowest": 0,
            "back": 100, "why": "hit itself", "why_down": "hit itself", "organisation": "grid-owner", "call": (),
            "assumed": False,
        },
        {
            "minute": 60, "component": "server", "name": "server", "kind": "application", "down": 60, "lowest": 0,
            "back": 100, "why": "needs grid, buffer used up", "why_down": "needs grid, buffer used up",
            "organisation": "operator", "call": (), "assumed": False,
        },
        {
            "minute": 60, "component": "desk", "name": "desk", "kind": "application", "down": 60, "lowest": 40,
            "back": 100, "why": "needs server", "why_down": "needs server", "organisation": "town", "call": (),
            "assumed": True,
        },
        {
            "minute": 60, "component": "service", "name": "service", "kind": "function", "down": 60, "lowest": 40,
            "back": 100, "why": "needs desk", "why_down": "needs desk", "organisation": "", "call": (), "assumed": True,
        },
    ]  # fmt: skip


def test_short_is_not_down_and_each_has_its_reason() -> None:
    """A dip from one provider and the fall from another, hours later, are told apart."""
    made = city(
        component("grid"),
        component("link", needs=["grid"]),
        component("desk", needs=[need("link", strength=20), need("grid", buffer=300)], minimum_level=50),
        component("lamp", needs=[need("grid", strength=20)]),
    )
    found = {fall.component: fall for fall in falls_in(made, lasts=600)}

    assert [
        (found[name].minute, found[name].down, found[name].why, found[name].why_down) for name in ("desk", "lamp")
    ] == [
        (0, 300, "needs link", "needs grid, buffer used up"),
        (0, None, "needs grid", ""),
    ]


def test_the_order_is_that_of_the_causes() -> None:
    """At the same minute a cause stands before what it brings down, whatever they are called."""
    made = city(component("z-grid"), component("m", needs=["z-grid"]), function("a", needs=["m"]))

    assert [fall.component for fall in falls_in(made, "z-grid")] == ["z-grid", "m", "a"]


@pytest.mark.parametrize(
    ("lasts", "horizon", "back"),
    [(100, 1000, 100), (100, 100, 100), (100, 99, None), (None, 1000, 120), (None, 119, None)],
)
def test_back_is_within_the_run_or_unknown(lasts: int | None, horizon: int, back: int | None) -> None:
    """Until repaired, where no duration is given; what a longer run would show is not guessed."""
    fall = falls_in(chain(), lasts=lasts, horizon=horizon)[0]

    assert fall.back == back


def test_back_means_for_good() -> None:
    """A fallback that comes and goes on the way up is no recovery."""
    made = city(
        component("grid"),
        component("desk", needs=["grid"], fallback=fallback(100, delay=10, duration=20), minimum_level=50),
    )
    desk = falls_in(made)[1]

    assert (desk.minute, desk.down, desk.lowest, desk.back) == (0, 0, 0, 100)


def test_what_falls_twice_stands_there_once() -> None:
    """Two outages of one component: the first loss, and back after the last."""
    made = city(component("grid"))
    orders = [failure_order("grid", minute=10, lasts=5), failure_order("grid", minute=50, lasts=5)]
    found = outlook(made, simulate(made, orders, horizon=100))

    assert [(fall.minute, fall.back) for fall in found] == [(10, 55)]


def test_nothing_falls_where_the_buffer_holds() -> None:
    """Only what was said to fail."""
    assert [fall.component for fall in falls_in(chain(), lasts=60)] == ["grid"]


def test_contacts_of_the_component_stand_before_those_of_who_runs_it() -> None:
    """Who runs it is asked, not who owns it; a role without address is a role; in the language of the reader."""
    made = chain(
        reachable("host", contact("Owner", "owner@host.example.org")),
        reachable(
            "operator", contact("Duty officer", "duty@operator.example.org", "030 000 0000"), contact("Director")
        ),
        server_contacts=(contact("Engineer", phone="030 000 0001"),),
    )
    fall = falls_in(made)[1]

    assert fall.call == (
        "Engineer: 030 000 0001",
        "Duty officer: 030 000 0000 duty@operator.example.org",
        "Director",
    )


def test_each_organisation_is_called_once() -> None:
    """Who runs what failed first comes first; all of one organisation in one call; nobody is not called."""
    made = chain(
        reachable("town", contact("Officer", "officer@town.example.org")),
        component("hall", organisation="town", needs=["grid"]),
    )

    assert desks(falls_in(made)) == (
        Desk("grid-owner", 0, ("grid",), ()),
        Desk("town", 0, ("hall", "desk"), ("Officer: officer@town.example.org",)),
        Desk("operator", 60, ("server",), ()),
    )
