"""Whether the map says enough: per city function with its chain, and per department of an organisation."""

from city_model.areas import Department, Known, areas, departments
from city_model.quality import Share
from tests.builders import assumed, city, component, fallback, function, need


def test_a_function_is_as_well_known_as_its_whole_chain() -> None:
    """What it rests on counts, also through a fallback and whoever owns it; what does not hold it up does not."""
    made = city(
        function("care", needs=["desk"], description={"nl": "x", "en": "x"}, owner="alderman", residents=9,
                 minimum_level=50, mtd=60),
        component("desk", kind="infrastructure", repair=assumed(60), fallback=fallback(50, needs=["phone"])),
        component("phone", kind="infrastructure", repair=60),
        component("other", kind="infrastructure"),
    )  # fmt: skip

    assert areas(made) == {"care": Known(3, Share(7, 17), Share(7, 8))}


def test_enough_means_filled_in_and_confirmed() -> None:
    """Full of guesses is not enough, and neither are a few sure figures."""
    cases = [(Share(80, 100), Share(50, 100)), (Share(79, 100), Share(99, 100)), (Share(99, 100), Share(49, 100)),
             (Share(9, 9), Share(0, 0))]  # fmt: skip

    assert [Known(1, *shares).enough for shares in cases] == [True, False, False, False]


def test_departments_show_who_counts_on_whom_and_what_nobody_owns() -> None:
    """Needs between departments of one organisation, the most first; what nobody owns stands on top."""
    made = city(
        component("desk", organisation="town", owner="desk manager", needs=["server", need("mail", key="m")]),
        component("benefits", organisation="town", owner="benefits manager", needs=["server", "desk"]),
        component("mail", organisation="town", owner="ICT manager", needs=["server", "line"]),
        component("server", organisation="town", owner="ICT manager"),
        component("printer", organisation="town", needs=["server"]),
        component("line", organisation="telecom", owner="ICT manager"),
    )
    found = departments(made, "town")

    assert [(one.owner, one.known.components, one.needs_from, one.needed_by) for one in found] == [
        (None, 1, (), ()),
        ("ICT manager", 2, (), ("desk manager", "benefits manager")),
        ("benefits manager", 1, ("ICT manager", "desk manager"), ()),
        ("desk manager", 1, ("ICT manager",), ("benefits manager",)),
    ]
    assert isinstance(found[0], Department)
