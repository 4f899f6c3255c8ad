"""What an organisation does to others, and what others do to it."""

from city_model.exposure import exposure
from city_model.schema import City
from tests.builders import city, component, function, need


def made() -> City:
    """Return a grid, a host on it, and a town that both carry; the town also feeds the host's helpdesk."""
    return city(
        component("grid", organisation="grid-company"),
        component("servers", organisation="host", needs=[need("grid", kind="power", buffer=120)]),
        component("helpdesk", organisation="host", needs=[need("desk", strength=50)]),
        component("desk", organisation="town", operator="host", needs=["servers"]),
        component("benefits", organisation="town", needs=[need("servers", buffer=30), need("grid", kind="power")]),
        function("income", needs=["benefits"], organisation="town"),
    )


def test_what_goes_out_and_comes_in_the_soonest_first() -> None:
    """Each component of others once, with what reaches it first; what it runs for others is its own."""
    found = exposure(made(), "host")

    assert found.own == ("servers", "helpdesk", "desk")
    assert [(one.failing, one.felt, one.effect.reach, one.effect.minutes) for one in found.does] == [
        ("servers", "benefits", "lost", 30),
        ("servers", "income", "lost", 30),
    ]
    assert [(one.failing, one.felt, one.effect.reach, one.effect.minutes) for one in found.feels] == [
        ("grid", "desk", "lost", 120),
    ]


def test_a_partner_in_the_middle_feels_what_stands_below_it_only() -> None:
    """What rests on it does nothing to it, unless it needs that in turn."""
    found = exposure(made(), "grid-company")

    assert ([one.felt for one in found.does], found.feels) == (
        ["benefits", "income", "desk", "servers", "helpdesk"],
        (),
    )
