"""What is asked against what is reached, with the worst path worked out by hand."""

from typing import Any

from city_model.gap_findings import gap_findings
from city_model.gaps import Gap, Silent, gaps
from city_model.schema import Biv
from city_model.values import RequiredCapable
from tests.builders import UNKNOWN, city, component, need, work


def pair(required: str | None = None, capable: str | None = None) -> RequiredCapable:
    """Return what is asked and what is reached."""
    said = {"required": required, "capable": capable}
    return RequiredCapable.model_validate(
        {name: {"value": value, "source": "fact"} for name, value in said.items() if value}
    )


def biv(availability: int, integrity: int = 1, confidentiality: int = 1) -> Biv:
    """Return the three classes."""
    return Biv(
        availability=availability, integrity=integrity, confidentiality=confidentiality, reason="test", source="fact"
    )


def part(name: str, **fields: Any) -> Any:
    """Return a component whose mtd is a pair."""
    mtd = fields.pop("mtd", None)
    made = component(name, **fields)
    return made.model_copy(update={"mtd": mtd}) if mtd else made


def test_the_slowest_provider_less_the_buffers_is_what_is_felt() -> None:
    """The desk bears 2 hours: the grid is out for 5, of which the server's battery takes 1."""
    made = city(
        part("grid", rto=pair(capable="5h")),
        part("server", needs=[need("grid", kind="power", buffer=60)], rto=pair(capable="3h")),
        part("desk", needs=["server"], mtd=pair("2h", "1h")),
    )
    found = gaps(made)

    assert (found.asked, found.worst, found.shorter, found.silent) == (
        1,
        (Gap("desk", "mtd", 120, 240, ("desk", "server", "grid")),),
        {("desk", "mtd"): 2},
        (),
    )


def test_an_alternative_that_works_is_no_gap() -> None:
    """Only who takes it down alone counts."""
    made = city(
        part("a", rto=pair(capable="9h")),
        part("b", rto=pair(capable="9h")),
        part("desk", needs=[need("a", "b", at_least=1)], mtd=pair("2h", "1h")),
    )

    assert gaps(made).worst == ()


def test_its_own_figure_can_fall_short() -> None:
    """The path is one name then; recovery (RTO) stands in where downtime (MTD) says nothing."""
    made = city(part("desk", mtd=pair("2h"), rto=pair("2h", "6h")))

    assert gaps(made).worst == (
        Gap("desk", "mtd", 120, 360, ("desk",)),
        Gap("desk", "rto", 120, 360, ("desk",)),
    )


def test_a_provider_without_a_figure_is_a_class_of_its_own() -> None:
    """Unknown is no figure; the repair in the map is an estimate beside it, the buffer gives it more time."""
    made = city(
        part("grid", rto=pair(capable=UNKNOWN), repair=work((60, 120, 300)), detection=10),
        part("desk", needs=[need("grid", kind="power", buffer=30)], mtd=pair("2h", "1h")),
    )

    assert (gaps(made).worst, gaps(made).silent) == ((), (Silent("grid", ("mtd",), ("desk",), 150, 310),))


def test_data_loss_follows_where_the_data_is() -> None:
    """Along data and hosting; who holds no data is not asked."""
    made = city(
        part("store", rpo=pair(capable="1d")),
        part("pipe"),
        part("grid", rpo=pair(capable="9d")),
        part("app", needs=[need("pipe", kind="data"), need("grid", kind="power")], rpo=pair("4h", "1h")),
        part("form", needs=[need("app", kind="data")]),
        part("file", needs=[need("store", kind="hosting")], rpo=pair("4h", "4h")),
    )

    assert (gaps(made).worst, gaps(made).silent) == ((Gap("file", "rpo", 240, 1440, ("file", "store")),), ())


def test_a_provider_is_classed_as_high_as_what_loses_that_through_it() -> None:
    """Availability by default, integrity where the need says so; every provider is named once, with one who asks."""
    made = city(
        part("grid", biv=biv(2, 1)),
        part("source", biv=biv(3, 1), needs=["grid"]),
        part("app", biv=biv(3, 3), needs=[need("source", loses=["availability", "integrity"])]),
    )

    assert {(one.measure, one.path, one.required, one.reached) for one in gaps(made).worst} == {
        ("availability", ("source", "grid"), 3, 2),
        ("integrity", ("app", "source"), 3, 1),
    }


def test_findings_say_it_in_words_with_who_can_act() -> None:
    """The provider's organisation, not that of who asks."""
    made = city(
        part("grid", rto=pair(capable="5h"), organisation="grid-owner"),
        part("cable"),
        part("desk", needs=["grid", "cable"], mtd=pair("2h", "1h")),
    )

    assert [(one.id, one.severity, one.organisation, one.what) for one in gap_findings(made, gaps(made))] == [
        ("gap-mtd:desk", "high", "grid-owner", "desk asks 2h (MTD) and gets 5h (desk → grid)"),
        ("no-figure:cable", "low", "owner", "cable states no MTD; desk asks for it; the strictest leaves it 2h"),
    ]
